"""From a page's bytes to the lines and tables of the report on it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree, html
from lxml.html import HtmlElement

from nianbao.mandate import editions, load
from nianbao.media.webpage.reading import elsewhere, frames, grids
from nianbao.media.webpage.reading.css import Styles, TooMuch, compute
from nianbao.media.webpage.reading.decoding import decode
from nianbao.media.webpage.reading.elements import TextLine, walk
from nianbao.media.webpage.reading.printed import printed
from nianbao.media.webpage.reading.saved import Part, Saved, unwrap
from nianbao.report import Place, Problem, rule, shortage
from nianbao.report.left_out import LeftOut, Reason, tell
from nianbao.report.published import Grid, Line, Published, other_reports
from nianbao.report.published.boilerplate import is_furniture
from nianbao.report.published.document import lines
from nianbao.report.published.particulars import find_title
from nianbao.report.published.sections import cut

LARGEST = 20 * 1024 * 1024  # bytes
MOST_ELEMENTS = 100_000
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}>")
MOST_ATTRIBUTES = 1000  # of one tag; the parser takes the square of them
_EMPTY = re.compile(r"</?(?:wbr|source|track)\b[^<>]*>", re.IGNORECASE)  # libxml2 lets them hold what follows
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""\"[^"]*+"|'[^']*+'""")
_ATTRIBUTE = re.compile(r"""[\s'/][^\s'=<>/]""")
_TITLES = ("articletitle", "og:title")
_RIGHT = ("right", "end")


class _Seen(NamedTuple):
    """All that is on the page: blocks and the elements that hold them, and so what was left out."""

    blocks: list[Line | Grid]
    holders: list[HtmlElement]
    left_out: list[tuple[LeftOut, HtmlElement]]


def read_blocks(content: bytes, file: str) -> Published:
    """The paragraphs and tables of the report on a page, in order, without the site around it.

    Raises Unreadable where it is no web page, or the report is elsewhere.
    """
    if len(content) > LARGEST:
        what = f"网页有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请只保存年度报告这一页")
    try:
        saved = unwrap(content)
    except Exception as error:  # email raises whatever damage makes it stumble over, also RecursionError
        shortage.insist(error)
        mend = "请用浏览器重新保存网页"
        raise rule("damaged").refusal(file, "保存的网页（邮件格式）已损坏", mend) from None
    page = saved.page if saved else Part(content, "")
    if b"\0" in page.content[:1024] and not page.content.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        raise rule("damaged").refusal(file, "文件已损坏，或者不是网页", "请用浏览器重新保存网页")
    text, problems = decode(page.content, file, page.code)
    root = _parsed(text, file)
    frames.look_in(
        root, lambda inner, code: _inner(inner, code, file), lambda address: _beside(saved, address)
    )
    elements = [*islice(root.iter(), MOST_ELEMENTS + 1)]  # held, for otherwise lxml makes them at each walk
    if len(elements) > MOST_ELEMENTS:
        what = f"网页有 {MOST_ELEMENTS} 个以上的元素，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请只保存年度报告这一页")
    try:
        styles = compute(root, lambda address: _sheet(saved, address))
    except TooMuch:
        what, mend = "网页的样式规则太多，不像一份年度报告，没有打开", "请只保存年度报告这一页"
        raise rule("too-large").refusal(file, what, mend) from None
    seen = _seen(root, styles, file)
    kept, left_out, others = _report(seen, root, file)
    properties = {str(meta.get("name", "")): str(meta.get("content", "")) for meta in root.iter("meta")}
    author, subject = properties.get("author", ""), properties.get("subject", "")
    told = (*problems, *tell(left_out), *others)
    return Published(file, kept, _title(root), told, author, subject)


def _parsed(text: str, file: str) -> HtmlElement:
    long = (tag[0] for tag in _TAG.finditer(text) if len(tag[0]) > 2 * MOST_ATTRIBUTES)
    if any(len(_ATTRIBUTE.findall(_QUOTED.sub("''", tag))) > MOST_ATTRIBUTES for tag in long):
        what = f"网页里有一个标签有 {MOST_ATTRIBUTES} 个以上的属性，不像网页，没有打开"
        raise rule("too-large").refusal(file, what, "请用浏览器重新保存网页")
    try:
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        return html.document_fromstring(_EMPTY.sub("", _DECLARED.sub("", text)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        shortage.insist(error)
        raise rule("damaged").refusal(file, "网页是空的，或者不是网页", "请重新保存网页") from None


def _inner(content: bytes, code: str, file: str) -> HtmlElement | None:
    """A page in a frame; None where it is empty."""
    text, _ = decode(content, file, code)
    return _parsed(text, file) if text.strip() else None


def _beside(saved: Saved | None, address: str) -> tuple[bytes, str] | None:
    return saved.find(address) if saved else None


def _sheet(saved: Saved | None, address: str) -> str | None:
    part = _beside(saved, address)
    return decode(part[0], address, part[1])[0] if part else None


def _seen(root: HtmlElement, styles: Styles, file: str) -> _Seen:
    """All that is on the page, in order."""
    seen = _Seen([], [], [])
    paragraphs = tables = 0
    for item in walk(root, styles, grids.tables(root, styles)):
        if isinstance(item, TextLine):
            line = printed(item.pieces)
            text = line.text
            paragraphs += bool(text)
            spot = f"第 {paragraphs} 段{'' if text else '后'}"
            place = Place(file, part=grids.PART, cell=spot)
            seen.left_out.extend((LeftOut(why, words, place), item.element) for why, words in line.left_out)
            if text:
                right = styles.of[item.element].align in _RIGHT
                seen.blocks.append(Line(text, place, right))
                seen.holders.append(item.element)
        else:
            tables += 1
            table = grids.read(item, styles, file, tables)
            seen.blocks.append(Grid(table.cells, Place(file, part=grids.PART, cell=f"表 {tables}")))
            seen.holders.append(item)
            seen.left_out.extend((left_out, item) for left_out in table.left_out)
    return seen


def _report(
    seen: _Seen, root: HtmlElement, file: str
) -> tuple[tuple[Line | Grid, ...], list[LeftOut], list[Problem]]:
    """The title, and what stands in the smallest element that holds all the mandated headings.

    With it what was left out there, and that another report stands beside it. Raises Unreadable where the
    page says that the report is elsewhere.
    """
    mandate = load(max(editions()))
    before, chapters = cut(mandate, seen.blocks)
    headings = {id(chapter.heading) for chapter in chapters if chapter.heading is not None}
    if len(headings) < 2:
        if refused := elsewhere.refusal(root, (line.text for line in lines(seen.blocks)), mandate, file):
            raise refused
        return tuple(seen.blocks), [left_out for left_out, _ in seen.left_out], []
    title = find_title(lines(before))
    titled = {id(line) for line in title.lines} if title else set()
    held = list(zip(seen.blocks, seen.holders, strict=True))
    article = _common([holder for block, holder in held if id(block) in headings])
    kept = tuple(block for block, holder in held if id(block) in titled or _is_in(holder, article))
    left_out = [one for one, holder in seen.left_out if _is_in(holder, article) and not _is_the_sites(one)]
    taken = {id(block) for block in kept}
    beside = [block for block in seen.blocks if id(block) not in taken]
    return kept, left_out, other_reports.told(mandate, beside, kept)


def _is_in(holder: HtmlElement, article: HtmlElement) -> bool:
    return holder is article or article in holder.iterancestors()


def _is_the_sites(left_out: LeftOut) -> bool:
    """Whether a hidden text is what sites put around a report: buttons to print or to share it."""
    return left_out.reason is Reason.HIDDEN and is_furniture(left_out.text)


def _common(elements: Sequence[HtmlElement]) -> HtmlElement:
    """The deepest element that holds all of them."""
    others = [set(element.iterancestors()) for element in elements[1:]]
    common = (holder for holder in elements[0].iterancestors() if all(holder in above for above in others))
    return next(common, elements[0].getroottree().getroot())


def _title(root: HtmlElement) -> str:
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        if name.lower() in _TITLES and (title := str(meta.get("content", "")).strip()):
            return title
    return (root.findtext(".//title") or "").strip()

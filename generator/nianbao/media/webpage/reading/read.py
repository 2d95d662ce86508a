"""From a page's bytes to the lines and tables of the report on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree, html
from lxml.html import HtmlElement

from nianbao.mandate import editions, load
from nianbao.media.webpage.reading import grids
from nianbao.media.webpage.reading.decoding import decode
from nianbao.media.webpage.reading.elements import TextLine, is_right, walk
from nianbao.media.webpage.reading.saved import unwrap
from nianbao.report import Place, rule
from nianbao.report.published import Grid, Line, Published
from nianbao.report.published.document import lines
from nianbao.report.published.particulars import find_title
from nianbao.report.published.sections import cut

LARGEST = 20 * 1024 * 1024  # bytes
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}>")
MOST_ATTRIBUTES = 1000  # of one tag; the parser takes the square of them
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""\"[^"]*+"|'[^']*+'""")
_ATTRIBUTE = re.compile(r"""[\s'/][^\s'=<>/]""")
_TITLES = ("articletitle", "og:title")


def read_blocks(content: bytes, file: str) -> Published:
    """The paragraphs and tables of the report on a page, in order, without the site around it.

    Raises Unreadable where it is no web page.
    """
    if len(content) > LARGEST:
        what = f"网页有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请只保存年度报告这一页")
    try:
        page, named = unwrap(content) or (content, "")
    except MemoryError:
        raise
    except Exception:  # email raises whatever damage makes it stumble over; LookupError, RecursionError
        mend = "请用浏览器重新保存网页"
        raise rule("damaged").refusal(file, "保存的网页（邮件格式）已损坏", mend) from None
    text, problems = decode(page, file, named)
    long = (tag[0] for tag in _TAG.finditer(text) if len(tag[0]) > 2 * MOST_ATTRIBUTES)
    if any(len(_ATTRIBUTE.findall(_QUOTED.sub("''", tag))) > MOST_ATTRIBUTES for tag in long):
        what = f"网页里有一个标签有 {MOST_ATTRIBUTES} 个以上的属性，不像网页，没有打开"
        raise rule("too-large").refusal(file, what, "请用浏览器重新保存网页")
    try:
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(_DECLARED.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise rule("damaged").refusal(file, "网页是空的，或者不是网页", "请重新保存网页") from None
    blocks, holders = _blocks(root, file)
    kept = _report(blocks, holders)
    properties = {str(meta.get("name", "")): str(meta.get("content", "")) for meta in root.iter("meta")}
    author, subject = properties.get("author", ""), properties.get("subject", "")
    return Published(file, kept, _title(root), tuple(problems), author, subject)


def _blocks(root: HtmlElement, file: str) -> tuple[list[Line | Grid], list[HtmlElement]]:
    """All that is seen on the page, and the elements that hold it."""
    blocks: list[Line | Grid] = []
    holders: list[HtmlElement] = []
    paragraphs = tables = 0
    for item in walk(root, grids.tables(root)):
        if isinstance(item, TextLine):
            paragraphs += 1
            place = Place(file, part=grids.PART, cell=f"第 {paragraphs} 段")
            blocks.append(Line(item.text, place, is_right(item.element)))
            holders.append(item.element)
        else:
            tables += 1
            cells = tuple(grids.cells(item, file, tables))
            blocks.append(Grid(cells, Place(file, part=grids.PART, cell=f"表 {tables}")))
            holders.append(item)
    return blocks, holders


def _report(blocks: Sequence[Line | Grid], holders: Sequence[HtmlElement]) -> tuple[Line | Grid, ...]:
    """The title, and what stands in the smallest element that holds all the mandated headings."""
    before, chapters = cut(load(max(editions())), blocks)
    headings = {id(chapter.heading) for chapter in chapters if chapter.heading is not None}
    if len(headings) < 2:
        return tuple(blocks)
    title = find_title(lines(before))
    titled = {id(line) for line in title.lines} if title else set()
    article = _common(
        [holder for block, holder in zip(blocks, holders, strict=True) if id(block) in headings]
    )
    return tuple(
        block
        for block, holder in zip(blocks, holders, strict=True)
        if id(block) in titled or holder is article or article in holder.iterancestors()
    )


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

"""What a report's letters are printed in: stand-ins, and missing characters with their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nianbao.report import CONTACTS, ELEMENTS, Place, Problem, ProblemsFound, Report, rule
from nianbao.report.published import Grid, Published

if TYPE_CHECKING:
    from nianbao.media.fonts import Substitution
    from nianbao.media.word.html import Page

MOST_LACKING = 20  # more characters than these: what is missing is a Chinese font
NO_GLYPH, SUBSTITUTED = "no-glyph", "font-substituted"
PARTICULARS = ("organ", "title", "issued_by", "date_line")
_CODE = re.compile(r"U\+([0-9A-F]{4,6})")
_NOT_TEXT = re.compile(r"<style\b.*?</style>|<[^>]*>", re.DOTALL)


def replacements(page: Page) -> tuple[Problem, ...]:
    """What stands in for the fonts that a document asks for."""
    from nianbao.media import fonts

    if not fonts.faces():
        return (unknown(),) if page.fonts else ()
    bold = sorted({asked.family for asked in page.fonts if asked.bold})
    replaced = [font for font in fonts.substitutions(page.families) if not font.real] if page.fonts else []
    thin = [font for font in fonts.substitutions(bold) if font.found and not font.bold] if bold else []
    return tuple(_replaced(replaced)) + tuple(_thin(thin))


def lacking(source: Report | Published, page: Page) -> tuple[Problem, ...]:
    """Every character of a document that no installed font has, with the cells it stands in."""
    import html

    from nianbao.media import fonts

    text = html.unescape(_NOT_TEXT.sub("", page.html))
    if not fonts.faces():
        return ()
    return _no_glyphs(fonts.lacking(text, *(asked.family for asked in page.fonts)), source)


def located(caught: ProblemsFound, source: Report | Published) -> ProblemsFound:
    """The same problems, where a character has no font with the cells it stands in."""
    letters = [
        chr(int(match[1], 16))
        for problem in caught.problems
        if problem.code == NO_GLYPH and (match := _CODE.search(problem.what))
    ]
    others = [problem for problem in caught.problems if problem.code != NO_GLYPH]
    return type(caught)([*others, *_no_glyphs(letters, source)])


def texts(source: Report | Published) -> Iterator[tuple[str, Place]]:
    """Everything that was typed, with its place: in a report, or in a Word document as it is."""
    if isinstance(source, Report):
        yield from _filled_in(source)
        return
    for block in source.blocks:
        for piece in block.cells if isinstance(block, Grid) else (block,):
            yield piece.text, piece.place


def _filled_in(report: Report) -> Iterator[tuple[str, Place]]:
    for key in PARTICULARS:
        yield getattr(report, key), report.place(key)
    for key in CONTACTS:
        yield report.contact.get(key, ""), report.place(key)
    for key in ELEMENTS:
        yield report.elements.get(key, ""), report.place(key)
    for paragraphs in report.narratives.values():
        for paragraph in paragraphs:
            # A name in braces prints a figure, or a particular, which stands in its own cell.
            yield paragraph.written, paragraph.place
    for figure in report.figures.values():
        yield figure.text, figure.place


def to_json(font: Substitution) -> dict[str, object]:
    """The same as `fonts --json` prints it."""
    return {"asked": font.asked, "found": font.shown, "real": font.real, "bold": font.bold}


def _no_glyphs(letters: Iterable[str], source: Report | Published) -> tuple[Problem, ...]:
    letters = tuple(dict.fromkeys(letters))
    if len(letters) > MOST_LACKING:
        shown = "".join(letters[:MOST_LACKING])
        what = f"没有一种已安装的字体含有“{shown}”等 {len(letters)} 个字，会印成空框"
        mend = "请安装中文字体，如 fonts-noto-cjk、fonts-lxgw-wenkai；已装的字体见 nianbao fonts"
        return (rule("no-glyph").broken(what, mend, (Place(source.file),)),)
    return tuple(_no_glyph(letter, source) for letter in letters)


def _no_glyph(letter: str, source: Report | Published) -> Problem:
    places = tuple(dict.fromkeys(place for text, place in texts(source) if letter in text))
    mend = "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字"
    if not places:
        elsewhere = "填报的内容里，请看 Word 模板" if isinstance(source, Report) else "正文里，请看页眉和页脚"
        places, mend = (Place(source.file),), f"{mend}；它不在{elsewhere}"
    what = f"没有一种已安装的字体含有“{letter}”（U+{ord(letter):04X}），会印成空框"
    return rule("no-glyph").broken(what, mend, places)


def _replaced(substitutions: list[Substitution]) -> Iterator[Problem]:
    if substitutions:
        pairs = "、".join(f"{font.asked} → {font.shown or '无'}" for font in substitutions)
        what = f"有的字体没有安装，PDF 中用了替代字体：{pairs}"
        mend = (
            "字形与原字体略有不同；要用原字体，请从单位已购买的 Windows 或方正字库安装后重新生成"
            if all(font.found for font in substitutions)
            else "请安装中文字体，如 fonts-noto-cjk、fonts-lxgw-wenkai，再重新生成"
        )
        yield rule("font-substituted").broken(what, mend)


def _thin(substitutions: list[Substitution]) -> Iterator[Problem]:
    if substitutions:
        pairs = "、".join(f"{font.asked}（{font.shown}）" for font in substitutions)
        what = f"这些字体没有粗体，加粗的文字在 PDF 中不加粗：{pairs}"
        mend = "规定的版式不用粗体；需要的话请在模板中换用有粗体的字体"
        yield rule("no-bold").broken(what, mend)


def unknown() -> Problem:
    """That nothing here can list the fonts."""
    what = "这台计算机上没有 fontconfig 的 fc-list，也没有 fontTools，看不出装了哪些字体"
    mend = '请在程序所在的文件夹中运行 pip install ".[pdf]"，或安装 fontconfig'
    return rule("fonts-unknown").broken(what, mend)

"""The Word styles that carry the layout of GB/T 9704-2012."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.media.ooxml import Element
from nianbao.media.word.layout import (
    BODY,
    CELL_MARGIN,
    DATE,
    FANG,
    FOOTER_EVEN,
    FOOTER_ODD,
    HEADER,
    HEADINGS,
    HEI,
    INDENT,
    KAI,
    LABEL_INDENT,
    LEAD,
    ONE_NUMBER_CHARACTER,
    PAGE_NUMBER_PITCH,
    PITCH,
    RUN_IN,
    SIGNATURE,
    SMALL_SONG,
    SONG,
    TABLE_FIGURE,
    TABLE_GRID,
    TABLE_LABEL,
    TABLE_PITCH,
    TABLE_TEXT,
    TIGHTER,
    TITLE,
)
from nianbao.media.word.oxml import w


@dataclass(frozen=True)
class Style:
    """One Word style; blanks are inherited."""

    id: str
    name: str
    kind: str = "paragraph"
    based_on: str = "Normal"
    next: str = ""
    font: str = ""
    size: int = 0
    spacing: int | None = None
    align: str = ""
    line: tuple[int, str] | None = None
    before: int = 0
    after: int = 0
    first_line: int | None = None
    left: int = 0
    right: int = 0
    keep_next: bool = False
    outline: int | None = None


_TITLE = (720, "exact")
STYLES = (  # one a line
    Style(TITLE, "Title", font=SMALL_SONG, size=44, spacing=0, align="center", line=_TITLE, after=PITCH),
    Style(HEADINGS[1], "heading 1", next=BODY, font=HEI, first_line=INDENT, keep_next=True, outline=0),
    Style(HEADINGS[2], "heading 2", next=BODY, font=KAI, first_line=INDENT, keep_next=True, outline=1),
    Style(HEADINGS[3], "heading 3", next=BODY, first_line=INDENT, keep_next=True, outline=2),
    Style(HEADINGS[4], "heading 4", next=BODY, first_line=INDENT, keep_next=True, outline=3),
    Style(BODY, "Body Text", first_line=INDENT),
    Style(RUN_IN[2], "二级标题段", based_on=BODY, next=BODY, outline=1),
    Style(RUN_IN[3], "三级标题段", based_on=BODY, next=BODY, outline=2),
    Style(RUN_IN[4], "四级标题段", based_on=BODY, next=BODY, outline=3),
    Style(SIGNATURE, "Signature", next=DATE, align="right", before=PITCH, right=INDENT, keep_next=True),
    Style(DATE, "Date", align="right", right=INDENT),
    Style(TABLE_TEXT, "表格文字", font=SONG, size=21, spacing=0, align="center", line=(TABLE_PITCH, "exact")),
    Style(TABLE_LABEL, "表格行标签", based_on=TABLE_TEXT, align="left", left=LABEL_INDENT),
    Style(TABLE_FIGURE, "表格数字", based_on=TABLE_TEXT),
    Style(HEADER, "header", size=18, spacing=0, line=(240, "auto")),
    Style("Footer", "footer", font=SONG, size=28, spacing=0, line=(PAGE_NUMBER_PITCH, "exact")),
    Style(FOOTER_ODD, "单页页码", based_on="Footer", align="right", right=ONE_NUMBER_CHARACTER),
    Style(FOOTER_EVEN, "双页页码", based_on="Footer", align="left", left=ONE_NUMBER_CHARACTER),
    Style(LEAD, "二级标题字", kind="character", based_on="", font=KAI),
)  # fmt: skip


def styles() -> Element:
    """The styles part."""
    return w(
        "styles",
        _defaults(),
        w(
            "style",
            w("name", val="Normal"),
            w("qFormat"),
            w("pPr", w("spacing", line=PITCH, lineRule="exact"), w("jc", val="both")),
            type="paragraph",
            default=1,
            styleId="Normal",
        ),
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val=1),
            w("semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        *map(written, STYLES),
        _table_style(),
    )


def _fonts(name: str) -> Element:
    return w("rFonts", ascii=name, eastAsia=name, hAnsi=name, cs=name)


def _defaults() -> Element:
    run = w(
        "rPr",
        _fonts(FANG),
        w("spacing", val=TIGHTER),
        w("kern", val=0),
        w("sz", val=32),
        w("szCs", val=32),
        w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    paragraph = w("pPr", w("widowControl", val=0), w("snapToGrid", val=0))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def written(style: Style) -> Element:
    """One style as Word has it."""
    element = w("style", w("name", val=style.name), type=style.kind, styleId=style.id)
    if (style.name != style.name.lower() and not style.name.isascii()) or style.kind == "character":
        element.set(f"{{{element.nsmap['w']}}}customStyle", "1")
    if style.based_on:
        element.append(w("basedOn", val=style.based_on))
    if style.next:
        element.append(w("next", val=style.next))
    element.append(w("qFormat"))
    paragraph = w("pPr", *_paragraph(style))
    if len(paragraph):
        element.append(paragraph)
    run = w("rPr", *_run(style))
    if len(run):
        element.append(run)
    return element


def _paragraph(style: Style) -> list[Element]:
    found = []
    if style.keep_next:
        found += [w("keepNext"), w("keepLines")]
    if style.line or style.before or style.after:
        spacing = {"before": style.before, "after": style.after}
        if style.line:
            spacing |= {"line": style.line[0], "lineRule": style.line[1]}  # type: ignore[dict-item]
        found.append(w("spacing", **spacing))
    if style.first_line is not None or style.left or style.right:
        indents = {"left": style.left, "right": style.right, "firstLine": style.first_line or 0}
        found.append(w("ind", **indents))
    if style.align:
        found.append(w("jc", val=style.align))
    if style.outline is not None:
        found.append(w("outlineLvl", val=style.outline))
    return found


def _run(style: Style) -> list[Element]:
    found = []
    if style.font:
        found.append(_fonts(style.font))
    if style.spacing is not None:
        found.append(w("spacing", val=style.spacing))
    if style.size:
        found += [w("sz", val=style.size), w("szCs", val=style.size)]
    return found


def _table_style() -> Element:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(edge, val="single", sz=4, space=0, color="000000") for edge in edges))
    margins = w(
        "tblCellMar",
        *(w(side, w=wide, type="dxa") for side, wide in (
            ("top", 0), ("left", CELL_MARGIN), ("bottom", 0), ("right", CELL_MARGIN)
        )),
    )  # fmt: skip
    return w(
        "style",
        w("name", val="Table Grid"),
        w("tblPr", borders, margins),
        type="table",
        styleId=TABLE_GRID,
    )

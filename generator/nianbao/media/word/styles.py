"""The Word styles as Word writes them."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.media.ooxml import Element
from nianbao.media.word import layout
from nianbao.media.word.oxml import w


def styles() -> Element:
    """The styles part."""
    return w(
        "styles",
        _defaults(),
        w(
            "style",
            w("name", val="Normal"),
            w("qFormat"),
            w("pPr", w("spacing", line=layout.PITCH, lineRule="exact"), w("jc", val="both")),
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
        *map(written, layout.STYLES),
        *_table_styles(),
    )


def _fonts(name: str) -> Element:
    return w("rFonts", ascii=name, eastAsia=name, hAnsi=name, cs=name)


def _defaults() -> Element:
    run = w(
        "rPr",
        _fonts(layout.FANG),
        w("spacing", val=layout.TIGHTER),
        w("kern", val=0),
        w("sz", val=32),
        w("szCs", val=32),
        w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    paragraph = w("pPr", w("widowControl", val=0), w("snapToGrid", val=0))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def written(style: layout.Style) -> Element:
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


def _paragraph(style: layout.Style) -> list[Element]:
    elements = []
    if style.keep_next:
        elements += [w("keepNext"), w("keepLines")]
    if style.rule:
        wide, color = style.rule
        elements.append(w("pBdr", w("bottom", val="single", sz=wide, space=0, color=color)))
    if style.tab:
        elements.append(w("tabs", w("tab", val="right", pos=style.tab)))
    if style.line or style.before or style.after:
        spacing = {"before": style.before, "after": style.after}
        if style.line:
            spacing |= {"line": style.line[0], "lineRule": style.line[1]}  # type: ignore[dict-item]
        elements.append(w("spacing", **spacing))
    if style.first_line is not None or style.left or style.right:
        first = {"hanging": style.hanging} if style.hanging else {"firstLine": style.first_line or 0}
        indents = {"left": style.left, "right": style.right, **first}
        elements.append(w("ind", **indents))
    if style.align:
        elements.append(w("jc", val=style.align))
    if style.outline is not None:
        elements.append(w("outlineLvl", val=style.outline))
    return elements


def _run(style: layout.Style) -> list[Element]:
    elements = []
    if style.font:
        elements.append(_fonts(style.font))
    if style.latin:
        elements.append(w("rFonts", ascii=style.latin, hAnsi=style.latin, cs=style.latin))
    if style.color:
        elements.append(w("color", val=style.color))
    if style.spacing is not None:
        elements.append(w("spacing", val=style.spacing))
    if style.size:
        elements += [w("sz", val=style.size), w("szCs", val=style.size)]
    return elements


def _table_styles() -> list[Element]:
    every = {edge: 4 for edge in ("top", "left", "bottom", "right", "insideH", "insideV")}
    imprint = {"top": layout.THICK, "bottom": layout.THICK, "insideH": layout.THIN}
    return [
        _table_style(layout.TABLE_GRID, every, layout.CELL_MARGIN, layout.CELL_AIR, layout.CELL_AIR),
        _table_style(layout.IMPRINT_TABLE, imprint, layout.IMPRINT_MARGIN, 0, layout.ABOVE_RULE),
    ]


def _table_style(id: str, edges: Mapping[str, int], beside: int, above: int, below: int) -> Element:
    """A table's rules, in eighths of a point by edge, and the margins of its cells."""
    name = layout.TABLE_STYLES[id]
    borders = w(
        "tblBorders",
        *(w(edge, val="single", sz=wide, space=0, color="000000") for edge, wide in edges.items()),
    )
    sides = {"top": above, "left": beside, "bottom": below, "right": beside}
    margins = w("tblCellMar", *(w(side, w=wide, type="dxa") for side, wide in sides.items()))
    custom = {} if name.isascii() else {"customStyle": 1}
    return w("style", w("name", val=name), w("tblPr", borders, margins), type="table", styleId=id, **custom)

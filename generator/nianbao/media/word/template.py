"""Build a Word template from the mandate; afterwards it is free to be styled in Word."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.mandate import Cell, Mandate, Role, Section, Table
from nianbao.media.ooxml import Element, R, pack, serialize
from nianbao.media.word import layout, parts
from nianbao.media.word.oxml import run, w
from nianbao.media.word.styles import styles
from nianbao.report import PREFACE

BEFORE_TITLE = {
    "letterhead": layout.LETTERHEAD,
    "document_number": layout.DOCUMENT_NUMBER,
    "header_rule": layout.HEADER_RULE,
}
AFTER_TEXT = {
    "issued_by": layout.SIGNATURE,
    "date_line": layout.DATE,
    "contact_note": layout.CONTACT_NOTE,
}
IMPRINT_ROWS = {"copied_to": layout.COPIED_TO, "imprint": layout.IMPRINT}


def build(mandate: Mandate) -> bytes:
    """The template of one edition in the layout of GB/T 9704."""
    body = w("body", *_body(mandate), _section())
    content = {
        "word/document.xml": serialize(w("document", body)),
        "word/styles.xml": serialize(styles()),
        **parts.around(mandate.edition.decree_title),
    }
    order = sorted(content, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
    return pack({name: content[name] for name in order})


def figure_tag(key: str) -> str:
    """The tag that prints a figure."""
    return "{{ " + key + " }}"


def paragraphs_tag(key: str) -> str:
    """The tag that prints a text, each of its paragraphs as one."""
    return "{{p " + key + " }}"


def _body(mandate: Mandate) -> Iterator[Element]:
    for key, style in BEFORE_TITLE.items():
        yield _paragraph(style, paragraphs_tag(key))
    yield _paragraph(layout.TITLE, "{{ title }}")
    yield _paragraph(layout.ADDRESSEES, paragraphs_tag("addressees"))
    yield _paragraph(layout.BODY, paragraphs_tag(PREFACE))
    for section in mandate.sections:
        yield _paragraph(layout.HEADINGS[1], section.heading)
        if section.table:
            yield _table(section, mandate.tables[section.key])
        else:
            yield _paragraph(layout.BODY, paragraphs_tag(section.key))
    for key, style in AFTER_TEXT.items():
        yield _paragraph(style, paragraphs_tag(key))
    yield _paragraph(layout.CONTACT_NOTE, "")
    yield _imprint()
    yield _paragraph(layout.AFTER_TABLE, "")


def _imprint() -> Element:
    """版记: a row for each of its elements; it goes, with the empty paragraphs around, if all are blank."""
    cells = [
        w("tc", w("tcPr", w("tcW", w=layout.TYPE_AREA, type="dxa")), _paragraph(style, paragraphs_tag(key)))
        for key, style in IMPRINT_ROWS.items()
    ]
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=layout.IMPRINT_TABLE),
            w("tblW", w=layout.TYPE_AREA, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0000"),
        ),
        w("tblGrid", w("gridCol", w=layout.TYPE_AREA)),
        *(w("tr", w("trPr", w("cantSplit")), cell) for cell in cells),
    )


def _paragraph(style: str, text: str, *properties: Element) -> Element:
    paragraph = w("p", w("pPr", w("pStyle", val=style), *properties))
    small = (
        [w("rStyle", val=layout.FIGURE_TAG)] if text.startswith("{{") and style == layout.TABLE_FIGURE else []
    )
    if text:
        paragraph.append(run(text, *small))
    return paragraph


def _table(section: Section, table: Table) -> Element:
    widths = _widths(table)
    properties = w(
        "tblPr",
        w("tblStyle", val=layout.TABLE_GRID),
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0000"),
        w("tblCaption", val=section.heading),
    )
    grid = w("tblGrid", *(w("gridCol", w=wide) for wide in widths))
    rows = [_row(table, row, widths) for row in range(table.row_count)]
    return w("tbl", properties, grid, *rows)


def _widths(table: Table) -> list[int]:
    """The official widths on the type area; of a deep table, more room for labels than for numbers."""
    if table.stub > 1:
        outer = layout.OUTER_LABELS[: table.stub - 1]
        numbers = [layout.NUMBER_COLUMN] * (len(table.grid) - table.stub)
        return [*outer, layout.TYPE_AREA - sum(outer) - sum(numbers), *numbers]
    wide = [round(width * layout.TYPE_AREA / sum(table.grid)) for width in table.grid[:-1]]
    return [*wide, layout.TYPE_AREA - sum(wide)]


def _row(table: Table, row: int, widths: list[int]) -> Element:
    properties = w("trPr", w("cantSplit"), w("trHeight", val=layout.ROW_HEIGHT, hRule="atLeast"))
    if row < table.header_rows:
        properties.append(w("tblHeader"))
    element = w("tr", properties)
    here = [cell for cell in table.cells if cell.row <= row < cell.row + cell.rowspan]
    element.extend(_cell(table, cell, row, widths) for cell in sorted(here, key=lambda cell: cell.column))
    return element


def _cell(table: Table, cell: Cell, row: int, widths: list[int]) -> Element:
    width = sum(widths[cell.column : cell.column + cell.colspan])
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if cell.colspan > 1:
        properties.append(w("gridSpan", val=cell.colspan))
    if cell.rowspan > 1:
        properties.append(w("vMerge", val="restart") if row == cell.row else w("vMerge"))
    properties.append(w("vAlign", val="center"))
    keep = [w("keepNext")] if row < table.row_count - 1 else []  # a table is kept on one page
    words = "" if row > cell.row else cell.text or figure_tag(cell.key)
    return w("tc", properties, _paragraph(_style(table, cell), words, *keep))


def _style(table: Table, cell: Cell) -> str:
    if cell.role is Role.FIGURE:
        return layout.TABLE_FIGURE
    innermost = cell.column + cell.colspan == table.stub
    many = table.stub > 1 and cell.role is Role.LABEL and innermost
    return layout.TABLE_LABEL if many else layout.TABLE_TEXT


def _section() -> Element:
    references = []
    for kind, number in (("default", "rIdFooterOdd"), ("even", "rIdFooterEven")):
        reference = w("footerReference", type=kind)
        reference.set(f"{{{R}}}id", number)
        references.append(reference)
    return w(
        "sectPr",
        *references,
        w("pgSz", w=layout.PAGE[0], h=layout.PAGE[1]),
        w(
            "pgMar",
            top=layout.TOP,
            right=layout.RIGHT,
            bottom=layout.BOTTOM,
            left=layout.LEFT,
            header=round(15 * layout.MM),
            footer=layout.FOOTER,
            gutter=0,
        ),
        w("pgNumType", start=1),
    )

"""Build a Word template from the mandate; afterwards it is free to be styled in Word."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.mandate import Mandate
from nianbao.media.ooxml import Element, R, pack, serialize
from nianbao.media.word import layout, parts, table
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
    body = w("body", *_body(mandate), section_properties())
    content = {
        "word/document.xml": serialize(w("document", body)),
        "word/styles.xml": serialize(styles()),
        **parts.around(mandate.edition.decree_title),
    }
    order = sorted(content, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
    return pack({name: content[name] for name in order})


def paragraphs_tag(key: str) -> str:
    """The tag that prints a text, each of its paragraphs as one."""
    return "{{p " + key + " }}"


def _body(mandate: Mandate) -> Iterator[Element]:
    for key, style in BEFORE_TITLE.items():
        yield _paragraph(style, paragraphs_tag(key))
    yield _paragraph(layout.TITLE, "{{ title }}")
    yield _paragraph(layout.ADDRESSEES, paragraphs_tag("addressees"))
    yield _paragraph(layout.BODY, paragraphs_tag(PREFACE))
    below = False  # a table
    for section in mandate.sections:
        yield _paragraph(layout.SECTION_HEADINGS[below, bool(section.table)], section.heading)
        below = bool(section.table)
        if section.table:
            yield table.written(section, mandate)
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


def _paragraph(style: str, text: str) -> Element:
    paragraph = w("p", w("pPr", w("pStyle", val=style)))
    if text:
        paragraph.append(run(text))
    return paragraph


def section_properties() -> Element:
    """The page of GB/T 9704, with its numbers."""
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

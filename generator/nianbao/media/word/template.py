"""Build a Word template from the mandate; afterwards it is free to be styled in Word."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.mandate import Mandate
from nianbao.media.ooxml import Element, R, pack, serialize
from nianbao.media.word import layout, parts, table
from nianbao.media.word.oxml import run, w
from nianbao.media.word.styles import styles
from nianbao.report import PREFACE


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


def _body(mandate: Mandate) -> Iterator[Element]:
    yield _paragraph(layout.TITLE, "{{ title }}")
    yield from _narrative(PREFACE)
    above = 0
    for section in mandate.sections:
        air = [w("spacing", before=above, after=layout.TABLE_AIR if section.table else 0)]
        yield _paragraph(layout.HEADINGS[1], section.heading, *(air if above or section.table else []))
        above = layout.TABLE_AIR if section.table else 0
        if section.table:
            yield table.written(section, mandate)
        else:
            yield from _narrative(section.key)
    for key, style in (("issued_by", layout.SIGNATURE), ("date_line", layout.DATE)):
        yield _paragraph(layout.BODY, f"{{%p if {key} %}}")
        yield _paragraph(style, f"{{{{ {key} }}}}")
        yield _paragraph(layout.BODY, "{%p endif %}")


def _narrative(key: str) -> Iterator[Element]:
    def tag(words: str) -> Element:
        return _paragraph(layout.BODY, f"{{%p {words} %}}")

    yield tag(f"for paragraph in {key}")
    word = "if"
    for level in layout.RUN_IN:
        yield tag(f"{word} paragraph.heading and paragraph.level == {level}")
        yield _paragraph(layout.HEADINGS[level], "{{ paragraph.text }}")
        word = "elif"
    for level, style in layout.RUN_IN.items():
        yield tag(f"elif paragraph.level == {level}")
        lead = [w("rStyle", val=layout.LEAD)] if level == 2 else []
        paragraph = _paragraph(style, "")
        paragraph.append(run("{{ paragraph.lead }}", *lead))
        paragraph.append(run("{{ paragraph.rest }}"))
        yield paragraph
    yield tag("else")
    yield _paragraph(layout.BODY, "{{ paragraph.text }}")
    yield tag("endif")
    yield tag("endfor")


def _paragraph(style: str, text: str, *properties: Element) -> Element:
    paragraph = w("p", w("pPr", w("pStyle", val=style), *properties))
    if text:
        paragraph.append(run(text))
    return paragraph


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

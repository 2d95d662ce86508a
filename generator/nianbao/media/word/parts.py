"""The parts of a docx around document and styles: footers, settings, fonts, properties."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.media.ooxml import REL, TYPES, Element, R, serialize
from nianbao.media.word import layout
from nianbao.media.word.oxml import run, w

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CREATED = "2021-09-26T00:00:00Z"  # the day of the decree: a template has no day of its own
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_PARTS = (  # name, content type, relationship id, relationship type
    ("word/styles.xml", f"{MAIN}.styles+xml", "rIdStyles", "styles"),
    ("word/settings.xml", f"{MAIN}.settings+xml", "rIdSettings", "settings"),
    ("word/fontTable.xml", f"{MAIN}.fontTable+xml", "rIdFonts", "fontTable"),
    ("word/footer1.xml", f"{MAIN}.footer+xml", "rIdFooterOdd", "footer"),
    ("word/footer2.xml", f"{MAIN}.footer+xml", "rIdFooterEven", "footer"),
)
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_PACKAGE = (  # relationship id, type, name
    ("rId1", f"{R}/officeDocument", "word/document.xml"),
    ("rId2", _CORE, "docProps/core.xml"),
    ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
)
_APP = (
    f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>nianbao</Application></Properties>"
)


def around(subject: str, title: str = "{{ title }}", organ: str = "{{ organ }}") -> dict[str, bytes]:
    """Every part but document and styles, by name; title and organ are tags, or escaped texts."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(_PACKAGE),
        "docProps/core.xml": _core(subject, title, organ),
        "docProps/app.xml": _APP.encode(),
        "word/_rels/document.xml.rels": _relationships(
            [(number, f"{R}/{kind}", name.removeprefix("word/")) for name, _, number, kind in _PARTS]
        ),
        "word/settings.xml": serialize(_settings()),
        "word/fontTable.xml": serialize(_fonts()),
        "word/footer1.xml": serialize(_footer(layout.FOOTER_ODD)),
        "word/footer2.xml": serialize(_footer(layout.FOOTER_EVEN)),
    }


def _footer(style: str) -> Element:
    paragraph = w("p", w("pPr", w("pStyle", val=style)), run("— "))
    for kind in ("begin", None, "separate", "1", "end"):
        field = w("r", w("rPr", w("rFonts", hint="eastAsia")))
        if kind is None:
            instruction = w("instrText")
            instruction.text = " PAGE "
            instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            field.append(instruction)
        elif kind == "1":  # what Word shows until it has counted; some readers ask for it
            shown = w("t")
            shown.text = kind
            field.append(shown)
        else:
            field.append(w("fldChar", fldCharType=kind))
        paragraph.append(field)
    paragraph.append(run(" —"))
    return w("ftr", paragraph)


def _settings() -> Element:
    compatibility = w("compatSetting", name="compatibilityMode", val=15)
    compatibility.set(compatibility.nsmap["w"].join("{}") + "uri", "http://schemas.microsoft.com/office/word")
    return w(
        "settings",
        w("zoom", percent=100),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", compatibility),
        w("themeFontLang", val="zh-CN", eastAsia="zh-CN"),
    )


def _fonts() -> Element:
    return w("fonts", *(w("font", w("charset", val="86"), name=name) for name in layout.FONTS))


def _content_types() -> bytes:
    overrides = [
        ("word/document.xml", f"{MAIN}.document.main+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        *((name, kind) for name, kind, _, _ in _PARTS),
    ]
    lines = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{XML}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    ).encode()


def _relationships(lines: Iterable[tuple[str, str, str]]) -> bytes:
    body = "".join(
        f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>' for number, kind, target in lines
    )
    return f'{XML}<Relationships xmlns="{REL}">{body}</Relationships>'.encode()


def _core(subject: str, title: str, organ: str) -> bytes:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
        f"<dc:creator>{organ}</dc:creator><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()

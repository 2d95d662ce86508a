"""Mend what openpyxl writes: children of fonts out of order, today's date, another program's name."""

from __future__ import annotations

import re

from lxml import etree

from nianbao.media import ooxml

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FONT = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
FONT_ORDER = tuple(f"{MAIN}{name}" for name in _FONT.split())  # CT_Font of ECMA-376
STYLES, CORE, APP = "xl/styles.xml", "docProps/core.xml", "docProps/app.xml"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_DAY = rb"\g<1>2021-09-26T00:00:00Z"
# LibreOffice trusts row heights and cached values where it reads "Microsoft Excel" here.
_APPLICATION = re.compile(rb"(<Application>)[^<]*(</Application>)<AppVersion>[^<]*</AppVersion>")
_OURS = rb"\g<1>nianbao\g<2>"


def tidy(content: bytes) -> bytes:
    """The same workbook, valid and with the same bytes for the same content."""
    parts = ooxml.salvage(content, "")
    styles = etree.fromstring(parts[STYLES])
    for font in styles.iter(f"{MAIN}font"):
        font[:] = sorted(font, key=lambda child: FONT_ORDER.index(str(child.tag)))
    parts[STYLES] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts[CORE] = _MODIFIED.sub(_DAY, parts[CORE])
    parts[APP] = _APPLICATION.sub(_OURS, parts[APP])
    return ooxml.pack(parts)

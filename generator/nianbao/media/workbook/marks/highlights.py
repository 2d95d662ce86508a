"""The colours of cells with findings: conditional formats that lie over the cells' own styles.

They go where the cells go, whatever program moves them, and their formulas tell them from others. Each
has the next priority that is free: where a rule of the workbook's own colours the same cell, that shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from nianbao.media.workbook.marks.package import Package, insert, main
from nianbao.media.workbook.marks.stylesheet import Stylesheet

COLOURS = {"error": "F88888", "warning": "F8C850", "notice": "A8D0F0", "settled": "C0C0C0"}
_FORMULA = 'LEN("nianbao:{}")>0'  # is true, and says whose it is
_OWN = re.compile(rf'"nianbao:(?:{"|".join(COLOURS)})"')
_STYLE = '<dxf><fill><patternFill><bgColor rgb="FF{}"/></patternFill></fill></dxf>'


def add(package: Package, part: str, stylesheet: Stylesheet, colours: Mapping[str, str]) -> None:
    """Colour cells of a sheet by address; `colours` has names of COLOURS."""
    sheet = package.tree(part)
    priorities = [rule.get("priority", "") for rule in sheet.iter("{*}cfRule")]  # also those of extensions
    priority = max((int(number) for number in priorities if number.isdecimal()), default=0)
    for name, colour in COLOURS.items():
        cells = [cell for cell, wanted in colours.items() if wanted == name]
        if cells:
            priority += 1
            formatting = etree.Element(main("conditionalFormatting"), sqref=" ".join(cells))
            rule = etree.SubElement(formatting, main("cfRule"), type="expression")
            rule.set("dxfId", str(stylesheet.add("dxfs", _STYLE.format(colour))))
            rule.set("priority", str(priority))
            etree.SubElement(rule, main("formula")).text = _FORMULA.format(name)
            insert(sheet, formatting)


def remove(package: Package, part: str) -> None:
    """Take the colours out of a sheet."""
    for rule in list(package.look(part).iterfind(f"{main('conditionalFormatting')}/{main('cfRule')}")):
        formatting = rule.getparent()
        if formatting is not None and _OWN.search(rule.findtext(main("formula"), "")):
            formatting.remove(rule)
            sheet = package.tree(part)
            if not len(formatting):
                sheet.remove(formatting)

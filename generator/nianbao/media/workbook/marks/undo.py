"""What the marks have changed, kept on a hidden sheet of the workbook, so that they can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from lxml import etree

from nianbao.media.workbook.marks.comments import Size
from nianbao.media.workbook.marks.grid import first_words, rows
from nianbao.media.workbook.marks.package import BOOK, MAIN, Element, Package, Sheet, main, parse
from nianbao.media.workbook.marks.styles import Shade

NAME = "_nianbao_marks"
MARKS = "#marks"  # what its first cell says
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class Memory:
    """What has to be known to undo the marks: colours, sizes of comments, how many styles there were.

    `digest` is of the styles as they were left; where another program has written them since,
    the counts say nothing.
    """

    shades: Sequence[Shade] = ()
    sizes: Sequence[Size] = ()
    digest: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def write(memory: Memory) -> Element:
    """The hidden sheet: one record a row."""
    lines = [
        MARKS,
        json.dumps({"digest": memory.digest, "counts": memory.counts}),
        *(json.dumps({"shade": asdict(shade)}, ensure_ascii=False) for shade in memory.shades),
        *(json.dumps({"size": size}, ensure_ascii=False) for size in memory.sizes),
    ]
    root = parse(f'<worksheet xmlns="{MAIN}"><sheetData/><sheetProtection sheet="1"/></worksheet>'.encode())
    for number, line in enumerate(lines, 1):
        row = etree.SubElement(root[0], main("row"), r=str(number))
        cell = etree.SubElement(row, main("c"), r=f"A{number}", t="inlineStr")
        text = etree.SubElement(etree.SubElement(cell, main("is")), main("t"))
        text.text = line
        text.set(_SPACE, "preserve")
    return root


def find(package: Package) -> tuple[Memory, Sheet | None]:
    """What the hidden sheet says, and the sheet; nothing where there is none."""
    strings = shared(package)
    memory = Memory()
    for sheet in package.sheets():
        root = package.look(sheet.part)
        if first_words(root, strings) == MARKS:
            shades, sizes = [], []
            for line in rows(root, strings)[1:]:
                record = _record(line)
                if isinstance(shade := record.get("shade"), dict):
                    shades.append(Shade(**shade))
                elif isinstance(size := record.get("size"), list):
                    sizes.append(Size(*size))
                elif isinstance(counts := record.get("counts"), dict):
                    memory.digest, memory.counts = str(record.get("digest", "")), counts
            memory.shades, memory.sizes = shades, sizes
            return memory, sheet
    return memory, None


def shared(package: Package) -> list[str]:
    """The workbook's shared strings."""
    part = package.related(BOOK, "sharedStrings")
    if not part:
        return []
    return [
        "".join(text.text or "" for text in one.iter(main("t")))
        for one in package.look(part).iter(main("si"))
    ]


def _record(line: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except ValueError:  # somebody has been at it; what is left is used
        return {}
    return found if isinstance(found, dict) else {}

"""The boxes that show comments, in a drawing of the old kind (VML), without which Excel shows none."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from nianbao.media.ooxml import Element
from nianbao.media.workbook.marks.package import Package, R, insert, main, parse
from nianbao.media.workbook.marks.worksheets import CELL

_V, _O, _X = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
_NAMES = f'xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"'
_MIME = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_WIDTH, _LETTERS, _LINE = 210, 21, 13  # points, Chinese characters on a line, points
_ROW = 15  # points, by which an anchor grows with its box
_TYPE = f"""<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202"\
 path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_SHAPE = f"""<v:shape {_NAMES} id="_x0000_s{{id}}" type="#_x0000_t202" style="position:absolute;\
margin-left:59.25pt;margin-top:1.5pt;width:{_WIDTH}pt;height:{{height}}pt;z-index:1;visibility:hidden"\
 fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>\
</v:textbox><x:ClientData ObjectType="Note">\
<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>\
<x:Row>{{row}}</x:Row><x:Column>{{column}}</x:Column></x:ClientData></v:shape>"""
_HEIGHT = re.compile(r"(?<![-\w])height:\s*(\d+(?:\.\d+)?)(pt|px)")
_ANCHOR = re.compile(  # left column, its offset, top row, its offset, right column, …, bottom row, its offset
    r"((?:\s*\d+\s*,){2}\s*(?P<top>\d+)\s*,(?:\s*\d+\s*,){3}\s*)(?P<bottom>\d+)(\s*,\s*\d+\s*)"
)


def find(package: Package, part: str) -> str:
    """The part with a sheet's boxes, or ""; pictures in its header are in another of the kind."""
    link = package.look(part).find(main("legacyDrawing"))
    wanted = "" if link is None else link.get(f"{{{R}}}id", "")
    parts = [relation.target for relation in package.relations(part) if relation.id == wanted]
    return parts[0] if parts and parts[0] in package.parts else ""


def drawing(package: Package, part: str) -> Element:
    """The drawing with a sheet's boxes, to be changed; a sheet without one gets one.

    Raises XMLSyntaxError where it is no XML.
    """
    if name := find(package, part):
        return package.tree(name)
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    number = "".join(filter(str.isdigit, name))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    package.add(name, parse(f"<xml {_NAMES}>{layout}{_TYPE}</xml>".encode()), _MIME)
    link = etree.Element(main("legacyDrawing"), nsmap={"r": R})
    link.set(f"{{{R}}}id", package.relate(part, "vmlDrawing", name))
    insert(package.tree(part), link)
    return package.tree(name)


def remove_if_empty(package: Package, part: str) -> None:
    """Take out a sheet's drawing when no box is left in it."""
    name = find(package, part)
    if name and package.tree(name).find(f".//{{{_V}}}shape") is None:
        sheet = package.tree(part)
        for link in sheet.findall(main("legacyDrawing")):
            sheet.remove(link)
        package.remove(name)


def draw(drawing: Element, cell: str, text: str) -> None:
    """Add the box of a comment with this text."""
    if not any(shape.get("id") == "_x0000_t202" for shape in drawing.iter(f"{{{_V}}}shapetype")):
        drawing.append(parse(_TYPE.encode()))
    ids = [re.fullmatch(r"_x0000_s(\d+)", shape.get("id", "")) for shape in drawing.iter(f"{{{_V}}}shape")]
    blocks = [block.get("data", "1").split(",")[0] for block in drawing.iter(f"{{{_O}}}idmap")] or ["1"]
    lowest = (int(blocks[0]) if blocks[0].isdigit() else 1) * 1024
    number = max([lowest, *(int(match[1]) for match in ids if match)]) + 1
    row, column = coordinate_to_tuple(cell)
    shape = _SHAPE.format(id=number, height=_height(text), row=row - 1, column=column - 1)
    drawing.append(parse(shape.encode()))


def box(drawing: Element, cell: str) -> Element | None:
    """The box of the comment on a cell."""
    row, column = coordinate_to_tuple(cell) if CELL.fullmatch(cell) else (0, 0)
    for shape in drawing.iter(f"{{{_V}}}shape"):
        note = shape.find(f"{{{_X}}}ClientData")
        if note is not None and note.get("ObjectType") == "Note":
            at = tuple(note.findtext(f"{{{_X}}}{axis}", "").strip() for axis in ("Row", "Column"))
            if at == (str(row - 1), str(column - 1)):
                return shape
    return None


def grow(box: Element, text: str, sign: int = 1) -> None:
    """Make a box higher by what a text takes; with sign -1 take the same away again."""
    more, style = _height(text), box.get("style", "")
    if match := _HEIGHT.search(style):
        points = sign * (more if match[2] == "pt" else more * 4 // 3)
        height = max(Decimal(match[1]) + points, Decimal(_ROW))
        box.set("style", f"{style[: match.start(1)]}{height:f}{style[match.end(1) :]}")
    anchor = box.find(f"{{{_X}}}ClientData/{{{_X}}}Anchor")
    if anchor is not None and (match := _ANCHOR.fullmatch(anchor.text or "")):
        bottom = max(int(match["bottom"]) + sign * -(-more // _ROW), int(match["top"]))
        anchor.text = f"{match[1]}{bottom}{match[4]}"


def _height(text: str) -> int:
    """The points that a text takes in a box of the usual width."""
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    return 14 + _LINE * lines

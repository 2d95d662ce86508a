"""Comments on cells: the text in one part, the box that shows it in another; Excel wants both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import column_index_from_string

from nianbao.media.workbook.marks.package import MAIN, Broken, Element, Package, R, main, parse, spot
from nianbao.report import Severity

HEAD = "—— nianbao 检查结果 ——"
SETTLED = "已核实"
AUTHOR = "nianbao"
THREAD = "tc="  # how Excel names the author of what is only the shadow of a threaded comment
LONGEST = 6_000  # characters in one comment; nobody reads more
_BLOCK = re.compile(
    rf"(?:_x000D_|\r)*\n?{HEAD}"
    rf"(?:(?:_x000D_|\r)*\n【(?:{'|'.join([*(one.word for one in Severity), SETTLED])})】[^\n]*)*"
)
_V, _O, _X = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
_NAMES = f'xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"'
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_WIDTH, _LETTERS, _LINE = 210, 21, 13  # points, Chinese characters on a line, points
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
_BEFORE_DRAWING = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting
dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
customProperties cellWatches ignoredErrors smartTags drawing
"""  # of CT_Worksheet, what comes before legacyDrawing


class Size(NamedTuple):
    """How large the box of a clerk's own comment was, before it had to hold more."""

    sheet: str
    cell: str
    style: str
    anchor: str


def add(package: Package, part: str, sheet: str, texts: Mapping[str, Sequence[str]]) -> list[Size]:
    """Hang lines on cells by address, after what a comment there says already.

    Return what the boxes of such comments were. Where a sheet's boxes are no XML, nothing is hung.
    """
    try:
        boxes = _boxes(package, part)
    except Broken:
        return []
    comments = _comments(package, part)
    authors, listed = comments[0], comments[1]
    there = {one.get("ref", ""): one for one in listed}
    names = [one.text or "" for one in authors]
    sizes = []
    for cell, lines in texts.items():
        block = "\n".join([HEAD, *(" ".join(line.split()) for line in lines)])[:LONGEST]
        comment = there.get(cell)
        if comment is None:
            if AUTHOR not in names:
                etree.SubElement(authors, main("author")).text = AUTHOR
                names.append(AUTHOR)
            comment = etree.SubElement(listed, main("comment"), ref=cell, authorId=str(names.index(AUTHOR)))
            text = etree.SubElement(comment, main("text"))
            _write(etree.SubElement(text, main("t")), block)
            _draw(boxes, cell, _height(block))
        elif not _author(comment, names).startswith(THREAD):
            _append(comment, block)
            if (box := _box(boxes, cell)) is not None:
                sizes.append(Size(sheet, cell, *_grow(box, _height(block))))
            else:
                _draw(boxes, cell, _height(_text(comment)))
    return sizes


def undo(package: Package, part: str, sizes: Iterable[Size]) -> None:
    """Take out of a sheet's comments what was hung on them, and those that say nothing else."""
    name = package.related(part, "comments")
    if not name or not any(HEAD in _text(one) for one in package.look(name).iter(main("comment"))):
        return
    comments = package.tree(name)
    names = [one.text or "" for one in comments[0]]
    boxes = _drawing(package, part)
    drawing: Element | None = None
    with suppress(Broken):  # nothing of ours is in it
        drawing = package.tree(boxes) if boxes else None
    were = {size.cell: size for size in sizes}
    for comment in list(comments[1]):
        if not _cut(comment):
            continue
        cell = comment.get("ref", "")
        box = _box(drawing, cell) if drawing is not None else None
        if not _text(comment).strip() and _author(comment, names).strip() in ("", AUTHOR):
            comments[1].remove(comment)
            if box is not None:
                box.getparent().remove(box)  # type: ignore[union-attr] # found below the root
        elif box is not None and cell in were:
            _shrink(box, were[cell])
    _forget_author(comments)
    if not len(comments[1]):
        package.unrelate(part, name)
        package.remove(name)
        if drawing is not None and not list(drawing.iter(f"{{{_V}}}shape")):
            _remove_drawing(package, part, boxes)


def _comments(package: Package, part: str) -> Element:
    name = package.related(part, "comments")
    if not name:
        name = package.free("xl/comments{}.xml")
        root = parse(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
        package.add(name, root, _COMMENTS)
        package.relate(part, "comments", name)
    return package.tree(name)


def _drawing(package: Package, part: str) -> str:
    """The part with a sheet's boxes, or ""; pictures in its header are in another of the kind."""
    link = package.look(part).find(main("legacyDrawing"))
    wanted = "" if link is None else link.get(f"{{{R}}}id", "")
    found = [one.target for one in package.relations(part) if one.id == wanted]
    return found[0] if found and found[0] in package.parts else ""


def _boxes(package: Package, part: str) -> Element:
    """The drawing that holds the boxes; a sheet without one gets one."""
    if name := _drawing(package, part):
        return package.tree(name)
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    number = "".join(filter(str.isdigit, name))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    package.add(name, parse(f"<xml {_NAMES}>{layout}{_TYPE}</xml>".encode()), _DRAWING)
    drawing = etree.Element(main("legacyDrawing"), nsmap={"r": R})
    drawing.set(f"{{{R}}}id", package.relate(part, "vmlDrawing", name))
    sheet = package.tree(part)
    early = {main(tag) for tag in _BEFORE_DRAWING.split()}
    before = [one for one in sheet if one.tag in early]
    before[-1].addnext(drawing)
    return package.tree(name)


def _remove_drawing(package: Package, part: str, name: str) -> None:
    found = package.unrelate(part, name)
    package.remove(name)
    sheet = package.tree(part)
    for one in sheet.findall(main("legacyDrawing")):
        if one.get(f"{{{R}}}id") == found:
            sheet.remove(one)


def _draw(boxes: Element, cell: str, height: int) -> None:
    """Add the box of a new comment."""
    where = spot(cell)
    assert where is not None
    if not any(one.get("id") == "_x0000_t202" for one in boxes.iter(f"{{{_V}}}shapetype")):
        boxes.append(parse(_TYPE.encode()))
    ids = [re.fullmatch(r"_x0000_s(\d+)", one.get("id", "")) for one in boxes.iter(f"{{{_V}}}shape")]
    data = [one.get("data", "1").split(",")[0] for one in boxes.iter(f"{{{_O}}}idmap")] or ["1"]
    lowest = (int(data[0]) if data[0].isdigit() else 1) * 1024
    number = max([lowest, *(int(one[1]) for one in ids if one)]) + 1
    row, column = where[1] - 1, column_index_from_string(where[0]) - 1
    boxes.append(parse(_SHAPE.format(id=number, height=height, row=row, column=column).encode()))


def _box(boxes: Element, cell: str) -> Element | None:
    """The box of the comment on a cell."""
    where = spot(cell)
    if where is None:
        return None
    wanted = (str(where[1] - 1), str(column_index_from_string(where[0]) - 1))
    for shape in boxes.iter(f"{{{_V}}}shape"):
        said = shape.find(f"{{{_X}}}ClientData")
        if said is not None and said.get("ObjectType") == "Note":
            row, column = said.findtext(f"{{{_X}}}Row", ""), said.findtext(f"{{{_X}}}Column", "")
            if (row.strip(), column.strip()) == wanted:
                return shape
    return None


def _height(text: str) -> int:
    """The points that a text takes in a box of the usual width."""
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    return 14 + _LINE * lines


def _grow(box: Element, more: int) -> tuple[str, str]:
    """Make a box higher; return what it was."""
    style = box.get("style", "")
    anchor = box.find(f"{{{_X}}}ClientData/{{{_X}}}Anchor")
    before = (style, "" if anchor is None else anchor.text or "")
    if found := re.search(r"(?<![-\w])height:\s*([\d.]+)(pt|px)", style):
        taller = float(found[1]) + (more if found[2] == "pt" else more * 4 / 3)
        box.set("style", f"{style[: found.start(1)]}{taller:g}{style[found.end(1) :]}")
    if anchor is not None and len(edges := (anchor.text or "").split(",")) == 8:
        edges[6] = f" {int(edges[6]) + -(-more // 15)}"
        anchor.text = ",".join(edges)
    return before


def _shrink(box: Element, size: Size) -> None:
    box.set("style", size.style)
    anchor = box.find(f"{{{_X}}}ClientData/{{{_X}}}Anchor")
    if anchor is not None and size.anchor:
        anchor.text = size.anchor


def _author(comment: Element, names: Sequence[str]) -> str:
    at = int(comment.get("authorId", "0"))
    return names[at] if at < len(names) else ""


def _append(comment: Element, block: str) -> None:
    """Write after what a comment says, in the way in which it says it: plain, or in runs."""
    text = comment.find(main("text"))
    if text is None:
        text = etree.Element(main("text"))
        comment.insert(0, text)
    plain, runs = text.find(main("t")), text.findall(main("r"))
    if runs:
        run = etree.Element(main("r"))
        runs[-1].addnext(run)
        _write(etree.SubElement(run, main("t")), f"\n{block}")
    elif plain is not None:
        plain.text = f"{plain.text}\n{block}" if plain.text else block
    else:
        plain = etree.Element(main("t"))
        text.insert(0, plain)
        _write(plain, block)


def _cut(comment: Element) -> bool:
    """Take the findings out of a comment's text, across its runs; whether there were any."""
    pieces = _pieces(comment)
    found = _BLOCK.search(_text(comment))
    if not found:
        return False
    at = 0
    for piece in pieces:
        said = piece.text or ""
        start, end = max(found.start() - at, 0), min(found.end() - at, len(said))
        at += len(said)
        if start < end:
            piece.text = said[:start] + said[end:]
            holder = piece.getparent()
            if not piece.text and holder is not None:
                gone = holder if holder.tag == main("r") else piece
                gone.getparent().remove(gone)  # type: ignore[union-attr] # below comment
    return True


def _pieces(comment: Element) -> list[Element]:
    """The pieces of a comment's text; what only says how it is pronounced is none."""
    text = main("text")
    plain, runs = f"{text}/{main('t')}", f"{text}/{main('r')}/{main('t')}"
    return [*comment.iterfind(plain), *comment.iterfind(runs)]


def _text(comment: Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(comment))


def _forget_author(comments: Element) -> None:
    """Take our name off the list of authors, where it is the last and nobody's comment has it."""
    authors = comments[0]
    last = len(authors) - 1
    if last >= 0 and authors[last].text == AUTHOR:
        used = {int(one.get("authorId", "0")) for one in comments[1]}
        if last not in used:
            authors.remove(authors[last])


def _write(element: Element, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

"""Workbooks as Excel, WPS and the Open XML SDK save them, made from ours by editing their parts."""

# ruff: noqa: E501 - XML as programs write it has long lines

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from nianbao.app import reading
from nianbao.media.workbook.marks import undo
from nianbao.media.workbook.marks.package import Package
from nianbao.report import Problem, check
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter

from tests.values import the

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)
RED, AMBER, BLUE, GREY = "F88888", "F8C850", "A8D0F0", "C0C0C0"
Parts = dict[str, bytes]


def parts(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unmarked(content: bytes, *, file: str) -> bytes:
    """A workbook without what was marked in it."""
    package = Package(content, file)
    undo(package)
    return package.save()


def packed(content: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return stream.getvalue()


def findings(path: Path) -> tuple[Problem, ...]:
    return check(reading.read(path))


def change(content: Parts, name: str, edit: Callable[[etree._Element], None]) -> None:
    root = etree.fromstring(content[name])
    edit(root)
    content[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add(content: Parts, name: str, part: bytes, kind: str = "") -> None:
    content[name] = part
    if kind:
        entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
        content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(b"</Types>", entry)


def relate(content: Parts, part: str, kind: str, target: str, number: str) -> None:
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    content.setdefault(rels, f'<Relationships xmlns="{REL}"></Relationships>'.encode())
    said = kind if kind.startswith("http") else f"{R}/{kind}"
    entry = f'<Relationship Id="{number}" Type="{said}" Target="{target}"/></Relationships>'.encode()
    content[rels] = content[rels].replace(b"</Relationships>", entry)


def share_strings(content: Parts) -> None:
    """Inline strings into the shared ones, as Excel and WPS have them."""
    strings: dict[str, int] = {}
    for name in [one for one in content if one.startswith("xl/worksheets/sheet")]:

        def share(root: etree._Element) -> None:
            for cell in root.iter(f"{{{MAIN}}}c"):
                if cell.get("t") == "inlineStr":
                    text = "".join(map(str, cell.itertext()))
                    del cell[:]
                    cell.set("t", "s")
                    etree.SubElement(cell, f"{{{MAIN}}}v").text = str(strings.setdefault(text, len(strings)))

        change(content, name, share)
    root = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN})  # type: ignore[dict-item] # the stub knows no default namespace
    for text in strings:
        item = etree.SubElement(etree.SubElement(root, f"{{{MAIN}}}si"), f"{{{MAIN}}}t")
        item.text = text
        item.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    add(content, "xl/sharedStrings.xml", etree.tostring(root, xml_declaration=True, encoding="UTF-8"), kind)
    relate(content, "xl/workbook.xml", "sharedStrings", "sharedStrings.xml", "rId77")


def calculated(content: Parts) -> None:
    """Give formulas a value, as t="str" where it is a text."""
    for name in [one for one in content if one.startswith("xl/worksheets/sheet")]:

        def calculate(root: etree._Element) -> None:
            for cell in root.iter(f"{{{MAIN}}}c"):
                if cell.find(f"{{{MAIN}}}f") is not None:
                    for old in cell.findall(f"{{{MAIN}}}v"):
                        cell.remove(old)
                    cell.set("t", "str")
                    etree.SubElement(cell, f"{{{MAIN}}}v").text = ""

        change(content, name, calculate)


def like_excel(ours: bytes) -> bytes:
    """Shared strings, rich comments in Excel's boxes with a control whose XML is broken, a picture, x14
    validations that point to another sheet, a threaded comment, printer settings, custom XML, a password."""
    content = parts(ours)
    share_strings(content)
    calculated(content)
    sheet = "xl/worksheets/sheet5.xml"

    def dress(root: etree._Element) -> None:
        for row in root.iter(f"{{{MAIN}}}row"):
            row.set("spans", "1:11")
        protection = the(root.find(f"{{{MAIN}}}sheetProtection"))
        for key, value in {
            "algorithmName": "SHA-512",
            "hashValue": "AAAA",
            "saltValue": "AAAA",
            "spinCount": "100000",
        }.items():
            protection.set(key, value)
        page = the(root.find(f"{{{MAIN}}}pageSetup"))
        page.set(f"{{{R}}}id", "rId9")

    change(content, sheet, dress)
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}"><x14:dataValidations'
        f' xmlns:xm="{XM}" count="1"><x14:dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1">'
        "<x14:formula1><xm:f>数据名称!$B$4:$B$9</xm:f></x14:formula1><xm:sqref>L40</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>"
    )
    for one in (sheet, "xl/worksheets/sheet1.xml"):  # the first has no comments: the findings bring the boxes
        content[one] = content[one].replace(b"</worksheet>", extension.encode())
    add(content, "xl/printerSettings/printerSettings1.bin", b"\0\1\2printer")
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"<Override", b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/><Default Extension="png" ContentType="image/png"/><Override', 1
    )  # fmt: skip
    relate(content, sheet, "printerSettings", "../printerSettings/printerSettings1.bin", "rId9")
    _header(content)
    _comments(content)
    _picture(content)
    add(content, "customXml/item1.xml", b'<?xml version="1.0"?>\r\n<own xmlns="urn:own">x</own>')
    relate(content, "xl/workbook.xml", "customXml", "../customXml/item1.xml", "rId78")
    book = content["xl/workbook.xml"].decode()
    book = book.replace(
        "</definedNames>",
        "<definedName name=\"新收\">'三、收到和处理政府信息公开申请情况'!$E$7:$K$7</definedName></definedNames>",
    )
    content["xl/workbook.xml"] = re.sub(r'activeTab="\d+"', 'activeTab="4"', book).encode()
    return packed(content)


def _comments(content: Parts) -> None:
    """On E7 and E10 of the sheet of applications, where there are findings: rich text, and a thread."""
    rich = (
        '<comment ref="E7" authorId="1"><text><r><rPr><b/><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>'
        '<t>张三:</t></r><r><rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/></rPr><t xml:space="preserve">\n来自台账 </t></r></text></comment>'
        '<comment ref="E10" authorId="2"><text><t>[线程批注]</t></text></comment></commentList>'
    )
    comments = content["xl/comments/comment2.xml"].decode()
    comments = comments.replace("</authors>", "<author>张三</author><author>tc={0A}</author></authors>")
    content["xl/comments/comment2.xml"] = comments.replace("</commentList>", rich).encode()
    box = (
        ' <v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_s9001" type="#_x0000_t202"'
        " style='position:absolute;\r\n  margin-left:107.25pt;margin-top:7.5pt;width:108pt;height:59.25pt;z-index:2;\r\n  visibility:hidden' fillcolor=\"infoBackground [80]\""
        " o:insetmode=\"auto\"><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'>a<br>b</div></v:textbox>"
        '<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        "<x:Anchor>5, 15, 5, 2, 7, 31, 9, 1</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>6</x:Row><x:Column>4</x:Column></x:ClientData></v:shape></xml>"
    )
    name = "xl/drawings/commentsDrawing2.vml"
    content[name] = content[name].decode().replace("</xml>", box).encode()


def _header(content: Parts) -> None:
    """A picture in the header of the first sheet: a drawing of the kind that comments have, too."""
    sheet = "xl/worksheets/sheet1.xml"
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="CH" style="width:9pt;height:9pt"/>'
    add(content, "xl/drawings/vmlDrawing1.vml", f"<xml>{shape}</xml>".encode())
    relate(content, sheet, "vmlDrawing", "../drawings/vmlDrawing1.vml", "rId3")
    link = f'<legacyDrawingHF xmlns:r="{R}" r:id="rId3"/><extLst'
    content[sheet] = content[sheet].replace(b"<extLst", link.encode())


def _picture(content: Parts) -> None:
    sheet = "xl/worksheets/sheet8.xml"
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<xdr:oneCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        '<xdr:ext cx="9525" cy="9525"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="章"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip xmlns:r="{R}" r:embed="rId1"/><a:stretch/></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic>'
        "<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    add(
        content,
        "xl/drawings/drawing1.xml",
        drawing.encode(),
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    )
    add(content, "xl/media/image1.png", PNG)
    relate(content, "xl/drawings/drawing1.xml", "image", "../media/image1.png", "rId1")
    relate(content, sheet, "drawing", "../drawings/drawing1.xml", "rId1")
    tail = f'<drawing xmlns:r="{R}" r:id="rId1"/></worksheet>'.encode()
    content[sheet] = content[sheet].replace(b"</worksheet>", tail)


def like_wps(ours: bytes) -> bytes:
    """A dimension of A1, no addresses on rows and cells that follow one another, an empty sheet, parts of its own."""
    content = parts(ours)
    share_strings(content)
    calculated(content)
    for name in [one for one in content if one.startswith("xl/worksheets/sheet")]:

        def loosen(root: etree._Element) -> None:
            the(root.find(f"{{{MAIN}}}dimension")).set("ref", "A1")
            for row in root.iter(f"{{{MAIN}}}row"):
                before = 0
                for cell in row:
                    column = ord(cell.get("r", "")[0]) - 64
                    if column == before + 1:
                        del cell.attrib["r"]
                    before = column

        change(content, name, loosen)
    add(
        content,
        "xl/worksheets/sheet12.xml",
        f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    )
    relate(content, "xl/workbook.xml", "worksheet", "worksheets/sheet12.xml", "rId79")
    book = content["xl/workbook.xml"].decode()
    entry = f'<sheet xmlns:r="{R}" name="检查结果" sheetId="30" r:id="rId79"/></sheets>'  # the clerk's own
    content["xl/workbook.xml"] = book.replace("</sheets>", entry).encode()
    wps = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<woProps xmlns="https://web.wps.cn/et/2018/main"/>'
    add(
        content,
        "customStorage/customStorage.xml",
        wps,
        "application/vnd.wps-officedocument.customStorage+xml",
    )
    return packed(content)


def like_the_sdk(ours: bytes) -> bytes:
    """Every element of a sheet, of the styles and of the workbook with a prefix."""
    content = parts(ours)
    for name in [
        *(one for one in content if one.startswith("xl/worksheets/sheet")),
        "xl/styles.xml",
        "xl/workbook.xml",
    ]:
        text = etree.tostring(etree.fromstring(content[name]), encoding="unicode")
        text = re.sub(r"<(/?)(?=[a-zA-Z]+[\s/>])", r"<\1x:", text).replace(
            f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'
        )
        content[name] = text.encode()
    return packed(content)


MAKERS: dict[str, Callable[[bytes], bytes]] = {
    "ours": lambda content: content,
    "Excel": like_excel,
    "WPS": like_wps,
    "SDK": like_the_sdk,
}


def look(cell: Any) -> tuple[object, ...]:
    """All of a cell's style."""
    return (
        fill(cell),
        repr(cell.font),
        repr(cell.border),
        repr(cell.alignment),
        repr(cell.protection),
        cell.number_format,
    )


def fill(cell: Any) -> str:
    return repr((cell.fill.patternType, cell.fill.fgColor.rgb if cell.fill.patternType else None))


def contents(content: bytes) -> dict[str, object]:
    """What openpyxl sees of each sheet, without what only marks add."""
    found: dict[str, object] = {}
    book, given = load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)
    found["names"] = sorted((name, one.attr_text) for name, one in book.defined_names.items())
    for sheet in book.worksheets:
        if sheet.sheet_properties.tabColor is not None and sheet.sheet_properties.tabColor.rgb == "FFC00000":
            continue
        found[sheet.title] = {
            "cells": {
                cell.coordinate: (cell.value, given[sheet.title][cell.coordinate].value, look(cell))
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None or cell.has_style
            },
            "merged": sorted(map(str, sheet.merged_cells.ranges)),
            "validations": [
                (str(one.sqref), one.type, one.formula1, one.error)
                for one in sheet.data_validations.dataValidation
            ],
            "formats": sorted(
                (str(one.sqref), rule.priority, rule.formula)
                for one in sheet.conditional_formatting
                for rule in one.rules
                if not own(rule)
            ),
            "protection": repr(sheet.protection),
            "sizes": {key: (one.width, one.hidden) for key, one in sheet.column_dimensions.items()},
            "heights": {
                key: (one.height, one.hidden)
                for key, one in sheet.row_dimensions.items()
                if one.height or one.hidden
            },
            "titles": (sheet.print_title_rows, sheet.freeze_panes, sheet.sheet_state),
            "links": sorted(
                (cell.coordinate, cell.hyperlink.location)
                for row in sheet.iter_rows()
                for cell in row
                if cell.hyperlink
            ),
        }
    return found


def comments(content: bytes) -> dict[tuple[str, str], str]:
    book = load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def fills(content: bytes) -> dict[tuple[str, str], str]:
    book = load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.coordinate): fill(cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.has_style
    }


def own(rule: Rule) -> bool:
    """Whether a conditional format is a mark."""
    return bool(re.fullmatch(r'LEN\("nianbao:[a-z]+"\)>0', "".join(rule.formula)))


def highlights(content: bytes) -> dict[tuple[str, str], str]:
    """The colours that the marks lay over cells."""
    return {
        (sheet.title, f"{get_column_letter(column)}{row}"): rule.dxf.fill.bgColor.rgb[2:]
        for sheet in load_workbook(io.BytesIO(content)).worksheets
        for formatting in sheet.conditional_formatting
        for rule in formatting.rules
        if own(rule)
        for area in formatting.sqref.ranges
        for row, column in area.cells
    }

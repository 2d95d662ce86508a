"""Which parts of a file are printed, or say how: all others stay behind, whatever they are.

What is not known to be wanted is not kept: Word and others put new kinds of parts into files every year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from nianbao.media.ooxml import CONTENT_TYPES, TYPES, Element, Package, R, Relation
from nianbao.media.word.publication.addresses import is_public

OF_FILE = {"officeDocument", "core-properties", "extended-properties"}
ALWAYS = {  # kinds that count without being named in the text of the part
    "styles", "settings", "fontTable", "theme", "numbering", "footnotes", "endnotes", "themeOverride",
    "chartStyle", "chartColorStyle",
}  # fmt: skip
NAMED = {  # kinds that count where the part names the relation
    "header", "footer", "image", "hyperlink", "chart", "chartEx", "chartUserShapes", "font", "hdphoto",
    "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
}  # fmt: skip
NOTES = {"footnotes", "endnotes"}
WITHOUT = {"settings"}  # parts whose relations lead to templates and tables of an author
INK = "application/inkml+xml"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = (f"{{{R}}}", f"{{{_STRICT}}}")
_OF_PICTURE = "{urn:schemas-microsoft-com:office:office}relid"
WORDS = {  # a relation's kind → what a person calls what is left out
    "comments": "批注",
    "commentsExtended": "批注",
    "commentsIds": "批注",
    "commentsExtensible": "批注",
    "people": "审阅者的名单",
    "origin": "数字签名",
    "mailMergeSource": "邮件合并的数据来源",
    "mailMergeHeaderSource": "邮件合并的数据来源",
    "recipientData": "邮件合并的收件人",
    "attachedTemplate": "所附模板的路径",
    "customXml": "自定义 XML 数据",
    "custom-properties": "自定义属性",
    "thumbnail": "缩略图",
    "glossaryDocument": "自动图文集",
    "printerSettings": "打印机设置",
    "package": "嵌入的文件",
    "oleObject": "嵌入的文件",
    "control": "ActiveX 控件",
    "extensibility": "界面定制",
    "keyMapCustomizations": "界面定制",
    "hyperlink": "",  # told where it stands, as what follows
    "image": "",
    "webSettings": "",  # says nothing about anybody
    "stylesWithEffects": "",
}
OTHER = "印不出来的其他内容"
UNUSED = {"image": "没有用到的图片", "chart": "没有用到的图表", "diagramData": "没有用到的 SmartArt 图形"}


def resolved(package: Package, relation: Relation) -> str:
    """The name of the part that a relation means, whatever its letters' case; blank where there is none."""
    for name in (relation.target, unquote(relation.target)):
        if name in package.parts:
            return name
    lower = {name.lower(): name for name in package.parts}
    return lower.get(relation.target.lower(), "")


def is_wanted(package: Package, part: str, relation: Relation, types: Mapping[str, str]) -> bool:
    """Whether what a part relates to may go out with it."""
    if relation.external:
        return relation.kind == "hyperlink" and is_public(relation.target)
    if relation.kind == "hyperlink":
        return True  # to a place in the document
    name = resolved(package, relation)
    if not name:
        return False
    if part == "":
        return relation.kind in OF_FILE
    return relation.kind in ALWAYS | NAMED or types.get(name.lower()) == INK


def references(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Every attribute that names a relation: the element, the attribute, the relation's id."""
    for element in root.iter():
        for name, value in element.items():
            if str(name).startswith(_RELATIONS) or name == _OF_PICTURE:
                yield element, str(name), str(value)


def content_types(package: Package) -> dict[str, str]:
    """The content type of each part that has one of its own, by its name in small letters."""
    overrides = package.edit(CONTENT_TYPES).iter(f"{{{TYPES}}}Override")
    return {part.get("PartName", "").lstrip("/").lower(): part.get("ContentType", "") for part in overrides}


def keep_types(package: Package, kept: Iterable[str]) -> bool:
    """Take out of the list of types what is about no part that is kept; whether there was any."""
    names = {name.lower() for name in kept}
    endings = {name.rpartition(".")[2] for name in names} | {"rels", "xml"}
    types = package.edit(CONTENT_TYPES)
    dead = [
        entry
        for entry in types
        if entry.get("PartName", "").lstrip("/").lower() not in {"", *names}
        or entry.get("Extension", "xml").lower() not in endings
    ]
    for entry in dead:
        types.remove(entry)
    return bool(dead)

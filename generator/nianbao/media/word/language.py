"""docxtpl's template language, read part by part: sandboxed, autoescaped, strict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from lxml.etree import XMLSyntaxError

from nianbao.media.ooxml import TYPES, parse
from nianbao.media.word import layout, paragraph_tags
from nianbao.media.word.oxml import qn
from nianbao.media.word.style_ids import Style

MOST_PRINTED = 64_000_000  # characters of one part; of ours 0.2 million
_AT_ONCE = 256  # pieces
DOCUMENT = "word/document.xml"
PROPERTIES = "文件属性"
KINDS = {  # the end of a part's content type → what a person calls the part
    "main": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "core-properties": PROPERTIES,
    "numbering": "编号",
    "diagramData": "SmartArt 图形",
    "diagramDrawing": "SmartArt 图形",
    "chart": "图表",
    "chartex": "图表",
    "chartshapes": "图表",
}
_MARK = re.compile(r"<!--P\d+-->")
_LITERALS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))  # docxtpl's way to print braces


class Unbounded(ValueError):  # noqa: N818 - the name says what the template is
    """A template would print more, or go on longer, than any real one does; says so in Chinese."""


def join(pieces: Iterable[str]) -> str:
    """What a template prints; raise Unbounded where that has no end."""
    stream, printed, size = iter(pieces), list[str](), 0
    while some := list(islice(stream, _AT_ONCE)):
        printed.append("".join(some))
        size += len(printed[-1])
        if size > MOST_PRINTED:
            raise Unbounded(f"印出的内容超过 {MOST_PRINTED // 1_000_000} 百万字")
    return "".join(printed)


class Environment(SandboxedEnvironment):
    """Jinja that runs no Python, escapes & and <, refuses unknown names, and comes to an end."""

    concat = staticmethod(join)

    def __init__(self) -> None:
        """Set up what docxtpl leaves to its caller."""
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.filters[paragraph_tags.FILTER] = paragraph_tags.paragraphs

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Take a report's own values from their namespace: asking the sandbox takes four times as long."""
        if type(obj) is SimpleNamespace and attribute in obj.__dict__:
            return obj.__dict__[attribute]
        return super().getattr(obj, attribute)


def tagged(content_types: bytes) -> dict[str, str]:
    """The parts in which tags count, by name, with what a person calls them."""
    kinds = {DOCUMENT: KINDS["main"]}
    for part in parse(content_types).iter(f"{{{TYPES}}}Override"):
        kind = part.get("ContentType", "").removesuffix("+xml").rpartition(".")[2]
        if kind in KINDS:
            kinds[part.get("PartName", "").lstrip("/")] = KINDS[kind]
    return kinds


def source(kind: str, content: bytes, styles: Mapping[str, Style], *, marked: bool = False) -> str:
    """A part as Jinja source, by docxtpl's own rules; `styles` are the template's, by id.

    The style in which the template has its figures' tags small, so that tables look as they will, goes.

    `marked` puts a line break and a numbered comment before every paragraph, so that a line
    of the source tells its paragraph.
    """
    from docxtpl import DocxTemplate

    root = parse(content)
    if kind != PROPERTIES:
        if marked:
            for number, paragraph in enumerate(root.iter(qn("p")), 1):
                paragraph.addprevious(etree.Comment(f"P{number}"))
        paragraph_tags.expand(root, styles)
        for small in root.findall(f".//{qn('rStyle')}[@{qn('val')}='{layout.FIGURE_TAG}']"):
            if (properties := small.getparent()) is not None:
                properties.remove(small)
    text = etree.tostring(root, encoding="unicode")
    if kind != PROPERTIES:
        text = _MARK.sub(r"\n\g<0>", text) if marked else text
        text = str(DocxTemplate(None).patch_xml(text))
    for written, meant in _LITERALS:
        text = text.replace(written, f"{{{{ '{meant}' }}}}")
    return text


def reason(error: Exception) -> str:
    """Why a tag could not be merged, as a clerk can read it: Jinja and Python say it in English."""
    said = str(error)
    if isinstance(error, Unbounded):
        return said
    if isinstance(error, UndefinedError):
        name = re.search(r"'([\w.]+)'$|^'([\w.]+)' is undefined", said)
        return f"报告里没有 {name[1] or name[2]}" if name else "报告里没有标签要的内容"
    if isinstance(error, RecursionError | SyntaxError) and not isinstance(error, XMLSyntaxError):
        return "标签嵌套太深"
    if isinstance(error, TemplateError):
        return "标签写法有误，或者想取用不许用的东西"
    if isinstance(error, TypeError | ArithmeticError | LookupError):
        return "标签拿种类不同的东西来比较、相加或者逐个取"
    return "印出来的不是合格的 XML，有不能印出的字符"


def paragraph_number(marked: str, line: int) -> int:
    """The number of the last paragraph that begins on or before a line of marked source."""
    numbers = re.findall(r"^<!--P(\d+)-->", "\n".join(marked.split("\n")[:line]), re.MULTILINE)
    return int(numbers[-1]) if numbers else 0

"""Fields that print what is kept elsewhere, on a machine or about an author: their saved result stays."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.addresses import is_public
from nianbao.media.word.publication.removals import Part, Seen
from nianbao.media.word.trees import remove, unwrap

_SIMPLE, _RUN, _CHAR, _KIND, _RUN_PROPERTIES = map(qn, ("fldSimple", "r", "fldChar", "fldCharType", "rPr"))
_INSTRUCTIONS = tuple(map(qn, ("instrText", "delInstrText")))
_ELSEWHERE = frozenset(
    (
        "ADDRESSBLOCK", "ASK", "AUTOTEXT", "AUTOTEXTLIST", "BIBLIOGRAPHY", "CITATION", "COMMENTS",
        "DATABASE", "DDE", "DDEAUTO", "DOCPROPERTY", "DOCVARIABLE", "FILENAME", "FILLIN",
        "GREETINGLINE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "INFO", "KEYWORDS",
        "LASTSAVEDBY", "LINK", "MACROBUTTON", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF",
        "PRINT", "RD", "SKIPIF", "TEMPLATE", "USERADDRESS", "USERINITIALS", "USERNAME",
    )
)  # fmt: skip
_NAME = re.compile(r"\s*[A-Za-z]+")  # an argument in quotation marks may follow at once
_LINK = re.compile(r'\s*HYPERLINK\s+(?!\\)(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass
class _Field:
    """A complex field while it is read: everything between its begin and its result."""

    begin: Element
    code: str = ""
    named_by_field: bool = False  # another field says what this one does
    before_result: list[Element] = field(default_factory=list)
    separated: bool = False


def unlink(part: Part, renamed: frozenset[str]) -> Iterator[str]:
    """Put the result of such fields in their place; names what is told.

    `renamed` are further fields, by their names: of properties that are others in a report.
    """
    names = _ELSEWHERE | renamed
    for simple in list(part.root.iter(_SIMPLE)):
        if _is_elsewhere(code := simple.get(qn("instr"), ""), names):
            yield from _tell(part, simple, code)
            unwrap(simple)
    opened: list[_Field] = []
    for element in [child for run in part.root.iter(_RUN) for child in run if child.tag != _RUN_PROPERTIES]:
        kind = element.get(_KIND) if element.tag == _CHAR else ""
        for outer in opened:
            if not outer.separated:
                outer.named_by_field |= kind == "begin" and not outer.code.strip()
                outer.before_result.append(element)
                outer.code += (element.text or "") if element.tag in _INSTRUCTIONS else ""
        if kind == "begin":
            opened.append(_Field(element))
        elif kind == "separate" and opened:
            opened[-1].separated = True
        elif kind == "end" and opened:
            yield from _unlink(part, opened.pop(), [element], names)
    while opened:  # without an end: Word shows nothing of it, and may yet be asked to
        yield from _unlink(part, opened.pop(), [], names)


def _unlink(part: Part, closed: _Field, end: list[Element], names: Container[str]) -> Iterator[str]:
    if closed.named_by_field or _is_elsewhere(closed.code, names):
        yield from _tell(part, closed.begin, closed.code)
        for element in (closed.begin, *closed.before_result, *end):
            remove(element)


def _tell(part: Part, element: Element, code: str) -> Iterator[str]:
    """A link is told where it stands, like any other; of the rest, that there are such fields."""
    if link := _LINK.match(code):
        part.see(Seen.LINK, element, _address(link))
    else:
        yield "取用模板以外内容的域（现有的文字留下）"


def _address(link: re.Match[str]) -> str:
    return (link[1] or link[2] or "").replace("\\\\", "\\")


def _is_elsewhere(code: str, names: Container[str]) -> bool:
    """Whether a field asks for what a reader of the report has not got, or is one of these."""
    found = _NAME.match(code)
    name = found[0].strip().upper() if found else ""
    if link := _LINK.match(code):
        return not is_public(_address(link))
    return name in names

"""Fields that print what is kept elsewhere, on a machine or about an author: their saved result stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.addresses import is_public
from nianbao.media.word.publication.trees import remove, unwrap

_SIMPLE, _RUN, _CHAR, _KIND, _RUN_PROPERTIES = map(qn, ("fldSimple", "r", "fldChar", "fldCharType", "rPr"))
_INSTRUCTIONS = tuple(map(qn, ("instrText", "delInstrText")))
_ELSEWHERE = frozenset(
    (
        "ADDRESSBLOCK", "ASK", "AUTOTEXT", "AUTOTEXTLIST", "BIBLIOGRAPHY", "CITATION", "COMMENTS",
        "DATABASE", "DDE", "DDEAUTO", "DOCPROPERTY", "DOCVARIABLE", "FILENAME", "FILLIN",
        "GREETINGLINE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "INFO", "KEYWORDS",
        "LASTSAVEDBY", "LINK", "MACROBUTTON", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF",
        "RD", "SKIPIF", "TEMPLATE", "USERADDRESS", "USERINITIALS", "USERNAME",
    )
)  # fmt: skip
_LINK = re.compile(r'\s*HYPERLINK\s+(?!\\)(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass
class _Field:
    """A complex field while it is read: everything between its begin and its result."""

    begin: Element
    code: str = ""
    before_result: list[Element] = field(default_factory=list)
    separated: bool = False


def unlink(root: Element) -> bool:
    """Put the result of such fields in their place; whether there were any."""
    found = False
    for simple in list(root.iter(_SIMPLE)):
        if _is_elsewhere(simple.get(qn("instr"), "")):
            found = True
            unwrap(simple)
    opened: list[_Field] = []
    for element in [child for run in root.iter(_RUN) for child in run if child.tag != _RUN_PROPERTIES]:
        kind = element.get(_KIND) if element.tag == _CHAR else ""
        for outer in opened:
            if not outer.separated:
                outer.before_result.append(element)
                outer.code += (element.text or "") if element.tag in _INSTRUCTIONS else ""
        if kind == "begin":
            opened.append(_Field(element))
        elif kind == "separate" and opened:
            opened[-1].separated = True
        elif kind == "end" and opened:
            found |= _unlink(opened.pop(), element)
    while opened:  # without an end: Word shows nothing of it, and may yet be asked to
        found |= _unlink(opened.pop(), None)
    return found


def _unlink(closed: _Field, end: Element | None) -> bool:
    if not _is_elsewhere(closed.code):
        return False
    for element in (closed.begin, *closed.before_result, *([] if end is None else [end])):
        remove(element)
    return True


def _is_elsewhere(code: str) -> bool:
    """Whether a field asks for what a reader of the report has not got."""
    name = code.split(maxsplit=1)[0].upper() if code.strip() else ""
    if link := _LINK.match(code):
        return not is_public((link[1] or link[2] or "").replace("\\\\", "\\"))
    return name in _ELSEWHERE

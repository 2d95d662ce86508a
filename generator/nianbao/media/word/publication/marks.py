"""Marks that Word keeps for its own or an office's use, and addresses of an author's machine in names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.trees import remove

_WORD = "http://schemas.microsoft.com/office/word/"
_COMMENTS = tuple(map(qn, ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")))
_EDITORS = tuple(map(qn, ("permStart", "permEnd")))
_PROOFS = (qn("proofErr"), qn("rsid"))
_BOOKMARKS = tuple(map(qn, ("bookmarkStart", "bookmarkEnd")))
_SAVES = re.compile(
    rf"\{{{re.escape(qn('')[1:-1])}\}}rsid\w*|\{{{re.escape(_WORD)}2010/wordml\}}(para|text)Id"
)
_NAMES = {"name", "descr", "title", "alt", "src", f"{{{'urn:schemas-microsoft-com:office:office'}}}title"}
_PATH = re.compile(r"(?:\b[A-Za-z]:\\|\\\\|file:/)(?:[^\\/\"<>|]*[\\/])*([^\\/\"<>|]*)")
_SUSPECT = (b"rsid", b"paraId", b"textId", b":\\", b"\\\\", b"file:/")


def remove_marks(root: Element) -> Iterator[str]:
    """Take out marks of comments, editors, proofing and the last place of the cursor; names what is told."""
    for element in list(root.iter(*_COMMENTS)):
        yield "批注"
        remove(element)
    for element in list(root.iter(*_EDITORS)):
        yield "可编辑区域的用户名单"
        remove(element)
    for element in list(root.iter(*_PROOFS)):
        remove(element)
    cursors = {mark.get(qn("id")) for mark in root.iter(_BOOKMARKS[0]) if mark.get(qn("name")) == "_GoBack"}
    for element in list(root.iter(*_BOOKMARKS)) if cursors else ():
        if element.get(qn("id")) in cursors:
            remove(element)


def clean_attributes(root: Element) -> Iterator[str]:
    """Take out numbers of the sessions in which a part was saved, and folders before names of pictures."""
    written = etree.tostring(root)
    if not any(word in written for word in _SUSPECT):
        return
    for element in root.iter(etree.Element):
        for name, value in element.items():
            if _SAVES.fullmatch(str(name)):
                del element.attrib[name]
            elif name in _NAMES and (bare := _PATH.sub(r"\1", str(value))) != value:
                element.set(name, bare)
                yield "图片说明里的本机路径"

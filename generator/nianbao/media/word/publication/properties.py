"""Properties and settings: of a template's author and machine nothing, of the report what it is."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.split_tags import TAG
from nianbao.media.word.trees import remove

_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_OF_REPORT = {f"{_DC}title": "{{ title }}", f"{_DC}creator": "{{ organ }}"}
_FIELDS = {f"{_DC}title": "TITLE", f"{_DC}creator": "AUTHOR"}  # that print them
_KEPT = {f"{_DC}subject", f"{_DC}language", f"{_TERMS}created", f"{_TERMS}modified"}
_UNTOLD = {f"{_CORE}revision", f"{_CORE}lastPrinted", f"{_CORE}version"}
_PROGRAM = {"Application", "AppVersion"}  # which says how the document is laid out, not by whom
_PERSONAL = {"Company", "Manager", "Template", "HyperlinkBase"}
SETTINGS = {  # an element → what a person calls it, blank where nobody would look for it
    "mailMerge": "邮件合并的数据来源",
    "attachedTemplate": "所附模板的路径",
    "docVars": "文档变量",
    "documentProtection": "文档保护",
    "writeProtection": "文档保护",
    "attachedSchema": "自定义 XML 数据",
    "saveThroughXslt": "自定义 XML 数据",
    "schemaLibrary": "自定义 XML 数据",
    "smartTagType": "",
    "trackRevisions": "",
    "revisionView": "",
    "doNotTrackMoves": "",
    "doNotTrackFormatting": "",
    "rsids": "",
    "docId": "",
    "proofState": "",
    "linkStyles": "",
    "formsDesign": "",
    "activeWritingStyle": "",
    "savePreviewPicture": "",
}


def renamed(core: Element | None) -> frozenset[str]:
    """The fields that would print the report's own property where the template shows another."""
    tagged = {element.tag for element in (() if core is None else core) if TAG.search(element.text or "")}
    return frozenset(name for tag, name in _FIELDS.items() if tag not in tagged)


def describe(core: Element) -> Iterator[str]:
    """Let the core properties be the report's, where they name anybody else; names what is told."""
    for element in list(core):
        written = (element.text or "").strip()
        if TAG.search(written) or element.tag in _KEPT:
            continue
        if element.tag in _OF_REPORT:
            element.text = _OF_REPORT[element.tag]
        else:
            core.remove(element)
        if written and element.tag not in _UNTOLD and element.tag != f"{_DC}title":
            yield "作者、单位等文件属性"


def describe_program(app: Element) -> Iterator[str]:
    """Leave of the extended properties only the program; names what is told."""
    for element in list(app):
        name = str(element.tag).rpartition("}")[2]
        if name not in _PROGRAM:
            if name in _PERSONAL and (element.text or "").strip():
                yield "作者、单位等文件属性"
            app.remove(element)


def clean_settings(settings: Element) -> Iterator[str]:
    """Take out what settings say of reviewing, of data merged by Word, and of the machine."""
    for element in list(settings):
        name = str(element.tag).rpartition("}")[2]
        if name in SETTINGS:
            if SETTINGS[name]:
                yield SETTINGS[name]
            remove(element)


def remove_unused_notes(notes: Element, document: Element) -> None:
    """Take out footnotes or endnotes that nothing refers to: they went with a revision, and stay readable."""
    used = {mark.get(qn("id")) for mark in document.iter(qn("footnoteReference"), qn("endnoteReference"))}
    for note in list(notes):
        if note.get(qn("type"), "normal") == "normal" and note.get(qn("id")) not in used:
            notes.remove(note)

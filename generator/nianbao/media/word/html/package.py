"""The zip that a .docx is: its parts and their relations, read within limits."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from nianbao.media import ooxml
from nianbao.media.word.html.wordml import Element, name
from nianbao.report.problem import Place, Problem, ProblemsFound, Severity

DOCUMENT = "officeDocument"
_ROOT = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says about another: `kind` is the last word of its type."""

    kind: str
    target: str
    external: bool


class Package:
    """A .docx, opened once; parts are parsed when they are first asked for."""

    def __init__(self, document: bytes, file: str) -> None:
        self.file = file
        self._trees: dict[str, Element | None] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        try:
            self._zip = zipfile.ZipFile(BytesIO(document))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _refusal(file, "不是 Word 文档（.docx）") from error
        ooxml.measure(self._zip, file)
        self._entries = {entry.filename.lstrip("/"): entry for entry in self._zip.infolist()}
        main = next((one for one in self.relations(_ROOT).values() if one.kind == DOCUMENT), None)
        if main is None or self.tree(main.target) is None:
            raise _refusal(file, "不是 Word 文档（.docx），或者文档已损坏")
        self.main = main.target

    def content(self, part: str) -> bytes | None:
        """The bytes of a part, or None where it is missing or damaged."""
        entry = self._entries.get(part)
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as stream:
                found = stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
            return None
        return found if len(found) == entry.file_size else None

    def tree(self, part: str) -> Element | None:
        """The parsed XML of a part, or None where it is missing or no XML."""
        if part not in self._trees:
            self._trees[part] = _parse(self.content(part))
        return self._trees[part]

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their id; targets inside the package are part names."""
        if part not in self._relations:
            folder, leaf = posixpath.split(part)
            tree = self.tree(posixpath.join(folder, "_rels", f"{leaf}.rels"))
            self._relations[part] = {} if tree is None else _relations(tree, folder)
        return self._relations[part]

    def related(self, part: str, kind: str) -> Element | None:
        """The tree of the first part that `part` names as `kind`: styles, settings, theme."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external:
                return self.tree(relation.target)
        return None


def _relations(tree: Element, folder: str) -> dict[str, Relation]:
    found = {}
    for each in tree.iterchildren(name("rel:Relationship")):
        target, external = each.get("Target", ""), each.get("TargetMode") == "External"
        if not external:
            absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
            target = posixpath.normpath(absolute).lstrip("/")
        found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, external)
    return found


def _parse(content: bytes | None) -> Element | None:
    if not content:
        return None
    content = ooxml.transitional(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        tree: Element = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    # Word writes no DTD; a part that has one wants entities, and its text would have holes.
    return None if tree.getroottree().docinfo.internalDTD is not None else tree


def _refusal(file: str, what: str) -> ProblemsFound:
    return ProblemsFound(
        [
            Problem(
                code="unreadable-document",
                severity=Severity.ERROR,
                what=what,
                mend="请用 Word 或 WPS 打开并另存为 .docx 后重试",
                places=(Place(file),),
            )
        ]
    )

"""A template made fit for reports that are published, part by part."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from nianbao.media.ooxml import (
    CONTENT_TYPES,
    XML,
    Element,
    Malformed,
    Package,
    Relation,
    drawing,
    is_svg,
    parse,
    relations_of,
    serialize,
)
from nianbao.media.word.controls import stores, unwrap_controls
from nianbao.media.word.language import DOCUMENT
from nianbao.media.word.publication import properties
from nianbao.media.word.publication.fields import unlink
from nianbao.media.word.publication.hidden import hiding, remove_hidden
from nianbao.media.word.publication.links import cut
from nianbao.media.word.publication.marks import clean_attributes, remove_marks
from nianbao.media.word.publication.objects import flatten
from nianbao.media.word.publication.relations import (
    ALWAYS,
    NOTES,
    OF_FILE,
    OTHER,
    UNUSED,
    WITHOUT,
    WORDS,
    content_types,
    is_wanted,
    keep_types,
    references,
    resolved,
)
from nianbao.media.word.publication.removals import Part, Removals, Seen
from nianbao.media.word.publication.revisions import accept
from nianbao.media.word.publication.split_tags import beside, join
from nianbao.report import Place, Problem, Unreadable, rule

_TAG = re.compile(rb"\{\{|\{%|%7B%7B|%7B%25", re.IGNORECASE)
_DRAWN = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
_KINDS = {"styles": "样式", "settings": "设置", "theme": "主题", "fontTable": "字体表"}
_OF_KIND: Mapping[str, Callable[[Element], Iterator[str]]] = {
    "core-properties": properties.describe,
    "extended-properties": properties.describe_program,
    "settings": properties.clean_settings,
}


@dataclass(frozen=True)
class Publishable:
    """The parts of a template as they may go out, what is told of them, and why it may not be used."""

    parts: dict[str, bytes]
    told: tuple[Problem, ...]
    refused: tuple[Problem, ...]


def damaged(file: str, part: str, error: Malformed) -> Problem:
    """The problem that a part of a template cannot be read."""
    what, mend = f"Word 文件的内容已损坏：{error}", "请用 Word 或 WPS 打开并另存一份，或换用完好的备份"
    return rule("damaged").broken(what, mend, (Place(file, part=part),))


def publishable(parts: Mapping[str, bytes], kinds: Mapping[str, str], file: str) -> Publishable:
    """The parts of a Word file without what is not printed; those that have nothing of the kind as they are.

    `kinds` names the parts in which tags count, as a person calls them. Raises Unreadable for a part that is
    no XML.
    """
    trees = {}
    for name, part in parts.items():
        try:
            if name.endswith(XML):
                trees[name] = parse(part, comments=False)
        except Malformed as error:
            raise Unreadable([damaged(file, name, error)]) from None
    return _Cleaning(Package(parts, file), trees, kinds).done()


class _Cleaning:
    """One file while its parts are gone through."""

    def __init__(self, package: Package, trees: Mapping[str, Element], names: Mapping[str, str]) -> None:
        self.package, self.trees, self.names = package, trees, names
        self.removals = Removals(package.file)
        self.kinds: dict[str, str] = {}  # of every part that may go out, in the order they are reached
        self.wanted: dict[str, dict[str, Relation]] = {}  # their relations that may go out
        self.written: dict[str, bytes] = {}

    def done(self) -> Publishable:
        """Every part that is printed, cleaned."""
        self._reach()
        self.bound = stores(self.package, DOCUMENT)
        self.hiding = hiding(self.package.related(DOCUMENT, "styles"))
        self.renamed = properties.renamed(self.package.related("", "core-properties"))
        for name in self.kinds:
            if name.endswith(XML):
                self._clean(name)
        kept = self._used()
        self._refuse_tags_elsewhere(kept)
        self._clean_drawings(kept)
        parts = {name: part for name, part in (self.package.parts | self.written).items() if name in kept}
        if keep_types(self.package, parts):
            parts[CONTENT_TYPES] = serialize(self.package.edit(CONTENT_TYPES))
        return Publishable(parts, self.removals.told(), self.removals.refusals())

    def _reach(self) -> None:
        """Take down every part that may go out, and what the others are."""
        types = content_types(self.package)
        waiting = [("", ""), (DOCUMENT, "officeDocument")]
        for name, kind in waiting:  # which grows meanwhile
            if name in self.wanted:
                continue
            self.kinds |= {name: kind} if name else {}
            self.wanted[name] = {}
            for identity, relation in self.package.relations(name).items():
                if kind not in WITHOUT and is_wanted(self.package, name, relation, types):
                    self.wanted[name][identity] = relation
                    waiting += [(part, relation.kind) for part in (resolved(self.package, relation),) if part]
                else:
                    self._leave(relation, identity in self._named(name))

    def _leave(self, relation: Relation, named: bool) -> None:
        """Note what stays behind: what shows is told where it stands, where anything names it."""
        if word := WORDS.get(relation.kind, OTHER):
            self._note([word])
        elif relation.external and not named:
            self._note(["没有用到的外部链接"])
        elif any(
            below.external for below in self.package.relations(resolved(self.package, relation)).values()
        ):
            self._note(["框架网页"])

    def _clean(self, name: str) -> None:
        """Clean one part; what is printed by a part that it relates to is looked at there."""
        kind, root = self.kinds[name], self.trees[name]
        part = Part(name, self.names.get(name) or _KINDS.get(kind, name), root, self.removals)
        if kind in _OF_KIND:
            self._note(_OF_KIND[kind](root))
        elif kind in NOTES:
            properties.remove_unused_notes(root, self.trees[DOCUMENT])
        if unwrap_controls(root, self.bound):
            self._note(["内容控件（里面的文字留下）"])
        accept(part)
        self._note(remove_marks(root))
        self._note(flatten(part))
        cut(part, self.package.relations(name), self.wanted[name])
        self._note(unlink(part, self.renamed))
        join(root)
        for element, words in beside(root):
            part.see(Seen.BESIDE, element, words)
        remove_hidden(part, self.hiding)
        self._note(clean_attributes(root))
        if part.changed or b"<!--" in self.package.parts[name]:
            self.written[name] = serialize(root)

    def _clean_drawings(self, kept: Iterable[str]) -> None:
        """Cut what SVG pictures name outside themselves."""
        for name in kept:
            part = self.package.parts.get(name, b"")
            if not name.endswith(XML) and is_svg(part) and (made := drawing(part)) is not None and made.cut:
                self.written[name] = made.content
                self._note(["SVG 图片引用的外部内容"])

    def _note(self, words: Iterable[str]) -> None:
        self.removals.unseen |= dict.fromkeys(words)

    def _used(self) -> set[str]:
        """The parts that something which goes out names, with their relations, which are written anew."""
        kept, waiting = {CONTENT_TYPES, DOCUMENT}, ["", DOCUMENT]
        for name in waiting:  # which grows meanwhile
            named, used = self._named(name), {}
            for identity, relation in self.wanted[name].items():
                if relation.kind in ALWAYS | OF_FILE or identity in named:
                    used[identity] = relation
                    part = resolved(self.package, relation)
                    if part and part not in kept:
                        kept.add(part)
                        waiting.append(part)
                elif word := UNUSED.get(relation.kind):
                    self.removals.unseen[word] = None
            if used:
                kept.add(relations_of(name))
                self._keep_relations(relations_of(name), used)
        return kept

    def _named(self, name: str) -> set[str]:
        """The relations that a part names, and that its diagrams name in its place."""
        if name not in self.trees:
            return set()
        named = {identity for _, _, identity in references(self.trees[name])}
        for identity, relation in self.wanted[name].items():
            if relation.kind == "diagramData" and identity in named:
                diagram = self.trees.get(resolved(self.package, relation))
                named |= (
                    set()
                    if diagram is None
                    else {element.get("relId", "") for element in diagram.iter(_DRAWN)}
                )
        return named

    def _keep_relations(self, name: str, used: Container[str]) -> None:
        left = [
            relationship for relationship in self.package.edit(name) if relationship.get("Id") not in used
        ]
        for relationship in left:
            self.package.edit(name).remove(relationship)
        if left:
            self.written[name] = serialize(self.package.edit(name))

    def _refuse_tags_elsewhere(self, kept: Iterable[str]) -> None:
        """Tags in parts that are not merged would be printed as they are."""
        for name in sorted(kept):
            if name in self.names or not name.endswith(XML) or name == CONTENT_TYPES:
                continue
            if _TAG.search(self.written.get(name, self.package.parts[name])):
                kind = "链接的地址" if name.endswith(".rels") else _KINDS.get(self.kinds[name], name)
                key = (
                    "tag-not-merged",
                    "写在这里的标签不会合并",
                    "请只在正文、表格、文本框、页眉、页脚和注里写标签",
                )
                self.removals.refused.setdefault(key, []).append(Place(self.package.file, part=kind))

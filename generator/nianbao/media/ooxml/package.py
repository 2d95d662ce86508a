"""The parts of an Office file and their relations: read when they are asked for, and changed."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from nianbao.media.ooxml.xml import REL, TYPES, Element, Malformed, R, parse, serialize, transitional

CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "main+xml"  # how the content type of the part ends that a file is about
_NO_RELATIONS = f'<Relationships xmlns="{REL}"/>'.encode()


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says about another: `kind` is the last word of its type."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file by name; only those that were changed by `edit` are written anew."""

    def __init__(self, parts: Mapping[str, bytes], file: str = "") -> None:
        """Take the parts of a file; `file` is its name in messages."""
        self.parts, self.file = dict(parts), file
        self._trees: dict[str, Element | None] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._spellings: dict[str, str] | None = None
        self._edited: dict[str, Element] = {}

    @cached_property
    def main(self) -> str:
        """The part that the file is about, by its relations or else by its content type; blank for none."""
        top = self.relations("").values()
        named = (relation.target for relation in top if relation.kind == "officeDocument")
        part = next((target for target in named if target in self.parts), "")
        types = self.tree(CONTENT_TYPES) if not part else None
        for override in () if types is None else types.iter(f"{{{TYPES}}}Override"):
            name = override.get("PartName", "").lstrip("/")
            if override.get("ContentType", "").endswith(_MAIN) and name in self.parts:
                return name
        return part

    def is_sound(self, kind: str) -> bool:
        """Whether the parts that the main one names as `kind`, if any, are XML."""
        named = [relation.target for relation in self.relations(self.main).values() if relation.kind == kind]
        return all(self.tree(part) is not None for part in named if part in self.parts)

    def tree(self, part: str) -> Element | None:
        """The parsed XML of a part, to be read; None where it is missing or no XML."""
        if part not in self._trees:
            try:
                content = self.parts.get(self._spelt(part), b"")
                self._trees[part] = parse(transitional(content), comments=False)
            except Malformed:
                self._trees[part] = None
        return self._trees[part]

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their id; targets inside the package are part names."""
        if part not in self._relations:
            tree = self.tree(relations_of(part))
            named = {} if tree is None else _relations(tree, posixpath.dirname(part))
            self._relations[part] = {
                key: relation if relation.external else replace(relation, target=self._spelt(relation.target))
                for key, relation in named.items()
            }
        return self._relations[part]

    def _spelt(self, name: str) -> str:
        """A part's name as the file has it: any case is the same part, and some write \\ for /."""
        if name in self.parts:
            return name
        if self._spellings is None:
            self._spellings = {other.replace("\\", "/").lower(): other for other in self.parts}
        return self._spellings.get(name.lower(), name)

    def related(self, part: str, kind: str) -> Element | None:
        """The tree of the first part that `part` names as `kind`: styles, settings, theme."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external:
                return self.tree(relation.target)
        return None

    def edit(self, part: str) -> Element:
        """The root of a part, to be changed: what is done to it is written. Raises Malformed."""
        if part not in self._edited:
            self._edited[part] = parse(self.parts[part])
        return self._edited[part]

    def free(self, pattern: str, start: int = 1) -> str:
        """The first name of this pattern that no part has: word/header{}.xml."""
        number = start
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def add(self, part: str, root: Element, content_type: str) -> None:
        """Add a part that is XML."""
        self.parts[part], self._edited[part] = b"", root
        tag = f"{{{TYPES}}}Override"
        etree.SubElement(self.edit(CONTENT_TYPES), tag, PartName=f"/{part}", ContentType=content_type)

    def add_file(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part that is no XML; what it is, is told by the end of its name."""
        self.parts[part] = content
        tag, extension = f"{{{TYPES}}}Default", part.rpartition(".")[2]
        types = self.edit(CONTENT_TYPES)
        if not any(default.get("Extension", "").lower() == extension for default in types.iter(tag)):
            types.insert(0, etree.Element(tag, Extension=extension, ContentType=content_type))

    def relate(self, part: str, kind: str, target: str, stem: str, start: int = 1) -> str:
        """Relate a part to another one; return the new id, the first that is free of stem and number."""
        name = relations_of(part)
        self.parts.setdefault(name, _NO_RELATIONS)
        root, number = self.edit(name), start
        taken = {relation.get("Id") for relation in root}
        while f"{stem}{number}" in taken:
            number += 1
        etree.SubElement(
            root, f"{{{REL}}}Relationship", Id=f"{stem}{number}", Type=f"{R}/{kind}", Target=target
        )
        return f"{stem}{number}"

    def written(self) -> dict[str, bytes]:
        """All parts as they will be saved."""
        return self.parts | {name: serialize(root) for name, root in self._edited.items()}


def relations_of(part: str) -> str:
    """The part that holds a part's relations; those of "" are the file's own."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner(relations: str) -> str:
    """The part whose relations these are."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def _relations(tree: Element, folder: str) -> dict[str, Relation]:
    relations = {}
    for relationship in tree.iterchildren(f"{{{REL}}}Relationship"):
        target, external = relationship.get("Target", ""), relationship.get("TargetMode") == "External"
        if not external:
            target = target.replace("\\", "/")
            absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
            target = posixpath.normpath(absolute).lstrip("/")
        kind = relationship.get("Type", "").rpartition("/")[2]
        relations[relationship.get("Id", "")] = Relation(kind, target, external)
    return relations

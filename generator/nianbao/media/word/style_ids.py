"""The styles of a template by their names: Word in Chinese, WPS and others give them ids of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from nianbao.media.word import layout

_STYLES = re.compile(r"word/styles\d*\.xml")
_STYLE = re.compile(r"<w:style\b([^>]*)>(.*?)</w:style>", re.DOTALL)
_ATTRIBUTE = re.compile(r'w:(\w+)="([^"]*)"')
_NAME = re.compile(r'<w:name w:val="([^"]*)"')
_SPACING = re.compile(r"<w:spacing\b[^>]*w:lineRule=[^>]*>")
_SIZE = re.compile(r'<w:sz w:val="(\d{1,4})"')
_BASE = re.compile(r'<w:basedOn w:val="([^"]*)"')
_REFERENCE = re.compile(
    rb'(w:styleId="|<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link|styleLink|numStyleLink|clickAndTypeStyle'
    rb'|defaultTableStyle) w:val=")([^"]*)'
)


class Style(NamedTuple):
    """A style as a file has it."""

    id: str
    kind: str
    name: str
    based_on: str
    line: tuple[str, str]  # the height of a line and how it is meant, "" where inherited
    default: bool
    size: int  # half-points, 0 where inherited


def size(known: Mapping[str, Style], id: str) -> int:
    """The size that a style or one it is based on gives, in half-points; 0 where none does."""
    for _ in known:
        if id not in known or known[id].size:
            break
        id = known[id].based_on
    return known[id].size if id in known else 0


def styles(parts: Mapping[str, bytes]) -> dict[str, Style]:
    """The styles of a file by their ids."""
    return {style.id: style for style in _styles(parts)}


def ours(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts, with the ids of layout for the styles that have the names of layout."""
    known = styles(parts)
    wanted = {(style.kind, style.name.lower()): style.id for style in layout.STYLES}
    wanted |= {("table", name.lower()): id for id, name in layout.TABLE_STYLES.items()}
    renamed = {
        style.id: wanted[key]
        for style in known.values()
        if (key := (style.kind, style.name.lower())) in wanted and style.id != wanted[key]
    }
    if not renamed:
        return parts
    taken = known.keys() - renamed.keys()
    renamed |= {id: f"{id}-{len(known)}" for id in renamed.values() if id in taken}
    ids = {old.encode(): new.encode() for old, new in renamed.items()}

    def rename(match: re.Match[bytes]) -> bytes:
        return match[1] + ids.get(match[2], match[2])

    return {
        name: _REFERENCE.sub(rename, part) if name.startswith("word/") and name.endswith(".xml") else part
        for name, part in parts.items()
    }


def _styles(parts: Mapping[str, bytes]) -> Iterator[Style]:
    part = next((name for name in parts if _STYLES.fullmatch(name)), "")
    for attributes, content in _STYLE.findall(parts.get(part, b"").decode("utf-8", "replace")):
        words = dict(_ATTRIBUTE.findall(attributes))
        name, base = _NAME.search(content), _BASE.search(content)
        if name is not None:
            kind, based_on = words.get("type", "paragraph"), base[1] if base else ""
            default = kind == "paragraph" and words.get("default", "0") in ("1", "true", "on")
            spacing = _attributes(_SPACING.search(content))
            line = (spacing.get("line", ""), spacing.get("lineRule", ""))
            size = _SIZE.search(content)
            yield Style(
                words.get("styleId", ""),
                kind,
                unescape(name[1]),
                based_on,
                line,
                default,
                int(size[1]) if size else 0,
            )


def _attributes(element: re.Match[str] | None) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(element[0])) if element else {}

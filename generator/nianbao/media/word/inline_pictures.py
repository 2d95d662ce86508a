"""Pictures in the line: a line of exact height would show only so much of them."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.media.ooxml import Element, Malformed, parse, serialize
from nianbao.media.word.oxml import qn, style, w
from nianbao.media.word.style_ids import Style, styles

_LINE, _RULE = qn("line"), qn("lineRule")
_AFTER_SPACING = frozenset(map(qn, (
    "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
    "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)))  # fmt: skip
SINGLE = "240"
_FLOATING = "position:absolute"


def unclipped(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts, with lines that grow with the pictures in them: single ones, with text at least as high."""
    pictured = {
        name: part
        for name, part in parts.items()
        if name.endswith(".xml") and (b"<wp:inline" in part or b"<w:pict" in part)
    }
    if not pictured:
        return parts
    known = styles(parts)
    return parts | {name: _unclipped(part, known) for name, part in pictured.items()}


def _unclipped(part: bytes, known: Mapping[str, Style]) -> bytes:
    try:
        root = parse(part)
    except Malformed:
        return part  # whoever reads it next says so
    changed = False
    for paragraph in root.iter(qn("p")):
        if _has_picture(paragraph) and (line := _exact(paragraph, known)):
            spacing = _spacing(paragraph)
            alone = not any(text.text for text in paragraph.iter(qn("t")))
            spacing.set(_LINE, SINGLE if alone else line)
            spacing.set(_RULE, "auto" if alone else "atLeast")
            changed = True
    return serialize(root) if changed else part


def _has_picture(paragraph: Element) -> bool:
    """Whether something stands in the paragraph's own lines: no text box's paragraph, nothing that floats."""
    for node in paragraph.iter("{*}inline", qn("pict")):
        if next(node.iterancestors(qn("p"))) is not paragraph:
            continue
        shape = node.find("{*}shape[@style]")
        if node.tag != qn("pict") or (shape is not None and _FLOATING not in shape.get("style", "")):
            return True
    return False


def _exact(paragraph: Element, known: Mapping[str, Style]) -> str:
    """The exact height of the paragraph's lines in twips, "" where they grow."""
    spacing = paragraph.find(f"{qn('pPr')}/{qn('spacing')}")
    if spacing is not None and spacing.get(_RULE) is not None:
        return spacing.get(_LINE, "") if spacing.get(_RULE) == "exact" else ""
    default = next((candidate.id for candidate in known.values() if candidate.default), "")
    name = style(paragraph) or default
    for _ in known:
        if name not in known:
            break
        line, rule = known[name].line
        if rule:
            return line if rule == "exact" else ""
        name = known[name].based_on
    return ""


def _spacing(paragraph: Element) -> Element:
    """The paragraph's own spacing, made where it has none."""
    properties = paragraph.find(qn("pPr"))
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    spacing = properties.find(qn("spacing"))
    if spacing is None:
        spacing = w("spacing")
        at = next((at for at, child in enumerate(properties) if child.tag in _AFTER_SPACING), len(properties))
        properties.insert(at, spacing)
    return spacing

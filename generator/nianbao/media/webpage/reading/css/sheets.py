"""Style sheets as rules: selectors in parts, and what they declare; only of rules that matter for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import cssselect2  # type: ignore[import-untyped]  # ships no types
import tinycss2  # type: ignore[import-untyped]  # ships no types

from nianbao.media.webpage.reading.css.declarations import RELEVANT, Block, block

LARGEST = 4_000_000  # characters of all sheets of a page; what is more is not looked at
MOST_SELECTORS = 20_000
_COMBINATORS = frozenset(">+~")
_GROUPS = frozenset({"media", "supports", "layer", "scope", "container", "document", "-moz-document"})
_FEATURE = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_DESK = 1280.0  # pixels: pages are read as a desk shows them


class Selector(NamedTuple):
    """One selector: its compounds from left to right with what stands between them, and what it declares."""

    compounds: tuple[Any, ...]
    combinators: tuple[str, ...]
    weight: tuple[int, int, int, int]  # its specificity, and its place among all
    pseudo: str
    block: Block


@lru_cache(8)  # the pages of one site have the same
def selectors(texts: tuple[str, ...]) -> tuple[Selector, ...]:
    """The selectors of a page's style sheets, in their order."""
    found: list[Selector] = []
    left = LARGEST
    for text in texts:
        if len(text) > left or not RELEVANT.search(text):
            continue
        left -= len(text)
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        for prelude, declared in _rules(rules, 0):
            for tokens in _parted(prelude):
                if (selector := _selector(tokens, declared, len(found))) and len(found) < MOST_SELECTORS:
                    found.append(selector)
    return tuple(found)


def _rules(nodes: Iterable[Any], depth: int) -> Iterator[tuple[list[Any], Block]]:
    """What selects and what it declares, also within groups that hold on a desk's screen."""
    for node in nodes:
        if node.type == "qualified-rule":
            declared = block(tinycss2.parse_blocks_contents(node.content, True, True))
            if declared.normal or declared.important:
                yield node.prelude, declared
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in _GROUPS and depth < 8:
            condition = tinycss2.serialize(node.prelude).lower()
            if node.lower_at_keyword != "media" or is_shown(condition):
                yield from _rules(tinycss2.parse_rule_list(node.content, True, True), depth + 1)


def is_shown(condition: str) -> bool:
    """Whether a media query holds on a desk's screen: what nobody here knows does not."""
    return not condition.strip() or any(_holds(query) for query in condition.split(","))


def _holds(query: str) -> bool:
    words = [word.strip() for word in re.split(r"\band\b", query)]
    negated = words[0].startswith("not ")
    words[0] = re.sub(r"^(?:not|only)\s+", "", words[0])
    return all(_is_true(word) for word in words) != negated


def _is_true(word: str) -> bool:
    if word in ("screen", "all"):
        return True
    feature = _FEATURE.fullmatch(word)
    if feature is None:
        return False
    width = float(feature[2]) * (1.0 if feature[3] == "px" else 16.0)
    return width <= _DESK if feature[1] == "min" else width >= _DESK


def _parted(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """The selectors of a list, which commas part."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _selector(tokens: list[Any], declared: Block, order: int) -> Selector | None:
    """One selector; None where it is none, or selects what is never so on a page at rest."""
    compounds: list[list[Any]] = [[]]
    combinators: list[str] = []
    between = ""
    for token in tokens:
        if token.type == "whitespace":
            between = between or " "
        elif token.type == "literal" and token.value in _COMBINATORS:
            between = token.value
        else:
            if between and compounds[-1]:
                combinators.append(between)
                compounds.append([])
            between = ""
            compounds[-1].append(token)
    if any(":has(" in tinycss2.serialize(part).lower() for part in compounds):
        return None  # looks down the page, as nothing does that hides figures
    try:
        compiled = [compound for part in compounds for compound in cssselect2.compile_selector_list(part)]
    except cssselect2.SelectorError:
        return None
    if len(compiled) != len(compounds) or any(compound.never_matches for compound in compiled):
        return None
    weights = zip(*(compound.specificity for compound in compiled), strict=True)
    ids, classes, kinds = (sum(weight) for weight in weights)
    pseudo = compiled[-1].pseudo_element or ""
    if pseudo not in ("", "before", "after"):
        return None
    return Selector(tuple(compiled), tuple(combinators), (ids, classes, kinds, order), pseudo, declared)

"""Style sheets as rules: selectors in parts, and what they declare; only of rules that matter for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import cssselect2  # type: ignore[import-untyped]  # ships no types
import tinycss2  # type: ignore[import-untyped]  # ships no types

from nianbao.media.webpage.reading.css.declarations import RELEVANT, Block, block

LARGEST = 1_000_000  # characters of all sheets of a page; what is more is not looked at
MOST_RULES = 20_000  # of one sheet
MOST_SELECTORS = 5_000  # of those that name what is on the page
_LONGEST = 500  # characters of one compound
_COMBINATORS = frozenset(">+~")
_GROUPS = frozenset({"media", "supports", "layer", "scope", "container", "document", "-moz-document"})
_FEATURE = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_DESK = 1280.0  # pixels: pages are read as a desk shows them


class Selector(NamedTuple):
    """One selector: its compounds from left to right with what stands between them, and what it declares.

    `counts` where it counts an element's siblings one by one.
    """

    compounds: tuple[Any, ...]
    combinators: tuple[str, ...]
    weight: tuple[int, int, int, int]  # its specificity, and its place among all
    pseudo: str
    block: Block
    counts: bool


class _Written(NamedTuple):
    """A selector as it is written, and the kinds, classes and identifiers that it names."""

    compounds: tuple[str, ...]
    combinators: tuple[str, ...]
    names: frozenset[str]
    block: Block


def selectors(texts: Iterable[str], names: Set[str]) -> list[Selector]:
    """The selectors of a page's style sheets that may select something, in their order.

    `names` are those on the page: of kinds `td`, of classes `.signed`, of identifiers `#top`.
    """
    written: list[_Written] = []
    left = LARGEST
    for text in texts:
        if len(text) <= left and RELEVANT.search(text):
            left -= len(text)
            written += _parsed(text)
    made = (_compiled(one, at) for at, one in enumerate(written) if one.names <= names)
    return [*islice((selector for selector in made if selector is not None), MOST_SELECTORS)]


@lru_cache(32)  # the pages of one site have the same
def _parsed(text: str) -> tuple[_Written, ...]:
    try:
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        found = (
            _cut(tokens, declared) for prelude, declared in _rules(rules, 0) for tokens in _parted(prelude)
        )
        return tuple(islice((one for one in found if one is not None), MOST_RULES))
    except RecursionError:  # brackets within brackets without end
        return ()


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


def _cut(tokens: list[Any], declared: Block) -> _Written | None:
    """A selector in its compounds; None where it looks down the page, as nothing does that hides figures."""
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
    parts = tuple(tinycss2.serialize(compound) for compound in compounds)
    if any(":has(" in part.lower() or len(part) > _LONGEST for part in parts):
        return None
    named = frozenset(name for compound in compounds for name in _names(compound))
    return _Written(parts, tuple(combinators), named, declared)


def _names(compound: Iterable[Any]) -> Iterator[str]:
    """The kind, the classes and the identifier that an element must have."""
    before = ""
    for token in compound:
        if token.type == "ident" and before in ("", "."):
            yield f".{token.value}" if before else token.lower_value
        elif token.type == "hash":
            yield f"#{token.value}"
        before = token.value if token.type == "literal" else " "


@lru_cache(4096)
def _compound(text: str) -> Any:
    """A compiled compound; None where it is none, or selects what is never so on a page at rest."""
    try:
        found = cssselect2.compile_selector_list(text)
    except (cssselect2.SelectorError, RecursionError):
        return None
    return found[0] if len(found) == 1 and not found[0].never_matches else None


def _compiled(written: _Written, order: int) -> Selector | None:
    compounds = tuple(_compound(text) for text in written.compounds)
    if None in compounds:
        return None
    weights = zip(*(compound.specificity for compound in compounds), strict=True)
    ids, classes, kinds = (sum(weight) for weight in weights)
    pseudo = compounds[-1].pseudo_element or ""
    if pseudo not in ("", "before", "after"):
        return None
    weight = (ids, classes, kinds, order)
    counts = any(re.search(r"of-type|\sof\s", text.lower()) for text in written.compounds)
    return Selector(compounds, written.combinators, weight, pseudo, written.block, counts)

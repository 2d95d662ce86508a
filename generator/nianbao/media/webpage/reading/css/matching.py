"""Which rules of a page's style sheets each element is selected by, found in one walk down the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # ships no types
from lxml.html import HtmlElement

from nianbao.media.webpage.reading.css.sheets import Selector

Step = tuple[int, int]  # a selector, and one of its compounds
MOST_TRIED = 4_000_000  # times that a rule is tried on an element
MOST_COUNTED = 2000  # siblings of an element that a selector counts
_NO_STEPS: frozenset[Step] = frozenset()


class _Wrapped(ElementWrapper):  # type: ignore[misc]  # of a library without types
    """An element as selectors see it; its siblings are found once for all of them."""

    def __init__(self, element: HtmlElement, parent: _Wrapped | None, siblings: list[HtmlElement]) -> None:
        self.etree_element, self.parent, self.etree_siblings = element, parent, siblings
        self.index, self.previous = 0, None
        self.in_html_document, self.transport_content_language = True, None
        self._ancestors, self._previous_siblings = (), ()


class TooMuch(Exception):  # noqa: N818 - the name says what happened
    """Raised where a page has so many rules for so many elements that nobody has written it."""


class Matching:
    """The rules that select elements; every element of a page is to be asked for, in the page's order.

    A selector is followed compound by compound down the page: its cost is the page's length times its own,
    however deep elements nest. Raises TooMuch where that is more than MOST_TRIED.
    """

    def __init__(self, selectors: Sequence[Selector]) -> None:
        self.selectors = selectors
        self.by_id: defaultdict[str, list[Step]] = defaultdict(list)
        self.by_class: defaultdict[str, list[Step]] = defaultdict(list)
        self.by_kind: defaultdict[str, list[Step]] = defaultdict(list)
        self.others: list[Step] = []
        for number, selector in enumerate(selectors):
            for at, compound in enumerate(selector.compounds):
                self._shelve(compound, (number, at))
        self._own: dict[HtmlElement, frozenset[Step]] = {}
        self._above: dict[HtmlElement, frozenset[Step]] = {}
        self._before: dict[HtmlElement, tuple[frozenset[Step], frozenset[Step]]] = {}  # by parent
        self._left = MOST_TRIED
        self._wrapped: dict[HtmlElement, _Wrapped] = {}

    def _shelve(self, compound: Any, step: Step) -> None:
        if compound.id is not None:
            self.by_id[compound.id].append(step)
        elif compound.class_name is not None:
            self.by_class[compound.class_name].append(step)
        elif compound.local_name is not None:
            self.by_kind[compound.lower_local_name].append(step)
        else:
            self.others.append(step)

    def of(self, element: HtmlElement) -> list[int]:
        """The selectors that select an element, by number."""
        if not self.selectors:
            return []
        parent = element.getparent()
        above = self._above.get(parent, _NO_STEPS)
        before, last = self._before.get(parent, (_NO_STEPS, _NO_STEPS))
        reached = {" ": above, ">": self._own.get(parent, _NO_STEPS), "~": before, "+": last}
        wrapped = self._wrap(element, parent)
        candidates = [*self._candidates(element)]
        self._left -= len(candidates)
        if self._left < 0:
            raise TooMuch
        own = frozenset([step for step in candidates if self._fits(step, reached, wrapped)])
        self._own[element] = own
        self._above[element] = above | own if own else above
        self._before[parent] = (before | own if own else before, own)
        return [number for number, at in own if at + 1 == len(self.selectors[number].compounds)]

    def _candidates(self, element: HtmlElement) -> Iterator[Step]:
        if (name := element.get("id")) and name in self.by_id:
            yield from self.by_id[name]
        if classes := element.get("class"):
            for name in dict.fromkeys(classes.split()):
                yield from self.by_class.get(name, ())
        yield from self.by_kind.get(element.tag, ())
        yield from self.others

    def _fits(self, step: Step, reached: dict[str, frozenset[Step]], wrapped: _Wrapped) -> bool:
        number, at = step
        selector = self.selectors[number]
        if at and (number, at - 1) not in reached[selector.combinators[at - 1]]:
            return False
        if selector.counts and len(wrapped.etree_siblings) > MOST_COUNTED:
            return False
        return bool(selector.compounds[at].test(wrapped))

    def _wrap(self, element: HtmlElement, parent: HtmlElement | None) -> _Wrapped:
        """The element for selectors; with all its siblings where it is the first of them."""
        if parent is None:
            made = self._wrapped[element] = _Wrapped(element, None, [element])
            return made
        if element not in self._wrapped:
            above = self._wrapped[parent]
            siblings = [child for child in parent if isinstance(child.tag, str)]
            for index, child in enumerate(siblings):
                made = self._wrapped[child] = _Wrapped(child, above, siblings)
                made.index = index
        return self._wrapped[element]

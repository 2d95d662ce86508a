"""A part of a template cut where reports differ: what is the same in all is laid down as it is.

Jinja asks its sandbox three times for every dotted tag. But what nearly every template says is
plain: tags that print a text, loops over the paragraphs of a section, conditions. Such a part is
cut, once, into steps; filling them in gives the very bytes that Jinja gives. A part that says
anything else (set, filters, loop.index, tags in odd places) is not cut, and a report whose texts
have line breaks, or characters that XML cannot hold, does not fill: both are Jinja's.

Steps are tuples of bytes, strings and numbers, so that they are kept with the compiled code:

    (SAME, xml)
    (WORD, name)                       a text by its dotted name
    (FIGURES, (xml, …), (key, …))      figures, each between two pieces of XML
    (IF, ((test, steps), …), steps)    the last steps are the else's
    (EACH, section, body)              in the body: xml, the name of a paragraph's field, or IF

and tests ("and", test, test), ("or", test, test), ("not", test), ("truth", operand) and
("compare", operand, ((operator, operand), …)), with operands ("const", value), ("name", dotted)
and, within a body, ("field", name).
"""

from __future__ import annotations

import marshal
import operator
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from nianbao.media.word.escaping import FIGURES, Unusual, escaped
from nianbao.report import Report

if TYPE_CHECKING:
    from jinja2 import nodes

SAME, WORD, FIGURE, IF, EACH = range(5)
TEXTS = ("text", "lead", "rest")
KINDS = ("heading", "level")  # what a condition on a paragraph may ask, to be asked once of each kind
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
}
# A text of the template's own with a tab or line break in it, or that may go on beyond a tag.
_BREAKS = re.compile(r"(?:\A|<w:t(?: [^>]*)?>)[^<]*[\t\n\r][^<]*(?:</w:t>|\Z)")

Step = tuple[Any, ...]


def cut(parsed: nodes.Template) -> bytes:
    """The steps of a part read by Jinja, to be kept; blank for one that only Jinja can merge."""
    try:
        return marshal.dumps(_gathered(_items(parsed.body, "")))
    except (Unusual, RecursionError, ValueError):  # ValueError: deeper than marshal goes
        return b""


def _items(body: list[nodes.Node], each: str) -> Iterator[Any]:
    """XML, names and fields as they come; `each` is the name of the loop's paragraph, blank outside."""
    from jinja2 import nodes

    for node in body:
        if isinstance(node, nodes.Output):
            for printed in node.nodes:
                yield _printed(printed, each)
        elif isinstance(node, nodes.If):
            branches = [(_test(one.test, each), _within(one.body, each)) for one in (node, *node.elif_)]
            yield (IF, tuple(branches), _within(node.else_, each))
        elif isinstance(node, nodes.For) and not each:
            plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
            if not plain or node.else_ or node.test or node.recursive:
                raise Unusual
            yield (EACH, node.iter.name, tuple(_items(node.body, node.target.name)))  # type: ignore[attr-defined]
        else:
            raise Unusual


def _within(body: list[nodes.Node], each: str) -> tuple[Any, ...]:
    return tuple(_items(body, each)) if each else _gathered(_items(body, ""))


def _printed(node: nodes.Node, each: str) -> bytes | str:
    from jinja2 import nodes

    if isinstance(node, nodes.TemplateData):
        if _BREAKS.search(node.data):
            raise Unusual
        return node.data.encode()
    if isinstance(node, nodes.Const):
        return escaped(node.value)
    kind, name = _operand(node, each)
    if (kind == "field" and name in TEXTS) or (kind == "name" and not each):
        return str(name)
    raise Unusual


def _test(node: nodes.Node, each: str) -> tuple[Any, ...]:
    from jinja2 import nodes

    if isinstance(node, nodes.And | nodes.Or):
        word = "and" if isinstance(node, nodes.And) else "or"
        return (word, _test(node.left, each), _test(node.right, each))
    if isinstance(node, nodes.Not):
        return ("not", _test(node.node, each))
    if isinstance(node, nodes.Compare) and all(one.op in _COMPARISONS for one in node.ops):
        others = tuple((one.op, _asked(one.expr, each)) for one in node.ops)
        return ("compare", _asked(node.expr, each), others)
    return ("truth", _asked(node, each))


def _asked(node: nodes.Node, each: str) -> tuple[str, Any]:
    """What a condition asks for; within a loop only what is the same for all paragraphs of a kind."""
    found = _operand(node, each)
    if each and (found[0] == "name" or (found[0] == "field" and found[1] not in KINDS)):
        raise Unusual
    return found


def _operand(node: nodes.Node, each: str) -> tuple[str, Any]:
    from jinja2 import nodes

    if isinstance(node, nodes.Const):
        if not isinstance(node.value, str | int | None):
            raise Unusual
        return ("const", node.value)
    path = []
    while isinstance(node, nodes.Getattr):
        path.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        raise Unusual
    if each and node.name == each:
        if len(path) != 1:
            raise Unusual
        return ("field", path[0])
    return ("name", ".".join([node.name, *reversed(path)]))


def _gathered(items: Iterator[Any]) -> tuple[Step, ...]:
    """Items as steps, with the figures of a table in one step."""
    steps: list[Step] = []
    between: list[bytes] = [b""]
    keys: list[str] = []

    def close() -> None:
        if keys:
            steps.append((FIGURE, tuple(between), tuple(keys)))
        elif between[0]:
            steps.append((SAME, between[0]))
        between[:], keys[:] = [b""], []

    for item in items:
        if isinstance(item, bytes):
            between[-1] += item
        elif isinstance(item, str) and item.count(".") == 2:
            keys.append(item)
            between.append(b"")
        else:
            close()
            steps.append((WORD, item) if isinstance(item, str) else item)
    close()
    return tuple(steps)


class Filling:
    """The steps of one part, to be filled in for any number of reports."""

    def __init__(self, kept: bytes) -> None:
        self.steps: tuple[Step, ...] = marshal.loads(kept)
        self.kinds: dict[tuple[int, bool, int], list[bytes | str]] = {}  # by the body's id, which steps keep

    def fill(self, report: Report) -> bytes | None:
        """The part with one report's values, None where only Jinja can merge them."""
        written: list[bytes] = []
        try:
            self._fill(self.steps, report, _words(report), written)
        except (Unusual, LookupError, TypeError):
            return None
        return b"".join(written)

    def _fill(
        self, steps: tuple[Step, ...], report: Report, words: dict[str, str], written: list[bytes]
    ) -> None:
        for kind, *step in steps:
            if kind == SAME:
                written.append(step[0])
            elif kind == FIGURE:
                between, keys = step
                written += interleaved(between, keys, report)
            elif kind == WORD:
                written.append(escaped(words[step[0]]))
            elif kind == IF:
                self._fill(_chosen(step, lambda name: _named(name, report, words)), report, words, written)
            else:
                self._each(step[1], report.narratives[step[0]], written)

    def _each(self, body: tuple[Any, ...], paragraphs: tuple[Any, ...], written: list[bytes]) -> None:
        for paragraph in paragraphs:
            kind = (id(body), paragraph.heading, paragraph.level)
            pieces = self.kinds.get(kind)
            if pieces is None:
                pieces = self.kinds[kind] = list(_pieces(body, paragraph))
            written += [
                piece if type(piece) is bytes else escaped(getattr(paragraph, piece))  # type: ignore[arg-type]
                for piece in pieces
            ]


def interleaved(between: tuple[bytes, ...], keys: tuple[str, ...], report: Report) -> list[bytes]:
    """Pieces of XML with a figure between every two.

    Raises KeyError for a figure that the form does not have, Unusual for one that is not plain.
    """
    figures = report.figures
    pieces = [b""] * (2 * len(keys) + 1)
    pieces[0::2] = between
    pieces[1::2] = [FIGURES[figures[key].text] for key in keys]
    return pieces


def _pieces(body: tuple[Any, ...], paragraph: Any) -> Iterator[bytes | str]:
    """What a loop's body prints for a paragraph of this kind."""
    for item in body:
        if isinstance(item, tuple):
            yield from _pieces(_chosen(item[1:], lambda name: getattr(paragraph, name)), paragraph)
        else:
            yield item


def _chosen(step: Any, value: Callable[[str], Any]) -> tuple[Any, ...]:
    branches, otherwise = step
    return next((steps for test, steps in branches if _holds(test, value)), otherwise)


def _holds(test: tuple[Any, ...], value: Callable[[str], Any]) -> bool:
    word, *rest = test
    if word == "not":
        return not _holds(rest[0], value)
    if word == "and":
        return _holds(rest[0], value) and _holds(rest[1], value)
    if word == "or":
        return _holds(rest[0], value) or _holds(rest[1], value)
    left = _value(rest[0], value)
    if word == "truth":
        return bool(left)
    for compared, operand in rest[1]:
        right = _value(operand, value)
        if isinstance(left, tuple) or isinstance(right, tuple):  # sections are compared as Jinja has them
            raise Unusual
        if not _COMPARISONS[compared](left, right):
            return False
        left = right
    return True


def _value(operand: tuple[str, Any], value: Callable[[str], Any]) -> Any:
    return operand[1] if operand[0] == "const" else value(operand[1])


def _words(report: Report) -> dict[str, str]:
    """The texts of one report that are neither figures nor narrative, by their dotted names."""
    return {
        "title": report.title,
        "organ": report.organ,
        "year": str(report.year),
        "reporter": report.reporter.name,
        "issued_by": report.issued_by,
        "date_line": report.date_line,
        **{f"contact.{key}": text for key, text in report.contact.items()},
    }


def _named(name: str, report: Report, words: dict[str, str]) -> Any:
    """A word, a figure or a section, for a condition; a table is Jinja's to judge."""
    if name in words:
        return words[name]
    return report.figures[name].text if name in report.figures else report.narratives[name]

"""Whether what a template puts together can grow without end: `{% set x = x ~ x %}` forty times over.

Everything is counted in values: a value of the report is one, and so are a hundred characters of a literal.
What a name stands for has as many as the expression that it was set to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes

MOST = 500  # values in one expression; real templates have a dozen
_LITERAL = 100  # characters of a literal that count as one value
_ANSWERS = (nodes.Compare, nodes.Not, nodes.Test)  # true or false, whatever was asked

Weights = dict[str, int]


def grown(tree: nodes.Template) -> nodes.Node | None:
    """The first expression that puts more together than any real one does, None where all are bounded."""
    return next(_walk(tree.body, {}), None)


def _walk(body: Iterable[nodes.Node], weights: Weights) -> Iterator[nodes.Node]:
    """The expressions that are too large; `weights` has what names stand for, and gets those set here."""
    for node in body:
        if isinstance(node, nodes.Assign):
            yield from _large(node.node, weights)
            weights |= dict.fromkeys(_names(node.target), _weight(node.node, weights))
        elif isinstance(node, nodes.If):
            yield from _branches(node, weights)
        elif isinstance(node, nodes.For):
            yield from _large(node.iter, weights)
            inner = weights | dict.fromkeys(_names(node.target), _weight(node.iter, weights))
            yield from _large(node.test, inner)
            yield from _walk(node.body, inner)
            yield from _walk(node.else_, dict(weights))
        else:
            for child in node.iter_child_nodes():
                yield from _large(child, weights)


def _branches(node: nodes.If, weights: Weights) -> Iterator[nodes.Node]:
    """Each branch by itself; after all of them a name stands for the most that any has set it to."""
    before = dict(weights)
    for test, body in ((node.test, node.body), *((other.test, other.body) for other in node.elif_)):
        yield from _large(test, before)
        yield from _branch(body, before, weights)
    yield from _branch(node.else_, before, weights)


def _branch(body: list[nodes.Node], before: Weights, weights: Weights) -> Iterator[nodes.Node]:
    own = dict(before)
    yield from _walk(body, own)
    for name, weight in own.items():
        weights[name] = max(weight, weights.get(name, 1))


def _large(node: nodes.Node | None, weights: Weights) -> Iterator[nodes.Node]:
    if node is not None and _weight(node, weights) > MOST:
        yield node


def _names(target: nodes.Node) -> list[str]:
    return [name.name for name in (target, *target.find_all(nodes.Name)) if isinstance(name, nodes.Name)]


def _weight(node: nodes.Node, weights: Weights) -> int:
    if isinstance(node, nodes.Name):
        return weights.get(node.name, 1)
    if isinstance(node, nodes.TemplateData):
        return 0  # the document itself
    if isinstance(node, nodes.Const):
        return 1 + (len(node.value) // _LITERAL if isinstance(node.value, str) else 0)
    below = [_weight(child, weights) for child in node.iter_child_nodes()]
    if isinstance(node, _ANSWERS):
        return 1 if max(below, default=0) <= MOST else MOST + 1
    if isinstance(node, nodes.CondExpr):
        return max(below)
    return max(1, sum(below))

"""The names that a template's tags use, read out of Jinja's own syntax tree.

A template is a form, not a program: of Jinja's language it may use tags, if, for, set,
comparisons and a few filters. What else Jinja can do is refused before Jinja sees it again:
compiling alone computes `9**9**9`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from nianbao.media.word import growth
from nianbao.media.word.context import PARAGRAPH, leaves
from nianbao.media.word.language import Environment
from nianbao.media.word.paragraph_tags import FILTER
from nianbao.report import Rule, rule
from nianbao.report.problem import quote
from nianbao.report.suggestion import suggestion

ANY = object()  # what nobody can know beforehand: the result of a filter
FILTERS = ("default", "length", "lower", "trim", "upper")
DEEPEST_LOOP = 2
MOST_FINDINGS, LONGEST_NAME = 100, 100  # of one part; characters of a tag that a message repeats
_LONGEST = 13_000  # bits of a number, some four thousand digits
_LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem")
_ALLOWED = (
    nodes.Add, nodes.And, nodes.Assign, nodes.Compare, nodes.Concat, nodes.CondExpr, nodes.Const,
    nodes.Filter, nodes.For, nodes.Getattr, nodes.Getitem, nodes.If, nodes.Keyword, nodes.List, nodes.Name,
    nodes.Neg, nodes.Not, nodes.Operand, nodes.Or, nodes.Output, nodes.Slice, nodes.Sub, nodes.Template,
    nodes.TemplateData, nodes.Test, nodes.Tuple,
)  # fmt: skip
_WORDS: Mapping[type[nodes.Node], str] = {
    nodes.Call: "调用（圆括号）",
    nodes.Macro: "宏（macro）",
    nodes.CallBlock: "宏（call）",
    nodes.Include: "引入（include）",
    nodes.Import: "引入（import）",
    nodes.FromImport: "引入（import）",
    nodes.Extends: "引入（extends）",
    nodes.Scope: "关闭转义（autoescape）",
    nodes.Mul: "乘法",
    nodes.Pow: "乘方",
    nodes.Mod: "%",
    nodes.Div: "除法",
    nodes.FloorDiv: "除法",
    nodes.Pos: "正号",
    nodes.Dict: "{…: …}",
    nodes.Block: "区块（block）",
    nodes.FilterBlock: "区块（filter）",
    nodes.AssignBlock: "区块（set…endset）",
    nodes.With: "区块（with）",
    nodes.NSRef: "带点的 set",
}


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a tag, on a line of the source; `nearest` is the tag that was perhaps meant."""

    line: int
    rule: Rule
    what: str
    mend: str = ""
    nearest: str = ""


def _refuse_long_numbers(parsed: nodes.Template) -> None:
    """Raise ValueError for a number that Python does not print: hexadecimal, it has read it."""
    for constant in parsed.find_all(nodes.Const):
        if isinstance(constant.value, int) and constant.value.bit_length() > _LONGEST:
            raise ValueError("a number of thousands of digits")


def names(source: str, tree: Mapping[str, Any], used: set[str]) -> Iterator[Finding]:
    """Every tag that does not name something of the schema; `used` gathers first names."""
    engine = Environment()
    walker = _Walker(tree, used, frozenset(engine.tests))
    try:
        parsed = engine.parse(source)
        _refuse_long_numbers(parsed)
        walker.visit(parsed, dict(tree))
        large = growth.grown(parsed)
    except TemplateSyntaxError as error:
        mend = "请检查花括号、百分号和 if…endif、for…endfor 是否成对"
        line, what = _misread(error, source)
        yield Finding(line, rule("template-syntax"), f"标签写法有误：{what}", mend)
    except RecursionError:
        yield Finding(1, rule("template-syntax"), "标签嵌套太深", "请减少括号和 if 的层数")
    except ValueError:  # Python reads no number of thousands of digits
        yield Finding(1, rule("template-syntax"), "标签里有几千位的数", "请改成正常的数")
    else:
        yield from walker.findings[:MOST_FINDINGS]
        if (more := len(walker.findings) - MOST_FINDINGS) > 0:
            last = walker.findings[-1]
            yield Finding(last.line, last.rule, f"还有 {more} 处标签有误，没有列出", "请先改正列出的各处")
        if large is not None and not walker.findings:
            what = "标签把太多的内容接在一起，印出来没有止境"
            yield Finding(large.lineno, rule("template-unsafe"), what, "请不要用 set 一再地接自己")


def _misread(error: TemplateSyntaxError, source: str) -> tuple[int, str]:
    """Where the source stops making sense, and how: Jinja says it in English, and at the very end."""
    message = re.sub(r"<[^>]*>", "", error.message or "")
    if "Unexpected end of template" in message and (opened := _opened(source)):
        line, name = opened[-1]
        return line, f"{name} 没有结束，缺少 end{name}"
    if unknown := re.search(r"unknown tag '(\w+)'", message):
        within = re.search(r"needs to be closed is '(\w+)'", message)
        before = f"，前面的 {within[1]} 还没有结束" if within else ""
        return error.lineno, f"这里不能用 {unknown[1]}{before}"
    got = re.search(r"got '([^']*)'|unexpected (?:char )?'([^']*)'", message)
    sign = (got[1] or got[2] or "") if got else ""
    if not sign or sign.startswith("end of "):
        return error.lineno, "标签没有写完"
    return error.lineno, f"在“{quote(sign)}”处读不懂"


def _opened(source: str) -> list[tuple[int, str]]:
    """The blocks that are begun and not ended, with their lines."""
    opened: list[tuple[int, str]] = []
    for tag in re.finditer(r"\{%[-+]?\s*(end)?(if|for)\b", source):
        if not tag[1]:
            opened.append((source.count("\n", 0, tag.start()) + 1, tag[2]))
        elif opened and opened[-1][1] == tag[2]:
            opened.pop()
    return opened


class _Walker:
    """Goes down the tree with the names that are in scope."""

    def __init__(self, tree: Mapping[str, Any], used: set[str], tests: frozenset[str]) -> None:
        self.tree, self.used, self.tests = tree, used, tests
        self.findings: list[Finding] = []
        self.loops = 0

    def visit(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        if not isinstance(node, _ALLOWED):
            word = _WORDS.get(type(node), "这种写法")
            self._refuse(node, f"模板里不能用{word}", "请只用规定的标签、if、for、set")
        elif isinstance(node, nodes.For):
            self._for(node, scope)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self.resolve(node.node, scope), scope)
        elif isinstance(node, nodes.Output):
            for printed in node.nodes:
                self._print(printed, scope)
        elif isinstance(node, nodes.Expr):
            self.resolve(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _for(self, node: nodes.For, scope: dict[str, Any]) -> None:
        self.loops += 1
        if self.loops > DEEPEST_LOOP:
            self._refuse(node, f"循环套了 {self.loops} 层", f"最多 {DEEPEST_LOOP} 层")
        known = len(self.findings)
        items = self.resolve(node.iter, scope)
        if not isinstance(items, list) and len(self.findings) == known:
            self._refuse(node, "循环的不是一个部分的各段文字", "请写成 for … in overview 这样的循环")
        inner = dict(scope) | {"loop": dict.fromkeys(_LOOP, "")}
        self._bind(node.target, items[0] if isinstance(items, list) else ANY, inner)
        for child in (*([node.test] if node.test else []), *node.body):
            self.visit(child, inner)
        self.loops -= 1
        for child in node.else_:
            self.visit(child, scope)

    def _print(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        if not isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self.visit(node, scope)
        elif isinstance(self.resolve(node, scope), Mapping | list):
            what = f"标签 {_dotted(node)} 不是一个数或一段文字，还要写明是其中的哪一个"
            self._unknown(node, what, _dotted(node), self.tree, "")

    def _paragraphs(self, node: nodes.Expr, scope: dict[str, Any]) -> Any:
        """What {{p … }} goes over: the paragraphs of a section, or a word as one."""
        value = self.resolve(node, scope)
        if isinstance(value, Mapping):
            what = f"标签 {_dotted(node)} 不是一个数或一段文字，还要写明是其中的哪一个"
            self._unknown(node, what, _dotted(node), self.tree, "")
            return ANY
        return value if isinstance(value, list) else [dict(PARAGRAPH)]

    def _bind(self, target: nodes.Node, value: Any, scope: dict[str, Any]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        else:
            for child in target.iter_child_nodes():
                self._bind(child, ANY, scope)

    def resolve(self, node: nodes.Node, scope: dict[str, Any], whole: str = "") -> Any:
        """What an expression is in the schema, ANY where it cannot be known.

        `whole` is the dotted tag of which the expression is the beginning.
        """
        if isinstance(node, nodes.Name):
            return self._name(node, scope, whole or node.name)
        if isinstance(node, nodes.Getattr):
            return self._below(node, node.attr, scope, whole or _dotted(node))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self._below(node, node.arg.value, scope, whole or _dotted(node))
        if not isinstance(node, _ALLOWED):
            self.visit(node, scope)
            return ANY
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
            self.visit(node.arg, scope)
            return self.resolve(node.node, scope, whole)
        if isinstance(node, nodes.CondExpr):
            self.visit(node.test, scope)
            either = [self.resolve(part, scope) for part in (node.expr1, node.expr2) if part is not None]
            return either[0] if all(isinstance(part, list) for part in either) else ANY
        if isinstance(node, nodes.Filter) and node.name == FILTER and node.node is not None:
            return self._paragraphs(node.node, scope)
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self._refuse(node, f"模板里不能用过滤器 {node.name}", f"可以用的有 {'、'.join(FILTERS)}")
        if isinstance(node, nodes.Test) and node.name not in self.tests:
            self._refuse(node, f"没有 is {node.name} 这种判断", "请改用 ==、!= 或 and、or、not")
        for child in node.iter_child_nodes():
            self.visit(child, scope)
        return [ANY] if isinstance(node, nodes.List | nodes.Tuple) else ANY

    def _name(self, node: nodes.Name, scope: dict[str, Any], whole: str) -> Any:
        if node.name in scope:
            self.used.add(node.name)
            return scope[node.name]
        self._unknown(node, f"标签 {whole} 不在规定格式中", whole, self.tree, "")
        return ANY

    def _below(
        self, node: nodes.Getattr | nodes.Getitem, name: object, scope: dict[str, Any], whole: str
    ) -> Any:
        owner = self.resolve(node.node, scope, whole)
        if isinstance(name, str) and name.startswith("_"):
            self._refuse(node, f"标签 {_dotted(node)} 想取用程序内部的东西，不允许", "请只用规定的标签")
            return ANY
        if owner is ANY:
            return ANY
        if isinstance(owner, Mapping) and name in owner:
            return owner[name]
        if isinstance(owner, list) and isinstance(name, int):
            return owner[0]
        known = owner if isinstance(owner, Mapping) else {}
        self._unknown(node, f"标签 {whole} 不在规定格式中", whole, known, f"{_dotted(node.node)}.")
        return ANY

    def _unknown(self, node: nodes.Node, what: str, name: str, tree: Mapping[str, Any], above: str) -> None:
        """Say that a name is unknown; the nearest one is looked for where the known part of it ends."""
        known = [tag for tag, _ in leaves(tree, above)] or [tag for tag, _ in leaves(self.tree)]
        told = len(self.findings) < MOST_FINDINGS
        near = suggestion(name[:LONGEST_NAME], known) if told else ""
        self.findings.append(Finding(node.lineno, rule("unknown-tag"), _short(what), nearest=near))

    def _refuse(self, node: nodes.Node, what: str, mend: str) -> None:
        self.findings.append(Finding(node.lineno, rule("template-unsafe"), _short(what), mend))


def _short(what: str) -> str:
    return what if len(what) <= 2 * LONGEST_NAME else f"{what[: 2 * LONGEST_NAME]}…"


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_dotted(node.node)}.{node.arg.value}"
    return "…"

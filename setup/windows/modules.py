"""Whether every import of every module finds its module, on Windows with nothing but a folder and Python."""

from __future__ import annotations

import ast
import operator
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

UNIX = {
    "_crypt", "_curses", "_curses_panel", "_dbm", "_gdbm", "_posixshmem", "_posixsubprocess", "_scproxy",
    "crypt", "curses", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline", "resource",
    "spwd", "syslog", "termios", "tty",
}  # fmt: skip
UNEMBEDDED = {"_tkinter", "ensurepip", "idlelib", "test", "tkinter", "turtle", "turtledemo", "venv"}
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}  # fmt: skip
_KNOWN = {
    "sys.platform": "win32", "os.name": "nt", "platform.system()": "Windows",
    "sys.version_info": sys.version_info[:3], "sys.version_info[:2]": sys.version_info[:2],
    "sys.version_info[0]": 3,
}  # fmt: skip
_CAUGHT = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException", "AttributeError"}


@dataclass(frozen=True)
class Import:
    """One import: who asks for which modules (any of them will do), and whether it can be done without.

    `late` is one within a function: nothing is asked until it is called. `instead` has the names of the
    imports that were tried before: where these are there, nothing is asked.
    """

    by: str
    names: tuple[str, ...]
    optional: bool
    late: bool
    instead: tuple[tuple[str, ...], ...] = ()


def standard(python: tuple[int, int]) -> frozenset[str]:
    """The top names of the standard library in Windows' embeddable Python, of the version that runs here."""
    if python != sys.version_info[:2]:
        raise ValueError(f"the names of Python {python} are not known here")
    return frozenset(sys.stdlib_module_names) - UNIX - UNEMBEDDED


def modules(site: Path) -> dict[str, Path]:
    """The modules in a folder of packages, by dotted name; compiled ones and bare folders, too."""
    found: dict[str, Path] = {}
    for path in sorted(site.rglob("*")):
        parts = path.relative_to(site).parts
        if path.suffix == ".py":
            named = parts[:-1] if path.name == "__init__.py" else (*parts[:-1], path.stem)
        elif path.suffix == ".pyd":
            named = (*parts[:-1], path.name.partition(".")[0])
        elif path.is_dir() and all(part.isidentifier() for part in parts):
            named = parts
        else:
            continue
        if ".".join(named) not in found or path.suffix:
            found[".".join(named)] = path
    return found


def walk(roots: Mapping[str, Path], there: Mapping[str, Path]) -> list[Import]:
    """Every import of some modules, and of all that they lead to; the roots' strings name modules too.

    What only leads on from an import that can be done without can be done without as well.
    """
    found: list[Import] = []
    seen: set[str] = set()
    ahead, maybe = list(roots), list[str]()
    while ahead or maybe:
        sure = bool(ahead)
        name = (ahead or maybe).pop()
        if name in seen or there[name].suffix != ".py":
            continue
        seen.add(name)
        for asked in _asked(name, there[name], with_strings=name in roots):
            found.append(asked if sure else replace(asked, optional=True))
            leads = ahead if sure and not asked.optional and (name in roots or not asked.late) else maybe
            leads += [parent for one in asked.names for parent in _parents(one) if parent in there]
    return found


def _asked(name: str, path: Path, *, with_strings: bool) -> Iterator[Import]:
    tree = ast.parse(path.read_bytes())
    yield from _imports(tree.body, name, is_package=path.name == "__init__.py")
    if with_strings:
        words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        yield from (
            Import(name, (word,), optional=True, late=True) for word in words if isinstance(word, str)
        )


def _parents(name: str) -> Iterator[str]:
    """A module's name, and before it those of the packages that it lies in."""
    parts = name.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def found(asked: Import, there: Mapping[str, Path], standard: frozenset[str]) -> bool:
    """Whether one of an import's names is a module, or something in one, that is there."""

    def has(names: tuple[str, ...]) -> bool:
        return any(name.split(".")[0] in standard or name in there for name in names)

    return has(asked.names) or (bool(asked.instead) and all(map(has, asked.instead)))


def _imports(
    body: list[ast.stmt], module: str, *, is_package: bool, optional: bool = False, late: bool = False
) -> Iterator[Import]:
    """The imports of statements, but those that are never reached on Windows."""
    package = module if is_package else module.rpartition(".")[0]
    for statement in body:
        below = {"is_package": is_package, "optional": optional, "late": late}
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield Import(module, (alias.name,), optional, late)
        elif isinstance(statement, ast.ImportFrom):
            base = _base(statement, package)
            for alias in statement.names:
                yield Import(module, (f"{base}.{alias.name}", base), optional, late)
        elif isinstance(statement, ast.If):
            truth = _truth(statement.test)
            unsure = {**below, "optional": optional or truth is None}
            yield from _imports(statement.body, module, **unsure) if truth is not False else ()
            yield from _imports(statement.orelse, module, **unsure) if truth is not True else ()
            if truth and isinstance(statement.body[-1], ast.Return | ast.Raise):
                return  # Windows goes no further
        elif isinstance(statement, ast.Try | ast.TryStar):
            forgiving = any(_catches(handler.type) for handler in statement.handlers)
            tried = list(_imports(statement.body, module, **{**below, "optional": optional or forgiving}))
            yield from tried
            instead = tuple(asked.names for asked in tried)
            for handler in statement.handlers:
                for asked in _imports(handler.body, module, **below):
                    yield replace(asked, instead=instead)
            for after in (statement.orelse, statement.finalbody):
                yield from _imports(after, module, **below)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imports(statement.body, module, **{**below, "late": True})
        else:
            for inner in (getattr(statement, "body", []), getattr(statement, "orelse", [])):
                yield from _imports(inner, module, **below) if isinstance(inner, list) else ()
            for case in getattr(statement, "cases", []):
                yield from _imports(case.body, module, **below)


def _base(statement: ast.ImportFrom, package: str) -> str:
    if not statement.level:
        return statement.module or ""
    parts = package.split(".")
    parts = parts[: len(parts) - statement.level + 1]
    return ".".join((*parts, statement.module) if statement.module else parts)


def _catches(kind: ast.expr | None) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(each is None or (isinstance(each, ast.Name) and each.id in _CAUGHT) for each in kinds)


def _truth(test: ast.expr) -> bool | None:
    """What a condition on the system comes to on Windows, None for what cannot be told beforehand."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _truth(operand)
            return None if inner is None else not inner
        case ast.BoolOp(op=kind, values=values):
            truths, decisive = [_truth(value) for value in values], isinstance(kind, ast.Or)
            return decisive if decisive in truths else None if None in truths else not decisive
        case ast.Compare(left=left, ops=[operation], comparators=[right]) if type(operation) in _COMPARED:
            try:
                return bool(_COMPARED[type(operation)](_value(left), _value(right)))
            except (TypeError, ValueError):
                return None
        case ast.Call(
            func=ast.Attribute(value=value, attr="startswith"), args=[ast.Constant(value=str(start))]
        ):
            known = _KNOWN.get(ast.unparse(value))
            return known.startswith(start) if isinstance(known, str) else None
    return False if ast.unparse(test).rpartition(".")[2] in ("TYPE_CHECKING", "False", "0") else None


def _value(expression: ast.expr) -> object:
    """What an expression comes to on Windows; raises ValueError where that cannot be told beforehand."""
    text = ast.unparse(expression)
    return _KNOWN[text] if text in _KNOWN else ast.literal_eval(expression)

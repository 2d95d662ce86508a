"""The building: imports point down only, no room without a name, no mandated word in Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from nianbao.mandate import Role, editions, load

from tests.paths import ROOT

MODULES = sorted((ROOT / "generator" / "nianbao").rglob("*.py"))
FLOORS = ("mandate", "report", "media", "app", "cli")
SHARED = ("ooxml",)  # what holds for every Office file; all of media may use it
EXAMPLES = {  # the help shows what --reporter may be
    ("nianbao.cli.commands.new", "县级政府汇总"),
    ("nianbao.cli.commands.rollup", "县级政府汇总"),
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "base"}
LONGEST_PLAIN = 3  # 规章, 其他, 总计 are words of every day


def name(path: Path) -> str:
    parts = path.relative_to(ROOT / "generator").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Every module of ours that a module names in an import, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[tuple[str, ...]]:
    return {tuple(module.split(".")[1:]) for module in imported(path) if module.startswith("nianbao.")}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_down_only(path):
    here = name(path).split(".")[1:2]
    floor = FLOORS.index(here[0]) if here else len(FLOORS)

    assert [target for target in ours(path) if FLOORS.index(target[0]) > floor] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "media" in path.parts], ids=name)
def test_kinds_of_file_do_not_know_one_another(path):
    here = name(path).split(".")[2:3]
    known = {target[1] for target in ours(path) if target[0] == "media" and len(target) > 1}

    assert known - {*here, *SHARED} == set()


def test_no_module_has_a_name_that_says_nothing():
    assert [name(path) for path in MODULES if NAMELESS & set(name(path).split("."))] == []


def mandated() -> set[str]:
    """Every heading, label and name of a reporter, of either edition."""
    found = set()
    for edition in editions():
        mandate = load(edition)
        found |= {section.heading for section in mandate.sections}
        found |= {section.heading.partition("、")[2] for section in mandate.sections}
        found |= {section.placeholder for section in mandate.sections}
        found |= {reporter.name for reporter in mandate.reporters}
        found |= {mandate.edition.decree, mandate.edition.decree_title}
        for table in mandate.tables.values():
            found |= {cell.text for cell in table.cells if cell.role is not Role.FIGURE}
    return {word for word in found if len(word) > LONGEST_PLAIN}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string in a module but its docstrings, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_mandated_word_is_typed_in_python(path):
    words = mandated()
    typed = [
        f"{line}: {word}"
        for line, text in strings(path)
        for word in words
        if word in text and (name(path), word) not in EXAMPLES
    ]

    assert typed == []


def test_the_mandated_words_are_known_here():
    assert {"行政许可", "三、收到和处理政府信息公开申请情况", "法律服务机构"} <= mandated()

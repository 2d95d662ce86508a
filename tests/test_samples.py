"""The samples in data/, and what docs/ says of them and of the checks."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.mandate import editions, load
from nianbao.report import Severity, check
from nianbao.report.checks import rules
from openpyxl import load_workbook

from tests.paths import ROOT
from tests.runner import nianbao

DATA = ROOT / "data"
SOURCES = sorted((DATA / "sources").glob("*.json"))
SOUND = ["示例-2021", "示例-2019"]
UNSOUND = ["省外办-2019", "有错误的示例"]
SHOWN = (ROOT / "docs" / "workbook.md", ROOT / "tests" / "golden" / "messages.md")
ROW = re.compile(r"^\| *`([a-z-]+)` *\| *(\w+) *\|", re.MULTILINE)
TRANSCRIPT = re.compile(r"^```console\n\$ nianbao (check data/\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def cells(book: Path) -> dict[tuple[str, str], object]:
    sheets = load_workbook(book).worksheets
    return {
        (sheet.title, cell.coordinate): cell.value for sheet in sheets for row in sheet.rows for cell in row
    }


def test_every_sample_has_its_source() -> None:
    assert {path.stem for path in DATA.glob("*.xlsx")} == {path.stem for path in SOURCES}
    assert {path.stem for path in SOURCES} == {*SOUND, *UNSOUND}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_sample_is_what_its_source_makes(source: Path, tmp_path: Path) -> None:
    nianbao("new", tmp_path / "fresh.xlsx", "--from", source)

    assert cells(DATA / f"{source.stem}.xlsx") == cells(tmp_path / "fresh.xlsx")


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_has_nothing_but_notices(name: str) -> None:
    problems = check(reading.read(DATA / f"{name}.xlsx"))

    assert [str(one) for one in problems if one.severity is not Severity.NOTICE] == []


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_becomes_a_word_document(name: str, tmp_path: Path) -> None:
    result = nianbao("generate", DATA / f"{name}.xlsx", "-o", tmp_path)

    assert (result.code, [path.suffix for path in tmp_path.rglob("*.docx")]) == (0, [".docx"])


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_uses_every_level_of_headings(name: str) -> None:
    report = reading.read(DATA / f"{name}.xlsx")
    paragraphs = [one for written in report.narratives.values() for one in written]

    assert {one.level for one in paragraphs if one.heading} == {2, 3, 4}
    assert any(one.lead for one in paragraphs)


@pytest.mark.parametrize("name", UNSOUND)
def test_the_read_me_lists_exactly_the_problems_of_an_unsound_sample(name: str) -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")
    listed = page.partition(f"## {name}.xlsx")[2].partition("\n## ")[0]
    problems = check(reading.read(DATA / f"{name}.xlsx"))

    assert Counter(ROW.findall(listed)) == Counter((one.code, one.severity.word) for one in problems)


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_sample_is_refused(name: str, tmp_path: Path) -> None:
    result = nianbao("generate", DATA / f"{name}.xlsx", "-o", tmp_path)

    assert (result.code, list(tmp_path.iterdir())) == (1, [])


def test_the_transcripts_in_the_documents_are_what_the_program_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    shown = [block for page in SHOWN for block in TRANSCRIPT.findall(page.read_text(encoding="utf-8"))]

    printed = [(line, nianbao(*line.split()).out) for line, _ in shown]
    assert shown == printed
    assert shown


def test_the_page_of_checks_and_the_code_agree() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

    assert set(ROW.findall(page)) == set(codes())
    assert [code for code, count in Counter(ROW.findall(page)).items() if count > 1] == []


def codes() -> Iterator[tuple[str, str]]:
    """Every code with its severity: what the program says literally, the catalogue's, the mandate's."""
    for edition in editions():
        yield from ((equation.code, "error") for equation in load(edition).equations)
        yield from ((relation.code, relation.severity) for relation in load(edition).cross_year)
    yield from ((rule.code, rule.severity.value) for rule in rules().values())
    for path in sorted((ROOT / "generator").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        helpers = _shared(path.parent) | dict(_helpers(tree))
        for node in ast.walk(tree):
            code, severity = _said(node, helpers)
            if isinstance(code, ast.Name):
                code = _constants(tree).get(code.id)
            if isinstance(code, ast.Constant) and severity:
                yield str(code.value), severity


def _said(node: ast.AST, helpers: dict[str, tuple[int, str]]) -> tuple[ast.AST | None, str]:
    """Code and severity of `Problem(…)`, of a call that makes one, and of `yield code, severity, …`."""
    if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        return node.value.elts[0], _severity(node.value.elts)
    if isinstance(node, ast.Call) and _name(node) in helpers:
        at, severity = helpers[_name(node)]
        named = {word.arg: word.value for word in node.keywords}
        code = named.get("code", node.args[at] if len(node.args) > at else None)
        return code, _severity([*node.args, *named.values()]) or severity
    return None, ""


@cache
def _shared(folder: Path) -> dict[str, tuple[int, str]]:
    """What the modules of a folder that gather problems offer the others there."""
    gathering = [ast.parse(one.read_text(encoding="utf-8")) for one in folder.glob("readings.py")]
    return {name: found for tree in gathering for name, found in _helpers(tree)}


def _helpers(tree: ast.Module) -> Iterator[tuple[str, tuple[int, str]]]:
    """What makes a problem: where in its arguments the code stands, and the severity if none is given."""
    yield "Problem", (0, "")
    yield "Finding", (1, "error")  # a template's, made an error in word.check
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            parameters = [one.arg for one in function.args.args if one.arg != "self"]
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _name(node) == "Problem" and node.args:
                    code = getattr(node.args[0], "id", "")
                    if code in parameters:
                        severity = _severity([*node.args, *function.args.defaults])
                        yield function.name, (parameters.index(code), severity)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _severity(nodes: Sequence[ast.AST]) -> str:
    found = (node for node in nodes if isinstance(node, ast.Attribute))
    return next((node.attr.lower() for node in found if getattr(node.value, "id", "") == "Severity"), "")

"""The catalogue of problems: every code the program uses and no other, and docs/checks.md written from it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pytest
from nianbao.mandate import editions, load
from nianbao.mandate.entry import MandateError
from nianbao.report import Place, Problem, Rule, Severity, catalogue, rule, rules

from tests.paths import DOCS, ROOT

PAGE = DOCS / "checks.md"
PACKAGE = ROOT / "generator" / "nianbao"
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
ROWS = re.compile(r"(?<=\n)\| `.*\n(?:\| `.*\n)*|(?<=\|---\|\n)(?=\n)")


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Every call of what a module imports under this name from the report, or takes from `catalogue`."""
    source = path.read_text(encoding="utf-8")
    if not re.search(rf"\b{name}\b", source):
        return
    tree = ast.parse(source)
    doors = {f"catalogue.{name}", *([name] if path.name == "catalogue.py" else [])}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nianbao.report"):
            doors |= {alias.asname or alias.name for alias in node.names if alias.name == name}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        if ast.unparse(node.func) in doors:
            yield node


def codes_in_toml() -> Iterator[str]:
    """The codes that a file of facts names, not the code."""
    for edition in editions():
        yield from (equation.code for equation in load(edition).equations)
        yield from (relation.code for relation in load(edition).cross_year)
    yield from ("prose-all", "prose-none")


def test_every_code_that_is_used_is_in_the_catalogue_and_no_other() -> None:
    arguments = [(name, call.args[0]) for name, path in MODULES.items() for call in calls(path, "rule")]
    used = {str(code.value) for _, code in arguments if isinstance(code, ast.Constant)}

    assert used | set(codes_in_toml()) == set(rules())
    assert [name for name, code in arguments if not isinstance(code, ast.Constant)] == [
        "media/findings/page.py",  # names the rules of problems already made
        "media/findings/sarif.py",  # lists the rules of problems already made
        "media/workbook/marks/findings_sheet.py",
        "report/catalogue.py",
        "report/checks/equation.py",
        "report/checks/equation.py",
        "report/checks/text_vs_tables/absolute.py",
        "report/checks/year_over_year.py",
        "report/notes/overview.py",  # names them too
        "report/repetition.py",  # asks of problems already made whether they are habits, and what they cover
        "report/repetition.py",
    ]


def test_problems_are_made_by_the_catalogue_alone() -> None:
    made = [name for name, path in MODULES.items() for _ in calls(path, "Problem")]

    assert made == [
        "app/generate/build_cache.py",
        "report/catalogue.py",
    ]  # the first reads back what was made


def test_importing_reads_no_catalogue() -> None:
    early = [
        f"{name}:{node.lineno}"
        for name, path in MODULES.items()
        for node in _on_import(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("rule", "rules")
    ]

    assert early == []


def _on_import(node: ast.AST) -> Iterator[ast.AST]:
    """Whatever runs when a module is imported: all but the bodies of functions."""
    if not isinstance(node, ast.FunctionDef | ast.Lambda):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _on_import(child)


def test_a_broken_rule_is_a_problem_with_its_code_and_severity() -> None:
    place = Place("甲.xlsx")

    assert rule("blank").broken("空白", "请填", [place], [3, "四"]) == Problem(
        "blank", Severity.WARNING, "空白", "请填", (place,), ("3", "四")
    )
    refusal = rule("damaged").refusal("甲.xlsx", "坏了", "请另存")
    assert refusal.problems == (Problem("damaged", Severity.ERROR, "坏了", "请另存", (place,)),)


def test_what_the_mandate_states_is_taken_from_there() -> None:
    assert rule("dispute-total") == Rule(
        "dispute-total",
        "勾稽关系",
        Severity.ERROR,
        "复议诉讼合计不符",
        "维持、纠正、其他、尚未审结之和，等于总计。",
    )
    assert rule("projects-chain") == Rule(
        "projects-chain",
        "Across years (`--last-year`)",
        Severity.WARNING,
        "项目数量与上年接不上",
        "上一年项目数量等于上年报告的上一年项目数量加本年增/减。",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '[Cells]\nblank = { severity = "error", name = "空" }',
            "catalogue.toml › Cells.blank.rule：缺少这一项",
        ),
        (
            '[Cells]\nblank = { rule = "空", name = "空" }',
            "catalogue.toml › Cells.blank.severity：缺少这一项",
        ),
        (
            '[Cells]\nblank = { severity = "error", name = "空", rule = "空", source = "空" }',
            "catalogue.toml › Cells.blank.source：不认识这一项",
        ),
        (
            '[Cells]\nblank = { severity = "bad", name = "空", rule = "空" }',
            "catalogue.toml › Cells.blank.severity：应是 error、warning 或 notice，现为 'bad'",
        ),
        ("[A]\nblank = {}\n[B]\nblank = {}", "catalogue.toml › B.blank：写了两次"),
        ("blank = 3", "catalogue.toml › blank：应是一张表，现为 3"),
    ],
)
def test_a_catalogue_that_is_not_what_it_must_be_is_refused(
    content: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text(content, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FILE", file)
    _forget()

    with pytest.raises(MandateError) as caught:
        rules()

    _forget()
    assert str(caught.value) == said


def _forget() -> None:
    catalogue.rule.cache_clear()
    catalogue.entries.cache_clear()


def test_the_page_of_checks_is_written_from_the_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(written(page), encoding="utf-8")

    assert written(page) == PAGE.read_text(encoding="utf-8")


def written(page: str) -> str:
    """The page with its tables as the catalogue has them; a rule's examples stay in its row."""
    for heading, group in groupby(rules().values(), key=attrgetter("heading")):
        _, _, rest = page.partition(f"\n## {heading}\n")
        table = ROWS.search(rest)
        assert table, f"no table below {heading!r}"
        examples = {row.split("|")[1].strip(): row.split("|")[5:-1] for row in table[0].splitlines()}
        rows = ""
        for known in group:
            cells = (f"`{known.code}`", known.severity.value, known.name, known.rule)
            rows += "|".join(["", *(f" {cell} " for cell in cells), *examples.get(cells[0], []), "\n"])
        page = page.removesuffix(rest) + rest[: table.start()] + rows + rest[table.end() :]
    return page

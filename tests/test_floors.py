"""Five floors, one door for each foreign library, no name that says nothing, no mandated word in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from nianbao.mandate import Role, editions, load

from tests.paths import ROOT

MODULES = sorted((ROOT / "generator" / "nianbao").rglob("*.py"))
FLOORS = {"mandate": 1, "report": 2, "media": 3, "app": 4, "cli": 5, "web": 5, "entry": 6}
SHARED = ("ooxml", "pages", "passing")  # Office files, pages, what is temporary: all of media may use them
DOORS = {  # foreign libraries, and where alone they are named
    ("weasyprint", "pydyf", "tinyhtml5"): ("media.pdf.weasyprint",),
    ("tinycss2", "cssselect2"): ("media.pdf.weasyprint", "media.webpage.reading.css"),
    ("pdfplumber", "pdfminer"): ("media.pdf.reading",),
    ("pypdfium2",): ("media.pdf.reading", "media.pdf.pictures"),
    ("matplotlib", "PIL"): ("media.charts",),
    ("click",): ("cli",),
    ("django", "waitress", "psycopg", "axes"): ("web",),
    ("distributed", "dask"): ("app.generate.cluster",),
    ("openpyxl",): ("media.workbook",),
    ("docxtpl", "docx"): ("media.word",),
    ("jinja2", "markupsafe"): ("media.word", "media.pages"),
    ("fontTools",): ("media.pdf.weasyprint", "media.fonts"),
    ("lxml",): ("media",),
    ("comtypes",): ("media.office",),
    ("zipfile",): ("media.ooxml", "media.attachments", "app.archive.transfer", "app.zipped"),
    ("email",): ("media.webpage.reading", "media.attachments"),  # saved pages are mails, too
    ("multiprocessing",): ("app.workers",),
    ("sqlite3",): ("app.generate.build_cache", "app.archive.index", "app.self_test", "web.workbench.upgrade"),
}
EXAMPLES = {"县级政府汇总"}  # the help shows what --reporter may be
NAMELESS = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "base"}
LONGEST_PLAIN = 3  # 规章, 其他, 总计 are words of every day
WORDS = {"docx", "weasyprint", "email"}  # also a suffix, the name of an engine, and a particular
AXES = re.compile(r"axes\b")  # of charts, in strings
_NAMED = re.compile(r"[A-Za-z_]\w*(\.\w+)*")


def name(path: Path) -> str:
    """The module's name below nianbao; blank for the package itself."""
    parts = path.relative_to(ROOT / "generator" / "nianbao").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(source: ast.Module) -> list[str]:
    """Every module that a source names in an import, wherever the import stands."""
    found = []
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


@cache
def strings(source: ast.Module) -> list[tuple[int, str]]:
    """Every string in a source but its docstrings, with its line."""
    nodes = list(ast.walk(source))
    bare = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    ]


def upward(module: str, source: ast.Module) -> list[str]:
    """What a module imports of a floor above its own, or of another face."""
    here = module.split(".")[0]
    own = FLOORS.get(here, 4)  # the package itself shows what the app offers
    ours = [target.split(".")[1] for target in imported(source) if target.startswith("nianbao.")]
    above = {to for to, floor in FLOORS.items() if floor > own or (floor == own == 5 and to != here)}
    return [to for to in ours if to in above]


def sideways(module: str, source: ast.Module) -> list[str]:
    """Other kinds of file that a module of media imports."""
    here = module.split(".")[1:2]
    targets = [target.split(".")[2:3] for target in imported(source) if target.startswith("nianbao.media.")]
    return [to[0] for to in targets if to and to[0] not in (*here, *SHARED)]


def trespassing(module: str, source: ast.Module) -> list[str]:
    """Foreign libraries that a module names, in an import or in a string, and that are not its to name."""
    named = {target.split(".")[0] for target in imported(source)}
    words = {text for _, text in strings(source) if _NAMED.fullmatch(text) and not AXES.match(text)}
    named |= {word.split(".")[0] for word in words - WORDS}
    return sorted(
        library
        for libraries, doors in DOORS.items()
        for library in libraries
        if library in named and not any(f"{module}.".startswith(f"{door}.") for door in doors)
    )


def faults(find: Callable[[str, ast.Module], list[str]]) -> dict[str, list[str]]:
    """What is wrong, by module: a test for each of the modules would take longer to begin than to look."""
    return {name(path): found for path in MODULES if (found := find(name(path), tree(path)))}


def test_imports_point_down_only() -> None:
    assert faults(upward) == {}


@pytest.mark.parametrize(
    ("module", "line", "found"),
    [
        ("mandate.load", "import nianbao.report", ["report"]),
        ("report.problem", "from nianbao.media import word", ["media"]),
        ("media.word.merge", "from nianbao.app.files import put", ["app"]),
        ("media.word.merge", "def late():\n    from nianbao.app import files", ["app"]),
        ("app.check", "from nianbao.cli import messages", ["cli"]),
        ("app.check", "from nianbao.web import views", ["web"]),
        ("cli.main", "from nianbao.web import views", ["web"]),
        ("web.views", "from nianbao.cli.messages import tell", ["cli"]),
        ("entry", "from nianbao.cli import main\nfrom nianbao.web import server", []),
        ("", "from nianbao.cli import main", ["cli"]),
        ("web.views", "from nianbao.app import check\nfrom nianbao.web import urls", []),
        ("cli.main", "from nianbao.mandate import load", []),
    ],
)
def test_a_line_that_points_up_is_found(module: str, line: str, found: list[str]) -> None:
    assert list(dict.fromkeys(upward(module, ast.parse(line)))) == found


def test_kinds_of_file_do_not_know_one_another() -> None:
    assert (
        faults(lambda module, source: sideways(module, source) if module.startswith("media.") else []) == {}
    )


def test_a_kind_of_file_that_knows_another_is_found() -> None:
    line = ast.parse("from nianbao.media.ooxml import read\nfrom nianbao.media.word import merge")

    assert sideways("media.pdf.reading.read", line) == ["word", "word"]


def test_each_foreign_library_has_its_door() -> None:
    assert faults(trespassing) == {}


@pytest.mark.parametrize("libraries", DOORS, ids=lambda libraries: libraries[0])
def test_a_library_behind_another_door_is_found(libraries: tuple[str, ...]) -> None:
    [door, *_] = DOORS[libraries]
    for library in libraries:
        lines = [f"import {library}", f"from {library}.x import y", f"def late():\n    import {library}.x"]
        lines += [f'preload = ["文 {library}", "{library}.x"]'] if library != "axes" else []
        for line in lines:
            assert trespassing("report.report", ast.parse(line)) == [library]
            assert trespassing(f"{door}.x", ast.parse(line)) == []


def test_tests_do_not_rest_on_benchmarks() -> None:
    named = {
        path.name: [module for module in imported(tree(path)) if module.startswith("benchmarks")]
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if "benchmarks" in path.read_text(encoding="utf-8")  # to read them all takes seconds
    }

    assert {file: modules for file, modules in named.items() if modules} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in MODULES if NAMELESS & set(name(path).split("."))] == []


@cache
def mandated() -> frozenset[str]:
    """Every heading, label and name of a reporter, of either edition."""
    words: set[str] = set()
    for edition in editions():
        mandate = load(edition)
        words |= {section.heading for section in mandate.sections}
        words |= {section.heading.partition("、")[2] for section in mandate.sections}
        words |= {section.placeholder for section in mandate.sections}
        words |= {reporter.name for reporter in mandate.reporters}
        words |= {mandate.edition.decree, mandate.edition.decree_title}
        for table in mandate.tables.values():
            words |= {cell.text for cell in table.cells if cell.role is not Role.FIGURE}
    return frozenset(word for word in words if len(word) > LONGEST_PLAIN)


def typed(module: str, source: ast.Module) -> list[str]:
    """Mandated words in the strings of a module, each with its line."""
    return [
        f"{line}: {word}"
        for line, text in strings(source)
        for word in mandated()
        if word in text and not (word in EXAMPLES and module.startswith("cli."))
    ]


def test_no_mandated_word_is_typed_in_python() -> None:
    assert faults(typed) == {}


def test_the_mandated_words_are_known_here() -> None:
    assert mandated() >= {"行政许可", "三、收到和处理政府信息公开申请情况", "法律服务机构"}

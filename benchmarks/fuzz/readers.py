"""What is fuzzed: for each reader the sound files it begins with, how they are spoilt, what reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nianbao
from nianbao.app import reading, template_check
from nianbao.app.check import inspect
from nianbao.app.rollup import member
from nianbao.mandate import editions, load
from nianbao.media import workbook
from nianbao.media.office import running
from nianbao.media.workbook import roster

from benchmarks.fuzz import mutations
from benchmarks.fuzz.mutations import Mutation

SAMPLES = sorted(Path("data").glob("示例-*.xlsx"))
TEMPLATES = sorted(Path("templates").glob("*.docx"))


@dataclass(frozen=True)
class Reader:
    """`bases` are made when they are needed: name and content; `read` takes a spoilt one and its name."""

    bases: Callable[[], Sequence[tuple[str, bytes]]]
    mutation: Mutation
    read: Callable[[bytes, str], object]
    most: int = 5000  # files of one run


def checked(content: bytes, name: str) -> object:
    """Read a report as `check` does, and inspect it."""
    return inspect(reading.read_document(content, (), name, nameless=True))


def converted(content: bytes, name: str) -> object:
    """The same by way of LibreOffice."""
    document, told = reading.converted(content, name)
    return inspect(reading.read_document(document, told, name, nameless=True))


def listed(content: bytes, name: str) -> object:
    """Read a roster."""
    return roster.read(content, name, load(editions()[-1]))


def examined(content: bytes, name: str) -> object:
    """Check a template."""
    return template_check.held_against(content, name, [load(key) for key in editions()])


def books() -> list[tuple[str, bytes]]:
    """The samples, one of them with its findings marked."""
    found = [(path.name, path.read_bytes()) for path in SAMPLES]
    report = nianbao.read(SAMPLES[-1])
    marked = workbook.mark(found[-1][1], nianbao.check(report), (), report.decisions, file=report.file)
    return [*found, ("标注.xlsx", marked)]


def made(kind: str) -> list[tuple[str, bytes]]:
    """The samples as they are made into another kind of file."""
    outputs = [] if kind == "docx" else [kind]
    reports = [nianbao.generate(path.read_bytes(), path.name, *outputs) for path in SAMPLES]  # type: ignore[arg-type]
    return [(f"{path.stem}.{kind}", one.files[kind]) for path, one in zip(SAMPLES, reports, strict=True)]


def exchanged() -> list[tuple[str, bytes]]:
    """The samples as exchange JSON."""
    return [(f"{path.stem}.json", nianbao.write(nianbao.read(path), "json")) for path in SAMPLES]


def saved() -> list[tuple[str, bytes]]:
    """Their pages, which the mutation saves in one file."""
    return [(f"{name}.mht", page) for name, page in made("html")]


def rosters() -> list[tuple[str, bytes]]:
    """A roster of the samples' organs."""
    return [("名册.xlsx", roster.write([member(nianbao.read(SAMPLES[-1]))]))]


def older() -> list[tuple[str, bytes]]:
    """The samples in older kinds of Word file, as LibreOffice writes them."""
    program = running.find()
    if program is None:
        return []
    documents = made("docx")
    found = []
    for kind, writes in ((".doc", "doc:MS Word 97"), (".rtf", "rtf"), (".odt", "odt")):
        job = running.Job(".docx", "MS Word 2007 XML", kind, writes)
        contents, _ = running.run(program, job, [content for _, content in documents], 120.0)
        found += [(f"年报{kind}", content) for content in contents if content]
    return found


def templates() -> list[tuple[str, bytes]]:
    """The templates that the program brings."""
    return [(path.name, path.read_bytes()) for path in TEMPLATES]


READERS = {
    "xlsx": Reader(books, mutations.in_package, checked),
    "json": Reader(exchanged, mutations.in_json, checked),
    "html": Reader(partial(made, "html"), mutations.in_page, checked),
    "mht": Reader(saved, mutations.in_saved, checked),
    "docx": Reader(partial(made, "docx"), mutations.in_package, checked),
    "pdf": Reader(partial(made, "pdf"), mutations.in_pdf, checked),
    "roster": Reader(rosters, mutations.in_package, listed),
    "template": Reader(templates, mutations.in_template, examined),
    "older": Reader(older, mutations.in_older, converted, most=200),
}

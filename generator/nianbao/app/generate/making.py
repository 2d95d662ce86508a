"""One report from bytes to bytes: what a worker does, on whatever machine it stands."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.app import charting, files, printing, reading
from nianbao.app.generate.order import Order
from nianbao.app.outcome import DONE, PROBLEMS, exit_code, problems
from nianbao.mandate import Mandate
from nianbao.media import word
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, check, settle

HELD = 20  # reports whose remains may wait in memory; where all goes well, little is left of one


@dataclass(frozen=True)
class Product:
    """What came of one file: the files made, by suffix, and every problem found.

    `stem` says where they go, below the output folder and without suffix. `code` is the exit code;
    `name` is the file's in messages. `unsound` where the template is what is wrong, `blameless` where
    at least it is not the file.
    """

    name: str
    stem: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    code: int = DONE
    draft_helps: bool = False  # it was refused for errors that a draft may have
    unsound: bool = False
    blameless: bool = False


class Bench:
    """What the reports of one order share: templates, opened and proved once."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._templates: dict[str, word.Template | ProblemsFound] = {}
        self._made = 0

    def template(self, mandate: Mandate) -> word.Template:
        """The template for one edition; raise ProblemsFound where it is not sound."""
        edition = mandate.edition.key
        if edition not in self._templates:
            self._templates[edition] = _open(*self.order.templates[edition], mandate)
        known = self._templates[edition]
        if isinstance(known, ProblemsFound):
            raise type(known)(known.problems)
        return known

    def clear(self) -> None:
        """Have what holds itself in memory collected, which otherwise is done rarely."""
        self._made += 1
        if self._made % HELD == 0:
            gc.collect()


def make(bench: Bench, name: str, content: bytes) -> Product:
    """Read, check, merge and print one filled-in file; whatever happens is told in what is returned."""
    try:
        return _make(bench, name, content)
    except Exception as error:  # a bug with one file is no reason to lose the others
        return failed(name, error)
    finally:
        bench.clear()


def failed(name: str, error: Exception) -> Product:
    """What came of a file upon which something was raised."""
    blameless = not isinstance(error, ProblemsFound | OSError)
    return Product(name, problems=problems(error, Path(name)), code=exit_code(error), blameless=blameless)


def _make(bench: Bench, name: str, content: bytes) -> Product:
    order = bench.order
    report = reading.read_content(content, name)
    found, _ = settle(check(report), report.decisions)
    if not order.draft and any(one.severity is Severity.ERROR for one in found):
        return Product(name, problems=found, code=PROBLEMS, draft_helps=True)
    try:
        template = bench.template(report.mandate)
    except ProblemsFound as caught:
        return Product(name, problems=(*found, *caught.problems), code=exit_code(caught), unsound=True)
    try:
        document = word.merge(template, report, draft=order.draft)
        charted = (
            charting.chart(report, order.earlier, draft=order.draft) if order.charts else charting.Charted()
        )
        document = word.illustrate(document, charted.drawings)
        found = (*found, *charted.problems)
        made = {"docx": document}
        if order.html:
            from nianbao.media import web

            made["html"] = web.write(report, charted.drawings, draft=order.draft).encode("utf-8")
        if order.pdf and not order.printed:
            found = (*found, *printing.look(document, report))
    except ProblemsFound as caught:
        return Product(name, problems=(*found, *caught.problems), code=exit_code(caught))
    product = Product(name, files.target(report, draft=order.draft), made, found)
    return _print(bench, product, report, content) if order.printed else product


def _print(bench: Bench, product: Product, report: Report, content: bytes) -> Product:
    attached = (Path(product.name).name, content) if bench.order.attach else None
    try:
        printed = printing.print_one(product.files["docx"], report, attached)
    except ProblemsFound as caught:
        return with_pdf(product, caught)
    return with_pdf(product, printed)


def with_pdf(product: Product, printed: tuple[bytes, tuple[Problem, ...]] | Exception) -> Product:
    """The product with its PDF, or with what came of printing it: the Word document may be good without."""
    name, stem, made, found = product.name, product.stem, product.files, product.problems
    if isinstance(printed, tuple):
        pdf, warnings = printed
        return Product(name, stem, {**made, "pdf": pdf}, (*found, *warnings), product.code)
    told = (*found, *problems(printed, Path(name)))
    if isinstance(printed, ProblemsFound):
        errors = {one.code for one in printed.problems if one.severity is Severity.ERROR}
        if errors <= printing.UNAVAILABLE:
            return Product(name, stem, made, told, PROBLEMS)
    return Product(name, problems=told, code=exit_code(printed))


def _open(name: str, content: bytes, mandate: Mandate) -> word.Template | ProblemsFound:
    try:
        template = word.Template(content, name)
        found = word.check(template, mandate)
    except ProblemsFound as caught:
        return caught
    return ProblemsFound(found) if found else template


def already_told(template: str, found: int) -> Problem:
    """What is said of an unsound template from the second report on."""
    what, mend = f"模板不能用，有 {found} 处问题，见前", "请先改好模板"
    return Problem("template-unsound", Severity.ERROR, what, mend, (Place(template),))

"""From one filled-in file to the official report in Word and PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.app import files, offices, printing, reading
from generator.app.outcome import DONE, PROBLEMS, Outcome, attempt, exit_code
from generator.mandate import Mandate
from generator.media import word
from generator.report import Place, Problem, ProblemsFound, Report, Severity, check, settle

TEMPLATES = next(
    folder
    for folder in (Path(__file__).parents[1] / "templates", Path(__file__).parents[2] / "templates")
    if folder.is_dir()
)  # inside an installed package, or beside it in a checkout

Printed = tuple[bytes, tuple[Problem, ...]]  # a PDF, and the warnings on it


@dataclass(frozen=True)
class Options:
    """What to make, and where."""

    output: Path
    pdf: bool = False
    template: Path | None = None
    draft: bool = False
    force: bool = False
    engine: str = printing.WEASYPRINT
    html: bool = False
    attach: bool = False  # the file the report was made from, into its PDF


@dataclass
class Workshop:
    """What the reports of one run share: templates, opened and proved once, and what is made already."""

    options: Options
    made: dict[Path, Path] = field(default_factory=dict)  # by target, without suffix: the source
    _templates: dict[str, word.Template | ProblemsFound] = field(default_factory=dict)
    press: printing.Press = field(init=False)

    def __post_init__(self) -> None:
        self.press = printing.Press(self.options.engine)

    def template(self, mandate: Mandate) -> word.Template:
        """The template for one edition; raise ProblemsFound where it is not sound."""
        edition = mandate.edition.key
        path = self.options.template or TEMPLATES / f"{edition}.docx"
        if edition not in self._templates:
            self._templates[edition] = _open(path, mandate)
            if isinstance(refusal := self._templates[edition], ProblemsFound):
                raise refusal
        known = self._templates[edition]
        if isinstance(known, ProblemsFound):  # told in full before
            what, mend = f"模板不能用，有 {len(known.problems)} 处问题，见前", "请先改好模板"
            raise type(known)([Problem("template-unsound", Severity.ERROR, what, mend, (Place(path.name),))])
        return known


def _open(path: Path, mandate: Mandate) -> word.Template | ProblemsFound:
    try:
        template = word.Template(path.read_bytes(), path.name)
        problems = word.check(template, mandate)
    except ProblemsFound as caught:
        return caught
    return ProblemsFound(problems) if problems else template


@dataclass(frozen=True)
class Begun:
    """One report on its way: its Word document, and all files but the PDF, not yet in place."""

    source: Path
    report: Report
    document: bytes
    stem: Path
    files: Mapping[Path, bytes]
    problems: tuple[Problem, ...]


def generate(source: Path, workshop: Workshop) -> Outcome:
    """Make one report's files, all or none.

    Errors refuse it, unless a draft is asked for. Where only the PDF cannot be made, the
    Word document is. Raises ProblemsFound where the file cannot be read, and OSError.
    """
    begun = _begin(source, workshop)
    if isinstance(begun, Outcome):
        return begun
    [printed] = _print([begun], workshop)
    return _finish(source, begun, workshop, printed)


def generate_all(sources: Iterable[Path], workshop: Workshop) -> Iterator[Outcome]:
    """Make the files of many reports; the outcomes are in their order, also of what raises.

    LibreOffice takes a second to start, so it prints all of them when the last is merged.
    """
    together = workshop.options.pdf and workshop.options.engine == printing.LIBREOFFICE
    for group in [sources] if together else ([source] for source in sources):
        opened = [attempt(lambda source: _begin(source, workshop), source) for source in group]
        pages = iter(_print([one for one in opened if isinstance(one, Begun)], workshop))
        for one in opened:
            if isinstance(one, Begun):
                finish = partial(_finish, begun=one, workshop=workshop, printed=next(pages))
                yield attempt(finish, one.source)
            else:
                yield one


def _begin(source: Path, workshop: Workshop) -> Begun | Outcome:
    """Read, check and merge one report; an outcome where it is refused."""
    options = workshop.options
    report = reading.read(source)
    problems, _ = settle(check(report), report.decisions)
    if not options.draft and any(one.severity is Severity.ERROR for one in problems):
        return Outcome(source, problems, PROBLEMS, draft_helps=True)
    try:
        document = word.merge(workshop.template(report.mandate), report, draft=options.draft)
        stem = files.target(options.output, report, draft=options.draft)
        made = {stem.with_name(f"{stem.name}.docx"): document}
        if options.html:
            from generator.media import web

            made[stem.with_name(f"{stem.name}.html")] = web.write(report, draft=options.draft).encode("utf-8")
        if options.pdf and options.engine == printing.LIBREOFFICE:
            problems = (*problems, *offices.look(document, report, workshop.press.told))
    except ProblemsFound as caught:
        return Outcome(source, (*problems, *caught.problems), exit_code(caught))
    return Begun(source, report, document, stem, made, problems)


def _print(reports: Sequence[Begun], workshop: Workshop) -> Sequence[Printed | Exception | None]:
    """The PDF of each report, or what came of it; None where none is asked for."""
    options = workshop.options
    if not options.pdf or not reports:
        return [None] * len(reports)
    if options.engine == printing.LIBREOFFICE:
        return offices.print_all([(one.report.file, one.document) for one in reports])
    found: list[Printed | Exception] = []
    for one in reports:
        try:
            source = one.source if options.attach else None
            found.append(workshop.press.print(one.document, one.report, source))
        except Exception as error:  # _finish raises it
            found.append(error)
    return found


def _finish(source: Path, begun: Begun, workshop: Workshop, printed: Printed | Exception | None) -> Outcome:
    """Put one report's files in place."""
    made, problems, code = dict(begun.files), begun.problems, DONE
    try:
        if isinstance(printed, ProblemsFound):
            errors = {one.code for one in printed.problems if one.severity is Severity.ERROR}
            if not errors <= printing.UNAVAILABLE:
                raise printed
            code, problems = PROBLEMS, (*problems, *printed.problems)
        elif isinstance(printed, Exception):
            raise printed
        elif printed is not None:
            pdf, warnings = printed
            made[begun.stem.with_name(f"{begun.stem.name}.pdf")] = pdf
            problems = (*problems, *warnings)
        _put(made, begun.stem, source, workshop)
    except ProblemsFound as caught:
        return Outcome(source, (*problems, *caught.problems), exit_code(caught))
    return Outcome(source, problems, code, tuple(made))


def _put(made: Mapping[Path, bytes], stem: Path, source: Path, workshop: Workshop) -> None:
    """Put one report's files in place; --force does not reach what this very run has made."""
    other = workshop.made.get(stem)
    if other is not None and files.differ(made):
        what = f"与 {other} 的机关、年度、标题都相同而内容不同，没有覆盖"
        mend = "请核对机关名称和标题，或分别放到不同的文件夹"
        raise ProblemsFound([Problem("same-target", Severity.ERROR, what, mend, (Place(str(source)),))])
    files.put(made, force=workshop.options.force)
    workshop.made[stem] = source

"""`pdf`: Word documents printed as they stand, and held against what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from nianbao.app import agreement, files, reading
from nianbao.app.archive.manifest import MANIFEST
from nianbao.app.generate.build_cache import FILE, Record
from nianbao.app.generate.job import DOCX, PDF, Job
from nianbao.app.generate.outputs import Merged
from nianbao.app.generate.pipeline import Artifacts, RenderContext, workers, write
from nianbao.app.generate.run import Told, artifacts_of, printed
from nianbao.app.outcome import DONE, PROBLEMS, Failure, Outcome, Usage, exit_code, problems
from nianbao.app.sources import OPEN, expand
from nianbao.app.sources import names as named
from nianbao.app.workers import Task
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, rule
from nianbao.report.published import Published

SUFFIX = f".{PDF}"


@dataclass(frozen=True)
class Printing:
    """How to print, and where to: a file or a folder, or beside each document.

    `against` are files of the same report, read beforehand, by name; with `attached` the first of them
    goes into the PDF.
    """

    engine: str
    output: Path | None = None
    force: bool = False
    against: tuple[tuple[str, bytes], ...] = ()
    attach: bool = False


@dataclass(frozen=True)
class Printed(Outcome):
    """What became of one document: the files that it was held against, and in how many places they differ."""

    compared: tuple[str, ...] = ()
    differing: int = 0


def documents(given: Sequence[Path]) -> list[Path]:
    """The documents to print, each once: folders stand for what Word files are below them.

    Nothing of an archive, which is not written into, nor what Word makes beside an open file. Raises
    Usage where there is none at all.
    """
    paths = [path for path in expand(given, wanted=reading.WORD) if not path.name.startswith(OPEN)]
    return [path for path in paths if path in given or not (path.parent / MANIFEST).exists()] or paths


def print_all(sources: Sequence[Path], asked: Printing) -> Iterator[Printed]:
    """Print documents; their outcomes in the sources' order, whatever happens to one.

    Raises Usage where two would become one file.
    """
    targets = _targets(sources, asked.output)
    names = dict(zip(sources, named(sources), strict=True))
    job = Job({}, (DOCX, PDF), engine=asked.engine, attach=asked.attach)
    attached = asked.against[0] if asked.attach else None
    told = Told()
    with workers(job, len(sources)) as crew:
        results = crew.results(_task(source, names[source], attached) for source in sources)
        for source, artifacts in zip(
            sources, printed(job, artifacts_of(sources, names, results)), strict=True
        ):
            outcome = _placed(source, targets[source], artifacts, asked)
            yield replace(outcome, problems=told.outcome(outcome, None).problems)


def _targets(sources: Sequence[Path], output: Path | None) -> dict[Path, Path]:
    """Where each PDF goes."""
    one_file = output is not None and output.suffix.lower() == SUFFIX and not output.is_dir()
    if one_file and len(sources) > 1:
        raise Usage(f"有 {len(sources)} 份 Word 文件，-o 应给文件夹，现为 {output}")
    if output is not None and not one_file:
        files.require_folder(output, "-o 要给 PDF 的文件名（.pdf）或者文件夹")
    targets: dict[Path, Path] = {}
    for source in sources:
        beside = source.with_name(f"{source.stem}{SUFFIX}")
        target = beside if output is None else output if one_file else output / beside.name
        if (other := next((word for word, taken in targets.items() if taken == target), None)) is not None:
            raise Usage(f"{other} 和 {source} 都要印成 {target}，请分别打印")
        if (target.parent / MANIFEST).exists():
            raise Usage(f"{target.parent} 是归档，不能往里写；请用 -o 另选位置")
        targets[source] = target
    return targets


def _task(source: Path, name: str, attached: tuple[str, bytes] | None) -> Task | Failure:
    try:
        require_word(source)
        return Task(name, print_document, (*reading.converted(files.read(source), name), attached))
    except (ProblemsFound, OSError) as error:
        return Failure.of(error, name)


def require_word(source: Path) -> None:
    """Raise Unreadable for a file of another kind than Word and its like."""
    suffix = source.suffix.lower()
    if suffix in reading.WORD or source.is_dir() or not source.exists():
        return
    mend = {
        **dict.fromkeys(reading.FILLED_IN, "由填报文件生成 Word 和 PDF 请用 nianbao generate --pdf"),
        SUFFIX: "它已经是 PDF",
    }.get(suffix, f"可以打印的有：{'、'.join(reading.WORD)}；其他的请另存为 .docx")
    what = f"不能打印{f' {source.suffix} ' if suffix else '没有扩展名的'}文件"
    raise rule("file-kind").refusal(source.name, what, mend)


def print_document(
    context: RenderContext,
    name: str,
    document: bytes,
    told: tuple[Problem, ...],
    attached: tuple[str, bytes] | None,
) -> Artifacts:
    """Print one document, with a file attached; what is not carried over is told. Raises ProblemsFound."""
    from nianbao.media.word.revisions import open_revisions

    try:
        source = _looked_at(document, name)
        told = (*told, *open_revisions(document, name))
        merged = Merged(context.job, source, document, *(attached or (name, document)), edited=name)
        return write(Artifacts(name, (Path(name).stem,), {DOCX: document}, told), merged, PDF)
    finally:
        context.clear()


def _looked_at(document: bytes, name: str) -> Published:
    """What stands where in a document; one that cannot be read as a report may be printed all the same.

    Raises Unreadable for one with a password.
    """
    try:
        return reading.look(document, name)
    except ProblemsFound as caught:
        if any(problem.code == "protected" for problem in caught.problems):
            raise
        return Published(name, ())


def _placed(source: Path, target: Path, artifacts: Artifacts, asked: Printing) -> Printed:
    """Put one PDF in place, and say where the report's other files differ; raises nothing."""
    noted, pdf = artifacts.problems, artifacts.files.get(PDF)
    if pdf is None:
        return Printed(source, noted, artifacts.code, blameless=artifacts.blameless)
    place = target.parent.resolve() / target.name  # however the folder is reached, it is the same file
    record = Record(_record_of(place))
    try:
        ours = record.is_ours(place)
        stays = bool(files.differ({target: pdf})) and not (asked.force or ours)
        differences = _differences(artifacts, target, asked, stays=stays)
        noted = (*noted, *differences.problems)
        key = f"{PDF} {hashlib.sha256(artifacts.files[DOCX]).hexdigest()}"
        files.put(
            {target: pdf},
            force=asked.force,
            ours=(target,) if ours else (),
            before=lambda: record.add(source.absolute(), key, {place: pdf}, ()),
        )
    except Exception as error:  # a full disk, or a bug: the others go on
        noted = (*noted, *problems(error, source))
        return Printed(source, noted, exit_code(error), blameless=True)
    finally:
        record.close()
    differing = sum(map(_counts, differences.problems))
    code = max(artifacts.code, differences.code, PROBLEMS if differing else DONE)
    return Printed(source, noted, code, (target,), compared=differences.compared, differing=differing)


def _record_of(place: Path) -> Path:
    """The folder of the record that knows a file: of an output folder above it, else the user's own."""
    from nianbao.media import fonts

    own = fonts.configure().parents[1]
    return next((folder for folder in place.parents if (folder / FILE).is_file()), own)


class _Differences(NamedTuple):
    """What was found, the exit code of reading the files, and those that could be read."""

    problems: tuple[Problem, ...] = ()
    code: int = DONE
    compared: tuple[str, ...] = ()


def _differences(artifacts: Artifacts, target: Path, asked: Printing, *, stays: bool) -> _Differences:
    """Where the document differs from the files given, and from the PDF that lies where its own goes.

    That one is told in one line where it is replaced.
    """
    noted: list[Problem] = []
    code, word, compared = DONE, None, []
    for name, content in asked.against:
        try:
            other = reading.read_content(content, name)
            word = word or reading.read_beside(artifacts.files[DOCX], artifacts.name, other)
        except ProblemsFound as caught:
            noted += caught.problems
            code = max(code, exit_code(caught))
            continue
        noted += agreement.between(*((word, other) if name.lower().endswith(SUFFIX) else (other, word)))
        compared.append(name)
    if word and target.is_file() and artifacts.files[PDF] != (content := target.read_bytes()):
        earlier = tuple(agreement.of_given(word, [(target.name, content)]))
        noted += earlier if stays else _replaced(earlier, word, target)
    return _Differences(tuple(noted), code, tuple(compared))


def _counts(problem: Problem) -> bool:
    return problem.severity is not Severity.NOTICE


def _replaced(earlier: Sequence[Problem], word: Report, target: Path) -> Iterator[Problem]:
    if count := sum(map(_counts, earlier)):
        what = f"原来的 PDF 与 {word.file} 有 {count} 处不同，已换成新印的"
        yield rule("pdf-replaced").broken(what, "原来的已经发布的，请一并更换", (Place(str(target)),))

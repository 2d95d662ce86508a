"""The files a command works on: those named, and all that lie in the folders named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from nianbao.app import passed_over
from nianbao.app.archive.manifest import DATA, MANIFEST
from nianbao.app.outcome import Usage
from nianbao.app.passed_over import Passed, Reason
from nianbao.app.reading import FILLED_IN, KINDS
from nianbao.report import Problem

OPEN = "~$"  # how Office begins the name of the file that says: somebody has this one open


class Found(NamedTuple):
    """The files to read, those below a folder with what messages call them, and what is not read."""

    files: dict[Path, str]
    passed: list[Passed]

    @property
    def paths(self) -> list[Path]:
        """The files to read."""
        return list(self.files)

    @property
    def problems(self) -> list[Problem]:
        """What is told of the files that are not read."""
        return passed_over.tell(self.passed)


def survey(
    given: Iterable[Path], *, without: Iterable[Path] = (), wanted: Container[str] = FILLED_IN
) -> Found:
    """Each file once: folders stand for the reports below them, in the order of their names.

    A folder stands for its files of the `wanted` kinds: for workbooks and exchange files, since beside
    them lies what was made of them; for reports of other kinds only where it has none of these. Of all
    else in it is told why it is not read, but for what lies in the folders `without`.
    """
    left_out = {path.absolute() for path in without}
    found = Found({}, [])
    for path in given:
        if not path.is_dir():
            found.files.setdefault(path, path.name)
            continue
        below = [*_below(path, path, left_out)]
        reports = [one for one in below if not isinstance(one, Passed)]
        first = [one for one in reports if one.suffix.lower() in wanted] or reports
        found.files.update((one, one.relative_to(path).as_posix()) for one in first)
        found.passed.extend(one for one in below if isinstance(one, Passed))
        beside = (one for one in reports if one not in found.files)
        found.passed.extend(_passed(one, path, passed_over.BESIDE) for one in beside)
    read = {path.absolute() for path in found.files}  # what is passed over in a folder may be given itself
    return Found(found.files, [one for one in found.passed if one.path.absolute() not in read])


def expand(
    given: Iterable[Path], *, without: Iterable[Path] = (), wanted: Container[str] = FILLED_IN
) -> list[Path]:
    """The files to read, as `survey` finds them. Raises Usage where there is none at all."""
    return sure(survey(given, without=without, wanted=wanted)).paths


def sure(found: Found) -> Found:
    """What was found; raise Usage, with what was passed over, where there is nothing to read."""
    if not found.files:
        raise Usage(f"文件夹中没有可以读的文件（{'、'.join(KINDS)}）", found.problems)
    return found


def names(paths: Sequence[Path]) -> list[str]:
    """What messages call each file: its name, and of the path as much as parts those with one name."""
    shown = [path.name for path in paths]
    for longer in (lambda path: str(Path(path.absolute().parent.name) / path.name), str):
        times = Counter(shown)
        shown = [longer(path) if times[name] > 1 else name for path, name in zip(paths, shown, strict=True)]
    return shown


def _below(folder: Path, top: Path, left_out: set[Path]) -> Iterator[Path | Passed]:
    """What lies in a folder and in those below it, reports and what is none; links are not followed."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        if folder == top:
            raise
        yield _passed(folder, top, passed_over.DENIED)
        return
    if {MANIFEST, DATA} <= {path.name for path in inside}:
        inside = [path for path in inside if path.name == DATA]  # a revision of the archive: one report
    for path in inside:
        if path.absolute() in left_out or passed_over.is_known(path.name):
            continue
        if path.name.startswith("."):
            yield _passed(path, top, passed_over.HIDDEN)
        elif path.is_dir():
            if path.is_symlink():
                yield _passed(path, top, passed_over.LINK)
            else:
                yield from _below(path, top, left_out)
        elif reason := passed_over.of_kind(path):
            yield _passed(path, top, reason)
        elif path.exists() and not path.is_file():
            yield _passed(path, top, passed_over.SPECIAL)
        else:
            yield path


def _passed(path: Path, top: Path, reason: Reason) -> Passed:
    return Passed(path, path.relative_to(top).as_posix(), reason)

"""The files a command works on: those named, and all that lie in the folders named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from nianbao.app.outcome import Usage
from nianbao.app.reading import FILLED_IN, KINDS

OPEN = "~$"  # how Office begins the name of the file that says: somebody has this one open


def expand(
    given: Iterable[Path], *, without: Iterable[Path] = (), wanted: Container[str] = FILLED_IN
) -> list[Path]:
    """Each file once: folders stand for the reports below them, in the order of their names.

    A folder stands for its files of the `wanted` kinds: for workbooks and exchange files, since beside
    them lies what was made of them; for reports of other kinds only where it has none of these. Hidden
    files, those that Office makes while a file is open, and what lies in the folders `without` are
    passed over. Raises Usage where there is none at all.
    """
    left_out = {path.absolute() for path in without}
    paths: dict[Path, None] = {}
    for path in given:
        below = list(_below(path, left_out)) if path.is_dir() else [path]
        first = [file for file in below if file.suffix.lower() in wanted]
        paths.update(dict.fromkeys(first if path.is_dir() and first else below))
    if not paths:
        raise Usage(f"文件夹中没有可以读的文件（{'、'.join(KINDS)}）")
    return list(paths)


def names(paths: Sequence[Path]) -> list[str]:
    """What messages call each file: its name, and of the path as much as parts those with one name."""
    shown = [path.name for path in paths]
    for longer in (lambda path: str(Path(path.absolute().parent.name) / path.name), str):
        times = Counter(shown)
        shown = [longer(path) if times[name] > 1 else name for path, name in zip(paths, shown, strict=True)]
    return shown


def _below(folder: Path, left_out: set[Path]) -> Iterator[Path]:
    """The reports in a folder and in those below it; a link to a folder is not followed."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", OPEN)) or path.absolute() in left_out:
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _below(path, left_out)
        elif path.suffix.lower() in KINDS:
            yield path

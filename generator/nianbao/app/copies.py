"""Files made of many others, below one folder: put there one by one, whole or not at all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from nianbao.app import files, interrupt
from nianbao.app.outcome import Failure, Usage
from nianbao.app.staging import Staging, sweep
from nianbao.report import ProblemsFound


def outside(folder: Path, given: Iterable[Path], option: str) -> Path:
    """The folder that an option names for what is made; raise Usage where reports lie there, or above."""
    if folder.exists() and not folder.is_dir():
        raise Usage(f"{option} 要给文件夹，{folder} 是文件")
    top = folder.resolve()
    if inside := [path for path in given if path.is_dir() and top.is_relative_to(path.resolve())]:
        why = "写出的文件会和报告混在一起，下次当作报告又读一遍"
        raise Usage(f"{option} 的文件夹不能是 {inside[0]}，也不能在它里面：{why}；请给一个外面的文件夹")
    return folder


class Copies(AbstractContextManager["Copies"]):
    """A folder for what one run makes; use it in a `with`. `failures` say what could not be written."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self.folder, self.failures = folder, list[Failure]()
        self._force, self._staging = force, Staging(folder)
        sweep(folder)

    def __exit__(self, *_: object) -> None:
        with interrupt.held():
            self._staging.close()

    def put(self, made: Mapping[Path, bytes], ours: Container[Path] = ()) -> bool:
        """Put files of one folder in place, all or none; whether they are there now.

        What lies there with other content is left as it is, unless it is one of `ours` or all is forced.
        """
        if all(path.is_file() for path in made) and not files.differ(made):
            return True
        try:
            files.put(made, force=self._force, ours=ours, staging=self._staging)
        except (ProblemsFound, OSError) as error:
            self.failures.append(Failure.of(error, str(next(iter(made)))))
            return False
        return True

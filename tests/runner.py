"""Running the program as people do: in this process, or in one of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner
from nianbao.cli import main

PROGRAM = Path(sys.executable).with_name("nianbao")


class Ran(NamedTuple):
    """What came of a run."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def nianbao(*words: str | Path) -> Ran:
    """Run a command in this process."""
    with CliRunner().isolation() as (out, err, _):
        code = main.run(partial(main.program, [str(word) for word in words]))
        return Ran(code, out.getvalue().decode(), err.getvalue().decode())


def spawn(*words: str | Path, **options: Any) -> Ran:
    """Run a command in a process of its own."""
    given: dict[str, Any] = {"capture_output": True, "timeout": 300, "text": True, "errors": "replace"}
    done = subprocess.run([PROGRAM, *words], **(given | options))
    assert "Traceback" not in (done.stderr or "")
    return Ran(done.returncode, done.stdout or "", done.stderr or "")

"""The program as people call it: in this process, where that proves the same as a start of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.cli.commands import app
from nianbao.cli.main import run

PROGRAM = Path(sys.executable).with_name("nianbao")
Run = Callable[..., tuple[int, str, str]]


def runner(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process; return exit code, standard output and standard error."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        code = run(lambda: app([str(word) for word in words], standalone_mode=False, prog_name="nianbao"))
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call

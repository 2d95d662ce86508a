"""What the tests of batches share."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.app.generate.batch_samples import Count
from tests.program import PROGRAM, Run


@pytest.fixture
def nianbao(nianbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return nianbao


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run the program in a process of its own; return the same."""

    def start(*words: str | Path) -> tuple[int, str, str]:
        done = subprocess.run([PROGRAM, *words], cwd=tmp_path, capture_output=True, timeout=300, text=True)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return start


@pytest.fixture
def count(nianbao: Run) -> Count:
    """Run it with --json; return exit code and the document."""

    def counted(*words: str | Path) -> tuple[int, dict[str, Any]]:
        code, out, _ = nianbao(*words, "--json")
        return code, json.loads(out)

    return counted

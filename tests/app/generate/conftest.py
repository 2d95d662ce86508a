"""What the tests of batches share."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.app.generate.batch_samples import Count
from tests.runner import Run, spawn


@pytest.fixture
def nianbao(nianbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return nianbao


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run the program in a process of its own; return the same."""
    return partial(spawn, cwd=tmp_path)


@pytest.fixture
def count(nianbao: Run) -> Count:
    """Run it with --json; return exit code and the document."""

    def counted(*words: str | Path) -> tuple[int, dict[str, Any]]:
        code, out, _ = nianbao(*words, "--json")
        return code, json.loads(out)

    return counted

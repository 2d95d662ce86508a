"""What the tests of batches share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.runner import spawn


@pytest.fixture
def nianbao(tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Run the program; return exit code, standard output and standard error."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        return spawn(*words, cwd=tmp_path)

    return call


@pytest.fixture
def count(nianbao: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Run it with --json; return exit code and the document."""

    def call(*words: str | Path) -> tuple[int, dict[str, Any]]:
        code, out, _ = nianbao(*words, "--json")
        return code, json.loads(out)

    return call

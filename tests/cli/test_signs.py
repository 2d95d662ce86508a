"""Names of files and words of reports never steer the terminal that they are printed on."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.reports import sound
from tests.runner import nianbao, spawn

EVIL = "甲\x1b]0;x\x07\x9b2J\u202egnp\u2066\r乙"
SHOWN = r"甲\x1b]0;x\x07\x9b2J\u202egnp\u2066\r乙"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COMMANDS = {
    "check": ["check", f"{EVIL}.json"],
    "check a folder": ["check", "."],
    "check, step by step": ["check", f"{EVIL}.json", "-v"],
    "check what is not there": ["check", f"没有{EVIL}.json"],
    "check what is none": ["check", f"{EVIL}.txt"],
    "check as JSON": ["check", f"{EVIL}.json", "--json"],
    "generate": ["generate", f"{EVIL}.json", "-o", EVIL],
    "generate as JSON": ["generate", f"{EVIL}.json", "-o", EVIL, "--json"],
    "new": ["new", f"{EVIL}.xlsx", "--from", f"{EVIL}.json"],
    "import": ["import", f"{EVIL}.json", "-o", f"新{EVIL}.json"],
    "export": ["export", f"{EVIL}.json", "-o", f"新{EVIL}.json"],
    "compare": ["compare", f"{EVIL}.json", "坏.json"],
    "rollup": ["rollup", ".", "-o", f"{EVIL}.xlsx"],
    "template check": ["template", "check", f"{EVIL}.docx"],
    "an option": [f"--{EVIL}"],
    "a command": [EVIL],
    "archive add": ["archive", "add", f"{EVIL}.json", "--root", EVIL],
    "archive verify": ["archive", "verify", "--root", EVIL],
    "archive list": ["archive", "list", "--root", EVIL],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = sound()
    Path("坏.json").write_text(json.dumps(document | {"title": EVIL, "organ": EVIL, "issued_by": EVIL}))
    Path(f"{EVIL}.json").write_text(json.dumps(document))
    Path(f"{EVIL}.docx").write_bytes(b"PK")
    Path(EVIL).mkdir()
    (Path(EVIL) / f"{EVIL}.txt").touch()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_sign_of_a_name_reaches_the_terminal(command: str) -> None:
    said = nianbao(*COMMANDS[command])

    assert STEERING.findall(said.out + said.err) == []
    assert "程序内部错误" not in said.err


def test_the_signs_are_shown_in_words() -> None:
    assert f"没有{SHOWN}.json" in nianbao("check", f"没有{EVIL}.json").out


def test_a_line_break_in_a_name_begins_no_line() -> None:
    said = nianbao("check", "没有\n错误 别的.json").out

    assert said.splitlines()[0].startswith(r"错误 没有\n错误 别的.json：")


def test_json_says_the_name_as_it_is() -> None:
    found = json.loads(nianbao("check", f"没有{EVIL}.json", "--json").out)

    assert f"没有{EVIL}.json" in [problem["file"] for problem in found["problems"]]


def test_names_that_are_no_characters_are_told() -> None:
    name = os.fsdecode(b"\xff.json")
    Path(name).write_text("{")

    assert r"\udcff.json" in nianbao("check", name).out
    assert r"\udcff.json" in nianbao("check", name, "--json").out


def test_libraries_keep_their_english_to_themselves() -> None:
    """A workbook with what openpyxl does not know makes it warn."""
    program = (
        "import logging, warnings; warnings.warn('English'); logging.getLogger('lib').warning('English')"
    )
    Path("sitecustomize.py").write_text(
        "import atexit\natexit.register(lambda: exec(" + repr(program) + "))\n"
    )

    said = spawn("check", "坏.json", env=os.environ | {"PYTHONPATH": "."})

    assert "English" not in said.err

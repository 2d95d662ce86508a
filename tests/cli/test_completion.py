"""Completion in a real shell."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.runner import PROGRAM, nianbao

BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None, reason="needs bash")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("nianbao exp", ["export"]),
        ("nianbao pd", ["pdf"]),
        ("nianbao pdf --ag", ["--against"]),
        ("nianbao archive ", ["add", "list", "show", "verify", "export"]),
        ("nianbao generate --dr", ["--draft"]),
        ("nianbao template check --ed", ["--edition"]),
    ],
)
def test_the_script_has_bash_complete_commands_and_options(
    tmp_path: Path, line: str, offered: list[str]
) -> None:
    (tmp_path / "script").write_text(nianbao("completion", "bash").out, encoding="utf-8")
    words = " ".join(f"'{word}'" for word in line.split(" "))
    program = (
        f"source ./script; complete -p nianbao; COMP_WORDS=({words})\n"
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
        '_nianbao_completion nianbao; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(BASH), "--norc", "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )

    registered, *found = done.stdout.splitlines()
    assert registered == "complete -o nosort -F _nianbao_completion nianbao"
    assert (found, done.stderr, done.returncode) == (offered, "", 0)


@pytest.mark.parametrize(
    ("shell", "first"), [("zsh", "#compdef nianbao"), ("fish", "function _nianbao_completion;")]
)
def test_other_shells_get_scripts_of_their_own(shell: str, first: str) -> None:
    code, out, err = nianbao("completion", shell)

    assert (code, out.splitlines()[0], err) == (0, first, "")
    assert f"_NIANBAO_COMPLETE={shell}_complete" in out

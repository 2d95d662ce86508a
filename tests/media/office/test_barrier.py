"""The barrier: a program behind it reads the system and its own folder, and nothing of a user's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from nianbao.media.office import barrier, running


def behind(folder: Path, words: Sequence[str], *readable: Path) -> tuple[int, str]:
    """What comes of a command behind the barrier."""
    command = barrier.command(folder, readable, list(words))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


def has_landlock() -> bool:
    closed = f"import sys; sys.path.insert(0, {str(Path(barrier.__file__).parent)!r}); import barrier"
    done = subprocess.run(
        [sys.executable, "-c", f"{closed}; sys.exit(not barrier.close('/', ()))"], check=False
    )
    return done.returncode == 0


with_landlock = pytest.mark.skipif(
    sys.platform != "linux" or not has_landlock(), reason="needs Landlock, of Linux 5.13"
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of the program's own, and one of the user's; a file in each."""
    own, users = tmp_path / "own", tmp_path / "users"
    for folder in (own, users):
        folder.mkdir()
        (folder / "file").write_text(folder.name)
    return own, users


@with_landlock
def test_only_its_own_folder_and_what_is_named_can_be_read(folders: tuple[Path, Path]) -> None:
    own, users = folders

    assert behind(own, ["cat", str(own / "file")]) == (0, "own")
    assert behind(own, ["cat", str(users / "file")]) == (1, "")
    assert behind(own, ["ls", str(users)]) == (2, "")
    assert behind(own, ["cat", str(users / "file")], users) == (0, "users")
    (own / "link").symlink_to(users / "file")
    assert behind(own, ["cat", str(own / "link")]) == (1, "")


@with_landlock
def test_nothing_can_be_written_elsewhere(folders: tuple[Path, Path]) -> None:
    own, users = folders

    code, _ = behind(
        own, ["sh", "-c", f"echo x > {own}/new; echo x > {users}/file; echo x > {users}/new"], users
    )

    assert code != 0
    assert {path.name: path.read_text() for path in (*own.iterdir(), *users.iterdir())} == {
        "new": "x\n",
        "file": "users",
    }


@with_landlock
def test_nobody_can_be_called(folders: tuple[Path, Path], listener: tuple[str, list[bytes]]) -> None:
    address, asked = listener
    call = (
        f"import socket; socket.create_connection(('127.0.0.1', {address.rpartition(':')[2]}), 5).send(b'x')"
    )
    version = os.uname().release.split(".")
    if tuple(map(int, version[:2])) < (6, 7):
        pytest.skip("Landlock knows nothing of the net before Linux 6.7")

    code, _ = behind(folders[0], [sys.executable, "-I", "-c", call], Path(sys.prefix), Path(sys.base_prefix))

    assert (code, asked) == (1, [])


@with_landlock
def test_where_libreoffice_cannot_start_behind_it_it_starts_without(tmp_path: Path) -> None:
    """A LibreOffice that lies where nobody thought of."""
    (tmp_path / "elsewhere").write_text("%PDF-1.6 elsewhere\n")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "soffice"
    program.write_text(f"#!/bin/sh\nread line < {tmp_path}/elsewhere && echo $line > made/0.pdf\n")
    program.chmod(0o755)
    job = running.Job(".docx", "a", ".pdf", "b")

    assert running.run(str(program), job, [b"x"], 20) == ([b"%PDF-1.6 elsewhere\n"], False)

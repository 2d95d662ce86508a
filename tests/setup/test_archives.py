"""What is handed on of a folder: the same bytes of the same files, whoever has made them and when."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from setup.bundle import archives, desktop

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("dpkg-deb", "xz", "cc"))), reason="needs dpkg-deb, xz and a C compiler"
)


def folder(place: Path, age: int, umask: int) -> Path:
    """A small bundle, made at another time by somebody else."""
    root = place / "nianbao-1-linux-x"
    (root / "share").mkdir(parents=True)
    for name in (
        "nianbao",
        "加入菜单.sh",
        "使用说明.txt",
        "LICENSE",
        f"share/{desktop.ENTRY}",
        "share/nianbao.svg",
    ):
        (root / name).write_text(name)
        (root / name).chmod((0o755 if name in ("nianbao", "加入菜单.sh") else 0o644) & ~umask)
        os.utime(root / name, (age, age))
    return root


def test_an_archive_is_the_same_bytes_whoever_packs_it(tmp_path: Path) -> None:
    made = []
    for name, age, umask in (("a", 1_000, 0), ("b", 2_000, 0o077)):
        dist = tmp_path / name
        made.append(archives.tar(folder(dist, age, umask), dist, 500))

    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as archive:
        assert [(member.name, oct(member.mode), member.mtime, member.uid) for member in archive] == [
            ("nianbao-1-linux-x", "0o755", 500, 0),
            ("nianbao-1-linux-x/LICENSE", "0o644", 500, 0),
            ("nianbao-1-linux-x/nianbao", "0o755", 500, 0),
            ("nianbao-1-linux-x/share", "0o755", 500, 0),
            ("nianbao-1-linux-x/share/nianbao.desktop", "0o644", 500, 0),
            ("nianbao-1-linux-x/share/nianbao.svg", "0o644", 500, 0),
            ("nianbao-1-linux-x/使用说明.txt", "0o644", 500, 0),
            ("nianbao-1-linux-x/加入菜单.sh", "0o755", 500, 0),
        ]


def test_the_package_has_the_program_in_opt_and_what_a_desktop_looks_for(tmp_path: Path) -> None:
    packages = []
    for name, age in (("a", 100), ("b", 2_000)):
        root = folder(tmp_path / name, age, 0)
        packages.append(archives.package(root, tmp_path / name, "26.1", (2, 36), 500))

    assert packages[0].read_bytes() == packages[1].read_bytes()
    listed = subprocess.run(["dpkg-deb", "-c", packages[0]], capture_output=True, text=True, check=True)
    lines = [line.split(None, 5) for line in listed.stdout.splitlines()]
    assert [(line[1], line[5]) for line in lines if not line[5].endswith("/")] == [
        ("root/root", "./opt/nianbao/LICENSE"),
        ("root/root", "./opt/nianbao/nianbao"),
        ("root/root", "./opt/nianbao/share/nianbao.desktop"),
        ("root/root", "./opt/nianbao/share/nianbao.svg"),
        ("root/root", "./opt/nianbao/使用说明.txt"),
        ("root/root", "./usr/share/applications/nianbao.desktop"),
        ("root/root", "./usr/share/doc/nianbao/copyright"),
        ("root/root", "./usr/share/icons/hicolor/scalable/apps/nianbao.svg"),
        ("root/root", "./usr/bin/nianbao -> /opt/nianbao/nianbao"),
    ]
    field = ["dpkg-deb", "-f", str(packages[0]), "Depends"]
    assert subprocess.run(field, capture_output=True, text=True, check=True).stdout == "libc6 (>= 2.36)\n"
    assert (tmp_path / "a/nianbao-1-linux-x/加入菜单.sh").exists()  # the folder itself stays whole


def test_the_launcher_starts_what_lies_beside_it_however_it_is_called(tmp_path: Path) -> None:
    root = tmp_path / '年报 😀 "x"'
    (root / "runtime" / "bin").mkdir(parents=True)
    python = root / "runtime" / "bin" / "python3.x"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\nexit 7\n')
    python.chmod(0o755)
    desktop.lay_out(root, "python3.x")
    (tmp_path / "link").symlink_to(root / "nianbao")

    for program in (root / "nianbao", tmp_path / "link"):
        done = subprocess.run([program, "check", "一 二"], capture_output=True, text=True, check=False)
        assert done.stdout.splitlines() == [str(python), "-I", "-m", "nianbao.entry", "check", "一 二"]
        assert (done.returncode, done.stderr) == (7, "")

    python.unlink()
    done = subprocess.run([root / "nianbao"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"错误 启动不了 {python}：No such file or directory。请把文件夹整个重新解开一次。\n"

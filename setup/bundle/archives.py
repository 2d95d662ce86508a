"""A folder as what is handed on: an archive, and a Debian package; the same bytes of the same folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from setup.bundle import desktop

# Two threads always: the blocks, and so the bytes, do not depend on the machine.
_XZ = ["xz", "--threads=2", "--block-size=24MiB", "--stdout"]


def tar(root: Path, dist: Path, epoch: int) -> Path:
    """Pack a folder as .tar.xz, a quarter smaller than .tar.gz."""
    target = dist / f"{root.name}.tar.xz"
    with target.open("wb") as stream, subprocess.Popen(_XZ, stdin=subprocess.PIPE, stdout=stream) as packer:
        assert packer.stdin is not None
        with tarfile.open(fileobj=packer.stdin, mode="w|", format=tarfile.GNU_FORMAT) as archive:
            for path in (root, *sorted(root.rglob("*"))):
                archive.add(path, path.relative_to(dist).as_posix(), recursive=False, filter=_plain(epoch))
    if packer.returncode:
        raise subprocess.CalledProcessError(packer.returncode, _XZ)
    return target


def package(root: Path, dist: Path, version: str, glibc: tuple[int, int], epoch: int) -> Path:
    """Make a Debian package that puts a folder into /opt/nianbao; it runs nothing when it is installed."""
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    target = dist / f"nianbao_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=dist) as name:
        tree = Path(name)
        tree.chmod(0o755)
        shutil.copytree(root, tree / "opt" / "nianbao", symlinks=True, copy_function=os.link)
        _system(tree)
        control = tree / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(_control(tree, version, architecture, glibc), encoding="utf-8")
        for path in (tree, *tree.rglob("*")):
            os.utime(path, (epoch, epoch), follow_symlinks=False)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target],
            check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
        )  # fmt: skip
    return target


def _system(tree: Path) -> None:
    """What the system finds the program by: its name, its entry in the menu, its icon."""
    folder = tree / "opt" / "nianbao"
    (folder / "加入菜单.sh").unlink()  # the menu has it already
    command = tree / "usr" / "bin" / "nianbao"
    command.parent.mkdir(parents=True)
    command.symlink_to("/opt/nianbao/nianbao")
    for source, target in (
        (folder / "share" / desktop.ENTRY, f"applications/{desktop.ENTRY}"),
        (folder / "share" / "nianbao.svg", "icons/hicolor/scalable/apps/nianbao.svg"),
        (folder / "LICENSE", "doc/nianbao/copyright"),
    ):
        place = tree / "usr" / "share" / target
        place.parent.mkdir(parents=True)
        shutil.copyfile(source, place)


def _control(tree: Path, version: str, architecture: str, glibc: tuple[int, int]) -> str:
    size = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    return f"""Package: nianbao
Version: {version}
Architecture: {architecture}
Maintainer: nianbao <nianbao@localhost>
Installed-Size: {size}
Depends: libc6 (>= {glibc[0]}.{glibc[1]})
Recommends: xdg-utils
Section: text
Priority: optional
Description: yearly reports on government information disclosure
 政府信息公开工作年度报告：填写、检查、预览，生成规定格式的 Word 与 PDF，不联网。
"""


def _plain(epoch: int) -> Callable[[tarfile.TarInfo], tarfile.TarInfo]:
    """Nobody's file, of a given time, and only executable or not."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = epoch
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    return plain

"""A font put where the program looks for fonts: a file, or FandolFang out of the Debian package."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

from nianbao.media.fonts.fontconfig import folders
from nianbao.media.fonts.listing import SUFFIXES, reads

DEBIAN = "debian"  # in place of a file: the package is fetched
PACKAGE, FONT = "texlive-lang-chinese", "FandolFang-Regular.otf"
_NOWHERE = Path(os.devnull)
_PATIENCE = 1800  # seconds for 49 MB by a slow line


class NotInstalled(Exception):  # noqa: N818 - what came of it, not of the program
    """Why there is no font afterwards, in words for people."""


def install(source: str) -> Path:
    """Put a font file, or the one in a Debian package, into the first folder of fonts that may be written.

    With DEBIAN the package is fetched by apt-get; nothing of it is installed. Raises NotInstalled, and
    OSError where the file cannot be read.
    """
    with tempfile.TemporaryDirectory() as name:
        file = _fetched(Path(name)) if source == DEBIAN else Path(source)
        if file.suffix.lower() == ".deb":
            file = _taken_out(file, Path(name))
        if file.suffix.lower() not in SUFFIXES or not reads(file):
            raise NotInstalled(f"{file.name} 不是字体文件")
        return _put(file)


def _fetched(folder: Path) -> Path:
    command = ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", PACKAGE]
    done = _run(command, folder)
    if done.returncode:
        raise NotInstalled(f"apt-get 下载不了 {PACKAGE}，先用管理员运行 apt-get update 再试")
    return next(folder.glob("*.deb"))


def _taken_out(package: Path, folder: Path) -> Path:
    package.open("rb").close()  # what cannot be read is told as any such file
    unpacked = folder / "package.tar"
    done = _run(["dpkg-deb", "--fsys-tarfile", str(package.absolute())], folder, unpacked)
    with suppress(tarfile.TarError), tarfile.open(unpacked) as members:
        for member in members:
            content = members.extractfile(member) if member.name.endswith(f"/{FONT}") else None
            if content is not None and not done.returncode:
                (folder / FONT).write_bytes(content.read())
                return folder / FONT
    raise NotInstalled(f"{package.name} 里没有 {FONT}")


def _run(command: list[str], folder: Path, output: Path = _NOWHERE) -> subprocess.CompletedProcess[bytes]:
    try:
        with output.open("wb") as stream:
            return subprocess.run(
                command, cwd=folder, stdout=stream, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
            )
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"这台计算机上没有 {command[0]}，或它没有答复") from error


def _put(file: Path) -> Path:
    """Copy a file to the first folder that may be written, whole or not at all."""
    for folder in folders():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as temporary:
                temporary.write(file.read_bytes())
            Path(temporary.name).chmod(0o644)
            return Path(shutil.move(temporary.name, folder / file.name))
    raise NotInstalled("没有可以写入的字体文件夹")

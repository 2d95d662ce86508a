"""The Python of a bundle: interpreter, standard library and packages, in a folder that may lie anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from setup.bundle import debian, distributions, elf
from setup.bundle.materials import Material, digest, files

NAME = f"python{sys.version_info.major}.{sys.version_info.minor}"


def lay_out(folder: Path, wheel: Path, lock: Path, contents: dict[str, Sequence[str]]) -> Path:
    """Put the Python that runs this, and the packages of a lock file and a wheel, into a folder.

    Returns the folder of packages. What the program has no use for is left out, and all is compiled.
    """
    library = folder / "lib" / NAME
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / NAME
    shutil.copy(Path(sys.executable).resolve(), python)
    unused = shutil.ignore_patterns(*contents["standard"])
    shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=unused, ignore_dangling_symlinks=True)
    for module in library.glob("lib-dynload/*.so"):
        elf.strip(module)
        elf.patchelf("--remove-rpath", str(module))  # where libraries lay on this machine
    site = packages_folder(folder)
    install(site, wheel, lock)
    prune(site, contents["packages"], contents["kept"])
    return site


def is_own(library: Path) -> bool:
    """Whether a shared library is Python's own."""
    return library.name.startswith("libpython")


def packages_folder(folder: Path) -> Path:
    """Where a Python that lies in this folder looks for packages: Debian's has a place of its own."""
    tell = "import site; print(*site.getsitepackages(), sep='\\n')"
    said = subprocess.run(
        [folder / "bin" / NAME, "-I", "-c", tell],
        env={"LD_LIBRARY_PATH": sysconfig.get_config_var("LIBDIR") or ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return next(Path(line) for line in said.stdout.splitlines() if Path(line).is_relative_to(folder))


def install(site: Path, wheel: Path, lock: Path) -> None:
    """Install what a lock file names, as wheels only, and our own wheel."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-compile"]
    pip += ["--target", str(site), "--only-binary", ":all:"]
    subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(lock)], check=True)
    local = ["--no-deps", "--no-index", "--find-links", str(wheel.parent), wheel.name.partition("-")[0]]
    quiet = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
    subprocess.run([*pip, *local], check=True, env=quiet)


def prune(folder: Path, patterns: Iterable[str], kept: Iterable[str] = ()) -> None:
    """Remove from a folder what is named by patterns, but what is kept."""
    stays = {path for pattern in kept for path in folder.glob(pattern)}
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if path in stays:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def compile_all(folder: Path, root: Path) -> None:
    """Compile every module, so that nothing is written later; the same bytes each time and everywhere."""
    subprocess.run(
        [folder / "bin" / NAME, "-I", "-m", "compileall", "-q", "-f", "-s", root, "-p", "/",
         "--invalidation-mode", "unchecked-hash", folder],
        env={"PYTHONHASHSEED": "0"}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def materials(folder: Path, site: Path, root: Path) -> list[Material]:
    """Python itself and each package, as materials; of the system's libraries nothing."""
    told = list(distributions.of(site, root))
    claimed = {path for material in told for path in material.files}
    own = [path for path in files(root) if (root / path).is_relative_to(folder / "lib" / NAME)]
    own += [
        path.relative_to(root).as_posix()
        for path in (folder / "bin" / NAME, *filter(is_own, folder.glob("lib/*")))
    ]
    interpreter = Path(sys.executable).resolve()
    packaged = debian.owners([interpreter]).get(interpreter)
    version = packaged.version if packaged else sys.version.partition(" ")[0]
    python = Material(
        name="CPython",
        version=version,
        licence="Python-2.0.1",
        origin=debian.NAME if packaged else "python.org",
        purl=debian.purl(packaged) if packaged else f"pkg:generic/python@{version}",
        files={path: digest(root / path) for path in own if path not in claimed},
        texts=tuple(debian.texts(packaged.name))
        if packaged
        else (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),),
    )
    return [python, *told]

"""A fontconfig file of our own, so that every engine finds the same stand-ins and none by chance."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from nianbao.media.fonts.chains import Table, table
from nianbao.media.passing import passing

FOLDERS = "NIANBAO_FONTS"  # the variable with which a user names the folders to be searched
ENVIRONMENT = "FONTCONFIG_FILE"  # the variable that makes fontconfig read our file, in any process
_FANDOL = "texmf-dist/fonts/opentype/public/fandol"  # of TeX's thousands, no others
_PROGRAMS = (
    f"usr/share/texlive/{_FANDOL}", f"usr/share/{_FANDOL}", f"usr/local/texlive/*/{_FANDOL}",
    f"texlive/*/{_FANDOL}", "opt/kingsoft/wps-office/office6/fonts",
    "Applications/wpsoffice.app/Contents/Resources/office6/fonts",
    "Applications/Microsoft Word.app/Contents/Resources/DFonts",
    "System/Library/AssetsV2/com_apple_MobileAsset_Font*",
)  # fmt: skip
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    "<fontconfig>",
)


def configure() -> Path:
    """Write the private fontconfig file, if it is not there already, and return its path.

    Its folder is named after its contents, so the same path always holds the same text, and two
    processes that write at once write the same. Set ENVIRONMENT to it for soffice.
    """
    target = _target(folders(), _home())
    if not target.exists():
        _write(target, _text(folders(), table(), target.parent / "cache"))
    return target


@cache
def _target(folders: tuple[Path, ...], home: Path) -> Path:
    """Where the file for these folders lies; one that was tampered with is put right."""
    digest = hashlib.sha256(_text(folders, table(), Path()).encode()).hexdigest()[:12]
    target = home / f"fonts-{digest}" / "fonts.conf"
    text = _text(folders, table(), target.parent / "cache")
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        _write(target, text)
    return target


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as temporary:
        temporary.write(text)
    Path(temporary.name).replace(target)


def folders() -> tuple[Path, ...]:
    """Where fonts lie: our own first, then the system's and the user's.

    Where FOLDERS is set, the folders it names and no others: the same fonts on every computer.
    """
    if FOLDERS in os.environ:
        return tuple(Path(folder).absolute() for folder in os.environ[FOLDERS].split(os.pathsep) if folder)
    places = [
        own(),
        *([beside()] if sys.platform == "win32" else []),
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
    ]
    if (home := _users()) is not None:
        places += [home / ".local/share/fonts", home / ".fonts"]
    if sys.platform == "darwin":
        places += [Path("/System/Library/Fonts"), Path("/Library/Fonts")]
        places += [home / "Library/Fonts"] if home is not None else []
    if windows := os.environ.get("WINDIR"):
        places += [Path(windows) / "Fonts"]
    if local := os.environ.get("LOCALAPPDATA"):  # fonts that one user installed
        places += [Path(local) / "Microsoft" / "Windows" / "Fonts"]
    return (*places, *of_programs(Path("/"), os.environ.get("SYSTEMDRIVE")))


def own() -> Path:
    """The folder for fonts of our own, in the Python environment."""
    return Path(sys.prefix) / "share" / "fonts" / "nianbao"


def beside() -> Path:
    """The folder of fonts beside Python's program, which fontconfig on Windows has a name for."""
    return Path(sys.executable).parent / "fonts"


@cache
def of_programs(root: Path, drive: str | None) -> tuple[Path, ...]:
    """Where TeX Live, WPS, Microsoft Office and macOS keep a 仿宋 that they do not install for all."""
    tops = (root, Path(f"{drive}/")) if drive else (root,)
    return tuple(
        folder
        for top in tops
        for pattern in _PROGRAMS
        for folder in sorted(top.glob(pattern))
        if folder.is_dir()
    )


def _users() -> Path | None:
    """The user's home; None where the system does not say where it is."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def _home() -> Path:
    """The user's cache, or a folder of their own among the temporary files where there is none."""
    base, home = os.environ.get("XDG_CACHE_HOME"), _users()
    caches = Path(base) if base else home and home / ".cache"
    if caches is not None:
        wanted = caches / "nianbao"
        with suppress(OSError):
            wanted.mkdir(parents=True, exist_ok=True)
            if os.access(wanted, os.W_OK):
                return wanted
    return passing("nianbao-cache")


def _text(folders: Sequence[Path], chains: Table, cache: Path) -> str:
    names = {beside(): "CUSTOMFONTDIR", cache: "LOCAL_APPDATA_FONTCONFIG_CACHE"}
    if local := os.environ.get("LOCALAPPDATA"):
        names[Path(local) / "Microsoft" / "Windows" / "Fonts"] = "WINDOWSUSERFONTDIR"
    lines = [f"  <dir>{escape(_spelled(folder, names))}</dir>" for folder in folders]
    lines.append(f"  <cachedir>{escape(_spelled(cache, names))}</cachedir>")
    for face in chains.faces:
        lines += _match("scan", {"family": face.family, "style": face.style}, "append", (face.name,))
    for chain in chains.chains:
        for family in chain.asked:
            lines += _match("pattern", {"family": family}, "append", chain.order(family)[1:])
    lines += _match("pattern", {}, "append_last", chains.otherwise)
    return "\n".join((*_OPENING, *lines, "</fontconfig>", ""))


def _spelled(path: Path, names: Mapping[Path, str]) -> str:
    """A path as fontconfig opens it: on Windows in the letters of ASCII, or by one of its own names.

    It reads our file as UTF-8, and opens what that names as if it were in the system's old code page.
    """
    if sys.platform != "win32" or str(path).isascii():
        return str(path)
    return names.get(path) or _short(path)


def _short(path: Path) -> str:
    """The name of a path from the days of DOS, where the disk keeps such names; else the path itself."""
    import ctypes

    kernel = getattr(ctypes, "windll", None)
    short = ctypes.create_unicode_buffer(1024)
    found = kernel.kernel32.GetShortPathNameW(str(path), short, len(short)) if kernel else 0
    return short.value if found else str(path)


def _match(target: str, tests: Mapping[str, str], mode: str, families: Sequence[str]) -> Iterator[str]:
    """The lines that add families to whatever has these properties."""
    yield f'  <match target="{target}">'
    for name, value in tests.items():
        yield f'    <test name="{name}"><string>{escape(value)}</string></test>'
    names = "".join(f"<string>{escape(family)}</string>" for family in families)
    yield f'    <edit name="family" mode="{mode}" binding="strong">{names}</edit>'
    yield "  </match>"

"""Every font face there is: told by fontconfig, or read from the files where it is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from nianbao.media.fonts.chains import table
from nianbao.media.fonts.fontconfig import ENVIRONMENT, folders

REGULAR, BOLD, HEAVY = 80, 180, 200  # on fontconfig's scale of weights
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_SEMIBOLD = 600  # on OpenType's scale
_ITALIC = 0x201  # the bits of OS/2's fsSelection for italic and for oblique
_OWN = Path(sys.prefix) / "bin" / "fc-list"  # a bundle's
_PATIENCE = 120  # seconds: the first listing builds fontconfig's cache
_FORMAT = "%{family}\t%{file}\t%{index}\t%{weight}\t%{slant}\n"
_FAMILY, _STYLE, _FAMILY_OF_MANY, _STYLE_OF_MANY = 1, 2, 16, 17  # ids of the name table


class Face(NamedTuple):
    """One face: the names of its family, in any language, and where it lies."""

    families: tuple[str, ...]
    file: str
    number: int
    weight: int
    slanted: bool = False


def listing(configuration: Path) -> tuple[Face, ...]:
    """Every face that the configuration reaches; none where nothing here can tell."""
    told = _ask(configuration, "--format", _FORMAT)
    return tuple(_told(told) if told is not None else _read())


def having(letter: str, configuration: Path) -> bool | None:
    """Whether any face has the letter; None where fontconfig cannot be asked."""
    told = _ask(configuration, f":charset={ord(letter):x}", "--format", "%{file}\n")
    return None if told is None else bool(told)


def _ask(configuration: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            [_OWN if _OWN.exists() else "fc-list", *words],
            env={**os.environ, ENVIRONMENT: str(configuration)},
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace")


def _told(text: str) -> Iterator[Face]:
    for line in text.splitlines():
        names, file, index, weight, slant = line.split("\t")
        if Path(file).suffix.lower() not in SUFFIXES:
            continue  # Type 1 and bitmap fonts, which neither Pango nor LibreOffice can print
        # A variable font names a range, [40 210]; its last number is the heaviest.
        heavy = int(float(weight.strip("[]").split(" ")[-1] or REGULAR))
        families = tuple(name.replace("\\-", "-") for name in names.split(","))
        yield Face(families, file, int(index), heavy, slant not in ("", "0"))


def _read() -> Iterator[Face]:
    """The faces by their files' own tables: Windows and macOS have no fc-list."""
    if find_spec("fontTools") is None:
        return
    for file in sorted(path for folder in folders() for path in folder.rglob("*")):
        if file.suffix.lower() not in SUFFIXES:
            continue
        yield from _faces_in(file)


def reads(file: Path) -> bool:
    """Whether a file is a font."""
    file.open("rb").close()
    return any(True for _ in _faces_in(file))


def _faces_in(file: Path) -> list[Face]:
    """The faces in one file; none where it is no font, whatever its name says."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        with file.open("rb") as stream:  # fontTools leaves a file open that it cannot read
            many = file.suffix.lower() in {".ttc", ".otc"}
            fonts = TTCollection(stream, lazy=True).fonts if many else [TTFont(stream, lazy=True)]
            return [_face(font, file, number) for number, font in enumerate(fonts)]
    except (OSError, TTLibError, KeyError, AssertionError):
        return []


def _face(font: Any, file: Path, number: int) -> Face:
    names, weight = font["name"].names, font["OS/2"].usWeightClass
    slanted = bool(font["OS/2"].fsSelection & _ITALIC)
    texts: dict[int, list[str]] = {record.nameID: [] for record in names}
    for record in names:
        texts[record.nameID].append(record.toUnicode(errors="replace"))
    families = [*texts.get(_FAMILY_OF_MANY, ()), *texts.get(_FAMILY, ())]
    styles = {*texts.get(_STYLE_OF_MANY, ()), *texts.get(_STYLE, ())}
    families += [face.name for face in table().faces if face.family in families and face.style in styles]
    heavy = HEAVY if weight >= _SEMIBOLD else REGULAR
    return Face(tuple(dict.fromkeys(families)), str(file), number, heavy, slanted)

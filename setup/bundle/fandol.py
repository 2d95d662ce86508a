"""The font that setup/fonts takes out of a package which is not installed."""

from __future__ import annotations

import shutil
from pathlib import Path

from setup.bundle.built import ROOT
from setup.bundle.materials import Material, digest

FONT = ROOT / ".venv" / "share" / "fonts" / "nianbao" / "FandolFang-Regular.otf"  # where setup/fonts puts it


def lay_out(folder: Path, root: Path) -> Material:
    """Put it into a folder of fonts in a bundle."""
    font = Path(shutil.copyfile(FONT, folder / FONT.name))
    return Material(
        name="FandolFang",
        version="1.300",
        licence="GPL-3.0-only WITH Font-exception-2.0",
        origin="CTAN, by texlive-lang-chinese",
        purl="pkg:generic/fandol@1.300",
        files={font.relative_to(root).as_posix(): digest(font)},
        texts=(Path(__file__).parent / "texts" / "FandolFang-COPYING",),
    )

"""A font of one's own: found where other programs keep it, or put where this one looks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from nianbao.media import fonts
from nianbao.media.fonts import fontconfig
from nianbao.media.fonts.install import FONT, NotInstalled, install

FANDOL = fonts.faces().get("FandolFang")
with_fandol = pytest.mark.skipif(FANDOL is None, reason="needs the font FandolFang")


def test_the_folders_of_other_programs_are_searched_and_of_tex_only_that_of_fandol(tmp_path: Path) -> None:
    there = [
        "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
        "usr/local/texlive/2025/texmf-dist/fonts/opentype/public/fandol",
        "opt/kingsoft/wps-office/office6/fonts",
        "System/Library/AssetsV2/com_apple_MobileAsset_Font7",
    ]
    for name in (*there, "usr/share/texlive/texmf-dist/fonts/opentype/public/lm"):
        (tmp_path / name).mkdir(parents=True)

    assert fontconfig.of_programs(tmp_path, None) == tuple(tmp_path / name for name in there)


@with_fandol
@pytest.mark.parametrize("packed", [False, True], ids=["file", "deb"])
def test_a_font_goes_into_the_first_folder_that_may_be_written(
    packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FANDOL is not None
    (tmp_path / "blocked").write_bytes(b"")  # a file where a folder is asked for
    monkeypatch.setenv(fonts.FOLDERS, f"{tmp_path / 'blocked' / 'fonts'}:{tmp_path / 'fonts'}")
    source = _package(tmp_path, FANDOL.file) if packed else Path(FANDOL.file)

    put = install(str(source))

    assert put == tmp_path / "fonts" / FONT
    assert put.read_bytes() == Path(FANDOL.file).read_bytes()
    assert [one.found for one in fonts.substitutions(["仿宋_GB2312"])] == ["FandolFang"]
    assert [each.name for each in (tmp_path / "fonts").iterdir()] == [FONT]


def _package(folder: Path, font: str) -> Path:
    """A Debian package with the font where TeX Live has it."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("needs dpkg-deb")
    place = folder / "root" / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    control = folder / "root" / "DEBIAN" / "control"
    for each in (place, control.parent):
        each.mkdir(parents=True)
    shutil.copy(font, place / FONT)
    control.write_text(
        "Package: fandol\nVersion: 1\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: fonts\n"
    )
    made = folder / "fandol.deb"
    subprocess.run(["dpkg-deb", "-Znone", "--build", folder / "root", made], check=True, capture_output=True)
    return made


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("字体.otf", "字体.otf 不是字体文件"),
        ("字体.txt", "字体.txt 不是字体文件"),
        ("字体.deb", f"字体.deb 里没有 {FONT}"),
    ],
)
def test_what_is_no_font_is_not_put_anywhere(
    name: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(fonts.FOLDERS, str(tmp_path / "fonts"))
    (tmp_path / name).write_bytes(b"no font")

    with pytest.raises(NotInstalled, match=why):
        install(str(tmp_path / name))

    assert not (tmp_path / "fonts").exists()


def test_a_file_that_is_not_there_is_told_as_any_other(tmp_path: Path) -> None:
    for name in ("无.otf", "无.deb"):
        with pytest.raises(FileNotFoundError):
            install(str(tmp_path / name))

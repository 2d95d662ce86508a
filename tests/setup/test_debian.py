"""What a bundle takes from the system: by its package, or as the builder tells of it."""

import shutil
from pathlib import Path

import pytest

from setup.bundle import debian, materials
from setup.bundle.materials import Unaccounted

pytestmark = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs dpkg")
LIBRARY = Path("/bin/sh").resolve()  # on every Debian


def test_a_file_of_the_system_is_told_by_its_package(tmp_path: Path) -> None:
    copy = tmp_path / "bin" / "sh"
    copy.parent.mkdir()
    shutil.copy(LIBRARY, copy)

    [told] = debian.of([(copy, LIBRARY)], tmp_path)

    assert told.files == {"bin/sh": materials.digest(LIBRARY)}
    assert told.purl.startswith(f"pkg:deb/debian/{told.name}@")
    assert told.texts[0] == Path("/usr/share/doc", told.name, "copyright")
    assert list(materials.wanting([told])) == [
        f"{told.name} {told.version}: no licence by a name of SPDX"  # until the table has it
    ]


def test_what_was_compiled_here_is_refused_until_the_builder_tells_of_it(tmp_path: Path) -> None:
    pairs = []
    for name in ("libpango.so.0", "libglib.so.0"):
        (tmp_path / "local" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "local" / name).write_text(name)
        (tmp_path / name).write_text(name)
        pairs.append((tmp_path / name, tmp_path / "local" / name))
    local = tmp_path / "local.toml"

    with pytest.raises(Unaccounted) as caught:
        debian.of(pairs, tmp_path, local)
    assert str(caught.value).splitlines() == [
        f"{name}: {tmp_path}/local/{name} is of no package, nor told of in local.toml"
        for name in ("libpango.so.0", "libglib.so.0")
    ]

    local.write_text(
        f'[[material]]\nfiles = "{tmp_path}/local/*"\nname = "pango"\nversion = "1.50"\n'
        f'licence = "LGPL-2.0-or-later"\norigin = "compiled here"\ntexts = ["{local}"]\n'
    )
    [told] = debian.of(pairs, tmp_path, local)
    assert (told.name, told.purl, sorted(told.files)) == (
        "pango", "pkg:generic/pango@1.50", ["libglib.so.0", "libpango.so.0"],
    )  # fmt: skip
    assert list(materials.wanting([told])) == []

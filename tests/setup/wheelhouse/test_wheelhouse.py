"""Which wheels a target takes, and what they lead to there, whatever machine collects them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from setup.wheelhouse import closure, lock, zipped
from setup.wheelhouse.target import SYSTEMS, Target

WINDOWS = Target(SYSTEMS["windows-x86_64"], (3, 11))
LINUX = Target(SYSTEMS["linux-x86_64"], (3, 12))
ARM = Target(SYSTEMS["linux-aarch64"], (3, 13))
PINS = """# by hand
colour==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via press
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


def wheel(folder: Path, name: str, *requires: str) -> Path:
    """A wheel that says what it asks for, and has nothing else."""
    path = folder / name
    distribution = "-".join(name.split("-")[:2])
    lines = ["Metadata-Version: 2.1", *(f"Requires-Dist: {line}" for line in requires), "", ""]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{distribution}.dist-info/METADATA", "\n".join(lines))
    return path


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("a-1-py3-none-any.whl", [WINDOWS, LINUX, ARM]),
        ("a-1-cp311-cp311-win_amd64.whl", [WINDOWS]),
        ("a-1-cp39-abi3-win_amd64.whl", [WINDOWS]),
        ("a-1-cp312-cp312-win_amd64.whl", []),
        ("a-1-cp311-cp311-win32.whl", []),
        ("a-1-cp311-cp311-win_arm64.whl", []),
        ("a-1-cp312-cp312-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", [LINUX]),
        ("a-1-cp312-cp312-manylinux_2_28_x86_64.whl", [LINUX]),
        ("a-1-cp312-cp312-manylinux_2_31_x86_64.whl", []),
        ("a-1-cp312-cp312-musllinux_1_2_x86_64.whl", []),
        ("a-1-cp313-cp313-manylinux_2_17_aarch64.whl", [ARM]),
        ("a-1-py3-none-manylinux1_x86_64.whl", [LINUX]),
    ],
)
def test_a_wheel_fits_by_its_tags(name: str, targets: list[Target]) -> None:
    assert [target for target in (WINDOWS, LINUX, ARM) if target.fits(name)] == targets


def test_a_lock_is_read_with_its_markers_and_hashes(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(PINS)

    colour, numpy = lock.read(tmp_path / "lock")

    assert (colour.name, colour.version) == ("colour", "0.4.6")
    assert colour.hashes == (f"sha256:{'a' * 64}", f"sha256:{'b' * 64}")
    assert [colour.holds(target.markers) for target in (WINDOWS, LINUX, ARM)] == [True, False, False]
    assert [numpy.holds(target.markers) for target in (WINDOWS, LINUX, ARM)] == [True, False, False]
    assert numpy.written(numpy.hashes) == (
        f'numpy==2.4.6 ; python_full_version < "3.12" \\\n    --hash=sha256:{"a" * 64}'
    )


def test_what_is_asked_for_is_followed_by_the_targets_markers(tmp_path: Path) -> None:
    wheel(tmp_path, "press-2-py3-none-any.whl", "colour>=0.4; sys_platform == 'win32'", "base[fast]")
    wheel(tmp_path, "base-1-py3-none-any.whl", "speed; extra == 'fast'", "slow; extra == 'other'")
    wheel(tmp_path, "speed-1-py3-none-any.whl", "uvloop; platform_machine == 'aarch64'")
    wheel(tmp_path, "colour-0.4.6-py3-none-any.whl")
    asked = {}
    for target in (WINDOWS, LINUX, ARM):
        wheels = closure.named(tmp_path.glob("*.whl"), target)
        names, unmet = closure.follow(Requirement("press==2"), wheels, target)
        asked[target.system.name] = (sorted(names), [required.name for required in unmet])

    assert asked == {
        "windows-x86_64": (["base", "colour", "press", "speed"], []),
        "linux-x86_64": (["base", "press", "speed"], []),
        "linux-aarch64": (["base", "press", "speed"], ["uvloop"]),
    }


def test_a_wheel_of_another_version_than_asked_for_is_none(tmp_path: Path) -> None:
    wheel(tmp_path, "press-2-py3-none-any.whl", "base>=2")
    wheel(tmp_path, "base-1-py3-none-any.whl")

    _, unmet = closure.follow(Requirement("press"), closure.named(tmp_path.glob("*.whl"), LINUX), LINUX)

    assert [str(required) for required in unmet] == ["base>=2"]


def test_two_wheels_of_one_package_are_refused(tmp_path: Path) -> None:
    wheel(tmp_path, "base-1-py3-none-any.whl")
    wheel(tmp_path, "base-2-py3-none-any.whl")

    with pytest.raises(ValueError, match=r"^two wheels of base: base-1-py3-none-any\.whl, base-2-"):
        closure.named(tmp_path.glob("*.whl"), LINUX)


def test_the_same_files_become_the_same_archive(tmp_path: Path) -> None:
    made = []
    for place in ("one", "two"):
        folder = tmp_path / place / "年报"
        (folder / "b").mkdir(parents=True)
        for name in ("b/a.txt", "先读我.txt") if place == "one" else ("先读我.txt", "b/a.txt"):
            (folder / name).write_text(name)
        made.append(zipped.pack(folder, tmp_path / f"{place}.zip", 1_700_000_000).read_bytes())
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        entries = [(entry.filename, entry.date_time, entry.flag_bits) for entry in archive.infolist()]

    assert made[0] == made[1]
    assert entries == [  # 0x800: the name is UTF-8
        ("年报/b/a.txt", (2023, 11, 14, 22, 13, 20), 0x800),
        ("年报/先读我.txt", (2023, 11, 14, 22, 13, 20), 0x800),
    ]

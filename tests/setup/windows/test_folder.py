"""What is proved of the folder for Windows without Windows: libraries, names, imports, how it starts."""

from __future__ import annotations

import importlib.util
import os
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from setup.bundle.materials import Unaccounted
from setup.windows import embeddable, modules, names, pango, pe
from tests.paths import ROOT

LIBRARIES = {
    path.name.lower(): path.read_bytes() for path in (Path(__file__).parent / "libraries").glob("*.dll")
}
PROGRAM = ROOT / "setup" / "windows" / "program"
FOREIGN = """
gobject = _dlopen(ffi, 'libgobject-2.0-0', 'gobject-2.0-0', 'libgobject-2.0-0.dll')
subset = _dlopen(ffi, 'harfbuzz-subset', 'libharfbuzz-subset.so.0', allow_fail=True)
"""


def test_a_library_tells_what_it_loads() -> None:
    assert {name: pe.imports(content) for name, content in sorted(LIBRARIES.items())} == {
        "a.dll": ("b.dll",),
        "b.dll": ("c.dll",),
        "c.dll": ("kernel32.dll",),
    }


@pytest.mark.parametrize(
    ("wanted", "found"), [(["B.dll"], ["b.dll", "c.dll"]), (["a.dll", "c.dll"], ["a.dll", "b.dll", "c.dll"])]
)
def test_what_is_loaded_brings_what_that_loads(wanted: list[str], found: list[str]) -> None:
    assert pe.closure(wanted, LIBRARIES) == found


def test_a_library_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match=r"d\.dll"):
        pe.closure(["d.dll"], LIBRARIES)


def test_a_library_whose_own_is_missing_is_named() -> None:
    there = {"site/x/A.pyd": LIBRARIES["a.dll"], "pango/C.dll": LIBRARIES["c.dll"]}

    assert pe.unmet(there, (3, 11)) == ["site/x/A.pyd: b.dll"]
    assert pe.unmet({**there, "pango/b.dll": LIBRARIES["b.dll"]}, (3, 11)) == []


def test_weasyprint_is_asked_by_which_names_it_opens_libraries() -> None:
    assert list(pango.names(FOREIGN)) == [
        (("libgobject-2.0-0", "gobject-2.0-0", "libgobject-2.0-0.dll"), False),
        (("harfbuzz-subset", "libharfbuzz-subset.so.0"), True),
    ]
    assert pango.wanted(FOREIGN, {"gobject-2.0-0.dll": b""}) == ["gobject-2.0-0.dll"]
    assert pango.wanted(FOREIGN, {"libgobject-2.0-0.dll": b"", "harfbuzz-subset.dll": b""}) == [
        "libgobject-2.0-0.dll",
        "harfbuzz-subset.dll",
    ]
    with pytest.raises(Unaccounted, match=r"^WeasyPrint finds none of libgobject-2\.0-0, gobject-2\.0-0, "):
        pango.wanted(FOREIGN, {"harfbuzz-subset.dll": b""})


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("site/nianbao/mandate/2021.toml", []),
        ("samples/示例-2021.xlsx", []),
        ("a/con", ["a/con: con is a device"]),
        ("a/Aux.py", ["a/Aux.py: Aux.py is a device"]),
        ("lpt¹.txt", ["lpt¹.txt: lpt¹.txt is a device"]),
        ("console.py", []),
        ("a./b", ["a./b: ends with a dot or a blank"]),
        ("a/b ", ["a/b : ends with a dot or a blank"]),
        ("a/b?c:d", ["a/b?c:d: has ':' '?'"]),
        ("a/\tb", ["a/\tb: has '\\t'"]),
        ("文" * 174, []),
        ("文" * 175, [f"{'文' * 175}: 200 characters in C:\\Program Files\\nianbao\\"]),
        ("😀" * 87, []),
        ("😀" * 88, [f"{'😀' * 88}: 201 characters in C:\\Program Files\\nianbao\\"]),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else len(value),
)
def test_what_windows_refuses_in_a_name(path: str, wrong: list[str]) -> None:
    assert list(names.refused([path])) == wrong


def test_names_that_windows_takes_for_one_another_are_told() -> None:
    paths = ["a/README", "a/Readme", "b/e\u0301.txt", "b/\u00e9.txt", "c/README"]

    assert list(names.refused(paths)) == [
        "a/Readme: the same as a/README",
        "b/\u00e9.txt: the same as b/e\u0301.txt",
    ]


def laid(site: Path, files: dict[str, str]) -> list[str]:
    """What the modules of a package `own` ask for in vain, in a folder with these files."""
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    there = modules.modules(site)
    own = {name: path for name, path in there.items() if name.split(".")[0] == "own"}
    standard = modules.standard((sys.version_info[0], sys.version_info[1]))
    return [
        f"{asked.by}: {asked.names[-1]}"
        for asked in modules.walk(own, there)
        if not (asked.optional or (asked.late and asked.by not in own))
        and not modules.found(asked, there, standard)
    ]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("import os, json.decoder", []),
        ("import fcntl", ["own: fcntl"]),
        ("import tkinter", ["own: tkinter"]),
        ("def late():\n    import fcntl", ["own: fcntl"]),
        ("try:\n    import fcntl\nexcept ImportError:\n    fcntl = None", []),
        ("try:\n    import fcntl\nexcept ImportError:\n    import gone", ["own: gone"]),
        ("try:\n    import json\nexcept ImportError:\n    import gone", []),
        ("try:\n    import fcntl\nexcept OSError:\n    pass", ["own: fcntl"]),
        ("import sys\nif sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl", []),
        ("import sys\nif sys.platform.startswith('linux'):\n    import fcntl", []),
        ("import os\nif os.name != 'nt':\n    import fcntl", []),
        ("import sys\nif not sys.platform == 'win32' and True:\n    import fcntl", []),
        ("import sys\nif sys.version_info < (3, 8):\n    import gone", []),
        ("def f():\n    if sys.platform == 'win32':\n        return\n    import resource", []),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import gone", []),
        ("class A:\n    with b:\n        import gone", ["own: gone"]),
        ("from there import compiled, part, name", []),
        ("from . import part", []),
        ("from .gone import part", ["own: own.gone"]),
        ("import there.gone", ["own: there.gone"]),
        ("import bare.inner", []),
        ("import other", ["other: gone"]),
        ("try:\n    import other\nexcept ImportError:\n    pass", []),
        ("APPS = ['other.late']", []),
    ],
)
def test_an_import_that_finds_nothing_on_windows_is_told(
    text: str, missing: list[str], tmp_path: Path
) -> None:
    files = {
        "own/__init__.py": text,
        "own/part.py": "",
        "there/__init__.py": "",
        "there/compiled.cp311-win_amd64.pyd": "",
        "bare/inner.py": "",
        "other/__init__.py": "import gone",
        "other/late.py": "def f():\n    import gone",
    }

    assert laid(tmp_path, files) == missing


def archive(folder: Path, name: str, short: str) -> Path:
    """An archive that has what tells the embeddable Python of a version."""
    with zipfile.ZipFile(folder / name, "w") as package:
        for file in (
            f"python{short}.dll",
            f"python{short}.zip",
            f"python{short}._pth",
            "pythonw.exe",
            "LICENSE.txt",
        ):
            package.writestr(file, file)
    return folder / name


def test_the_embeddable_python_is_laid_into_its_folder(tmp_path: Path) -> None:
    made = embeddable.lay_out(
        archive(tmp_path, "python-3.11.9-embed-amd64.zip", "311"), tmp_path / "年报", "3.11"
    )

    names = ["LICENSE.txt", "python311.dll", "python311.zip", "pythonw.exe"]
    assert sorted(path.name for path in (tmp_path / "年报" / "python").iterdir()) == names
    assert sorted(made.files) == [f"python/{name}" for name in names]
    assert (made.name, made.version, made.licence) == ("CPython", "3.11.9", "Python-2.0.1")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("python-3.12.10-embed-amd64.zip", "312"),
        ("python-3.11.9-embed-win32.zip", "311"),
        ("python-3.11.9-embed-amd64.zip", "312"),
    ],
)
def test_another_python_is_not_laid_into_the_folder(name: str, short: str, tmp_path: Path) -> None:
    given = archive(tmp_path, name, short)

    with pytest.raises(Unaccounted) as refused:
        embeddable.lay_out(given, tmp_path / "年报", "3.11")

    assert str(refused.value) == f"{given}: not python-3.11.x-embed-amd64.zip, as python.org has it"
    assert not (tmp_path / "年报").exists()


@pytest.fixture
def start(tmp_path: Path) -> ModuleType:
    """The module that the program begins with, in a folder of its own."""
    folder = tmp_path / "年报" / "program"
    folder.mkdir(parents=True)
    (folder / "python.txt").write_text(f"{sys.version_info[0]}.{sys.version_info[1]}\n")
    (folder / "start.py").write_text((PROGRAM / "start.py").read_text("utf-8"), "utf-8")
    specification = importlib.util.spec_from_file_location("start", folder / "start.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_packages_and_pango_of_the_folder_come_first(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = tmp_path / "年报"
    monkeypatch.setattr(sys, "path", ["/elsewhere", str(root / "site")])
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", "")

    start._prepare()  # noqa: SLF001 # what its caller does with it ends the process

    assert sys.path == [str(root / "site"), "/elsewhere"]
    assert os.environ["PATH"] == f"{root / 'pango'}{os.pathsep}/bin"
    assert os.environ["WEASYPRINT_DLL_DIRECTORIES"] == str(root / "pango")


def test_another_python_than_the_packages_are_for_is_refused(
    start: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "WANTED", (3, 9))

    with pytest.raises(SystemExit) as ended:
        start.main()

    there = ".".join(map(str, sys.version_info[:3]))
    assert ended.value.code == 3
    assert capsys.readouterr().err == (
        f"错误 python 文件夹里是 Python {there}，这里要 64 位的 Python 3.9。"
        "请换成 python-3.9.x-embed-amd64.zip 里的文件。\n"
    )


def test_without_a_console_what_is_said_goes_into_the_users_log(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "张三"))
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(start, "WANTED", (3, 9))

    with pytest.raises(SystemExit):
        start.main()

    log = tmp_path / "张三" / "nianbao" / "nianbao.log"
    assert log.read_text("utf-8").startswith("错误 python 文件夹里是 Python ")
    sys.stdout.close()


def test_scripts_are_as_windows_own_programs_read_them() -> None:
    scripts = {path.name: path.read_bytes() for path in PROGRAM.iterdir() if path.suffix != ".ico"}

    assert [name for name, content in scripts.items() if b"\r" in content] == []  # they get it when laid out
    for name, content in scripts.items():
        if name.endswith(".ps1"):  # PowerShell 5.1 reads one without as the system's code page
            assert content.startswith(b"\xef\xbb\xbf"), name
        if name.endswith(".cmd"):
            assert content.isascii(), name

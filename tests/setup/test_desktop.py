"""The entry in the menu: of the folder as it lies, wherever that is."""

import os
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from setup.bundle import desktop

HERE = Path(desktop.__file__).parent
ODD = '年报 😀 "a" $HOME `b` 100% \\c'  # all that a shell or an entry would take for something else


def entry(path: Path) -> dict[str, str]:
    """The keys of a desktop entry, which is sound where the system can tell."""
    if (validator := shutil.which("desktop-file-validate")) is not None:
        said = subprocess.run([validator, path], capture_output=True, text=True, check=False)
        assert said.stdout + said.stderr == ""
    parsed = ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parsed.optionxform = str  # type: ignore[method-assign,assignment] # keys are as they are written
    parsed.read_string(path.read_text(encoding="utf-8"))
    assert parsed.sections() == ["Desktop Entry"]
    return dict(parsed["Desktop Entry"])


def unescaped(value: str) -> str:
    """A value as a desktop reads it from the file."""
    return value.replace("\\\\", "\0").replace("\0", "\\")


def words(command: str) -> list[str]:
    """The words of an Exec line, as the specification takes them apart."""
    found, word, rest, quoted = [], "", unescaped(command), False
    while rest:
        letter, rest = rest[0], rest[1:]
        if letter == '"':
            quoted = not quoted
        elif letter == "\\" and quoted:
            word, rest = word + rest[0], rest[1:]
        elif letter == "%" and quoted:
            assert rest[0] == "%"
            word, rest = word + "%", rest[1:]
        elif letter == " " and not quoted:
            found.append(word)
            word = ""
        else:
            word += letter
    return [*found, word]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unpacked folder with what the menu needs of it."""
    folder = tmp_path / ODD
    (folder / "share").mkdir(parents=True)
    shutil.copy(HERE / desktop.ENTRY, folder / "share")
    shutil.copy(HERE / "menu", folder / "加入菜单.sh")
    return folder


def menu(folder: Path, home: Path, *word: str) -> "subprocess.CompletedProcess[str]":
    """Run the script of a folder for a user."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    script = ["sh", str(folder / "加入菜单.sh"), *word]
    return subprocess.run(script, env=environment, capture_output=True, text=True, check=False)


def test_the_entry_of_the_package_opens_workbooks() -> None:
    read = entry(HERE / desktop.ENTRY)

    assert read["Name"] == "年报"
    assert words(read["Exec"]) == ["nianbao", "serve", "%f"]
    assert read["Icon"] == "nianbao"
    assert read["MimeType"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;"


def test_a_folder_of_any_name_is_started_from_the_menu(folder: Path, tmp_path: Path) -> None:
    done = menu(folder, tmp_path / "home")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "已加入菜单：年报。文件夹换了地方，请再运行一次。\n"
    read = entry(tmp_path / "home" / ".local/share/applications/nianbao.desktop")
    assert words(read["Exec"]) == [str(folder / "nianbao"), "serve", "%f"]
    assert unescaped(read["TryExec"]) == str(folder / "nianbao")
    assert unescaped(read["Icon"]) == str(folder / "share/nianbao.svg")


def test_what_was_put_into_the_menu_is_taken_out_without_a_trace(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".local/share").mkdir(parents=True)

    menu(folder, home)
    done = menu(folder, home, "移出")

    assert (done.returncode, done.stderr) == (0, "")
    assert list((home / ".local/share").iterdir()) == []


def test_another_word_is_refused(folder: Path, tmp_path: Path) -> None:
    done = menu(folder, tmp_path / "home", "升级")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"用法：{folder / '加入菜单.sh'} [加入|移出]\n"
    assert not (tmp_path / "home").exists()

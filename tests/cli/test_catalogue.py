"""click's own words: in Chinese everywhere, and the catalogue is what click has and what it was made from."""

from __future__ import annotations

import io
import re
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from nianbao.cli import catalogue, main, messages

from tests.runner import nianbao, spawn

FILES = catalogue.LOCALE / catalogue.LANGUAGE / "LC_MESSAGES"


def words(catalog: Catalog) -> dict[object, object]:
    """What stands for what, in one or several numbers."""
    return {
        each.id if isinstance(each.id, str) else tuple(each.id): "".join(each.string or "")
        for each in catalog
        if each.id
    }


def written() -> Catalog:
    with (FILES / "nianbao.po").open("rb") as file:
        return read_po(file, locale=catalogue.LANGUAGE)


def test_the_catalogue_that_is_read_is_made_from_the_one_that_is_written() -> None:
    compiled = read_mo(io.BytesIO((FILES / "nianbao.mo").read_bytes()))

    assert words(compiled) == words(written())
    assert all(words(compiled).values())


def test_every_word_of_the_catalogue_is_one_of_click_s() -> None:
    folder = Path(click.__file__).parent
    found = extract_from_dir(folder, [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)})

    assert set(words(written())) - {text for _, _, text, *_ in found} == set()


def test_the_words_are_chinese_whatever_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("en_US.UTF-8", "de_DE", "C"):
        monkeypatch.setenv("LANGUAGE", language)
        said = spawn("new", "a.xlsx", "--year", "今年")

        assert said == (2, "", "--year 的值不对：“今年”不是整数。用法见 nianbao --help\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("generate a.xlsx --jobs 0", "--jobs 的值不对：“0”不在 1<=x<=256 之内"),
        ("archive show 甲局 今年", "年度 的值不对：“今年”不是整数"),
        ("archive show 甲局", "缺少 年度"),
        ("template build 2021 x y", "多出了 x y"),
        ("check -o", "-o 后面要跟一个值"),
        ("-x", "没有 -x 这个选项"),
        ("-v", "缺少命令"),
        ("completion tcsh", "没有 tcsh 的补全脚本，只有 bash、zsh、fish"),
    ],
)
def test_whatever_is_wrong_on_a_command_line_is_told_in_chinese(line: str, said: str) -> None:
    assert nianbao(*line.split()) == (2, "", f"{said}。{messages.HELP}\n")


def test_no_word_of_another_program_is_looked_for_in_the_catalogue(tmp_path: Path) -> None:
    import gettext

    catalogue.bind()
    with pytest.raises(FileNotFoundError):
        gettext.translation("another", tmp_path, [catalogue.LANGUAGE])
    assert gettext.dgettext("another", "Usage:") == "Usage:"


def test_what_click_is_asked_to_end_with_is_the_exit_code() -> None:
    assert main.run(lambda: main.program(["--version"])) == 0
    assert re.fullmatch(r"nianbao [\d.]+\n", nianbao("--version").out)

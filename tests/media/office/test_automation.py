"""`--engine office`: Word or WPS by COM. Here a stand-in for comtypes notes what it is asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from nianbao.media import office
from nianbao.report import ProblemsFound

from tests.media.office.office_samples import word

elsewhere = pytest.mark.skipif(sys.platform == "win32", reason="holds what is said on other systems")
CLIENT = """
import json
import os
from pathlib import Path

TOLD = Path(__file__).with_name("told.jsonl")


def tell(*words):
    with TOLD.open("a") as told:
        print(json.dumps(words), file=told)


class COMError(Exception):
    hresult, text, details = -2147352567, "发生意外。", ("文件已损坏。", "Microsoft Word", "", 0, None)


class Window:
    Hwnd = 0


class Document:
    ActiveWindow = Window()

    def __init__(self, path):
        self.path = Path(path)
        if self.path.stem == BROKEN:
            raise COMError
        if self.path.stem == FATAL:
            os._exit(1)

    def ExportAsFixedFormat(self, path, *rest):
        tell("export", Path(path).name, *rest)
        if OLD:
            raise AttributeError
        Path(path).write_bytes(b"%PDF " + self.path.read_bytes()[:2])

    def SaveAs(self, path, kind):
        tell("save", Path(path).name, kind)
        Path(path).write_bytes(b"%PDF old")

    def Close(self, keep):
        tell("close", keep)


class Documents:
    def Open(self, path, *rest):
        tell("open", Path(path).name, *rest)
        return Document(path)


class Program:
    Documents = Documents()

    def __setattr__(self, name, value):
        tell(name, value)

    def Quit(self, keep):
        tell("quit", keep)


def CreateObject(name, dynamic):
    tell("create", name, dynamic)
    if name not in INSTALLED:
        raise OSError("Invalid class string")
    if HANGS:
        import time
        time.sleep(60)
    return Program()
"""


class Office:
    """A folder with a stand-in for comtypes, and what was asked of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "comtypes"
        self.folder.mkdir()
        (self.folder / "__init__.py").write_text("")

    def has(
        self, *installed: str, broken: str = "", fatal: str = "", old: bool = False, hangs: bool = False
    ) -> None:
        """Let these programs be installed, and behave so: with documents of these numbers, or always."""
        values = (installed, broken, fatal, old, hangs)
        head = f"INSTALLED, BROKEN, FATAL, OLD, HANGS = {values!r}\n"
        (self.folder / "client.py").write_text(head + CLIENT, "utf-8")

    @property
    def told(self) -> list[list[object]]:
        """What was asked, in its order."""
        return [json.loads(line) for line in (self.folder / "told.jsonl").read_text().splitlines()]


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return Office(tmp_path)


def messages(outcomes: list[office.Converted | ProblemsFound]) -> list[str]:
    return [
        str(outcome.problems[0]) if isinstance(outcome, ProblemsFound) else outcome.pdf.decode()
        for outcome in outcomes
    ]


def documents(*names: str) -> list[tuple[str, bytes]]:
    return [(name, word()) for name in names]


def test_word_prints_hidden_without_macros_and_is_quit(windows: Office) -> None:
    windows.has("Word.Application")

    assert messages(office.automate_all(documents("甲.docx"))) == ["%PDF PK"]
    assert windows.told == [
        ["create", "Word.Application", True],
        ["Visible", False],
        ["DisplayAlerts", 0],
        ["AutomationSecurity", 3],
        ["open", "0.docx", False, True, False],
        ["export", "0.pdf", 17, False, 0, 0, 1, 1, 0, True, True, 1, True, True, True],
        ["close", 0],
        ["quit", 0],
    ]


def test_an_older_wps_saves_what_it_cannot_export(windows: Office) -> None:
    windows.has("KWPS.Application", old=True)

    assert messages(office.automate_all(documents("甲.docx"))) == ["%PDF old"]
    assert [words[:2] for words in windows.told if words[0] in ("create", "save")] == [
        ["create", "Word.Application"],
        ["create", "KWPS.Application"],
        ["save", "0.pdf"],
    ]


def test_a_document_that_fails_costs_only_itself(windows: Office) -> None:
    windows.has("Word.Application", broken="1")

    assert messages(office.automate_all(documents("甲.docx", "乙.docx", "丙.docx"))) == [
        "%PDF PK",
        "乙.docx：Word 或 WPS 没有转换出 PDF（文件已损坏）。"
        "请在 Word 或 WPS 中打开这份文件，看能否导出为 PDF；或不加 --engine office。",
        "%PDF PK",
    ]
    assert windows.told[-1] == ["quit", 0]


def test_a_crash_costs_only_the_document_that_it_came_at(windows: Office) -> None:
    windows.has("Word.Application", fatal="1")

    assert messages(office.automate_all(documents("甲.docx", "乙.docx", "丙.docx"))) == [
        "%PDF PK",
        "乙.docx：Word 或 WPS 没有转换出 PDF。"
        "请在 Word 或 WPS 中打开这份文件，看能否导出为 PDF；或不加 --engine office。",
        "%PDF PK",
    ]
    assert [words for words in windows.told if words[0] == "open"] == [
        ["open", f"{number}.docx", False, True, False] for number in range(3)
    ]


def test_without_word_and_wps_that_is_said_of_each(windows: Office) -> None:
    windows.has()

    assert messages(office.automate_all(documents("甲.docx", "乙.docx"))) == [
        f"{name}：没有安装 Word 或 WPS。请安装以后再试，或不加 --engine office。"
        for name in ("甲.docx", "乙.docx")
    ]


def test_a_program_that_does_not_answer_is_ended(windows: Office) -> None:
    windows.has("Word.Application", hangs=True)

    assert messages(office.automate_all(documents("甲.docx"), timeout=1.5)) == [
        "甲.docx：Word 或 WPS 在 1.5 秒内没有转换完，已中止。"
        "请在任务管理器里看有没有留下的 Word、WPS，它们是否在等人回答；或不加 --engine office。"
    ]


@elsewhere
def test_elsewhere_than_on_windows_there_is_none() -> None:
    assert messages(office.automate_all(documents("甲.docx"))) == [
        "甲.docx：这里不是 Windows，不能用 Word 或 WPS 转换 PDF。"
        "请在装有 Word 或 WPS 的 Windows 上转换，或不加 --engine office。"
    ]


@elsewhere
def test_without_the_part_that_calls_word_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    assert messages(office.automate_all(documents("甲.docx"))) == [
        "甲.docx：没有安装调用 Word、WPS 要用的部件。"
        '请运行 pip install "nianbao[office]"，或不加 --engine office。'
    ]

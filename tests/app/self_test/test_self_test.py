"""The self-test where all is well, and where something is really broken: every other step goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from nianbao.app import self_test
from nianbao.app.self_test import Step
from nianbao.app.self_test.bench import Bench
from nianbao.media import fonts
from nianbao.media.self_test import Result, Results, State

from tests.users import FIRST, as_user, on_a_full_disk, python_without

pytest.importorskip("weasyprint", reason="needs the extra nianbao[pdf]", exc_type=ImportError)
CHOSEN = """import json, sys
from nianbao.app import libraries
from nianbao.app.self_test import run, steps
libraries.silence()
print(json.dumps(run(table=[step for step in steps() if step.name in sys.argv[1:]]).to_json()))
"""
PDF_STEPS = ("2021 版示例：读入、检查", "2021 版示例：工作簿", "2021 版示例：Word、网页", "2021 版示例：PDF")
READ_PDF = "2021 版示例：导入 PDF"


def chosen(
    names: Iterable[str], command: Sequence[str | Path] = (sys.executable,), **environment: str | Path
) -> list[Result]:
    """What came of some steps, done in a process of their own."""
    done = subprocess.run(
        [*command, "-c", CHOSEN, *names],
        env={**os.environ, **{name: str(value) for name, value in environment.items()}},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return list(Results.from_json(json.loads(done.stdout)).results)


def told(results: Iterable[Result]) -> list[tuple[str, State, str]]:
    return [(result.name, result.state, result.told) for result in results]


def test_a_file_that_reads_otherwise_is_told() -> None:
    bench, table = Bench(), {step.name: step for step in self_test.steps()}
    for name in PDF_STEPS[:3]:
        table[name].work(bench)
    [sample], other = bench.reports, Bench()
    report = bench.reports[sample]
    key, figure = next((key, one) for key, one in report.figures.items() if one.number)
    assert figure.number is not None
    other.reports[sample] = replace(
        report, figures={**report.figures, key: replace(figure, number=figure.number + 1)}
    )
    other.made = bench.made

    results = self_test.run(table=[Step("读回 Word", lambda _: other.read_back(sample, "docx"))]).results

    assert [result.state for result in results] == [State.FAILS]
    assert "不同" in results[0].told
    assert self_test.code(results) == 1


def test_without_chinese_fonts_it_says_so_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    shutil.copy(fonts.faces()["DejaVu Sans"].file, tmp_path / "fonts")

    results = chosen(["字体", *PDF_STEPS, READ_PDF], NIANBAO_FONTS=tmp_path / "fonts", PATH="/usr/bin")

    works, skipped = State.WORKS, State.SKIPPED
    assert [result.state for result in results] == [State.FAILS, works, works, works, State.FAILS, skipped]
    assert results[0].told == "没有找到仿宋（仿宋_GB2312），正文在 PDF 中没有字体可代替"
    assert results[0].mend.startswith("在用 apt 的系统上请运行 nianbao fonts --install debian")
    assert results[5].told == "没有做，因为前面的 PDF 没有做出来"
    assert self_test.code(results) == 1


def test_without_pango_word_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"no library")

    results = chosen([*PDF_STEPS, READ_PDF], LD_LIBRARY_PATH=tmp_path)

    assert [result.state for result in results[:3]] == [State.WORKS] * 3
    assert told(results[3:]) == [
        (PDF_STEPS[3], State.FAILS, "没有安装生成 PDF 所需的组件"),
        (READ_PDF, State.SKIPPED, "没有做，因为前面的 PDF 没有做出来"),
    ]


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "数据").mkdir(mode=0o555)
    tmp_path.chmod(0o755)

    command = as_user(FIRST, sys.executable)
    [result] = chosen(["数据文件夹"], command, NIANBAO_DATA=tmp_path / "数据", XDG_CACHE_HOME="/nowhere")

    assert (result.state, result.told) == (State.FAILS, "不能写（没有权限读写），填的内容留不住")
    assert "NIANBAO_DATA" in result.mend


def looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What came of the step that looks at a data fother."""
    monkeypatch.setenv("NIANBAO_DATA", str(folder))
    [result] = self_test.run(table=[step for step in self_test.steps() if step.name == "数据文件夹"]).results
    return result


def test_a_file_in_the_place_of_the_data_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "数据").write_text("", encoding="utf-8")

    result = looked_at(tmp_path / "数据", monkeypatch)

    assert (result.state, result.told) == (
        State.FAILS,
        "不能写（路径中有一段是文件，不是文件夹），填的内容留不住",
    )


def test_a_spoilt_database_of_drafts_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "drafts.sqlite3").write_bytes(b"SQLite format 3\x00" + bytes(5000))

    result = looked_at(tmp_path, monkeypatch)

    assert result.state is State.FAILS
    assert result.told == "草稿的数据库打不开（SQLITE_NOTADB）"
    assert result.mend == "请先把整个数据文件夹另存一份，再打开填报窗口，照页面上说的做"


def test_a_user_without_a_home_is_told_so() -> None:
    command = as_user(FIRST, "env", "--unset=HOME", sys.executable)

    folder, space = chosen(["数据文件夹", "空余空间"], command, NIANBAO_DATA="", XDG_CACHE_HOME="")

    assert (folder.state, folder.told) == (State.FAILS, "这台电脑没有给这个用户主目录，填的内容留不住")
    assert space.state is State.WORKS


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    command = on_a_full_disk(tmp_path, sys.executable)

    space, _, book = chosen(["空余空间", *PDF_STEPS[:2]], command, TMPDIR=tmp_path, NIANBAO_DATA="/")

    assert (space.state, space.told) == (State.FAILS, "临时文件夹只剩 0.0 MB")
    assert space.mend == "请清理磁盘，至少空出 100 MB"
    assert (book.state, book.told) == (State.FAILS, "磁盘已满")


def test_what_is_not_installed_is_no_fault(tmp_path: Path) -> None:
    without = ("django", "waitress", "axes", "matplotlib", "pdfplumber", "weasyprint", "pypdfium2")
    python = python_without(tmp_path / "python", *without)
    names = [
        step.name for step in self_test.steps() if step.extra or step.name in (*PDF_STEPS, "LibreOffice")
    ]

    results = chosen(names, [python], PATH="/nowhere")

    assert self_test.code(results) == 0
    states = {one.name: (one.state, one.told) for one in results}
    [pdf] = [one for one in results if one.name == PDF_STEPS[3]]
    assert (pdf.told, pdf.mend) == (
        "没有安装（weasyprint），不影响 Word 和网页",
        '要用的话，请运行 pip install "nianbao[pdf]"',
    )
    assert states["填报窗口"] == (
        State.WITHOUT,
        "没有安装（django-axes、django、pypdfium2、waitress），不影响命令行",
    )
    assert states["图解"] == (State.WITHOUT, "没有安装（matplotlib），不影响报告本身")
    assert states[READ_PDF] == (State.WITHOUT, "没有安装（pdfplumber、pypdfium2），不影响填报和生成")
    assert states["LibreOffice"][0] is State.WITHOUT


def test_a_mistake_of_ours_stops_nothing_and_is_its_own_exit_code() -> None:
    table = [Step("甲", lambda _: str(1 // 0)), Step("乙", lambda _: "看过")]

    results = self_test.run(table=table).results

    assert [(one.name, one.state, one.ours) for one in results] == [
        ("甲", State.FAILS, True),
        ("乙", State.WORKS, False),
    ]
    assert results[0].told == "程序内部错误（ZeroDivisionError），没有写出文件"
    assert self_test.code(results) == 3


def test_the_home_is_not_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "张三"))
    monkeypatch.delenv("NIANBAO_DATA", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    def refuse(_: Bench) -> str:
        raise FileExistsError(17, "", str(tmp_path / "张三" / "甲.xlsx"))

    results = self_test.run(table=[Step("甲", refuse)])

    assert "张三" not in json.dumps(results.to_json(), ensure_ascii=False)
    folder = {one.name: one.value for one in results.particulars}["数据文件夹"]
    assert folder == "~/.local/share/nianbao（还没有）"

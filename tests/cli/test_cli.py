"""The command line: help, wrong usage, and every way out of the program."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import docx
import pytest
from nianbao.app import outcome
from nianbao.app.generate.build_cache import FILE
from nianbao.cli import main
from nianbao.cli.commands import nianbao as root
from nianbao.report import Place, Problem, ProblemsFound, Severity, Unreadable

from tests.media.word.publication.foreign import Foreign
from tests.paths import ROOT
from tests.runner import PROGRAM, spawn

FRAME = re.compile(r"Usage|Options|Arguments|Commands|Show this|required|default|\[OPTIONS\]|\[ARGS\]|<\w+>")

Sound = Callable[..., dict[str, Any]]


def commands(group: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group with the words that call it."""
    yield above, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*above, name))


COMMANDS = dict(commands(root))
VERBS = [words for words, command in COMMANDS.items() if not hasattr(command, "commands")]


@pytest.fixture
def source(tmp_path: Path, sound: Sound) -> Path:
    path = tmp_path / "年报.json"
    path.write_text(json.dumps(sound()), encoding="utf-8")
    return path


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_chinese_help_with_an_example_that_names_it(
    nianbao: Any, words: tuple[str, ...]
) -> None:
    code, out, err = nianbao(*words, "--help")
    named = " ".join(("nianbao", *words))
    first, _, text = out.partition("\n\n")

    assert (code, err) == (0, "")
    assert first.startswith(f"用法: {named} [选项]")
    assert f"例：{named} " in text
    assert FRAME.findall(out) == []


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_the_example_in_the_help_is_a_command_line_that_parses(words: tuple[str, ...]) -> None:
    for example in re.findall("例：nianbao (.*)", COMMANDS[words].help):
        given = example.partition(" >")[0].split()
        context = COMMANDS[words].make_context("nianbao", given[len(words) :])

        assert tuple(given[: len(words)]) == words
        assert context.params


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_every_option_and_argument_is_explained(words: tuple[str, ...]) -> None:
    assert [one.name for one in COMMANDS[words].params if not getattr(one, "help", "")] == []


def test_version_is_that_of_the_package(nianbao: Any) -> None:
    assert nianbao("--version") == (0, f"nianbao {version('nianbao')}\n", "")


def test_no_line_of_the_source_breaks_a_sentence_of_the_help() -> None:
    broken = re.compile(r"[^\x00-\x7f]\n *[^\x00-\x7f]")  # for which click puts a space

    assert [words for words, command in COMMANDS.items() if broken.search(command.help)] == []


def test_no_words_at_all_show_the_help_and_are_wrong_usage(nianbao: Any) -> None:
    code, out, err = nianbao()

    assert (code, out) == (2, "")
    assert err.startswith("用法: nianbao [选项] 命令 …\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["generat"], "没有 generat 这个命令，是否想写 generate"),
        (["template", "biuld"], "没有 biuld 这个命令，是否想写 build"),
        (["generate"], "缺少 文件…"),
        (["generate", "a.xlsx", "--dratf"], "没有 --dratf 这个选项，是否想写 --draft"),
        (["check", "a.xlsx", "--json=1"], "--json 后面不带值"),
        (["new", "a.xlsx", "--year"], "--year 后面要跟一个值"),
        (["new", "a.xlsx", "--year", "今年"], "--year 的值不对"),
        (["new", "a.xlsx", "b.xlsx", "c"], "多出了 b.xlsx c"),
        (["new", "a.xlsx"], "请给出 --year 和 --organ，或用 --from、--last-year 给出已有的报告"),
        (["new", "a.xls", "--year", "2025", "--organ", "甲"], "工作簿的文件名应以 .xlsx 结尾，现为 a.xls"),
        (
            ["new", "a.xlsx", "--year", "2018", "--organ", "甲"],
            "2018 年没有规定格式；年度报告格式自 2019 年起",
        ),
        (["new", "a.xlsx", "--year", "2025", "--organ", "甲\x07"], "机关名称中有不能印出的控制字符"),
        (
            ["new", "a.xlsx", "--year", "2025", "--organ", "甲", "--reporter", "部们"],
            "没有“部们”这一类机关，是否想写“部门”",
        ),
        (["template", "build", "2020"], "没有 2020 版，只有 2019、2021"),
        (["template", "check", "a.docx", "--edition", "x"], "没有 x 版，只有 2019、2021"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    nianbao: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)

    code, out, err = nianbao(*words)

    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert err.endswith("。用法见 nianbao --help\n")
    assert list(tmp_path.iterdir()) == []


PROBLEM = Problem("code", Severity.ERROR, "错了", "请改", (Place("甲.xlsx"),))


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ProblemsFound([PROBLEM]), 1, "错误 甲.xlsx：错了。请改。\n"),
        (Unreadable([PROBLEM]), 3, "错误 甲.xlsx：错了。请改。\n"),
        (
            FileNotFoundError(2, "No such file", "甲.xlsx"),
            3,
            "错误 甲.xlsx：没有这个文件或文件夹。请核对路径。\n",
        ),
        (OSError(28, "No space left"), 3, "错误 磁盘已满。请清理磁盘，或换一个文件夹。\n"),
        (OSError(5, "I/O error", "甲"), 3, "错误 甲：磁盘或网络盘读写出错。请换一个磁盘或文件夹。\n"),
        (
            OSError(71, "Protocol error", "甲"),
            3,
            "错误 甲：读写失败（系统错误号 71）。请核对磁盘空间和路径。\n",
        ),
        (KeyboardInterrupt(), 130, "已中断，没有留下不完整的文件。\n"),
        (BrokenPipeError(), 141, ""),
    ],
)
def test_what_is_raised_becomes_a_message_and_an_exit_code(
    capfd: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    def command() -> None:
        raise error

    assert main.run(command) == code
    assert capfd.readouterr() == ("", said)


@pytest.mark.parametrize("error", [RuntimeError("一个错"), RecursionError(), AssertionError()])
def test_a_bug_is_no_traceback_but_a_file_to_hand_in(
    capfd: pytest.CaptureFixture[str], error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def command() -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path))
        code = main.run(command)

    assert code == 3
    [log] = tmp_path.iterdir()
    kind = type(error).__name__
    said = f"错误 程序内部错误（{kind}），没有写出文件。请把 {log} 交给维护人员。\n"
    assert capfd.readouterr() == ("", said)
    assert kind in log.read_text(encoding="utf-8")


def test_a_want_of_memory_is_no_bug(capfd: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        raise MemoryError

    assert main.run(command) == 3
    assert capfd.readouterr() == (
        "",
        "错误 内存不够，没有做完。请关闭别的程序，或减少 --jobs 再试。\n",
    )


def test_a_bug_is_told_even_where_no_log_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
        [problem] = outcome.problems(RuntimeError("一个错"))

    assert str(problem) == "程序内部错误（RuntimeError），没有写出文件。请把这句话交给维护人员：一个错。"


@pytest.mark.parametrize("words", [["template", "fields"], ["export", "年报.json"], ["--help"]])
def test_a_reader_that_leaves_early_is_no_error(source: Path, words: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        made = subprocess.run(
            [PROGRAM, *words], stdout=write_end, stderr=subprocess.PIPE, cwd=source.parent, timeout=60
        )
    finally:
        os.close(write_end)

    assert (made.returncode, made.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["template", "fields"], ["export", "年报.json"]])
def test_a_full_disk_behind_standard_output_is_told(source: Path, words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        made = subprocess.run(
            [PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, cwd=source.parent, timeout=60
        )

    assert (made.returncode, made.stderr.decode()) == (3, "错误 磁盘已满。请清理磁盘，或换一个文件夹。\n")


def test_without_standard_output_the_work_is_done_all_the_same(source: Path) -> None:
    made = subprocess.run(
        ["/bin/sh", "-c", f"'{PROGRAM}' generate 年报.json >&-"],
        cwd=source.parent,
        capture_output=True,
        timeout=60,
    )

    assert (made.returncode, made.stderr) == (0, b"")
    assert len(list(source.parent.rglob("*.docx"))) == 1


@pytest.mark.parametrize(
    "language",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "gbk"},
    ],
    ids=str,
)
def test_a_terminal_without_chinese_does_not_stop_the_work(source: Path, language: dict[str, str]) -> None:
    environment = {**os.environ, **language}

    checked = spawn("check", source, "没有.xlsx", env=environment)
    exported = spawn("export", source, env=environment)

    assert checked.code == 3
    assert (exported.code, json.loads(exported.out)["organ"]) == (0, "某某市示例局")


def test_an_interrupted_run_says_so_and_leaves_nothing_half_made(tmp_path: Path, sound: Sound) -> None:
    for number in range(400):
        organ = f"第{number}局"
        (tmp_path / f"{number}.json").write_text(
            json.dumps(sound(organ=organ, issued_by=organ)), encoding="utf-8"
        )
    said = tmp_path / "said"
    with said.open("wb") as err:  # a pipe would fill up, and both would wait, if it had much to say
        process = subprocess.Popen(
            [PROGRAM, "generate", *(f"{number}.json" for number in range(400))],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=err,
        )
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    assert (process.returncode, said.read_text(encoding="utf-8")) == (130, "已中断，没有留下不完整的文件。\n")
    left = [path for path in (tmp_path / "output").rglob("*") if path.is_file()]
    assert {path.name for path in left if path.suffix != ".docx"} == {FILE}
    assert all(path.read_bytes()[:2] == b"PK" for path in left if path.suffix == ".docx")


def test_check_prints_what_it_finds_and_counts_it(nianbao: Any, source: Path) -> None:
    assert nianbao("check", source) == (0, "年报.json：没有问题\n", "")


def test_check_says_of_each_file_what_is_wrong(nianbao: Any, source: Path) -> None:
    code, out, err = nianbao("check", source, "没有.xlsx")

    assert (code, err) == (3, "")
    assert out == (
        "年报.json：没有问题\n错误 没有.xlsx：没有这个文件或文件夹。请核对路径。\n没有.xlsx：1 个错误\n"
        "共 2 份：没有错误和警告 1 份，读不出 1 份。\n"
    )


def test_check_json_is_one_document(nianbao: Any, source: Path) -> None:
    code, out, err = nianbao("check", source, "没有.xlsx", "--json")

    assert (code, err) == (3, "")
    assert json.loads(out) == {
        "problems": [
            {
                "code": "file-access",
                "severity": "error",
                "file": "没有.xlsx",
                "places": [{"part": "", "cell": "", "row": "", "column": ""}],
                "what": "没有这个文件或文件夹",
                "mend": "请核对路径",
                "id": "b417635e310b0d6e",
            }
        ],
        "settled": [],
    }


def test_template_build_writes_the_template_and_check_finds_it_sound(
    nianbao: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert nianbao("template", "build", "2019", "-o", "我的.docx") == (0, "我的.docx\n", "")
    assert nianbao("template", "check", "我的.docx") == (0, "我的.docx：按 2019 版检查，没有问题\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "2025.xlsx", "--format", "html"), "html 的文件名应以 .html、.htm 结尾"),
        (("check", "2025.xlsx", "--format", "sarif"), "sarif 的文件名应以 .sarif、.json 结尾"),
        (("export", "2025.xlsx"), "交换文件的文件名应以 .json 结尾"),
        (("self-test",), "自检结果的文件名应以 .html 结尾"),
        (("archive", "export"), "压缩包的文件名应以 .zip 结尾"),
        (("template", "build"), "模板的文件名应以 .docx 结尾"),
    ],
)
def test_what_is_made_is_not_put_under_the_name_of_another_kind_of_file(
    nianbao: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2025.xlsx").write_bytes(b"mine")

    ran = nianbao(*words, "-o", "2025.xlsx", "--force")

    assert ran == (2, "", f"{said}，现为 2025.xlsx。用法见 nianbao --help\n")
    assert (tmp_path / "2025.xlsx").read_bytes() == b"mine"


def test_template_check_tells_what_stays_behind_and_is_content(nianbao: Any, tmp_path: Path) -> None:
    link = '<w:p><w:hyperlink r:id="rId7"><w:r><w:t>台账</w:t></w:r></w:hyperlink></w:p>'
    relations = {
        "word/_rels/document.xml.rels": [("rId7", "hyperlink", "file:///D:/台账.xlsx")],
        "_rels/.rels": [("rId8", "custom-properties", "docProps/custom.xml")],
    }
    path = tmp_path / "模板.docx"
    path.write_bytes(Foreign(link, parts={"docProps/custom.xml": "<a/>"}, relations=relations).template())

    assert nianbao("template", "check", path) == (
        0,
        "警告 模板.docx › 正文 › 第 1 段：链接“file:///D:/台账.xlsx”只在本机或内网打得开，"
        "报告里只留下文字。要留的请改为公开的网址。\n"
        "提示 模板.docx：自定义属性不带入报告。不必改动模板。\n"
        "模板.docx：按 2021 版检查，1 个警告、1 个提示\n",
        "",
    )


def test_template_check_of_another_edition_lists_every_difference(nianbao: Any) -> None:
    path = ROOT / "templates" / "2019.docx"

    code, out, _ = nianbao("template", "check", path, "--edition", "2021")

    assert code == 1
    assert "这一格应是“行政规范性文件”，现为“规范性文件”" in out


def test_template_check_json_holds_what_cannot_be_read_too(nianbao: Any, source: Path) -> None:
    code, out, err = nianbao("template", "check", source, "--json")

    assert (code, err) == (3, "")
    assert [problem["code"] for problem in json.loads(out)["problems"]] == ["wrong-file"]


def test_template_fields_lists_every_tag_with_its_meaning(nianbao: Any) -> None:
    _, out, _ = nianbao("template", "fields", "2021")
    _, as_json, _ = nianbao("template", "fields", "2021", "--json")
    listed = dict(line.split("\t") for line in out.splitlines())

    assert listed == json.loads(as_json)
    assert listed["requests.received.natural_person"] == "一、本年新收政府信息公开申请数量 / 自然人"


def test_export_gives_what_new_took(nianbao: Any, source: Path, tmp_path: Path) -> None:
    book, first, again = tmp_path / "年报.xlsx", tmp_path / "先.json", tmp_path / "后.json"

    assert nianbao("export", source, "-o", first)[0] == 0
    assert nianbao("new", book, "--from", first)[0] == 0
    assert nianbao("export", book, "-o", again)[0] == 0
    assert again.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_texts_and_names_come_back_from_export_as_the_clerk_entered_them(
    nianbao: Any, tmp_path: Path, sound: Sound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = ["（一）受理", "收到{本年新收.总计}件，由{机关名称}答复。", "另有｛花括号｝和 { 年度 }年。"]
    document = sound()
    document["sections"] |= {"引言": "联系电话：{联系电话}。", "五": "\n".join(lines)}
    document["contact"] = {"联系电话": "0591-12345678"}
    Path("原.json").write_text(json.dumps(document), encoding="utf-8")

    for words in (
        ("new", "先.xlsx", "--from", "原.json"),
        ("export", "先.xlsx", "-o", "中.json"),
        ("new", "后.xlsx", "--from", "中.json"),
        ("generate", "先.xlsx", "-o", "先"),
        ("generate", "后.xlsx", "-o", "后"),
    ):
        assert nianbao(*words)[0] == 0

    between = json.loads(Path("中.json").read_text(encoding="utf-8"))
    assert between["written"] == {word: document["sections"][word] for word in ("引言", "五")}
    assert between["sections"]["引言"] == "联系电话：0591-12345678。"
    assert Path("后.xlsx").read_bytes() == Path("先.xlsx").read_bytes()
    [first], [again] = (list(Path(one).rglob("*.docx")) for one in ("先", "后"))
    assert again.read_bytes() == first.read_bytes()
    total = document["table3"]["一、本年新收政府信息公开申请数量"][6]
    printed = [one.text for one in docx.Document(str(again)).paragraphs]
    assert f"收到{total}件，由某某市示例局答复。" in printed
    assert "另有｛花括号｝和 2025年。" in printed


def test_a_new_workbook_does_not_overwrite_another(nianbao: Any, tmp_path: Path) -> None:
    book = tmp_path / "年报.xlsx"
    book.write_bytes(b"mine")

    code, out, err = nianbao("new", book, "--year", "2025", "--organ", "甲局")

    assert (code, out) == (1, "")
    assert err == f"错误 {book}：已有内容不同的同名文件，没有覆盖。请核对；确要覆盖的加 --force。\n"
    assert book.read_bytes() == b"mine"

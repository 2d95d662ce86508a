"""Many reports in one run: each whole or not there, whatever becomes of one of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.app.generate.batch_samples import Count, Sound, document, fill, made, organ, report, save
from tests.paths import TEMPLATES
from tests.runner import PROGRAM, Run

COUNTED = ("made", "unchanged", "refused", "failed")


def counted(found: dict[str, Any]) -> tuple[int, ...]:
    return tuple(found["count"][one] for one in COUNTED)


# ---------------------------------------------------------------- bad ones among good ones


def broken_sum(path: Path, content: dict[str, Any]) -> str:
    content["table4"]["行政复议"][-1] += 1
    save(path, content)
    return "dispute-total"


def text_for_a_figure(path: Path, content: dict[str, Any]) -> str:
    content["table4"]["行政复议"][0] = "约三件"
    save(path, content)
    return "not-a-number"


def section_left_out(path: Path, content: dict[str, Any]) -> str:
    content["sections"]["五"] = ""
    save(path, content)
    return "section-missing"


def date_too_early(path: Path, content: dict[str, Any]) -> str:
    save(path, content | {"date_line": "2025年1月20日"})
    return "date-too-early"


def no_organ(path: Path, content: dict[str, Any]) -> str:
    save(path, content)
    text = path.read_text(encoding="utf-8")
    path.write_text(json.dumps({**json.loads(text), "organ": ""}), encoding="utf-8")
    return "organ-missing"


def name_in_braces(path: Path, content: dict[str, Any]) -> str:
    content["sections"]["五"] += "{没有这个名称}"
    save(path, content)
    return "unknown-name"


def cut_off(path: Path, content: dict[str, Any]) -> str:
    path.write_bytes(save(path.with_suffix(".xlsx"), content).read_bytes()[:9000])
    path.with_suffix(".xlsx").unlink(missing_ok=True)
    path.rename(path.with_suffix(".xlsx"))
    return "damaged"


def old_binary(path: Path, content: dict[str, Any]) -> str:
    path.with_suffix(".xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return "protected"


def no_json(path: Path, content: dict[str, Any]) -> str:
    path.write_text('{"organ": "甲局", ', encoding="utf-8")
    return "unreadable"


def unfolds_without_end(path: Path, content: dict[str, Any]) -> str:
    with zipfile.ZipFile(path.with_suffix(".xlsx"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(300 * 1024 * 1024))
    return "too-large"


FAULTS = [
    broken_sum,
    text_for_a_figure,
    section_left_out,
    date_too_early,
    no_organ,
    name_in_braces,
    cut_off,
    old_binary,
    no_json,
    unfolds_without_end,
]


def test_of_three_hundred_with_twenty_faulty_ones_all_others_are_made_and_those_are_named(
    nianbao: Run, count: Count, sound: Sound, tmp_path: Path
) -> None:
    folder = tmp_path / "各单位"
    fill(folder, sound, 300)
    wanted = {}
    for at in range(20):
        path = folder / f"{at * 15:03d}.json"
        path.unlink()
        wanted[path.stem] = FAULTS[at % 10](path, document(sound, at * 15))

    code, out, err = nianbao("generate", "各单位", "--jobs", "2")

    assert code == 1
    good = [number for number in range(300) if number % 15]
    assert out.splitlines() == [f"output/{report(number, 'docx')[0]}" for number in good]
    assert list(made(tmp_path / "output")) == sorted(report(number, "docx")[0] for number in good)
    total, _, *left = err[err.index("共 300 份：") :].splitlines()
    assert total.startswith("共 300 份：生成 280 份，有错误未生成 12 份，读写失败 8 份，用时 ")
    assert [Path(line.strip().partition("：")[0]).stem for line in left] == list(wanted)

    code, found = count("generate", "各单位", "--jobs", "2")
    assert (code, counted(found)) == (1, (0, 280, 12, 8))
    for stem, fault in wanted.items():
        assert fault in {one["code"] for one in found["problems"] if Path(one["file"]).stem == stem}, stem


def test_workers_make_the_same_bytes_as_one_process_and_in_the_same_order(
    nianbao: Run, sound: Sound, tmp_path: Path
) -> None:
    folder = tmp_path / "各单位"
    fill(folder, sound, 4)
    save(folder / "900.xlsx", document(sound, 900))
    broken_sum(folder / "901.json", document(sound, 901))
    said = [
        nianbao("generate", "各单位", "--pdf", "--html", "--attach", "-o", f"成果{jobs}", "--jobs", jobs)
        for jobs in ("1", "2")
    ]

    told = [(code, out.replace("成果2", "成果1"), err.partition("共 6 份")[0]) for code, out, err in said]
    assert told[0] == told[1]
    assert made(tmp_path / "成果1") == made(tmp_path / "成果2")
    assert len(made(tmp_path / "成果1")) == 15


def test_folders_stand_for_what_is_below_them(nianbao: Run, sound: Sound, tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    fill(folder / "甲区", sound, 1)
    save(folder / "001.XLSX".replace("XLSX", "xlsx"), document(sound, 1))
    for name in ("~$001.xlsx", ".002.json", "说明.txt", "旧表.xlsb"):
        (folder / name).write_bytes(b"x")
    (folder / ".隐藏").mkdir()
    shutil.copy(folder / "甲区" / "000.json", folder / ".隐藏")
    (folder / "甲区" / "又是").symlink_to(folder)
    alone = save(tmp_path / "单独.json", document(sound, 2))

    code, out, _ = nianbao("generate", "各单位", alone, "各单位/001.xlsx", "-o", "各单位/成果")
    again = nianbao("generate", "各单位", alone, "-o", "各单位/成果")

    assert code == 0
    assert out.splitlines() == [f"各单位/成果/{report(number, 'docx')[0]}" for number in (1, 0, 2)]
    assert again[:2] == (0, out)


def test_a_folder_without_any_report_is_wrong_usage(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()

    assert nianbao("generate", "空") == (
        2,
        "",
        "文件夹中没有可以读的文件（.xlsx、.xlsm、.xltx、.xltm、.xls、.et、.ods、.json、.docx、.html、.htm、.mhtml、.mht、.pdf、.doc、.wps、.rtf、.odt、.xml）。"
        "用法见 nianbao --help\n",
    )


def test_files_of_one_name_are_called_by_their_folders(nianbao: Run, sound: Sound, tmp_path: Path) -> None:
    for number, name in enumerate(("甲", "乙")):
        (tmp_path / name).mkdir()
        broken_sum(tmp_path / name / "年报.json", document(sound, number))

    _, _, err = nianbao("generate", "甲", "乙")

    assert [line.partition(" › ")[0] for line in err.splitlines() if line.startswith("错误")] == [
        "错误 甲/年报.json",
        "错误 乙/年报.json",
    ]


# ---------------------------------------------------------------- again, and only what changed


def stamps(output: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in output.rglob("*.docx")}


def test_what_has_not_changed_is_not_made_again(count: Count, sound: Sound, tmp_path: Path) -> None:
    sources = fill(tmp_path / "各单位", sound, 5)
    assert counted(count("generate", "各单位")[1]) == (5, 0, 0, 0)
    before = stamps(tmp_path / "output")
    save(sources[2], document(sound, 2, date_line="2026年1月21日"))

    code, found = count("generate", "各单位")

    assert (code, counted(found)) == (0, (1, 4, 0, 0))
    assert [one["state"] for one in found["made"]] == ["unchanged"] * 2 + ["made"] + ["unchanged"] * 2
    after = stamps(tmp_path / "output")
    assert [Path(path).parts[-2] for path in after if after[path] != before[path]] == [organ(2)]


@pytest.mark.parametrize(
    "words", [["--draft"], ["--html"], ["--pdf"], ["--template", "模板.docx"]], ids=lambda words: words[0]
)
def test_another_order_makes_all_anew_and_then_nothing(
    count: Count, sound: Sound, tmp_path: Path, words: list[str]
) -> None:
    import docx

    ours = docx.Document(str(TEMPLATES / "2021.docx"))
    ours.sections[0].header.paragraphs[0].text = "{{ organ }}文件"
    ours.save(str(tmp_path / "模板.docx"))
    fill(tmp_path / "各单位", sound, 2)
    count("generate", "各单位")

    assert counted(count("generate", "各单位", *words)[1]) == (2, 0, 0, 0)
    assert counted(count("generate", "各单位", *words)[1]) == (0, 2, 0, 0)


def test_what_somebody_has_taken_away_is_made_again(count: Count, sound: Sound, tmp_path: Path) -> None:
    fill(tmp_path / "各单位", sound, 2)
    count("generate", "各单位", "--html")
    before = made(tmp_path / "output")
    (tmp_path / "output" / report(1, "html")[0]).unlink()

    assert counted(count("generate", "各单位", "--html")[1]) == (1, 1, 0, 0)
    assert made(tmp_path / "output") == before


def test_what_somebody_has_worked_on_is_not_overwritten(count: Count, sound: Sound, tmp_path: Path) -> None:
    sources = fill(tmp_path / "各单位", sound, 2)
    count("generate", "各单位")
    edited = tmp_path / "output" / report(0, "docx")[0]
    edited.write_bytes(b"edited by hand")
    for number, source in enumerate(sources):
        save(source, document(sound, number, date_line="2026年1月21日"))

    code, found = count("generate", "各单位")

    assert (code, counted(found)) == (1, (1, 0, 1, 0))
    assert [one["code"] for one in found["problems"]] == ["exists"]
    assert edited.read_bytes() == b"edited by hand"


def test_what_another_file_has_made_is_not_overwritten(count: Count, sound: Sound, tmp_path: Path) -> None:
    [source] = fill(tmp_path / "各单位", sound, 1)
    count("generate", source)
    other = save(tmp_path / "另一份.json", document(sound, 0, date_line="2026年1月21日"))

    assert [one["code"] for one in count("generate", other)[1]["problems"]] == ["exists"]


def test_everything_may_be_moved_together(count: Count, sound: Sound, tmp_path: Path) -> None:
    fill(tmp_path / "甲" / "各单位", sound, 2)
    count("generate", "甲/各单位", "-o", "甲/成果")
    (tmp_path / "甲").rename(tmp_path / "乙")
    source = tmp_path / "乙" / "各单位" / "000.json"
    save(source, document(sound, 0, date_line="2026年1月21日"))

    assert counted(count("generate", "乙/各单位", "-o", "乙/成果")[1]) == (1, 1, 0, 0)


def test_what_was_said_of_a_report_is_said_again_when_it_has_not_changed(
    nianbao: Run, sound: Sound, tmp_path: Path
) -> None:
    content = document(sound, 0)
    content["table4"]["行政复议"][0] = f"{content['table4']['行政复议'][0]}件"
    save(tmp_path / "甲.json", content)

    first, second = (nianbao("generate", "甲.json") for _ in range(2))

    assert "写作“" in first[2]
    assert second == first


def test_files_left_from_before_are_named_and_left_alone(nianbao: Run, sound: Sound, tmp_path: Path) -> None:
    [source] = fill(tmp_path, sound, 1)
    nianbao("generate", source, "--html")
    old = tmp_path / "output" / report(0, "html")[0]
    save(source, document(sound, 0, date_line="2026年1月21日"))
    _, _, err = nianbao("generate", source)
    broken_sum(source, document(sound, 0))
    code, _, refused = nianbao("generate", source)

    said = "上次从同一填报文件生成的还在，这份报告{}。不再需要的请删去，不要误用。\n"
    assert err == f"提示 output/{report(0, 'html')[0]}：" + said.format("现在的文件名或种类不同")
    assert code == 1
    assert f"提示 output/{report(0, 'docx')[0]}：" + said.format("这次没有生成") in refused
    assert old.exists()


def test_a_draft_and_the_report_do_not_call_one_another_left_over(
    nianbao: Run, sound: Sound, tmp_path: Path
) -> None:
    [source] = fill(tmp_path, sound, 1)

    assert [nianbao("generate", source, *words)[2] for words in (["--draft"], [], ["--draft"])] == [""] * 3


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_record_costs_time_and_no_report(
    count: Count, sound: Sound, tmp_path: Path, damage: bytes
) -> None:
    fill(tmp_path / "各单位", sound, 2)
    count("generate", "各单位")
    before = made(tmp_path / "output")
    record = tmp_path / "output" / "生成记录.sqlite3"
    record.write_bytes(damage)

    code, found = count("generate", "各单位")

    assert (code, counted(found)) == (0, (2, 0, 0, 0))
    assert [(one["code"], one["severity"]) for one in found["problems"]] == [("record", "notice")] * bool(
        damage
    )
    (tmp_path / "output" / "生成记录（损坏）.sqlite3").unlink(missing_ok=True)
    assert made(tmp_path / "output") == before
    assert counted(count("generate", "各单位")[1])[1] == 2


SPOILT = [
    ("files = ?", "{"),
    ("files = ?", "null"),
    ("files = ?", '{"2025": 7}'),
    ("files = ?", b"\xff\xfe\x00"),
    ("files = ?", None),
    ("problems = ?", "[[]]"),
    ("problems = ?", '[["a", "grave", "", "", [], []]]'),
    ("problems = ?", '[["a", "error", 5, "", [], []]]'),
    ("problems = ?", '[["a", "error", "", "", [[1]], []]]'),
    ("problems = ?", "[" * 100_000),
    ("problems = CAST(? AS TEXT)", b"\xff\xfe"),
]


@pytest.mark.parametrize(("change", "value"), SPOILT, ids=[str(value)[:20] for _, value in SPOILT])
def test_a_spoilt_line_of_the_record_is_told_and_its_report_made_anew(
    count: Count, sound: Sound, tmp_path: Path, change: str, value: object
) -> None:
    fill(tmp_path / "各单位", sound, 2)
    count("generate", "各单位")
    before = made(tmp_path / "output")
    record = tmp_path / "output" / "生成记录.sqlite3"
    with closing(sqlite3.connect(record)) as connection, connection:
        connection.execute(f"update made set {change} where number = 1", (value,))

    code, found = count("generate", "各单位")

    assert (code, counted(found)) == (0, (1, 1, 0, 0))
    assert [one["what"] for one in found["problems"]] == [
        "生成记录里有读不懂的一行，已略去；记在那一行的报告这次重新生成"
    ]
    assert made(tmp_path / "output") == before
    assert (counted(found := count("generate", "各单位")[1]), found["problems"]) == ((0, 2, 0, 0), [])


def test_a_record_with_other_columns_is_put_aside(count: Count, sound: Sound, tmp_path: Path) -> None:
    fill(tmp_path / "各单位", sound, 2)
    count("generate", "各单位")
    with closing(sqlite3.connect(tmp_path / "output" / "生成记录.sqlite3")) as connection, connection:
        connection.execute("alter table made rename column problems to said")

    code, found = count("generate", "各单位")

    assert (code, counted(found)) == (0, (2, 0, 0, 0))
    assert [one["what"] for one in found["problems"]] == [
        "生成记录已损坏，改名为“生成记录（损坏）.sqlite3”，另建新的；没有改动的报告这次也重新生成"
    ]
    assert counted(count("generate", "各单位")[1]) == (0, 2, 0, 0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="a folder in the record's place")
def test_a_record_that_cannot_be_opened_costs_time_and_no_report(
    count: Count, sound: Sound, tmp_path: Path
) -> None:
    fill(tmp_path / "各单位", sound, 2)
    (tmp_path / "output" / "生成记录.sqlite3").mkdir(parents=True)

    for _ in range(2):
        code, found = count("generate", "各单位")
        assert (code, counted(found)) == (0, (2, 0, 0, 0))
        assert [one["code"] for one in found["problems"]] == ["record"]


def test_two_runs_at_once_make_everything_and_nothing_else(
    process: Run, count: Count, sound: Sound, tmp_path: Path
) -> None:
    import threading

    fill(tmp_path / "各单位", sound, 60)
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(process("generate", "各单位", "--jobs", "2")[0]))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == [0, 0]
    assert list(made(tmp_path / "output")) == sorted(report(number, "docx")[0] for number in range(60))
    assert counted(count("generate", "各单位")[1]) == (0, 60, 0, 0)


@pytest.mark.skipif(not Path("/dev/ptmx").exists(), reason="needs a terminal")
def test_the_bar_is_on_the_terminal_and_the_paths_go_where_they_are_sent(
    sound: Sound, tmp_path: Path
) -> None:
    import pty

    fill(tmp_path / "各单位", sound, 5)
    ours, theirs = pty.openpty()
    with (tmp_path / "清单.txt").open("wb") as out:
        process = subprocess.Popen(
            [PROGRAM, "generate", "各单位"], cwd=tmp_path, stdin=theirs, stdout=out, stderr=theirs
        )
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 4096):
            seen += piece
    except OSError:  # the terminal's other end is closed
        pass
    os.close(ours)

    assert process.wait() == 0
    wanted = [f"output/{report(number, 'docx')[0]}" for number in range(5)]
    assert (tmp_path / "清单.txt").read_text(encoding="utf-8").splitlines() == wanted
    assert re.search(r"生成.*5/5.*份/秒.*剩余", seen.decode())
    assert "共 5 份：生成 5 份" in seen.decode()
    assert ".docx" not in seen.decode()

"""`nianbao archive …` and `generate --archive` as people see them."""

from __future__ import annotations

import json
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from tests.reports import sound

ORGAN = "某某市财政局"
TITLE = f"{ORGAN}2025年政府信息公开工作年度报告"
FIRST, SECOND = (f"output/archive/{ORGAN}/2025/r{number}" for number in (1, 2))
WRONG = "请从备份恢复；查明之前不要再用这份归档。"
CORRECT = "确要更正的，请用 --reason 写明理由，另存为新的一版。"
ASKED = ["仿宋_GB2312", "宋体", "方正小标宋简体", "楷体_GB2312", "黑体"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nianbao(nianbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in a folder of its own, on one day; without the warning of fonts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769126400")  # 2026-01-23

    def told(*words: str | Path) -> tuple[int, str, str]:
        code, out, err = nianbao(*words)
        return code, out, "".join(line for line in err.splitlines(keepends=True) if "替代字体" not in line)

    return told


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write(tmp_path / "2025.json")


def write(path: Path, changes: dict[str, str] | None = None, **more: Any) -> Path:
    """A sound report as exchange JSON, with other texts in some sections."""
    document = sound(more.get("year", 2025)) | more
    document["issued_by"] = document["organ"]
    document["sections"] |= changes or {}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def manifest(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "清单.json").read_text(encoding="utf-8"))
    return document


def test_a_report_is_kept_with_all_that_was_made_of_it(nianbao: Run, report: Path, tmp_path: Path) -> None:
    code, out, err = nianbao("archive", "add", report.name)

    lines = out.splitlines()
    assert (code, err, lines[0]) == (0, "", f"{FIRST}：已归档")
    assert lines[1].startswith("总账核对码：")
    assert len(lines) == 2
    kinds = {name: one["kind"] for name, one in manifest(tmp_path / FIRST)["files"].items()}
    assert kinds == {
        "2025.json": "source",
        "报告数据.json": "report",
        f"{TITLE}.docx": "docx",
        f"{TITLE}.html": "html",
        f"{TITLE}.pdf": "pdf",
    }
    assert (tmp_path / FIRST / "2025.json").read_bytes() == report.read_bytes()
    by = manifest(tmp_path / FIRST)["by"]
    assert sorted(by) == ["fonts", "given", "program", "template"]
    assert [one["asked"] for one in by["fonts"]] == ASKED
    assert all(one["found"] for one in by["fonts"])


def test_the_same_again_is_no_revision_and_another_text_wants_a_reason(
    nianbao: Run, report: Path, tmp_path: Path
) -> None:
    nianbao("archive", "add", report.name)
    same = nianbao("archive", "add", report.name)
    write(report, {"六": "全年没有收取信息处理费。"})
    refused = nianbao("archive", "add", report.name)
    corrected = nianbao("archive", "add", report.name, "--reason", "复核更正")

    assert (same[0], same[1].splitlines()[0]) == (0, f"{FIRST}：已归档过，内容没有变")
    told = f"{ORGAN} 2025 年已于 2026-01-23 归档为第 1 版，内容与这次不同"
    assert refused == (1, "", f"错误 {FIRST}：{told}。{CORRECT}\n")
    assert (corrected[0], corrected[1].splitlines()[0]) == (0, f"{SECOND}：已归档")
    assert manifest(tmp_path / SECOND)["reason"] == "复核更正"


def test_one_bad_file_of_a_folder_stops_no_other(nianbao: Run, tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    folder.mkdir()
    write(folder / "甲.json", organ="甲局")
    write(folder / "乙.json", {"五": ""}, organ="乙局")
    (folder / "丙.json").write_text("{", encoding="utf-8")

    code, out, err = nianbao("archive", "add", "各单位", "--json")

    found = json.loads(out)
    assert (code, err) == (1, "")
    assert [one["folder"] for one in found["added"]] == ["output/archive/甲局/2025/r1"]
    assert [one["unchanged"] for one in found["added"]] == [False]
    told = [(one["code"], one["file"]) for one in found["problems"] if one["severity"] == "error"]
    assert told == [("unreadable", "各单位/丙.json"), ("section-missing", "各单位/乙.json")]


def test_what_was_really_published_is_kept_in_place_of_what_was_made(
    nianbao: Run, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "盖章.pdf").write_bytes(b"%PDF-1.4 sealed")
    nianbao("archive", "add", report.name, "--pdf", "盖章.pdf")
    again = nianbao("archive", "add", report.name, "--pdf", "盖章.pdf")
    (tmp_path / "盖章.pdf").write_bytes(b"%PDF-1.4 sealed anew")
    other = nianbao("archive", "add", report.name, "--pdf", "盖章.pdf")

    assert (tmp_path / FIRST / f"{TITLE}.pdf").read_bytes() == b"%PDF-1.4 sealed"
    assert manifest(tmp_path / FIRST)["by"]["given"] == [f"{TITLE}.pdf"]
    assert "已归档过" in again[1]
    assert (other[0], "year-closed" in other[2] or "归档为第 1 版" in other[2]) == (1, True)


@pytest.mark.parametrize("content", [b"", "会议纪要".encode(), b"PK\x03\x04", b"<html>%PD</html>"])
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_is_only_called_a_pdf_is_not_kept_as_the_published_one(
    nianbao: Run, report: Path, tmp_path: Path, kind: str, content: bytes
) -> None:
    (tmp_path / f"公布.{kind}").write_bytes(content)

    code, out, err = nianbao("archive", "add", report.name, f"--{kind}", f"公布.{kind}")

    assert (code, out) == (1, "")
    assert f"错误 公布.{kind}：" in err
    assert not (tmp_path / FIRST).exists()


@pytest.mark.parametrize("name", ["清单.json", "报告数据.json", f"{TITLE}.json", "-.JSON"])
def test_a_file_called_like_one_of_the_archive_s_own_is_kept_beside_it(
    nianbao: Run, report: Path, tmp_path: Path, name: str
) -> None:
    report.rename(tmp_path / name)
    first = nianbao("archive", "add", "--", name)
    write(tmp_path / name, {"六": "全年没有收取信息处理费。"})
    second = nianbao("archive", "add", "--reason", "更正", "--", name)

    assert (first[0], second[0]) == (0, 0)
    kinds = {file: one["kind"] for file, one in manifest(tmp_path / SECOND)["files"].items()}
    [source] = [file for file, kind in kinds.items() if kind == "source"]
    assert source == (f"原件-{name}" if name in ("清单.json", "报告数据.json") else name)
    assert (tmp_path / SECOND / source).read_bytes() == (tmp_path / name).read_bytes()
    assert nianbao("archive", "verify")[0] == 0


def test_no_folder_of_this_machine_is_told_in_a_manifest(nianbao: Run, tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    folder.mkdir()
    for organ in ("甲局", "乙局"):
        more = sound()["sections"]["一"] + "全年收到政府信息公开申请140件。"
        write(folder / f"{organ}.json", {"一": more}, organ=organ)

    code, _, err = nianbao("archive", "add", folder, "--root", tmp_path / "归档")

    assert (code, str(folder) in err) == (0, True)
    for organ in ("甲局", "乙局"):
        found = manifest(tmp_path / "归档" / organ / "2025" / "r1")
        assert "prose-number" in [finding["code"] for finding in found["findings"]]
        assert {finding["file"] for finding in found["findings"]} <= {f"{organ}.json", ""}
        assert str(tmp_path) not in json.dumps(found, ensure_ascii=False)


@pytest.fixture
def published(nianbao: Run, report: Path, tmp_path: Path) -> Path:
    """The Word document and, beside it, the PDF that were generated, where they lie published."""
    nianbao("generate", report.name, "--pdf", "-o", "made")
    (tmp_path / "发布").mkdir()
    for kind in ("docx", "pdf"):
        [made] = (tmp_path / "made").rglob(f"*.{kind}")
        made.rename(tmp_path / "发布" / f"年报.{kind}")
    return tmp_path / "发布" / "年报.docx"


def change(path: Path, before: str, after: str) -> None:
    """Put words in place of others, as somebody does in Word."""
    document = docx.Document(str(path))
    [found] = [one for one in document.paragraphs if before in one.text]
    found.runs[0].text = found.text.replace(before, after)
    for other in found.runs[1:]:
        other.text = ""
    document.save(str(path))


def test_workbook_word_and_pdf_that_agree_are_kept_without_a_word(
    nianbao: Run, report: Path, published: Path, tmp_path: Path
) -> None:
    pdf = published.with_suffix(".pdf")
    code, out, err = nianbao("archive", "add", report.name, "--docx", published, "--pdf", pdf)

    assert (code, out.splitlines()[0], err) == (0, f"{FIRST}：已归档", "")
    kinds = sorted(Path(name).suffix for name in manifest(tmp_path / FIRST)["files"])
    assert kinds == [".docx", ".html", ".json", ".json", ".pdf"]
    for kind in ("docx", "pdf"):
        kept = (tmp_path / FIRST / f"{TITLE}.{kind}").read_bytes()
        assert kept == published.with_suffix(f".{kind}").read_bytes()


def test_where_word_was_edited_all_is_kept_with_what_differs_and_no_page_of_the_older_text(
    nianbao: Run, report: Path, published: Path, tmp_path: Path
) -> None:
    change(published, "网站栏目按时更新", "网站栏目每周更新")
    pdf = published.with_suffix(".pdf")

    code, out, err = nianbao("archive", "add", report.name, "--docx", published, "--pdf", pdf)

    compare = "请核对以哪一个为准，把另一个改成一样。"
    old, new = "网站栏目按时更新。", "网站栏目每周更新。"
    assert (code, out.splitlines()[0]) == (0, f"{FIRST}：已归档")
    assert [line.partition("：")[2] for line in err.splitlines()] == [
        f"“一、总体情况”的文字不同：2025.json 是“{old}”，年报.docx 是“{new}”。{compare}",
        f"“一、总体情况”的文字不同：年报.docx 是“{new}”，年报.pdf 是“{old}”。{compare}",
    ]
    kept = manifest(tmp_path / FIRST)
    assert sorted(Path(name).suffix for name in kept["files"]) == [".docx", ".json", ".json", ".pdf"]
    assert [one["code"] for one in kept["findings"]] == ["text-differs", "text-differs"]
    assert sorted(kept["by"]) == ["fonts", "given", "program"]  # it is no longer what the template made


def test_without_a_pdf_that_of_the_word_document_given_is_made(
    nianbao: Run, report: Path, published: Path, tmp_path: Path
) -> None:
    change(published, "网站栏目按时更新", "网站栏目每周更新")
    nianbao("pdf", published, "-o", "印出.pdf")

    assert nianbao("archive", "add", report.name, "--docx", published)[0] == 0
    assert (tmp_path / FIRST / f"{TITLE}.pdf").read_bytes() == (tmp_path / "印出.pdf").read_bytes()


def test_a_scan_is_kept_and_said_not_to_be_compared(nianbao: Run, report: Path, tmp_path: Path) -> None:
    with pikepdf.new() as scan:
        scan.add_blank_page()
        scan.save(tmp_path / "盖章.pdf")

    code, out, err = nianbao("archive", "add", report.name, "--pdf", "盖章.pdf")

    assert (code, out.splitlines()[0]) == (0, f"{FIRST}：已归档")
    assert err == "提示 盖章.pdf：没有与 2025.json 核对：文件里没有文字。请对照原件看一遍。\n"
    assert f"{TITLE}.html" in manifest(tmp_path / FIRST)["files"]


def test_the_files_of_another_year_are_refused(
    nianbao: Run, report: Path, published: Path, tmp_path: Path
) -> None:
    write(report, year=2024)

    code, out, err = nianbao("archive", "add", report.name, "--docx", published)

    assert (code, out) == (1, "")
    assert "年度不同，没有比较：2025.json 是 2024，年报.docx 是 2025。请给出同一份报告的文件。" in err
    assert not (tmp_path / "output" / "archive").exists()


def test_a_published_report_is_kept_as_it_is(nianbao: Run, report: Path, tmp_path: Path) -> None:
    nianbao("generate", report.name, "-o", "made")
    [published] = (tmp_path / "made").rglob("*.docx")

    code, out, _ = nianbao("archive", "add", published)

    assert (code, out.splitlines()[0]) == (0, f"{FIRST}：已归档")
    files = manifest(tmp_path / FIRST)["files"]
    assert {name: one["kind"] for name, one in files.items()} == {
        published.name: "source",
        "报告数据.json": "report",
    }
    assert (tmp_path / FIRST / published.name).read_bytes() == published.read_bytes()
    assert sorted(manifest(tmp_path / FIRST)["by"]) == ["given", "program"]  # nobody knows its template
    assert "模板" not in nianbao("archive", "show", ORGAN, "2025")[1]


def test_the_list_tells_the_newest_and_all_on_request(nianbao: Run, report: Path, tmp_path: Path) -> None:
    nianbao("archive", "add", report.name)
    write(report, {"六": "全年没有收取信息处理费。"})
    nianbao("archive", "add", report.name, "--reason", "复核更正")
    write(tmp_path / "2024.json", year=2024)
    nianbao("archive", "add", "2024.json")

    newest = [f"{ORGAN}　2024 年　第 1 版　2026-01-23", f"{ORGAN}　2025 年　第 2 版　2026-01-23　复核更正"]
    code, out, err = nianbao("archive", "list")
    assert (code, out.splitlines()) == (0, newest)
    assert err.startswith("共 2 份。总账核对码：")
    assert nianbao("archive", "list", "--all")[1].splitlines() == [
        newest[0],
        f"{ORGAN}　2025 年　第 1 版　2026-01-23",
        newest[1],
    ]
    assert nianbao("archive", "list", "--year", "2025-2026")[1].splitlines() == newest[1:]
    assert nianbao("archive", "list", "--where", "本年新收.总计>100000")[1] == ""
    assert nianbao("archive", "list", "--text", "没有收取", "--year", "2025")[1].splitlines() == [
        newest[1],
        "    全年没有收取信息处理费。",
    ]
    found = json.loads(nianbao("archive", "list", "--json", "--year", "2025")[1])
    assert [(one["folder"], one["revision"]) for one in found["found"]] == [(f"{ORGAN}/2025/r2", 2)]


def test_a_revision_is_shown_with_its_history(nianbao: Run, report: Path, tmp_path: Path) -> None:
    nianbao("archive", "add", report.name)
    write(report, {"六": "全年没有收取信息处理费。"})
    nianbao("archive", "add", report.name, "--reason", "复核更正")

    code, out, _ = nianbao("archive", "show", ORGAN, "2025", "--revision", "1")

    lines = out.splitlines()
    assert (code, lines[:6]) == (
        0,
        [
            TITLE,
            f"位置：{FIRST}",
            "格式：2021 版，国办公开办函〔2021〕30号",
            "第 1 版：2026-01-23 00:00　首次归档",
            "第 2 版：2026-01-23 00:00　复核更正",
            "第 1 版的文件：",
        ],
    )
    assert sum("SHA-256" in line for line in lines) == 6
    shown = json.loads(nianbao("archive", "show", ORGAN, "2025", "--json")[1])
    assert (shown["folder"], shown["manifest"]) == (SECOND, manifest(tmp_path / SECOND))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no zones in the environment")
def test_days_are_those_of_the_clock_on_the_wall(
    nianbao: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769875200")  # 31 January 16:00 UTC
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        nianbao("archive", "add", report.name)
        write(report, {"六": "全年没有收取信息处理费。"})
        refused = nianbao("archive", "add", report.name)
        listed = nianbao("archive", "list")
        shown = nianbao("archive", "show", ORGAN, "2025")
    time.tzset()

    assert f"{ORGAN} 2025 年已于 2026-02-01 归档为第 1 版" in refused[2]
    assert listed[1] == f"{ORGAN}　2025 年　第 1 版　2026-02-01\n"
    assert "第 1 版：2026-02-01 00:00　首次归档" in shown[1].splitlines()


def test_verifying_tells_what_is_wrong_and_by_its_exit_code(
    nianbao: Run, report: Path, tmp_path: Path
) -> None:
    nianbao("archive", "add", report.name)
    head = nianbao("archive", "verify")[1].splitlines()[-1].partition("：")[2]
    size = sum(path.stat().st_size for path in (tmp_path / FIRST).iterdir() if path.name != "清单.json")
    sound_one = nianbao("archive", "verify", "--head", head)
    unknown = nianbao("archive", "verify", "--head", "0" * 64)
    path = tmp_path / FIRST / "2025.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    changed = nianbao("archive", "verify")
    elsewhere = nianbao("archive", "verify", "别的局")

    assert sound_one == (0, f"核对 1 版、5 个文件、{size} 字节：完好\n总账核对码：{head}\n", "")
    assert (unknown[0], unknown[1].splitlines()[0]) == (
        1,
        "错误 output/archive/总账.jsonl：总账里没有核对码是 000000000000… 的那一行：记下它以后，"
        f"有版次被去掉或改动过。{WRONG}",
    )
    assert (changed[0], changed[1].splitlines()[:2]) == (
        1,
        [
            f"错误 {FIRST}/2025.json：文件被改动过，与清单的 SHA-256 不符。{WRONG}",
            f"核对 1 版、5 个文件、{size} 字节：有 1 个错误",
        ],
    )
    assert (elsewhere[0], elsewhere[1].splitlines()[0]) == (0, "核对 0 版、0 个文件、0 字节：完好")


def test_what_is_handed_over_proves_itself(nianbao: Run, report: Path, tmp_path: Path) -> None:
    nianbao("archive", "add", report.name)

    code, out, _ = nianbao("archive", "export", "-o", "移交.zip")
    top = out.splitlines()[1].partition("：")[2]

    assert (code, out) == (0, f"移交.zip：1 版\n移交清单 SHA-256：{top}\n")
    assert nianbao("archive", "verify", "移交.zip", "--head", top)[0] == 0
    assert nianbao("archive", "export", "-o", "移交.zip") == (
        1,
        "",
        "错误 移交.zip：已有同名文件，没有覆盖。请核对；确要覆盖的加 --force。\n",
    )
    with zipfile.ZipFile(tmp_path / "移交.zip", "a") as package:
        package.writestr("多余.txt", "x")
    found = nianbao("archive", "verify", "移交.zip")
    assert (found[0], found[1].splitlines()[0]) == (
        1,
        f"错误 移交.zip › 多余.txt：清单里没有这个文件。{WRONG}",
    )


def test_generating_and_keeping_in_one_go_closes_the_year(nianbao: Run, report: Path, tmp_path: Path) -> None:
    made = f"output/2025/{ORGAN}/{TITLE}"
    first = nianbao("generate", report.name, "--archive")
    word = tmp_path / f"{made}.docx"
    kept = word.read_bytes()
    write(report, {"六": "全年没有收取信息处理费。"})
    closed = nianbao("generate", report.name)
    held = word.read_bytes()
    draft = nianbao("generate", report.name, "--draft")
    corrected = nianbao("generate", report.name, "--archive", "--reason", "复核更正")

    assert (first[0], first[1].splitlines()) == (
        0,
        [f"{made}.docx", f"{made}.html", f"{made}.pdf", FIRST],
    )
    assert (tmp_path / FIRST / f"{TITLE}.docx").read_bytes() == kept
    told = f"{ORGAN} 2025 年已于 2026-01-23 归档为第 1 版，内容与这次不同，没有生成"
    mend = "确要更正的，请用 --archive --reason 写明理由；只是试作的，请加 --draft。"
    assert closed[0] == 1
    assert f"错误 {FIRST}：{told}。{mend}\n" in closed[2]
    assert held == kept
    assert (draft[0], draft[1]) == (0, f"{made}（草稿）.docx\n")
    assert (corrected[0], corrected[1].splitlines()[-1]) == (0, SECOND)
    assert (tmp_path / SECOND / f"{TITLE}.docx").read_bytes() == word.read_bytes() != kept
    assert nianbao("archive", "verify")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "2025.json", "甲.json", "--pdf", "a.pdf"), "--docx、--pdf 只能与一个文件一起用"),
        (("add", "2025.json", "--pdf", "a.doc"), "--docx 应给 .docx 文件，--pdf 应给 .pdf 文件"),
        (
            ("list",),
            "没有归档文件夹 {here}/output/archive；先用 nianbao archive add 归档，或用 --root 指明位置",
        ),
        (("verify", "a.zip", "b.zip"), "压缩包请一次核对一个"),
        (
            ("list", "--root", ".", "--year", "去年"),
            "--year 应是一年或几年，例如 2024 或 2020-2024，现为 去年",
        ),
        (
            ("list", "--root", ".", "--where", "很多"),
            "--where 读不懂“很多”；写法如：本年新收.总计>100 且 上年结转.总计=0",
        ),
        (
            ("show", "甲局", "2025", "--root", "."),
            "归档中没有 甲局 2025 年的报告；有哪些见 nianbao archive list",
        ),
        (("export", "--root", "."), "归档中没有符合的报告；有哪些见 nianbao archive list"),
    ],
)
def test_wrong_usage_of_the_archive_is_told(
    nianbao: Run, report: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    write(tmp_path / "甲.json", organ="甲局")

    code, out, err = nianbao("archive", *words)

    assert (code, out, err.partition("。用法见")[0].rstrip("\n")) == (
        2,
        "",
        said.replace("{here}", str(tmp_path)),
    )

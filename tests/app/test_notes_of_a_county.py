"""`check --roster --notes`: who is written to, and what for; with real files of a whole county."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from tests.app import here
from tests.paths import VALIDATOR
from tests.report.rollup.rollup_samples import COUNTY, names, organs, save
from tests.runner import Ran, nianbao

ORGANS = names(12)
LATE, WRONG, TWICE, DAMAGED, ABSENT, SCANNED, STRANGE = ORGANS[1:8]
SENDER = f"{COUNTY}办公室"
WHEN = ("--day", "2026-02-03", "--until", "2026年2月10日")


def roster(path: Path, organs: list[str], *, due: str = "2026-01-31", top: bool = True) -> Path:
    """A roster with the county itself at its head, as offices keep it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["机关名称", "上级", "截止日期"])
    if top:
        sheet.append([COUNTY, "", ""])
    for organ in organs:
        sheet.append([organ, COUNTY, due])
    book.save(path)
    return path


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve organs: one late, one with a wrong sum, one handed in twice, one damaged, one missing, one as a
    picture in an archive, one that is not on the roster."""
    here.stay(monkeypatch)
    documents = organs(12)
    documents[1]["date_line"] = "2026年2月2日"
    documents[2]["table3"]["1.属于国家秘密"][6] += 1
    documents.append(documents[3] | {"date_line": "2026年1月20日"})
    documents = [one for one in documents if one["organ"] not in (DAMAGED, ABSENT, SCANNED)]
    folder = tmp_path / "各单位"
    for path, document in zip(save(documents, folder, books=1), documents, strict=True):
        twice = "-改" if document is documents[-1] else ""
        path.rename(path.with_stem(f"{document['organ']}{twice}"))
    (folder / f"{DAMAGED}.xlsx").write_bytes(b"PK\x03\x04")
    (folder / f"{SCANNED}.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    roster(tmp_path / "名册.xlsx", [organ for organ in ORGANS if organ != STRANGE])
    return tmp_path


def run(county: Path, *words: str) -> Ran:
    paths = (county / "各单位", "--roster", county / "名册.xlsx", "--notes", county / "通知")
    return nianbao("check", *paths, *WHEN, *words)


def below(folder: Path, suffix: str = ".docx") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}"))


def text(county: Path, name: str) -> str:
    return (county / "通知" / f"{name}.txt").read_text(encoding="utf-8")


def test_each_is_written_to_for_its_own_reason(county: Path) -> None:
    result = run(county, "--sender", SENDER)

    assert result.code == 3  # a file cannot be read
    made = [
        "报送情况",
        f"催报/{ABSENT}",
        f"核对/{LATE}",
        f"退回/{DAMAGED}",
        f"退回/{SCANNED}",
        f"退回/{WRONG}",
    ]
    assert below(county / "通知") == sorted(f"{name}.docx" for name in made)
    assert below(county / "通知", ".txt") == sorted(f"{name}.txt" for name in made)
    assert result.out.splitlines()[-1] == f"通知 6 份：{county / '通知'}"
    assert f"名册.xlsx › Sheet › A8：名册上的“{ABSENT}”没有报送。请催报，或核对名称。" in result.out
    assert COUNTY + "”没有报送" not in result.out
    first, second, *_ = text(county, "报送情况").split("\n\n")[1:]
    assert first == (
        "截至2026年2月3日，应报送的机关11个，没有报送的1个。收到文件12份：没有错误和警告的8份，只有警告的1份，"
        "有错误的1份，读不出的2份。逾期报送的1份。"
    )
    assert second == f"一、没有报送的（1个）\n1. {ABSENT}（截止日期：2026年1月31日；逾期：3天）"
    assert f"六、名册上没有的（1个）\n1. {STRANGE}（{STRANGE}.json）" in text(county, "报送情况")


def test_a_reminder_says_since_when_and_who_asks(county: Path) -> None:
    run(county, "--sender", SENDER)
    by_office = text(county, f"催报/{ABSENT}")
    run(county, "--force")

    assert by_office.startswith(f"关于催报2025年政府信息公开工作年度报告的通知\n\n{ABSENT}：\n\n")
    assert "应在2026年1月31日以前报送，已逾期3天，现在还没有收到。请在2026年2月10日以前报送。" in by_office
    assert by_office.endswith(f"\n\n{SENDER}\n2026年2月3日\n")
    assert text(county, f"催报/{ABSENT}").endswith(f"\n\n{COUNTY}\n2026年2月3日\n")  # the roster's superior


def test_what_goes_back_names_the_marked_workbook(county: Path) -> None:
    name = f"{WRONG}.json"
    document = json.loads((county / "各单位" / name).read_text(encoding="utf-8"))
    (county / "各单位" / name).unlink()
    [path] = save([document], county / "各单位", books=1)
    path.rename(path.with_stem(WRONG))
    run(county, "--mark", str(county / "标注"))

    assert f"随附标出这些问题的工作簿（{WRONG}.xlsx），" in text(county, f"退回/{WRONG}")
    assert "随附" not in text(county, f"退回/{DAMAGED}")
    assert "随附" not in text(county, f"核对/{LATE}")  # a list in Word only


def test_every_note_is_valid_by_the_open_xml_sdk_and_says_what_its_text_says(county: Path) -> None:
    run(county)
    for path in (county / "通知").rglob("*.docx"):
        if VALIDATOR.exists():
            said = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, check=True).stdout
            assert json.loads(said)["errors"] == []
        document: Any = docx.Document(str(path))
        plain = path.with_suffix(".txt").read_text(encoding="utf-8")
        written = [line.text.replace("\n", "") for line in document.paragraphs]
        written += [
            cell.text for table in document.tables for row in table.rows[1:] for cell in row.cells[1:2]
        ]
        assert [line for line in written if line not in plain] == []


def test_notes_of_before_are_replaced_and_those_that_lapsed_are_named(county: Path) -> None:
    run(county)
    document = organs(12)[5]
    (county / "各单位" / f"{ABSENT}.json").write_text(
        json.dumps(document, ensure_ascii=False), encoding="utf-8"
    )
    worked_on = county / "通知" / "退回" / f"{WRONG}.txt"
    worked_on.write_text("请来电。", encoding="utf-8")
    result = run(county, "--day", "2026-02-05")

    stale = county / "通知" / "催报" / f"{ABSENT}"
    told = (
        f"提示 {stale}.docx；{stale}.txt：这 2 个文件是以前的通知，这次没有再写。"
        "已经报送或改好的，请不要再发出；请移走。"
    )
    assert told in result.out.splitlines()
    assert f"{worked_on}：已有内容不同的同名文件，没有覆盖。请核对；确要覆盖的加 --force。" in result.out
    assert worked_on.read_text(encoding="utf-8") == "请来电。"
    assert text(county, f"退回/{DAMAGED}").endswith("2026年2月5日\n")
    assert "2026年2月3日" in docx.Document(str(worked_on.with_suffix(".docx"))).paragraphs[-1].text


def test_two_files_of_one_organ_have_a_note_each(county: Path) -> None:
    for path in (county / "各单位").glob(f"{TWICE}*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        document["table3"]["1.属于国家秘密"][6] += 1
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    run(county)

    assert f"（{TWICE}-改.json）" in text(county, f"退回/{TWICE}") + text(county, f"退回/{TWICE}（2）")
    assert f"（{TWICE}.json）" in text(county, f"退回/{TWICE}") + text(county, f"退回/{TWICE}（2）")


def test_before_the_day_nobody_is_late(county: Path) -> None:
    run(county, "--day", "2026-01-20")

    assert text(county, f"催报/{ABSENT}").startswith("关于按期报送2025年")
    assert f"1. {ABSENT}（截止日期：2026年1月31日；逾期：未到期）" in text(county, "报送情况")


def test_an_organ_without_a_day_on_the_roster_is_due_as_the_form_says(county: Path) -> None:
    roster(county / "名册.xlsx", ORGANS, due="", top=False)
    run(county)

    assert f"1. {ABSENT}（截止日期：2026年1月31日；逾期：3天）" in text(county, "报送情况")


def test_the_page_shows_who_is_missing_and_who_is_late(county: Path) -> None:
    page = run(county, "--format", "html").out

    assert "应报送的机关 11 个，没有报送的 1 个。" in page
    assert f'<tr><th scope="row">{ABSENT}</th><td>{COUNTY}</td><td>2026年1月31日</td></tr>' in page
    assert f'{LATE}</a> <b class="late">逾期 2 天</b>' in page


def test_the_json_has_what_is_to_be_followed_up(county: Path) -> None:
    problems = json.loads(run(county, "--json").out)["problems"]

    assert [one["what"] for one in problems if one["code"] == "not-reported"] == [
        f"名册上的“{ABSENT}”没有报送"
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sender", "某局"), "--sender 要与 --notes 一起用"),
        (("--until", "2026-02-10"), "--until 要与 --notes 一起用"),
        (
            ("--notes", "{}/通知", "--day", "明天"),
            "--day 的“明天”读不出是哪一天，请写作 2026年1月31日 或 2026-01-31",
        ),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(county: Path, words: tuple[str, ...], told: str) -> None:
    result = nianbao("check", county / "各单位", *(word.format(county) for word in words))

    assert result == (2, "", f"{told}。用法见 nianbao --help\n")


def test_a_roster_that_is_none_is_told_before_any_file_is_read(county: Path) -> None:
    Workbook().save(county / "名册.xlsx")
    result = run(county)

    assert (result.code, result.out, result.err.startswith("错误 名册.xlsx：不是名册")) == (3, "", True)
    assert not (county / "通知").exists()


def test_a_roster_among_the_reports_is_no_report(county: Path) -> None:
    among = county / "各单位" / "名册.xlsx"
    (county / "名册.xlsx").rename(among)
    result = nianbao("check", county / "各单位", "--roster", among)

    assert "不是本程序" not in result.out
    assert f"“{ABSENT}”没有报送" in result.out

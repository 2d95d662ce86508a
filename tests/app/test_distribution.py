"""`nianbao new --roster`: every organ's workbook at once, begun with last year's, and nobody's work lost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.distribution_paths import paths
from nianbao.app.reading import read
from nianbao.mandate import for_year
from nianbao.report import Place
from nianbao.report.rollup import Expected
from nianbao.report.rollup.distribution import recipients
from openpyxl import Workbook, load_workbook

from tests.paths import VALIDATOR
from tests.report.rollup.rollup_samples import COUNTY, names, organs, save
from tests.runner import nianbao

CITY = "某某市人民政府"
RECORD = "发放记录.sha256"


def roster(path: Path, *lines: tuple[str, str, str]) -> Path:
    """A roster: organ, kind, superior."""
    book = Workbook()
    sheet: Any = book.active
    for row in (("应报送年度报告的单位",), ("单位名称", "类型", "上级"), *lines):
        sheet.append(row)
    book.save(path)
    return path


def lie(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def codes(out: str) -> list[str]:
    return [problem["code"] for problem in json.loads(out)["problems"]]


def states(out: str) -> dict[str, str]:
    made = json.loads(out)["made"]
    return {f"{line['organ']} {line['reporter']}": line["state"] for line in made}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a roster of two organs, and last year's report of the first."""
    save(organs(1), tmp_path / "上年")
    roster(tmp_path / "名册.xlsx", *((name, "", COUNTY) for name in names(2)))
    return tmp_path


def hand_out(folder: Path, *words: str | Path) -> tuple[int, str, str]:
    given = ("new", "--roster", folder / "名册.xlsx", "--year", "2026", "-o", folder / "发放")
    return nianbao(*given, *words)


def test_sixty_organs_get_their_workbooks_and_three_more_in_february(tmp_path: Path) -> None:
    documents, everybody = organs(60), names(63)
    save(documents[:57], tmp_path / "上年", books=5)
    lines = [(name, "", COUNTY) for name in everybody[:60]]
    top = [(COUNTY, "县级政府汇总", CITY), (COUNTY, "政府本机关", COUNTY)]
    roster(tmp_path / "名册.xlsx", *lines, *top)

    code, out, _ = hand_out(tmp_path, "--last-year", tmp_path / "上年", "--json")

    first = lie(tmp_path / "发放")
    assert code == 1
    assert codes(out) == ["last-year-missing"] * 5  # three organs, and the county twice
    assert set(first) == {
        RECORD,
        *(f"{COUNTY}/{name}.xlsx" for name in (*everybody[:60], COUNTY)),
        f"{CITY}/{COUNTY}（县级政府汇总）.xlsx",
    }
    document = json.loads(out)
    assert document["count"] == {"made": 62, "unchanged": 0, "renewed": 0, "kept": 0, "overwritten": 0}
    assert [line["last_year"] for line in document["made"]] == [
        *(f"{at:04d}.{'xlsx' if at < 5 else 'json'}" for at in range(57)), *[None] * 5
    ]  # fmt: skip
    assert document["made"][60] == {
        "organ": COUNTY,
        "reporter": "县级政府汇总",
        "superior": CITY,
        "due": "2027-02-20",
        "file": str(tmp_path / "发放" / CITY / f"{COUNTY}（县级政府汇总）.xlsx"),
        "state": "made",
        "last_year": None,
    }
    for at in (0, 9, 20, 56, 57):
        report = read(tmp_path / "发放" / COUNTY / f"{everybody[at]}.xlsx")
        own = (documents[at]["table3"]["四、结转下年度继续办理"]) if at < 57 else [None] * 7
        carried = [one.number for key, one in report.figures.items() if ".carried_in." in key]
        assert (report.organ, report.year, report.reading) == (everybody[at], 2026, ())
        assert report.reporter_name == ("部门" if at < 10 else "乡镇（街道）")
        assert carried == own
    digests = (tmp_path / "发放" / RECORD).read_text(encoding="utf-8")
    assert len(digests.splitlines()) == 62

    filled = tmp_path / "发放" / COUNTY / f"{everybody[3]}.xlsx"
    book = load_workbook(filled)
    book["基本信息"]["C7"] = "填了一半"
    book.save(filled)
    (tmp_path / "发放" / COUNTY / f"{everybody[4]}.xlsx").unlink()
    late = documents[5]
    late["table3"]["四、结转下年度继续办理"] = [7, 0, 0, 0, 0, 0, 7]
    (tmp_path / "上年" / "0005.json").write_text(json.dumps(late), encoding="utf-8")
    touched = filled.read_bytes()
    roster(tmp_path / "名册.xlsx", *((name, "", COUNTY) for name in everybody), *top)

    code, out, err = hand_out(tmp_path, "--last-year", tmp_path / "上年")

    second = lie(tmp_path / "发放")
    assert code == 1
    assert out.splitlines() == [
        *(str(tmp_path / "发放" / COUNTY / f"{everybody[at]}.xlsx") for at in (4, 5, 60, 61, 62)),
        "2026 年 65 个机关：新建 4 份，未变 59 份，重建 1 份，已有人填写没有动 1 份；其中带入上年的 56 份",
    ]
    assert f"提示 {filled}：这 1 份已有人填写过，没有动。" in err
    assert filled.read_bytes() == touched
    assert second[f"{COUNTY}/{everybody[4]}.xlsx"] == first[f"{COUNTY}/{everybody[4]}.xlsx"]
    same = {name for name in first if name != RECORD and second[name] == first[name]}
    assert set(first) - same == {RECORD, *(f"{COUNTY}/{everybody[at]}.xlsx" for at in (3, 5))}
    again = read(tmp_path / "发放" / COUNTY / f"{everybody[5]}.xlsx")
    assert again.figures["requests.carried_in.total"].number == 7


def test_without_last_year_blank_ones_are_made_and_that_is_all_right(folder: Path) -> None:
    code, out, err = hand_out(folder)

    first, second = (folder / "发放" / COUNTY / f"{name}.xlsx" for name in names(2))
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(first), str(second), "2026 年 2 个机关：新建 2 份；其中带入上年的 0 份"]
    single = folder / "一份.xlsx"
    assert nianbao("new", single, "--year", "2026", "--organ", names(1)[0])[0] == 0
    assert first.read_bytes() == single.read_bytes()


def test_a_workbook_begun_with_last_year_is_the_one_that_new_makes_singly(folder: Path) -> None:
    hand_out(folder, "--last-year", folder / "上年")
    single = folder / "一份.xlsx"
    nianbao("new", single, "--year", "2026", "--last-year", folder / "上年" / "0000.json")

    assert (folder / "发放" / COUNTY / f"{names(1)[0]}.xlsx").read_bytes() == single.read_bytes()


def test_work_of_others_is_overwritten_only_with_force_and_named(folder: Path) -> None:
    hand_out(folder)
    book = folder / "发放" / COUNTY / f"{names(1)[0]}.xlsx"
    blank = book.read_bytes()
    book.write_bytes(b"somebody's")

    code, out, _ = hand_out(folder, "--json")
    assert (code, book.read_bytes(), codes(out)) == (0, b"somebody's", ["already-begun"])
    assert list(states(out).values()) == ["kept", "unchanged"]

    code, out, err = hand_out(folder, "--force")
    assert (code, book.read_bytes()) == (0, blank)
    assert err == (
        f"提示 {book}：这 1 份已有人填写过，照 --force 覆盖了。请核对；要找回填好的，请向填报的机关要。\n"
    )
    assert out.splitlines()[0] == str(book)


def test_without_its_record_a_file_is_only_ours_where_it_would_be_made_again(folder: Path) -> None:
    hand_out(folder)
    (folder / "发放" / RECORD).write_bytes(b"\xff no line of it\n")

    code, out, _ = hand_out(folder, "--json")
    assert (code, list(states(out).values())) == (0, ["unchanged", "unchanged"])

    code, out, _ = hand_out(folder, "--last-year", folder / "上年", "--json")
    assert list(states(out).values()) == ["kept", "unchanged"]


def test_last_years_reports_may_be_published_and_workbooks_go_before_them(folder: Path) -> None:
    last = folder / "上年"
    document = organs(2)[1]
    [second] = save([document], folder / "另", books=0)
    assert nianbao("generate", second, "--draft", "-o", folder / "output")[0] == 0
    [word] = (folder / "output").rglob("*.docx")
    (last / "已发布").mkdir()
    word.rename(last / "已发布" / "教育局.docx")
    other = organs(1)[0]
    other["table3"]["四、结转下年度继续办理"] = [9, 0, 0, 0, 0, 0, 9]
    (last / "另一份.json").write_text(json.dumps(other), encoding="utf-8")
    older = organs(1)[0] | {"year": 2024}
    (last / "前年.json").write_text(json.dumps(older), encoding="utf-8")
    gone = organs(3)[2] | {"organ": "某某县教育和体育局", "issued_by": "某某县教育和体育局"}
    (last / "撤并.json").write_text(json.dumps(gone), encoding="utf-8")
    (last / "坏.json").write_text("[", encoding="utf-8")

    code, out, err = hand_out(folder, "--last-year", last)

    assert code == 1
    told = [line for line in err.splitlines() if line[:2] in ("警告", "提示", "错误")]
    assert told == [
        "警告 坏.json：不是合格的 JSON（第 1 行第 2 列）。"
        "没有用它；要带入上年的数，请改好这个文件再运行一次。",
        "警告 撤并.json › organ：“某某县教育和体育局”有上年的报告，不在名册上。"
        "撤并的机关不必处理；应报的请加进名册，改过名称的请核对。",
        "警告 0000.json › organ；另一份.json › organ："
        "“某某县财政局”有几份上年的报告，数不相同，用了 0000.json。"
        "请核对以哪一份为准，移走其余的，再运行一次。",
        "提示 前年.json › organ：这 1 份不是 2025 年的报告，没有用。知道就行。",
    ]
    assert "带入上年的 2 份" in out
    report = read(folder / "发放" / COUNTY / f"{names(2)[1]}.xlsx")
    carried = [one.number for key, one in report.figures.items() if ".carried_in." in key]
    assert carried == document["table3"]["四、结转下年度继续办理"]


def test_an_organ_that_was_renamed_is_named_on_both_sides(folder: Path) -> None:
    renamed = organs(1)[0] | {"organ": "某某县财政和国资局", "issued_by": "某某县财政和国资局"}
    (folder / "上年" / "0000.json").write_text(json.dumps(renamed), encoding="utf-8")

    _, _, err = hand_out(folder, "--last-year", folder / "上年")

    assert "“某某县财政局”没有找到 2025 年的报告，建的是空白的，是否就是上年的“某某县财政和国资局”" in err
    assert "“某某县财政和国资局”有上年的报告，不在名册上，是否就是名册上的“某某县财政局”" in err


def test_kinds_come_from_the_roster_or_the_name_and_a_doubt_is_told(tmp_path: Path) -> None:
    lines = [("某某经济技术开发区", "", COUNTY), (COUNTY, "", ""), ("某某县财政局", "乡镇（街道）", "")]
    roster(tmp_path / "名册.xlsx", *lines)
    save([organs(1)[0]], tmp_path / "上年")

    code, out, _ = hand_out(tmp_path, "--json", "--last-year", tmp_path / "上年")

    assert list(states(out)) == ["某某经济技术开发区 ", f"{COUNTY} 县级政府汇总", "某某县财政局 乡镇（街道）"]
    assert sorted(codes(out)) == [
        "kind-unknown", "last-year-missing", "last-year-missing", "roster-kind-differs"
    ]  # fmt: skip
    assert code == 1
    assert read(tmp_path / "发放" / "某某县财政局.xlsx").reporter_name == "乡镇（街道）"


def test_file_names_are_safe_and_no_two_are_the_same_to_any_system() -> None:
    organs = ["甲局/乙", "甲局／乙", "ABC局", "abc局", "con", "甲局 .", "局" * 90, "局" * 91]
    expected = [Expected(organ, Place("名册.xlsx")) for organ in organs]

    found = paths(recipients(expected, for_year(2026)))

    assert [path.as_posix() for path in found[:6]] == [
        "甲局／乙.xlsx", "甲局／乙（2）.xlsx", "ABC局.xlsx", "abc局（2）.xlsx", "con_.xlsx", "甲局.xlsx",
    ]  # fmt: skip
    assert found[6] != found[7]
    assert all(len(path.name.encode()) <= 255 for path in found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("本.xlsx",),
            "--roster 照名册建各机关的工作簿，不能与工作簿.xlsx、--organ、--reporter、--from 一起用",
        ),
        (
            ("--organ", "甲局"),
            "--roster 照名册建各机关的工作簿，不能与工作簿.xlsx、--organ、--reporter、--from 一起用",
        ),
        (("--year", "2012"), "2012 年没有规定格式；年度报告格式自 2019 年起"),
    ],
)
def test_wrong_usage(folder: Path, words: tuple[str, ...], said: str) -> None:
    assert hand_out(folder, *words) == (2, "", f"{said}。用法见 nianbao --help\n")
    assert not (folder / "发放").exists()


def test_what_is_missing_or_no_roster_is_told_before_anything_is_made(folder: Path) -> None:
    told = "--roster 要与 --year（报告年度）和 -o（放在哪个文件夹）一起用。用法见 nianbao --help\n"
    assert nianbao("new", "--roster", folder / "名册.xlsx", "--year", "2026") == (2, "", told)
    told = "请给出要建的工作簿.xlsx，或用 --roster 照名册建。用法见 nianbao --help\n"
    assert nianbao("new", "--year", "2026", "--organ", "甲局") == (2, "", told)
    assert hand_out(folder, "--last-year", folder / "没有")[0] == 3
    roster(folder / "名册.xlsx", ("甲局", "何种", ""))
    code, out, err = hand_out(folder)
    assert (code, out, (folder / "发放").exists()) == (1, "", False)
    assert err.startswith("错误 名册.xlsx › Sheet › B3：没有“何种”这一类机关")
    (folder / "名册.xlsx").write_bytes(b"nothing")
    assert hand_out(folder)[0] == 3


def test_a_disk_that_refuses_leaves_no_half_file(folder: Path) -> None:
    (folder / "发放").mkdir()
    (folder / "发放" / COUNTY).write_bytes(b"a file where a folder should be")

    code, _, err = hand_out(folder)

    assert code == 3
    assert "路径中有一段是文件，不是文件夹" in err
    assert set(lie(folder / "发放")) <= {COUNTY, RECORD}


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
def test_the_workbooks_are_valid(folder: Path) -> None:
    hand_out(folder, "--last-year", folder / "上年")
    for path in (folder / "发放").rglob("*.xlsx"):
        result = subprocess.run(
            [VALIDATOR, path, "Office2019"], capture_output=True, timeout=120, check=False
        )
        assert json.loads(result.stdout)["errors"] == []

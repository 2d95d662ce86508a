"""A roll-up renewed in its own workbook: new sums, and nothing lost that a person has put there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from nianbao.app.reading import read
from nianbao.media.workbook import mark, writer
from nianbao.media.workbook.marks.package import MAIN, Package, parse
from nianbao.report import Decision, check, settle
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.libreoffice import convert, with_soffice
from tests.paths import VALIDATOR
from tests.report.rollup.rollup_samples import COUNTY, organs, save, sheet, table
from tests.runner import nianbao

TYPED = "requests.received.natural_person"
NEW, RECEIVED = "一、本年新收政府信息公开申请数量", "三、收到和处理政府信息公开申请情况"
NOTHING = "与上一次汇总相比，没有变动"
OVERVIEW, SPOT = "一、总体情况", "F9"


def sum_up(folder: Path, *words: str | Path) -> tuple[int, str, str]:
    return nianbao("rollup", folder / "各单位", "-o", folder / "汇总.xlsx", *words)


def made(folder: Path, documents: list[dict[str, Any]], *, organ: str = COUNTY) -> Path:
    """The first roll-up of these."""
    save(documents, folder / "各单位")
    assert sum_up(folder, "--organ", organ, "--reporter", "县级政府汇总")[0] == 0
    return folder / "汇总.xlsx"


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Open the workbook, change it and save it, as a person does."""
    book = load_workbook(path)
    change(book)
    path.write_bytes(writer.save(book))  # which puts right what openpyxl gets wrong


def put(path: Path, key: str, value: object) -> None:
    """Type something into a figure's cell."""
    place = read(path).figures[key].place

    def change(book: Any) -> None:
        book[place.sheet][place.cell].value = value

    edit(path, change)


def more(document: dict[str, Any], by: int) -> dict[str, Any]:
    """The report with so many more new applications of natural persons, all of them carried over."""
    requests = {row: list(cells) for row, cells in document["table3"].items()}
    for row in (NEW, "四、结转下年度继续办理"):
        requests[row][0] += by
        requests[row][6] += by
    return document | {"table3": requests}


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def valid(path: Path) -> None:
    if not VALIDATOR.exists():
        pytest.skip("needs .cache/ooxml-validator: run setup/validator")
    done = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, timeout=120, check=False)
    assert json.loads(done.stdout)["errors"] == []


def clerk(book: Any) -> None:
    """What a person does in the workbook of a sum: texts, a title, a remark, widths, a sheet of their own."""
    book[OVERVIEW]["C5"].value = "（一）主动公开。全县主动公开信息若干条。"
    book["基本信息"]["C7"].value = "某某县2025年政府信息公开年报"
    book[RECEIVED][SPOT].comment = Comment("已与司法局核对", "张三")
    book[RECEIVED].column_dimensions["F"].width = 44
    own = book.create_sheet("变动", 1)
    own["A1"], own["A2"] = "我自己的备忘", "=1+1"
    book.active = 0


def test_sixty_organs_are_summed_anew_and_all_that_a_person_did_stays(tmp_path: Path) -> None:
    documents = organs(60)
    path = made(tmp_path, documents[:58])
    edit(path, clerk)
    found = check(read(path))
    undecided = next(one for one in found if one.severity.value != "error")
    decision = {undecided.fingerprint: Decision("张三", "核对过")}
    path.write_bytes(mark(path.read_bytes(), *settle(found, decision), decision, file=path.name))
    before, sheets = parts(path), load_workbook(path).sheetnames
    (tmp_path / "各单位" / "0007.json").unlink()
    save([*documents[:7], more(documents[3], 5)], tmp_path / "新")
    (tmp_path / "新" / "0007.json").replace(tmp_path / "各单位" / "0003.json")
    save(documents[58:], tmp_path / "各单位" / "补报")

    code, out, _ = sum_up(tmp_path, "--json")

    document = json.loads(out)
    changes = document["changes"]
    assert code == 0
    assert (document["made"], document["organ"], document["reporter"]) == (
        [str(path)], COUNTY, "县级政府汇总"
    )  # fmt: skip
    assert changes["new"] == [one["organ"] for one in documents[58:]]
    assert changes["gone"] == [documents[7]["organ"]]
    assert [one["organ"] for one in changes["changed"]] == [documents[3]["organ"]]
    old = documents[3]["table3"][NEW]
    assert changes["changed"][0]["figures"][:2] == [
        {"key": "requests.received.natural_person", "from": old[0], "to": old[0] + 5},
        {"key": "requests.received.total", "from": old[6], "to": old[6] + 5},
    ]
    assert changes["typed_over"] == []

    fresh = tmp_path / "另.xlsx"
    assert nianbao("rollup", tmp_path / "各单位", "-o", fresh, "--organ", COUNTY)[0] == 0
    now, other = read(path), read(fresh)
    assert {key: one.number for key, one in now.figures.items()} == {
        key: one.number for key, one in other.figures.items()
    }
    assert now.title == "某某县2025年政府信息公开年报"
    assert [one.text for one in now.narratives["overview"]] == ["（一）主动公开。全县主动公开信息若干条。"]
    assert {key: (one.who, one.why) for key, one in now.decisions.items()} == {
        undecided.fingerprint: ("张三", "核对过")
    }
    book = load_workbook(path)
    assert book.sheetnames == [*sheets, "变动（2）"]
    assert book[RECEIVED][SPOT].comment.text.startswith("已与司法局核对")
    assert book[RECEIVED].column_dimensions["F"].width == 44
    assert [book["变动"]["A1"].value, book["变动"]["A2"].value] == ["我自己的备忘", "=1+1"]
    for name in ("报送情况", "汇总构成", "占比异常", "文字雷同", "各单位数据"):
        assert sheet(path, name) == sheet(fresh, name)
    lines = table(path, "变动（2）")
    assert [(one["变动"], one["机关"]) for one in lines[:3]] == [
        ("新增单位", documents[58]["organ"]),
        ("新增单位", documents[59]["organ"]),
        ("减少单位", documents[7]["organ"]),
    ]
    totals = [one for one in lines if one["变动"] == "合计变动"]
    assert len(totals) == len(changes["figures"])
    assert all(one["相差"] == pytest.approx(one["现数"] - one["原数"]) for one in totals)
    after = parts(path)
    own = load_workbook(path).sheetnames
    touched = {name for name in before if before[name] != after.get(name)}
    names = {f"xl/worksheets/sheet{own.index(name) + 1}.xml" for name in (*own[4:7], *own[-8:-2])}
    assert touched <= names | {"xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels",
                               "[Content_Types].xml"}  # fmt: skip
    valid(path)

    content = path.read_bytes()
    code, out, err = sum_up(tmp_path)
    assert (code, path.read_bytes() == content) == (0, True)
    assert (out.splitlines()[1:], NOTHING in err) == ([str(path)], True)


def test_what_has_changed_is_said_on_the_terminal(tmp_path: Path) -> None:
    documents = organs(4)
    made(tmp_path, documents[:3])
    save([documents[0], more(documents[1], 2), documents[3]], tmp_path / "各单位")

    code, out, _ = sum_up(tmp_path)

    lines = out.splitlines()
    assert code == 0
    assert lines[0] == f"{COUNTY} 2025 年：汇总 3 个单位"
    first, second, third = (documents[at]["organ"] for at in (3, 2, 1))
    assert lines[1].startswith(
        f"与上一次汇总相比：新增 1 个单位（{first}）；减少 1 个单位（{second}）；"
        f"改报 1 个单位（{third}）；合计变动 "
    )
    assert lines[2].startswith("  ")
    assert " → " in lines[2]


def test_a_figure_that_was_typed_over_refuses_the_sum_and_nothing_is_touched(tmp_path: Path) -> None:
    documents = organs(3)
    path = made(tmp_path, documents)
    number = sum(one["table3"][NEW][0] for one in documents)
    put(path, TYPED, number + 9)
    content = path.read_bytes()

    code, out, err = sum_up(tmp_path)

    assert (code, out, path.read_bytes() == content) == (1, "", True)
    place = read(path).figures[TYPED].place
    [told] = [line for line in err.splitlines() if line.startswith("错误")]
    assert told == (
        f"错误 汇总.xlsx › {place.sheet} › {place.cell}："
        "汇总工作簿里有 1 格人工改过，不等于上一次的合计，没有重新汇总："
        f"“本年新收.自然人”原合计 {number}，改为 {number + 9}，现合计 {number}。"
        "改得对的，请有关单位改报后再汇总；不要了的，改回原数，或加 --force 换成各单位之和。"
    )

    code, out, err = sum_up(tmp_path, "--force", "--json")

    problems = json.loads(out)["problems"]
    assert (code, read(path).figures[TYPED].number) == (0, number)
    assert [(one["severity"], one["code"]) for one in problems if one["code"] == "typed-over"] == [
        ("warning", "typed-over")
    ]
    assert json.loads(out)["changes"]["typed_over"] == [
        {"key": TYPED, "from": number, "typed": str(number + 9), "to": number}
    ]
    assert [one["说明"] for one in table(path, "变动")] == [f"工作簿里填的是 {number + 9}，换成了各单位之和"]


def test_what_was_typed_is_no_matter_once_the_organ_has_handed_it_in(tmp_path: Path) -> None:
    documents = organs(3)
    path = made(tmp_path, documents)
    number = sum(one["table3"][NEW][0] for one in documents)
    for key in (TYPED, "requests.carried_out.natural_person"):
        put(path, key, read(path).figures[key].number + 4)  # type: ignore[operator] # a number
    save([more(documents[0], 4)], tmp_path / "各单位")

    code, _, _ = sum_up(tmp_path)

    assert (code, read(path).figures[TYPED].number) == (0, number + 4)


def test_a_nought_where_no_organ_has_a_number_stays_and_is_told(tmp_path: Path) -> None:
    documents = organs(3)
    for one in documents:
        one["table2"]["行政强制"] = {"本年处理决定数量": "/"}
    path = made(tmp_path, documents)
    [key] = [key for key, one in read(path).figures.items() if one.text == ""]
    put(path, key, 0)

    code, _, err = sum_up(tmp_path)

    assert (code, read(path).figures[key].number) == (0, 0)
    assert "没有单位填数、人工填了 0 的 1 格，照旧" in err
    assert NOTHING in err

    put(path, key, 3)
    assert sum_up(tmp_path)[0] == 1


def test_a_member_that_is_refused_leaves_the_workbook_as_it_is(tmp_path: Path) -> None:
    documents = organs(3)
    path = made(tmp_path, documents)
    content = path.read_bytes()
    documents[1]["table3"][NEW][6] += 1
    save(documents, tmp_path / "各单位")

    assert sum_up(tmp_path)[0] == 1
    assert path.read_bytes() == content

    code, out, _ = sum_up(tmp_path, "--skip-errors", "--json")
    assert (code, json.loads(out)["changes"]["gone"]) == (0, [documents[1]["organ"]])


def test_a_roll_up_of_another_organ_or_year_and_what_is_none_is_not_touched(tmp_path: Path) -> None:
    documents = organs(3)
    path = made(tmp_path, documents)
    content = path.read_bytes()

    code, _, err = sum_up(tmp_path, "--organ", "某某市人民政府")
    assert (code, path.read_bytes() == content) == (1, True)
    assert "已有内容不同的同名文件，没有覆盖" in err

    save(organs(3, year=2024), tmp_path / "各单位")
    assert (sum_up(tmp_path, "--organ", COUNTY)[0], path.read_bytes() == content) == (1, True)

    save(documents, tmp_path / "各单位")
    [ordinary] = save(
        [documents[0] | {"organ": COUNTY, "reporter": "县级政府汇总"}], tmp_path / "另", books=1
    )
    ordinary.replace(path)
    content = path.read_bytes()
    assert (sum_up(tmp_path)[0], path.read_bytes() == content) == (1, True)


def test_the_aggregates_own_workbook_from_the_roster_takes_the_sum_with_force(tmp_path: Path) -> None:
    documents = organs(3)
    save(documents, tmp_path / "各单位")
    path = tmp_path / "汇总.xlsx"
    last = documents[0] | {"organ": COUNTY, "issued_by": COUNTY, "reporter": "县级政府汇总", "year": 2024}
    save([last | {"date_line": "2025年1月20日"}], tmp_path / "上年")
    assert nianbao("new", path, "--last-year", tmp_path / "上年" / "0000.json")[0] == 0

    def begin(book: Any) -> None:
        book[OVERVIEW]["C5"].value = "（一）主动公开。全县主动公开信息若干条。"

    edit(path, begin)
    content = path.read_bytes()
    code, _, err = sum_up(tmp_path, "--organ", COUNTY)
    assert (code, path.read_bytes() == content) == (1, True)
    assert "E8、G8、H8、I8：汇总工作簿里有 4 格人工改过" in err  # last year's 结转 is not what the organs say

    code, _, err = sum_up(tmp_path, "--organ", COUNTY, "--force")

    report = read(path)
    names = load_workbook(path).sheetnames
    assert code == 0
    assert "照 --force 换成了各单位之和：“上年结转.自然人”原合计 空白，改为 " in err
    assert report.figures["requests.received.total"].number == sum(one["table3"][NEW][6] for one in documents)
    assert len(report.narratives["overview"]) == 1
    assert "上年文字（参考）" in names
    assert names[-6:] == ["报送情况", "汇总构成", "占比异常", "文字雷同", "各单位数据", "变动"]
    valid(path)

    assert NOTHING in sum_up(tmp_path)[2]


def test_a_blank_workbook_of_the_aggregate_takes_the_sum(tmp_path: Path) -> None:
    documents = organs(3)
    save(documents, tmp_path / "各单位")
    path = tmp_path / "各单位" / f"{COUNTY}.xlsx"
    words = ("--year", str(documents[0]["year"]), "--organ", COUNTY, "--reporter", "县级政府汇总")
    assert nianbao("new", path, *words)[0] == 0

    code, _, err = sum_up(tmp_path, "--organ", COUNTY)
    assert (code, (tmp_path / "汇总.xlsx").exists()) == (1, False)
    assert "就是要做的这一份，不能再计入。要把汇总填进这一份，请用 -o 给出它；不要的请移走" in err

    code, out, _ = nianbao("rollup", tmp_path / "各单位", "-o", path)
    assert (code, f"{COUNTY} {documents[0]['year']} 年：汇总 3 个单位" in out) == (0, True)
    new = sum(one["table3"][NEW][6] for one in documents)
    assert read(path).figures["requests.received.total"].number == new


def test_sheets_that_were_renamed_sorted_or_deleted_are_found_or_come_back(tmp_path: Path) -> None:
    documents = organs(4)
    path = made(tmp_path, documents[:3])

    def shuffle(book: Any) -> None:
        book["各单位数据"].title = "底数"
        grid = book["底数"]
        for column in range(1, grid.max_column + 1):
            first, last = grid.cell(6, column), grid.cell(8, column)
            first.value, last.value = last.value, first.value
        grid.insert_cols(3)
        book.move_sheet("底数", -book.index(grid))
        book.remove(book["占比异常"])
        book["汇总构成"]["P1"].value = "=1+1"

    edit(path, shuffle)
    save([documents[3]], tmp_path / "各单位" / "补")

    code, out, _ = sum_up(tmp_path, "--json")

    changes = json.loads(out)["changes"]
    names = load_workbook(path).sheetnames
    assert code == 0
    assert (changes["new"], changes["gone"], changes["changed"]) == ([documents[3]["organ"]], [], [])
    assert (names[0], names[-2:]) == ("底数", ["占比异常", "变动"])
    assert [row[1] for row in sheet(path, "底数")[5:-1]] == [
        one["organ"] for one in (*documents[:3], documents[3])
    ]
    assert load_workbook(path)["底数"].print_title_rows == "$3:$5"
    valid(path)


def test_a_row_of_figures_that_was_deleted_is_told_and_nothing_is_touched(tmp_path: Path) -> None:
    path = made(tmp_path, organs(3))
    edit(path, lambda book: book[RECEIVED].delete_rows(8))
    content = path.read_bytes()

    code, _, err = sum_up(tmp_path)

    assert (code, path.read_bytes() == content) == (1, True)
    assert f"错误 汇总.xlsx › {RECEIVED}" in err


def test_the_order_of_calculation_that_excel_has_saved_goes_for_it_may_name_no_formula(
    tmp_path: Path,
) -> None:
    path = made(tmp_path, organs(3))
    package = Package(path.read_bytes(), path.name)
    chain = parse(f'<calcChain xmlns="{MAIN}"><c r="P1" i="20"/></calcChain>'.encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    package.add("xl/calcChain.xml", chain, kind)
    package.relate(package.book, "calcChain", "xl/calcChain.xml")
    book = package.tree(package.book)
    [calculation] = book.iterchildren(f"{{{MAIN}}}calcPr")
    book.remove(calculation)  # so that formulas elsewhere kept what they last gave
    path.write_bytes(package.save())

    assert sum_up(tmp_path)[0] == 0

    after = parts(path)
    assert "xl/calcChain.xml" not in after
    assert all(b"calcChain" not in content for content in after.values())
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    valid(path)


def test_the_form_of_2019_is_renewed_too(tmp_path: Path) -> None:
    documents = organs(4, year=2019)
    path = made(tmp_path, documents[:3])
    assert NOTHING in sum_up(tmp_path)[2]
    save([documents[3]], tmp_path / "各单位" / "补")

    code, out, _ = sum_up(tmp_path, "--json")

    assert (code, json.loads(out)["changes"]["new"]) == (0, [documents[3]["organ"]])
    total = sum(Decimal(one["table3"][NEW][6]) for one in documents)
    assert read(path).figures["requests.received.total"].number == total


@with_soffice
def test_a_workbook_that_another_program_has_saved_is_renewed(tmp_path: Path) -> None:
    documents = organs(4)
    path = made(tmp_path, documents[:3])
    edit(path, clerk)
    path.replace(tmp_path / "原.xlsx")
    convert(tmp_path, tmp_path / "原.xlsx", kind="ods")
    (tmp_path / "原.xlsx").unlink()
    (tmp_path / "原.ods").replace(tmp_path / "汇总.ods")
    convert(tmp_path, tmp_path / "汇总.ods", kind="xlsx")
    save([documents[3]], tmp_path / "各单位" / "补")

    code, out, _ = sum_up(tmp_path, "--json")

    changes = json.loads(out)["changes"]
    assert (code, changes["new"], changes["gone"]) == (0, [documents[3]["organ"]], [])
    assert (changes["changed"], changes["typed_over"]) == ([], [])
    total = sum(one["table3"][NEW][6] for one in documents)
    assert read(path).figures["requests.received.total"].number == total
    assert load_workbook(path)["变动"]["A1"].value == "我自己的备忘"

"""The sum of 300 organs against one made with plain Python; a wrong organ is found and named."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.media import exchange
from nianbao.report import ProblemsFound, assemble, check
from nianbao.report.problem import Place
from nianbao.report.rollup import Asked, Expected, normal, roll_up, take
from nianbao.report.rollup.sums import totals

from tests.report.rollup.rollup_samples import (
    COUNTY,
    PLACE,
    cells,
    codes,
    member,
    organs,
    plain_sum,
    save,
    sheet,
    table,
    times,
)
from tests.runner import nianbao

COUNT, BOOKS = 300, 6
ASKED = Asked("汇总.xlsx", COUNTY)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of 300 organs, some of them in folders of their own."""
    folder = tmp_path_factory.mktemp("county")
    documents = organs(COUNT)
    save(documents[:200], folder / "各单位", books=BOOKS)
    save(documents[200:], folder / "各单位" / "乡镇")
    save(documents, folder / "plain")  # what the independent sum reads
    return folder


@pytest.fixture(scope="module")
def summed(county: Path) -> Path:
    """The roll-up of the 300."""
    path = county / "汇总.xlsx"
    code, out, err = nianbao("rollup", county / "各单位", "-o", path, "--organ", COUNTY)
    assert (code, "错误" in err) == (0, False), err
    assert out.startswith(f"{COUNTY} 2025 年：汇总 {COUNT} 个单位\n")
    return path


def exported(path: Path) -> dict[tuple[str, str, int | str], Decimal]:
    report = reading.read(path)
    return {key: Decimal(str(value)) for key, value in cells(json.loads(exchange.write(report)))}


def test_the_sum_of_300_organs_is_that_of_plain_python(county: Path, summed: Path) -> None:
    expected = plain_sum(sorted((county / "plain").iterdir()))

    assert len(expected) == 10 + 25 * 7 + 15
    assert exported(summed) == expected


def test_the_last_row_of_all_organs_figures_is_the_sum_of_the_rows_above(county: Path, summed: Path) -> None:
    _, _, _, _, heads, *rows = sheet(summed, "各单位数据")
    *organ_rows, last = rows
    expected = plain_sum(sorted((county / "plain").iterdir()))

    assert heads[:5] == ["序号", "机关", "机关类型", "口径", "文件"]
    assert last[1] == f"合计（{COUNT} 个单位）"
    assert [Decimal(str(one)) for one in last[5:]] == list(expected.values())
    for at in range(5, len(heads)):
        column = [Decimal(str(row[at])) for row in organ_rows]
        assert sum(column) == Decimal(str(last[at]))


def test_every_organs_row_has_its_own_figures_and_the_name_of_its_file(county: Path, summed: Path) -> None:
    rows = {row[1]: row for row in sheet(summed, "各单位数据")[5:-1]}
    documents = [json.loads(path.read_text()) for path in sorted((county / "plain").iterdir())]

    assert len(rows) == COUNT
    assert rows[documents[0]["organ"]][4] == "0000.xlsx"
    assert rows[documents[-1]["organ"]][4] == "乡镇/0099.json"
    for document in documents:
        assert rows[document["organ"]][5:] == [number for _, number in cells(document)]


def test_what_each_sum_is_made_of(county: Path, summed: Path) -> None:
    documents = [json.loads(path.read_text()) for path in sorted((county / "plain").iterdir())]
    by_organ = [dict(cells(document)) for document in documents]
    rows = table(summed, "汇总构成")

    assert len(rows) == len(by_organ[0])
    for key, row in zip(by_organ[0], rows, strict=True):
        numbers = [one[key] for one in by_organ]
        most = max(numbers)
        assert (row["有数的单位"], row["不为零的"], row["未填的"]) == (COUNT, sum(map(bool, numbers)), 0)
        assert row["其中本级"] == row["合计"]
        assert row["其中汇总"] == 0
        assert row["数"] == (most or None)
        if most:
            assert row["最多的单位"] == documents[numbers.index(most)]["organ"]
            assert row["占比"] == pytest.approx(most / row["合计"])


def test_all_equations_are_proved_again_on_the_sum(summed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(one.code, one.severity.value) for one in check(reading.read(summed))]

    assert found == [("section-missing", "error")] * 3 + [("date-blank", "notice")]
    monkeypatch.setattr("nianbao.report.rollup.sums.add", lambda numbers: len(list(numbers)))
    with pytest.raises(ProblemsFound) as caught:
        roll_up([member(one) for one in organs(8)], (), None, ASKED)
    assert {"row-total", "outcome-total", "balance"} <= set(codes(caught.value.problems))


def test_a_wrong_organ_among_300_is_found_and_named(county: Path, tmp_path: Path) -> None:
    wrong = organs(COUNT)[123]
    wrong["table3"]["（一）予以公开"][6] += 1
    others = [one for number, one in enumerate(organs(COUNT)) if number != 123]
    save(others, tmp_path / "in")
    (tmp_path / "in" / "错的.json").write_text(json.dumps(wrong), encoding="utf-8")

    code, out, err = nianbao("rollup", tmp_path / "in", "-o", tmp_path / "汇总.xlsx")

    assert (code, out) == (1, "")
    assert not (tmp_path / "汇总.xlsx").exists()
    assert (
        f"错误 错的.json：“{wrong['organ']}”的报告有 2 个错误，不能计入汇总。"
        "请退回改好；要先汇总其余的，加 --skip-errors。\n"
    ) in err
    assert "错的.json › table3 › （一）予以公开 / 自然人 至 总计：（一）予以公开：自然人至其他各格合计" in err
    assert sum("不能计入" in line for line in err.splitlines()) == 1
    assert err.splitlines()[-1].startswith("有 3 个错误")


def test_a_wrong_organ_is_left_out_when_that_is_asked_for_and_named(tmp_path: Path) -> None:
    documents = organs(40)
    documents[5]["table3"]["（一）予以公开"][6] += 1
    save(documents, tmp_path / "in")
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"PK")
    (tmp_path / "in" / "空.json").write_text("{}", encoding="utf-8")
    path = tmp_path / "汇总.xlsx"

    code, out, err = nianbao("rollup", tmp_path / "in", "-o", path, "--skip-errors", "--organ", COUNTY)

    good = [one for one in sorted((tmp_path / "in").glob("0*.json")) if one.name != "0005.json"]
    assert code == 0
    assert "汇总 39 个单位，没有计入 3 个" in out
    assert "警告 坏.xlsx：读不出，没有计入：" in err
    assert "警告 空.json：读不出，没有计入：" in err
    assert f"“{documents[5]['organ']}”的报告有 2 个错误，没有计入，例如：" in err
    assert exported(path) == plain_sum(good)
    rows = [(one["机关"], one["情况"], one["文件"], one["错误"]) for one in table(path, "报送情况")]
    assert [row for row in rows if row[1] != "已计入"] == [
        (documents[5]["organ"], "有错误，未计入", "0005.json", 2),
        (None, "读不出，未计入", "坏.xlsx", None),
        (None, "读不出，未计入", "空.json", None),
    ]
    assert documents[5]["organ"] not in [row[1] for row in sheet(path, "各单位数据")]


# ---------------------------------------------------------------- the numbers


def one_figure(*values: object, year: int = 2025, row: str = "行政许可") -> tuple[object, ...]:
    """The sum of one figure of table 二, who has a number, who has none."""
    documents = organs(len(values), year=year)
    for document, value in zip(documents, values, strict=True):
        [column] = document["table2"][row]
        document["table2"][row] = {column: value}
    members = [member(document) for document in documents]
    total = next(one for one in totals(members[0].mandate, members) if one.slot.row == row)
    return total.number, total.given, [members.index(one) for one in total.blank]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((3, "", 4), (7, 2, [1])),
        (("/", 0, 4), (4, 2, [0])),
        (("", "", "/"), (None, 0, [0, 1, 2])),
        ((0, 0, 0), (0, 3, [])),
        (("１２", "5件", 1), (18, 3, [])),
    ],
)
def test_blank_is_not_zero_and_counts_nothing(values: Any, expected: Any) -> None:
    assert one_figure(*values) == expected


def test_amounts_are_added_exactly() -> None:
    assert one_figure(*[0.1] * 30, row="行政事业性收费")[0] == 3
    assert one_figure(0.000001, 123456789.5, 0.1, row="行政事业性收费")[0] == Decimal("123456789.600001")


def test_a_change_may_be_negative() -> None:
    documents = organs(3, year=2020)
    row = "行政许可"
    column = next(one for one in documents[0]["table2"][row] if "增/减" in one)
    for document, value in zip(documents, (-30, 5, "+2"), strict=True):
        document["table2"][row][column] = value
    members = [member(document) for document in documents]
    total = next(
        one for one in totals(members[0].mandate, members) if (one.slot.row, one.slot.column) == (row, column)
    )

    assert total.number == -23
    assert [share.number for share in total.shares] == [-30, 5, 2]


def test_a_figure_that_nobody_has_stays_blank_and_it_is_said_who_left_one_blank(tmp_path: Path) -> None:
    documents = organs(6)
    for document in documents:
        document["table2"]["行政处罚"] = {"本年处理决定数量": "/"}
    documents[2]["table2"]["行政强制"] = {"本年处理决定数量": ""}
    # a whole row without a number is an error: these are let through as if settled
    members = [take(exchange_report(document), ()) for document in documents]

    found = roll_up(members, (), None, ASKED)

    figures = {slot.row: found.report.figures[key] for key, slot in found.report.mandate.slots.items()}
    assert figures["行政处罚"].number is None
    assert figures["行政强制"].number == sum(
        one["table2"]["行政强制"]["本年处理决定数量"] or 0 for one in documents
    )
    [blank] = [one for one in found.problems if one.code == "left-blank"]
    assert blank.what.startswith("有 7 格不是数（空白或“/”），没有计数：")
    assert f"“{documents[2]['organ']}”2 格" in blank.what


def exchange_report(document: Any) -> Any:
    return assemble(exchange.enter(json.dumps(document).encode(), "报告.json"))


def test_a_sum_too_long_for_a_spreadsheet_is_refused_with_its_largest_member() -> None:
    documents = organs(4)
    documents[0]["table2"]["行政许可"] = {"本年处理决定数量": 999_999_999_999_999}
    documents[1]["table2"]["行政许可"] = {"本年处理决定数量": 1}

    with pytest.raises(ProblemsFound) as caught:
        roll_up([member(document) for document in documents], (), None, ASKED)

    [problem] = [one for one in caught.value.problems if one.code == "sum-too-long"]
    assert "超过 15 位有效数字，Excel 存不准；其中最大的是“某某县财政局”的 999999999999999" in problem.what
    assert problem.places[0].file == "某某县财政局.json"


def test_what_is_of_the_government_itself_and_what_is_summed_up_already_are_told_apart(
    tmp_path: Path,
) -> None:
    documents = organs(4)
    office = organs(1, seed=9)[0] | {"organ": COUNTY, "issued_by": COUNTY, "reporter": "政府本机关"}
    other = organs(1, seed=8)[0]
    other |= {"organ": "某某市邻县人民政府", "issued_by": "某某市邻县人民政府", "reporter": "县级政府汇总"}
    save([*documents, office, other], tmp_path / "in")
    path = tmp_path / "汇总.xlsx"

    code, _, err = nianbao("rollup", tmp_path / "in", "-o", path, "--organ", "某某市人民政府")

    assert code == 0
    assert "类型写作“地市级政府汇总”" in err
    assert "no-own-office" not in err
    assert "成员里没有" not in err
    grid = {row[1]: row[2:4] for row in sheet(path, "各单位数据")[5:-1]}
    assert grid[COUNTY] == ["政府本机关", "本级"]
    assert grid["某某市邻县人民政府"] == ["县级政府汇总", "汇总"]
    row = table(path, "汇总构成")[6]
    own = sum(one["table2"]["行政许可"]["本年处理决定数量"] for one in (*documents, office))
    assert row["行"] == "行政许可"
    assert (row["其中本级"], row["其中汇总"]) == (own, other["table2"]["行政许可"]["本年处理决定数量"])


def test_both_editions_can_be_rolled_up_each_for_itself(tmp_path: Path) -> None:
    paths = save(organs(12, year=2019), tmp_path / "in", books=3)
    assert nianbao("rollup", tmp_path / "in", "-o", tmp_path / "汇总.xlsx", "--organ", COUNTY)[0] == 0

    expected = plain_sum([path for path in paths if path.suffix == ".json"])
    found = exported(tmp_path / "汇总.xlsx")
    assert found.keys() == expected.keys()
    report = reading.read(tmp_path / "汇总.xlsx")
    books = [reading.read(path) for path in paths if path.suffix == ".xlsx"]
    jsons = [exchange.read(path) for path in paths if path.suffix == ".json"]
    for key, figure in report.figures.items():
        assert figure.number == sum(Decimal(one.figures[key].amount) for one in (*books, *jsons))


# ---------------------------------------------------------------- what stands out


def found_in(documents: Any, expected: Any = None) -> Any:
    return roll_up([member(document) for document in documents], (), expected, ASKED)


def test_ordinary_organs_do_not_stand_out() -> None:
    found = found_in(organs(300))

    assert found.striking == ()
    assert {"wrong-unit", "outlier", "dominates"} & set(codes(found.problems)) == set()


def test_an_organ_with_a_hundred_times_the_figures_is_named_on_the_sheet(tmp_path: Path) -> None:
    documents = organs(120)
    documents[37] = times(documents[37], 100)
    save(documents, tmp_path / "in")
    path = tmp_path / "汇总.xlsx"

    code, _, err = nianbao("rollup", tmp_path / "in", "-o", path, "--organ", COUNTY)

    rows = table(path, "占比异常")
    assert code == 0
    assert {row["机关"] for row in rows} == {documents[37]["organ"]}
    assert rows[0]["情形"] == "远高于同类单位"
    assert {"一、本年新收政府信息公开申请数量", "（七）总计"} <= {row["行"] for row in rows}
    first = next(row for row in rows if row["列"] == "总计")
    assert first["这个单位的数"] == documents[37]["table3"][first["行"]][6]
    assert "警告 0037.json › table3 › 一、本年新收政府信息公开申请数量 / 自然人 至 总计" in err
    assert f"“{documents[37]['organ']}”远高于同类单位：“本年新收.自然人”" in err


def test_two_organs_with_a_hundred_times_a_figure_do_not_hide_one_another() -> None:
    documents = organs(60)
    for at in (20, 40):
        documents[at]["table2"]["行政许可"]["本年处理决定数量"] *= 100

    found = found_in(documents)

    assert {one.member.organ for one in found.striking} == {documents[at]["organ"] for at in (20, 40)}
    assert codes(found.problems).count("outlier") == 2


def test_among_five_organs_the_wrong_one_does_not_widen_what_is_normal() -> None:
    documents = organs(5)
    for document, number in zip(documents, (11, 40, 4000, 18, 26), strict=True):
        document["table2"]["行政强制"]["本年处理决定数量"] = number

    assert [(one.why.value, one.member.organ) for one in found_in(documents).striking] == [
        ("远高于同类单位", documents[2]["organ"])
    ]


def test_fees_in_yuan_are_told_by_their_unit() -> None:
    documents = organs(60)
    fee = documents[30]["table2"]["行政事业性收费"]
    [column] = fee
    fee[column] = 185000
    found = found_in(documents)

    [problem] = [one for one in found.problems if one.code == "wrong-unit"]
    assert f"“{documents[30]['organ']}”像是以元填报：“行政事业性收费.本年收费金额”185000 万元" in problem.what
    assert problem.places[0].file == f"{documents[30]['organ']}.json"
    assert "以元计的要除以一万" in problem.mend


def test_half_of_a_sum_from_one_organ_is_only_a_notice() -> None:
    documents = organs(8)
    numbers = (120, 1, 2, 30, 4, 9, 25, 14)
    for document, number in zip(documents, numbers, strict=True):
        document["table2"]["行政强制"]["本年处理决定数量"] = number

    found = found_in(documents)

    assert [(one.why.value, one.member.organ, round(one.share)) for one in found.striking] == [
        ("占合计一半以上", documents[0]["organ"], 59)
    ]
    [problem] = [one for one in found.problems if one.code == "dominates"]
    assert problem.severity.value == "notice"


@pytest.mark.parametrize(
    "numbers",
    [
        (900, 1, 1, 1, 0, 0, 0, 0),  # of four nobody stands out
        (5, 1, 1, 1, 1, 0, 0, 0),  # few, if more than half
        (600, 70, 220, 15, 340, 42, 90, 8),  # large and small, as organs are
    ],
)
def test_what_is_no_reason_to_look(numbers: Any) -> None:
    documents = organs(8)
    for document, number in zip(documents, numbers, strict=True):
        document["table2"]["行政强制"]["本年处理决定数量"] = number

    assert found_in(documents).striking == ()


@pytest.mark.parametrize(
    "numbers",
    [
        (1, 4, 16, 64, 256, 300, 310, 20000),  # within the fence, for all differ by hundreds
        (8, 9, 9, 10, 11, 12, 60, 200),  # beyond it, but the next one is not so far below
        (7, 7, 7, 7, 7, 7, 7, 60),  # beyond it, for the others are alike, but not ten times as large
        (7, 7, 7, 7, 7, 7, 5000, 5000),  # a quarter of them is no exception
    ],
)
def test_what_is_large_but_not_out_of_all_proportion(numbers: Any) -> None:
    documents = organs(8)
    for document, number in zip(documents, numbers, strict=True):
        document["table2"]["行政强制"]["本年处理决定数量"] = number

    assert {one.why.value for one in found_in(documents).striking} <= {"占合计一半以上"}


def test_a_police_bureau_is_no_outlier_among_bureaus_but_a_township_like_it_is() -> None:
    documents = organs(60)
    for at, document in enumerate(documents):
        bureau = at < 10
        document["table2"]["行政处罚"]["本年处理决定数量"] = 1000 * (at + 1) ** 2 if bureau else 3 + at % 5
    documents[33]["table2"]["行政处罚"]["本年处理决定数量"] = 900

    found = found_in(documents)

    assert [one.member.organ for one in found.striking if one.why != "占合计一半以上"] == [
        documents[33]["organ"]
    ]


# ---------------------------------------------------------------- whose sum


def test_the_aggregates_name_and_kind_are_guessed_and_that_is_said() -> None:
    found = found_in(organs(5))
    assert (found.report.organ, found.report.reporter_name) == (COUNTY, "县级政府汇总")
    assert "organ-guessed" in codes(found.problems)

    found = roll_up(
        [member(one) for one in organs(5)],
        (),
        None,
        Asked("汇总.xlsx", "某某省水利厅", found.report.mandate.reporters[-1]),
    )
    assert (found.report.organ, found.report.reporter_name) == ("某某省水利厅", "垂直领导系统汇总")
    assert "organ-guessed" not in codes(found.problems)


def test_without_a_common_place_or_a_roster_the_name_is_left_to_be_filled_in() -> None:
    documents = organs(3)
    documents[0] |= {"organ": "另一市财政局", "issued_by": "另一市财政局"}

    found = roll_up([member(one) for one in documents], (), None, Asked("汇总.xlsx"))

    assert found.report.organ == "（请填写汇总机关全称）"


def test_the_roster_says_whose_sum_it_is() -> None:
    expected = [Expected(f"{PLACE}财政局", Place("名册.xlsx"), superior="某某县委员会办公室")]

    found = roll_up([member(one) for one in organs(1)], (), expected, Asked("汇总.xlsx"))

    assert found.report.organ == "某某县委员会办公室"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某某县财政局", " 某某县 财政局\n"),
        ("某某县财政局（本级）", "某某县财政局(本级)"),
        ("ＡＢ局", "AB局"),
        ("某某县\u200b财政局", "某某县　财政局"),
    ],
)
def test_names_are_compared_without_spaces_and_full_width(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert normal("某某县财政局") != normal("某某县教育局")

"""Exchange JSON: what is read, what is refused, what is written back."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from nianbao.mandate import for_year
from nianbao.media import exchange
from nianbao.report import Problem, ProblemsFound, Report, Severity, State, Unreadable, assemble, check

from tests.paths import REPORTS
from tests.reports import ELEMENTS, codes, sound, take

LABELS_OF_NO_FORM = ["二（正文插叙）", "三（正文插叙）", "四（正文插叙）"]


def enter(text: str | bytes) -> Report:
    content = text if isinstance(text, bytes) else text.encode()
    return assemble(exchange.enter(content, "报告.json"))


def refusal(text: str | bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        enter(text)
    [problem] = caught.value.problems
    assert problem.severity is Severity.ERROR
    return str(problem)


def reading(document: Any) -> list[str]:
    return [str(problem) for problem in take(document).reading]


# ---------------------------------------------------------------- there and back


def test_a_sound_report_comes_back_whole() -> None:
    for year in (2019, 2025):
        document = sound(year)
        written = json.loads(exchange.write(take(document)))

        assert written == document | {
            "edition": "2019" if year == 2019 else "2021",
            "title": f"某某市财政局{year}年政府信息公开工作年度报告",
            "reporter": "部门",
            "contact": {},
        }


def test_every_element_of_gbt_9704_comes_back() -> None:
    report = take(sound() | ELEMENTS)

    assert (report.elements, report.sealed) == (ELEMENTS, True)
    assert json.loads(exchange.write(report)).items() >= ELEMENTS.items()


def test_a_choice_may_be_a_truth_value_of_json() -> None:
    report = take(sound() | {"seal": True, "contact_note": False})

    assert (report.elements["seal"], report.elements["contact_note"], report.reading) == ("是", "否", ())


def test_numbers_come_back_as_numbers_and_texts_to_the_letter() -> None:
    document = sound(2019)
    document["table2"]["行政许可"] = {"上一年项目数量": 17, "本年增/减": "+1", "处理决定数量": "2笔"}
    document["table2"]["行政处罚"] = {"上一年项目数量": "/", "本年增/减": "−18", "处理决定数量": ""}
    document["table2"]["政府集中采购"] = {"采购项目数量": "１２", "采购总金额": 4166.241619}

    written = json.loads(exchange.write(take(document)))

    for row in ("行政许可", "行政处罚", "政府集中采购"):
        assert written["table2"][row] == document["table2"][row]


def test_texts_are_written_as_printed_and_with_their_names_beside() -> None:
    document = sound() | {"contact": {"联系电话": "0591-12345678"}}
    text = "收到{本年新收.总计}件，{ 年度 }年，{没有这个}，｛本年新收.总计｝。\n电话：{联系电话}。"
    document["sections"]["五"] = text
    row = document["table3"]["一、本年新收政府信息公开申请数量"]

    written = json.loads(exchange.write(take(document)))
    printed = f"收到{row[6]}件，2025年，{{没有这个}}，｛本年新收.总计｝。\n电话：0591-12345678。"
    assert (written["sections"]["五"], written["written"]) == (printed, {"五": text})
    assert written["contact"] == {"联系电话": "0591-12345678"}

    written["table3"]["一、本年新收政府信息公开申请数量"] = [*row[:6], 9876]
    assert [paragraph.text for paragraph in take(written).narratives["improvement"]] == [
        "收到9876件，2025年，{没有这个}，｛本年新收.总计｝。",
        "电话：0591-12345678。",
    ]


def test_a_text_that_somebody_changed_since_counts_as_it_is() -> None:
    document = sound()
    document["sections"]["五"] = "收到{本年新收.总计}件。"
    written = json.loads(exchange.write(take(document)))
    written["sections"]["五"] = "全年收到3件。"

    assert [paragraph.written for paragraph in take(written).narratives["improvement"]] == ["全年收到3件。"]


@pytest.mark.parametrize("value", [None, "文字", ["五"], {"五": 3}, {"五": ["收到{年度}"]}])
def test_foreign_values_beside_the_texts_are_ignored(value: Any) -> None:
    document = sound() | {"written": value}

    assert take(document).narratives == take(sound()).narratives


def test_tables_may_be_lists_or_objects_and_a_single_figure_stand_alone() -> None:
    document = sound()
    plain = take(document)
    document["table2"] = {
        row: list(cells.values()) if len(cells) > 1 else next(iter(cells.values()))
        for row, cells in document["table2"].items()
    }
    columns = [slot.column for slot in for_year(2025).tables["requests"].slots[:7]]
    document["table3"] = {
        row: dict(zip(columns, cells, strict=True)) for row, cells in document["table3"].items()
    }
    other = take(document)

    assert other.figures == plain.figures
    assert check(other) == ()


def test_keys_that_the_form_does_not_know_are_ignored_and_a_byte_order_mark_too() -> None:
    document = sound() | {"source": "https://example.org", "problems": [1, {"甲": None}]}

    assert check(enter(b"\xef\xbb\xbf" + json.dumps(document).encode())) == ()


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside this repository")
@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.json")), ids=lambda path: path.stem)
def test_a_published_report_comes_back_whole(path: Any) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    report = exchange.read(path)
    written = json.loads(exchange.write(report))

    for key in ("organ", "year", "edition", "title", "issued_by", "date_line"):
        assert written[key] == document[key]
    for table in ("table2", "table3", "table4"):
        assert {row: written[table][row] for row in document.get(table, {})} == document.get(table, {})
    no_place = [problem.places[0].cell for problem in report.reading if problem.code == "no-place"]
    assert no_place == [word for word in document["sections"] if word in LABELS_OF_NO_FORM]
    kept = {word: text for word, text in document["sections"].items() if text and word not in no_place}
    assert {word: text for word, text in written["sections"].items() if text} == kept
    assert codes(report.reading) == ["no-place"] * len(no_place)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside this repository")
def test_the_checks_find_the_arithmetic_errors_of_published_reports_and_no_others() -> None:
    equations = {"balance", "row-total", "outcome-total", "dispute-total"}
    found = {}
    for path in sorted(REPORTS.glob("*.json")):
        problems = check(exchange.read(path))
        broken = [f"{one.code} {one.places[-1].spot}" for one in problems if one.code in equations]
        if broken:
            found[path.name[:2]] = broken

    column = "（七）总计 / "
    balance = "四、结转下年度继续办理 / "
    totals = [f"outcome-total {column}自然人", f"outcome-total {column}总计"]
    balances = [f"balance {balance}自然人", f"balance {balance}总计"]
    assert found == {
        "11": totals,
        "16": balances,
        "34": [*totals, *balances, "dispute-total 行政复议 / 总计"],
        "44": [*totals, *balances],
        "46": ["dispute-total 行政复议 / 总计"],
    }


# ---------------------------------------------------------------- labels and types


def test_an_unknown_row_names_the_nearest_and_the_rest_is_read() -> None:
    document = sound()
    document["table3"]["1、属于国家秘密"] = document["table3"].pop("1.属于国家秘密")

    [unknown, *_] = take(document).reading
    assert str(unknown) == (
        "报告.json › table3 › 1、属于国家秘密：格式中没有“1、属于国家秘密”，这里的数没有读入。是否应为“1.属于国家秘密”。"
    )
    assert take(document).figures["requests.not_held.total"].number == 6


def test_an_unknown_column_names_the_nearest() -> None:
    document = sound()
    document["table2"]["规章"]["本年废纸件数"] = document["table2"]["规章"].pop("本年废止件数")

    assert reading(document) == [
        "报告.json › table2 › 规章 / 本年废纸件数：格式中没有“本年废纸件数”，这里的数没有读入。是否应为“本年废止件数”。"
    ]
    assert [one.code for one in check(take(document))] == ["unknown-label", "blank"]


def test_a_label_like_no_other_is_still_answered() -> None:
    document = sound()
    document["table3"]["\ud800" + "XYZ" * 20_000] = []

    [problem] = reading(document)
    assert problem.endswith("这里的数没有读入。请对照规定格式的行、列标签。")
    assert len(problem) < 200
    problem.encode()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ([1, 2, 3], "有 3 个数，应有 5 个"),
        ([1, 0, 2, 1, 4, 9, 9], "有 7 个数，应有 5 个"),
        ([], "有 0 个数，应有 5 个"),
    ],
)
def test_a_list_of_the_wrong_length_says_what_it_should_hold(row: Any, problem: str) -> None:
    document = sound()
    document["table4"]["行政复议"] = row

    assert reading(document) == [
        f"报告.json › table4 › 行政复议：“行政复议”{problem}。依次是：结果维持、结果纠正、其他结果、尚未审结、总计。"
    ]


def test_a_row_that_is_neither_list_nor_object_is_said() -> None:
    document = sound()
    document["table4"]["行政复议"] = 4

    assert reading(document) == [
        "报告.json › table4 › 行政复议：“行政复议”既不是列表也不是对象。请写成列表 […] 或对象 {…}。"
    ]


@pytest.mark.parametrize("value", [[], {}, [[1]], {"甲": 1}])
def test_a_cell_that_is_no_single_value_is_said_once_and_not_called_blank(value: Any) -> None:
    document = sound()
    document["table2"]["规章"]["现行有效件数"] = value
    report = take(document)

    assert [str(problem) for problem in check(report)] == [
        "报告.json › table2 › 规章 / 现行有效件数：不是一个数。请写成一个数，或者一个字符串。"
    ]
    assert report.figures["disclosure.regulations.in_force"].state is State.UNREADABLE


def test_what_was_typed_stays_in_the_exchange_though_it_prints_otherwise() -> None:
    document = sound() | {"date_line": "二〇二六年一月二十日"}
    document["table2"]["规章"]["本年制发件数"] = "１８件"
    report = take(document)
    written = json.loads(exchange.write(report))

    assert (report.figures["disclosure.regulations.issued"].printed, report.printed_date) == (
        "18",
        "2026年1月20日",
    )
    assert (written["table2"]["规章"]["本年制发件数"], written["date_line"]) == (
        "１８件",
        "二〇二六年一月二十日",
    )


@pytest.mark.parametrize(
    ("table", "content", "code"),
    [
        ("table2", 3, "wrong-type"),
        ("table3", ["甲"], "wrong-type"),
        (
            "table4",
            {"行政复议": 3, "未经复议直接起诉": [2, 0, 2, 1, 5], "复议后起诉": [3, 0, 2, 1, 6]},
            "wrong-type",
        ),
        (
            "table4",
            {"行政复议": [3], "未经复议直接起诉": [2, 0, 2, 1, 5], "复议后起诉": [3, 0, 2, 1, 6]},
            "row-length",
        ),
    ],
)
def test_what_cannot_be_read_is_told_once_and_nothing_follows_from_it(
    table: str, content: Any, code: str
) -> None:
    assert [problem.code for problem in check(take(sound() | {table: content}))] == [code]


@pytest.mark.parametrize("content", [3, {"引言": "", "一": ["甲"], "五": 3, "六": None}])
def test_of_texts_that_cannot_be_read_nothing_is_called_missing(content: Any) -> None:
    assert {problem.code for problem in check(take(sound() | {"sections": content}))} == {"wrong-type"}


def test_a_row_of_the_wrong_length_leaves_the_sums_over_it_unjudged() -> None:
    document = sound()
    document["table3"]["1.属于国家秘密"] = [9, 9, 9]
    document["sections"]["一"] += "\n申请中，属于国家秘密的不予公开6件。"

    assert [problem.code for problem in check(take(document))] == ["row-length"]


@pytest.mark.parametrize("key", ["table2", "sections", "contact"])
@pytest.mark.parametrize("value", [None, 1, "甲", [], True])
def test_a_part_that_is_no_object_is_said(key: str, value: Any) -> None:
    assert reading(sound() | {key: value})[:1] == [f"报告.json › {key}：不是对象 {{…}}。请照交换格式书写。"]


@pytest.mark.parametrize("value", [[], {}, ["甲"], True])
@pytest.mark.parametrize("key", ["title", "issued_by", "date_line", "reporter", "letterhead"])
def test_a_particular_that_is_no_text_is_said_and_left_out(key: str, value: Any) -> None:
    assert reading(sound() | {key: value}) == [f"报告.json › {key}：不是文字。请写成一个字符串。"]


@pytest.mark.parametrize("text", [None, 1, ["甲"], {"甲": "乙"}, True])
def test_a_section_that_is_no_text_is_said(text: Any) -> None:
    document = sound()
    document["sections"]["五"] = text

    assert reading(document) == ["报告.json › sections › 五：“五”不是文字。请写成一个字符串，一段一行。"]


def test_text_that_the_form_has_no_place_for_is_said() -> None:
    document = sound()
    document["sections"]["二"] = "另有说明。"

    [problem] = take(document).reading
    assert problem.severity is Severity.WARNING
    assert str(problem) == (
        "报告.json › sections › 二：格式中“二”没有文字部分，这里的文字没有读入：“另有说明。”。"
        "需要的话请移入 引言、一、五、六 之一。"
    )


def test_a_contact_that_nobody_asked_for_is_said() -> None:
    assert reading(sound() | {"contact": {"传真": "1"}}) == [
        "报告.json › contact › 传真：没有“传真”这一项，没有读入。可以写的有：联系地址、邮政编码、联系电话、电子邮箱。"
    ]


def test_an_edition_that_contradicts_the_year_is_said() -> None:
    assert reading(sound() | {"edition": "2019"}) == [
        "报告.json › edition：写的是 2019 版，而报告年度用的是 2021 版。请核对 year 和 edition。"
    ]
    assert reading(sound() | {"edition": 2021}) == []


def test_without_organ_and_year_both_are_said_at_once() -> None:
    document = sound()
    del document["organ"], document["year"]

    with pytest.raises(ProblemsFound) as caught:
        take(document)
    assert [str(problem) for problem in caught.value.problems] == [
        "报告.json › organ：没有机关名称。请填机关全称。",
        "报告.json › year：没有报告年度。请填四位数的年份，2019 年及以后，例如 2025。",
    ]


def test_control_characters_are_said_with_their_place_and_left_out() -> None:
    document = sound() | {"organ": "某\u0007局"}
    document["sections"]["五"] = "甲\n乙\u0000丙"
    document["table2"]["规章"]["现行有效件数"] = "\u000b3"
    report = take(document)

    assert [str(problem) for problem in report.reading] == [
        "报告.json › organ：含有不能印出的控制字符（U+0007），读入时已略去。请重新输入这一格的文字。",
        "报告.json › table2 › 规章 / 现行有效件数：含有不能印出的控制字符（U+000B），读入时已略去。请重新输入这一格的文字。",
        "报告.json › sections › 五 第 2 段：含有不能印出的控制字符（U+0000），读入时已略去。请重新输入这一格的文字。",
    ]
    assert report.organ == "某局"
    assert report.figures["disclosure.regulations.in_force"].number == 3


# ---------------------------------------------------------------- hostile files


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "不是合格的 JSON（第 1 行第 1 列）"),
        (b"{", "不是合格的 JSON（第 1 行第 2 列）"),
        (b'{"organ": "a",}', "不是合格的 JSON（第 1 行第 15 列）"),
        (b"[]", "最外层不是对象 {…}"),
        (b"3", "最外层不是对象 {…}"),
        (b"null", "最外层不是对象 {…}"),
        ('{"organ": "某局"}'.encode("gbk"), "不是 UTF-8 文本（第 14 字节起读不通）"),
        ('{"organ": "某局"}'.encode("utf-16"), "不是 UTF-8 文本（第 1 字节起读不通）"),
        (
            b'{"organ": "a", "organ": "b", "\xe7\x94\xb2": {"x": 1, "x": 2, "x": 3}}',
            "同一个键写了两次：x、organ",
        ),
        (b"[" * 100_000, "JSON 嵌套太深，或者数字太长"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "JSON 嵌套太深，或者数字太长"),
        (b'{"year": ' + b"9" * 5_000 + b"}", "JSON 嵌套太深，或者数字太长"),
        (b" " * (exchange.LARGEST + 1), "文件有 20971521 字节，超过 20971520"),
    ],
)
def test_what_is_no_exchange_json_is_refused_to_the_letter(content: Any, problem: str) -> None:
    assert refusal(content) == f"报告.json：{problem}。请用 nianbao export 的输出，或照交换格式书写。"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1e300", "-1e300", "9" * 4_000])
def test_a_number_that_is_none_is_a_text_with_its_place(number: str) -> None:
    document = json.dumps(sound() | {"table2": {"规章": {"现行有效件数": "@"}}}, ensure_ascii=False)
    problems = check(enter(document.replace('"@"', number)))

    [problem] = [one for one in problems if one.code == "not-a-number"]
    assert str(problem).startswith("报告.json › table2 › 规章 / 现行有效件数：“")
    assert len(str(problem)) < 120


def test_nesting_just_short_of_the_limit_is_read_or_refused_but_never_a_crash() -> None:
    for depth in range(50, 1100, 50):
        value = "[" * depth + "]" * depth
        for document in (
            sound() | {"organ": "@"},
            sound() | {"title": "@"},
            sound() | {"table4": {"行政复议": "@"}},
            sound() | {"table2": {"规章": {"现行有效件数": "@"}}},
            sound() | {"sections": {"二": "@"}},
            sound() | {"甲": "@"},
        ):
            survives(json.dumps(document).replace('"@"', value).encode())


def survives(content: bytes) -> list[Problem]:
    """Read, check, print and write, or find problems; anything else is a bug."""
    try:
        report = enter(content)
    except ProblemsFound as caught:
        problems = list(caught.problems)
    else:
        problems = list(check(report))
        json.loads(exchange.write(report))
    for problem in problems:
        str(problem).encode()
        json.dumps(problem.to_json())
    return problems


VALUES: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**30, "", "甲", "/", "{", "{}", "{本年新收.总计}", "\ud800", "\x00",
    "=1+1", "1" * 400, [], {}, [[]], [{}], {"": ""}, {"甲": []}, ["甲"] * 9, "长" * 40_000, "😀𬭊", "\n\n",
]  # fmt: skip


def test_wrong_types_anywhere_are_problems_and_never_a_crash() -> None:
    chance = random.Random(20250101)

    def spoil(node: object) -> object:
        if chance.random() < 0.02:
            return chance.choice(VALUES)
        if isinstance(node, dict):
            return {
                (key if chance.random() > 0.01 else key + "X"): spoil(value) for key, value in node.items()
            }
        return [spoil(value) for value in node] if isinstance(node, list) else node

    for year in (2019, 2025) * 100:
        survives(json.dumps(spoil(sound(year))).encode())
    for key in sound():
        for value in VALUES:
            survives(json.dumps(sound() | {key: value}).encode())


def test_damaged_bytes_are_problems_and_never_a_crash() -> None:
    chance = random.Random(20250102)
    whole = json.dumps(sound(), ensure_ascii=False).encode()
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        survives(bytes(content[: chance.choice([len(content), chance.randrange(len(content))])]))

"""The form as data: both editions against what the decrees print, and the loader's errors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from nianbao.mandate import Kind, MandateError, Role, editions, for_year, load
from nianbao.mandate.load import FOLDER, read

from tests.paths import SHARED

OFFICIAL = SHARED / "published" / "official-form-2021.docx"

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REQUEST_ROWS_2019 = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理",
    "（七）总计",
    "四、结转下年度继续办理",
]
REQUEST_ROWS_2021 = [
    *REQUEST_ROWS_2019[:-3],
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    *REQUEST_ROWS_2019[-2:],
]
DISCLOSURE_2021 = [
    ("规章", "本年制发件数"),
    ("规章", "本年废止件数"),
    ("规章", "现行有效件数"),
    ("行政规范性文件", "本年制发件数"),
    ("行政规范性文件", "本年废止件数"),
    ("行政规范性文件", "现行有效件数"),
    ("行政许可", "本年处理决定数量"),
    ("行政处罚", "本年处理决定数量"),
    ("行政强制", "本年处理决定数量"),
    ("行政事业性收费", "本年收费金额（单位：万元）"),
]
DISCLOSURE_2019 = [
    *(
        (row, column)
        for row in ("规章", "规范性文件")
        for column in ("本年新制作数量", "本年新公开数量", "对外公开总数量")
    ),
    *(
        (row, column)
        for row in ("行政许可", "其他对外管理服务事项", "行政处罚", "行政强制")
        for column in ("上一年项目数量", "本年增/减", "处理决定数量")
    ),
    ("行政事业性收费", "上一年项目数量"),
    ("行政事业性收费", "本年增/减"),
    ("政府集中采购", "采购项目数量"),
    ("政府集中采购", "采购总金额"),
]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_both_editions_have_the_six_headings(edition: str) -> None:
    assert [section.heading for section in load(edition).sections] == HEADINGS
    assert [section.number for section in load(edition).narratives] == ["一", "五", "六"]


@pytest.mark.parametrize(
    ("edition", "disclosure", "rows"),
    [("2019", DISCLOSURE_2019, REQUEST_ROWS_2019), ("2021", DISCLOSURE_2021, REQUEST_ROWS_2021)],
)
def test_figures_stand_in_reading_order_with_their_official_labels(
    edition: str, disclosure: Any, rows: Any
) -> None:
    tables = load(edition).tables

    assert [(slot.row, slot.column) for slot in tables["disclosure"].slots] == disclosure
    assert [(slot.row, slot.column) for slot in tables["requests"].slots] == [
        (row, column) for row in rows for column in APPLICANTS
    ]
    assert [(slot.row, slot.column) for slot in tables["disputes"].slots] == [
        (group, column) for group in ("行政复议", "未经复议直接起诉", "复议后起诉") for column in OUTCOMES
    ]


def test_the_2021_edition_has_200_figures_and_the_2019_edition_198() -> None:
    assert {
        edition: {key: len(table.slots) for key, table in load(edition).tables.items()}
        for edition in editions()
    } == {
        "2019": {"disclosure": 22, "requests": 161, "disputes": 15},
        "2021": {"disclosure": 10, "requests": 175, "disputes": 15},
    }


def test_a_key_is_table_row_column_and_a_name_is_what_a_clerk_would_say() -> None:
    slots = load("2021").slots

    assert slots["requests.received.natural_person"].name == "本年新收.自然人"
    assert slots["disputes.litigation_after_review.total"].name == "复议后起诉.总计"
    assert slots["disclosure.fees.amount"].name == "行政事业性收费.本年收费金额"
    assert all(re.fullmatch(r"[a-z_0-9]+\.[a-z_0-9]+\.[a-z_0-9]+", key) for key in slots)


def test_only_the_fee_is_an_amount_and_only_the_old_changes_are_signed() -> None:
    assert [key for key, slot in load("2021").slots.items() if slot.kind is not Kind.COUNT] == [
        "disclosure.fees.amount"
    ]
    assert {
        key: slot.kind.value for key, slot in load("2019").slots.items() if slot.kind is not Kind.COUNT
    } == {
        "disclosure.licences.change": "signed",
        "disclosure.other_services.change": "signed",
        "disclosure.penalties.change": "signed",
        "disclosure.coercive_measures.change": "signed",
        "disclosure.fees.change": "signed",
        "disclosure.procurement.amount": "amount",
    }


def test_every_equation_of_the_form_is_there() -> None:
    codes = {edition: [equation.code for equation in load(edition).equations] for edition in ("2019", "2021")}

    assert {edition: {code: found.count(code) for code in found} for edition, found in codes.items()} == {
        "2019": {"row-total": 23, "outcome-total": 7, "balance": 7, "dispute-total": 3},
        "2021": {"row-total": 25, "outcome-total": 7, "balance": 7, "dispute-total": 3},
    }


def test_an_outcome_total_adds_every_outcome_row_and_nothing_else() -> None:
    [equation] = [
        equation
        for equation in load("2021").equations
        if equation.code == "outcome-total" and equation.where == "科研机构"
    ]

    assert [load("2021").slots[key].row for key in equation.left] == REQUEST_ROWS_2021[2:-2]
    assert equation.right == ("requests.outcome_total.research",)


def test_the_2021_edition_tells_what_became_of_the_figures_before() -> None:
    found = load("2021").succession
    sums = [one for one in found if one.key]
    scope = [one for one in found if one.comparable and not one.key]

    assert [one.key.rpartition(".")[2] for one in sums] == list(
        dict.fromkeys(slot.column_key for slot in load("2021").tables["requests"].slots)
    )
    assert {(one.key.partition(".total")[0], one.row, one.former, one.now) for one in sums[-1:]} == {
        (
            "requests.other_handling",
            "（六）其他处理",
            ("requests.other_outcome.total",),
            (
                "requests.not_corrected_in_time.total",
                "requests.fee_not_paid.total",
                "requests.other_outcome.total",
            ),
        )
    }
    assert [(one.former, one.now) for one in scope] == [
        ((f"disclosure.{row}.decisions",), (f"disclosure.{row}.decisions",))
        for row in ("licences", "penalties", "coercive_measures")
    ]
    assert (load("2021").edition.follows, load("2019").edition.follows) == ("2019", "")
    assert load("2019").succession == ()


def test_what_has_another_meaning_under_the_same_key_is_named() -> None:
    """A key of both editions is one figure, unless the later edition says what became of it."""
    both = set(load("2019").slots) & set(load("2021").slots)
    named = {key for one in load("2021").succession for key in (*one.former, *one.now)}
    changed = {
        key
        for key in both
        if (load("2019").slots[key].row, load("2019").slots[key].column)
        != (load("2021").slots[key].row, load("2021").slots[key].column)
    }

    assert changed <= named


def test_a_year_has_its_edition_and_a_year_before_the_form_has_none() -> None:
    assert {year: for_year(year).edition.key for year in (2019, 2020, 2021, 2026)} == {
        2019: "2019",
        2020: "2019",
        2021: "2021",
        2026: "2021",
    }
    with pytest.raises(KeyError):
        for_year(2018)


def test_deadlines_follow_the_kind_of_reporter() -> None:
    assert {reporter.name: reporter.deadline(2025).isoformat() for reporter in load("2021").reporters} == {
        "部门": "2026-01-31",
        "乡镇（街道）": "2026-01-31",
        "政府本机关": "2026-01-31",
        "县级政府汇总": "2026-02-20",
        "地市级政府汇总": "2026-03-10",
        "省级政府汇总": "2026-03-31",
        "垂直领导系统汇总": "2026-03-31",
    }


@pytest.mark.parametrize(("edition", "platform"), [("2019", "平台建设"), ("2021", "政府信息公开平台建设")])
def test_the_overview_has_five_topics_and_three_more_for_governments(edition: str, platform: str) -> None:
    topics = load(edition).duties.topics

    assert [topic.name for topic in topics if not topic.governments] == [
        "主动公开",
        "依申请公开",
        "政府信息管理",
        platform,
        "监督保障",
    ]
    assert [topic.name for topic in topics if topic.governments] == ["工作考核", "社会评议", "责任追究"]


def test_only_the_2021_edition_limits_the_overview_and_asks_for_the_fee() -> None:
    assert {key: load(key).duties.longest_overview for key in editions()} == {"2019": None, "2021": 1000}
    assert {key: bool(load(key).duties.fee) for key in editions()} == {"2019": False, "2021": True}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_exceptional_outcomes_are_those_below_other_handling(edition: str) -> None:
    mandate = load(edition)
    share = mandate.duties.exceptional
    rows = REQUEST_ROWS_2021[-5:-2] if edition == "2021" else ["（六）其他处理"]

    assert share.name == "（六）其他处理"
    assert [mandate.slots[key].row for key in share.parts] == rows
    assert mandate.slots[share.whole].row == "（七）总计"


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_printed_cells_cover_each_table_once(edition: str) -> None:
    for table in load(edition).tables.values():
        covered = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        ]
        assert sorted(covered) == [
            (row, column) for row in range(table.row_count) for column in range(len(table.grid))
        ]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the blank official form is not beside the project")
def test_the_2021_geometry_is_the_blank_official_form_cell_by_cell() -> None:
    document = Document(str(OFFICIAL))
    tables = load("2021").tables.values()

    for table, printed in zip(tables, document.tables, strict=True):
        ours = [(cell.row, cell.column, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]
        assert ours == _printed_cells(printed._tbl)
        assert list(table.grid) == [int(col.get(qn("w:w"), "")) for col in printed._tbl.tblGrid]


def _printed_cells(table: Any) -> Any:
    cells: list[list[Any]] = []
    open_cells: dict[int, list[Any]] = {}
    for row, tr in enumerate(table.tr_lst):
        column = 0
        for tc in tr.tc_lst:
            properties = tc.tcPr
            span = properties.find(qn("w:gridSpan"))
            colspan = int(span.get(qn("w:val"))) if span is not None else 1
            merge = properties.find(qn("w:vMerge"))
            text = "".join(t.text or "" for t in tc.iter(qn("w:t"))).strip()
            if merge is not None and merge.get(qn("w:val")) != "restart":
                open_cells[column][2] += 1
            else:
                open_cells[column] = [row, column, 1, colspan, text]
                cells.append(open_cells[column])
            column += colspan
    return [tuple(cell) for cell in cells]


BLOCKS = "tables.disclosure.blocks"
BROKEN = {  # what is changed in the file, to what → the key and what is said of it
    ('key = "overview"\n', ""): "sections[0].key：缺少这一项",
    ('key = "issued"', 'key = "Issued"'): (
        f"{BLOCKS}[0].columns[0].key：键应是小写英文和下划线，现为 'Issued'"
    ),
    ('key = "repealed"', 'key = "issued"'): ("tables：“disclosure.regulations.issued”出现了不止一次"),
    ('kind = "amount"', 'kind = "money"'): (
        f"{BLOCKS}[3].columns[0].kind：应是 count、signed 或 amount，现为 'money'"
    ),
    ("span = 3 }]", "span = 2 }]"): (f"{BLOCKS}[1].columns：行标签 1 列加数字 2 列，不等于 grid 的 4 列"),
    ('left = ["received"', 'left = ["recieved"'): (
        "tables.requests.balances[0].left：这张表中没有 'recieved'"
    ),
    ('deadline = "01-31"', 'deadline = "13-31"'): (
        "reporters[0].deadline：应写作 月-日，例如 01-31，现为 '13-31'"
    ),
    ('balance = "', 'balanse = "'): "equations.balance：缺少这一项",
    ('decree = "', 'law = "x"\ndecree = "'): "law：不认识这一项",
    ('number = "一"', "number = 1"): "sections[0].number：应是文字，现为 1",
    ('overview = "overview"', 'overview = "disclosure"'): "duties.overview：没有 'disclosure'",
    ('governments = ["township"', 'governments = ["town"'): "duties.governments：没有 'town'",
    ('regulations = ["disclosure.regulations', 'regulations = ["disclosure.regulation'): (
        "duties.regulations：没有 'disclosure.regulation.issued'"
    ),
    ('no_regulations = ["township", "county"]', "no_regulations = []"): ("duties.no_regulations：不能是空的"),
    ('core = "平台建设"', 'core = "网站建设"'): ("duties.topics[3].core：应是“政府信息公开平台建设”中的字"),
    ('told = "依申请|', 'told = "(依申请|'): (
        "duties.topics[1].told：不是合格的正则表达式：missing ), unterminated subpattern at position 0"
    ),
    ('named = "依申请|申请公开|', 'named = "申请办理|'): "duties.topics[1].named：“依申请公开”本身也应认得",
    ('section = "other_matters"', 'section = "others"'): "duties.fee.section：没有 'others'",
    ('name = "（六）其他处理"', 'name = "其他处理"'): "duties.exceptional.name：没有 '其他处理'",
    ('follows = "2019"', 'follows = "2018"'): "follows：没有更早的版本 '2018'",
    ('follows = "2019"', 'follows = "2021"'): "follows：没有更早的版本 '2021'",
    ('follows = "2019"\n', ""): "succession[0].former：没有写明接续哪一版（follows）",
    ('former = ["other_outcome"]', 'former = ["others"]'): "succession[0].former：这张表中没有 'others'",
    ('now = ["not_corrected_in_time", ', 'now = ["not_corrected", '): (
        "succession[0].now：这张表中没有 'not_corrected'"
    ),
    ('key = "other_handling"', 'key = "other_outcome"'): "succession[0].key：'other_outcome' 已是这张表的键",
    ('key = "other_handling"\n', ""): "succession[0].key：每列的合计应有 key 和 row，其他不应有",
    ('row = "（六）其他处理"\n', ""): "succession[0].key：每列的合计应有 key 和 row，其他不应有",
    ('comparable = false\nnow = ["amount"]', 'now = ["amount"]'): "succession[4].former：可比的两边都应有",
    ('former = ["decisions"]', 'former = ["made"]'): "succession[1].now：两版没有都有这些键的行或列",
    ('former = ["previous_projects", "change"]', 'former = ["made"]'): (
        "succession：former 中 'disclosure.normative_documents.made' 出现了不止一次"
    ),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.items(), ids=lambda each: None)
def test_a_broken_mandate_names_file_and_key(tmp_path: Path, change: Any, said: Any) -> None:
    old, new = change
    text = (FOLDER / "2021.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "broken.toml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(MandateError) as caught:
        read(tmp_path / "broken.toml")

    assert str(caught.value) == f"broken.toml › {said}"


def test_every_figure_cell_of_the_form_has_a_slot_and_every_label_a_text() -> None:
    for edition in editions():
        for table in load(edition).tables.values():
            figures = [cell.key for cell in table.cells if cell.role is Role.FIGURE]
            assert figures == [slot.key for slot in table.slots]
            assert all(cell.text for cell in table.cells if cell.role is not Role.FIGURE)

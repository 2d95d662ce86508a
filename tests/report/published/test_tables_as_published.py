"""The three tables of a published page, found by their labels through whatever was done to them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from nianbao.report import Report, State

from tests.media.webpage.page_samples import Cell, Rows, page, said, take, texts, without
from tests.reports import sound
from tests.reports import take as entered

Change = Callable[[Rows], None]

CARRIED = "四、结转下年度继续办理"
OTHER = "（六）其他处理"


@pytest.fixture(scope="module")
def report() -> Report:
    return entered(sound())


def wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in text)


def test_a_page_as_it_should_be_is_read_whole(report: Report) -> None:
    found = take(page(report))

    assert texts(found) == texts(report)
    assert said(found) == []


def test_every_figure_knows_its_cell(report: Report) -> None:
    found = take(page(report))

    place = found.figures["requests.carried_in.total"].place
    assert str(place.cell) == "表 2 第 5 行第 10 列"
    assert (place.part, place.row, place.column) == (
        "正文",
        "二、上年结转政府信息公开申请数量",
        "总计",
    )


def spaced(rows: Rows) -> None:
    for row in rows.rows:
        for cell in row:
            if not re.fullmatch("[0-9]*", cell.text):
                half = len(cell.text) // 2
                cell.text = f"&nbsp;{cell.text[:half]}<br> {cell.text[half:]}　"


def without_heads(rows: Rows) -> None:
    del rows.rows[:3]


def heads_again(rows: Rows) -> str:
    heads = Rows(rows.rows[:3])
    first, second = Rows(rows.rows[:12]), Rows(heads.rows + rows.rows[12:])
    return cut(first, second)


def split_bare(rows: Rows) -> str:
    return cut(Rows(rows.rows[:12]), Rows(rows.rows[12:]))


def cut(first: Rows, second: Rows) -> str:
    """Two tables where one was: the groups begun above go on below, without their labels."""
    for part in (first, second):
        for number, row in enumerate(part.rows):
            for cell in row:
                cell.rowspan = min(cell.rowspan, len(part.rows) - number)
    return first.html("<p>— 3 —</p>") + second.html()


def empty_column(rows: Rows) -> None:
    for row in rows.rows[3:]:
        row.append(Cell(""))


def no_spans(rows: Rows) -> str:
    """Labels of groups repeated in every row, as pages made by exporting a spreadsheet have them."""
    made = rows.html()
    return re.sub(r' rowspan="\d+"', "", made)


def nested(rows: Rows) -> str:
    return f"<table><tr><td>{rows.html()}</td></tr></table>"


def blank_rows(rows: Rows) -> None:
    rows.rows.insert(8, [Cell("", colspan=10)])
    rows.rows.append([Cell("&nbsp;", colspan=10)])


@pytest.mark.parametrize(
    "change",
    [spaced, without_heads, heads_again, split_bare, empty_column, no_spans, nested, blank_rows],
    ids=lambda one: one.__name__,
)
def test_table_three_is_read_whole_and_nothing_is_said(change: Change, report: Report) -> None:
    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == []


@pytest.mark.parametrize("key", ["disclosure", "disputes"])
def test_the_other_tables_bear_spaces_and_nesting(key: str, report: Report) -> None:
    for change in (spaced, nested):
        found = take(page(report, {key: change}))

        assert texts(found) == texts(report)
        assert said(found) == []


def test_a_table_four_whose_figures_stand_on_the_next_page(report: Report) -> None:
    def change(rows: Rows) -> str:
        return Rows(rows.rows[:3]).html("<p>第 5 页</p>") + Rows(rows.rows[3:]).html()

    found = take(page(report, {"disputes": change}))

    assert texts(found) == texts(report)


@pytest.mark.parametrize("at", [3, 4])
def test_a_blank_row_beside_the_figures_of_table_four_is_passed_over(at: int, report: Report) -> None:
    def spare(rows: Rows) -> None:
        rows.rows.insert(at, [Cell("&nbsp;") for _ in range(15)])

    found = take(page(report, {"disputes": spare}))

    assert texts(found) == texts(report)
    assert said(found) == []


def test_a_row_that_the_end_of_a_page_cuts_is_one_row(report: Report) -> None:
    label = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"

    def change(rows: Rows) -> str:
        at, place = rows.find(label)
        above, below = rows.rows[: at + 1], rows.rows[at + 1 :]
        rest = [Cell(label[9:], colspan=2), *(Cell("") for _ in range(7))]
        above[at][place].text = label[:9]
        return cut(Rows(above), Rows([[Cell(""), *rest], *below]))

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == []


def test_other_numbering_is_read_and_told(report: Report) -> None:
    def change(rows: Rows) -> None:
        rows.cell("一、本年新收政府信息公开申请数量").text = "1、本年新收政府信息公开申请数量"

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == [
        (
            "label-number",
            "“1、本年新收政府信息公开申请数量”的编号与规定不同，应为“一、本年新收政府信息公开申请数量”",
        )
    ]


def test_other_signs_are_read_and_told(report: Report) -> None:
    def change(rows: Rows) -> None:
        rows.cell("3.危及“三安全一稳定”").text = '3.危及"三安全一稳定"'

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert [code for code, _ in said(found)] == ["label-signs"]


@pytest.mark.parametrize(
    ("key", "label", "typed"),
    [
        ("requests", "2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("disclosure", "本年废止件数", "本年废纸件数"),
        ("disclosure", "行政规范性文件", "规范性文件"),
        ("requests", "三、本年度办理结果", "三、本年度办理情况"),
        ("requests", "（三）不予公开", "（三）不子公开"),
        ("disputes", "尚未审结", "尚未审理"),
    ],
)
def test_a_wrong_word_in_a_label_is_read_and_told(key: str, label: str, typed: str, report: Report) -> None:
    def change(rows: Rows) -> None:
        rows.cell(label).text = typed

    found = take(page(report, {key: change}))

    assert texts(found) == texts(report)
    assert said(found) == [("label-differs", f"“{typed}”与规定不同，应为“{label}”")]


def test_full_width_figures_are_read_and_told(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, _ = rows.find(CARRIED)
        for cell in rows.rows[row][1:]:
            cell.text = wide(cell.text)

    found = take(page(report, {"requests": change}))

    keys = [key for key in report.figures if key.startswith("requests.carried_out.")]
    assert {key: found.figures[key].number for key in keys} == {
        key: report.figures[key].number for key in keys
    }
    assert [found.figures[key].text for key in keys] == [wide(report.figures[key].text) for key in keys]


def test_a_number_broken_over_two_lines_is_one(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, _ = rows.find("行政事业性收费")
        rows.rows[row][1].text = "4166.2416<br>19"

    found = take(page(report, {"disclosure": change}))

    assert found.figures["disclosure.fees.amount"].text == "4166.241619"


def test_a_number_stays_as_it_was_published(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, _ = rows.find("行政事业性收费")
        rows.rows[row][1].text = "12.50"

    figure = take(page(report, {"disclosure": change})).figures["disclosure.fees.amount"]

    assert (figure.text, str(figure.number), figure.value == figure.number) == ("12.50", "12.5", True)


def test_a_remark_a_slash_and_a_blank_are_kept(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, _ = rows.find("规章")
        for cell, text in zip(rows.rows[row][1:], ("22（其中修订16件）", "/", "&nbsp;"), strict=True):
            cell.text = text

    figures = take(page(report, {"disclosure": change})).figures

    found = [figures[f"disclosure.regulations.{one}"] for one in ("issued", "repealed", "in_force")]
    assert [(one.text, one.state, one.number) for one in found] == [
        ("22（其中修订16件）", State.NUMBER, 22),
        ("/", State.NOT_APPLICABLE, None),
        ("", State.BLANK, None),
    ]


def test_a_missing_row_is_blank_and_shifts_nothing(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, _ = rows.find("规章")
        del rows.rows[row]

    found = take(page(report, {"disclosure": change}))

    gone = [key for key in report.figures if key.startswith("disclosure.regulations.")]
    assert texts(found) == without(texts(report), gone)


def test_other_outcomes_in_one_row_are_told_and_only_zeros_are_shared_out(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, place = rows.find(OTHER)
        del rows.rows[row + 1 : row + 3]
        figures = [Cell(text) for text in ("3", "0", "0", "0", "0", "0", "3")]
        rows.rows[row][place:] = [Cell(OTHER, colspan=2), *figures]
        rows.cell("三、本年度办理结果").rowspan -= 2

    found = take(page(report, {"requests": change}))

    keys = [
        key
        for key in report.figures
        if re.match(r"requests\.(not_corrected_in_time|fee_not_paid|other_outcome)\.", key)
    ]
    lost = [key for key in keys if key.endswith((".natural_person", ".total"))]
    wanted = {
        key: ("" if key in lost else "0" if key in keys else text) for key, text in texts(report).items()
    }
    assert texts(found) == wanted
    assert {key for key in keys if found.figures[key].state is State.UNREADABLE} == set(lost)
    assert said(found) == [
        ("old-layout", "“（六）其他处理”只有一行，规定分 3 行；自然人、总计的数分不到各行，没有读入")
    ]


def test_run_together_figures_are_read_only_where_they_can_be_counted(report: Report) -> None:
    figures = ["7", "0", "0", "1", "0", "0", "8"]

    def one_cell(rows: Rows) -> None:
        row, _ = rows.find(CARRIED)
        rows.rows[row][1:] = [Cell(" ".join(figures), colspan=7)]

    def too_few(rows: Rows) -> None:
        row, _ = rows.find(CARRIED)
        rows.rows[row][1:] = [Cell(" ".join(figures[:5]), colspan=7)]

    keys = [key for key in report.figures if key.startswith("requests.carried_out.")]
    found = take(page(report, {"requests": one_cell}))
    assert [found.figures[key].text for key in keys] == figures
    assert said(found) == [("run-together", "几个数写在了同一格：“7 0 0 1 0 0 8”，已依次读入")]
    found = take(page(report, {"requests": too_few}))
    assert {found.figures[key].state for key in keys} == {State.UNREADABLE}
    assert said(found) == [
        ("row-length", "“四、结转下年度继续办理”这一行有 1 格，应有 7 格，读不准，没有读入")
    ]


def test_a_group_and_its_first_row_in_one_cell(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, place = rows.find("（四）无法提供")
        rows.rows[row][place + 1].text = "（四）无法提供1.本机关不掌握相关政府信息"

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)


def test_a_note_below_a_table_and_one_in_it_are_strays(report: Report) -> None:
    def change(rows: Rows) -> str:
        rows.rows.append([Cell("注：数据截至年末，经过核对。", colspan=10)])
        return rows.html("<p>注：含所属单位。</p>")

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert [one.text for one in found.unplaced["三"]] == ["注：含所属单位。", "注：数据截至年末，经过核对。"]
    assert [code for code, _ in said(found)] == ["no-place"]


def test_an_unknown_row_with_figures_is_told_and_not_read(report: Report) -> None:
    def change(rows: Rows) -> None:
        row, _ = rows.find("（七）总计")
        rows.rows.insert(row, [Cell("（八）转交办理", colspan=2), *(Cell("9") for _ in range(7))])
        rows.cell("三、本年度办理结果").rowspan += 1

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == [("unknown-label", "格式中没有“（八）转交办理”，这里的数没有读入")]


def test_columns_in_another_order_are_read_by_their_heads(report: Report) -> None:
    def change(rows: Rows) -> None:
        """The columns of 科研机构 and 社会公益组织 change places, heads and figures."""
        for row in rows.rows[2:]:
            at = len(row) - 5 if len(row) > 5 else 1
            row[at], row[at + 1] = row[at + 1], row[at]

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == [("label-differs", "表头中“科研机构”的次序不对，已按各列的表头读入")]


@pytest.mark.parametrize("merged", [True, False])
def test_a_total_before_its_parts_is_read_by_its_head(merged: bool, report: Report) -> None:
    def change(rows: Rows) -> str:
        """The column 总计 stands first, its head in the row above those of 法人或其他组织."""
        for number, row in enumerate(rows.rows[1:], 1):
            if number != 2:
                row.insert(len(row) - 7 if number > 2 else 0, row.pop())
        if merged:
            return rows.html()
        corner, heads, lowest = rows.rows[0][0], rows.rows[1], rows.rows[2]
        corner.rowspan = heads[0].rowspan = heads[1].rowspan = 1
        heads.insert(0, Cell("", colspan=3))
        lowest[:0] = [Cell("", colspan=3), Cell(""), Cell("")]
        return rows.html()

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == [("label-differs", "表头中“总计”的次序不对，已按各列的表头读入")]


def test_heads_in_another_order_that_repeat_leave_nothing_to_be_guessed(report: Report) -> None:
    def change(rows: Rows) -> None:
        heads = rows.rows[2]
        heads[1], heads[4] = heads[4], heads[1]

    found = take(page(report, {"disputes": change}))

    assert {one.state for key, one in found.figures.items() if key.startswith("disputes.")} == {
        State.UNREADABLE
    }
    assert said(found) == [("label-differs", "表头中“结果纠正、总计”的次序不对，各列读不准，没有读入")]


def test_a_head_that_says_something_else_is_told_and_its_column_read(report: Report) -> None:
    def change(rows: Rows) -> None:
        rows.cell("科研机构").text = "（空）"

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == [("label-differs", "表头中没有“科研机构”，各列已按规定的次序读入")]


@pytest.mark.parametrize("text", ["", "3"])
def test_a_cell_too_many_shifts_no_figure_into_another_column(text: str, report: Report) -> None:
    def change(rows: Rows) -> None:
        row, place = rows.find("1.属于国家秘密")
        rows.rows[row].insert(place + 3, Cell(text))

    found = take(page(report, {"requests": change}))

    lost = {key for key in found.figures if key.startswith("requests.state_secret.")}
    assert texts(found) == without(texts(report), lost)
    assert {found.figures[key].state for key in lost} == {State.UNREADABLE}
    assert said(found) == [("row-length", "“1.属于国家秘密”这一行有 8 格，应有 7 格，读不准，没有读入")]


def test_a_group_that_covers_a_row_too_many_does_not_name_it(report: Report) -> None:
    def change(rows: Rows) -> None:
        rows.cell("（五）不予处理").rowspan += 1

    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)
    assert said(found) == []


def test_the_old_form_in_a_new_year_is_told_row_by_row(report: Report) -> None:
    old = entered(sound(2020))
    found = take(page(old, title=f"<h1>{report.title}</h1>"))

    codes = {code for code, _ in said(found)}
    assert "old-layout" in codes
    assert texts(found)["requests.received.total"] == texts(old)["requests.received.total"]
    rows = ("received", "carried_in", "disclosed", "state_secret", "reconfirmation", "outcome_total")
    same = [key for key in found.figures if key.split(".")[1] in rows]
    assert len(same) == 42
    assert {key: found.figures[key].text for key in same} == {key: old.figures[key].text for key in same}


def test_a_table_twice_is_read_once(report: Report) -> None:
    later = {"requests.received.natural_person": "999"}

    def change(rows: Rows) -> str:
        return rows.html()

    whole = page(report, {"requests": change})
    table = re.findall("<table.*?</table>", whole)[1]
    again = table.replace(f"<td>{texts(report)[next(iter(later))]}</td>", "<td>999</td>", 1)
    found = take(whole.replace("<p><strong>六", f"{again}<p><strong>六"))

    assert texts(found) == texts(report)
    assert [code for code, _ in said(found)] == ["table-twice"]


HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def heads_on_the_page_before(rows: Rows) -> str:
    """The heads that cover two rows stand above the page's end, the others below it."""
    below = Rows([[Cell("", colspan=5), *rows.rows[2]], rows.rows[3]])
    return Rows(rows.rows[:2]).html() + below.html()


def heads_cut_in_two(rows: Rows) -> str:
    halves = [[Cell(text) for text in texts] for texts in zip(*(_halves(one) for one in HEADS), strict=True)]
    above = Rows([rows.rows[0], [*halves[0], *rows.rows[1][5:]]])
    return above.html() + Rows([[*halves[1], *rows.rows[2]], rows.rows[3]]).html()


def heads_cut_in_a_row_of_their_own(rows: Rows) -> str:
    halves = [[Cell(text) for text in texts] for texts in zip(*(_halves(one) for one in HEADS), strict=True)]
    above = Rows([rows.rows[0], [*halves[0], *rows.rows[1][5:]]])
    return above.html() + Rows([halves[1], [Cell("", colspan=5), *rows.rows[2]], rows.rows[3]]).html()


def _halves(head: str) -> tuple[str, str]:
    return (head, "") if head == "总计" else (head[:2], head[2:])


@pytest.mark.parametrize(
    "change", [heads_on_the_page_before, heads_cut_in_two, heads_cut_in_a_row_of_their_own]
)
def test_heads_that_a_pages_end_cuts_are_put_together(change: Change, report: Report) -> None:
    found = take(page(report, {"disputes": change}))

    assert texts(found) == texts(report)
    assert said(found) == []


def label_overleaf(rows: Rows) -> str:
    """The end of a page leaves the figures of a row above it and the row's label below."""
    row, place = rows.find("2.重复申请")
    label, *cells = rows.rows[row][place:]
    above = Rows([*rows.rows[:row], [*rows.rows[row][:place], Cell(""), *cells]])
    below = Rows([[label, *(Cell("") for _ in cells)], *rows.rows[row + 1 :]])
    return above.html() + below.html()


def first_label_overleaf(rows: Rows) -> str:
    """The same of the first row of a group, whose label stays above."""
    row, place = rows.find("（五）不予处理")
    group, label, *cells = rows.rows[row][place:]
    above = Rows([*rows.rows[:row], [group, *cells]])
    return above.html() + Rows([[label], *rows.rows[row + 1 :]]).html()


def label_ends_overleaf(rows: Rows) -> str:
    """Figures and the first half of their label above, as a PDF without rules shows it."""
    row, _ = rows.find("5.要求行政机关确认或重新出具已获取信息")
    label, *cells = rows.rows[row]
    halves = label.text[:14], label.text[14:]
    above = Rows([*rows.rows[:row], [Cell(halves[0]), *cells]])
    return above.html() + Rows([[Cell(halves[1])], *rows.rows[row + 1 :]]).html()


def label_begins_overleaf(rows: Rows) -> str:
    """The first half of a label above, the second with the figures below."""
    row, _ = rows.find("5.要求行政机关确认或重新出具已获取信息")
    label, *cells = rows.rows[row]
    above = Rows([*rows.rows[:row], [Cell(label.text[:14])]])
    return above.html() + Rows([[Cell(label.text[14:]), *cells], *rows.rows[row + 1 :]]).html()


@pytest.mark.parametrize(
    "change", [label_overleaf, first_label_overleaf, label_ends_overleaf, label_begins_overleaf]
)
def test_a_label_that_stands_overleaf_is_its_rows(change: Change, report: Report) -> None:
    found = take(page(report, {"requests": change}))

    assert texts(found) == texts(report)


def test_one_cell_below_two_heads_is_neithers(report: Report) -> None:
    """As where a PDF has no rules, and two figures touch."""

    def touching(rows: Rows) -> None:
        for row in rows.rows[3:]:
            row[-2:] = [Cell(row[-2].text + row[-1].text)]
        rows.rows[1][-1].text = ""
        rows.rows[2][-1].text = "其他总计"

    found = take(page(report, {"requests": touching}))

    assert {key: text for key, text in texts(found).items() if text not in ("", texts(report)[key])} == {}
    assert {code for code, _ in said(found)} >= {"row-length"}

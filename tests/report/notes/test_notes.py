"""What an office writes to its organs, word for word."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date
from typing import Any

from nianbao.report import Place, Problem, rule
from nianbao.report.notes import Awaited, HandedIn, overview, reminder, report_name, result, returned
from nianbao.report.notes.compose import words

DUE, DAY, UNTIL = date(2026, 1, 31), date(2026, 2, 3), date(2026, 2, 10)
OFFICE = "某某县人民政府办公室"
TABLE = "三、申请"
CELLS = (Place("年报.xlsx", TABLE, cell="C4"), Place("年报.xlsx", "二、公开", cell="D5"))
SUM = rule("balance").broken("左边 3，右边 4", "请核对这几格", CELLS)
WHOLE = rule("date-too-late").broken("成文日期太晚", "请核对", (Place("年报.xlsx"),))
YEAR = rule("stale-year").broken("这一句说的是 2024 年", "请核对是否应为 2025 年", (CELLS[0],))
ZERO = rule("oddly-written").broken("写作“12”", "请改为数字", (CELLS[1],))


def test_what_goes_back_says_each_place_and_how_to_mend_it() -> None:
    findings = (YEAR, SUM, WHOLE, ZERO)
    note = returned(
        "某某县教育局",
        2025,
        findings,
        file="年报.xlsx",
        office=OFFICE,
        day=DAY,
        until=UNTIL,
        marked="标注.xlsx",
    )

    assert note.text() == (
        "关于退回2025年政府信息公开工作年度报告的通知\n\n"
        "某某县教育局：\n\n"
        "你单位报送的2025年政府信息公开工作年度报告（年报.xlsx）经检查有1个错误、2个警告、1个提示，现退回修改。"
        "请在2026年2月10日以前改好，重新报送。\n\n"
        "随附标出这些问题的工作簿（标注.xlsx），各处的批注写明怎样改，可以就在这一份里改。"
        "核对过、确实不必改的，在“检查结果”表的同一行填已核实人和理由。\n\n"
        "一、须改正的（1处）\n"
        "1. 三、申请 › C4；二、公开 › D5：左边 3，右边 4。请核对这几格。\n\n"
        "二、请核对的（2处）\n"
        "1. 三、申请 › C4：这一句说的是 2024 年。请核对是否应为 2025 年。\n"
        "2. 整份报告：成文日期太晚。请核对。\n\n"
        "三、供参考的（1处）\n"
        "1. 二、公开 › D5：写作“12”。请改为数字。\n\n"
        "特此通知。\n\n"
        "某某县人民政府办公室\n2026年2月3日\n"
    )


def test_without_errors_it_is_to_be_verified_and_nothing_is_sent_back() -> None:
    text = returned("某某县教育局", 2025, [YEAR], file="年报.docx").text()

    assert text == (
        "关于核对2025年政府信息公开工作年度报告的通知\n\n"
        "某某县教育局：\n\n"
        "你单位报送的2025年政府信息公开工作年度报告（年报.docx）经检查没有错误，有1个警告，请逐处核对。"
        "确需改动的，请改好后重新报送；核对无误的，请答复。\n\n"
        "一、请核对的（1处）\n"
        "1. 三、申请 › C4：这一句说的是 2024 年。请核对是否应为 2025 年。\n\n"
        "特此通知。\n"
    )


def test_what_cannot_be_read_has_not_been_handed_in_whoever_has_sent_it() -> None:
    damaged = rule("damaged").broken("文件已损坏", "请另存一份", (Place("坏.xlsx"),))
    text = returned("", None, [damaged], file="坏.xlsx", readable=False, until=UNTIL).text()

    assert text == (
        "关于重新报送政府信息公开工作年度报告的通知\n\n"
        "有关单位：\n\n"
        "你单位报送的政府信息公开工作年度报告（坏.xlsx）读不出，没有算作已报送。请在2026年2月10日以前重新报送。\n\n"
        "一、须改正的（1处）\n"
        "1. 整份报告：文件已损坏。请另存一份。\n\n"
        "特此通知。\n"
    )


def test_a_reminder_counts_the_days_and_before_the_day_asks_for_it_in_time() -> None:
    organ, already = "某某县林业局", "已经报送的，请告知报送的时间和方式，并核对文件里的机关名称。\n"
    late = reminder(organ, 2025, DUE, office=OFFICE, day=DAY, until=UNTIL).text()
    early = reminder(organ, 2025, DUE, day=date(2026, 1, 31)).text()
    undated = reminder(organ, 2025, None, day=DAY).text()

    assert late == (
        "关于催报2025年政府信息公开工作年度报告的通知\n\n某某县林业局：\n\n"
        "你单位的2025年政府信息公开工作年度报告应在2026年1月31日以前报送，已逾期3天，现在还没有收到。"
        f"请在2026年2月10日以前报送。\n\n{already}\n"
        "某某县人民政府办公室\n2026年2月3日\n"
    )
    assert early == (
        "关于按期报送2025年政府信息公开工作年度报告的通知\n\n某某县林业局：\n\n"
        "你单位的2025年政府信息公开工作年度报告应在2026年1月31日以前报送，现在还没有收到。请按期报送。\n\n"
        f"{already}\n2026年1月31日\n"
    )
    assert undated.split("\n\n")[2:] == [
        "你单位的2025年政府信息公开工作年度报告现在还没有收到。请尽快报送。",
        already.strip(),
        "2026年2月3日\n",
    ]


def test_the_list_of_all_says_who_is_missing_late_wrong_or_strange() -> None:
    damaged = rule("damaged").broken("文件已损坏", "请另存一份", (Place("坏.xlsx"),))
    handed_in = [
        HandedIn("甲.xlsx", "某某县甲局", 2025, (YEAR,), due=DUE, received=date(2026, 1, 30)),
        HandedIn("乙.xlsx", "某某县乙局", 2025, (SUM, YEAR), due=DUE, received=date(2026, 2, 1)),
        HandedIn("丙.xlsx", "某某县丙局", 2025, (SUM, SUM), expected=False),
        HandedIn("丁.xlsx", "某某县丁局", 2025, (ZERO,)),
        HandedIn("坏.xlsx", findings=(damaged,), readable=False),
    ]
    awaited = [Awaited("某某县戊局", DUE, "某某县人民政府"), Awaited("某某县己局")]

    assert overview(2025, handed_in, awaited, expected=5, day=DAY).text() == (
        "2025年政府信息公开工作年度报告报送情况\n\n"
        "截至2026年2月3日，应报送的机关5个，没有报送的2个。收到文件5份：没有错误和警告的1份，只有警告的1份，"
        "有错误的2份，读不出的1份。逾期报送的1份。\n\n"
        "一、没有报送的（2个）\n"
        "1. 某某县戊局（截止日期：2026年1月31日；逾期：3天）\n"
        "2. 某某县己局（截止日期：—；逾期：—）\n\n"
        "二、报送的文件读不出的（1份）\n"
        "1. —（坏.xlsx）：文件已损坏\n\n"
        "三、逾期报送的（1个）\n"
        "1. 某某县乙局（报送日期：2026年2月1日；截止日期：2026年1月31日；逾期：1天）\n\n"
        "四、有错误、应退回的（2份）\n"
        "1. 某某县丙局（丙.xlsx）：2个错误、0个警告；新收与办结对不上\n"
        "2. 某某县乙局（乙.xlsx）：1个错误、1个警告；新收与办结对不上\n\n"
        "五、只有警告、请核对的（1份）\n"
        "1. 某某县甲局（甲.xlsx）：1个警告；文字里的年份过期\n\n"
        "六、名册上没有的（1个）\n"
        "1. 某某县丙局（丙.xlsx）\n\n"
        "没有报送的请催报，有错误和读不出的请退回，只有警告的请有关机关核对。\n\n"
        "2026年2月3日\n"
    )


def test_of_many_kinds_of_errors_the_list_names_the_first_five() -> None:
    codes = ("balance", "year", "damaged", "scanned", "file-kind", "protected", "too-large")
    findings: tuple[Problem, ...] = tuple(rule(code).broken("错", "改") for code in codes)
    text = overview(
        2025, [HandedIn("甲.xlsx", "甲局", 2025, (*findings, rule("protected").broken("错", "改")))]
    )

    assert "8个错误、0个警告；有密码、新收与办结对不上、报告年度、文件已损坏、扫描件等7项\n" in text.text()


def test_a_list_of_findings_is_sent_to_nobody() -> None:
    assert result("某某县教育局", 2025, [SUM], file="年报.pdf").text() == (
        "某某县教育局2025年政府信息公开工作年度报告检查结果\n\n"
        "年报.pdf：1个错误。\n\n"
        "一、须改正的（1处）\n1. 三、申请 › C4；二、公开 › D5：左边 3，右边 4。请核对这几格。\n"
    )
    assert result("甲局", 2025, [], file="年报.pdf").text().endswith("\n\n年报.pdf：没有问题。\n")


def test_a_year_without_a_form_is_named_all_the_same() -> None:
    assert [report_name(year) for year in (2025, 2017, None)] == [
        "2025年政府信息公开工作年度报告",
        "2017年政府信息公开工作年度报告",
        "政府信息公开工作年度报告",
    ]


def test_signs_of_a_format_in_an_organs_words_stay_what_they_are() -> None:
    odd = rule("balance").broken("{0}{report}", "{1}", (Place("年报.xlsx", "{表}", cell="C4"),))

    assert "1. {表} › C4：{0}{report}。{1}。" in returned("{organ}局", 2025, [odd], file="{x}.xlsx").text()


def test_every_word_asks_only_for_what_its_note_gives() -> None:
    known = {"report", "file", "tally", "until", "due", "days", "day", "count", "organ", "year", "marked"}
    known |= {"expected", "missing", "names", "number", "spot", "text", *"012345"}

    asked = {
        name
        for text in _texts(words())
        for _, name, _, _ in string.Formatter().parse(text)
        if name is not None
    }
    assert asked <= known


def _texts(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for value in words.values():
            yield from _texts(value)

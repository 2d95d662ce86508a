"""署名 and 成文日期 as GB/T 9704 7.3.5 draws them, with and without a seal, and never alone on a page."""

from __future__ import annotations

import io
import json
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from nianbao.app import reading
from nianbao.media import exchange, word
from nianbao.report import assemble

from tests.media.word.templates import shipped
from tests.random_reports import written
from tests.reports import distinct

CHARACTER = 15.8  # points
DATE = 3 + 7 / 2 + 5 * 0.22  # characters of 2026年1月20日
LONG = "新疆生产建设兵团第八师石河子市人民政府国有资产监督管理委员会办公室"


def signature(sealed: bool, last: str = "无。", **particulars: Any) -> list[Paragraph]:
    """The last paragraph of text, 署名 and the date of a merged report."""
    report = distinct(**({"date_line": "2026年1月20日"} | particulars))
    report["sections"]["六"] = last
    made = written(assemble(exchange.enter(json.dumps(report).encode(), "年报.json")), sealed=sealed)
    return list(docx.Document(io.BytesIO(made)).paragraphs[-3:])


def characters(length: Length | None) -> float:
    return 0.0 if length is None else round(length.pt / CHARACTER, 1)


def sides(paragraph: Paragraph) -> tuple[float, float]:
    """The indents left and right, in characters."""
    format = paragraph.paragraph_format
    return characters(format.left_indent), characters(format.right_indent)


def test_with_a_seal_the_date_ends_four_characters_from_the_edge_and_the_name_is_centred_on_it() -> None:
    _, name, date = signature(True, issued_by="示例市财政局")
    room = 8 + DATE

    assert sides(date) == (0.0, 4.0)
    assert sides(name) == (round(28 - room, 1), 0.0)
    assert name.alignment is WD_ALIGN_PARAGRAPH.CENTER


def test_a_seal_of_42_mm_has_its_room() -> None:
    _, name, date = signature(True, issued_by="示例市财政局")
    line, seal = 28.95, 42 / 25.4 * 72
    above, below = name.paragraph_format.space_before.pt, date.paragraph_format.space_after.pt
    top = above + line - 8.5 - seal / 2  # its middle lies 3 mm above that of name and date

    assert 0 < top < line
    assert top + seal <= above + 2 * line + below


def test_a_name_too_long_to_be_centred_on_the_date_ends_at_the_edge() -> None:
    _, name, date = signature(True, issued_by="某某省某某市某某县住房和城乡建设局")

    assert (sides(name), sides(date)) == ((0.0, 0.0), (0.0, 4.0))
    assert name.alignment is None  # as the style says: right


def test_a_name_longer_than_a_line_is_broken_at_words_and_centred_on_the_date() -> None:
    _, name, date = signature(True, issued_by=LONG)

    assert name.text == "新疆生产建设兵团\n第八师石河子市人民政府\n国有资产监督管理委员会办公室"
    assert (sides(name), sides(date)) == ((round(28 - 8 - DATE, 1), 0.0), (0.0, 4.0))


def test_without_a_seal_lines_of_a_long_name_begin_below_each_other() -> None:
    _, name, date = signature(False, issued_by=LONG)
    first, second = name.text.split("\n")

    assert (first, second) == ("新疆生产建设兵团第八师石河子市人民政府", "国有资产监督管理委员会办公室")
    assert sides(name) == (28 - 2 - len(first), 0.0)
    assert name.alignment is WD_ALIGN_PARAGRAPH.LEFT
    assert sides(date)[1] == pytest.approx(2 + len(first) - 2 - DATE, abs=0.1)


def test_lines_that_a_clerk_broke_stay() -> None:
    _, name, _ = signature(True, issued_by="甲局\n乙局")

    assert name.text == "甲局\n乙局"


def kept(paragraph: Paragraph | ParagraphStyle) -> tuple[bool | None, ...]:
    """Kept with the next paragraph, kept in one piece, widows controlled."""
    format = paragraph.paragraph_format
    return format.keep_with_next, format.keep_together, format.widow_control


@pytest.mark.parametrize("sealed", [False, True])
def test_a_short_last_paragraph_goes_with_the_signature_as_a_whole(sealed: bool) -> None:
    last, name, date = signature(sealed, "没有收取信息处理费。")

    assert kept(last) == (True, True, None)
    assert name.style
    assert kept(name.style) == (True, True, None)
    assert kept(date) == (None, None, None)


def test_of_a_long_last_paragraph_two_lines_go_along() -> None:
    last, _, _ = signature(False, "没有收取信息处理费" * 40)

    assert kept(last) == (True, None, True)


def test_nothing_else_is_kept() -> None:
    report = distinct(issued_by="", date_line="")
    made = written(assemble(exchange.enter(json.dumps(report).encode(), "年报.json")))
    body = docx.Document(io.BytesIO(made)).paragraphs

    assert [one.text for one in body if one.paragraph_format.keep_with_next] == []


def test_a_long_name_and_title_are_read_back_as_they_were() -> None:
    report = assemble(exchange.enter(json.dumps(distinct(organ=LONG)).encode(), "年报.json"))

    back = reading.read_content(written(report), "年报.docx")

    assert (back.title, back.organ, back.issued_by) == (report.title, LONG, LONG)


def test_two_organs_that_a_clerk_put_on_two_lines_are_read_back_so() -> None:
    report = assemble(exchange.enter(json.dumps(distinct(issued_by="甲局\n乙局")).encode(), "年报.json"))

    assert reading.read_content(written(report), "年报.docx").issued_by == "甲局\n乙局"


def test_a_title_is_broken_by_the_size_of_its_style_and_words_on_a_cover_are_not() -> None:
    template = docx.Document(io.BytesIO(shipped()))
    template.styles["Title"].font.size = Pt(26)
    template.paragraphs[0].insert_paragraph_before("某某市人民政府办公室编印供各单位参考使用", "Title")
    stream = io.BytesIO()
    template.save(stream)
    report = distinct(organ="示例市", title="示例市2025年政府信息公开工作年度报告")

    made = word.merge(
        word.Template(stream.getvalue(), "模板.docx"),
        assemble(exchange.enter(json.dumps(report).encode(), "年报.json")),
    )

    titles = [
        line.text
        for line in docx.Document(io.BytesIO(made)).paragraphs
        if line.style and line.style.name == "Title"
    ]
    assert titles == [
        "某某市人民政府办公室编印供各单位参考使用",
        "示例市\n2025年政府信息公开工作年度报告",
    ]

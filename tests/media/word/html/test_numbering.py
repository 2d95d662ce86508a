"""Automatic numbers: what they say, how they count, the signs of bullets."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media.word.html import convert
from nianbao.media.word.html.characters import sign
from nianbao.media.word.html.number_formats import written

from tests.media.word.html.page_reading import read
from tests.media.word.html.page_samples import saved


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("decimal", ["1", "9", "10", "12", "21", "105"]),
        ("decimalZero", ["01", "09", "10", "12", "21", "105"]),
        ("chineseCounting", ["一", "九", "十", "十二", "二十一", "一〇五"]),
        ("chineseCountingThousand", ["一", "九", "十", "十二", "二十一", "一百零五"]),
        ("japaneseCounting", ["一", "九", "十", "十二", "二十一", "一百零五"]),
        ("ideographDigital", ["一", "九", "一〇", "一二", "二一", "一〇五"]),
        ("chineseLegalSimplified", ["壹", "玖", "壹拾", "壹拾贰", "贰拾壹", "壹佰零伍"]),
        ("decimalEnclosedCircle", ["①", "⑨", "⑩", "⑫", "㉑", "105"]),
        ("decimalFullWidth", ["１", "９", "１０", "１２", "２１", "１０５"]),
        ("ideographTraditional", ["甲", "壬", "癸", "乙", "甲", "戊"]),
        ("upperRoman", ["I", "IX", "X", "XII", "XXI", "CV"]),
        ("lowerLetter", ["a", "i", "j", "l", "u", "aaaaa"]),
    ],
)
def test_numbers_are_written_as_word_writes_them(kind: str, said: list[str]) -> None:
    assert [written(number, kind) for number in (1, 9, 10, 12, 21, 105)] == said


def level(place: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(levels: str, items: list[tuple[int, str]], numbers: str = "") -> Any:
    """A document whose paragraphs stand in one list, each at its level."""
    made = Document()
    part = made.part.numbering_part.element
    for each in list(part):
        part.remove(each)
    numbers = numbers or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    xml = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{numbers}'
    for each in parse_xml(f"<w:numbering {nsdecls('w')}>{xml}</w:numbering>"):
        part.append(each)
    for at, text in items:
        number, _, text = text.rpartition("#")
        properties = made.add_paragraph(text)._p.get_or_add_pPr()
        place = f'<w:ilvl w:val="{at}"/><w:numId w:val="{number or 1}"/>'
        properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))
    return made


SPACE = '<w:suff w:val="space"/>'
NOTHING = '<w:suff w:val="nothing"/>'


def test_levels_count_on_and_start_again_below_a_higher_one() -> None:
    levels = level(0, "chineseCounting", "%1、", NOTHING) + level(1, "decimal", "%1.%2", SPACE)
    items = [(0, "总则"), (1, "甲"), (1, "乙"), (0, "附则"), (1, "丙")]

    page = read(numbered(levels, items))

    assert page.texts() == ["一、总则", "一.1 甲", "一.2 乙", "二、附则", "二.1 丙"]


def test_cells_that_hold_the_same_count_on() -> None:
    made = numbered(level(0, "decimal", "%1.", SPACE), [(0, "前")])
    for cell in made.add_table(1, 3).rows[0].cells:
        cell._tc.replace(cell._tc.p_lst[0], deepcopy(made.paragraphs[0]._p))

    assert read(made).texts() == ["1. 前", "2. 前", "3. 前", "4. 前"]


def test_a_legal_level_writes_all_its_numbers_in_figures() -> None:
    levels = level(0, "chineseCounting", "第%1章", SPACE) + level(1, "decimal", "%1.%2", "<w:isLgl/>" + SPACE)

    page = read(numbered(levels, [(0, "总则"), (1, "甲")]))

    assert page.texts() == ["第一章 总则", "1.1 甲"]


def test_a_second_list_of_the_same_kind_may_start_anew() -> None:
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )

    page = read(
        numbered(level(0, "decimal", "%1.", NOTHING), [(0, "1#甲"), (0, "2#乙"), (0, "2#丙")], numbers)
    )

    assert page.texts() == ["1.甲", "5.乙", "6.丙"]


def test_a_bullet_of_a_symbol_font_becomes_the_sign_it_shows() -> None:
    fonts_of = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr>'
    bullet = level(0, "bullet", "\uf0fc", SPACE).replace("</w:lvl>", f"{fonts_of}</w:lvl>")

    assert read(numbered(bullet, [(0, "办结")])).texts() == ["✓ 办结"]
    assert [sign("Symbol", 0xF0B7), sign("Wingdings", 0xA8), sign("Webdings", 0x61)] == ["•", "□", None]


@pytest.mark.parametrize(
    ("more", "lost"),
    [
        ('<w:lvlJc w:val="left"/>', []),
        ('<w:lvlJc w:val="right"/>', ["编号靠右或居中改为靠左"]),
        ('<w:lvlPicBulletId w:val="0"/>', ["图片项目符号改为“•”"]),
    ],
)
def test_what_a_number_looks_like_beyond_that_is_told(more: str, lost: list[str]) -> None:
    made = numbered(level(0, "decimal", "%1.", more), [(0, "办结")])

    assert [problem.what for problem in convert(saved(made), "报告.docx").problems] == lost

"""Fields that are worked out: page numbers in every format, form fields, signs, EQ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import saved
from tests.media.word.html.page_xml import (
    document,
    element,
    field,
    letters,
    losses,
    page_of,
    paragraph,
    printed,
    text,
)

FORM = "<w:ffData>{}</w:ffData>"
BOX = FORM.format("<w:checkBox><w:sizeAuto/>{}</w:checkBox>")
LIST = FORM.format('<w:ddList>{}<w:listEntry w:val="甲项"/><w:listEntry w:val="乙项"/></w:ddList>')


def shown(*runs: str) -> str:
    """The text of a paragraph of which nothing is lost."""
    page = page_of(paragraph(*runs))
    assert page.problems == ()
    return "".join(Read(page.html).texts())


@pytest.mark.parametrize(
    ("state", "box"),
    [
        ("", "☐"),
        ('<w:default w:val="1"/>', "☒"),
        ('<w:default w:val="0"/><w:checked/>', "☒"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
    ],
)
def test_a_check_box_shows_its_state(state: str, box: str) -> None:
    assert shown(field("FORMCHECKBOX", data=BOX.format(state)), "是") == f"{box}是"


@pytest.mark.parametrize(
    ("state", "entry"),
    [
        ("", "甲项"),
        ('<w:result w:val="1"/>', "乙项"),
        ('<w:default w:val="1"/>', "乙项"),
        ('<w:result w:val="9"/>', ""),
    ],
)
def test_a_list_shows_the_entry_that_was_chosen(state: str, entry: str) -> None:
    assert shown(field("FORMDROPDOWN", data=LIST.format(state)), "。") == f"{entry}。"


def test_a_text_field_shows_what_was_filled_in_else_what_stands_in_it() -> None:
    default = FORM.format('<w:textInput><w:default w:val="填写"/></w:textInput>')

    assert shown(field("FORMTEXT", "已填", default), field("FORMTEXT", "", default)) == "已填填写"


def test_buttons_and_signs_are_their_text() -> None:
    said = (
        field("MACROBUTTON NoMacro 点此输入"),
        field(r"SYMBOL 252 \f Wingdings", "x"),
        field(r"SYMBOL 8364 \u"),
    )

    assert shown(*said) == "点此输入✓€"


FORMATS = {
    "chineseCounting": (9, "九 十 十一"),
    "chineseCountingThousand": (104, "一百零四 一百零五 一百零六"),
    "ideographDigital": (9, "九 一〇 一一"),
    "chineseLegalSimplified": (9, "玖 壹拾 壹拾壹"),
    "numberInDash": (1, "-1- -2- -3-"),
    "decimalFullWidth": (9, "９ １０ １１"),
    "decimalEnclosedCircleChinese": (20, "⑳ ㉑ ㉒"),
    "upperLetter": (26, "Z AA BB"),
    "upperRoman": (3, "III IV V"),
    "decimalZero": (9, "09 10 11"),
    "japaneseCounting": (998, "九百九十八 九百九十九 1000"),
}
SWITCHES = {
    r"\* CHINESENUM3 \* MERGEFORMAT": "一", r"\* CHINESENUM2": "壹", r"\* roman": "i", r"\* ROMAN": "I",
    r"\* Alphabetic": "A", r"\* alphabetic": "a", r"\* ArabicDash": "-1-", r"\*GB3": "①",
    r"\* DBCHAR": "１", "": "1", r"\# 0": "1",
}  # fmt: skip


def test_pages_are_numbered_in_the_format_of_their_section(tmp_path: Path) -> None:
    numbered = '<w:sectPr><w:pgNumType w:fmt="{}" w:start="{}"/></w:sectPr>'
    broken = paragraph('<w:r><w:br w:type="page"/></w:r>')
    sections = [
        [broken, broken, paragraph(properties=numbered.format(number_format, start))]
        for number_format, (start, _) in FORMATS.items()
    ]
    made = document(
        *(block for blocks in sections for block in blocks), section="<w:type w:val='continuous'/>"
    )
    footer = made.sections[0].footer
    footer.is_linked_to_previous = False
    footer.part.element[0].append(element('<w:fldSimple w:instr="PAGE"/>'))

    pages = text(printed(made, tmp_path)).split("|")

    assert [" ".join(pages[at : at + 3]) for at in range(0, 33, 3)] == [said for _, said in FORMATS.values()]


def test_a_switch_says_how_a_page_number_is_written(tmp_path: Path) -> None:
    lines = (paragraph("第", field(f"PAGE {switch}", "9"), "页") for switch in SWITCHES)

    numbers = "".join(f"第{number}页" for number in SWITCHES.values())

    assert text(printed(document(*lines), tmp_path)) == f"{numbers}|"


def test_a_format_that_is_not_known_is_told() -> None:
    asked = (field(r"PAGE \* CardText"), field(r'NUMPAGES \# "000"'))
    page = page_of(paragraph(*asked), paragraph(field("PAGE")), section='<w:pgNumType w:fmt="chicago"/>')

    assert losses(page) == [
        r"页码格式 \* CardText 改为阿拉伯数字",
        r"页码格式 \# 000 改为阿拉伯数字",
        "页码格式 chicago 改为阿拉伯数字",
    ]


@pytest.mark.parametrize(
    ("instruction", "letters_of", "lost"),
    [
        (r"EQ \o\ac(○,密)", "密", []),
        (r"eq \o (□,密)", "密", []),
        (r"EQ \x\to\bo(密级)", "密级", []),
        (r"EQ \f(1,2)", "12", []),
        (r"EQ \s\up8(上)下", "上下", []),
        (r"EQ \l(甲,乙)", "甲,乙", []),
        (r"EQ \x(\f(1;2))", "12", []),
        (r"EQ \r(3,x)", "3x", [r"EQ 域中的 \r 没有照样排，只保留了文字"]),
        (r"EQ \o(甲,乙,丙)", "甲乙丙", [r"EQ 域中的 \o 没有照样排，只保留了文字"]),
        (r"EQ \x(甲", "甲", ["EQ 域读不懂，只保留了其中的文字"]),
        ("EQ " + "\\x(" * 30, "(" * 9, ["EQ 域读不懂，只保留了其中的文字"]),
    ],
)  # fmt: skip
def test_an_eq_field_is_set_or_its_letters_stand_and_that_is_told(
    instruction: str, letters_of: str, lost: list[str]
) -> None:
    page = page_of(paragraph(field(instruction, "结果")))

    assert ["".join(Read(page.html).texts()), losses(page)] == [letters_of, lost]


def test_a_letter_in_a_circle_and_one_in_a_box_are_drawn_as_such() -> None:
    tree: Any = Read(page_of(paragraph(field(r"EQ \o\ac(○,密)"), field(r"EQ \x\le(级)"))).html).tree
    styles = [dict(pair.split(": ") for pair in said.split("; ")) for said in tree.xpath("//p//@style")]

    assert [style.get("border-radius") for style in styles] == ["50%", None, None]
    assert [[key for key in style if key.startswith("border")] for style in styles] == [
        ["border", "border-radius"], [], ["border-left"],
    ]  # fmt: skip


def test_what_a_field_asks_stays_out_of_the_text_within_another() -> None:
    inner = field("PAGE", "3")
    made = document(
        paragraph(field(f"IF 1=1 甲 乙</w:instrText></w:r>{inner}<w:r><w:instrText>", "甲"), letters("尾"))
    )
    page = convert(saved(made), "报告.docx")

    assert Read(page.html).texts() == ["甲尾"]

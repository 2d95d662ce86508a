"""The figure of a cell is what is printed of it: the rest is told, and what is unclear is asked about."""

from __future__ import annotations

import pytest

from tests.media.word.reading.altered import (
    BY,
    box,
    field,
    left_out,
    paragraph,
    read,
    run,
    style,
    styled,
    unclear,
    with_cell,
)

STRUCK, HIDDEN, UNSEEN = "删除线划去的文字", "隐藏的文字", "与底色同色或者透明的文字"
MARK = "上标的注号"
RAISED = '<w:vertAlign w:val="superscript"/>'
STYLES = (
    style("character", "Struck", "<w:strike/>")
    + style("character", "StruckToo", "<w:b/>", based="Struck")
    + style("character", "Hidden", "<w:vanish/>")
    + style("character", "Raised", RAISED)
    + style("paragraph", "Line", "<w:strike/>")
    + style("paragraph", "Gone", "<w:vanish/>")
    + style("paragraph", "White", '<w:color w:val="FFFFFF"/>')
)
BLACK = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
LEFT_OUT = {  # what stands in the cell, with what is told
    "struck": (run("5", "<w:strike/>") + run("58"), STRUCK, "5"),
    "struck twice, behind": (run("58") + run("9", "<w:dstrike/>"), STRUCK, "9"),
    "struck by a style": (run("5") + run("7", styled("Struck")) + run("8"), STRUCK, "7"),
    "struck by a style based on one": (run("58") + run("7", styled("StruckToo")), STRUCK, "7"),
    "struck by the paragraph's style": (
        paragraph(run("7"), run("58", '<w:strike w:val="0"/>'), properties=styled("Line", "p")), STRUCK, "7"
    ),
    "struck once too often": (
        paragraph(run("7"), run("58", styled("Struck")), properties=styled("Line", "p")), STRUCK, "7"
    ),
    "a struck paragraph": (paragraph(run("57", "<w:strike/>")) + paragraph(run("58")), STRUCK, "57"),
    "hidden": (run("58") + run("9", "<w:vanish/>"), HIDDEN, "9"),
    "hidden by a style": (run("9", styled("Hidden")) + run("58"), HIDDEN, "9"),
    "hidden once too often": (
        paragraph(run("58", styled("Hidden")), run("9"), properties=styled("Gone", "p")), HIDDEN, "9"
    ),
    "a line too low to show": (
        paragraph(run("9"), properties='<w:spacing w:line="20" w:lineRule="exact"/>') + paragraph(run("58")),
        HIDDEN, "9",
    ),
    "a text box switched off": (run("58") + box(paragraph(run("61")), "visibility:hidden"), HIDDEN, "61"),
    "white": (run("58") + run("9", '<w:color w:val="FFFFFF"/>'), UNSEEN, "9"),
    "nearly white": (run("58") + run("9", '<w:color w:val="F4F4F4"/>'), UNSEEN, "9"),
    "white by the theme": (
        run("58") + run("9", '<w:color w:val="000000" w:themeColor="background1"/>'), UNSEEN, "9"
    ),
    "white by the paragraph's style": (
        paragraph(run("9"), run("58", '<w:color w:val="auto"/>'), properties=styled("White", "p")),
        UNSEEN, "9",
    ),
    "black on black": (
        run("58") + run("9", '<w:highlight w:val="black"/><w:color w:val="000000"/>'), UNSEEN, "9"
    ),
    "of the paragraph's ground": (
        paragraph(
            run("58"), run("9", '<w:color w:val="FF0000"/>'),
            properties='<w:shd w:val="clear" w:color="auto" w:fill="FF0000"/>',
        ),
        UNSEEN, "9",
    ),
    "without ink": (run("58") + run("9", "<w14:textFill><w14:noFill/></w14:textFill>"), UNSEEN, "9"),
    "without a size": (run("5") + run("0", '<w:sz w:val="2"/>') + run("8"), UNSEEN, "0"),
    "without a width": (run("58") + run("0", '<w:w w:val="1"/>'), UNSEEN, "0"),
    "a raised digit": (run("58") + run("1", RAISED), MARK, "1"),
    "a raised digit by a style, in front": (run("①", styled("Raised")) + run("58"), MARK, "①"),
    "a small lifted digit": (run("58") + run("1", '<w:position w:val="10"/><w:sz w:val="12"/>'), MARK, "1"),
    "a raised sign": (run("58") + run("[1]", RAISED), MARK, "[1]"),
    "raised signs in pieces": (
        run("58") + run("1", RAISED) + run(",", RAISED + "<w:b/>") + run("2", RAISED), MARK, "1,2"
    ),
    "a sign behind": (run("58*"), MARK, "*"),
    "the number of a note behind": (run("58注1"), MARK, "注1"),
    "a sign before": (run("※58"), MARK, "※"),
    "a small letter behind": (run("58") + run("a"), MARK, "a"),
    "a small digit of Unicode": (run("58²"), MARK, "²"),
    "a footnote": (run("58") + '<w:r><w:footnoteReference w:id="2"/></w:r>', MARK, "1"),
    "an endnote with a sign of its own": (
        run("58") + '<w:r><w:endnoteReference w:id="2" w:customMarkFollows="1"/><w:t>7</w:t></w:r>', MARK, "7"
    ),
    "raised by a field": (run("58") + field(r"EQ \s\up8(1)"), MARK, "¹"),
    "a raised digit of an equation": (
        "<m:oMath><m:sSup><m:e><m:r><m:t>58</m:t></m:r></m:e><m:sup><m:r><m:t>1</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>", MARK, "¹",
    ),
    "a reference to a note": (run("58") + field("NOTEREF _Ref1", run("1")), MARK, "1"),
    "a struck equation": (
        "<m:oMath><m:r><w:rPr><w:strike/></w:rPr><m:t>57</m:t></m:r></m:oMath>" + run("58"), STRUCK, "57"
    ),
    "small letters above": (
        f"<w:r><w:ruby><w:rt>{run('1')}</w:rt><w:rubyBase>{run('58')}</w:rubyBase></w:ruby></w:r>",
        "文字上方的拼音", "1",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason", "text"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_no_part_of_a_figure_is_left_out_and_told(content: str, reason: str, text: str) -> None:
    assert read(with_cell(content, styles=STYLES)) == (58, [], [left_out(reason, text)])


def deleted(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


ENDED = f"<w:rPr><w:del {BY}/></w:rPr>"
ENTRIES = '<w:listEntry w:val="57"/><w:listEntry w:val="58"/>'
DROPDOWN = f'<w:ffData><w:ddList><w:result w:val="1"/>{ENTRIES}</w:ddList></w:ffData>'
READ = {  # what prints 58, and nothing else
    "runs of many looks": run("5", "<w:b/>") + run("8", '<w:color w:val="FF0000"/><w:sz w:val="28"/>'),
    "colours that are seen": run("5", '<w:color w:val="FFC000"/>') + run("8", '<w:color w:val="92D050"/>'),
    "all of it grey": run("58", '<w:color w:val="BFBFBF"/>'),
    "white on a dark paragraph": paragraph(run("58", '<w:color w:val="FFFFFF"/>'), properties=BLACK),
    "letters with an outline alone": run(
        "58",
        '<w14:textOutline><w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill></w14:textOutline>'
        "<w14:textFill><w14:noFill/></w14:textFill>",
    ),
    "all of it lifted a little": run("58", '<w:position w:val="6"/>'),
    "a deletion": deleted("57") + run("58"),
    "an insertion with a deletion in it": f"<w:ins {BY}>{run('5')}{deleted('9')}{run('8')}</w:ins>",
    "what was moved": f"<w:moveFrom {BY}>{run('7')}</w:moveFrom><w:moveTo {BY}>{run('58')}</w:moveTo>",
    "formats once struck": run("58", f"<w:rPrChange {BY}><w:rPr><w:strike/></w:rPr></w:rPrChange>"),
    "a deleted paragraph": paragraph(deleted("57"), properties=ENDED) + paragraph(run("58")),
    "a deleted end": paragraph(run("5"), properties=ENDED) + paragraph(run("8")),
    "a hidden end": paragraph(run("5"), properties="<w:rPr><w:vanish/></w:rPr>") + paragraph(run("8")),
    "a control": f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('58')}</w:sdtContent></w:sdt>",
    "markup of one's own": f'<w:customXml w:element="a">{paragraph(run("58"))}</w:customXml>',
    "a smart tag in a control": (
        f"<w:sdt><w:sdtContent><w:smartTag>{run('58')}</w:smartTag></w:sdtContent></w:sdt>"
    ),
    "one of two": f'<mc:AlternateContent><mc:Choice Requires="odd">{run("57")}</mc:Choice>'
    f"<mc:Fallback>{run('58')}</mc:Fallback></mc:AlternateContent>",
    "a formula": field("=SUM(ABOVE)", run("58")),
    "a field in a field": field("QUOTE 58", field("REF a", run("58"))),
    "a simple field": f'<w:fldSimple w:instr="DOCVARIABLE a">{run("58")}</w:fldSimple>',
    "a form field": field("FORMTEXT", run("58")),
    "a list to choose from": field("FORMDROPDOWN", "", DROPDOWN),
    "a box of a field": field(r"EQ \x(58)"),
    "a sign of a font": '<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>' + run("8"),
    "an equation": "<m:oMathPara><m:oMath><m:r><m:t>58</m:t></m:r></m:oMath></m:oMathPara>",
    "a text box": box(paragraph(run("58"))),
    "a table in a text box": box(f"<w:tbl><w:tr><w:tc>{paragraph(run('58'))}</w:tc></w:tr></w:tbl>"),
    "a table in the cell": f"<w:p/><w:tbl><w:tr><w:tc>{paragraph(run('58'))}</w:tc></w:tr></w:tbl><w:p/>",
    "a direction": f'<w:dir w:val="ltr">{run("58")}</w:dir>',
    "a hyphen that nobody sees": run("5") + "<w:r><w:softHyphen/></w:r>" + run("8"),
    "a line that breaks": run("5") + "<w:r><w:cr/></w:r>" + run("8"),
    "a tab in front": "<w:r><w:tab/></w:r>" + run("58"),
}  # fmt: skip


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_a_figure_is_read_through_whatever_holds_it(content: str) -> None:
    assert read(with_cell(content)) == (58, [], [])


UNCLEAR = {  # what stands in the cell, the text of it, and why it is not read
    "a small digit": (run("58") + run("1", '<w:sz w:val="9"/>'), "581", "数字的大小不同"),
    "a lowered digit": (run("58") + run("1", '<w:vertAlign w:val="subscript"/>'), "581", "有的数字是下标"),
    "a digit that sinks": (run("58") + run("1", '<w:position w:val="-8"/>'), "581", "数字的高低不同"),
    "a digit a little smaller": (
        run("58", '<w:sz w:val="24"/>') + run("1", '<w:sz w:val="18"/>'), "581", "数字的大小不同"
    ),
    "a grey digit": (run("58") + run("1", '<w:color w:val="A6A6A6"/>'), "581", "有的数字颜色很浅"),
    "a yellow digit": (run("58") + run("1", '<w:color w:val="FFFF00"/>'), "581", "有的数字颜色很浅"),
    "a pale digit": (run("58") + run("1", '<w:color w:val="D0D0D0"/>'), "581", "有的数字颜色很浅"),
    "nothing but raised digits": (run("58", RAISED), "58", "有的数字是上标"),
    "a raised number": (run("58") + run("2025", RAISED), "582025", "有的数字是上标"),
    "a number over it": (run("58") + box(paragraph(run("61"))), "58 61", "格里另有文本框，其中也有数字"),
    "drawn letters over it": (
        run("58") + '<w:r><w:pict><v:shape><v:textpath string="61"/></v:shape></w:pict></w:r>', "58 61",
        "格里另有文本框，其中也有数字",
    ),
    "digits from right to left": (f'<w:bdo w:val="rtl">{run("85")}</w:bdo>', "85", "文字从右向左排"),
    "two numbers that look like one of thousands": (
        paragraph(run("9")) + paragraph(run("107")), "9 107", "数字分成了几行"
    ),
    "digits upon digits": (run("58", '<w:spacing w:val="-400"/>'), "58", "数字重叠在一起"),
    "a font of signs": (
        run("58", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "58",
        "数字用的是符号字体，印出的是别的符号",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "text", "why"), UNCLEAR.values(), ids=UNCLEAR)
def test_digits_that_no_rule_settles_are_asked_about(content: str, text: str, why: str) -> None:
    assert read(with_cell(content)) == (None, [], [unclear(text, why)])


@pytest.mark.parametrize(
    "content", [paragraph(run("58")) * 2, field(r"EQ \o(5,8)"), run("5\t8"), run("5\t800")]
)
def test_two_numbers_are_not_joined_to_one(content: str) -> None:
    assert read(with_cell(content)).number is None


def test_white_digits_on_a_dark_cell_are_read_and_those_of_its_colour_are_not() -> None:
    content = run("58", '<w:color w:val="FFFFFF"/>') + run("9", '<w:color w:val="0A0A0A"/>')

    assert read(with_cell(content, cell=BLACK)) == (58, [], [left_out(UNSEEN, "9")])


def test_a_prompt_that_nobody_answered_is_blank() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"

    found = read(with_cell(control.format(run("单击或点击此处输入文字。"))))

    assert found == (None, [], [left_out("没有填写的提示文字", "单击或点击此处输入文字。")])


def test_a_hidden_row_is_told() -> None:
    made = with_cell(run("58"), row="<w:hidden/>")

    found = read_all(made)

    assert found == (None, None, None, [left_out(HIDDEN, "行政规范性文件5845546", "表 1 第 4 行")])


def read_all(content: bytes) -> tuple[object, object, object, list[str]]:
    """The figures of the row, and what is told of the reading."""
    from nianbao.app import reading

    found = reading.read_content(content, "年报.docx")
    keys = (f"disclosure.normative_documents.{column}" for column in ("issued", "repealed", "in_force"))
    issued, repealed, in_force = (found.figures[key].number for key in keys)
    return issued, repealed, in_force, [str(problem) for problem in found.reading]

"""Letters: scaled, fitted, dotted, framed, with small ones above; grounds and lines behind and below them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nianbao.media.word.html import convert
from nianbao.media.word.html.wordml import SPACES

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import saved
from tests.media.word.html.page_xml import document, element, letters, losses, page_of, paragraph, printed
from tests.reference_pdf import words

PARTS = "<w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase>"
RUBY = f'<w:r><w:ruby><w:rubyPr><w:hps w:val="14"/></w:rubyPr>{PARTS}</w:ruby></w:r>'


def extents(folder: Path, *runs: str) -> tuple[str, float]:
    """The letters of a line and how far they reach, in points from the margin."""
    found = words(printed(document(paragraph(*runs)), folder))
    return "".join(word.text for word in found), round(max(word.right for word in found) - 72, 1)


def sized(text: str, properties: str) -> str:
    return letters(
        text, f'<w:rFonts w:eastAsia="宋体" w:ascii="宋体" w:hAnsi="宋体"/>{properties}<w:sz w:val="32"/>'
    )


@pytest.mark.parametrize(("share", "reached"), [(66, 66 * 0.8), (100, 80.0), (150, 120.0)])
def test_scaled_letters_are_as_wide_as_asked(share: int, reached: float, tmp_path: Path) -> None:
    said = sized("某市财政局", f'<w:w w:val="{share}"/>')

    text, wide = extents(tmp_path, said)

    assert text == "某市财政局"
    assert wide == pytest.approx(reached, abs=0.3)
    assert losses(page_of(paragraph(said))) == []


def test_scaled_letters_break_into_lines_and_keep_their_marks(tmp_path: Path) -> None:
    text = "甲" + "文字，" * 40
    made = document(paragraph(sized(text, '<w:w w:val="150"/>')))
    lines: dict[float, str] = {}
    for word in words(printed(made, tmp_path)):
        lines[round(word.bottom)] = lines.get(round(word.bottom), "") + word.text

    assert "".join(lines.values()) == text
    assert [line[0] for line in lines.values() if line[0] == "，"] == []
    assert {len(line) for line in list(lines.values())[:-1]} <= {17, 18}


@pytest.mark.parametrize(
    ("run", "reached"),
    [
        (sized("某市人民政府", '<w:fitText w:val="4000" w:id="1"/>'), 200.0),
        (sized("某市财政局办公室", '<w:fitText w:val="1600" w:id="2"/>'), 80.0),
        (sized("某市", '<w:fitText w:val="2000" w:id="3"/>')
         + sized("政府", '<w:fitText w:val="2000" w:id="3"/>'), 100.0),
        # What Word has worked out itself: three gaps of 12 points, the last letter without one.
        (sized("某市政", '<w:spacing w:val="240"/><w:fitText w:val="2000" w:id="4"/>')
         + sized("府", '<w:fitText w:val="2000" w:id="4"/>'), 100.0),
    ],
    ids=["wider", "narrower", "two runs", "as saved"],
)  # fmt: skip
def test_fitted_letters_fill_the_width_that_is_asked(run: str, reached: float, tmp_path: Path) -> None:
    assert extents(tmp_path, run)[1] == pytest.approx(reached, abs=0.5)


def test_small_letters_stand_above_others_and_two_lines_in_one() -> None:
    ruby = RUBY.format(letters("cái zhèng", '<w:sz w:val="14"/>'), letters("财政"))
    combined = letters("合一的文字", '<w:eastAsianLayout w:id="1" w:combine="1" w:combineBrackets="round"/>')
    page = page_of(paragraph("拼音", ruby, "局"), paragraph("双行", combined, "尾"))
    tree: Any = Read(page.html).tree

    assert losses(page) == []
    assert Read(page.html).texts() == ["拼音cái zhèng财政局", "双行(合一的文字)尾"]
    assert [
        [part.text for part in box.xpath("./span")]
        for box in tree.xpath("//span[starts-with(@style, 'display: inline')]")
    ] == [["cái zhèng", "财政"], ["合一的", "文字"]]


def test_dots_stand_below_letters_and_not_below_marks() -> None:
    page = Read(page_of(paragraph(letters("着，重", '<w:em w:val="dot"/>'))).html)
    dotted: Any = page.tree

    assert [
        (part.text, "background-image" in page.css(part)) for part in dotted.xpath("//p/span")
    ] == [("着", True), ("重", True)]  # fmt: skip
    assert losses(page_of(paragraph(letters("着", '<w:em w:val="circle"/>')))) == [
        "圆圈和逗号形的着重号没有带入"
    ]


def test_lines_below_letters_have_their_kind_colour_and_weight() -> None:
    kinds = [
        '<w:u w:val="single" w:color="FF0000"/>', '<w:u w:val="thick"/>', '<w:u w:val="dashLongHeavy"/>',
        '<w:u w:val="wavyDouble"/>', "<w:dstrike/>",
    ]  # fmt: skip
    page = Read(page_of(*(paragraph("字", letters("线", said)) for said in kinds)).html)
    tree: Any = page.tree

    assert [
        {key: said for key, said in page.css(part).items() if key.startswith("text-decoration")}
        for part in tree.xpath("//p/span[2]")
    ] == [
        {"text-decoration-line": "underline", "text-decoration-color": "#ff0000"},
        {"text-decoration-line": "underline", "text-decoration-thickness": "1.1pt"},
        {
            "text-decoration-line": "underline",
            "text-decoration-style": "dashed",
            "text-decoration-thickness": "1.1pt",
        },
        {"text-decoration-line": "underline", "text-decoration-style": "wavy"},
        {"text-decoration-line": "line-through", "text-decoration-style": "double"},
    ]


def test_words_alone_are_underlined_where_that_is_asked() -> None:
    page = Read(page_of(paragraph(letters("one two", '<w:u w:val="words"/>'))).html)
    tree: Any = page.tree

    assert [
        (part.text, "text-decoration-line" in page.css(part)) for part in tree.xpath("//p/span")
    ] == [("one", True), (" ", False), ("two", True)]  # fmt: skip


@pytest.mark.parametrize(
    ("shade", "ground"),
    [
        ('w:val="clear" w:fill="DDDDFF"', "#ddddff"),
        ('w:val="pct25" w:color="auto" w:fill="auto"', "#bfbfbf"),
        ('w:val="pct50" w:color="FF0000" w:fill="FFFFFF"', "#ff8080"),
        ('w:val="solid" w:color="FF0000" w:fill="FFFFFF"', "#ff0000"),
        ('w:val="diagStripe" w:color="auto" w:fill="FFFF00"', "#abab00"),
        ('w:val="nil"', None),
    ],
)
def test_a_pattern_is_as_dark_as_its_lines_make_it(shade: str, ground: str | None) -> None:
    cell = f"<w:tc><w:tcPr><w:shd {shade}/></w:tcPr><w:p/></w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    blocks = (
        paragraph("字", letters("底", f"<w:shd {shade}/>")),
        paragraph(properties=f"<w:shd {shade}/>"),
        table,
    )
    page = Read(page_of(*blocks).html)
    tree: Any = page.tree

    places = [*tree.xpath("//p[1]/span[2] | //p[2] | //td")]
    assert [page.css(place).get("background-color") for place in places][:3] == [ground] * 3


@pytest.mark.parametrize(("ground", "shown"), [("000080", "#fff"), ("DDDDFF", "#000")])
def test_letters_without_a_colour_are_light_on_a_dark_ground(ground: str, shown: str) -> None:
    shade = f'<w:shd w:val="clear" w:fill="{ground}"/>'
    cell = f"<w:tc><w:tcPr>{shade}</w:tcPr>{paragraph('格')}</w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    page = Read(
        page_of(paragraph("段", properties=shade), table, paragraph("前面", letters("字", shade))).html
    )
    tree: Any = page.tree

    [run] = tree.xpath("//span[text() = '字']")
    seen = [page.css(place).get("color", "#000") for place in (page.block("段"), page.block("格"), run)]
    assert [color.replace("#ffffff", "#fff") for color in seen] == [shown] * 3


def test_a_border_around_letters_is_one_whatever_their_fonts() -> None:
    said = '<w:rFonts w:ascii="Arial" w:eastAsia="宋体"/><w:bdr w:val="single" w:sz="8"/>'
    page = Read(page_of(paragraph("前", letters("某市abc财政", said), "后")).html)
    framed: Any = page.tree

    assert [
        part.text_content() for part in framed.xpath("//span") if "border" in page.css(part)
    ] == ["某市abc财政"]  # fmt: skip


def test_a_grid_of_characters_adds_to_each_chinese_letter() -> None:
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'
    off = paragraph("乙", properties='<w:snapToGrid w:val="0"/>')
    made = document(paragraph("甲"), off)
    for old in made.element.body.sectPr.findall(f"{{{SPACES['w']}}}docGrid"):
        made.element.body.sectPr.remove(old)
    made.element.body.sectPr.append(element(grid))
    page = Read(convert(saved(made), "报告.docx").html)

    assert [page.css(page.block(text))["letter-spacing"] for text in "甲乙"] == ["-0.207pt", "normal"]


@pytest.mark.parametrize("said", ['<w:w w:val="80"/>', '<w:em w:val="dot"/>'])
def test_of_many_letters_only_the_first_are_drawn_one_by_one(said: str) -> None:
    page = page_of(*[paragraph(letters("文" * 250, said))] * 4)
    tree: Any = Read(page.html).tree

    assert losses(page) == ["缩放的字符和着重号过多，500 字以后只调整字距，不带着重号"]
    assert [len(block.xpath("./span")) for block in tree.xpath("//p")] == [250, 250, 1, 1]

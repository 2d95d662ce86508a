"""`{{p … }}`: one line in the template for each text, in the template's own styles."""

# ruff: noqa: E501 - what Word writes, and what a clerk reads, is on one line

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from nianbao.mandate import load
from nianbao.media import word
from nianbao.report import ProblemsFound, Report, Severity

from tests.media.word.templates import DOCUMENT, document, ladder, rewritten, shipped
from tests.reports import distinct, sound, take

OVERVIEW = (  # what distinct() has in 一, with the styles it is printed in
    ("Body Text", "2025年，本机关按照要求做好政府信息公开各项工作。"),
    ("Heading 2", "（一）主动公开"),
    ("Body Text", "通过门户网站公开信息120条，“一网通办”栏目更新30次。"),
    ("二级标题段", "（二）依申请公开。全年收到的申请均在期限内答复。"),
    ("三级标题段", "1. 登记。逐件登记。"),
    ("四级标题段", "（1）逐件编号。编号不重复。"),
)
TAG = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
TAG += '<w:t xml:space="preserve">{{p overview }}</w:t></w:r></w:p>'
Alter = Callable[[str], str]


@pytest.fixture(scope="module")
def report() -> Report:
    return take(distinct())


def instead(new: str, old: str = TAG) -> Alter:
    return lambda text: text.replace(old, new)


def merged(content: bytes, report: Report) -> Document:
    return docx.Document(io.BytesIO(word.merge(word.Template(content, "模板.docx"), report)))


def styled(made: Document) -> list[tuple[str | None, str]]:
    """Style and text of every paragraph."""
    return [(one.style.name if one.style else None, one.text) for one in made.paragraphs]


def overview(made: Document) -> list[tuple[str | None, str]]:
    """Style and text of the paragraphs of 一."""
    lines = styled(made)
    begin = lines.index(("Heading 1", "一、总体情况")) + 1
    return lines[begin : begin + len(OVERVIEW)]


def found(made: Document, text: str, tag: str) -> str:
    """The value of a property of the paragraph with this text; "" where it has none of its own."""
    [line] = [
        one
        for one in made.element.body.iter(qn("w:p"))
        if "".join(part.text or "" for part in one.iter(qn("w:t"))) == text
    ]
    element = line.find(f"{qn('w:pPr')}/{qn(tag)}")
    return "" if element is None else str(element.get(qn("w:val")))


def problems(content: bytes) -> list[str]:
    """The errors of a template; what of it stays behind is none."""
    told = word.check(word.Template(content, "模板.docx"), load("2021"))
    return [str(problem) for problem in told if problem.severity is Severity.ERROR]


def texts(content: bytes) -> list[str]:
    """The markup of every paragraph outside tables; headings beside tables have a style of their own now."""
    body = docx.Document(io.BytesIO(content)).element.body
    written = (etree.tostring(line, method="c14n").decode() for line in body.iterchildren(qn("w:p")))
    return [re.sub("Heading(?:Above|Between|Below)Tables?", "Heading1", markup) for markup in written]


@pytest.mark.parametrize("year", [2020, 2025])
@pytest.mark.parametrize("signed", [True, False])
def test_a_text_is_printed_as_by_the_loops_that_it_stands_for(year: int, signed: bool) -> None:
    edition = "2021" if year == 2025 else "2019"
    values = {} if signed else {"issued_by": "", "date_line": "", "sections": {}}
    report = take(distinct(year, **values))

    ours, loops = (
        word.merge(word.Template(each, "模板.docx"), report) for each in (shipped(edition), ladder(edition))
    )

    assert texts(ours) == texts(loops)


def test_each_paragraph_has_the_style_of_its_level(report: Report) -> None:
    made = merged(shipped(), report)

    assert overview(made) == list(OVERVIEW)
    [lead] = [one for one in made.paragraphs if one.text == OVERVIEW[3][1]]
    assert [(run.style.name, run.text) for run in lead.runs] == [
        ("二级标题字", "（二）依申请公开。"),
        ("Default Paragraph Font", "全年收到的申请均在期限内答复。"),
    ]


def test_styles_are_known_by_their_names_whatever_ids_a_program_gives_them(report: Report) -> None:
    ids = dict.fromkeys(re.findall(r'w:styleId="([^"]*)"', document(shipped(), "word/styles.xml").decode()))
    others = {id: f"a{number}" for number, id in enumerate(ids)}

    def renamed(text: str) -> str:
        return re.sub(
            r'(w:styleId="|<w:(?:pStyle|rStyle|tblStyle|basedOn|next) w:val=")([^"]*)',
            lambda match: match[1] + others[match[2]],
            text,
        ).replace('w:val="heading 2"', 'w:val="Heading 2"')

    content = shipped()
    for part in (DOCUMENT, "word/styles.xml", "word/footer1.xml", "word/footer2.xml"):
        content = rewritten(renamed, part, content=content)

    made = word.merge(word.Template(content, "模板.docx"), report)
    assert styled(docx.Document(io.BytesIO(made))) == styled(merged(shipped(), report))
    expected = word.merge(word.Template(shipped(), "模板.docx"), report)
    for part in (DOCUMENT, "word/footer1.xml", "word/footer2.xml"):
        assert document(made, part) == document(expected, part)


@pytest.mark.parametrize("swapped", [True, False])
def test_an_id_of_ours_that_another_style_has_is_taken_from_it(report: Report, swapped: bool) -> None:
    other = '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="别的"/></w:style></w:styles>'

    def alter(text: str) -> str:
        if swapped:
            return (
                text.replace('"Heading2"', '"0"')
                .replace('"Heading3"', '"Heading2"')
                .replace('"0"', '"Heading3"')
            )
        return text.replace('"Heading2"', '"2"').replace("</w:styles>", other)

    made = merged(rewritten(alter, "word/styles.xml"), report)

    assert overview(made) == list(OVERVIEW)
    ids = [style.style_id for style in made.styles]
    assert sorted(ids) == sorted(set(ids))


def test_without_a_style_the_tags_own_paragraph_is_the_look(report: Report) -> None:
    content = rewritten(
        lambda text: re.sub(
            r'<w:style [^>]*w:styleId="(?:Heading[234]|RunIn\d|Lead2)">.*?</w:style>', "", text
        ),
        "word/styles.xml",
    )

    made = merged(content, report)

    assert overview(made) == [("Body Text", text) for _, text in OVERVIEW]
    assert [found(made, text, "w:outlineLvl") for _, text in OVERVIEW] == ["", "1", "", "1", "2", "3"]


def test_what_is_set_on_the_tag_itself_holds_for_text_and_opened_paragraphs(report: Report) -> None:
    look = TAG.replace("</w:pPr>", '<w:ind w:left="99"/></w:pPr>').replace(
        "</w:rPr>", '<w:sz w:val="28"/></w:rPr>'
    )

    made = merged(rewritten(instead(look)), report)

    lines = {one.text: one for one in made.paragraphs}
    found = [lines[text] for _, text in OVERVIEW]
    assert overview(made) == list(OVERVIEW)
    assert [one.paragraph_format.left_indent is not None for one in found] == [
        True,
        False,
        True,
        True,
        True,
        True,
    ]
    assert [[run.font.size and run.font.size.pt for run in one.runs] for one in found] == [
        [14], [None], [14], [14, 14], [14, 14], [14, 14],
    ]  # fmt: skip


def test_a_tag_in_a_style_of_the_offices_own_keeps_it(report: Report) -> None:
    own = '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="本局正文"/></w:style></w:styles>'
    content = rewritten(instead(own, "</w:styles>"), "word/styles.xml")
    content = rewritten(instead(TAG.replace("BodyText", "Own")), content=content)

    names = [name for name, _ in overview(merged(content, report))]

    assert names == ["本局正文", "Heading 2", "本局正文", "本局正文", "本局正文", "本局正文"]


@pytest.mark.parametrize(
    "written",
    [
        TAG.replace("{{p overview }}", "{{p overview}}"),
        TAG.replace("{{p over", '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{p ov</w:t></w:r><w:r><w:t>er'),
        TAG.replace("<w:r>", "<w:sdt><w:sdtContent><w:r>").replace("</w:r></w:p>", "</w:r></w:sdtContent></w:sdt></w:p>"),
        f"<w:sdt><w:sdtContent>{TAG}</w:sdtContent></w:sdt>",
        TAG.replace("<w:r>", '<w:ins w:id="1" w:author="a"><w:r>').replace("</w:r></w:p>", "</w:r></w:ins></w:p>"),
    ],
    ids=["no space", "split by Word", "in a control", "control around", "inserted"],
)  # fmt: skip
def test_a_tag_is_found_however_word_writes_it(report: Report, written: str) -> None:
    content = rewritten(instead(written))

    assert problems(content) == []
    texts = [one.text or "" for one in merged(content, report).element.body.iter(qn("w:t"))]
    assert [text for _, text in OVERVIEW if text in "".join(texts)] == [text for _, text in OVERVIEW]


def test_a_page_break_before_stands_once_and_a_section_ends_once(report: Report) -> None:
    both = TAG.replace("</w:pPr>", "<w:pageBreakBefore/><w:sectPr/></w:pPr>")
    content = rewritten(instead(both))

    for made, lines in ((merged(content, report), 9), (merged(content, replace(report, narratives={
        **report.narratives, "overview": (),
    })), 1)):  # fmt: skip
        begin = next(at for at, one in enumerate(made.paragraphs) if one.text == "一、总体情况") + 1
        found = list(made.element.body.iterchildren(qn("w:p")))[begin : begin + lines]
        broken, ended = (
            [one.find(f"{qn('w:pPr')}/{qn(tag)}") is not None for one in found]
            for tag in ("w:pageBreakBefore", "w:sectPr")
        )
        assert broken == [True] + [False] * (lines - 1)
        assert ended == [False] * (lines - 1) + [True]
        assert len(made.sections) == 2


CELL = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{}</w:tr></w:tbl><w:p/>"


def test_a_cell_and_a_header_keep_a_paragraph_where_the_text_is_blank() -> None:
    line = "<w:p><w:r><w:t>{{p contact.email }}</w:t></w:r></w:p>"
    table = CELL.format(f"<w:tc>{line}{line}</w:tc><w:tc><w:p/></w:tc>")
    content = rewritten(instead("<w:body>" + table, "<w:body>"))
    content = rewritten(lambda text: re.sub("<w:p>.*</w:p>", line, text), "word/footer1.xml", content=content)

    assert problems(content) == []
    for email, printed in (("", [""]), ("a@b.cn", ["a@b.cn", "a@b.cn"])):
        made = merged(content, take(sound() | {"contact": {"电子邮箱": email}}))
        assert [one.text for one in made.tables[0].cell(0, 0).paragraphs] == printed
        assert [one.text for one in made.sections[0].footer.paragraphs] == printed[:1]


def test_a_row_with_nothing_but_a_text_goes_with_it_and_the_last_row_takes_the_table_along() -> None:
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{{{{p contact.{key} }}}}</w:t></w:r></w:p></w:tc></w:tr>"
        for key in ("email", "postcode")
    )
    table = f"<w:p/><w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/>"
    content = rewritten(instead("<w:body>" + table, "<w:body>"))

    for contact, printed, empty in (
        ({"电子邮箱": "a@b.cn", "邮政编码": "1"}, [["a@b.cn"], ["1"]], 2),
        ({"邮政编码": "1"}, [["1"]], 2),
        ({}, None, 0),
    ):
        made = merged(content, take(sound() | {"contact": contact}))
        first = made.tables[0]
        found = [[cell.text for cell in row.cells] for row in first.rows] if len(made.tables) == 4 else None
        assert (found, [one.text for one in made.paragraphs[:3]].count("")) == (printed, empty)


@pytest.mark.parametrize("email", ["", "a@b.cn"])
def test_a_section_that_ends_before_such_a_table_ends_whether_it_is_printed_or_not(email: str) -> None:
    line = "<w:p>{}<w:r><w:t>{{{{p contact.email }}}}</w:t></w:r></w:p>"
    ending = line.format("<w:pPr><w:sectPr/></w:pPr>")
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{line.format('')}</w:tc></w:tr></w:tbl>"
    content = rewritten(instead(f"<w:body>{ending}{table}{ending}", "<w:body>"))

    made = merged(content, take(sound() | {"contact": {"电子邮箱": email}}))

    assert problems(content) == []
    assert (len(made.sections), len(made.tables)) == (3, 4 if email else 3)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{p requests }}", "标签 requests 不是一个数或一段文字，还要写明是其中的哪一个"),
        ("{{p overwiew }}", "标签 overwiew 不在规定格式中。是否想写 overview？"),
        ("{{p title.__class__ }}", "标签 title.__class__ 想取用程序内部的东西，不允许。"),
        ("概况：{{p overview }}", "与 {{p overview }} 同在一段的还有别的内容，合并时会丢失。请让这个标签独占一段。"),
        ("{{p overview }}{{p preface }}", "与 {{p overview }} 同在一段的还有别的内容，合并时会丢失。"),
        ('{{p overview }}</w:t><w:br w:type="page"/><w:t>', "与 {{p overview }} 同在一段的还有别的内容"),
    ],
)  # fmt: skip
def test_a_tag_that_cannot_be_printed_is_named_with_its_paragraph(written: str, said: str) -> None:
    [problem, *_] = problems(rewritten(instead(TAG + TAG.replace("{{p overview }}", written))))

    assert problem.startswith(f"模板.docx › 正文 › 第 9 段：{said}")


def test_an_element_that_the_template_does_not_print_is_named(report: Report) -> None:
    official = replace(report, elements={"document_number": "某发〔2026〕3号", "seal": "是"})

    with pytest.raises(ProblemsFound) as caught:
        word.merge(word.Template(ladder(), "旧.docx"), official)
    assert [str(problem) for problem in caught.value.problems] == [
        "旧.docx › 正文；报告.json › document_number：合并后的文件中没有“发文字号”：某发〔2026〕3号。请在模板中加入 {{p document_number }}，"
        "或运行 nianbao template build 另建模板；不印的请清空这一格。"
    ]

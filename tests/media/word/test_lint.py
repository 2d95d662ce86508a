"""`template check`: whatever a template has become, its problems are named, and nothing crashes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from nianbao.mandate import load
from nianbao.media import word
from nianbao.report import ProblemsFound
from openpyxl import Workbook

from tests import libreoffice
from tests.media.word.templates import ladder
from tests.paths import ROOT
from tests.trials import trials
from tests.values import the

BUILT = (ROOT / "templates" / "2021.docx").read_bytes()
MANDATE = load("2021")
NATURAL = "{{ requests.received.natural_person }}"
TITLE, OVERVIEW, DISCLOSURE = "{{ title }}", "一、总体情况", "二、主动公开政府信息情况"
ALL_TAGS = "全部标签见 nianbao template fields"
ALLOWED = "请只用规定的标签、if、for、set"

Alter = Callable[[Document], object]


def altered(alter: Alter, content: bytes = BUILT) -> bytes:
    """The built template or another, altered through python-docx."""
    document = docx.Document(io.BytesIO(content))
    alter(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def check(content: bytes) -> list[str]:
    """What a person reads about a template."""
    try:
        return [str(one) for one in word.check(word.Template(content, "模板.docx"), MANDATE)]
    except ProblemsFound as caught:
        return [str(one) for one in caught.problems]


def rewritten(part: str, change: Callable[[bytes], bytes], content: bytes = BUILT) -> bytes:
    """A package with one part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def paragraph(document: Document, text: str) -> Paragraph:
    """The paragraph, in the body or in a cell, that has exactly this text."""
    for node in document.element.body.iter(qn("w:p")):
        found = Paragraph(node, document._body)
        if found.text == text:
            return found
    raise LookupError(text)


def replace(old: str, new: str) -> Alter:
    return lambda document: paragraph(document, old).runs[0].__setattr__("text", new)


def remove(text: str) -> Alter:
    def alter(document: Document) -> None:
        node = paragraph(document, text)._p
        the(node.getparent()).remove(node)

    return alter


def add(text: str) -> Alter:
    return lambda document: document.add_paragraph(text)


def test_a_misspelt_tag_names_its_cell_and_the_nearest_right_one() -> None:
    content = altered(replace(NATURAL, "{{ requests.recieved.natural_person }}"))

    assert check(content) == [
        "模板.docx › 正文 › 表 2 第 4 行第 4 列：标签 requests.recieved.natural_person 不在规定格式中。"
        f"是否想写 requests.received.natural_person？{ALL_TAGS}。",
        "模板.docx › 三、收到和处理政府信息公开申请情况 › 表 2 第 4 行第 4 列："
        f"一、本年新收政府信息公开申请数量 / 自然人 这一格应是 {NATURAL}，"
        f"现为“{{{{ requests.recieved.natural_person }}}}”。请写 {NATURAL}。",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{{ titel }}", "title"),
        ("{{ dateline }}", "date_line"),
        ("{{ contact.phone }}", "contact.telephone"),
        ("{{ request.received.total }}", "requests.received.total"),
        ("{{ disclosure.licenses.decisions }}", "disclosure.licences.decisions"),
        ("{{ Organ }}", "organ"),
        ("{% for one in overview %}{{ one.txet }}{% endfor %}", "one.text"),
        ("{% for one in overwiew %}{% endfor %}", "overview"),
        ("{{ disputes.review }}", "disputes.review.total"),
    ],
)
def test_the_nearest_right_tag_is_the_one_a_person_meant(written: str, meant: str) -> None:
    [problem] = check(altered(add(written)))

    assert f"是否想写 {meant}？" in problem


def test_a_paragraph_is_named_by_its_number_past_empty_ones() -> None:
    def alter(document: Document) -> None:
        first = document.paragraphs[0]._p
        for _ in range(3):
            first.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))
        first.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{{{{ titel }}}}</w:t></w:r></w:p>"))

    [problem] = check(altered(alter))

    assert problem.startswith("模板.docx › 正文 › 第 4 段：标签 titel 不在规定格式中。")


def test_a_tag_that_word_split_into_runs_is_read_whole() -> None:
    def split(document: Document) -> None:
        found = paragraph(document, NATURAL)
        [run] = found.runs
        first, *rest = "{", "{ requ", "ests.received.", "natural_person }", "}"
        run.text = first
        for piece in rest:
            copy = deepcopy(run._r)
            the(copy.find(qn("w:t"))).text = piece
            found._p.append(copy)

    assert check(altered(split)) == []


def test_a_misspelt_tag_that_word_split_into_runs_is_found() -> None:
    def split(document: Document) -> None:
        found = document.add_paragraph("{")
        for piece in ("{ tit", "el }", "}"):
            found.add_run(piece)

    [problem] = check(altered(split))

    assert "标签 titel 不在规定格式中。是否想写 title？" in problem


def test_tags_outside_the_body_are_read_and_named_by_their_part() -> None:
    def alter(document: Document) -> None:
        [section] = document.sections
        section.header.paragraphs[0].text = "{{ organn }}"
        section.first_page_footer.paragraphs[0].text = "{{ yaer }}"
        document.core_properties.title = "{{ titel }}"

    assert [problem.partition("：标签")[0] for problem in sorted(check(altered(alter)))] == [
        "模板.docx › 文件属性",
        "模板.docx › 页眉",
        "模板.docx › 页脚",
    ]


def test_a_tag_in_a_footnote_is_read() -> None:
    text = "<w:p><w:r><w:t>{{ titel }}</w:t></w:r></w:p>"
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1">{text}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/anmerkungen.xml" ContentType="{kind}"/></Types>'
    relation = f'<Relationship Id="rIdNotes" Type="{RELATIONSHIP_TYPE.FOOTNOTES}" Target="anmerkungen.xml"/>'
    reference = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:sectPr>'
    content = rewritten(
        "[Content_Types].xml", lambda part: part.replace(b"</Types>", override.encode()), BUILT
    )
    content = rewritten(
        "word/_rels/document.xml.rels",
        lambda part: part.replace(b"</Rel", f"{relation}</Rel".encode()),
        content,
    )
    content = rewritten(
        "word/document.xml", lambda part: part.replace(b"<w:sectPr>", reference.encode()), content
    )
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/anmerkungen.xml", note)

    [problem] = check(stream.getvalue())

    assert problem.startswith("模板.docx › 脚注：标签 titel 不在规定格式中。")


def test_an_altered_heading_is_named_with_what_stands_there() -> None:
    assert check(altered(replace(OVERVIEW, "一、总体概况"))) == [
        "模板.docx › 正文 › 第 7 段：没有标题“一、总体情况”，这里写的是“一、总体概况”。"
        "规定格式的文字不能改动，请照此恢复。"
    ]


def test_a_missing_heading_is_named() -> None:
    assert check(altered(remove(OVERVIEW))) == [
        "模板.docx › 正文：没有标题“一、总体情况”。规定格式的文字不能改动，请照此恢复。"
    ]


def test_swapped_headings_are_named_as_out_of_order() -> None:
    def swap(document: Document) -> None:
        one, other = paragraph(document, OVERVIEW), paragraph(document, DISCLOSURE)
        one.runs[0].text, other.runs[0].text = other.text, one.text

    assert any("标题“二、主动公开政府信息情况”的次序不对" in problem for problem in check(altered(swap)))


def test_an_altered_label_names_its_cell() -> None:
    assert check(altered(replace("行政规范性文件", "规范性文件"))) == [
        "模板.docx › 二、主动公开政府信息情况 › 表 1 第 4 行第 1 列："
        "这一格应是“行政规范性文件”，现为“规范性文件”。规定格式的文字不能改动，请照此恢复。"
    ]


def test_a_label_may_be_broken_into_lines() -> None:
    def alter(document: Document) -> None:
        [run] = paragraph(document, "法律服务机构").runs
        run.text = "法律服务\n机构"

    assert check(altered(alter)) == []


def test_an_undone_merge_is_named() -> None:
    def alter(document: Document) -> None:
        cell = document.tables[0].rows[0]._tr.tc_lst[0]
        the(the(cell.tcPr).gridSpan).val = 3
        document.tables[0].rows[0]._tr.append(parse_xml(f"<w:tc {nsdecls('w')}><w:p/></w:tc>"))

    assert check(altered(alter)) == [
        "模板.docx › 二、主动公开政府信息情况 › 表 1 第 1 行第 1 列："
        "“第二十条第（一）项”应占 1 行 4 列，现占 1 行 3 列。请照规定格式合并单元格。",
        "模板.docx › 二、主动公开政府信息情况 › 表 1 第 1 行第 4 列："
        "规定格式中没有这一格“”。请删去多出的行、列或格。",
    ]


def test_an_undone_vertical_merge_is_named() -> None:
    def alter(document: Document) -> None:
        for merge in list(document.tables[1]._tbl.iter(qn("w:vMerge"))):
            the(merge.getparent()).remove(merge)

    assert "应占 22 行 1 列，现占 1 行 1 列" in "".join(check(altered(alter)))


def test_a_deleted_row_is_named() -> None:
    def alter(document: Document) -> None:
        table = document.tables[0]._tbl
        table.remove(table.tr_lst[-1])

    problems = check(altered(alter))

    assert [problem.partition("：")[2].partition("。")[0] for problem in problems] == [
        "这里应有一格“行政事业性收费”，没有找到",
        "这里应有一格“行政事业性收费 / 本年收费金额（单位：万元）”，没有找到",
    ]


def test_an_extra_row_is_named() -> None:
    def alter(document: Document) -> None:
        table = document.tables[0]._tbl
        row = parse_xml(f"<w:tr {nsdecls('w')}><w:tc><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc></w:tr>")
        table.append(row)

    assert check(altered(alter)) == [
        "模板.docx › 二、主动公开政府信息情况 › 表 1 第 15 行第 1 列："
        "规定格式中没有这一格“合计”。请删去多出的行、列或格。"
    ]


def test_swapped_figure_tags_are_both_named() -> None:
    def swap(document: Document) -> None:
        one = paragraph(document, "{{ disputes.review.upheld }}")
        other = paragraph(document, "{{ disputes.review.corrected }}")
        one.runs[0].text, other.runs[0].text = other.text, one.text

    assert [problem.partition("列：")[2].partition("，现为")[0] for problem in check(altered(swap))] == [
        "行政复议 / 结果维持 这一格应是 {{ disputes.review.upheld }}",
        "行政复议 / 结果纠正 这一格应是 {{ disputes.review.corrected }}",
    ]


def test_a_section_without_its_tag_is_named() -> None:
    def alter(document: Document) -> None:
        start = paragraph(document, "{{p improvement }}")._p
        the(start.getparent()).remove(start)

    assert check(altered(alter)) == [
        "模板.docx › 正文：模板没有印出 improvement。请加入 {{p improvement }}。"
    ]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("title", "正文：模板没有印出 title。请加入 {{ title }}。"),
        ("issued_by", "正文：模板没有印出 issued_by。请加入 {{p issued_by }}。"),
        ("date_line", "正文：模板没有印出 date_line。请加入 {{p date_line }}。"),
    ],
)
def test_a_template_that_does_not_print_a_particular_is_refused(key: str, said: str) -> None:
    def alter(document: Document) -> None:
        document.core_properties.title = "固定的标题"
        replace("{{ title }}" if key == "title" else f"{{{{p {key} }}}}", "固定的文字")(document)

    [problem] = check(altered(alter))

    assert problem.startswith(f"模板.docx › {said}")


def test_a_table_that_is_gone_is_named() -> None:
    def alter(document: Document) -> None:
        table = document.tables[2]._tbl
        the(table.getparent()).remove(table)

    assert check(altered(alter)) == [
        "模板.docx › 四、政府信息公开行政复议、行政诉讼情况："
        "“四、政府信息公开行政复议、行政诉讼情况”之后没有表格。"
        "请从 nianbao template build 建的模板中复制这张表。"
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{ ''.__class__ }}", "标签 ….__class__ 想取用程序内部的东西，不允许"),
        ("{{ ''['__class__'] }}", "标签 ….__class__ 想取用程序内部的东西，不允许"),
        ("{{ requests.__init__ }}", "标签 requests.__init__ 想取用程序内部的东西，不允许"),
        ("{{ requests.__init__.__globals__ }}", "标签 requests.__init__ 想取用程序内部的东西，不允许"),
        ("{{ cycler.__init__ }}", "标签 cycler.__init__ 不在规定格式中"),
        ("{{ title.upper() }}", "模板里不能用调用（圆括号）"),
        ("{{ range(9) }}", "模板里不能用调用（圆括号）"),
        ("{{ title|attr('__class__') }}", "模板里不能用过滤器 attr"),
        ("{{ title|safe }}", "模板里不能用过滤器 safe"),
        ("{{ title|nosuch }}", "模板里不能用过滤器 nosuch"),
        ("{{ 'a' * 999999999999 }}", "模板里不能用乘法"),
        ("{{ 9 ** 9 ** 9 }}", "模板里不能用乘方"),
        ("{{ '%99999999999d' % 1 }}", "模板里不能用%"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "模板里不能用宏（macro）"),
        ("{% include 'x' %}", "模板里不能用引入（include）"),
        ("{% import 'os' as os %}", "模板里不能用引入（import）"),
        ("{% extends 'x' %}", "模板里不能用引入（extends）"),
        ("{% autoescape false %}{{ title }}{% endautoescape %}", "模板里不能用关闭转义（autoescape）"),
        ("{% if title is nosuch %}{% endif %}", "没有 is nosuch 这种判断"),
        (
            "{% for a in overview %}" * 3 + "{% endfor %}" * 3,
            "循环套了 3 层",
        ),
    ],
)
def test_what_could_run_a_program_is_refused(written: str, said: str) -> None:
    problems = check(altered(add(written)))

    assert f"：{said}。" in problems[0]


BOUNDED = "标签把太多的内容接在一起，印出来没有止境"
DIGITS = "标签里有几千位的数"
GROWING = {
    "{% set x = title %}" + "{% set x = x ~ x %}" * 40: BOUNDED,
    "{% set x = title %}" + "{% set x = x + x %}" * 40: BOUNDED,
    "{% set x = 9 %}" + "{% set x = x + x %}" * 40: BOUNDED,
    "{% set x = title %}" + "{% set x = [x, x] %}" * 40: BOUNDED,
    "{% set x = title %}" + "{% set x = (x ~ x)|upper %}" * 40: BOUNDED,
    "{% set x = title %}" + "{% set x = x|default(title) ~ x[1:] %}" * 40: BOUNDED,
    "{% set x = title %}"
    + "{% if organ %}{% set x = x ~ x %}{% else %}{% set x = 1 %}{% endif %}" * 40: BOUNDED,
    "{% set x = title %}" + "{% set y = x ~ x %}{% set x = y ~ y %}" * 20: BOUNDED,
    "{% set x = title %}" + "{% set x, y = x ~ x, x ~ x %}" * 20: BOUNDED,
    "{% for a in overview %}" + "{% set x = a.text %}" + "{% set x = x ~ x %}" * 40 + "{% endfor %}": BOUNDED,
    "{% set x = '" + "甲" * 60_000 + "' %}": BOUNDED,
    "{{ " + " ~ ".join(["title"] * 501) + " }}": BOUNDED,
    "{% if " + " ~ ".join(["title"] * 501) + " == organ %}{% endif %}": BOUNDED,
    "{{ " + "7" * 6000 + " }}": DIGITS,
    "{% set x = " + "7" * 6000 + " %}": DIGITS,
    "{{ 0x" + "f" * 6000 + " }}": DIGITS,
    "{{ 0b" + "1" * 20_000 + " }}": DIGITS,
    "{{ overview[" + "7" * 6000 + "].text }}": DIGITS,
    "{% if year == " + "_".join(["777"] * 2000) + " %}{% endif %}": DIGITS,
    "{% for c in title %}{% endfor %}": "循环的不是一个部分的各段文字",
    "{% set x = title ~ title %}{% for c in x %}{% endfor %}": "循环的不是一个部分的各段文字",
    "{% for a in overview %}{% for c in a.text %}{% endfor %}{% endfor %}": "循环的不是一个部分的各段文字",
    "{{ 7 // 2 }}": "模板里不能用除法",
    "{{ {'a': 1} }}": "模板里不能用{…: …}",
    "{% filter upper %}x{% endfilter %}": "模板里不能用区块（filter）",
    "{% with a = 1 %}{% endwith %}": "模板里不能用区块（with）",
    "{% block a %}{% endblock %}": "模板里不能用区块（block）",
    "{% set x %}{{ title }}{% endset %}": "模板里不能用区块（set…endset）",
}


MUCH = {
    "braces": ("{" * 20_000, "模板.docx：正文有 20428 个花括号，不像报告的模板"),
    "braces in runs": ("\n{%" * 20_000, "模板.docx：正文有 20428 个花括号，不像报告的模板"),
    "paragraph tags": ("{{p overview }}" * 90, "正文有 103 个 {{p … }}"),
}


@pytest.mark.parametrize("name", MUCH)
def test_more_tags_than_any_template_has_are_refused(name: str) -> None:
    written, said = MUCH[name]

    assert said in check(altered(add(written)))[0]


def test_of_very_many_wrong_tags_the_first_are_told() -> None:
    problems = check(altered(add("{{ nosuch }}" * 800 + "{{ " + "a" * 5000 + " }}")))

    assert len(problems) == 101
    assert "还有 701 处标签有误，没有列出。请先改正列出的各处。" in problems[-1]


@pytest.mark.parametrize("written", GROWING, ids=lambda written: written[:50])
def test_what_grows_without_end_is_refused(written: str) -> None:
    problems = check(altered(add(written)))

    assert f"：{GROWING[written]}。" in problems[0]


@pytest.mark.parametrize(
    "written",
    [
        "{% set x = title %}{{ x }}",
        "{% set x = title %}" + "{% set x = x ~ organ %}" * 40 + "{{ x }}",
        "{% for one in overview[1:] %}{{ one.text }}{% endfor %}",
        "{% for one in (overview if organ else preface) %}{{ one.text }}{% endfor %}",
        "{% set x = overview %}{% for one in x %}{{ one.text }}{% endfor %}",
        "{% for one in ['甲', organ] %}{{ one }}{% endfor %}",
        "{{ year|upper }}",
        "{% if issued_by == organ and not contact.email %}我{% else %}{{ organ ~ '：' + year }}{% endif %}",
        "{% for one in overview if one.level > 1 %}{{ loop.index }}{{ one.lead }}{% else %}无{% endfor %}",
        "{{ overview[0].text if overview else '' }}",
        "{# 说明 #}{_{ 不是标签 }_}",
    ],
)
def test_tags_conditions_and_loops_are_free_to_be_used(written: str) -> None:
    assert check(altered(add(written))) == []


@pytest.mark.parametrize(
    "written",
    [
        "{% if title %}",
        "{% endfor %}",
        "{%p endif %}",
        "{% for x in %}{% endfor %}",
        "{{ title",
        "{{ title | }}",
        "{{ }}",
        "{% elif %}",
        "{{ title }",
        "{% if " + "(" * 3000 + "title" + ")" * 3000 + " %}{% endif %}",
    ],
)
def test_unbalanced_tags_are_a_problem(written: str) -> None:
    assert check(altered(add(written))) != []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{%p if title %}", "if 没有结束，缺少 endif"),
        ("{% for x in overview %}{% if x.level %}", "if 没有结束，缺少 endif"),
        ("{% for x in overview %}{% if x.level %}{% endif %}", "for 没有结束，缺少 endfor"),
        ("{% if title %}{% endfor %}", "这里不能用 endfor，前面的 if 还没有结束"),
        ("{%tr if title %}", "这里不能用 tr"),
        ("{% nosuch %}", "这里不能用 nosuch"),
        ("{{ title year }}", "在“year”处读不懂"),
        ("{{ title ？ }}", "在“？”处读不懂"),
        ("{{ }}", "标签没有写完"),
        ("{{ title | }}", "标签没有写完"),
    ],
)
def test_a_tag_that_cannot_be_read_is_the_one_thing_told_and_where_it_begins(written: str, said: str) -> None:
    def alter(document: Document) -> None:
        document.paragraphs[0].insert_paragraph_before(written)

    assert check(altered(alter)) == [
        f"模板.docx › 正文 › 第 1 段：标签写法有误：{said}。"
        "请检查花括号、百分号和 if…endif、for…endfor 是否成对。"
    ]


@pytest.mark.parametrize(
    ("written", "unknown"),
    [
        ("{% for one in nosuch %}{{ one }}{% endfor %}", "nosuch"),
        ("{% for one in overview %}{{ one.txet }}{% endfor %}", "one.txet"),
        ("{% set x = overview[0] %}{{ x.txet }}", "x.txet"),
        ("{% for one in overview %}{{ loop.indx }}{% endfor %}", "loop.indx"),
        ("{% for one in overview %}{% endfor %}{{ one.text }}", "one.text"),
        ("{% if nosuch %}{% endif %}", "nosuch"),
        ("{{ title.upper }}", "title.upper"),
    ],
)
def test_unknown_names_in_loops_and_conditions_are_found(written: str, unknown: str) -> None:
    [problem] = check(altered(add(written)))

    assert f"：标签 {unknown} 不在规定格式中。" in problem


def test_a_filter_on_a_figure_is_not_the_figure() -> None:
    [problem] = check(altered(replace(NATURAL, "{{ requests.received.natural_person | upper }}")))

    assert problem.endswith(f"请写 {NATURAL}。")


def test_table_rows_may_be_looped_outside_the_form() -> None:
    def alter(document: Document) -> None:
        table = document.add_table(3, 1)
        texts = ("{%tr for one in overview %}", "{{ one.text }}", "{%tr endfor %}")
        for row, text in zip(table.rows, texts, strict=True):
            row.cells[0].text = text

    assert check(altered(alter)) == []


def test_a_condition_that_swallows_a_heading_is_found_by_a_trial() -> None:
    def alter(document: Document) -> None:
        heading = paragraph(document, OVERVIEW)
        heading.insert_paragraph_before("{%p if preface %}")
        ending = heading.insert_paragraph_before("{%p endif %}")
        heading._p.addnext(ending._p)

    assert check(altered(alter)) == [
        "模板.docx › 正文：合并后的文件中没有标题“一、总体情况”，或者次序不对。"
        "请对照 nianbao template build 建的模板改正。"
    ]


def test_a_loop_that_does_not_print_every_level_is_found_by_a_trial() -> None:
    def alter(document: Document) -> None:
        for found in document.paragraphs:
            if found.text == "{{ paragraph.rest }}" or found.text.endswith("{{ paragraph.rest }}"):
                found._p.remove(found.runs[-1]._r)

    [problem] = check(altered(alter, ladder()))

    assert problem.startswith("模板.docx › 引言：合并后的文件中没有“引言”的这一段，或者次序不对：（二）")


def test_a_broken_cross_reference_between_tags_and_xml_is_a_problem() -> None:
    def alter(document: Document) -> None:
        document.add_paragraph("{% if title %}")
        document.add_paragraph("{%- endif -%}")

    assert isinstance(check(altered(alter)), list)


def test_a_template_saved_anew_by_libreoffice_is_sound(resaved: bytes) -> None:
    assert check(resaved) == []


def test_a_misspelt_tag_is_found_after_libreoffice(resaved: bytes) -> None:
    content = rewritten(
        "word/document.xml", lambda part: part.replace(b"carried_in.total", b"carried_inn.total"), resaved
    )

    [problem, _] = check(content)

    assert "标签 requests.carried_inn.total 不在规定格式中。是否想写 requests.carried_in.total？" in problem


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if libreoffice.SOFFICE is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("soffice")
    (folder / "模板.docx").write_bytes(BUILT)
    libreoffice.convert(folder / "out", folder / "模板.docx", kind="docx:MS Word 2007 XML")
    return (folder / "out" / "模板.docx").read_bytes()


def test_a_document_made_by_python_docx_is_no_macro_file() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)

    assert "宏" not in "".join(check(stream.getvalue()))


def test_a_docm_is_refused_whatever_its_name() -> None:
    content = rewritten(
        "[Content_Types].xml",
        lambda types: types.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )

    assert check(content) == ["模板.docx：这是带宏的 Word 文件。请在 Word 中另存为不带宏的 .docx。"]


def test_a_dotx_is_a_template_like_any_other() -> None:
    content = rewritten(
        "[Content_Types].xml", lambda types: types.replace(b"document.main+xml", b"template.main+xml")
    )

    assert check(content) == []
    assert b"template.main" not in word.Template(content, "模板.dotx").parts["[Content_Types].xml"]


def test_a_workbook_named_docx_is_refused() -> None:
    stream = io.BytesIO()
    Workbook().save(stream)

    assert check(stream.getvalue()) == ["模板.docx：这不是 Word 文档（.docx）。请给出 Word 文档（.docx）。"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", rb"{\rtf1\ansi {{ title }}}", b"%PDF-1.7", b"\0" * 4096, "文字".encode()],
    ids=["empty", "two bytes", "rtf", "pdf", "zeros", "text"],
)
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    assert check(content) == [
        "模板.docx：文件已损坏，或者不是 Word 文档（.docx）。"
        "请用 Word、Excel 或 WPS 打开并另存一份，或换用完好的备份。"
    ]


def test_a_zip_of_anything_else_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("照片.jpg", b"x")

    assert check(stream.getvalue()) == ["模板.docx：这不是 Word 文档（.docx）。请给出 Word 文档（.docx）。"]


def test_a_part_that_declares_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = rewritten("word/document.xml", lambda part: bomb + part[part.index(b"?>") + 2 :])

    assert "实体声明" in check(content)[0]


def test_a_part_without_end_of_depth_is_refused() -> None:
    deep = b"<w:p>" * 100_000 + b"</w:p>" * 100_000
    content = rewritten("word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body>" + deep))

    assert "Word 文件的内容已损坏" in check(content)[0]


def test_a_huge_template_is_refused_at_once() -> None:
    filling = b"<!--" + random.Random(1).randbytes(3_000_000).hex().encode() + b"--></w:body>"
    content = rewritten("word/document.xml", lambda part: part.replace(b"</w:body>", filling))

    assert check(content) == [
        "模板.docx：正文有 5 MB，不像报告的模板。请去掉与报告无关的内容，或运行 nianbao template build 另建。"
    ]


def test_a_template_of_many_pages_is_read_in_time() -> None:
    assert (
        check(altered(lambda document: [document.add_paragraph("附件说明 {{ organ }}") for _ in range(3000)]))
        == []
    )


def test_a_spot_that_is_no_number_does_not_stop_the_check() -> None:
    content = rewritten(
        "word/document.xml", lambda part: part.replace(b'gridSpan w:val="3"', b'gridSpan w:val="x"')
    )

    assert "应占 3 行 3 列，现占 3 行 1 列" in "".join(check(content))


@pytest.mark.parametrize("length", [*range(1, 200, 37), *range(200, len(BUILT), 397)])
def test_a_truncated_template_is_refused(length: int) -> None:
    [problem] = check(BUILT[:length])

    assert problem.startswith("模板.docx：文件已损坏")


@pytest.mark.parametrize("seed", range(trials(60)))
def test_flipped_bytes_never_crash_the_check(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(BUILT)
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    assert isinstance(check(bytes(content)), list)


@pytest.mark.parametrize("seed", range(trials(60)))
def test_flipped_bytes_inside_the_document_never_crash_the_check(seed: int) -> None:
    chance = random.Random(seed)

    def flip(part: bytes) -> bytes:
        flipped = bytearray(part)
        for _ in range(chance.randint(1, 8)):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        return bytes(flipped)

    names = ("word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels", "docProps/core.xml")

    assert isinstance(check(rewritten(chance.choice(names), flip)), list)

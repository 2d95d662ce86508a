"""The template language is docxtpl's: what we make of a template prints what docxtpl makes of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, Template, nodes
from nianbao.media import word
from nianbao.media.word.context import context
from nianbao.report import Place, ProblemsFound, Report
from nianbao.report.narrative import paragraph

from tests.media.word.templates import document, ladder, rewritten, shipped

Sound = Callable[..., dict[str, Any]]
Read = Callable[[dict[str, Any]], Report]


@pytest.fixture
def report(sound: Sound, read: Read) -> Report:
    return read(sound())


BEGINNING = "<w:body>"
TITLE = "{{ title }}"


def added(written: str) -> Callable[[str], str]:
    """A paragraph with these words before all others, and the words in its own run."""
    line = f'<w:p><w:r><w:t xml:space="preserve">{written}</w:t></w:r></w:p>'
    return lambda text: text.replace(BEGINNING, BEGINNING + line, 1)


def whole(*lines: str) -> Callable[[str], str]:
    """Paragraphs of their own before all others."""
    written = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return lambda text: text.replace(BEGINNING, BEGINNING + written, 1)


def table(*rows: str) -> Callable[[str], str]:
    cells = "".join(f"<w:tr><w:tc><w:p><w:r><w:t>{row}</w:t></w:r></w:p></w:tc></w:tr>" for row in rows)
    written = f"<w:tbl><w:tblPr/><w:tblGrid/>{cells}</w:tbl>"
    return lambda text: text.replace("<w:sectPr>", written + "<w:p/><w:sectPr>", 1)


def before(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new + old, 1)


def after(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, old + new, 1)


def instead(old: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(old, new, text)


END = "{% endfor %}"
PRINTED = {
    "a word": added("{{ organ }}{{ year }}{{ reporter }}{{ contact.address }}"),
    "a figure in a line": added("收到{{ requests.received.total }}件，{{ requests.received.total }}件"),
    "a literal": added("{{ '1 &amp; 2' }}{{ 3 }}{{ none }}{{ true }}"),
    "a constant condition": added("{% if true %}甲{% endif %}{% if 0 %}乙{% endif %}"),
    "set": added("{% set x = title %}{{ x }}"),
    "set over a word": added("{% set organ = '别的机关' %}{{ organ }}"),
    "set below": before("<w:sectPr>", "<w:p><w:r><w:t>{% set title = organ %}{{ title }}</w:t></w:r></w:p>"),
    "a loop over a table's name": added("{% for requests in overview %}{{ requests.text }}" + END),
    "a loop over its own name": added("{% for overview in overview %}{{ overview.level }}" + END),
    "a loop that is its section": added("{% for overview in overview %}{{ overview.text }}" + END),
    "a loop named as a word": added("{% for title in overview %}{{ title.lead }}|{{ title.rest }}" + END),
    "a loop with a test": added("{% for one in overview if one.level > 9 %}{{ loop.index }}" + END),
    "a loop with a test alone": added("{% for one in overview if one.heading %}{{ one.text }}；" + END),
    "a loop with an else": added("{% for one in overview %}{{ one.lead }}{% else %}无" + END),
    "a loop within a loop": added("{% for a in preface %}{% for b in overview %}{{ a.text }}" + END + END),
    "a loop with words": added("{% for a in overview %}{{ organ }}{{ requests.received.total }}" + END),
    "a loop that asks for texts": added(
        "{% for a in overview %}{% if a.lead %}{{ a.lead }}{% endif %}" + END
    ),
    "a loop that asks for words": added("{% for a in overview %}{% if year == '2025' %}甲{% endif %}" + END),
    "a loop of kinds": added(
        "{% for a in overview %}{% if not a.heading or (1 &lt; a.level &lt;= 3 and a.level != 2) %}"
        "{{ a.text }}；{% endif %}{% endfor %}"
    ),
    "a condition on words": added(
        "{% if issued_by == organ and not contact.email %}我{% elif year %}{{ year }}"
        "{% else %}{{ organ ~ '：' + year }}{% endif %}"
    ),
    "a condition on a section": added("{% if preface %}有{% endif %}{% if not improvement %}无{% endif %}"),
    "a condition on a table": added("{% if requests %}有{% endif %}{% if disputes.review %}有{% endif %}"),
    "a condition on a figure": added("{% if requests.received.total != '0' %}{{ organ }}{% endif %}"),
    "sections compared": added("{% if preface == improvement %}同{% endif %}"),
    "a filter": added("{{ year|upper }}{{ contact.email|default('无') }}{{ overview|length }}"),
    "an item": added("{{ overview[0].text if overview else '' }}{{ requests['received'].total }}"),
    "a comment and braces": added("{# 说明 #}{_{ 不是标签 }_}{_% 也不是 %_}"),
    "a level printed": added("{% for a in overview %}{{ a.level }}{{ a.heading }}" + END),
    "paragraphs of tags": whole("{%p if organ %}", "甲 {{ organ }}", "{%p else %}", "乙", "{%p endif %}"),
    "rows of tags": table("{%tr for one in overview %}", "{{ one.text }}", "{%tr endfor %}"),
    "a table of the template's own": table("附表", "{{ organ }}", "固定"),
    "a table printed": added("{{ requests }}{{ contact }}"),
    "a tag in an attribute": after('<w:tblCaption w:val="', "{{ organ }}"),
    "a tag in a comment": after(BEGINNING, "<!-- {{ organ }} -->"),
    "tabs and line breaks of its own": added("甲\t乙\n{{ organ }}\n"),
    "markup on lines of its own": instead("</w:p>", "</w:p>\n  "),
    "line breaks between tags": after(BEGINNING, "\n{% if organ %}\n{% endif %}\n"),
    "marks between paragraphs": instead("(?=<w:p>)", '<w:bookmarkStart w:id="1" w:name="a"/>'),
    "an empty paragraph": after(BEGINNING, "<w:p/>"),
    "an instruction": after(BEGINNING, "<?a b?>"),
    "a body with an attribute": instead(BEGINNING, '<w:body xml:space="preserve">'),
    "no section at the end": instead("<w:sectPr>.*</w:sectPr>", ""),
    "more after the body": after("</w:body>", "<w:p/>"),
    "the title twice": added("{{ title }}"),
    "the title in another style": instead('"Title"', '"Signature"'),
    "signatures in each other's style": lambda text: text.replace('"Signature"', '"Date"', 1),
    "many signatures": instead('"BodyText"', '"Signature"'),
    "a content control": lambda text: text.replace(
        BEGINNING + "<w:p>", BEGINNING + "<w:sdt><w:sdtContent><w:p>", 1
    ).replace("</w:p>", "</w:p></w:sdtContent></w:sdt>", 1),
}
REFUSED = {
    "set over a table": added("{% set requests = disputes %}{{ requests.review.total }}"),
    "a loop over two": added("{% for a, b in overview %}{{ a }}" + END),
    "a condition that cannot be": added("{% if title > 3 %}大{% endif %}"),
    "an unknown word": added("{{ nosuch }}"),
    "an unknown figure": added("{{ requests.nosuch.total }}"),
}
REASONS = {
    "set over a table": "报告里没有 received",
    "a loop over two": "标签拿种类不同的东西来比较、相加或者逐个取",
    "a condition that cannot be": "标签拿种类不同的东西来比较、相加或者逐个取",
    "an unknown word": "报告里没有 nosuch",
    "an unknown figure": "报告里没有 nosuch",
}


def lines(made: bytes) -> list[str]:
    """What a document's body prints, paragraph for paragraph, without spaces and blank lines."""
    words = [
        "".join("".join(text.text or "" for text in line.iter(qn("w:t"))).split())
        for line in docx.Document(io.BytesIO(made)).element.body.iter(qn("w:p"))
    ]
    return [line for line in words if line]


class Once(Environment):
    """A source is compiled once, whatever is printed from it."""

    def __init__(self) -> None:
        super().__init__()
        self.compiled: dict[str | nodes.Template, Template] = {}

    def from_string(self, source: str | nodes.Template, *args: Any, **kwargs: Any) -> Template:
        if source not in self.compiled:
            self.compiled[source] = super().from_string(source, *args, **kwargs)
        return self.compiled[source]


def by_docxtpl(content: bytes, report: Report, compiled: Environment) -> bytes:
    template, stream = DocxTemplate(io.BytesIO(content)), io.BytesIO()
    template.render(context(report), compiled, autoescape=True)
    template.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("change", PRINTED.values(), ids=PRINTED)
def test_a_template_with(change: Callable[[str], str], report: Report) -> None:
    content = rewritten(change, content=ladder())
    odd = replace(report, title="甲&乙丙", organ="机关 & <w:p/>", issued_by="")
    template, compiled = word.Template(content, "模板.docx"), Once()

    for merged in (report, odd):
        assert lines(word.merge(template, merged)) == lines(by_docxtpl(content, merged, compiled))


@pytest.mark.parametrize("name", REFUSED)
def test_a_template_is_refused_with(name: str, report: Report) -> None:
    with pytest.raises(ProblemsFound) as caught:
        word.merge(word.Template(rewritten(REFUSED[name], content=ladder()), "模板.docx"), report)

    assert [str(problem) for problem in caught.value.problems] == [
        f"模板.docx › 正文：模板中的标签无法合并：{REASONS[name]}。"
        "请运行 nianbao template check 查看是哪一处。"
    ]


@pytest.mark.parametrize("part", ["word/footer1.xml", "docProps/core.xml"])
def test_tags_in_other_parts(report: Report, part: str) -> None:
    end = "</w:t></w:r></w:p></w:ftr>" if part.startswith("word") else "</dc:creator>"
    content = rewritten(
        lambda text: text.replace(end, "{% if year %}｜{{ year|lower }}{% endif %}" + end), part
    )

    made = word.merge(word.Template(content, "模板.docx"), report)

    assert "｜2025" in document(made, part).decode()


def test_the_first_broken_part_is_told(report: Report) -> None:
    content = rewritten(
        lambda text: text.replace("</dc:creator>", "{{ nosuch }}</dc:creator>"), "docProps/core.xml"
    )
    content = rewritten(added("{{ nothing }}"), content=content)

    with pytest.raises(ProblemsFound, match="文件属性：模板中的标签无法合并：报告里没有 nosuch"):
        word.merge(word.Template(content, "模板.docx"), report)


ENDLESS = {
    "loops within loops": "{% for a in overview %}{% for b in overview %}{% endfor %}{% endfor %}",
    "a part of a section": "{% for a in overview[1:] %}{% for b in overview[:-1] %}{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_loops_come_to_an_end(name: str, report: Report) -> None:
    long = replace(
        report, narratives={**report.narratives, "overview": (paragraph("甲", "甲", Place("x")),) * 2000}
    )

    with pytest.raises(ProblemsFound, match="模板中的标签无法合并：循环超过 1000000 步"):
        word.merge(word.Template(rewritten(added(ENDLESS[name]), content=ladder()), "模板.docx"), long)


def test_what_is_printed_comes_to_an_end(report: Report) -> None:
    """A literal of the template is printed once for every paragraph of a report."""
    written = "{% for a in overview %}" + "甲" * 100_000 + "{% endfor %}"
    long = replace(
        report, narratives={**report.narratives, "overview": (paragraph("甲", "甲", Place("x")),) * 900}
    )

    with pytest.raises(ProblemsFound, match="模板中的标签无法合并：印出的内容超过 64 百万字"):
        word.merge(word.Template(rewritten(added(written), content=ladder()), "模板.docx"), long)


def test_a_template_without_any_tag_loses_the_report(report: Report) -> None:
    content = rewritten(lambda text: re.sub(r"[{}]", "", text))

    with pytest.raises(ProblemsFound, match="合并后的文件中没有“标题”的这一段"):
        word.merge(word.Template(content, "模板.docx"), report)


@pytest.mark.parametrize("value", ["\0", "\1", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff", "好\x07"])
@pytest.mark.parametrize("field", ["title", "organ", "date_line"])
def test_what_xml_cannot_hold_is_refused(value: str, field: str, report: Report) -> None:
    with pytest.raises(ProblemsFound, match="模板中的标签无法合并"):
        word.merge(word.Template(shipped(), "模板.docx"), replace(report, **{field: value}))  # type: ignore[arg-type]


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4, 7])
@pytest.mark.parametrize("heading", [False, True])
def test_paragraphs_of_every_kind(report: Report, level: int, heading: bool) -> None:
    odd = replace(paragraph("甲。乙", "甲。乙", Place("x")), lead="甲。", level=level, heading=heading)

    made = word.merge(
        word.Template(shipped(), "模板.docx"),
        replace(report, narratives={**report.narratives, "improvement": (odd, odd)}),
    )

    assert lines(made).count("甲。乙") == 2


def test_a_lead_that_is_not_how_the_text_begins_is_refused(report: Report) -> None:
    written = "（一）&甲。乙&amp;丙"
    odd = replace(paragraph(written, written, Place("x")), lead="（一）别的", level=2, heading=False)

    with pytest.raises(ProblemsFound, match="没有“一、总体情况”的这一段"):
        word.merge(
            word.Template(shipped(), "模板.docx"),
            replace(report, narratives={**report.narratives, "overview": (odd,)}),
        )


def test_a_figure_that_is_not_there_is_refused(report: Report) -> None:
    figures = {key: figure for key, figure in report.figures.items() if key != "disputes.review.total"}

    with pytest.raises(ProblemsFound, match="报告里没有 total"):
        word.merge(word.Template(shipped(), "模板.docx"), replace(report, figures=figures))


def test_the_template_of_one_edition_with_the_report_of_another_is_refused(report: Report) -> None:
    with pytest.raises(ProblemsFound, match="模板中的标签无法合并"):
        word.merge(word.Template(shipped("2019"), "模板.docx"), report)

"""What is lost in merging is always told; what is only set otherwise is let through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from nianbao.media import word
from nianbao.media.ooxml import parse
from nianbao.media.word.verify import prove
from nianbao.report import Place, ProblemsFound, Report
from nianbao.report.narrative import paragraph

from tests.media.word.templates import document, ladder, rewritten, shipped

Sound = Callable[..., dict[str, Any]]
Read = Callable[[dict[str, Any]], Report]

FIRST = '<w:t xml:space="preserve">{{ requests.received.natural_person }}</w:t>'
CELL = re.compile(rf"<w:tc>(?:(?!<w:tc>).)*{re.escape(FIRST)}.*?</w:tc>", re.DOTALL)
HEADING = re.compile(r"<w:p>(?:(?!<w:p>).)*>一、总体情况<.*?</w:p>", re.DOTALL)
TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
NESTED = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
BOX = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>{}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def swapped(one: str, other: str) -> Callable[[str], str]:
    return lambda text: text.replace(one, "\0").replace(other, one).replace("\0", other)


def instead(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, count)


def around(pattern: re.Pattern[str], before: str, after: str) -> Callable[[str], str]:
    return lambda text: pattern.sub(lambda match: f"{before}{match[0]}{after}", text, count=1)


def boxed(words: str) -> Callable[[str], str]:
    return instead(
        "</w:r></w:p>", "</w:r>" + BOX.format(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>") + "</w:p>"
    )


MUTATIONS: dict[str, Callable[[str], str]] = {
    "a lost figure": instead(FIRST, ""),
    "a figure in another's cell": instead("disputes.review.upheld", "disputes.review.pending"),
    "two figures swapped": swapped("disputes.review.upheld", "disputes.review.corrected"),
    "a figure printed twice": instead(FIRST, FIRST * 2),
    "a figure with words beside it": instead(FIRST, FIRST.replace("}}", "}}件")),
    "a figure with a space beside it": instead(FIRST, FIRST.replace("}}", "}} ")),
    "a figure that is a constant": instead("{{ requests.received.natural_person }}", "207"),
    "a figure by a condition that holds": instead(FIRST, "{% if organ %}" + FIRST + "{% endif %}"),
    "a figure by a condition that does not": instead(FIRST, "{% if not organ %}" + FIRST + "{% endif %}"),
    "another figure by a condition": instead(
        "{{ requests.received.natural_person }}",
        "{% if year == '2025' %}{{ requests.received.total }}{% else %}"
        "{{ requests.received.natural_person }}{% endif %}",
    ),
    "a figure deleted in Word": instead(FIRST, FIRST.replace("w:t", "w:delText")),
    "a figure in a text box": instead(
        FIRST, BOX[len("<w:r>") : -len("</w:r>")].format(f"<w:p><w:r>{FIRST}</w:r></w:p>")
    ),
    "a changed label": instead(">自然人<", ">自然<"),
    "a label with spaces": instead(">自然人<", ">自 然  人<"),
    "two labels swapped": swapped(">自然人<", ">商业企业<"),
    "a label that is a tag": instead(">自然人<", ">{{ organ }}<"),
    "a missing heading": lambda text: HEADING.sub("", text, count=1),
    "a heading twice": lambda text: HEADING.sub(lambda match: match[0] * 2, text, count=1),
    "two headings swapped": swapped(">一、总体情况<", ">二、主动公开政府信息情况<"),
    "a heading by a condition": around(HEADING, "{% if not preface %}", "{% endif %}"),
    "a heading in a text box": boxed("二、主动公开政府信息情况"),
    "a heading with a box on it": boxed("{{ organ }}"),
    "a dropped paragraph": instead("for paragraph in overview", "for paragraph in other_matters"),
    "a text without its end": instead("{{ paragraph.rest }}", ""),
    "a text with words before it": instead("{{ paragraph.text }}", "：{{ paragraph.text }}", 99),
    "sections in another's place": swapped("in overview", "in improvement"),
    "no date": instead("{{ date_line }}", ""),
    "name and date swapped": swapped("{{ issued_by }}", "{{ date_line }}"),
    "a table twice": lambda text: TABLE.sub(lambda match: match[0] * 2, text, count=1),
    "a table gone": lambda text: TABLE.sub("", text, count=1),
    "a table before the form's": lambda text: TABLE.sub(lambda match: NESTED + match[0], text, count=1),
    "a table after the form's": lambda text: TABLE.sub(lambda match: match[0] + NESTED, text, count=1),
    "a table within a table": lambda text: CELL.sub(
        lambda match: match[0].replace("<w:p>", NESTED + "<w:p>"), text, count=1
    ),
    "a table before all headings": instead("<w:body>", "<w:body>" + NESTED),
    "a table in a content control": around(TABLE, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "a table with an attribute": instead("<w:tbl>", '<w:tbl xml:space="preserve">'),
    "merged cells undone": lambda text: re.sub(r"<w:gridSpan [^>]*>", "", text, count=1),
    "cells merged otherwise": instead('<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="3"/>'),
    "rows no longer merged": lambda text: re.sub(r"<w:vMerge/>", "", text, count=1),
    "a cell gone": lambda text: CELL.sub("", text, count=1),
    "a cell twice": lambda text: CELL.sub(lambda match: match[0] * 2, text, count=1),
    "a row gone": lambda text: re.sub(r"<w:tr>.*?</w:tr>", "", text, count=1),
    "a grid place left out": instead("<w:trPr>", '<w:trPr><w:gridBefore w:val="1"/>'),
    "paragraphs in a content control": around(HEADING, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "a paragraph in markup that is not read": around(HEADING, "<w:other>", "</w:other>"),
    "a paragraph that was put in": around(HEADING, "<w:ins>", "</w:ins>"),
    "a cell in a content control": around(CELL, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "a heading in a comment": around(HEADING, "<!--", "-->"),
    "a heading in CDATA": around(HEADING, "<![CDATA[", "]]>"),
    "the body in another": lambda text: re.sub("</?w:body>", lambda match: match[0] * 2, text),
    "an empty body before": instead("<w:body>", "<w:body/><w:body>"),
    "markup left open": instead("</w:tc>", ""),
    "markup left open by a condition": instead(
        "<w:body>",
        "<w:body><w:p><w:r><w:t>甲{% if not organ %}</w:t></w:r></w:p><w:p><w:r/>{% endif %}</w:p>",
    ),
    "markup closed twice": lambda text: "</w:p></w:p>".join(text.rsplit("</w:p>", 1)),
    "a cell closed twice": instead("</w:tc>", "</w:tc></w:tc>"),
}
LOSSES: dict[str, dict[str, int]] = {  # of those MUTATIONS that lose something, the problems by code
    "a lost figure": {"lost-figure": 1},
    "a figure in another's cell": {"lost-figure": 1},
    "two figures swapped": {"lost-figure": 2},
    "a figure printed twice": {"lost-figure": 1},
    "a figure with words beside it": {"lost-figure": 1},
    "a figure that is a constant": {"lost-figure": 1},
    "a figure by a condition that does not": {"lost-figure": 1},
    "another figure by a condition": {"lost-figure": 1},
    "a figure deleted in Word": {"lost-figure": 1},
    "a figure in a text box": {"lost-figure": 1},
    "a changed label": {"lost-label": 1},
    "two labels swapped": {"lost-label": 2},
    "a label that is a tag": {"lost-label": 1},
    "a missing heading": {"lost-heading": 1},
    "two headings swapped": {"lost-heading": 1},
    "a heading by a condition": {"lost-heading": 1},
    "a dropped paragraph": {"lost-paragraph": 1},
    "a text with words before it": {"lost-paragraph": 1},
    "sections in another's place": {"lost-paragraph": 1},
    "no date": {"lost-paragraph": 1},
    "name and date swapped": {"lost-paragraph": 1},
    "a table gone": {"lost-label": 20, "lost-figure": 10},
    "a table before the form's": {"lost-label": 20, "lost-figure": 10},
    "merged cells undone": {"lost-label": 1},
    "cells merged otherwise": {"lost-label": 1},
    "rows no longer merged": {"lost-label": 1},
    "a cell gone": {"lost-figure": 7},
    "a cell twice": {"lost-figure": 6},
    "a row gone": {"lost-label": 20, "lost-figure": 10},
    "a grid place left out": {"lost-label": 1},
    "a paragraph in markup that is not read": {"lost-heading": 1},
    "a heading in a comment": {"lost-heading": 1},
    "a heading in CDATA": {"lost-heading": 1},
    "the body in another": {"lost-paragraph": 1, "lost-heading": 6},
    "an empty body before": {"lost-paragraph": 1, "lost-heading": 6},
    "markup left open": {"damaged": 1},
    "markup left open by a condition": {"template-fails": 1},
    "markup closed twice": {"damaged": 1},
    "a cell closed twice": {"damaged": 1},
}


@pytest.fixture
def report(sound: Sound, read: Read) -> Report:
    return read(sound())


def lost(work: Callable[[], object]) -> dict[str, int]:
    """How many problems of each code there are."""
    try:
        work()
    except ProblemsFound as caught:
        return dict(Counter(problem.code for problem in caught.problems))
    return {}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_template_with(name: str, report: Report) -> None:
    content = rewritten(MUTATIONS[name], content=ladder())

    assert lost(lambda: word.merge(word.Template(content, "模板.docx"), report)) == LOSSES.get(name, {})


def test_another_report_s_document_is_refused(report: Report) -> None:
    made = parse(document(word.merge(word.Template(shipped(), "模板.docx"), report)))

    def told(**changes: Any) -> dict[str, int]:
        return lost(lambda: prove(made, replace(report, **changes), "模板.docx"))

    assert told() == {}
    for key, figure in report.figures.items():
        assert told(figures={**report.figures, key: replace(figure, text="x")}) == {"lost-figure": 1}
    for key, lines in report.narratives.items():
        for number in range(len(lines) + 1):
            more = (*lines[:number], paragraph("多", "多", Place("x")), *lines[number:])
            assert told(narratives={**report.narratives, key: more}) == {"lost-paragraph": 1}
    for key in ("title", "issued_by", "date_line"):
        assert told(**{key: "别的"}) == {"lost-paragraph": 1}


def test_a_text_like_a_heading_may_make_another_table_the_form_s(report: Report) -> None:
    heading = report.mandate.sections[1].heading
    text = paragraph(heading, heading, Place("x"))
    odd = replace(report, narratives={**report.narratives, "overview": (text,)})
    made = document(word.merge(word.Template(shipped(), "模板.docx"), odd)).decode()
    at = made.rindex("<w:p>", 0, made.rindex(f">{heading}<", 0, made.index("<w:tbl>")))
    changed = parse(f"{made[:at]}{NESTED}{made[at:]}".encode())

    assert lost(lambda: prove(changed, odd, "模板.docx")) == {"lost-label": 20, "lost-figure": 10}


def test_a_form_that_ends_with_a_table_needs_that_table(report: Report) -> None:
    short = replace(report, mandate=replace(report.mandate, sections=report.mandate.sections[:4]))
    whole = document(word.merge(word.Template(shipped(), "模板.docx"), short)).decode()
    start = whole.rindex("<w:tbl>")
    changed = parse((whole[:start] + whole[whole.index("</w:tbl>", start) + len("</w:tbl>") :]).encode())

    assert set(lost(lambda: prove(changed, short, "模板.docx"))) == {"lost-label", "lost-figure"}

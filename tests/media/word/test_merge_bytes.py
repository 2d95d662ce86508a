"""Whatever way a document was made, its bytes are those of the plain way, and so is what is refused."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.media import word
from nianbao.media.word.context import context
from nianbao.media.word.filling import Filling, cut
from nianbao.media.word.language import DOCUMENT, environment
from nianbao.report import Place, ProblemsFound, Report
from nianbao.report.narrative import paragraph

from tests.media.word.plain_merge import ROOT, TIMES, document, ours, plainly, rewritten, shipped
from tests.paths import REPORTS

SAMPLES = sorted((ROOT / "data").glob("*.xlsx"))
PUBLISHED = sorted(REPORTS.glob("*.json"))

Sound = Callable[..., dict[str, Any]]
Read = Callable[[dict[str, Any]], Report]

VALUES = [
    "",
    " ",
    "　",
    "0",
    "1,234.50",
    'A & B <x> "引号" it\'s',
    "&amp;&#65;&lt;w:p/&gt;]]>",
    "<w:t>x</w:t>",
    "</w:t></w:r></w:p>",
    "<!-- -->",
    "{{ title }}{% if %}{# #}",
    "左\t右",
    "上\n下",
    "上\r\n下\r再下",
    "\t",
    "\n",
    "a  b",
    "𬭊工会😀👩‍👩‍👧",
    "\u2028\u0085\xa0\u200b\ufeff",
    "\ue000",
    "\ue0000\ue001",
    "\ufffd",
    "nianbao-marker",
    "一、总体情况",
    " 二、主动公开\n政府信息情况 ",
    "二、主动公开政府信息情况。",
    "（一）主动公开",
    "1. 登记。",
    "2025年政府信息公开工作年度报告" * 3,
    "某某省某某市某某县示例管理局&2025年政府信息公开工作年度报告",
]
ILLEGAL = ["\0", "\1", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff", "好\x07"]


@cache
def sample(name: str) -> Report:
    return reading.read(ROOT / "data" / name)


def template_of(report: Report) -> bytes:
    return shipped(report.mandate.edition.key)


def same(content: bytes, report: Report, *, draft: bool = False) -> bool:
    """Whether every merging gives what the plain one gives; a document is looked for first."""
    expected = plainly(content, report, draft=draft)
    assert ours(content, report, draft=draft) == [expected] * TIMES
    return isinstance(expected, bytes)


@pytest.fixture
def report(sound: Sound, read: Read) -> Report:
    return read(sound())


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample(path: Path, draft: bool) -> None:
    assert same(template_of(sample(path.name)), sample(path.name), draft=draft)


@pytest.mark.skipif(not PUBLISHED, reason="the published reports lie outside the repository")
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_the_published_reports_through_one_template(edition: str) -> None:
    template = word.Template(shipped(edition), "模板.docx")
    reports = [one for one in map(reading.read, PUBLISHED) if one.mandate.edition.key == edition]

    for report in (*reports, *reversed(reports)):
        assert word.merge(template, report) == plainly(shipped(edition), report)
    assert template.known.in_vain == 0


def test_the_template_of_one_edition_with_the_report_of_another(report: Report) -> None:
    assert not same(shipped("2019"), report)


@pytest.mark.parametrize("value", [*VALUES, *ILLEGAL])
@pytest.mark.parametrize(
    "place", ["figure", "title", "organ", "issued_by", "date_line", "address", "text", "preface"]
)
def test_a_value_anywhere(report: Report, value: str, place: str) -> None:
    if place == "figure":
        key = "requests.received.total"
        changed = replace(report, figures={**report.figures, key: replace(report.figures[key], text=value)})
    elif place == "address":
        changed = replace(report, contact={**report.contact, "address": value})
    elif place in ("text", "preface"):
        section = "overview" if place == "text" else place
        lines = (
            paragraph(value, value, Place("x")),
            *report.narratives[section],
            paragraph(value, value, Place("x")),
        )
        changed = replace(report, narratives={**report.narratives, section: lines})
    else:
        changed = replace(report, **{place: value})

    same(shipped(), changed)


@pytest.mark.parametrize("lead", ["", "（一）", "（一）别的", "&", "&am", "　"])
def test_a_lead_that_is_not_how_the_text_begins(report: Report, lead: str) -> None:
    written = "（一）&甲。乙&amp;丙"
    odd = replace(paragraph(written, written, Place("x")), lead=lead, level=2, heading=False)

    same(shipped(), replace(report, narratives={**report.narratives, "overview": (odd,)}))


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4, 7])
@pytest.mark.parametrize("heading", [False, True])
def test_paragraphs_of_every_kind(report: Report, level: int, heading: bool) -> None:
    odd = replace(paragraph("甲。乙", "甲。乙", Place("x")), lead="甲。", level=level, heading=heading)

    assert same(shipped(), replace(report, narratives={**report.narratives, "improvement": (odd, odd)}))


def test_a_figure_that_is_not_there(report: Report) -> None:
    figures = {key: figure for key, figure in report.figures.items() if key != "disputes.review.total"}

    template = word.Template(shipped(), "模板.docx")
    for _ in range(TIMES):
        with pytest.raises(ProblemsFound, match="has no attribute 'total'"):
            word.merge(template, replace(report, figures=figures))


def test_a_section_without_paragraphs_and_a_report_without_signature(report: Report) -> None:
    bare = replace(report, narratives=dict.fromkeys(report.narratives, ()), issued_by="", date_line="")

    assert same(shipped(), bare)


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
ALLOWED = {
    "a word": added("{{ organ }}{{ year }}{{ reporter }}{{ contact.address }}"),
    "a figure in a line": added("收到{{ requests.received.total }}件，{{ requests.received.total }}件"),
    "a literal": added("{{ '1 &amp; 2' }}{{ 3 }}{{ none }}{{ true }}"),
    "a constant condition": added("{% if true %}甲{% endif %}{% if 0 %}乙{% endif %}"),
    "set": added("{% set x = title %}{{ x }}"),
    "set over a word": added("{% set organ = '别的机关' %}{{ organ }}"),
    "set over a table": added("{% set requests = disputes %}{{ requests.review.total }}"),
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
    "a loop over two": added("{% for a, b in overview %}{{ a }}" + END),
    "a condition on words": added(
        "{% if issued_by == organ and not contact.email %}我{% elif year %}{{ year }}"
        "{% else %}{{ organ ~ '：' + year }}{% endif %}"
    ),
    "a condition on a section": added("{% if preface %}有{% endif %}{% if not improvement %}无{% endif %}"),
    "a condition on a table": added("{% if requests %}有{% endif %}{% if disputes.review %}有{% endif %}"),
    "a condition on a figure": added("{% if requests.received.total != '0' %}{{ organ }}{% endif %}"),
    "sections compared": added("{% if preface == improvement %}同{% endif %}"),
    "a condition that cannot be": added("{% if title > 3 %}大{% endif %}"),
    "a filter": added("{{ year|upper }}{{ contact.email|default('无') }}{{ overview|length }}"),
    "an item": added("{{ overview[0].text if overview else '' }}{{ requests['received'].total }}"),
    "a comment and braces": added("{# 说明 #}{_{ 不是标签 }_}{_% 也不是 %_}"),
    "a level printed": added("{% for a in overview %}{{ a.level }}{{ a.heading }}" + END),
    "paragraphs of tags": whole("{%p if organ %}", "甲 {{ organ }}", "{%p else %}", "乙", "{%p endif %}"),
    "rows of tags": table("{%tr for one in overview %}", "{{ one.text }}", "{%tr endfor %}"),
    "a table of the template's own": table("附表", "{{ organ }}", "固定"),
    "an unknown word": added("{{ nosuch }}"),
    "an unknown figure": added("{{ requests.nosuch.total }}"),
    "a table printed": added("{{ requests }}{{ contact }}"),
    "a tag in an attribute": after('<w:tblCaption w:val="', "{{ organ }}"),
    "a tag in a comment": after(BEGINNING, "<!-- {{ organ }} -->"),
    "tabs and line breaks of its own": added("甲\t乙\n{{ organ }}\n"),
    "markup on lines of its own": instead("</w:p>", "</w:p>\n  "),
    "line breaks between tags": after(BEGINNING, "\n{% if organ %}\n{% endif %}\n"),
    "marks between paragraphs": instead("(?=<w:p>)", '<w:bookmarkStart w:id="1" w:name="a"/>'),
    "an empty paragraph": after(BEGINNING, "<w:p/>"),
    "an instruction": after(BEGINNING, "<?a b?>"),
    "other prefixes": lambda text: text.replace("w:", "x:").replace("xmlns:w=", "xmlns:x="),
    "a body with an attribute": instead(BEGINNING, '<w:body xml:space="preserve">'),
    "no section at the end": instead("<w:sectPr>.*</w:sectPr>", ""),
    "more after the body": after("</w:body>", "<w:p/>"),
    "no title": instead(TITLE, "年报"),
    "the title twice": added("{{ title }}"),
    "the title in another style": instead('"Title"', '"Signature"'),
    "signatures in each other's style": lambda text: text.replace('"Signature"', '"Date"', 1),
    "many signatures": instead('"BodyText"', '"Signature"'),
    "hyphens that do not break": after(TITLE, "</w:t><w:noBreakHyphen/><w:t>"),
    "a content control": lambda text: text.replace(
        BEGINNING + "<w:p>", BEGINNING + "<w:sdt><w:sdtContent><w:p>", 1
    ).replace("</w:p>", "</w:p></w:sdtContent></w:sdt>", 1),
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_a_template_with(change: Callable[[str], str], report: Report) -> None:
    content = rewritten(change)
    odd = replace(
        report,
        title="甲&乙\t丙",
        organ="机关 & <w:p/>",
        contact={**report.contact, "address": "一、总体情况"},
    )
    one, other = (paragraph("同", "同", Place(place)) for place in "xy")
    alike = replace(report, narratives={**report.narratives, "preface": (one,), "improvement": (other,)})
    bare = replace(report, narratives=dict.fromkeys(report.narratives, ()), issued_by="", date_line="")

    same(content, report)
    same(content, odd)
    same(content, alike)
    same(content, bare)
    same(content, report, draft=True)


@pytest.mark.parametrize("part", ["word/footer1.xml", "docProps/core.xml"])
@pytest.mark.parametrize(
    "written", ["{{ organ }}", "{% if year %}{{ year|lower }}{% endif %}", "{{ nosuch }}"]
)
def test_tags_elsewhere(report: Report, part: str, written: str) -> None:
    end = "</w:t></w:r></w:p></w:ftr>" if part.startswith("word") else "</dc:creator>"

    for value in ("机关 & <x>", "甲\n乙\t丙", "\x07", "\r"):
        same(
            rewritten(lambda text: text.replace(end, written + end), part=part), replace(report, organ=value)
        )


def test_broken_parts_are_told_in_their_order(report: Report) -> None:
    content = rewritten(
        lambda text: text.replace("</dc:creator>", "{{ nosuch }}</dc:creator>"), part="docProps/core.xml"
    )
    content = rewritten(added("{{ nothing }}"), content)

    same(content, replace(report, organ="\x07"))


def test_a_template_without_any_tag(report: Report) -> None:
    same(rewritten(lambda text: re.sub(r"[{}]", "", text)), report)


def test_a_plain_report_needs_neither_jinja_nor_lxml(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    template = word.Template(shipped(), "模板.docx")
    merging = importlib.import_module("nianbao.media.word.merge")
    expected = word.merge(template, report)
    word.merge(template, report)

    def never(*_: object) -> None:
        raise AssertionError("the long way")

    monkeypatch.setattr(merging, "prove", never)
    monkeypatch.setattr(merging, "context", never)

    assert word.merge(template, report) == expected


@pytest.mark.parametrize("name", ["set", "an item", "a filter", "a level printed", "a loop within a loop"])
def test_what_is_not_plain_is_left_to_jinja(name: str, report: Report) -> None:
    template = word.Template(rewritten(ALLOWED[name]), "模板.docx")

    assert DOCUMENT not in template.fillings


@pytest.mark.parametrize(
    "name", ["a word", "a loop of kinds", "a condition on a section", "paragraphs of tags"]
)
def test_what_is_plain_is_not(name: str, report: Report) -> None:
    template = word.Template(rewritten(ALLOWED[name]), "模板.docx")

    assert template.fillings[DOCUMENT].fill(report) is not None


@pytest.mark.parametrize(
    "source",
    [
        "<w:t>{{ title }}</w:t>",
        "{% if title == organ %}1{% elif year >= '2025' and not issued_by %}2{% else %}3{% endif %}",
        "{% if 1 < 2 < 2 %}1{% endif %}{% if 2 == 2 != 3 %}2{% endif %}{% if none or '' or 0 %}3{% endif %}",
        "{% for a in overview %}[{% if a.heading %}{% if a.level == 2 %}{{ a.text }}{% endif %}"
        "{% else %}-{% endif %}]{% endfor %}",
        "{% if preface %}{% for a in preface %}{{ a.lead }}{{ a.rest }}{% endfor %}{% endif %}",
        "{{ disclosure.regulations.issued }}/{{ disputes.review.total }}{{ contact.email }}",
    ],
)
def test_steps_print_what_jinja_prints(source: str, report: Report) -> None:
    kept = cut(environment().parse(source))
    expected = environment().from_string(source).render(context(report))

    assert kept
    assert Filling(kept).fill(report) == expected.encode()


def test_deep_conditions_are_jinja_s(report: Report) -> None:
    same(rewritten(added("{% if " + "(organ and " * 40 + "year" + ")" * 40 + " %}甲{% endif %}")), report)


def test_a_template_used_for_many_reports_keeps_to_its_room(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nianbao.media.word import escaping, recognising

    monkeypatch.setattr(recognising, "MOST_CHUNKS", 12)
    monkeypatch.setattr(escaping, "MOST", 50)
    escaping.FIGURES.clear()
    template = word.Template(shipped(), "模板.docx")
    for number in range(20):
        one = replace(report, issued_by="局" * number, title=f"{'甲' * number}2025年政府信息公开工作年度报告")
        assert document(word.merge(template, one)) == document(plainly(shipped(), one))  # type: ignore[arg-type]
    assert len(template.known.chunks) <= 12
    assert len(escaping.FIGURES) <= 50

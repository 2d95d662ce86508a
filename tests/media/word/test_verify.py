"""What is recognised is what the full proof would let pass: never a document that has lost something."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from nianbao.media import word
from nianbao.media.word.oxml import Malformed
from nianbao.media.word.recognising import Recogniser
from nianbao.media.word.verify import prove
from nianbao.report import Place, ProblemsFound, Report
from nianbao.report.narrative import paragraph

from tests.media.word.plain_merge import TIMES, document, ours, plainly, rewritten, shipped

Sound = Callable[..., dict[str, Any]]
Read = Callable[[dict[str, Any]], Report]

TOKEN = re.compile(r"<[^>]*>|[^<]+")
BLOCK = re.compile(r"<w:p>.*?</w:p>|<w:tbl>.*?</w:tbl>|<w:tr>.*?</w:tr>|<w:tc>.*?</w:tc>", re.DOTALL)
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
    "a paragraph in markup that is not read": around(HEADING, "<w:ins>", "</w:ins>"),
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


@pytest.fixture
def report(sound: Sound, read: Read) -> Report:
    return read(sound())


def broken(change: Callable[[str], str]) -> bytes | None:
    """The changed template, None where the change makes of it no template that can be read."""
    try:
        content = rewritten(change)
        word.Template(content, "x").compiled  # noqa: B018 - compiles
    except (AssertionError, ValueError):
        return None
    return content


@pytest.mark.parametrize("change", MUTATIONS.values(), ids=MUTATIONS)
def test_a_template_with(change: Callable[[str], str], report: Report) -> None:
    content = broken(change)
    if content is None:
        pytest.skip("no template: its documents are in the next test")
    expected = plainly(content, report)

    assert ours(content, report) == [expected] * TIMES


def proved(made: bytes, report: Report) -> bool:
    """The verdict of the full proof."""
    try:
        prove(made, report, "模板.docx")
    except (ProblemsFound, Malformed):
        return False
    return True


@pytest.fixture
def known(report: Report) -> Recogniser:
    """Taught with documents of several reports."""
    template = word.Template(shipped(), "模板.docx")
    for title in ("甲", "甲2025年政府信息公开工作年度报告" * 2, report.title):
        word.merge(template, replace(report, title=title))
        word.merge(template, report)
    assert template.known.recognises(document(word.merge(template, report)), report)
    return template.known


@pytest.mark.parametrize("change", MUTATIONS.values(), ids=MUTATIONS)
def test_a_document_with(change: Callable[[str], str], report: Report, known: Recogniser) -> None:
    """The same changes to a document that was merged: what the tags stand for is looked up in the report."""
    found = _changed(document(plainly(shipped(), report)), change, report)  # type: ignore[arg-type]

    for _ in range(TIMES):
        assert not known.recognises(found, report) or proved(found, report)


def _changed(made: bytes, change: Callable[[str], str], report: Report) -> bytes:
    """A merged document, changed as its template would be: its figures are put back as tags first."""
    text = made.decode()
    cells = iter(report.mandate.slots)
    parts = re.split(r'(?<="TableFigure"/>)(.*?<w:t xml:space="preserve">)[^<]*', text, flags=re.DOTALL)
    tagged = "".join(
        part if at % 2 == 0 else f"{part}{{{{ {next(cells)} }}}}" for at, part in enumerate(parts)
    )
    changed = re.sub(r"\{%.*?%\}", "", change(tagged))
    return re.sub(
        r"\{\{ ([\w.]+) \}\}",
        lambda tag: report.figures[tag[1]].text if tag[1] in report.figures else "某",
        changed,
    ).encode()


HARMLESS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "a line more": instead("<w:p><w:pPr>", "<w:p><w:r><w:t>附：说明 &amp; 表</w:t></w:r></w:p><w:p><w:pPr>"),
    "an empty line": instead("<w:body>", "<w:body><w:p/>"),
    "a table of no form": instead("<w:sectPr>", NESTED + "<w:sectPr>"),
    "a mark": instead("<w:tbl>", '<w:bookmarkEnd w:id="1"/><w:tbl>'),
    "a box": instead("</w:r></w:p>", "</w:r>" + BOX.format("<w:p><w:r><w:t>印</w:t></w:r></w:p>") + "</w:p>"),
    "a heading in a content control": around(HEADING, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_is_new_and_harmless_is_learnt(change: Callable[[str], str], report: Report) -> None:
    known = Recogniser()
    found = change(document(plainly(shipped(), report)).decode()).encode()  # type: ignore[arg-type]

    assert [known.recognises(found, report) for _ in range(TIMES)] == [
        False,
        *[found.count(NESTED.encode()) < 2 or True] * 2,
    ]
    assert proved(found, report)


def test_another_report_s_document_is_never_recognised(report: Report, known: Recogniser) -> None:
    made = document(plainly(shipped(), report))  # type: ignore[arg-type]
    for key, figure in report.figures.items():
        assert not known.recognises(
            made, replace(report, figures={**report.figures, key: replace(figure, text="x")})
        )
    for key, lines in report.narratives.items():
        for number in range(len(lines) + 1):
            more = (*lines[:number], paragraph("多", "多", Place("x")), *lines[number:])
            assert not known.recognises(made, replace(report, narratives={**report.narratives, key: more}))
    for key in ("title", "issued_by", "date_line"):
        assert not known.recognises(made, replace(report, **{key: "别的"}))


TEXTS = [
    b"&",
    b"&amp",
    b"&nbsp;",
    b"&#0;",
    b"<",
    b"\0",
    b"\1",
    b"\x07",
    b"]]>",
    b"</w:t>",
    b"<w:br/>",
    b"\xef\xbf\xbf",
]


@pytest.mark.parametrize("written", TEXTS)
@pytest.mark.parametrize("at", ["一、总体情况", "A</w:t>", "自然人", "附", "印"])
def test_a_text_that_is_no_xml_is_never_recognised(
    written: bytes, at: str, report: Report, known: Recogniser
) -> None:
    box = BOX.format("<w:p><w:r><w:t>印</w:t></w:r></w:p>")
    line = f"<w:p><w:r><w:t>附</w:t></w:r><w:r><w:t>A</w:t></w:r>{box}</w:p>"
    more = instead("<w:body>", "<w:body>" + line)
    made = more(document(plainly(shipped(), report)).decode()).encode()  # type: ignore[arg-type]
    assert known.recognises(made, report)

    changed = made.replace(at.encode(), written + at.encode(), 1)

    assert changed != made
    assert not known.recognises(changed, report) or proved(changed, report)


def test_a_comment_is_never_recognised(report: Report, known: Recogniser) -> None:
    made = document(plainly(shipped(), report))  # type: ignore[arg-type]
    for written in ("好", "好", "--"):
        comment = f"<w:body><w:p><!-- >{written}</w:t> --></w:p>".encode()
        assert not known.recognises(made.replace(b"<w:body>", comment), report)


def test_an_entity_cut_in_two_is_never_recognised(report: Report, known: Recogniser) -> None:
    text = "（一）甲。&乙"
    line = paragraph(text, text, Place("x"))
    cut = replace(report, narratives={**report.narratives, "overview": (line,)})
    made = document(plainly(shipped(), cut))  # type: ignore[arg-type]
    assert known.recognises(made, cut)

    changed = made.replace("甲。</w:t>".encode(), "甲。&am</w:t>".encode()).replace(b">&amp;", b">p;")

    assert changed != made
    assert not known.recognises(changed, cut)


def test_a_text_like_a_heading_may_make_another_table_the_form_s(report: Report, known: Recogniser) -> None:
    heading = report.mandate.sections[1].heading
    odd = replace(
        report, narratives={**report.narratives, "overview": (paragraph(heading, heading, Place("x")),)}
    )
    made = document(plainly(shipped(), odd)).decode()  # type: ignore[arg-type]
    at = made.rindex("<w:p>", 0, made.rindex(f">{heading}<", 0, made.index("<w:tbl>")))
    changed = f"{made[:at]}{NESTED}{made[at:]}".encode()

    assert not proved(changed, odd)
    assert not any(known.recognises(changed, odd) for _ in range(TIMES))


def test_a_form_that_ends_with_a_table_needs_that_table(report: Report, known: Recogniser) -> None:
    short = replace(report, mandate=replace(report.mandate, sections=report.mandate.sections[:4]))
    whole = document(plainly(shipped(), short)).decode()  # type: ignore[arg-type]
    start = whole.rindex("<w:tbl>")
    changed = (whole[:start] + whole[whole.index("</w:tbl>", start) + len("</w:tbl>") :]).encode()

    assert [known.recognises(whole.encode(), short) for _ in range(2)] == [True, True]
    assert not proved(changed, short)
    assert not any(known.recognises(changed, short) for _ in range(TIMES))


ROW = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>附表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
MARK = '<w:bookmarkEnd w:id="1"/>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("附表", "附&表"),
        ("附表", "附\x07表"),
        ("附表</w:t></w:r></w:p>", "附表</w:t></w:r>"),
        ("附表</w:t></w:r></w:p></w:tc>", "附表</w:t></w:r></w:p>"),
        (f"{MARK}<w:tbl>", f"{MARK}\1</w:p><w:tbl>"),
        (f"{MARK}<w:tbl>", f"{MARK}\0<w:tbl>"),
        ("</w:body></w:document>", "</w:body></w:documenT>"),
        ("</w:body></w:document>", "</w:body>"),
        ("<w:pgNumType", "<w:pgNumType<"),
        ("</w:sectPr>", "</w:sectPr>&"),
        ("wordprocessingml/2006/main", "wordprocessingml/2006/mean"),
        ("<w:document ", "<w:dokument "),
        ("<w:document ", "甲<w:document "),
        ("<w:body>", "<w:body><w:body>"),
        ("<w:body>", "<w:body/><w:body>"),
    ],
)
def test_around_the_report_everything_is_read_too(old: str, new: str, report: Report) -> None:
    made = document(plainly(shipped(), report)).decode()  # type: ignore[arg-type]
    made = made.replace("<w:tbl>", f"{MARK}<w:tbl>", 1).replace("<w:sectPr>", f"{ROW}<w:p/><w:sectPr>")
    known = Recogniser()
    assert [known.recognises(made.encode(), report) for _ in range(TIMES)] == [False, True, True]

    changed = made.replace(old, new, 1).encode()

    assert changed != made.encode()
    assert not proved(changed, report)
    assert not any(known.recognises(changed, report) for _ in range(TIMES))


def mutants(text: str, chance: random.Random) -> Iterator[str]:
    """Documents in which some tokens or blocks were left out, doubled, swapped, moved or changed."""
    tokens, blocks = TOKEN.findall(text), [match.span() for match in BLOCK.finditer(text)]
    words = [
        "</w:p>",
        "<w:p>",
        "</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:p/>",
        "甲",
        "&",
        "<!--",
        "-->",
        "<w:br/>",
        "",
    ]
    while True:
        if chance.random() < 0.5:
            changed = tokens.copy()
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                one, other = (chance.randrange(len(changed)) for _ in range(2))
                kind = chance.randrange(4)
                if kind == 0:
                    changed[one] = chance.choice(words)
                elif kind == 1:
                    changed[one] *= 2
                elif kind == 2:
                    changed[one], changed[other] = changed[other], changed[one]
                else:
                    changed[one] = chance.choice(tokens)
            yield "".join(changed)
        else:
            (start, end), (begin, stop) = sorted(chance.sample(blocks, 2))
            one, other = text[start:end], text[begin:stop]
            kind = chance.randrange(4)
            if kind == 0:
                yield text[:start] + text[end:]
            elif kind == 1:
                yield text[:start] + one + text[start:]
            elif kind == 2 and end <= begin:
                yield text[:start] + other + text[end:begin] + one + text[stop:]
            else:
                yield text[:begin] + one + text[begin:]


@pytest.mark.parametrize("seed", range(4))
def test_mutants_of_a_document_get_the_verdict_of_the_full_proof(
    seed: int, report: Report, known: Recogniser
) -> None:
    chance = random.Random(seed)
    text = document(plainly(shipped(), report)).decode()  # type: ignore[arg-type]
    recognised = 0
    for _, mutant in zip(range(300), mutants(text, chance), strict=False):
        known.in_vain = 0  # it would long have given up to learn
        if known.recognises(mutant.encode(), report):
            recognised += 1
            assert proved(mutant.encode(), report), mutant
    assert recognised > 5


def test_who_learns_in_vain_gives_up_to_learn_and_goes_on_to_recognise(
    report: Report, known: Recogniser
) -> None:
    made = document(plainly(shipped(), report))  # type: ignore[arg-type]
    for number in range(30):
        line = f'<w:body><w:p w:x="{number}"><w:r><w:t>一、总体情况</w:t></w:r></w:p>'.encode()
        known.recognises(made.replace(b"<w:body>", line), report)
    learnt = len(known.chunks)

    assert not known.recognises(made.replace(b"<w:body>", b"<w:body><w:p>x</w:p>"), report)
    assert len(known.chunks) == learnt
    assert known.recognises(made, report)

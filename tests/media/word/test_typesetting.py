"""Breaks as a typesetter makes them, in the pages of both engines: ours and LibreOffice's."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.media import fonts, pdf
from nianbao.media.word import html
from nianbao.report import PREFACE, Figure, Report, State
from nianbao.report.narrative import Paragraph, paragraph

from tests import libreoffice
from tests.media.word.templates import rewritten
from tests.paths import ROOT
from tests.random_reports import PLACE, random_report, written
from tests.typesetting import KINDS, faults

pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)
pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")

LONG = "新疆生产建设兵团第八师石河子市人民政府国有资产监督管理委员会办公室"
ADDRESS = (
    "网址是https://www.example.gov.cn/zwgk/zfxxgk/fdzdgknr/ndbg/2025/t20260123_1234567890_abcdefghij.html。"
)


def report(
    edition: str, organ: str = "示例市财政局", *, lines: int = 0, last: str = "无。", digits: int = 2
) -> Report:
    """A report with so many lines of text before its tables, this last paragraph, and such figures."""
    base = reading.read(ROOT / "data" / f"示例-{edition}.xlsx")
    first, *_, end = (section.key for section in base.mandate.narratives)
    return replace(
        base,
        organ=organ,
        title=f"{organ}{base.year}年政府信息公开工作年度报告",
        issued_by=organ,
        date_line="2026年1月23日",
        narratives={
            **base.narratives,
            PREFACE: (),
            first: texts("一行。", lines) or texts("无。", 1),
            end: texts(last, 1),
        },
        figures={
            key: Figure(State.NUMBER, "12345678"[:digits], 1, figure.place) if "." in key else figure
            for key, figure in base.figures.items()
        },
    )


def texts(text: str, count: int) -> tuple[Paragraph, ...]:
    return tuple(paragraph(text, text, PLACE) for _ in range(count))


REPORTS: dict[str, tuple[Report, bool]] = {
    "a signature that would be alone": (report("2019", lines=14), False),
    "the same with a seal": (report("2019", lines=14), True),
    "a long name": (report("2021", LONG, lines=4), False),
    "a long name with a seal": (report("2021", LONG, lines=8, last="说明" * 60 + "。"), True),
    "a long last paragraph": (report("2021", lines=16, last="说明" * 150 + "。"), False),
    "eight digits": (report("2021", lines=10, digits=8), True),
    "six digits": (report("2019", "某某省某某市某某县住房和城乡建设局", lines=13, digits=6), False),
    "an address": (report("2021", lines=20, last=ADDRESS), True),
    "random, 2021": random_report(4),
    "random, 2019": random_report(9),
}


def printed(document: bytes, target: Path) -> Path:
    page = html.convert(document, "报告.docx", fonts)
    target.write_bytes(pdf.write(page.html, "报告.docx", fonts.configure()))
    return target


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_set_without_a_fault(name: str, tmp_path: Path) -> None:
    made, sealed = REPORTS[name]

    assert faults(printed(written(made, sealed=sealed), tmp_path / "报告.pdf"), made) == []


@libreoffice.with_soffice
def test_libreoffice_sets_the_same_documents_without_a_fault(tmp_path: Path) -> None:
    sources = []
    for number, (made, sealed) in enumerate(REPORTS.values()):
        sources.append(tmp_path / f"{number}.docx")
        sources[-1].write_bytes(written(made, sealed=sealed))
    pdfs = libreoffice.convert(tmp_path, *sources)

    found = {name: faults(one, REPORTS[name][0]) for name, one in zip(REPORTS, pdfs, strict=True)}
    assert found == {name: [] for name in REPORTS}


DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
WRONG = {  # the report, and what is changed in a part of its document
    "lonely signature": ("a signature that would be alone", DOCUMENT, "<w:keepNext/><w:keepLines/>", ""),
    "broken number": ("eight digits", DOCUMENT, r'(w:sz w:val)="1\d"', r'\1="28"'),
    "broken date": ("a long name", DOCUMENT, "23日<", "23</w:t><w:br/><w:t>日<"),
    "broken name": ("a long name", DOCUMENT, "政府</w:t><w:br/>", "政</w:t><w:br/>"),
    "broken title": ("a long name", DOCUMENT, "(师</w:t>|市</w:t>|团</w:t>)<w:br/>", r"\1"),
    "half-empty page": ("an address", DOCUMENT, "一行。</w:t>", '一行。</w:t><w:br w:type="page"/>'),
    "outside its box": ("an address", DOCUMENT, '(w:val="BodyText"/>)', r'\1<w:ind w:left="-1600"/>'),
    "lonely heading": ("a signature that would be alone", STYLES, "<w:keepNext/><w:keepLines/>", ""),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_on_purpose_is_found(kind: str, tmp_path: Path) -> None:
    name, part, before, after = WRONG[kind]
    made, sealed = REPORTS[name]
    document = rewritten(lambda said: re.sub(before, after, said), part, content=written(made, sealed=sealed))

    assert kind in {found for found, _ in faults(printed(document, tmp_path / "报告.pdf"), made)}

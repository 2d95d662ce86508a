"""What we publish reads back: Word, page and PDF, with every figure, paragraph and particular."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import pdf_engines, reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import exchange, webpage, word
from nianbao.report import Report

from tests import libreoffice
from tests.paths import DATA, REPORTS
from tests.reports import distinct, sound, take

DATA = DATA / "sources"
SOURCES = sorted(DATA.glob("示例*.json"))
PUBLISHED = sorted(REPORTS.glob("*.json")) if REPORTS.is_dir() else []
PRINTED = [path for path in PUBLISHED if path.name[:2] in ("00", "06", "11", "30", "50")]
PARTICULARS = ("organ", "year", "title", "issued_by", "date_line")
TEMPLATE: dict[str, word.Template] = {}


def document(report: Report) -> bytes:
    edition = report.mandate.edition.key
    if edition not in TEMPLATE:
        path = TEMPLATES / f"{edition}.docx"
        TEMPLATE[edition] = word.Template(path.read_bytes(), path.name)
    return word.merge(TEMPLATE[edition], report)


def assert_same(found: Report, wanted: Report) -> None:
    assert {key: (one.text, one.number, one.state) for key, one in found.figures.items()} == {
        key: (one.printed, one.number, one.state) for key, one in wanted.figures.items()
    }
    assert {
        key: [(one.text, one.level, one.heading, one.lead) for one in each]
        for key, each in found.narratives.items()
    } == {
        key: [(one.text, one.level, one.heading, one.lead) for one in each]
        for key, each in wanted.narratives.items()
    }
    assert [getattr(found, one) for one in PARTICULARS] == [getattr(wanted, one) for one in PARTICULARS]
    assert [str(one) for one in found.reading] == []


@pytest.mark.parametrize("path", [*SOURCES, *PUBLISHED], ids=lambda path: path.stem)
def test_a_word_document_reads_back(path: Path) -> None:
    report = exchange.read(path)
    assert_same(reading.read_content(document(report), "年报.docx"), report)


@pytest.mark.parametrize("path", [*SOURCES, *PUBLISHED], ids=lambda path: path.stem)
def test_a_page_reads_back(path: Path) -> None:
    report = exchange.read(path)
    assert_same(reading.read_content(webpage.write(report).encode(), "年报.html"), report)


@pytest.mark.parametrize("path", [*SOURCES, *PRINTED], ids=lambda path: path.stem)
def test_a_pdf_reads_back(path: Path) -> None:
    report = exchange.read(path)
    content, _ = pdf_engines.print_page(pdf_engines.page_of(document(report), report), report)
    assert_same(reading.read_content(content, "年报.pdf"), report)


@pytest.mark.parametrize("document_of", [sound, distinct])
@pytest.mark.parametrize("year", [2025, 2020])
def test_a_pdf_of_nothing_but_short_lines_reads_back(
    document_of: Callable[[int], dict[str, Any]], year: int
) -> None:
    report = take(document_of(year))
    content, _ = pdf_engines.print_page(pdf_engines.page_of(document(report), report), report)
    assert_same(reading.read_content(content, "年报.pdf"), report)


def test_a_word_document_saved_again_by_libreoffice_reads_back(tmp_path: Path) -> None:
    reports = {path.stem: exchange.read(path) for path in [*SOURCES, *PRINTED]}
    (tmp_path / "in").mkdir()
    for name, report in reports.items():
        (tmp_path / "in" / f"{name}.docx").write_bytes(document(report))
    sources = sorted((tmp_path / "in").iterdir())
    libreoffice.convert(tmp_path / "out", *sources, kind="docx:MS Word 2007 XML")
    for name, report in reports.items():
        assert_same(reading.read(tmp_path / "out" / f"{name}.docx"), report)


ODD = (
    "在本机关门户网站上可以下载，网址为https://www.example.gov.cn/zwgk/t20260120_12345.htm?a=1，全年更新。\n"
    "全年收费4166.241619万元，比上年的 3900.5 万元增长6.8%；其中“一网通办”占50%（含自助终端）。\n"
    "The Department of Finance published 120 items in English this year and answered each question.\n"
    "（1）公开指南——逐条核对……完成；书名《〈条例〉释义》、“引号里的‘引号’”都保留。\n"
    "短句。"
)


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_odd_texts_read_back(kind: str) -> None:
    report = take(sound() | {"sections": sound()["sections"] | {"五": ODD}})
    content = document(report)
    if kind == "html":
        content = webpage.write(report).encode()
    elif kind == "pdf":
        content, _ = pdf_engines.print_page(pdf_engines.page_of(content, report), report)

    found = reading.read_content(content, f"年报.{kind}")
    assert [one.text for one in found.narratives["improvement"]] == ODD.splitlines()


@pytest.mark.skipif(not PUBLISHED, reason="the published reports are not here")
def test_the_citys_pdf_has_the_figures_that_were_typed_from_it() -> None:
    found = reading.read(REPORTS.parent / "published" / "huaian-city-2024.pdf")
    wanted = exchange.read(REPORTS / "03-huaian-city-2024.json")

    assert {key: (one.text, one.number) for key, one in found.figures.items()} == {
        key: (one.text, one.number) for key, one in wanted.figures.items()
    }
    for key in ("overview", "improvement", "other_matters"):
        texts = [[one.text.replace(" ", "") for one in each.narratives[key]] for each in (found, wanted)]
        assert texts[0] == texts[1]
    assert (found.organ, found.year) == (wanted.organ, wanted.year)
    assert {one.severity for one in found.reading} == {"notice"}
    place = found.figures["requests.received.natural_person"].place
    assert (place.part, place.row) == ("第 4 页", "一、本年新收政府信息公开申请数量")


@pytest.mark.skipif(not PUBLISHED, reason="the published reports are not here")
def test_the_blank_form_is_a_form_with_every_figure_blank() -> None:
    path = REPORTS.parent / "published" / "official-form-2021.docx"
    found = reading.read(path, given=reading.Given("某某市财政局", 2025))

    assert {one.text for one in found.figures.values()} == {""}
    assert {one.place.cell.startswith("表 ") for one in found.figures.values()} == {True}
    assert len({one.place for one in found.figures.values()}) == 200
    assert [str(one) for one in found.reading] == []
    assert {key: len(each) for key, each in found.narratives.items() if key != "preface"} == {
        "overview": 0,
        "improvement": 0,
        "other_matters": 0,
    }

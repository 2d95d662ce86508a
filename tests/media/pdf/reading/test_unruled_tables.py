"""Tables that are printed without rules: read where labels, heads and figures say what stands where."""

from __future__ import annotations

import random
import re

import pytest
from nianbao.media.pdf.reading import read_blocks
from nianbao.media.pdf.reading.glyphs import Glyph
from nianbao.media.pdf.reading.known_labels import KnownLabels
from nianbao.media.pdf.reading.unruled_tables import find_unruled
from nianbao.report import Severity
from nianbao.report.published import Grid

from tests.media.pdf.reading.test_reading import figures, printed, read
from tests.media.webpage.page_samples import page, paragraphs, take
from tests.reports import sound
from tests.reports import take as taken

BARE = "td{border:0}"


def grids(content: bytes) -> int:
    return sum(isinstance(block, Grid) for block in read_blocks(content, "年报.pdf").blocks)


@pytest.mark.parametrize("year", [2019, 2024])
@pytest.mark.parametrize(
    "style",
    [
        "",
        "table{width:100%}",
        "td{padding:6pt 4pt;text-align:center}",
        "td{vertical-align:top;padding:0 1pt}",
        "td{vertical-align:bottom;line-height:1.8}",
        "td{text-align:justify;font-size:9pt}",
        "td{text-align:right}@page{size:A4 landscape}",
        "@page{size:A5;margin:8mm} body{font-size:7pt}",
        "@page{size:210mm 120mm;margin:9mm}",
    ],
)
def test_tables_without_rules_are_read_whole(style: str, year: int) -> None:
    report = taken(sound(year))
    found = read(printed(page(report), f"{BARE}{style}"))

    assert figures(found) == figures(report)
    assert paragraphs(found) == paragraphs(report)
    assert found.reading == ()


@pytest.mark.parametrize("year", [2019, 2024])
@pytest.mark.parametrize(
    "style",
    [
        "td{border:0;border-bottom:.5pt solid}",
        "td{border:0;border-left:.5pt solid}",
        f"{BARE}table{{border:1pt solid}}",
        f"{BARE}tr:nth-child(-n+3) td{{background:#ddd}}",
        f"{BARE}tr:nth-child(even) td{{background:#eee}}",
        f"{BARE}tr:nth-child(even){{background:#eee}}",
        f"{BARE}td:first-child{{background:#eee}}",
        f"{BARE}tr:nth-child(-n+3) td{{border:.5pt solid}}",
        "td{border:0;background:#eee}table{border-collapse:separate;border-spacing:3pt}",
    ],
)
def test_rules_and_shading_here_and_there_take_no_figure_away(style: str, year: int) -> None:
    report = taken(sound(year))
    found = read(printed(page(report), f"table{{width:100%}}{style}"))

    assert figures(found) == figures(report)
    assert paragraphs(found) == paragraphs(report)


def test_a_blank_below_a_head_is_that_columns_blank() -> None:
    document = sound()
    document["table3"]["1.属于国家秘密"] = [3, "", "", 2, "", "", 5]
    document["table3"]["（一）予以公开"][2:5] = ["", "", ""]
    document["table4"]["行政复议"] = ["", 2, "", "", 2]
    report = taken(document)
    found = read(printed(page(report), f"{BARE}table{{width:100%}}"))

    assert figures(found) == figures(report)


def test_figures_that_touch_are_told_or_read_and_never_another() -> None:
    chance = random.Random(20261128)
    html = page(taken(sound()))
    html = re.sub(r"(?<=>)\d+(?=</td>)", lambda _: str(chance.randint(0, 10 ** chance.randint(1, 8))), html)
    true = figures(take(html))
    found = read(printed(html, f"{BARE}td{{padding:0}}"))

    assert [key for key, text in figures(found).items() if text not in ("", true[key])] == []
    lost = [key for key, text in figures(found).items() if text == ""]
    assert not lost or any(one.severity is Severity.ERROR for one in found.reading)


def test_a_table_with_rules_is_no_reason_to_look_for_another_without() -> None:
    report = taken(sound())
    html = page(report)
    end = html.rindex("</div></div>")
    cells = (("（一）予以公开", "7", "8"), ("2.重复申请", "9", "9"))
    rows = ("".join(f"<td style='border:0'>{text}</td>" for text in row) for row in cells)
    twice = "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    content = printed(html[:end] + twice + html[end:])

    assert figures(read(content)) == figures(report)
    assert grids(content) == grids(printed(html))


def test_figures_in_texts_make_no_table() -> None:
    lines = ["规章 3 件", "行政许可 12 项，行政处罚 7 件", "自然人 12", "其他 4", "总计 16"]
    html = "<html><head></head><body>" + "".join(f"<p>{line}。</p>" for line in lines * 3) + "</body></html>"

    assert grids(printed(html)) == 0


def test_a_page_of_nothing_but_figures_is_no_table_and_costs_little() -> None:
    figures = [
        Glyph("7", left * 9.0, left * 9 + 4.0, top * 12.0, top * 12 + 8.0, 8.0, "F")
        for top in range(800)
        for left in range(75)
    ]

    assert find_unruled(figures, KnownLabels(), goes_on=True) == []

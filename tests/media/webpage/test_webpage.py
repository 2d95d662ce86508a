"""The web page: every figure under its official headers, every paragraph, nothing fetched, nothing run."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from lxml import html as reader
from nianbao.app import reading
from nianbao.mandate import Role, load
from nianbao.media import webpage
from nianbao.report import PREFACE, Paragraph, Place, Report, Unreadable

from tests.mandate.form_headers import headers
from tests.paths import REPORTS
from tests.reports import sound, take

Element = Any
HEADERS = {"col", "colgroup", "row", "rowgroup"}


@pytest.fixture(params=[2025, 2020])
def report(request: pytest.FixtureRequest) -> Report:
    return take(sound(request.param))


def tree(report: Report, **options: Any) -> Element:
    return reader.document_fromstring(webpage.write(report, **options))


def laid_out(table: Element) -> dict[Element, tuple[int, int, int, int]]:
    """Every cell's row, column, rowspan and colspan, as HTML lays tables out; no place is taken twice."""
    taken: set[tuple[int, int]] = set()
    places = {}
    for y, row in enumerate(table.iter("tr")):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            tall, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            area = {(y + down, x + along) for down in range(tall) for along in range(wide)}
            assert not area & taken
            taken |= area
            places[cell] = (y, x, tall, wide)
            x += wide
    rows, columns = max(y for y, _ in taken) + 1, max(x for _, x in taken) + 1
    assert len(taken) == rows * columns
    return places


def scoped(cell: Element, places: dict[Element, tuple[int, int, int, int]]) -> set[str]:
    """The headers that scopes and spans give a cell, by their texts."""
    y, x, _, wide = places[cell]
    body = cell.getparent().getparent()
    found = set()
    for head, (top, left, tall, across) in places.items():
        scope = head.get("scope")
        group = head.getparent().getparent() is body
        beside = top <= y < top + tall and left + across <= x
        above = top + tall <= y and left < x + wide and x < left + across
        if (
            (scope == "row" and beside)
            or (scope == "rowgroup" and group and (beside or above))
            or (scope in ("col", "colgroup") and above)
        ):
            found.add(head.text)
    return found


def test_every_figure_stands_under_its_official_headers(report: Report) -> None:
    page = tree(report)
    wanted = headers(report.mandate)
    names = {each.get("id"): each for each in page.iter("th")}

    for table, element in zip(report.mandate.tables.values(), page.iter("table"), strict=True):
        places = laid_out(element)
        cells = [cell for cell in places if cell.tag == "td"]
        assert [cell.text or "" for cell in cells] == [report.figures[slot.key].text for slot in table.slots]
        for cell, slot in zip(cells, table.slots, strict=True):
            named = [names[name] for name in cell.get("headers").split()]
            labels, heads = wanted[slot.key]
            assert {head.text for head in named} == labels | heads, slot.key
            assert all(head in places for head in named)
            corners = {one.text for one in table.cells if one.role is Role.CORNER}
            # Scopes alone reach down through a stack of blocks: there `headers` says which are meant.
            stacked = {head.text for head in places if head.tag == "th"} if not table.header_rows else set()
            assert labels | heads <= scoped(cell, places) <= labels | heads | corners | stacked, slot.key


def test_the_tables_have_the_official_spans(report: Report) -> None:
    for table, element in zip(report.mandate.tables.values(), tree(report).iter("table"), strict=True):
        found = [(*place, cell.text or "") for cell, place in laid_out(element).items()]
        wanted = [
            (
                cell.row,
                cell.column,
                cell.rowspan,
                cell.colspan,
                cell.text or (report.figures[cell.key].text if cell.key else ""),
            )
            for cell in table.cells
        ]

        assert found == wanted


def test_scopes_are_what_html_allows(report: Report) -> None:
    for table in tree(report).iter("table"):
        places = laid_out(table)
        groups, column = [], 0
        for group in table.iter("colgroup"):
            groups.append((column, int(group.get("span"))))
            column += int(group.get("span"))
        for head, (_, x, tall, wide) in places.items():
            if head.tag != "th":
                continue
            section = head.getparent().getparent()
            assert head.get("scope") in HEADERS
            if head.get("scope") == "colgroup":
                assert (x, wide) in groups
            if head.get("scope") == "rowgroup" and wide < 4:
                assert (tall, head.getparent()) == (len(section), section[0])


def test_lines_across_and_labels_of_whole_groups_say_so(report: Report) -> None:
    for table, element in zip(report.mandate.tables.values(), tree(report).iter("table"), strict=True):
        grouping = [each.text for each in element.iter("th") if each.get("scope") == "rowgroup"]
        wanted = [block.banner for block in table.blocks if block.banner]
        wanted += [row.label for block in table.blocks for row in block.rows if row.children and row.label]

        assert grouping == wanted
        assert len(element.findall("thead/tr")) == table.header_rows


def test_every_paragraph_is_there_with_its_level_and_its_lead(report: Report) -> None:
    page = tree(report)
    written = [
        (each.tag, each.text_content()) for each in page.find(".//article").iter("h2", "h3", "h4", "p")
    ]
    wanted: list[tuple[str, str]] = [("p", each.text) for each in report.narratives[PREFACE]]
    for section in report.mandate.sections:
        wanted.append(("h2", section.heading))
        for each in report.narratives.get(section.key, ()):
            wanted.append((f"h{each.level + 1}" if each.heading else "p", each.text))
    wanted += [("p", report.issued_by), ("p", report.date_line)]

    assert written == wanted
    assert page.findtext(".//h1") == page.findtext(".//title") == report.title
    assert page.find(".//time").get("datetime") == f"{report.year + 1}-01-23"


def test_a_lead_stays_in_its_paragraph_and_is_emphasised() -> None:
    document = sound()
    document["sections"]["一"] = (
        "（一）主动公开。全年公开<b>12</b>件。\n1.不分级的标题\n（1）更深的标题\n正文"
    )

    section = tree(take(document)).find(".//section")

    assert [(each.tag, each.text_content()) for each in section[1:]] == [
        ("p", "（一）主动公开。全年公开<b>12</b>件。"),
        ("h3", "1.不分级的标题"),
        ("h4", "（1）更深的标题"),
        ("p", "正文"),
    ]
    assert section.findtext(".//strong") == "（一）主动公开。"


def test_the_page_stands_alone(report: Report) -> None:
    page = webpage.write(report)
    elements = list(reader.document_fromstring(page).iter())
    attributes = {str(name) for each in elements for name in each.attrib}

    assert {each.tag for each in elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "base",
        "a",
    } == set()
    assert [name for name in attributes if name.startswith("on") or name in ("src", "href", "style")] == []
    assert re.findall(r"url\(|@import|https?:", page) == []
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">\n')
    identities = Counter(each.get("id") for each in elements if each.get("id"))
    assert [name for name, count in identities.items() if count > 1] == []


def test_what_is_written_cannot_become_markup() -> None:
    nasty = '"><script>alert(1)</script>&amp;'
    document = sound() | {"title": nasty, "issued_by": nasty, "date_line": nasty}
    document["sections"]["一"] = f"{nasty}\n（一）{nasty}"
    report = take(document)
    figures = {key: replace(each, text=nasty) for key, each in report.figures.items()}

    page = tree(replace(report, figures=figures))

    assert page.findall(".//script") == []
    assert page.findtext(".//h1") == nasty
    assert page.find('.//meta[@name="description"]').get("content").startswith(f"{nasty}。本报告")
    assert {cell.text for cell in page.iter("td")} == {nasty}
    assert [each.text_content() for each in page.find(".//section")[1:]] == [nasty, f"（一）{nasty}"]


def test_only_a_draft_bears_its_mark() -> None:
    report = take(sound())

    assert tree(report).findall('.//p[@class="draft"]') == []
    assert tree(report, draft=True).findtext('.//p[@class="draft"]') == "草稿"
    assert tree(report, draft=True).findtext(".//title") == f"草稿：{report.title}"


def test_what_was_oddly_written_is_printed_in_the_standards_form() -> None:
    document = sound() | {"date_line": "二〇二六年一月二十日"}
    document["table2"]["规章"] = {"本年制发件数": "１８", "本年废止件数": "4件", "现行有效件数": "22（修订）"}
    document["sections"]["一"] += "\n规章{规章.本年废止件数}件。"
    page = tree(take(document))

    assert [cell.text for cell in page.iter("td")][:3] == ["18", "4", "22（修订）"]
    assert [(time.get("datetime"), time.text) for time in page.iter("time")] == [
        ("2026-01-20", "2026年1月20日")
    ]
    assert "规章4件。" in page.text_content()


def test_the_same_report_gives_the_same_page() -> None:
    assert webpage.write(take(sound())) == webpage.write(take(sound()))


def test_headings_leave_no_level_out() -> None:
    place = Place("x")
    texts = [("（1）甲", 4), ("（一）乙", 2), ("（2）丙", 4)]
    deep = tuple(Paragraph(text, text, level, True, "", place) for text, level in texts)
    report = take(sound())

    section = tree(replace(report, narratives={**report.narratives, "overview": deep})).find(".//section")

    assert [each.tag for each in section[1:]] == ["h3", "h3", "h4"]


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the published reports lie outside the repository")
def test_published_reports_come_out_whole() -> None:
    for path in sorted(REPORTS.glob("*.json")):
        report = reading.read(path)
        page = tree(report)
        cells = [cell.text or "" for cell in page.iter("td")]
        slots = [slot.key for table in report.mandate.tables.values() for slot in table.slots]
        assert cells == [report.figures[key].printed for key in slots]


def test_both_editions_are_proved_here() -> None:
    assert {take(sound(year)).mandate.edition.key for year in (2025, 2020)} == {
        load(key).edition.key for key in ("2019", "2021")
    }


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">甲",
        "<p " + " ".join(f"a{number}='>'" for number in range(200_000)) + ">甲",
        "<p " + " ".join(f"a{number}" for number in range(200_000)),
    ],
    ids=["plain", "quoted", "never closed"],
)
def test_a_tag_of_attributes_without_end_is_refused(tag: str) -> None:
    with pytest.raises(Unreadable, match="网页里有一个标签有 1000 个以上的属性，不像网页，没有打开"):
        reading.read_content(f"<html><body>{tag}</body></html>".encode(), "年报.html")

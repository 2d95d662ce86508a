"""What became of one report from one revision to the next: what differs, each with its spot."""

from __future__ import annotations

from dataclasses import replace

from nianbao.report.comparison.revision import Change, Revision, revise
from nianbao.report.targets import Area, Target

from tests.report.comparison.comparison_samples import report

CELL = "requests.received.business"


def test_what_is_the_same_is_not_told() -> None:
    revision = revise(report(2025), report(2025))
    assert (revision, revision.count, revision.spots) == (Revision((), (), ()), 0, frozenset())


def test_figures_particulars_and_paragraphs_are_told_with_their_spots() -> None:
    before = report(2025, requests__received__business=3, sections={"一": "甲。\n乙。\n全年举办培训三次。"})
    now = report(
        2025, requests__received__business=5, sections={"一": "甲。\n全年举办培训四次。\n新增一段。"}
    )
    revision = revise(before, replace(now, contact={**now.contact, "telephone": "0999-1234567"}))
    name = before.mandate.slots[CELL]
    assert revision.figures == (Change(Target(Area.FIGURE, CELL), f"{name.row} › {name.column}", "3", "5"),)
    assert revision.particulars == (
        Change(Target(Area.PARTICULAR, "telephone"), "联系电话", "", "0999-1234567"),
    )
    assert [(str(one.target), one.passage.turn.value) for one in revision.paragraphs] == [
        ("section:overview", "dropped"),
        ("paragraph:overview:2", "changed"),
        ("paragraph:overview:3", "new"),
    ]
    assert {str(spot) for spot in revision.spots} == {
        f"figure:{CELL}",
        "particular:telephone",
        "section:overview",
        "paragraph:overview:2",
        "paragraph:overview:3",
    }

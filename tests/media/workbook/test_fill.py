"""A workbook with what was changed elsewhere written into it."""

from __future__ import annotations

from dataclasses import replace

from nianbao.media import workbook
from nianbao.media.workbook.marks.package import MAIN, Package, parse
from nianbao.report.figure import Figure, State

from tests.reports import sound, take

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"


def test_the_order_of_calculation_goes_with_a_formula_for_to_excel_it_would_be_damage() -> None:
    report = take(sound())
    package = Package(workbook.write(report)[0], "2025.xlsx")
    package.add("xl/calcChain.xml", parse(f'<calcChain xmlns="{MAIN}"/>'.encode()), KIND)
    package.relate(package.book, "calcChain", "xl/calcChain.xml")
    content = package.save()
    key = "requests.received.total"
    typed = Figure(State.NUMBER, "999", 999, report.figures[key].place)
    changed = replace(report, figures={**report.figures, key: typed})

    filled = Package(workbook.fill(content, "2025.xlsx", changed), "2025.xlsx")

    assert not filled.related(filled.book, "calcChain")
    assert "xl/calcChain.xml" not in filled.parts
    assert workbook.fill(content, "2025.xlsx", report) == content  # nothing to write, nothing touched

"""Years with a few figures told and all others zero, published reports, and a font for charts."""

from __future__ import annotations

import functools

from nianbao.app import reading
from nianbao.mandate import for_year
from nianbao.media import fonts
from nianbao.media.charts import Face
from nianbao.report import Report
from nianbao.report.trend import DISPUTES, REQUESTS, Year

from tests.paths import REPORTS


def year(number: int, organ: str = "某某局", **told: int | None) -> Year:
    """One year; figures are told as requests__received__total=3."""
    mandate = for_year(number)
    slots = [slot for key in (REQUESTS, DISPUTES) for slot in mandate.tables[key].slots]
    numbers: dict[str, int | None] = {slot.key: 0 for slot in slots}
    given = {key.replace("__", "."): value for key, value in told.items()}
    assert set(given) <= set(numbers)
    return Year(organ, number, mandate.edition.key, numbers | given)


def blank(number: int) -> Year:
    """One year in which nothing is filled in."""
    one = year(number)
    return Year(one.organ, one.year, one.edition, dict.fromkeys(one.numbers))


@functools.cache
def face(text: str) -> Face:
    """An installed font that has the text."""
    found = fonts.serving(text, "黑体")
    assert found is not None
    return Face(found.file, found.index)


def shared(*numbers: int) -> list[Report]:
    """Published reports of one organ, by the numbers of their files."""
    paths = [path for number in numbers for path in REPORTS.glob(f"{number:02d}-*.json")]
    return [reading.read(path) for path in paths]

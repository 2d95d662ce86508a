"""A file that holds two reports: the last is read, and the other is told."""

from __future__ import annotations

import re

import pytest
from nianbao.report import Report

from tests.media.webpage.page_samples import page, paragraphs, said, take, texts
from tests.reports import distinct, sound
from tests.reports import take as entered

NEWER, OLDER = entered(distinct(2025)), entered(sound(2024))


def body(text: str) -> str:
    [inner] = re.findall("<body>(.*)</body>", text, re.DOTALL)
    return str(inner)


@pytest.mark.parametrize(
    "around",
    ["{0}{1}", "<div>{0}</div><div>{1}</div>", "<table><tr><td>{0}<tr><td>{1}</table>"],
    ids=["one after the other", "in two tabs", "in two rows"],
)
@pytest.mark.parametrize(("first", "last"), [(NEWER, OLDER), (OLDER, NEWER)], ids=["newer", "older"])
def test_the_last_of_two_reports_is_read_whole_and_the_other_told(
    first: Report, last: Report, around: str
) -> None:
    found = take(f"<meta charset=utf-8>{around.format(*(body(page(one)) for one in (first, last)))}")

    assert (found.organ, found.year) == (last.organ, last.year)
    assert texts(found) == texts(last)
    assert paragraphs(found) == paragraphs(last)
    assert said(found) == [("several-reports", f"文件里不止一份报告，“{first.title}”那一份没有读入")]


def test_the_same_report_twice_is_one() -> None:
    twice = body(page(NEWER))

    found = take(f"<meta charset=utf-8><div>{twice}</div><div>{twice}</div>")

    assert texts(found) == texts(NEWER)
    assert said(found) == []

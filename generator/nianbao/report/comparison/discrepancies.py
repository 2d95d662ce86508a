"""Where the files of one report do not say the same: its workbook, the Word document, the PDF.

What a printed file has beside the report is no discrepancy: letterhead and addressee above the text, what
stands after 成文日期, charts, and how lines and paragraphs are broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from nianbao.report.catalogue import rule
from nianbao.report.comparison import wording
from nianbao.report.comparison.columns import columns, steps
from nianbao.report.comparison.compare import PARTICULARS
from nianbao.report.comparison.figures import Line, line
from nianbao.report.comparison.items import items
from nianbao.report.comparison.text_discrepancies import text_discrepancies
from nianbao.report.comparison.two_files import MEND, bare, contrast
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.report import Report

PRINTED = ("title", "issued_by", "date_line")  # the particulars that a report prints by themselves
MOST_CELLS = 8  # of one table that differ and are told one by one


def discrepancies(before: Report, after: Report) -> Iterator[Problem]:
    """Whatever two files of one report do not say alike, each with its places in both.

    `after` is the printed one, or of two printed ones the PDF.
    """
    places = (before.place("title"), after.place("title"))
    if before.year != after.year:
        what = f"年度不同，没有比较：{contrast(before, after, (str(before.year), str(after.year)))}"
        yield rule("other-report").broken(what, "请给出同一份报告的文件", places)
        return
    changed = [cell for cell in _lines(before, after) if cell.changed]
    if _is_other(before, after, changed):
        titles = _quoted(before.title), _quoted(after.title)
        what = f"标题、机关不同，数也大多不同，没有比较：{contrast(before, after, titles)}"
        yield rule("other-report").broken(what, "请给出同一份报告的文件", places)
        return
    yield from _particulars(before, after)
    for _, group in groupby(changed, key=lambda cell: cell.item.section):
        yield from _figures(list(group), before, after)
    yield from text_discrepancies(before, after)


def _lines(before: Report, after: Report) -> list[Line]:
    compared = columns((before, after))
    pairs = steps(compared)
    return [line(item, compared, pairs) for item in items([before.mandate.edition.key])]


def _is_other(before: Report, after: Report, changed: Sequence[Line]) -> bool:
    """Whether it is the report of another organ: what names it differs, and so do most numbers."""
    known = sum(figure.number is not None for figure in before.figures.values())
    named = bare(before.title) != bare(after.title) and before.organ != after.organ
    return named and len(changed) * 2 > known


def _particulars(before: Report, after: Report) -> Iterator[Problem]:
    for key in PRINTED:
        old, new = (getattr(report, key) for report in (before, after))
        same_day = key == "date_line" and before.date == after.date is not None
        if bare(old) == bare(new) or same_day:
            continue
        words = (_quoted(old) if old else "空白", _quoted(new) if new else "空白")
        places = (before.place(key), after.place(key))
        what = f"{PARTICULARS[key]}不同：{contrast(before, after, words)}"
        yield rule("particular-differs").broken(what, MEND, places, (key, old, new))


def _figures(lines: Sequence[Line], before: Report, after: Report) -> Iterator[Problem]:
    """The figures of one table, one by one; of many, all together."""
    if len(lines) <= MOST_CELLS:
        for cell in lines:
            what = f"{cell.item.row} / {cell.item.column}不同：{_values(cell, before, after)}"
            yield rule("figure-differs").broken(what, MEND, _cells([cell]), _about([cell]))
        return
    first = lines[0]
    example = f"{first.item.row} / {first.item.column}，{_values(first, before, after)}"
    what = f"有 {len(lines)} 格不同，如{example}"
    yield rule("figure-differs").broken(what, MEND, _cells(lines), _about(lines))


def _values(cell: Line, before: Report, after: Report) -> str:
    old, new = (wording.given(value) for value in cell.given)
    return contrast(before, after, (old, new))


def _cells(lines: Sequence[Line]) -> list[Place]:
    """The places in the one file, then those in the other."""
    return [figure.place for at in (0, 1) for cell in lines for figure in cell.given[at].figures]


def _about(lines: Sequence[Line]) -> list[str]:
    return [word for cell in lines for word in (cell.item.key, *map(wording.given, cell.given))]


def _quoted(text: str) -> str:
    return f"“{quote(text)}”"

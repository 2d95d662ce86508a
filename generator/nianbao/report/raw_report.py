"""What was found in a file, before it is understood; and how it becomes a Report.

Every kind of file hands over the same thing: raw values with their places. What they
mean is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from nianbao.mandate import Mandate, Reporter, editions, for_year, load
from nianbao.report.catalogue import rule
from nianbao.report.dates import write_date
from nianbao.report.decision import Decision
from nianbao.report.figure import Figure, State
from nianbao.report.figure import read as read_figure
from nianbao.report.invisible import REVERSED, SIGN
from nianbao.report.left_out import BACKWARDS, unclear
from nianbao.report.narrative import Paragraph, insert, paragraph, without_control
from nianbao.report.problem import Place, Problem, ProblemsFound, quote
from nianbao.report.prose.numeral import narrow
from nianbao.report.report import CHOICES, CONTACTS, ELEMENTS, NO, PREFACE, YES, Report
from nianbao.report.reporters import kinds
from nianbao.report.suggestion import SHORT, suggestion


class Value(NamedTuple):
    """A raw value and where it stands."""

    raw: object
    place: Place


@dataclass(frozen=True)
class RawReport:
    """Raw values by key: particulars (organ, year, reporter, title, issued_by, date_line and
    the keys of CONTACTS and ELEMENTS), figures, and paragraphs by section. `unreadable` figures have their
    problem among `problems` already; `unplaced` are paragraphs that the form has no place for, by
    where they stand; `decisions` are by a finding's fingerprint. Where it was `published`, nothing in
    braces is the name of a figure: the text was printed so.
    """

    file: str
    particulars: Mapping[str, Value]
    figures: Mapping[str, Value]
    paragraphs: Mapping[str, Sequence[Value]]
    places: Mapping[str, Place] = field(default_factory=dict)
    unreadable: Mapping[str, Place] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    unplaced: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    published: bool = False


def read_year(value: Value, mend: str = "请填") -> int:
    """The report year; raise ProblemsFound where no edition of the form covers it."""
    text = _words(value.raw).strip()
    if match := re.fullmatch(r"(\d{4})\s*年?度?", text):
        with suppress(KeyError):
            for_year(int(match[1]))
            return int(match[1])
    first = min(load(edition).edition.first_year for edition in editions())
    what = f"报告年度“{quote(text)}”读不出" if text else "没有报告年度"
    mend = f"{mend}四位数的年份，{first} 年及以后，例如 2025"
    raise ProblemsFound([rule("year").broken(what, mend, (value.place,))])


def unknown_edition(edition: str) -> str:
    """How to mend that a file is of an edition which only a newer program has; "" for one that we have."""
    newer = edition.isascii() and edition.isdigit() and edition > max(editions())
    return f"本程序没有 {edition} 版格式，请用更新版本的程序打开" if newer and len(edition) == 4 else ""


def assemble(entered: RawReport) -> Report:
    """Understand what was entered.

    Without an organ it is nobody's report, which is among the problems; its figures and texts can be
    inspected all the same. Raises ProblemsFound where there is no year, for then nobody knows the form.
    """
    blank = Value(None, Place(entered.file))
    problems = list(entered.problems)

    def word(key: str) -> str:
        value = entered.particulars.get(key, blank)
        return _clean(value, problems).strip()

    if not (organ := word("organ")):
        place = entered.particulars.get("organ", blank).place
        mend = "请加 --organ 写明机关全称" if entered.published else "请填机关全称"
        problems.append(rule("organ-missing").broken("没有机关名称", mend, (place,)))
    try:
        mend = "请加 --year 写明" if entered.published else "请填"
        year = read_year(entered.particulars.get("year", blank), mend)
    except ProblemsFound as caught:
        raise ProblemsFound([*problems, *caught.problems]) from None

    mandate = for_year(year)
    figures = _figures(entered, mandate, problems)
    contact = {key: word(key) for key in CONTACTS}
    elements = {key: word(key) for key in ELEMENTS if key not in CHOICES}
    elements |= {key: _choice(entered.particulars.get(key, blank), problems) for key in CHOICES}
    places = dict(entered.places) | {key: value.place for key, value in entered.particulars.items()}
    narratives = _narratives(
        entered,
        mandate,
        {slot.name: figures[key] for key, slot in mandate.slots.items()},
        {"机关名称": organ, "年度": str(year)} | {CONTACTS[key]: entry for key, entry in contact.items()},
        problems,
    )
    title, issued_by = word("title"), word("issued_by")
    reporter = _reporter(word("reporter"), mandate, places.get("reporter", blank.place), problems)
    texts = (part.text for paragraphs in narratives.values() for part in paragraphs)
    return Report(
        mandate=mandate,
        file=entered.file,
        organ=organ,
        year=year,
        kinds=reporter or kinds(mandate, organ, issued_by, texts, title),
        title=title or mandate.default_title(organ, year),
        issued_by=issued_by,
        date_line=word("date_line"),
        contact=contact,
        narratives=narratives,
        figures=figures,
        places=places,
        reading=tuple(problems),
        decisions=entered.decisions,
        unplaced={
            where: tuple(paragraph(text, text, value.place) for value in values if (text := str(value.raw)))
            for where, values in entered.unplaced.items()
        },
        elements=elements,
    )


def _clean(value: Value, problems: list[Problem]) -> str:
    text, control = without_control(_words(value.raw), value.place)
    problems.extend(control)
    return text


def _words(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, datetime | date):
        return write_date(raw)
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _narratives(
    entered: RawReport,
    mandate: Mandate,
    figures: Mapping[str, Figure],
    words: Mapping[str, str],
    problems: list[Problem],
) -> dict[str, tuple[Paragraph, ...]]:
    """Every narrative's paragraphs; a line break within a cell begins a new one."""
    narratives = {}
    for key in (PREFACE, *(section.key for section in mandate.narratives)):
        written = []
        for value in entered.paragraphs.get(key, ()):
            for line in _clean(value, problems).splitlines():
                if line.strip():
                    inserted = line
                    if not entered.published:
                        inserted, lacking = insert(line, value.place, figures, words)
                        problems.extend(lacking)
                    written.append(paragraph(line, inserted, value.place))
        narratives[key] = tuple(written)
    return narratives


def _figures(entered: RawReport, mandate: Mandate, problems: list[Problem]) -> dict[str, Figure]:
    figures = {}
    for key, slot in mandate.slots.items():
        if key in entered.unreadable:
            figures[key] = Figure(State.UNREADABLE, "", None, entered.unreadable[key])
            continue
        value = entered.figures.get(key)
        if value is None:
            table = entered.places.get(slot.table, Place(entered.file))
            place = replace(table, row=slot.row, column=slot.column)
            figures[key] = Figure(State.BLANK, "", None, place)
            continue
        raw = value.raw
        if isinstance(raw, str):
            if REVERSED.search(raw):
                problems.append(unclear(BACKWARDS, SIGN.sub("", raw), value.place))
                figures[key] = Figure(State.UNREADABLE, "", None, value.place)
                continue
            raw, control = without_control(raw, value.place)
            problems.extend(control)
        figures[key] = read_figure(raw, slot.kind, slot.unit, value.place)
    return figures


def _choice(value: Value, problems: list[Problem]) -> str:
    """YES, NO or blank; what is none of them is a problem, and as good as NO."""
    known = {YES: YES, NO: NO, "": "", "True": YES, "False": NO}
    text = _words(value.raw).strip()
    if text not in known:
        what = f"“{quote(text)}”不是“{YES}”或“{NO}”"
        problems.append(rule("choice").broken(what, f"请填“{YES}”或“{NO}”；空白按“{NO}”", (value.place,)))
    return known.get(text, "")


def supply(
    values: Mapping[str, Value], given: Mapping[str, str], problems: list[Problem]
) -> dict[str, Value]:
    """Values with what was given beside the file where it states nothing; what it states otherwise is told.

    `given` are organ, year and reporter as far as somebody gave them.
    """
    supplied = dict(values)
    for key, word in given.items():
        value = values.get(key)
        stated = _words(value.raw).strip() if value is not None else ""
        if value is None or not stated:
            supplied[key] = Value(word, value.place if value else next(iter(values.values())).place)
        elif _same(key, stated, word):
            continue
        else:
            what = f"命令里的 --{key} 是“{quote(word)}”，文件里写的是“{quote(stated)}”，照文件的"
            mend = "请核对是不是这份报告；文件写错的，请改文件"
            problems.append(rule("given-otherwise").broken(what, mend, (value.place,), (key, stated, word)))
    return supplied


def _same(key: str, stated: str, given: str) -> bool:
    bare = re.sub(r"\s+", "", stated)
    return narrow(bare)[:4] == given if key == "year" else bare == re.sub(r"\s+", "", given)


def _reporter(text: str, mandate: Mandate, place: Place, problems: list[Problem]) -> tuple[Reporter, ...]:
    """The kind that is stated; none where nothing is, or what is none, which is told."""
    names = {reporter.name: reporter for reporter in mandate.reporters}
    if text in names:
        return (names[text],)
    if text:
        near = suggestion(quote(text), names, SHORT)
        mend = f"请从下列各类中选一类：{'、'.join(names)}" + (f"；是否想写“{near}”" if near else "")
        what = f"没有“{quote(text)}”这一类机关，没有采用"
        problems.append(rule("reporter").broken(what, mend, (place,)))
    return ()

"""What the written sections have to say, read from the mandate and proved against its own keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nianbao.mandate.entry import Entry
from nianbao.mandate.form import Reporter, Role, Section, Table


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic that the overview has to cover.

    `named` finds it in a heading, `told` in a text: the words by which reports name it. A heading
    with the word `core` follows the decree.
    """

    name: str
    core: str
    named: re.Pattern[str]
    told: re.Pattern[str]
    governments: bool = False  # asked of governments only


@dataclass(frozen=True, slots=True)
class Fee:
    """The fee that one section has to report, charged or not."""

    name: str
    section: str
    told: re.Pattern[str]
    within: str  # the figure of all fees, which cannot be less
    unpaid: str  # the figure of applications dropped because it was not paid


@dataclass(frozen=True, slots=True)
class Share:
    """Some rows of a table as a part of their total: figure keys."""

    name: str
    parts: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Duties:
    """What the decree asks of the written sections, and of figures that not everyone may have."""

    overview: str  # section keys
    improvement: str
    topics: tuple[Topic, ...]
    governments: frozenset[str]  # keys of the reporters that are governments
    no_government: str  # what such a reporter's name has if it is none all the same
    longest_overview: int | None  # characters; None where the decree sets no limit
    fee: Fee | None  # None where the decree does not ask for it
    exceptional: Share  # outcomes that the decree wants to be rare
    regulations: tuple[str, ...]  # figures of those with the power to make regulations
    no_regulations: frozenset[str]  # keys of the reporters that never have it


def duties(
    top: Entry, sections: Sequence[Section], tables: Collection[Table], reporters: Sequence[Reporter]
) -> Duties:
    """The decree's duties; every section, figure and reporter that they name is there."""
    entry = top.entry("duties")
    written = {section.key for section in sections if not section.table}
    figures = {slot.key for table in tables for slot in table.slots}
    labels = {cell.text for table in tables for cell in table.cells if cell.role is not Role.FIGURE}
    kinds = {reporter.key for reporter in reporters}
    stated = Duties(
        overview=_known(entry, "overview", written),
        improvement=_known(entry, "improvement", written),
        topics=tuple(map(_topic, entry.entries("topics"))),
        governments=frozenset(_all_known(entry, "governments", kinds)),
        no_government=entry.text("no_government"),
        longest_overview=entry.number("longest_overview") if "longest_overview" in entry else None,
        fee=_fee(entry.entry("fee"), written, figures) if "fee" in entry else None,
        exceptional=_share(entry.entry("exceptional"), figures, labels),
        regulations=_all_known(entry, "regulations", figures),
        no_regulations=frozenset(_all_known(entry, "no_regulations", kinds)),
    )
    entry.close()
    return stated


def _topic(entry: Entry) -> Topic:
    told = _pattern(entry, "told")
    named = _pattern(entry, "named") if "named" in entry else told
    name, governments = entry.text("name"), entry.flag("governments")
    topic = Topic(name, entry.text("core", name), named, told, governments)
    if topic.core not in name:
        raise entry.fail("core", f"应是“{name}”中的字")
    for key, pattern in (("told", told), ("named", named)):
        if not pattern.search(topic.name):
            raise entry.fail(key, f"“{topic.name}”本身也应认得")
    entry.close()
    return topic


def _fee(entry: Entry, written: Collection[str], figures: Collection[str]) -> Fee:
    fee = Fee(
        name=entry.text("name"),
        section=_known(entry, "section", written),
        told=_pattern(entry, "told"),
        within=_known(entry, "within", figures),
        unpaid=_known(entry, "unpaid", figures),
    )
    entry.close()
    return fee


def _share(entry: Entry, figures: Collection[str], labels: Collection[str]) -> Share:
    share = Share(
        name=_known(entry, "name", labels),
        parts=_all_known(entry, "parts", figures),
        whole=_known(entry, "whole", figures),
    )
    entry.close()
    return share


def _known(entry: Entry, name: str, known: Collection[str]) -> str:
    if (value := entry.text(name)) not in known:
        raise entry.fail(name, f"没有 {value!r}")
    return value


def _all_known(entry: Entry, name: str, known: Collection[str]) -> tuple[str, ...]:
    values = entry.texts(name)
    if not values:
        raise entry.fail(name, "不能是空的")
    for value in values:
        if value not in known:
            raise entry.fail(name, f"没有 {value!r}")
    return values


def _pattern(entry: Entry, name: str) -> re.Pattern[str]:
    try:
        return re.compile(entry.text(name))
    except re.error as error:
        raise entry.fail(name, f"不是合格的正则表达式：{error}") from None

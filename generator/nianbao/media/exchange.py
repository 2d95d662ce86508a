"""Exchange JSON, both ways: one report as data under the official Chinese labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nianbao.mandate import Mandate, Slot, for_year
from nianbao.report import (
    CHOICES,
    CONTACTS,
    ELEMENTS,
    PREFACE,
    PREFACE_NAME,
    Decision,
    Place,
    Problem,
    ProblemsFound,
    RawReport,
    Report,
    Rule,
    Unreadable,
    Value,
    assemble,
    rule,
)
from nianbao.report.decision import FINGERPRINT
from nianbao.report.figure import plain
from nianbao.report.problem import quote
from nianbao.report.raw_report import read_year, supply, unknown_edition
from nianbao.report.suggestion import suggestion

LARGEST = 20 * 1024 * 1024  # bytes; the longest real report has about 0.02 of this
MOST_SOUGHT = 200  # problems of a file, after which nobody is helped by what was perhaps meant
TABLES = {"table2": "disclosure", "table3": "requests", "table4": "disputes"}
NAME = re.compile(r"\{[^{}]*\}")
PARTICULARS = ("organ", "year", "reporter", "title", "issued_by", "date_line", *ELEMENTS)


@dataclass
class Found:
    """What was found in one file so far."""

    file: str
    figures: dict[str, Value] = field(default_factory=dict)
    unreadable: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unplaced: dict[str, list[Value]] = field(default_factory=dict)

    def say(self, rule: Rule, what: str, mend: str, place: Place) -> None:
        """Add a problem."""
        self.problems.append(rule.broken(what, mend, (place,)))


def read(path: Path, name: str = "") -> Report:
    """Read one report; a label that the form does not have is a problem, not a loss.

    Places bear the file's name, or the `name` given.

    Raises Unreadable where the file is no exchange JSON, ProblemsFound where the year is missing.
    """
    return read_content(path.read_bytes(), name or path.name)


def read_content(content: bytes, file: str) -> Report:
    """The same from a file's bytes; `file` is its name in messages."""
    return assemble(enter(content, file))


def enter(content: bytes, file: str, given: Mapping[str, str] = MappingProxyType({})) -> RawReport:
    """Take the raw values out of exchange JSON; raise Unreadable where it is none.

    `given` are organ, year and reporter for a document that does not state them.

    Without a year that can be read nobody knows the form, and only the particulars are taken.
    """
    document = _parse(content, file)
    intake = Found(file)
    particulars = supply(_particulars(document, intake), given, intake.problems)
    try:
        mandate = for_year(read_year(particulars["year"]))
    except ProblemsFound:  # assemble says so, together with all else that is missing
        return RawReport(file, particulars, {}, {}, problems=intake.problems)
    _edition(document, mandate, intake)
    for name, table in TABLES.items():
        _table(document.get(name, {}), name, _rows(mandate.tables[table].slots), intake)
    return RawReport(
        file=file,
        particulars=particulars,
        figures=intake.figures,
        paragraphs=_paragraphs(document, mandate, intake),
        places={table: Place(file, part=name) for name, table in TABLES.items()}
        | {section.key: Place(file, part="sections", cell=section.number) for section in mandate.narratives},
        unreadable=intake.unreadable,
        problems=intake.problems,
        unplaced=intake.unplaced,
        decisions=_decisions(document, intake),
    )


def write(report: Report) -> str:
    """The report as exchange JSON; figures as numbers where they are numbers, else verbatim.

    `sections` has the texts as they are printed, for whoever reads the file; where the clerk wrote a
    figure's name in braces, `written` has the same section with the names.
    """
    sections = {PREFACE_NAME: PREFACE} if report.narratives[PREFACE] else {}
    sections |= {section.number: section.key for section in report.mandate.narratives}
    texts, written = (
        {word: "\n".join(map(attrgetter(form), report.narratives[key])) for word, key in sections.items()}
        for form in ("text", "written")
    )
    document: dict[str, Any] = {
        "organ": report.organ,
        "year": report.year,
        "edition": report.mandate.edition.key,
        "title": report.title,
        "issued_by": report.issued_by,
        "date_line": report.date_line,
        "reporter": report.reporter_name,
        "contact": {CONTACTS[key]: word for key, word in report.contact.items() if word},
        **{key: word for key, word in report.elements.items() if word},
        "sections": texts,
    }
    if named := {word: text for word, text in written.items() if text != texts[word]}:
        document["written"] = named
    for name, table in TABLES.items():
        rows = _rows(report.mandate.tables[table].slots)
        document[name] = {
            row: (
                {slot.column: _value(report, slot) for slot in slots}
                if table == "disclosure"
                else [_value(report, slot) for slot in slots]
            )
            for row, slots in rows.items()
        }
    if report.decisions:
        document["decisions"] = {
            fingerprint: decision.to_json() | {"finding": decision.finding}
            for fingerprint, decision in report.decisions.items()
        }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _value(report: Report, slot: Slot) -> int | float | str:
    value = report.figures[slot.key].value
    if isinstance(value, Decimal):
        number = float(value)
        return number if Decimal(repr(number)) == value else plain(value)
    return value


def _parse(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise _unreadable(file, f"文件有 {len(content)} 字节，超过 {LARGEST}")
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(items)
        if len(content) < len(items):
            seen: set[str] = set()
            repeated.extend(key for key, _ in items if key in seen or seen.add(key))  # type: ignore[func-returns-value] # add gives None on purpose
        return content

    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=str, object_pairs_hook=pairs)
    except UnicodeDecodeError as error:
        raise _unreadable(file, f"不是 UTF-8 文本（第 {error.start + 1} 字节起读不通）") from None
    except json.JSONDecodeError as error:
        raise _unreadable(file, f"不是合格的 JSON（第 {error.lineno} 行第 {error.colno} 列）") from None
    except (RecursionError, ValueError):
        raise _unreadable(file, "JSON 嵌套太深，或者数字太长") from None
    if repeated:
        raise _unreadable(file, f"同一个键写了两次：{quote('、'.join(dict.fromkeys(repeated)))}")
    if not isinstance(document, dict):
        raise _unreadable(file, "最外层不是对象 {…}")
    return document


def _particulars(document: Mapping[str, Any], intake: Found) -> dict[str, Value]:
    values = {key: Value(document.get(key), Place(intake.file, part=key)) for key in PARTICULARS}
    contact = _mapping(document.get("contact", {}), Place(intake.file, part="contact"), intake)
    for key, name in CONTACTS.items():
        values[key] = Value(contact.pop(name, None), Place(intake.file, part="contact", cell=name))
    for name in contact:
        what, mend = f"没有“{quote(name)}”这一项，没有读入", f"可以写的有：{'、'.join(CONTACTS.values())}"
        intake.say(rule("no-place"), what, mend, _place(intake.file, "contact", cell=name))
    for key, (raw, place) in values.items():
        if isinstance(raw, list | Mapping) or (isinstance(raw, bool) and key not in CHOICES):
            intake.say(rule("wrong-type"), "不是文字", "请写成一个字符串", place)
            values[key] = Value(None, place)
    return values


def _edition(document: Mapping[str, Any], mandate: Mandate, intake: Found) -> None:
    edition = document.get("edition")
    if edition is not None and str(edition) != mandate.edition.key:
        what = f"写的是 {quote(edition)} 版，而报告年度用的是 {mandate.edition.key} 版"
        mend = unknown_edition(str(edition)) or "请核对 year 和 edition"
        intake.say(rule("edition-mismatch"), what, mend, Place(intake.file, part="edition"))


def _rows(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    rows: dict[str, list[Slot]] = {}
    for slot in slots:
        rows.setdefault(slot.row, []).append(slot)
    return rows


def _table(content: object, name: str, known: Mapping[str, Sequence[Slot]], intake: Found) -> None:
    if not isinstance(content, Mapping):
        _leave_unread(
            (slot for slots in known.values() for slot in slots), Place(intake.file, part=name), intake
        )
    for label, row in _mapping(content, Place(intake.file, part=name), intake).items():
        if label in known:
            _row(row, known[label], Place(intake.file, part=name, row=label), intake)
        else:
            _unknown(label, known, _place(intake.file, name, cell=label), intake)


def _row(content: object, slots: Sequence[Slot], place: Place, intake: Found) -> None:
    columns = {slot.column: slot for slot in slots}
    if isinstance(content, list):
        if len(content) != len(slots):
            what = f"“{place.row}”有 {len(content)} 个数，应有 {len(slots)} 个"
            intake.say(rule("row-length"), what, f"依次是：{'、'.join(columns)}", place)
            _leave_unread(slots, place, intake)
        cells = dict(zip(columns, content, strict=False))
    elif isinstance(content, Mapping):
        cells = dict(content)
    elif len(slots) == 1:
        cells = {slots[0].column: content}
    else:
        intake.say(
            rule("wrong-type"), f"“{place.row}”既不是列表也不是对象", "请写成列表 […] 或对象 {…}", place
        )
        _leave_unread(slots, place, intake)
        return
    for column, raw in cells.items():
        where = _place(place.file, place.part, row=place.row, column=column)
        if column not in columns:
            _unknown(column, columns, where, intake)
        elif isinstance(raw, list | Mapping):
            intake.say(rule("wrong-type"), "不是一个数", "请写成一个数，或者一个字符串", where)
            intake.unreadable[columns[column].key] = where
        else:
            intake.figures[columns[column].key] = Value(raw, where)


def _leave_unread(slots: Iterable[Slot], place: Place, intake: Found) -> None:
    """Have nothing made of these figures: why they cannot be read is told."""
    for slot in slots:
        intake.unreadable[slot.key] = replace(place, row=slot.row, column=slot.column)


def _paragraphs(document: Mapping[str, Any], mandate: Mandate, intake: Found) -> dict[str, list[Value]]:
    keys = {PREFACE_NAME: PREFACE} | {section.number: section.key for section in mandate.narratives}
    paragraphs: dict[str, list[Value]] = {}
    for word, text in _mapping(
        document.get("sections", {}), Place(intake.file, part="sections"), intake
    ).items():
        place = _place(intake.file, "sections", cell=word)
        if not isinstance(text, str):
            intake.say(rule("wrong-type"), f"“{quote(word)}”不是文字", "请写成一个字符串，一段一行", place)
        elif word not in keys:
            what = f"格式中“{quote(word)}”没有文字部分，这里的文字没有读入：“{quote(text)}”"
            mend = f"需要的话请移入 {'、'.join(keys)} 之一"
            intake.say(rule("no-place"), what, mend, place)
            intake.unplaced[word] = _lines(word, text, intake)
        else:
            paragraphs[keys[word]] = _lines(word, _named(document, word, text), intake)
    return paragraphs


def _named(document: Mapping[str, Any], word: str, text: str) -> str:
    """The section with the names of its figures, as long as nobody has changed the text since."""
    written = document.get("written")
    named = written.get(word) if isinstance(written, Mapping) else None
    if not isinstance(named, str):
        return text
    at, (*between, end) = 0, NAME.split(named)
    for number, piece in enumerate(between):
        start = text.find(piece, at)
        if start < 0 or (number == 0 and start):
            return text
        at = start + len(piece)
    same = text.endswith(end) and at + len(end) <= len(text) if between else text == named
    return named if same else text


def _lines(word: str, text: str, intake: Found) -> list[Value]:
    return [
        Value(line, Place(intake.file, part="sections", cell=f"{word} 第 {number} 段"))
        for number, line in enumerate(text.split("\n"), 1)
    ]


def _decisions(document: Mapping[str, Any], intake: Found) -> dict[str, Decision]:
    """Decisions on findings, by fingerprint; the format has no such key, and what is none is ignored."""
    stated = document.get("decisions")
    decisions = {}
    for fingerprint, decision in stated.items() if isinstance(stated, Mapping) else ():
        if not FINGERPRINT.fullmatch(fingerprint) or not isinstance(decision, Mapping):
            continue
        words = [decision.get(key, "") for key in ("who", "why", "when", "finding")]
        if all(isinstance(word, str) for word in words):
            decisions[fingerprint] = Decision(*words)
        else:
            place = _place(intake.file, "decisions", cell=fingerprint)
            intake.say(rule("wrong-type"), f"对“{fingerprint}”的核实不全是文字", "请写成字符串", place)
    return decisions


def _mapping(content: object, place: Place, intake: Found) -> dict[str, Any]:
    if isinstance(content, Mapping):
        return dict(content)
    intake.say(rule("wrong-type"), "不是对象 {…}", "请照交换格式书写", place)
    return {}


def _place(file: str, part: str, *, cell: str = "", row: str = "", column: str = "") -> Place:
    """A place that a label of the file itself names: whatever that label holds."""
    return Place(file, part=part, cell=quote(cell), row=row, column=quote(column))


def _unknown(label: str, known: Iterable[str], place: Place, intake: Found) -> None:
    near = suggestion(quote(label), known) if len(intake.problems) < MOST_SOUGHT else ""
    mend = f"是否应为“{near}”" if near else "请对照规定格式的行、列标签"
    intake.say(rule("unknown-label"), f"格式中没有“{quote(label)}”，这里的数没有读入", mend, place)


def _unreadable(file: str, what: str) -> Unreadable:
    mend = "请用 nianbao export 的输出，或照交换格式书写"
    return rule("unreadable").refusal(file, what, mend)

"""The texts of a published report: paragraphs of the written sections, signature, and what has no place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.report.catalogue import rule
from nianbao.report.problem import quote
from nianbao.report.published import elements, particulars
from nianbao.report.published.boilerplate import is_furniture
from nianbao.report.published.document import Grid, Line, lines
from nianbao.report.published.form_table import FormTable
from nianbao.report.published.label_matching import NUMBERED, bare, likeness
from nianbao.report.published.particulars import Ending, Title
from nianbao.report.published.readings import Readings
from nianbao.report.published.sections import Chapter
from nianbao.report.raw_report import Value
from nianbao.report.report import PREFACE

Texts = dict[str, list[Value]]


def read(
    before: Sequence[Line | Grid],
    title: Title | None,
    chapters: Sequence[Chapter],
    forms: Mapping[str, FormTable],
    readings: Readings,
) -> tuple[Texts, Texts, dict[str, Value]]:
    """The written sections' paragraphs, the texts where the form has none, and particulars around them."""
    preface, around = elements.addressees(_preface(before, title, chapters))
    paragraphs: Texts = {PREFACE: _values(preface)}
    unplaced: Texts = {}
    last = next((chapter for chapter in reversed(chapters) if chapter.heading is not None), None)
    for chapter in chapters:
        texts = [line for line in lines(chapter.blocks) if not is_furniture(line.text)]
        if chapter.rest and chapter.heading is not None:
            texts.insert(0, Line(chapter.rest, chapter.heading.place))
        if chapter is last:
            texts, imprint = elements.imprint(texts)
            end = particulars.ending(texts)
            texts = list(end.body)
            after, note = elements.contact_note(end.after)
            around |= _signature(end) | imprint | note
            if after:
                unplaced["文末"] = _values(after)
                what = f"成文日期之后还有 {len(after)} 段文字，没有读入：“{quote(after[0].text)}”"
                place = after[0].place
                readings.say(rule("after-the-end"), what, "需要的话请移入第六部分", place)
        section = chapter.section
        texts = [line for line in texts if bare(line.text) != section.placeholder]
        if not section.table:
            paragraphs[section.key] = _values(texts)
            continue
        # a line that names the table again is no text, nor what a page's end leaves of a label
        cut = [line for line in _amid(chapter.blocks) if forms[section.key].is_cut(line.text)]
        texts = [
            line for line in texts if likeness(line.text, section.heading) < NUMBERED and line not in cut
        ]
        if values := _values(texts) + readings.notes.get(section.key, []):
            unplaced[section.number] = values
            quoted = f"这里的文字没有读入：“{quote(str(values[0].raw))}”"
            what, mend = f"格式中“{section.number}”没有文字部分，{quoted}", "需要的话请移入文字部分"
            readings.say(rule("no-place"), what, mend, *(value.place for value in values))
    return paragraphs, unplaced, around


def _amid(blocks: Sequence[Line | Grid]) -> list[Line]:
    """The lines between the pieces of a table."""
    pieces = [at for at, block in enumerate(blocks) if isinstance(block, Grid)]
    return lines(blocks[pieces[0] : pieces[-1]]) if pieces else []


def _values(texts: Sequence[Line]) -> list[Value]:
    return [Value(line.text, line.place) for line in texts]


def _preface(before: Sequence[Line | Grid], title: Title | None, chapters: Sequence[Chapter]) -> list[Line]:
    if all(chapter.heading is None for chapter in chapters):
        return []
    texts = lines(before)
    if title is not None:
        texts = texts[texts.index(title.lines[-1]) + 1 :]
    return [line for line in texts if not is_furniture(line.text)]


def _signature(end: Ending) -> dict[str, Value]:
    signed = {"issued_by": end.issued_by, "date_line": end.date_line}
    return {key: Value(line.text, line.place) for key, line in signed.items() if line is not None}

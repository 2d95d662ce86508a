"""From the lines and tables of a published report to what was entered in the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from nianbao.mandate import Mandate, editions, for_year, load
from nianbao.report.problem import Place, ProblemsFound, Severity, quote
from nianbao.report.published import charts, contact, label_differences, particulars, sections, tables
from nianbao.report.published.boilerplate import is_furniture
from nianbao.report.published.document import Grid, Line, Published
from nianbao.report.published.form_table import Printed
from nianbao.report.published.label_matching import NUMBERED, bare, letters, likeness
from nianbao.report.published.particulars import Ending, Title
from nianbao.report.published.readings import Readings
from nianbao.report.published.sections import Chapter
from nianbao.report.raw_report import RawReport, Value, read_year
from nianbao.report.report import PREFACE

_EDGE = " \t\r\n\u00a0\u3000\u200b\ufeff"
_FAR = 9  # blanks in front of a line, by which clerks set it to the right; a full-width one counts twice


def enter(published: Published, *, organ: str = "", year: int | None = None) -> RawReport:
    """Take the values out of a published report; what cannot be read is among the problems.

    `organ` and `year` are for a document that does not name them. Without a year the form is the
    edition that the document's tables agree with most.
    """
    blocks = charts.without(tuple(_clean(published.blocks)))
    problems = list(published.problems)
    before, chapters = sections.cut(_newest(), blocks)
    title = particulars.find_title([block for block in before if isinstance(block, Line)])
    words = _particulars(published, title, before, organ, year)
    mandate = _mandate(words["year"], blocks)
    before, chapters = sections.cut(mandate, blocks)

    readings = Readings(problems=problems)
    forms = {key: Printed(table) for key, table in mandate.tables.items()}
    pieces = _assigned(blocks, chapters, forms, readings)
    for key, grids in pieces.items():
        tables.read(forms[key], mandate, grids, readings)

    paragraphs, unplaced = _texts(before, title, chapters, words, readings)
    _headings(chapters, published.file, readings)
    words |= contact.find(
        line
        for line in (*before, *(b for c in chapters if not c.section.table for b in c.blocks))
        if isinstance(line, Line)
    )
    return RawReport(
        file=published.file,
        particulars=words,
        figures=readings.figures,
        paragraphs=paragraphs,
        places=_places(published.file, chapters, pieces),
        unreadable={key: place for key, place in readings.unreadable.items() if key not in readings.figures},
        problems=problems,
        unplaced=unplaced,
        published=True,
    )


def _newest() -> Mandate:
    return load(max(editions()))


def _clean(blocks: Iterable[Line | Grid]) -> Iterable[Line | Grid]:
    """The blocks without empty lines and without the spaces around a text; a cell alone is its lines."""
    for block in blocks:
        if isinstance(block, Line):
            if text := block.text.strip(_EDGE):
                yield replace(block, text=text, right=block.right or _is_far(block.text))
        elif len(block.cells) == 1:
            cell = block.cells[0]
            for line in cell.text.splitlines():
                if text := line.strip(_EDGE):
                    yield Line(text, cell.place)
        elif block.cells:
            yield block


def _is_far(line: str) -> bool:
    blank = line[: len(line) - len(line.lstrip())]
    return sum(2 if sign == "\u3000" else 1 for sign in blank) >= _FAR


def _particulars(
    published: Published,
    title: Title | None,
    before: Sequence[Line | Grid],
    organ: str,
    year: int | None,
) -> dict[str, Value]:
    """Title, organ and year, as given or as the document names them."""
    nowhere = Place(published.file)
    place = title.lines[0].place if title and title.lines else nowhere
    outside = particulars.named(published.title)
    titles = [one for one in (title, outside) if one is not None]
    named = organ or published.organ or next((one.organ for one in titles if one.organ), "")
    stated = str(year) if year is not None else next((one.year for one in titles if one.year), "")
    text = title.text if title else outside.text if outside else ""
    return {
        "organ": Value(named or None, nowhere if organ else place),
        "year": Value(stated or None, nowhere if year is not None else place),
        "title": Value(text, place),
    }


def _mandate(year: Value, blocks: Sequence[Line | Grid]) -> Mandate:
    """The form of the year; without one, the form that the tables agree with most."""
    try:
        return for_year(read_year(year))
    except ProblemsFound:
        grids = [block for block in blocks if isinstance(block, Grid)]
        return max(map(load, editions()), key=lambda one: (_agreeing(grids, one), one.edition.first_year))


def _agreeing(grids: Sequence[Grid], mandate: Mandate) -> int:
    wanted = {letters(cell.text) for table in mandate.tables.values() for cell in table.cells if cell.text}
    return len({letters(cell.text) for grid in grids for cell in grid.cells} & wanted)


def _assigned(
    blocks: Sequence[Line | Grid],
    chapters: Sequence[Chapter],
    forms: Mapping[str, Printed],
    readings: Readings,
) -> dict[str, list[Grid]]:
    """The pieces of each statutory table: by their labels, or, without, by where they stand."""
    inside = {
        id(block): chapter.section
        for chapter in chapters
        for block in chapter.blocks
        if isinstance(block, Grid)
    }
    headings = {id(chapter.heading) for chapter in chapters}
    pieces: dict[str, list[Grid]] = {}
    last, adjacent, closed = "", False, set[str]()
    for block in blocks:
        if isinstance(block, Line):
            adjacent = adjacent and id(block) not in headings
            continue
        key = tables.belongs(block, list(forms.values()))
        section = inside.get(id(block))
        if not key and adjacent and last and _numbers(block):
            key = last
        if not key and section is not None and section.table and _numbers(block):
            key = section.key
        if key and key in closed:
            what = "同一张表出现了两次，后一张没有读入"
            readings.say("table-twice", Severity.WARNING, what, "请核对两张表是否一致", block.place)
            continue
        if not key:
            if section is not None:
                what = "这张表不是规定的表格，没有读入"
                readings.say(
                    "table-unknown", Severity.WARNING, what, "请核对；规定的表格应照格式列出", block.place
                )
            continue
        if last and last != key:
            closed.add(last)
        pieces.setdefault(key, []).append(block)
        last, adjacent = key, True
    return pieces


def _numbers(grid: Grid) -> bool:
    """Whether a grid has figures: a piece of a table without any label of its own."""
    return any(re.search("[0-9０-９]", cell.text) for cell in grid.cells)


def _texts(
    before: Sequence[Line | Grid],
    title: Title | None,
    chapters: Sequence[Chapter],
    words: dict[str, Value],
    readings: Readings,
) -> tuple[dict[str, list[Value]], dict[str, list[Value]]]:
    """The written sections' paragraphs, and texts where the form has none; the signature goes to `words`."""
    paragraphs: dict[str, list[Value]] = {PREFACE: _preface(before, title, chapters)}
    unplaced: dict[str, list[Value]] = {}
    last = next((one for one in reversed(chapters) if one.heading is not None), None)
    for chapter in chapters:
        lines = [block for block in chapter.blocks if isinstance(block, Line)]
        lines = [line for line in lines if not is_furniture(line.text)]
        if chapter.rest and chapter.heading is not None:
            lines.insert(0, Line(chapter.rest, chapter.heading.place))
        if chapter is last:
            end = particulars.ending(lines)
            _signed(end, words, unplaced, readings)
            lines = list(end.body)
        values = [Value(line.text, line.place) for line in lines]
        values = [one for one in values if bare(str(one.raw)) != chapter.section.placeholder]
        if not chapter.section.table:
            paragraphs[chapter.section.key] = values
            continue
        values = [one for one in values if not _is_name(str(one.raw), chapter)]
        values += readings.notes.get(chapter.section.key, [])
        if values:
            unplaced[chapter.section.number] = values
            said = f"这里的文字没有读入：“{quote(str(values[0].raw))}”"
            what, mend = f"格式中“{chapter.section.number}”没有文字部分，{said}", "需要的话请移入文字部分"
            readings.say("no-place", Severity.WARNING, what, mend, *(value.place for value in values))
    return paragraphs, unplaced


def _is_name(text: str, chapter: Chapter) -> bool:
    """Whether a line in a section with a table only names the table again."""
    return likeness(text, chapter.section.heading) >= NUMBERED


def _preface(before: Sequence[Line | Grid], title: Title | None, chapters: Sequence[Chapter]) -> list[Value]:
    if all(chapter.heading is None for chapter in chapters):
        return []
    lines = [block for block in before if isinstance(block, Line)]
    if title is not None:
        lines = lines[lines.index(title.lines[-1]) + 1 :]
    return [Value(line.text, line.place) for line in lines if not is_furniture(line.text)]


def _signed(
    end: Ending, words: dict[str, Value], unplaced: dict[str, list[Value]], readings: Readings
) -> None:
    if end.issued_by is not None:
        words["issued_by"] = Value(end.issued_by.text, end.issued_by.place)
    if end.date_line is not None:
        words["date_line"] = Value(end.date_line.text, end.date_line.place)
    if end.after:
        unplaced["文末"] = [Value(line.text, line.place) for line in end.after]
        what = f"成文日期之后还有 {len(end.after)} 段文字，没有读入：“{quote(end.after[0].text)}”"
        readings.say("after-the-end", Severity.NOTICE, what, "需要的话请移入第六部分", end.after[0].place)


def _headings(chapters: Sequence[Chapter], file: str, readings: Readings) -> None:
    """Headings that are missing, or worded otherwise than the form prescribes."""
    if all(chapter.heading is None for chapter in chapters):
        what = "没有找到规定的六个标题，读不出各部分"
        readings.say("heading-missing", Severity.ERROR, what, "请核对是不是年度报告", Place(file))
        return
    for chapter in chapters:
        wanted, line = chapter.section.heading, chapter.heading
        if line is None:
            what = f"没有标题“{wanted}”，或者次序不对"
            readings.say(
                "heading-missing", Severity.ERROR, what, "请补上规定的标题", Place(file, part=wanted)
            )
        elif not chapter.rest:
            label_differences.heading(line.text, wanted, line.place, readings)


def _places(file: str, chapters: Sequence[Chapter], pieces: Mapping[str, Sequence[Grid]]) -> dict[str, Place]:
    places = {one.section.key: one.heading.place for one in chapters if one.heading is not None}
    return (
        {one.section.key: Place(file, part=one.section.heading) for one in chapters}
        | places
        | {key: grids[0].place for key, grids in pieces.items()}
    )

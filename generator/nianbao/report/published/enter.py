"""From the lines and tables of a published report to what was entered in the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from nianbao.mandate import Mandate, Table, editions, for_year, load
from nianbao.report.catalogue import rule
from nianbao.report.invisible import EDGE
from nianbao.report.left_out import tell
from nianbao.report.problem import Place, ProblemsFound
from nianbao.report.published import (
    charts,
    contact,
    elements,
    label_differences,
    other_reports,
    particulars,
    sections,
    tables,
    texts,
)
from nianbao.report.published.document import Grid, Line, Published, lines
from nianbao.report.published.form_table import FormTable
from nianbao.report.published.label_matching import letters
from nianbao.report.published.particulars import Title
from nianbao.report.published.readings import Readings
from nianbao.report.published.sections import Chapter
from nianbao.report.raw_report import RawReport, Value, read_year, supply
from nianbao.report.regex import regex

DOUBTFUL = 4  # rows of a table that rules do not give, or half, from which on it is read without them
_DIGIT = regex("[0-9０-９]")
_FAR = 9  # blanks in front of a line, by which clerks set it to the right; a full-width one counts twice


def enter(published: Published, given: Mapping[str, str] = MappingProxyType({})) -> RawReport:
    """Take the values out of a published report; what cannot be read is among the problems.

    `given` are organ, year and reporter for a document that does not name them. Without a year the
    form is the edition that the document's tables agree with most. Where the rules of a PDF give little
    of a statutory table, it is read without them too, and the reading with more figures is taken.
    """
    entered = _enter(published, given)
    if published.rearrange is None:
        return entered
    forms = _form(entered.figures).tables.values()
    trusted = {form.key for form in forms if not _is_doubtful(form, entered.figures)}
    if len(trusted) == len(forms):
        return entered
    anew = _enter(replace(published, blocks=published.rearrange(trusted)), given)
    return anew if len(anew.figures) > len(entered.figures) else entered


def _form(figures: Mapping[str, Value]) -> Mandate:
    """The edition that has most of these figures."""
    forms = map(load, editions())
    return max(forms, key=lambda form: (len(form.slots.keys() & figures.keys()), form.edition.first_year))


def _is_doubtful(table: Table, figures: Mapping[str, Value]) -> bool:
    """Whether so many rows of a table have no figure that its rules may be none: shading makes boxes too."""
    rows = {slot.row_key for slot in table.slots}
    missing = len(rows - {slot.row_key for slot in table.slots if slot.key in figures})
    return missing >= DOUBTFUL or missing * 2 >= len(rows)


def _enter(published: Published, given: Mapping[str, str]) -> RawReport:
    blocks = charts.without(tuple(_clean(published.blocks)))
    newest = load(max(editions()))
    before, chapters = sections.cut(newest, blocks)
    title = particulars.find_title(lines(before))
    readings = Readings(problems=list(published.problems))
    words = supply(_particulars(published, title), given, readings.problems)
    mandate = _mandate(words["year"], blocks)
    if mandate is not newest:
        before, chapters = sections.cut(mandate, blocks)
    if others := other_reports.told(mandate, before, blocks[len(before) :]):
        readings.problems += others
        begun = title.lines[0] if title and title.lines else None
        before = before[before.index(begun) if begun in before else len(before) :]

    forms = {key: FormTable(table) for key, table in mandate.tables.items()}
    pieces = _assign(before, chapters, forms, readings)
    for key, grids in pieces.items():
        tables.read(forms[key], mandate, grids, readings)
    readings.problems += tell(readings.left_out)
    paragraphs, unplaced, around = texts.read(before, title, chapters, forms, readings)
    _compare_headings(chapters, published.file, readings)
    written = [block for chapter in chapters if not chapter.section.table for block in chapter.blocks]
    return RawReport(
        file=published.file,
        particulars=words | around | contact.find(lines((*before, *written))),
        figures=readings.figures,
        paragraphs=paragraphs,
        places=_places(published.file, chapters, pieces),
        unreadable={key: place for key, place in readings.unreadable.items() if key not in readings.figures},
        problems=readings.problems,
        unplaced=unplaced,
        published=True,
    )


def _clean(blocks: Iterable[Line | Grid]) -> Iterable[Line | Grid]:
    """The blocks without empty lines and the spaces around a text; a cell alone, and 版记, is its lines."""
    for block in blocks:
        if isinstance(block, Line):
            if text := block.text.strip(EDGE):
                yield replace(block, text=text, right=block.right or _is_far(block.text))
        elif len(block.cells) == 1 or elements.is_imprint(block):
            for cell in block.cells:
                for line in cell.text.splitlines():
                    if text := line.strip(EDGE):
                        yield Line(text, cell.place)
        elif block.cells:
            yield block


def _is_far(line: str) -> bool:
    blank = line[: len(line) - len(line.lstrip())]
    return sum(2 if sign == "\u3000" else 1 for sign in blank) >= _FAR


def _particulars(published: Published, title: Title | None) -> dict[str, Value]:
    """Title, organ and year as the document names them."""
    place = title.lines[0].place if title and title.lines else Place(published.file)
    titles = [known for known in (title, particulars.named(published.title)) if known is not None]
    name = published.organ or next((known.organ for known in titles if known.organ), "")
    year = next((known.year for known in titles if known.year), "")
    return {
        "organ": Value(name or None, place),
        "year": Value(year or None, place),
        "title": Value(titles[0].text if titles else "", place),
    }


def _mandate(year: Value, blocks: Sequence[Line | Grid]) -> Mandate:
    """The form of the year; without one, the form that the tables agree with most."""
    try:
        return for_year(read_year(year))
    except ProblemsFound:
        grids = [block for block in blocks if isinstance(block, Grid)]
        printed = {letters(cell.text) for grid in grids for cell in grid.cells}
        return max(
            map(load, editions()), key=lambda form: (_agreeing(printed, form), form.edition.first_year)
        )


def _agreeing(printed: set[str], form: Mandate) -> int:
    return len(
        printed & {letters(cell.text) for table in form.tables.values() for cell in table.cells if cell.text}
    )


def _assign(
    before: Sequence[Line | Grid],
    chapters: Sequence[Chapter],
    forms: Mapping[str, FormTable],
    readings: Readings,
) -> dict[str, list[Grid]]:
    """The pieces of each statutory table: by their labels, or, without, by where they stand."""
    pieces: dict[str, list[Grid]] = {}
    last = ""
    for section, blocks in ((None, before), *((chapter.section, chapter.blocks) for chapter in chapters)):
        own = section.key if section is not None and section.table else ""
        for grid in (block for block in blocks if isinstance(block, Grid)):
            key = tables.belongs((cell.text for cell in grid.cells), list(forms.values()))
            if not key and any(_DIGIT.search(cell.text) for cell in grid.cells):
                key = own  # a piece of a table without any label of its own
            if key in pieces and key != last:
                what = "同一张表出现了两次，后一张没有读入"
                readings.say(rule("table-twice"), what, "请核对两张表是否一致", grid.place)
            elif key:
                pieces.setdefault(key, []).append(grid)
                last = own = key
            elif section is not None:
                what, mend = "这张表不是规定的表格，没有读入", "请核对；规定的表格应照格式列出"
                readings.say(rule("table-unknown"), what, mend, grid.place)
    return pieces


def _compare_headings(chapters: Sequence[Chapter], file: str, readings: Readings) -> None:
    """Tell which headings are missing, or worded otherwise than the form prescribes."""
    if all(chapter.heading is None for chapter in chapters):
        what = "没有找到规定的六个标题，读不出各部分"
        readings.say(rule("heading-missing"), what, "请核对是不是年度报告", Place(file))
        return
    for chapter in chapters:
        wanted, line = chapter.section.heading, chapter.heading
        if line is None:
            what, place = f"没有标题“{wanted}”，或者次序不对", Place(file, part=wanted)
            readings.say(rule("heading-missing"), what, "请补上规定的标题", place)
        elif not chapter.rest:
            label_differences.heading(line.text, wanted, line.place, readings)


def _places(file: str, chapters: Sequence[Chapter], pieces: Mapping[str, Sequence[Grid]]) -> dict[str, Place]:
    """Where each section stands, by its heading; of a statutory table, where its first piece does."""
    places = {
        chapter.section.key: chapter.heading.place
        if chapter.heading is not None
        else Place(file, part=chapter.section.heading)
        for chapter in chapters
    }
    return places | {key: grids[0].place for key, grids in pieces.items()}

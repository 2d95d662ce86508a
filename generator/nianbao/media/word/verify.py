"""After merging: every figure, label and paragraph must be found in the document."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from nianbao.mandate import Cell, Role, Slot, Table
from nianbao.media.ooxml import Element
from nianbao.media.word import elements
from nianbao.media.word.context import WORDS
from nianbao.media.word.outline import Chapter, Grid, Line, bare, chapters, outline
from nianbao.media.word.oxml import qn
from nianbao.report import PREFACE, PREFACE_NAME, Place, Problem, ProblemsFound, Report, rule

_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")
MEND = "请检查模板：运行 nianbao template check"


def prove(document: Element, report: Report, template: str) -> None:
    """Raise ProblemsFound, naming each figure, label and paragraph that was lost."""
    body = document.find(qn("body"))
    outlined = outline(body) if body is not None else []
    problems = list(_paragraphs(outlined, report, template))
    for chapter in chapters(report.mandate, outlined):
        if chapter.heading is None:
            what = f"合并后的文件中没有标题“{chapter.section.heading}”，或者次序不对"
            place = Place(template, part="正文")
            problems.append(rule("lost-heading").broken(what, MEND, (place,)))
        elif chapter.section.table:
            problems += _table(chapter, report, template)
    if problems:
        raise ProblemsFound(problems)


def prove_elements(parts: Iterable[bytes], report: Report, template: str) -> None:
    """Raise ProblemsFound, naming each element of GB/T 9704 that is filled in and in none of the parts."""
    wanted = {key: text for key, text in elements.printed(report).items() if text.strip()}
    if not wanted:
        return
    printed = html.unescape(b"".join(text for part in parts for text in _TEXT.findall(part)).decode())
    lost = [
        rule("lost-paragraph").broken(
            f"合并后的文件中没有“{WORDS[key]}”：{words[:30]}",
            f"请在模板中加入 {{{{p {key} }}}}，或运行 nianbao template build 另建模板；不印的请清空这一格",
            (Place(template, part="正文"), *_typed(key, report)),
        )
        for key, text in wanted.items()
        for words in text.split("\t")
        if _one_line(words) not in printed
    ]
    if lost:
        raise ProblemsFound(lost)


def _typed(key: str, report: Report) -> list[Place]:
    """Where an element was filled in."""
    keys = elements.TYPED.get(key, (key,))
    return [report.places[typed] for typed in keys if report.elements.get(typed) and typed in report.places]


def _table(chapter: Chapter, report: Report, template: str) -> Iterator[Problem]:
    table: Table = report.mandate.tables[chapter.section.key]
    slots = {slot.key: slot for slot in table.slots}
    grid = next((block for block in chapter.content if isinstance(block, Grid)), None)
    printed = {cell.geometry: cell.text for cell in grid.cells} if grid else {}
    for cell in table.cells:
        text = printed.get((cell.row, cell.column, cell.rowspan, cell.colspan))
        wanted = report.figures[cell.key].printed if cell.role is Role.FIGURE else cell.text
        if text == wanted:
            continue
        if cell.role is Role.FIGURE:
            if text is None or _one_line(text) != _one_line(wanted):
                yield _lost_figure(slots[cell.key], wanted, text or "", template)
        elif text is None or bare(text) != bare(wanted):
            yield _lost_label(chapter, cell, text or "", template)


def _lost_figure(slot: Slot, wanted: str, printed: str, template: str) -> Problem:
    place = Place(template, part=slot.section, row=slot.row, column=slot.column)
    what = f"合并后的文件中，{slot.label} 应为“{wanted}”，实为“{printed}”"
    return rule("lost-figure").broken(what, MEND, (place,))


def _lost_label(chapter: Chapter, cell: Cell, printed: str, template: str) -> Problem:
    spot = f"第 {cell.row + 1} 行第 {cell.column + 1} 列"
    what = f"合并后的文件中，这一格应为“{cell.text}”，实为“{printed}”"
    place = Place(template, part=chapter.section.heading, cell=spot)
    return rule("lost-label").broken(what, MEND, (place,))


def _paragraphs(outlined: list[Line | Grid], report: Report, template: str) -> Iterator[Problem]:
    """Paragraphs are looked for in order: title, preface, sections, 署名, 成文日期."""
    lines = (_one_line(block.text) for block in outlined if isinstance(block, Line))
    wanted = [("标题", report.title)]
    wanted += [(PREFACE_NAME, paragraph.text) for paragraph in report.narratives[PREFACE]]
    for section in report.mandate.narratives:
        wanted += [(section.heading, paragraph.text) for paragraph in report.narratives[section.key]]
    wanted += [
        (name, word) for name, word in (("署名", report.issued_by), ("成文日期", report.printed_date)) if word
    ]
    for name, words in wanted:
        if not any(line == _one_line(words) for line in lines):
            what = f"合并后的文件中没有“{name}”的这一段，或者次序不对：{words[:30]}"
            yield rule("lost-paragraph").broken(what, MEND, (Place(template, part=name),))
            return  # the search has come to the end: what follows cannot be judged


def _one_line(text: str) -> str:
    """Text without the breaks that the clerk or the title's layout put into it."""
    return text.replace("\r", "").replace("\n", "").strip()

"""Prove of any template: every tag known, every mandated heading and cell there, unaltered."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from nianbao.mandate import Cell, Mandate, Role, Section
from nianbao.media.ooxml import Element, parse
from nianbao.media.word import language, sample_reports
from nianbao.media.word.context import schema
from nianbao.media.word.merge import Template, merge
from nianbao.media.word.outline import Chapter, Grid, GridCell, Line, bare, chapters, outline, spots
from nianbao.media.word.oxml import qn
from nianbao.media.word.tags import Finding, names
from nianbao.media.word.template import figure_tag
from nianbao.report import PREFACE, Place, Problem, ProblemsFound, rule

MEND_FORM = "规定格式的文字不能改动，请照此恢复"
MEND_TRIAL = "请对照 nianbao template build 建的模板改正"
WORDS = ("title", "issued_by", "date_line")  # what every template must print, besides the narratives


def examine(template: Template, mandate: Mandate) -> tuple[Problem, ...]:
    """Everything that keeps a template from printing this edition of the form.

    What it is refused for stands alone: it may be why there is more. Raises Unreadable for a document
    without a body.
    """
    if template.refused:
        return template.refused
    body = parse(template.parts[language.DOCUMENT]).find(qn("body"))
    if body is None:
        what, mend = "Word 文件没有正文", "请换用完好的模板，或运行 nianbao template build 另建"
        raise rule("damaged").refusal(template.file, what, mend)
    problems = (*_tags(template, mandate, body), *_form(template, mandate, body))
    return problems or tuple(_trial(template, mandate))


def _tags(template: Template, mandate: Mandate, body: Element) -> Iterator[Problem]:
    tree = schema(mandate)
    used: set[str] = set()
    misread = False
    for name, part in template.merged.items():
        kind = template.kinds[name]
        marked = language.source(kind, part, marked=True)
        known = spots(body) if name == language.DOCUMENT else []
        for finding in names(marked, tree, used if kind != language.PROPERTIES else set()):
            misread |= finding.rule.code == "template-syntax"
            number = language.paragraph_number(marked, finding.line)
            spot = known[number - 1] if 0 < number <= len(known) else ""
            place = Place(template.file, part=kind, cell=spot)
            yield finding.rule.broken(finding.what, _mend(finding), (place,))
    for key in (PREFACE, *(section.key for section in mandate.narratives), *WORDS):
        if key not in used and not misread:  # of what cannot be read nobody knows what it would print
            tag = figure_tag(key) if key in WORDS else f"{{%p for paragraph in {key} %}} … {{%p endfor %}}"
            place = Place(template.file, part=language.KINDS["main"])
            yield rule("tag-missing").broken(f"模板没有印出 {key}", f"请加入 {tag}", (place,))


def _mend(finding: Finding) -> str:
    near = f"是否想写 {finding.nearest}？" if finding.nearest else ""
    return finding.mend or f"{near}全部标签见 nianbao template fields"


def _form(template: Template, mandate: Mandate, body: Element) -> Iterator[Problem]:
    outlined = outline(body)
    for chapter in chapters(mandate, outlined):
        if chapter.heading is None:
            yield _no_heading(template, chapter.section, outlined)
        elif chapter.section.table:
            yield from _table(template, mandate, chapter)


def _no_heading(template: Template, section: Section, outlined: list[Line | Grid]) -> Problem:
    lines = [line for line in outlined if isinstance(line, Line)]
    same = [line for line in lines if bare(line.text) == section.heading]
    if same:
        what = f"标题“{section.heading}”的次序不对"
        place = Place(template.file, part="正文", cell=f"第 {same[0].number} 段")
        return rule("heading-order").broken(what, MEND_FORM, (place,))
    near = difflib.get_close_matches(section.heading, [bare(line.text) for line in lines], n=1, cutoff=0.6)
    what, place = f"没有标题“{section.heading}”", Place(template.file, part="正文")
    if near:
        line = next(line for line in lines if bare(line.text) == near[0])
        what += f"，这里写的是“{near[0]}”"
        place = Place(template.file, part="正文", cell=f"第 {line.number} 段")
    return rule("heading-missing").broken(what, MEND_FORM, (place,))


def _table(template: Template, mandate: Mandate, chapter: Chapter) -> Iterator[Problem]:
    heading = chapter.section.heading
    grids = [block for block in chapter.content if isinstance(block, Grid)]
    if not grids:
        what = f"“{heading}”之后没有表格"
        mend = "请从 nianbao template build 建的模板中复制这张表"
        yield rule("table-missing").broken(what, mend, (Place(template.file, part=heading),))
        return
    [grid, *_] = grids
    printed = {(cell.row, cell.column): cell for cell in grid.cells}
    table = mandate.tables[chapter.section.key]
    slots = {slot.key: slot for slot in table.slots}
    for cell in table.cells:
        tagged = printed.pop((cell.row, cell.column), None)
        place = Place(template.file, part=heading, cell=grid.spot(cell.row, cell.column))
        label = slots[cell.key].label if cell.key else cell.text
        yield from _cell(cell, tagged, label, place)
    for extra in printed.values():
        place = Place(template.file, part=heading, cell=grid.spot(extra.row, extra.column))
        what, mend = f"规定格式中没有这一格“{extra.text[:20]}”", "请删去多出的行、列或格"
        yield rule("cell-extra").broken(what, mend, (place,))


def _cell(cell: Cell, tagged: GridCell | None, label: str, place: Place) -> Iterator[Problem]:
    if tagged is None:
        what = f"这里应有一格“{label}”，没有找到"
        yield rule("cell-missing").broken(what, MEND_FORM, (place,))
        return
    if (tagged.rowspan, tagged.colspan) != (cell.rowspan, cell.colspan):
        wanted = f"应占 {cell.rowspan} 行 {cell.colspan} 列"
        what = f"“{label}”{wanted}，现占 {tagged.rowspan} 行 {tagged.colspan} 列"
        yield rule("cell-merge").broken(what, "请照规定格式合并单元格", (place,))
    if cell.role is Role.FIGURE:
        if bare(tagged.text) != bare(figure_tag(cell.key)):
            what = f"{label} 这一格应是 {figure_tag(cell.key)}，现为“{tagged.text[:60]}”"
            yield rule("figure-tag").broken(what, f"请写 {figure_tag(cell.key)}", (place,))
    elif bare(tagged.text) != bare(cell.text):
        what = f"这一格应是“{cell.text}”，现为“{tagged.text[:60]}”"
        yield rule("label-altered").broken(what, MEND_FORM, (place,))


def _trial(template: Template, mandate: Mandate) -> Iterator[Problem]:
    """Merge reports made up for it: what tags alone cannot tell, such as a condition never true."""
    for report in (sample_reports.full(mandate), sample_reports.bare(mandate)):
        try:
            merge(template, report, draft=True)
        except ProblemsFound as caught:
            yield from (replace(problem, mend=MEND_TRIAL) for problem in caught.problems)
            return

"""`check --fix`: a copy of the workbook in which everything is changed that is certain by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from nianbao.app import decisions, files, reading
from nianbao.app.outcome import Usage
from nianbao.app.workbench import Inspected, filled_workbook
from nianbao.media import form
from nianbao.media.form import Values
from nianbao.report import assemble
from nianbao.report.figure import typed
from nianbao.report.mending import Edit
from nianbao.report.problem import SEPARATOR, quote
from nianbao.report.targets import Area

MOST_ROUNDS = 5  # what one edit has laid bare is mended in the next round


def asked(sources: Sequence[Path], target: Path) -> Path:
    """The one workbook that is to be corrected; raise Usage for anything else."""
    if len(sources) != 1 or {path.suffix.lower() for path in (*sources, target)} != {".xlsx"}:
        raise Usage("--fix 一次改正一份工作簿（.xlsx），写成另一份 .xlsx")
    return sources[0]


def fix(source: Path, target: Path, *, force: bool) -> list[str]:
    """Write a copy in which only the cells of corrections are changed; what was changed, a line for each.

    What has to be looked at one by one, as a number that the tables contradict, stays. Raises as reading and
    files.put do.
    """
    content = files.read(source)
    report = reading.read_content(content, source.name, nameless=True)
    values = form.of(report)
    kept = decisions.carried(report.decisions, report, assemble(form.enter(values, "")))
    values, told = replace(values, decisions=kept), list[str]()
    for _ in range(MOST_ROUNDS):
        inspected = Inspected(values)
        sure = [finding for finding in inspected.findings if not any(edit.alone for edit in finding.edits)]
        edits = together(finding.edits for finding in sure if finding.decision is None)
        if not edits:
            break
        told += [f"{source.name} › {_where(edit, inspected)}：{_changed(edit)}。" for edit in edits]
        values = mended(values, edits)
    files.put({target: filled_workbook(values, content, source.name)}, force=force)
    return told


def together(findings: Iterable[Sequence[Edit]]) -> list[Edit]:
    """The edits of several findings; those of a finding that meets an earlier one are left out."""
    taken: dict[Edit, None] = {}
    for edits in findings:
        if not any(edit != other and _meet(edit, other) for edit in edits for other in taken):
            taken |= dict.fromkeys(edits)
    return list(taken)


def mended(values: Values, edits: Iterable[Edit]) -> Values:
    """The boxes after some edits, none of which meets another one."""
    boxes: dict[Area, dict[str, str]] = {
        Area.PARAGRAPH: dict(values.texts),
        Area.PARTICULAR: {},
        Area.FIGURE: {},
    }
    for edit in sorted(edits, key=lambda edit: (edit.target.number, edit.start), reverse=True):
        key, texts = edit.target.key, boxes[edit.target.area]
        texts[key] = _in_paragraph(texts[key], edit) if edit.target.number else edit.becomes
    numbers = {key: number for key, text in boxes[Area.FIGURE].items() if (number := typed(text)) is not None}
    return replace(
        values,
        particulars={**values.particulars, **boxes[Area.PARTICULAR]},
        figures={**values.figures, **numbers},
        texts=boxes[Area.PARAGRAPH],
    )


def _in_paragraph(text: str, edit: Edit) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    line = lines[edit.target.number - 1]
    lines[edit.target.number - 1] = f"{line[: edit.start]}{edit.becomes}{line[edit.end :]}"
    return "\n".join(line for line in lines if line.strip())


def _meet(one: Edit, other: Edit) -> bool:
    return one.target == other.target and one.start <= other.end and other.start <= one.end


def _where(edit: Edit, inspected: Inspected) -> str:
    """The sheet or section and the cell or paragraph, in words."""
    target, report = edit.target, inspected.report
    if target.area is Area.FIGURE:
        place = report.figures[target.key].place
    elif target.area is Area.PARAGRAPH:
        place = report.narratives[target.key][target.number - 1].place
    else:
        place = report.place(target.key)
    return SEPARATOR.join(filter(None, (place.within[1], place.spot)))


def _changed(edit: Edit) -> str:
    return f"“{quote(edit.was)}”改为“{quote(edit.becomes)}”" if edit.becomes else f"删去“{quote(edit.was)}”"

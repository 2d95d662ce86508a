"""The elements of GB/T 9704 that a published report may bear around its text: 主送机关, 附注, 版记."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.report.published.contact import find
from nianbao.report.published.document import Grid, Line
from nianbao.report.published.label_matching import bare
from nianbao.report.raw_report import Value
from nianbao.report.regex import regex
from nianbao.report.report import YES

IMPRINT_LINES = 12  # at most, of 抄送 broken over lines and of 印发
LONGEST_ADDRESSEES = 200
_COPIED = regex(r"抄\s*送\s*[:：]\s*")
_PRINTED = regex(r"(.*?)\s*([0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)\s*印发")
_ORGAN = r"[^，。；：、,;:!?！？《》0-9\s]{1,40}"
_ADDRESSEES = regex(
    rf"{_ORGAN}(?:府|厅|室|局|委|会|部|院|处|办|署|组|单位|部门|机关)(?:[，、]{_ORGAN})*[:：]"
)


def is_imprint(grid: Grid) -> bool:
    """Whether a table is 版记 and no table of the report."""
    texts = [cell.text.strip() for cell in grid.cells]
    return all(_COPIED.match(text) or _PRINTED.fullmatch(text) for text in texts if text)


def imprint(texts: Sequence[Line]) -> tuple[list[Line], dict[str, Value]]:
    """The lines of the last section without 版记, and what that says."""
    at = next((at for at in _last(texts) if _COPIED.match(texts[at].text)), None)
    printed = next((at for at in _last(texts) if _PRINTED.fullmatch(texts[at].text.strip())), None)
    values: dict[str, Value] = {}
    if printed is not None and (office := _PRINTED.fullmatch(texts[printed].text.strip())):
        place = texts[printed].place
        values |= {"printed_by": Value(office[1], place), "printed_on": Value(bare(office[2]), place)}
    if at is not None:
        copied = "".join(line.text.strip() for line in texts[at : printed or len(texts)])
        values["copied_to"] = Value(_COPIED.sub("", copied).rstrip("。."), texts[at].place)
    begins = [index for index in (at, printed) if index is not None]
    return (list(texts[: min(begins)]) if begins else list(texts)), values


def contact_note(after: Sequence[Line]) -> tuple[list[Line], dict[str, Value]]:
    """The lines behind the date without a note on how the organ is reached, and that there is one."""
    text = bare("".join(line.text for line in after))
    if after and text[:1] in "（(" and text[-1:] in "）)" and find(after):
        return [], {"contact_note": Value(YES, after[0].place)}
    return list(after), {}


def addressees(texts: Sequence[Line]) -> tuple[list[Line], dict[str, Value]]:
    """The lines below the title without 主送机关, and those."""
    if (
        len(texts) > 1
        and len(texts[0].text) <= LONGEST_ADDRESSEES
        and _ADDRESSEES.fullmatch(bare(texts[0].text))
    ):
        return list(texts[1:]), {"addressees": Value(texts[0].text.strip().rstrip("：:"), texts[0].place)}
    return list(texts), {}


def _last(texts: Sequence[Line]) -> range:
    return range(max(len(texts) - IMPRINT_LINES, 0), len(texts))

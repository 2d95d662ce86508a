"""Text of the statutory tables in a written section: heads, labels, the relation note, rows of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nianbao.mandate import Mandate, Role, load
from nianbao.report.catalogue import rule
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

SHORTEST_RUN = 13  # characters of labels one after another: 行政复议行政诉讼总计 may be said
LONGEST_LINE = 60  # characters of a paragraph that may be a label, or a row of figures
SHORTEST_LINE = 6  # characters of a label that is a line of its own
_NUMBER = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_NUMBERS = regex(rf"\s*{_NUMBER}(?:[\s|/]+{_NUMBER})*\s*")
_NUMBERING = regex(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]+[.．、])\s*")
_OPEN, _CLOSE = "“‘《〈（(", "”’》〉）)"
OPEN, CLOSE = ("“", "‘", "《", "（", "("), ("”", "’", "》", "）", ")")  # around what is named
MEND = "请从这一段里删去；表格由报告自己印出"


class _Words(NamedTuple):
    """What of an edition's tables is looked for."""

    corners: frozenset[str]
    halves: tuple[str, ...]  # of the note in the corner of a table
    note: re.Pattern[str]  # the note in the corner of a table, or its second half as a sentence of its own
    lines: frozenset[str]  # labels that are pasted where they are a line of their own
    starts: re.Pattern[str]  # a label with its numbering, which no sentence has either
    run: re.Pattern[str]  # labels one after another, or one with its row of figures
    labels: frozenset[str]  # all of them, with their numbering and without


_APART = regex(r"[\s|]+")
_UNIT = regex(r"\s*[（(]?单位：\w{1,3}[）)]?\s*")
_FIGURE = regex(_NUMBER)
_AROUND = " \u3000。：:（）()"


@cache
def _words(edition: str) -> _Words:
    mandate = load(edition)
    cells = [(key, cell) for key, table in mandate.tables.items() for cell in table.cells if cell.text]
    corners = {cell.text for _, cell in cells if cell.role is Role.CORNER and cell.text[0] in "（("}
    halves = [corner.strip("（）").partition("：") for corner in sorted(corners)]
    note = "|".join(f"{re.escape(head)}|(?:^|[（(：:。]){re.escape(body)}" for head, _, body in halves)
    rows = {slot.row for slot in mandate.tables["disclosure"].slots}
    labels = {cell.text for _, cell in cells if cell.role in (Role.HEAD, Role.LABEL, Role.CORNER)} - corners
    bare = {_NUMBERING.sub("", label) for label in labels}
    banners = {cell.text for _, cell in cells if cell.role is Role.BANNER}
    lines = {label for label in labels - rows if len(_NUMBERING.sub("", label)) >= SHORTEST_LINE} | banners
    lines |= {text for text in bare - rows if len(text) > SHORTEST_LINE}
    starts = {label for label in labels if re.match("[一二三四五六]、", label)}
    known, first = _any(labels | bare | banners)
    row = r"[\s|]+[0-9]+(?![\d.年月日件条项次个份万元%])"
    run = regex(rf"(?=[{first}])(?:{known})(?:(?:[\s|]*(?:{known})){{2,}}[\s|]*|(?:{row}){{2,}})")
    return _Words(
        corners=frozenset(corners),
        halves=tuple(half for head, _, body in halves for half in (head, body)),
        note=regex(note, flags=re.MULTILINE),
        lines=frozenset(map(_plain, lines)),
        starts=regex("|".join(map(re.escape, sorted(starts)))),
        run=run,
        labels=frozenset(labels | bare | banners),
    )


def _any(labels: set[str]) -> tuple[str, str]:
    """What finds any of them, the longest, and their first characters, by which they are found fast."""
    by_first: dict[str, list[str]] = {}
    for label in sorted(labels, key=len, reverse=True):
        by_first.setdefault(label[0], []).append(re.escape(label[1:]))
    known = (f"{re.escape(char)}(?:{'|'.join(rests)})" for char, rests in by_first.items())
    return "|".join(known), "".join(map(re.escape, sorted(by_first)))


def table_text(paragraphs: Sequence[Paragraph], text: str, mandate: Mandate) -> Iterator[Problem]:
    """Table text, wherever it stands: told once for each paragraph, a run over several at the first."""
    words = _words(mandate.edition.key)
    told: dict[int, str] = {}
    over: set[int] = set()  # paragraphs into which a run goes on
    for number, found in _runs(text, words):
        told.setdefault(number, found)
        over |= {*range(number + 1, number + 1 + found.count("\n"))}
    for number, paragraph in enumerate(paragraphs):
        line = paragraph.text if len(paragraph.text) <= LONGEST_LINE and number not in over else ""
        if line and _is_table_text(line, words):
            told.setdefault(number, line.strip())
    for number, found in sorted(told.items()):
        paragraph = paragraphs[number]
        what = f"文字里混入了表格里的文字“{quote(found)}”"
        about = (found, paragraph.text)
        right = _taken_out(found, paragraphs[number:], words)
        yield rule("pasted-table").broken(what, MEND, (paragraph.place,), about, right)


def _taken_out(found: str, paragraphs: Sequence[Paragraph], words: _Words) -> list[Correction]:
    """The paragraphs without what was pasted: whole ones, or the note of a table within one."""
    text = paragraphs[0].text
    for note in words.corners:
        if text.count(note) == 1 and found in note:
            return [Correction.of(paragraphs[0], start := text.index(note), start + len(note), "")]
    if text.rstrip().endswith(found) and text.rstrip()[: -len(found)].rstrip()[-1:] in ("。", "；"):
        return [Correction.of(paragraphs[0], text.rindex(found), len(text), "")]
    lines = found.splitlines()
    pasted = paragraphs[: len(lines)]
    if [paragraph.text.strip(_AROUND) for paragraph in pasted] == [line.strip(_AROUND) for line in lines]:
        return [Correction.of(paragraph, 0, len(paragraph.text), "") for paragraph in pasted]
    return []


def _is_table_text(line: str, words: _Words) -> bool:
    """Whether a paragraph is labels, or figures, and nothing else."""
    known = _plain(line) in words.lines or _NUMBERS.fullmatch(line) or _UNIT.fullmatch(line)
    return bool(known) or _is_row(line, words)


def _is_row(line: str, words: _Words) -> bool:
    """Whether it is labels side by side, or one or more and a figure."""
    *labels, last = _APART.split(line.strip())
    ends = last in words.labels or _FIGURE.fullmatch(last) is not None
    return bool(labels) and ends and words.labels.issuperset(labels)


def _runs(text: str, words: _Words) -> Iterator[tuple[int, str]]:
    """The note, and labels one after another, by the number of the paragraph in which they begin."""
    note = any(half in text for half in words.halves)
    for match in words.note.finditer(text) if note else ():
        yield text.count("\n", 0, match.end()), match.group().strip("（(：:。\n")
    for match in words.run.finditer(text):
        found = match.group().strip()
        if len(re.sub(r"[\s|]", "", found)) >= SHORTEST_RUN or re.search(r"\s[0-9]", found):
            yield text.count("\n", 0, match.start()), found
    for match in words.starts.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if not before.endswith(OPEN) and not after.startswith(CLOSE):
            yield text.count("\n", 0, match.start()), match.group()


def _plain(text: str) -> str:
    """Text as lines are compared: without blanks, and without the mark behind it."""
    return re.sub(r"\s+", "", text).rstrip("。：:")

"""A comparison as text for a terminal, whatever its width: what differs, or everything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nianbao.report.comparison import Comparison, Fate, Line, Rate, Run, Section, wording
from nianbao.report.comparison.passages import Turn

NARROWEST = 40  # columns; in fewer, lines run over
HANGING = 2  # columns that a line's continuation stands in
AROUND = 12  # characters of what was kept that stand beside a change
MARKS = {Fate.GONE: ("［删：", "］"), Fate.NEW: ("［增：", "］")}
_WORD = re.compile(r"(?:[!-~]+|.)[，。；：、）］〕”]*", re.DOTALL)


def write(comparison: Comparison, width: int, *, every: bool = False) -> str:
    """The comparison in lines of at most so many columns; with `every`, what is the same too."""
    lines = _wrapped(_lines(comparison, every=every), max(width, NARROWEST))
    return "\n".join((*lines, ""))


Indented = tuple[int, str]  # how far a line stands in, and its text


def _lines(comparison: Comparison, *, every: bool) -> Iterator[Indented]:
    yield 0, wording.title(comparison)
    yield 0, wording.summary(comparison)
    yield from _particulars(comparison, every=every)
    shown = [line for line in comparison.lines if every or line.changed]
    if not any(line.changed for line in comparison.lines):
        yield from _block(wording.FIGURES, [(2, "没有变化")])
    for heading, lines in groupby(shown, key=lambda line: line.item.section):
        yield from _block(heading, _figures(comparison, lines))
    apart = wording.apart(comparison.lines, [column.label for column in comparison.columns])
    if apart and not every:
        yield from _block("不是各份的格式都有的项", [(2, text) for text in apart])
    rates = [rate for rate in comparison.rates if every or any(rate.points)]
    if rates:
        yield from _block(wording.RATES, [(2, _rate(comparison, rate)) for rate in rates])
    for section in comparison.sections:
        yield from _section(comparison, section, every=every)


def _block(heading: str, lines: Iterable[Indented]) -> Iterator[Indented]:
    yield 0, ""
    yield 0, heading
    yield from lines


def _particulars(comparison: Comparison, *, every: bool) -> Iterator[Indented]:
    shown = [particular for particular in comparison.particulars if every or particular.changed]
    if shown:
        yield from _block(wording.PARTICULARS, ())
    for particular in shown:
        yield 2, particular.name
        for column, text in zip(comparison.columns, particular.texts, strict=True):
            yield 4, f"{column.label}　{text or wording.NOTHING}"


def _figures(comparison: Comparison, lines: Iterable[Line]) -> Iterator[Indented]:
    for label, row in groupby(lines, key=lambda line: line.item.row):
        yield 2, label
        notes: dict[str, None] = {}
        for line in row:
            notes.update(dict.fromkeys(line.item.notes))
            yield 4, f"{line.item.column}　{_figure(comparison, line)}"
        yield from ((4, f"注：{note}") for note in notes)


def _figure(comparison: Comparison, line: Line) -> str:
    changes = (
        wording.difference(difference, line.given[step.before], line.given[step.after])
        for difference, step in zip(line.differences, comparison.steps, strict=True)
    )
    return _series(comparison, map(wording.given, line.given), changes)


def _rate(comparison: Comparison, rate: Rate) -> str:
    shares, changes = map(wording.share, rate.shares), map(wording.points, rate.points)
    return f"{rate.name}　{_series(comparison, shares, changes)}"


def _series(comparison: Comparison, values: Iterable[str], changes: Iterable[str]) -> str:
    """Every report's value but where its form has none, each with its change; whole changes last."""
    labelled = zip(comparison.columns, values, strict=True)
    reports = {
        at: f"{column.label} {value}"
        for at, (column, value) in enumerate(labelled)
        if value != wording.ABSENT
    }
    wholes = []
    for step, change in zip(comparison.steps, changes, strict=True):
        if not change or step.before not in reports or step.after not in reports:
            continue
        if step.whole:
            wholes.append(f"{wording.step(comparison, step)} {change}")
        else:
            reports[step.after] += f"〔{wording.against(comparison, step)}{change}〕"
    return "；".join((*reports.values(), *wholes))


def _section(comparison: Comparison, section: Section, *, every: bool) -> Iterator[Indented]:
    steps = zip(comparison.steps, section.rewritings, strict=True)
    shown = [(step, text) for step, text in steps if not step.whole and (every or text.changed)]
    if shown:
        yield from _block(wording.heading(section), ())
    for step, rewriting in shown:
        yield 2, f"{wording.step(comparison, step)}　{wording.rewriting(rewriting)}"
        for passage in rewriting.passages:
            if every or passage.turn is not Turn.SAME:
                yield 4, f"{wording.passage(passage)}：{_runs(passage.runs)}"


def _runs(runs: Sequence[Run]) -> str:
    if len(runs) == 1 and runs[0].fate is Fate.KEPT:
        return runs[0].text
    return "".join(_run(run, at == 0, at == len(runs) - 1) for at, run in enumerate(runs))


def _run(run: Run, first: bool, last: bool) -> str:
    """A change between its marks; of what was kept only what stands beside changes."""
    text = run.text
    if run.fate is not Fate.KEPT:
        before, after = MARKS[run.fate]
        return f"{before}{text}{after}"
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    return text if len(text) <= len(head + tail) + 1 else f"{head}…{tail}"


def _wrapped(lines: Iterable[Indented], width: int) -> Iterator[str]:
    for indent, text in lines:
        for at, piece in enumerate(_pieces(text, width - indent)):
            yield f"{' ' * (indent + (HANGING if at else 0))}{piece}"


def _pieces(text: str, width: int) -> Iterator[str]:
    """The text cut to its width, not within a number or a Latin word, nor before a closing mark."""
    piece, used = "", 0
    for word in _WORD.findall("".join(map(_plain, text))):
        for part in [word] if _width(word) <= width - HANGING else word:
            size = _width(part)
            if used + size > width:
                yield piece.rstrip()
                piece, used = "", HANGING
            piece, used = piece + part, used + size
    yield piece


def _plain(char: str) -> str:
    """The character, but nothing that could steer a terminal."""
    return " " if unicodedata.category(char).startswith("C") else char


def _width(text: str) -> int:
    """The columns that a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )

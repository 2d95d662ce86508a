"""Where the texts of two files of one report differ, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from nianbao.report.catalogue import rule
from nianbao.report.comparison.passages import Passage, Turn, rewriting
from nianbao.report.comparison.runs import Fate, Run
from nianbao.report.comparison.two_files import MEND, bare, both, contrast
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.regex import regex
from nianbao.report.report import PREFACE, PREFACE_NAME, Report

AROUND = 10  # characters around a change that are told with it
LONGEST = 90  # characters of what is told of one paragraph
SALUTATION = regex(r"[^。；！？]{2,60}[：:]")
NUMBER = regex(r"[（(]?[^。，；]{1,20}[〔\[【（(]\d{4}[〕\]】）)]\s*第?\d+号[）)]?")
MARKS = regex("[，。、；：]")


def text_discrepancies(before: Report, after: Report) -> Iterator[Problem]:
    """Each paragraph that is not the same in both; those that lack nothing but marks are told together."""
    headings = {PREFACE: PREFACE_NAME} | {
        section.key: section.heading for section in before.mandate.narratives
    }
    lost: list[_Pair] = []
    for key, heading in headings.items():
        for pair in _texts(key, before, after):
            if pair.lost_marks:
                lost.append(pair)
            else:
                yield _text(pair, heading, before, after)
    if lost:
        yield _marks(lost, before, after)


@dataclass(frozen=True)
class _Pair:
    """A paragraph as it stands in both files, blank where one does not have it."""

    passage: Passage
    texts: tuple[str, str]
    places: tuple[Place, Place]

    @property
    def same(self) -> bool:
        """Whether nothing differs but blanks; not of one that stands elsewhere."""
        return self.passage.turn is not Turn.MOVED and bare(self.texts[0]) == bare(self.texts[1])

    @property
    def lost_marks(self) -> int:
        """How many marks the later one lacks, where that is all: some printers lose those that hang."""
        old, new = map(bare, self.texts)
        return len(old) - len(new) if new and MARKS.sub("", old) == MARKS.sub("", new) else 0


def _texts(key: str, before: Report, after: Report) -> Iterator[_Pair]:
    """What differs in the paragraphs of a section; paragraphs that are only cut elsewhere do not."""
    old, new = (report.narratives.get(key, ()) for report in (before, after))
    if key == PREFACE:
        new = _without_letterhead(new, old)
    pairs = []
    for passage in rewriting(old, new).passages:
        first = None if passage.before is None else old[passage.before - 1]
        second = None if passage.after is None else new[passage.after - 1]
        texts = (first.text if first else "", second.text if second else "")
        places = (first.place if first else before.place(key), second.place if second else after.place(key))
        pairs.append(_Pair(passage, texts, places))
    for same, group in groupby(pairs, key=lambda pair: pair.same):
        neighbours = list(group)
        moved = any(pair.passage.turn is Turn.MOVED for pair in neighbours)
        if not same and (moved or _joined(neighbours, 0) != _joined(neighbours, 1)):
            yield from neighbours


def _joined(pairs: Sequence[_Pair], at: int) -> str:
    """The paragraphs of one file, in its order."""
    number = [pair.passage.after if at else pair.passage.before for pair in pairs]
    ordered = sorted((order, pair.texts[at]) for order, pair in zip(number, pairs, strict=True) if order)
    return bare("".join(text for _, text in ordered))


def _text(pair: _Pair, heading: str, before: Report, after: Report) -> Problem:
    first, second = both(before, after)
    old, new = (f"“{quote(text)}”" for text in pair.texts)
    if not pair.texts[0]:
        what = f"“{heading}”中，{second} 有而 {first} 没有这一段：{new}"
    elif not pair.texts[1]:
        what = f"“{heading}”中，{first} 有而 {second} 没有这一段：{old}"
    elif bare(pair.texts[0]) == bare(pair.texts[1]):
        what = f"“{heading}”中，这一段的次序不同：{new}"
    else:
        what = f"“{heading}”的文字不同：{contrast(before, after, _excerpts(pair.passage.runs))}"
    return rule("text-differs").broken(what, MEND, pair.places, pair.texts)


def _marks(lost: Sequence[_Pair], before: Report, after: Report) -> Problem:
    count = sum(pair.lost_marks for pair in lost)
    example = contrast(before, after, _excerpts(lost[0].passage.runs))
    what = f"{both(before, after)[1]} 少了 {count} 个标点，如：{example}"
    mend = "请核对；是转换成 PDF 时漏印了行末的标点的，请换用别的程序重新打印"
    places = [pair.places[at] for at in (0, 1) for pair in lost]
    return rule("text-differs").broken(what, mend, places, [text for pair in lost for text in pair.texts])


def _without_letterhead(
    written: tuple[Paragraph, ...], filled_in: Sequence[Paragraph]
) -> tuple[Paragraph, ...]:
    """The paragraphs without 主送 and 发文字号 above them, unless they are filled in as text."""
    own = {bare(paragraph.text) for paragraph in filled_in}
    start = 0
    while start < len(written):
        text = written[start].text.strip()
        if bare(text) in own or not (SALUTATION.fullmatch(text) or NUMBER.fullmatch(text)):
            break
        start += 1
    return written[start:]


def _excerpts(runs: Sequence[Run]) -> tuple[str, str]:
    """Both texts, of what is the same only what stands around a change."""
    words = {Fate.GONE: "", Fate.NEW: ""}
    for at, run in enumerate(runs):
        if run.fate is not Fate.KEPT:
            words[run.fate] += run.text
            continue
        head = run.text[:AROUND] if at else ""
        tail = run.text[-AROUND:] if at < len(runs) - 1 else ""
        kept = run.text if len(head) + len(tail) >= len(run.text) else f"{head}…{tail}"
        words = {fate: text + kept for fate, text in words.items()}
    old, new = (text if len(text) <= LONGEST else f"{text[:LONGEST]}…" for text in words.values())
    return f"“{old}”", f"“{new}”"

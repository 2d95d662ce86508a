"""Title, 署名 and 成文日期 in a text: the report prints them above and below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nianbao.report.catalogue import rule
from nianbao.report.dates import read_date
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.published.particulars import understand
from nianbao.report.regex import regex
from nianbao.report.report import Report

LONGEST = 60  # characters of a line or last sentence that may be one of them
SHORTEST_NAME = 3  # characters of an organ's name without what it belongs to: 财政局
STOPS = "。！？"
_STOP = regex(f"[{STOPS}]")
_ENDS = "告日号）)0123456789０１２３４５６７８９局委厅办府会处站所院室"  # of a title, a day, a name
_SEAL = regex(r"[（(](?:盖?章|公章|印章?|加盖公章)[）)]")
_SIGNED = regex(
    r"(?P<name>[^\W\d_]{2,30}[局委厅办府会处站所院室])?"
    r"(?P<day>(?:二[〇○ΟОO零0]|[2２][0０])[^\s，。；日号]{4,}[日号]?)(?P<behind>\D{3,30})?"
)
TITLE, NAME, DAY, BOTH = "标题", "署名", "成文日期", "署名和成文日期"
JOINED = {(NAME, DAY): BOTH, (NAME, TITLE): TITLE}  # of two paragraphs, one behind the other
MEND = "请从这一段里删去；标题、署名和成文日期由报告自己印出"


def signatures(paragraphs: Sequence[Paragraph], report: Report) -> Iterator[Problem]:
    """A title, a name or a day that is a whole paragraph, or stands behind its last full stop.

    A name is told together with the day, or with the rest of a title, in the next paragraph.
    """
    ends = f"{_ENDS}{report.organ[-1:]}{report.issued_by[-1:]}"
    found = [_found(paragraph.text, ends, report) for paragraph in paragraphs]
    kinds = [kind for kind, _ in found] + [""]
    pairs = [JOINED.get(pair, "") for pair in pairwise(kinds)]
    for at, (kind, words) in enumerate(found):
        if pairs[at]:
            yield _told(pairs[at], [words, found[at + 1][1]], paragraphs[at : at + 2])
        elif kind and not (at and pairs[at - 1]):
            yield _told(kind, [words], paragraphs[at : at + 1])


def _found(text: str, ends: str, report: Report) -> tuple[str, str]:
    """What a paragraph begins or ends with that is not its own, and the words; "" twice for nothing.

    `ends` are the characters that one of them may end with.
    """
    whole = text.rstrip("。 　")
    stop = _STOP.search(whole)
    first = stop.start() if stop else len(whole)
    last = max(map(whole.rfind, STOPS)) if stop else -1
    for piece in (whole[:first], whole[last + 1 :]):
        if not piece or piece[-1] not in ends:
            continue
        line = "".join(piece.split())
        kind = _what(line, piece == whole, report) if len(line) <= LONGEST else ""
        if kind == TITLE or (kind and whole.endswith(piece)):
            return kind, piece.strip()
    return "", ""


def _told(kind: str, pieces: Sequence[str], paragraphs: Sequence[Paragraph]) -> Problem:
    words = " ".join(pieces)
    what = f"文字里混入了{kind}“{quote(words)}”，会印出两次"
    about = (words, *(paragraph.text for paragraph in paragraphs))
    right = map(_taken_out, pieces, paragraphs)
    places = [paragraph.place for paragraph in paragraphs]
    return rule("pasted-signature").broken(what, MEND, places, about, right)


def _taken_out(words: str, paragraph: Paragraph) -> Correction:
    """The paragraph without what it begins or ends with, if that is not the whole of it."""
    text = paragraph.text
    start, end = text.rindex(words), len(text)
    if text.rstrip("。 　").endswith(words):
        start = len(text[:start].rstrip())
    else:
        start, end = 0, text.index(words) + len(words)
        end += len(text[end:]) - len(text[end:].lstrip(f"{STOPS} 　"))
    return Correction.of(paragraph, start, end, "")


def _what(line: str, whole: bool, report: Report) -> str:
    """What a line is: TITLE, NAME, DAY or BOTH; "" for anything else. `whole` where it is a paragraph."""
    if line.endswith("报告"):
        return TITLE if _is_title(line, whole, report) else ""
    bare = _SEAL.sub("", line)
    names = {report.organ, report.issued_by} - {""}
    if bare in names or _is_own(bare, report):
        return NAME
    match = _SIGNED.fullmatch(bare)
    if match and read_date(match["day"]):
        return BOTH if match["name"] or match["behind"] in names else "" if match["behind"] else DAY
    return ""


def _is_own(line: str, report: Report) -> bool:
    """Whether a line is the organ's name without what it belongs to."""
    return len(line) >= SHORTEST_NAME and report.organ.endswith(line) and line[-1] in "局委厅办府会处站所院"


def _is_title(line: str, whole: bool, report: Report) -> bool:
    if line == "".join(report.title.split()):
        return True
    title = understand(line)
    if title is None or not (whole or title.organ or title.year):
        return False
    return not title.organ or report.organ.endswith(title.organ) or title.organ == report.issued_by

"""Who reports for which year, and who signed when: the title, and the last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from nianbao.report.published.document import Line
from nianbao.report.published.label_matching import bare
from nianbao.report.regex import regex

TITLE_LINES = 4  # over which a title may be broken
LONGEST_TITLE = 90
LONGEST_NAME = 40
LONGEST_LINE = 28  # characters: a name longer than that is broken, and one that is not is several organs'
_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九０１２３４５６７８９", "00001234567890123456789")
_YEAR = regex(r"([0-9０-９]{4}|[二][〇零○Ｏ一二三四五六七八九]{3})\s*年\s*度?")
_REPORT = regex(
    r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:[0-9０-９]{4}年度?)?(?:年度|年)?(?:工作)?(?:情况)?的?报告"
)
_AROUND = regex(r"^[关於于]*关于|^[（(]?(?:全文|转发|公示)[)）]?[:：]?|[的\s]+$|^[:：,，\s]+")
_BEHIND = "（）()[]【】全文试行"  # what may stand behind a title
_SITE = regex(r"[_|｜]|\s[-–—]+\s?|\s?[-–—]+\s|--+")  # what parts a page's title from its site's
_DATE = regex(
    r"(?P<before>.*?)[\s\u3000\u00a0]*"
    r"(?P<date>(?:[0-9０-９]{4}|[二][〇零○Ｏ一二三四五六七八九]{3})\s*年\s*[0-9０-９一二三四五六七八九十]{1,3}\s*月"
    r"\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日)[\s\u3000\u00a0]*"
)
_SENTENCE = regex(r"[。；！？;!?]")


@dataclass(frozen=True)
class Title:
    """A title found: its text, the organ and the year it names, and the lines it takes up."""

    text: str
    organ: str
    year: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Ending:
    """The last lines of a report: 署名, 成文日期, and what follows them."""

    issued_by: Line | None
    date_line: Line | None
    body: tuple[Line, ...]
    after: tuple[Line, ...]


def find_title(lines: Sequence[Line]) -> Title | None:
    """The last title among the lines, which may be broken over several; None where there is none."""
    for end in range(len(lines), 0, -1):
        last = bare(lines[end - 1].text)
        if "报告" not in last or not _YEAR.sub("", last).rstrip(_BEHIND).endswith("报告"):
            continue
        best = None
        for start in range(end - 1, max(-1, end - 1 - TITLE_LINES), -1):
            taken = lines[start:end]
            if _SENTENCE.search(taken[0].text) or any(mark in taken[0].text for mark in "：:"):
                break
            title = understand("".join(line.text.strip() for line in taken), tuple(taken))
            if title is None and best is not None:
                break
            best = title or best
            if best is not None and best.organ and best.year and not _goes_on(lines, start):
                break
        if best is not None and (best.organ or best.year):
            return best
    return None


def _goes_on(lines: Sequence[Line], start: int) -> bool:
    """Whether the line before is of the same paragraph, as a title's and a long name's lines are in Word."""
    return start > 0 and bool(lines[start].place.cell) and lines[start - 1].place == lines[start].place


def understand(text: str, lines: tuple[Line, ...] = ()) -> Title | None:
    """What a title says; None for what is no title of such a report."""
    whole = bare(text)
    if len(whole) > LONGEST_TITLE or _SENTENCE.search(whole):
        return None
    year = _YEAR.search(whole)
    rest = whole.replace(year[0], "", 1) if year else whole
    report = _REPORT.search(rest)
    if report is None or rest[report.end() :].strip(_BEHIND):
        return None
    organ = rest[: report.start()]
    while organ != (organ := _AROUND.sub("", organ)):
        pass
    digits = year[1].translate(_DIGITS) if year else ""
    return Title(_one_line(text), organ, digits, lines)


def named(title: str) -> Title | None:
    """What a file's own title says, which may have the site's name behind it."""
    whole = understand(title)
    if whole is not None:
        return whole
    return next((part for part in map(understand, _SITE.split(title)) if part), None)


def ending(lines: Sequence[Line]) -> Ending:
    """Part the last section's lines into text, signature, date and what follows."""
    for index in range(len(lines) - 1, -1, -1):
        dated = _DATE.fullmatch(lines[index].text.strip())
        if dated and (not dated["before"] or _is_name(dated["before"])):
            return _dated(lines, index, dated["before"].strip(), dated["date"].strip())
    return _undated(lines)


def _dated(lines: Sequence[Line], index: int, name: str, date: str) -> Ending:
    """The line of the date may begin with the name; else that is the line above, if any."""
    line, body, after = lines[index], tuple(lines[:index]), tuple(lines[index + 1 :])
    date_line = replace(line, text=date)
    if name:
        return Ending(replace(line, text=name), date_line, body, after)
    if body and (body[-1].right or _is_name(body[-1].text)):
        first = len(body) - 1
        while _goes_on(body, first):
            first -= 1
        names = [line.text.strip() for line in body[first:]]
        parting = "" if sum(map(len, names)) > LONGEST_LINE else "\n"
        return Ending(replace(body[-1], text=parting.join(names)), date_line, body[:first], after)
    return Ending(None, date_line, body, after)


def _undated(lines: Sequence[Line]) -> Ending:
    """Without a date: up to two lines at the end that are set to the right, as a signature is."""
    signed = [*takewhile(lambda line: line.right, lines[:-3:-1])][::-1]
    body = tuple(lines[: len(lines) - len(signed)])
    if len(signed) == 2:
        return Ending(signed[0], signed[1], body, ())
    if signed and _is_name(signed[0].text):
        return Ending(signed[0], None, body, ())
    return Ending(None, signed[0] if signed else None, body, ())


def _is_name(text: str) -> bool:
    """Whether a line may be an organ's name: short, and no sentence."""
    words = bare(text)
    return 2 <= len(words) <= LONGEST_NAME and not re.search(r"[。；，：！？、;,:!?0-9０-９]", words)


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]+", "", text).strip()

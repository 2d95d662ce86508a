"""How dates are written: in the text so that they are dates, below the report as GB/T 9704 wants."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.dates import read_date, write_date
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex
from nianbao.report.report import ELEMENTS

_DATES = regex(
    r"(?<![0-9])(?P<run>20[0-9]{2}(?:1[0-2]|0?[1-9])月(?:[0-9]{1,2}日?)?)"  # 20231月1日
    r"|(?<![0-9])(?P<bare>(?:1[0-2]|0?[1-9])月(?:3[01]|[12][0-9]|0?[1-9]))"  # 12月31止
    r"(?=止|至(?![0-9]{1,2}日)|[，。；、）)]|$)"
    r"|(?<![0-9])(?P<never>(?:(?P<year>20[0-9]{2})\s*年\s*)?"  # 2月30日
    r"(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,3})\s*日)"
    r"|(?<=年)(?P<beyond>(?:1[3-9]|[2-9][0-9]|0{1,2})月)"  # 13月
    r"|(?<![0-9])(?P<short>[12][0-9]{2}年(?=\s*[0-9]{1,2}\s*月))"  # 205年1月
    r"|(?P<twice>年年(?=[0-9]{1,2}月)|月月(?=[0-9])|(?<=[0-9])日日)"
)
_LONG = regex("(?<![0-9])20[0-9]{3,4}年")  # 20255年
LEAP = 2024  # where no year is written, 29 February may be a day


def written(inspection: Inspection) -> Iterator[Problem]:
    """Dates in the text that lack a character or a day, and dates below the report in another form."""
    for sentence in inspection.sentences:
        found = list(_LONG.finditer(sentence.text)) if "年" in sentence.text else []
        if "月" in sentence.text:
            found += [match for match in _DATES.finditer(sentence.text) if not _is_right(match)]
        for match in found:
            date = match.group()
            around = sentence.text[max(0, match.start() - 8) : match.end() + 4]
            what = f"日期“{quote(date)}”写得不对：“…{quote(around)}…”"
            mend = "请核对年、月、日，写全"
            right = [Correction.of(sentence, *match.span(), one)] if (one := _meant(match)) else []
            yield rule("date-malformed").broken(what, mend, (sentence.place,), (date, sentence.text), right)
    yield from _date_line(inspection)


def _meant(match: re.Match[str]) -> str:
    """The date as it should be, where only one sign is wanting or too many; else blank."""
    date = match.group()
    if match.re.pattern == _LONG.pattern:
        return ""
    if match["twice"]:
        return date[1:]
    if match["bare"]:
        return f"{date}日"
    if match["run"] and date[-1] in "月日":
        return f"{date[:4]}年{date[4:]}"
    if match["month"] == "12" and match["day"] == "32":
        return date.replace("32", "31")
    return ""


def _is_right(match: re.Match[str]) -> bool:
    """Whether what looks like a date is a day that there is."""
    return bool(match["never"]) and _is_day(*(int(match[part] or LEAP) for part in ("year", "month", "day")))


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _date_line(inspection: Inspection) -> Iterator[Problem]:
    report = inspection.report
    dates = (
        ("date_line", "成文日期", report.date_line),
        ("printed_on", ELEMENTS["printed_on"], report.elements.get("printed_on", "").removesuffix("印发")),
    )
    for key, name, stated in dates:
        day = read_date(stated) if stated else None
        if day is None or re.sub(r"\s", "", stated) == (right := write_date(day)):
            continue
        what = f"{name}“{quote(stated)}”的写法不合公文格式，印出时写作“{right}”"
        mend = f"请核对；改为用阿拉伯数字写全年、月、日，月、日不补 0（“{right}”），就不再提示"
        about = (stated,) if key == "date_line" else (key, stated)
        correction = Correction.whole(report.place(key), stated, right)
        yield rule("date-form").broken(what, mend, (report.place(key),), about, [correction])

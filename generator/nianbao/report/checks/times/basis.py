"""The decree that the report says it is made by: the one in force for its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nianbao.mandate import editions, load
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Problem

_DECREE = re.compile(r"(?P<from>.*?)〔(?P<year>\d{4})〕(?P<number>\d+)号")


def basis(inspection: Inspection) -> Iterator[Problem]:
    """The decree of another edition, cited once or more."""
    right = inspection.report.mandate.edition
    for key in editions():
        if key == right.key:
            continue
        wrong = load(key).edition.decree
        numbered = (sentence for sentence in inspection.sentences if "号" in sentence.text)
        cited = [sentence for sentence in numbered if _finds(wrong).search(sentence.text)]
        if cited:
            what = f"引用的依据是“{wrong}”，{inspection.report.year} 年的报告适用“{right.decree}”"
            places = tuple(dict.fromkeys(sentence.place for sentence in cited))
            about = (wrong, inspection.report.year, *dict.fromkeys(sentence.text for sentence in cited))
            mend = f"请改为“{right.decree}”，并核对内容是否按它编写"
            yield rule("other-basis").broken(what, mend, places, about)


@cache
def _finds(decree: str) -> re.Pattern[str]:
    """What finds the decree, whatever brackets and blanks its number is written with."""
    match = _DECREE.fullmatch(decree)
    assert match is not None, decree
    opener, closer = r"\s*[〔\[（(【〈<]\s*", r"\s*[〕\]）)】〉>]\s*(?:第\s*)?"
    return re.compile(f"{match['from']}{opener}{match['year']}年?{closer}{match['number']}\\s*号")

"""规章 of an organ that cannot make any."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.figure import plain
from nianbao.report.problem import Problem
from nianbao.report.regex import regex
from nianbao.report.report import Report

_BELOW_CITY = regex(
    r"县(?!域|级|乡)|旗(?!舰)|(?<!自治)(?<![社地军特灾景])区|[^城]镇(?:人民)?政府|乡(?:人民)?政府|街道办"
)
_DELEGATED = regex("管委会|管理委员会|执行委员会|行政公署|兵团")  # what they may do, their founders say
_BY_NAME = frozenset({"department", "government_office"})


def regulations(inspection: Inspection) -> Iterator[Problem]:
    """Regulations of counties, districts, townships and their departments, none of which has the power.

    Of a city nobody can tell by its name whether it has districts, and with them the power.
    """
    report = inspection.report
    keys = [key for key in report.mandate.duties.regulations if report.figures[key].amount > 0]
    if keys and _is_powerless(report):
        slots = [report.mandate.slots[key] for key in keys]
        filled = "，".join(f"{slot.column} {plain(report.figures[slot.key].amount)}" for slot in slots)
        what = f"“{slots[0].row}”填了：{filled}；{report.organ}没有制定{slots[0].row}的权限"
        mend = "请改填 0；本机关的内部制度不是规章，对外发布的文件计入下一行"
        places = [report.figures[key].place for key in keys]
        about = [word for key in keys for word in (key, plain(report.figures[key].amount))]
        yield rule("regulations-without-power").broken(what, mend, places, about)


def _is_powerless(report: Report) -> bool:
    never = report.mandate.duties.no_regulations
    low = bool(_BELOW_CITY.search(report.organ)) and not _DELEGATED.search(report.organ)
    return all(kind.key in never or (low and kind.key in _BY_NAME) for kind in report.kinds)

"""Instructions of the template, and blanks of it, that were left in the text; the table of known slips."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.mandate import Mandate
from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote
from nianbao.report.regex import regex

FILE = Path(__file__).with_name("slips.toml")
_UNFILLED = regex(  # what begins with a set of characters is found fast
    "[XxＸ×○＊*_](?:(?<=(?P<mark>.))(?P=mark)+(?=[年月日件条次个份元人万篇期起场家]|项(?!目))"
    "|(?<=[年月].)(?=[月日])|(?<=[一-鿿][×＊])(?=[年月日件条项次份人篇期起](?!数)))"
)
_BEHIND = regex("(?<=[一-鿿])(?<![某人业司民员家])(?P<mark>[XxＸ〇])(?P=mark)+(?=[，。；]|$)")
_REMARK = regex(  # to whoever goes on with the draft: （数据待核实补充）
    "[（(【](?:(?:具体|相关|有关|最终|以上|上述|[此该本这])*(?:数据|数字|数量|数|内容|口径|金额|日期|比例|表述|[处里段句])(?:尚|还|仍|请)?"
    "(?:(?:有?待|[需须请])[^，。；（()）】]{0,6}(?:核[对实定]|确认)|待[^，。；（()）】]{0,6}(?:核|补|补充|更新|统计|填写?|提供|审定|定))"
    "(?:后?(?:补充|修改|更新|填写?))?|请(?!于|在|及时)[^，。；（()）】]{0,8}(?:核[对实定]|补充|确认|填写|审[定核]|校对)|此处[缺少漏][^，。；（()）】]{0,6}|[?？]+)[）)】]",
    "核|待|补充|确认|填写|审定|审核|校对|此处|?|？",
)
_SIGNS = "XxＸ×○＊*_〇"  # of which each of these has one
NOTHING = 10  # characters beside a placeholder that say nothing
_NAMELESS = regex(  # at the beginning of a clause, where no case is told with its names left out
    "(?:^|(?<=[，。；：年、）)]))(?P<mark>[XxＸ×○＊*_])(?P=mark)+"
    "(?=(?:[省市县区旗镇乡]|街道)?(?:人民政府|管委会|局|委|办|厅|院|机关|单位|部门|中心)|[省市县区旗镇乡]|街道)"
)
MEND = "请删去这些字，写上本机关的情况"
MEND_REMARK = "请核实后写定，删去括号里的话"
MEND_NUMBER, MEND_NAME = "请填上数或日期", "请写上机关的名称"
_BLANKS = ((_UNFILLED, MEND_NUMBER), (_NAMELESS, MEND_NAME), (_BEHIND, MEND))


def left_over(passages: Sequence[Passage], mandate: Mandate) -> Iterator[Problem]:
    """Words that tell what to write, left where it should have been written."""
    instructions = _instructions(mandate.edition.key, *(section.placeholder for section in mandate.sections))
    alone = Counter(passage.section for passage in passages)
    blanks = any(sign in passage.text for sign in _SIGNS for passage in passages)
    for passage in passages:
        match = instructions.search(passage.text)
        if match and alone[passage.section] == 1 and passage.section in _judged(mandate):
            rest = instructions.sub("", passage.text)
            if len(rest) < NOTHING:
                continue
        if match:
            what = f"“{quote(passage.excerpt(*match.span()))}”里还留着模板的字样“{quote(match.group())}”"
            yield passage.broken(rule("left-over"), what, MEND, match.start(), match.group())
            continue
        if match := _REMARK.search(passage.text):
            what = f"“{quote(passage.excerpt(*match.span()))}”里还留着起草时的话“{quote(match.group())}”"
            yield passage.broken(rule("unfilled"), what, MEND_REMARK, match.start(), match.group())
            continue
        for pattern, mend in _BLANKS if blanks else ():
            if match := pattern.search(passage.text):
                what = f"“{quote(passage.excerpt(*match.span()))}”里的“{quote(match.group())}”还没有填"
                yield passage.broken(rule("unfilled"), what, mend, match.start(), match.group())
                break


def _judged(mandate: Mandate) -> tuple[str, ...]:
    """The sections where another rule says that nothing but a placeholder stands there."""
    duties = mandate.duties
    return (duties.overview, duties.improvement, *([duties.fee.section] if duties.fee else []))


@cache
def _instructions(edition: str, *placeholders: str) -> re.Pattern[str]:
    """What finds the mandated placeholders, whatever the brackets, and the usual instructions."""
    mandated = {re.split("[，。]", text.strip("（）"))[0] for text in filter(None, placeholders)}
    within = f"(?:{'|'.join(map(re.escape, sorted(mandated)))})[^（）()]*[）)]"
    # alternatives that each begin with a character of their own are found ten times as fast
    return regex("|".join((f"（{within}", rf"\({within}", *map(re.escape, table()["instructions"]))))


@cache
def table() -> Mapping[str, Any]:
    """The slips and the instructions of slips.toml."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))

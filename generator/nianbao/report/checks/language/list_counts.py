"""How many things a list is said to have, against those it has: 三个方面：一是…二是…, “甲”“乙”两个问题."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

_MANY = "(?P<many>(?<![十百第])[两二三四五六七八九]|(?<![0-9.〔])[2-9])"
_THINGS = "问题|方面|不足|短板|弱项|环节|栏目|专栏|专区|板块|栏"
_COUNTED = regex(f"{_MANY}(?:个|项|点|大|类|条|方面)")
_HEAD = regex(
    f"(?P<clause>[^，。；：]*?){_COUNTED.pattern}(?:[^，。；：0-9两二三四五六七八九十等]{{0,10}})(?P<mark>[：:。])\\s*$"
)
_ANNOUNCES = regex("存在|以下|如下|从.{1,3}方面[^，。；]{0,8}。")  # where a full stop ends the head
_OTHERS = regex("其中|上年|去年|原|20[0-9]{2}")
_GOES_ON = regex("此外|另外|同时|还有|最后|再就是|另一|除此")
_QUOTED = regex(f"(?P<list>(?:“[^“”]{{1,20}}”[、和及与]?){{2,9}}){_MANY}个?(?:{_THINGS})(?![：:])")


def miscounted(head: str, count: int, passage: Passage, start: int) -> Iterator[Problem]:
    """A list of `count` items that begins at a character of the passage, whose head says another number."""
    head = head[-60:]
    match = _HEAD.search(head) if _COUNTED.search(head) else None
    if match is None or _OTHERS.search(match["clause"]):
        return
    if match["mark"] == "。" and not _ANNOUNCES.search(match.group()):
        return
    said = _number(match["many"])
    if said != count and not (count < said and _GOES_ON.search(passage.text, start)):
        yield _told(passage, start, match.group().strip(), said, f"后面分了 {count} 条")


def quoted_lists(passage: Passage) -> Iterator[Problem]:
    """Things in quotation marks side by side, and their number behind them."""
    for match in _QUOTED.finditer(passage.text):
        said, count = _number(match["many"]), match["list"].count("“")
        if said != count:
            yield _told(passage, match.start(), match.group(), said, f"前面列了 {count} 个")


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else chinese(written) or 0


def _told(passage: Passage, at: int, words: str, said: int, counted: str) -> Problem:
    what = f"“{quote(words[-30:])}”说的是 {said}，{counted}"
    return passage.broken(rule("list-count"), what, "请核对数目，或补上漏掉的", at, words, said)

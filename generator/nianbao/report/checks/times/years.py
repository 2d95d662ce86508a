"""Years in sentences, however they are written, and what makes a sentence speak of more than one."""

from __future__ import annotations

from nianbao.report.regex import regex

_CHINESE = regex("二[〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_BESIDE = "(?<!需求)(?<!要求)(?<!期待)(?<!期盼)相比"  # 与公众需求相比 compares no years
# What makes another year legitimate wherever it stands in the sentence: a comparison or a time series.
COMPARES = regex(
    "同比|环比|较(?![好大多快强高为])|比(?=[上去前往0-9])|上年(?!度?结转)|上一年|前一年|去年|同期|以来|至今|今年|历年|连续"
    "|近[两二三四五]年|同样|相同|持平|一样|相当|年度?[，,]?[^，。；]{0,8}[也亦](?:是|为|没有|未|仅|只|曾)|[增减升降]至"
    "|整改|反馈|分别|仍然?(?:有效|沿用)|其中[^，。]{0,6}20[0-9]{2}年"
    f"|{_BESIDE}"
)
# What it takes where the sentence opens the section with its year, and speaks of the whole of it.
_STRETCHES = regex(f"以来|至今|今年|本年|历年|连续|近[两二三四五]年|同期|{_BESIDE}")
NEXT = regex("下一?步|下一?阶段|下一年|明年|来年|接下来|今后|新的一年|打算")
AHEAD = regex("下一?步|下一年|明年|来年|接下来|今后|新的一年|计划|打算|安排|思路|展望")
LATER = regex("将(?!政|信|各|其|该|此|本|全|上|有|相)|计划|拟|力争|预计|打算|争取")
# Somebody else's plan, or one that was carried out: what was to be done is no plan of the reporter's.
DONE = regex("已(?!有|经有)|实际|完成率|超额|未能|没能|没有完成|尚未|曾|(?:完成|做到|实现)了")


def compares(text: str, *, opening: bool = False) -> bool:
    """Whether a sentence compares years; an `opening` one may compare its own with the year before."""
    return bool((_STRETCHES if opening else COMPARES).search(text))


def arabic(text: str) -> str:
    """The text with years in Chinese digits made Arabic, same length."""
    if "二" not in text:
        return text
    return _CHINESE.sub(lambda match: match.group().translate(_DIGITS), text)

"""Words and characters written twice: 精神精神, 的的, 落落实; what is meant to be said twice stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.language.lexicon import Lexicon, is_chinese, lexicon
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

_WORD = regex(r"(?P<word>[一-鿿]{2,8}?)(?P=word)")
_YEAR = regex(r"(?P<word>(?<![0-9])20[0-9]{2}年度?)(?P=word)")
_CHARACTER = regex(r"(?P<word>.)(?P=word)")
_PARTICLE = regex(  # one of two like characters, except between what they may well stand twice
    r"[将被已也]|(?<![目标有打中])的(?=的(?![确士]))|(?<!共)和(?=和[^气睦平谐美])|(?<![参给])与(?=与)"
    r"|(?<![合归])并(?=并)|(?<![罢终为得不])了(?=了[^解望然结断如])|(?<![要差])不(?=不)|各(?=各[^自])"
    r"|(?<![作以成因认称行视变转改整定设升列划分合归化最更极较])为(?=为[^民人企主首重何此期])"
    r"|(?<![自理事缘案])由(?=由[^此来])|(?<![以涉波推普危])及(?=及[^时早格第])"
    r"|(?<![于凡还总但只若或])是(?=是[^否非])|(?<![可予加得足所难给])以(?=以)"
    r"|(?<![存现实内所潜自正好])在(?=在[^线建职位校编册岗乎意场座])|(?<![各独来])自(?=自[查纠觉评])"
    r"|(?<=[取获])得(?=得[^到以分])|(?<=增)加(?=加)|(?<=[0-9万千百余多])人(?=人次)|(?<=[0-9万千百十])余(?=余)"
    r"|(?:(?<=[我，。；：、（“])|^)(?P<level>[省市县区州旗镇乡])(?=(?P=level)(?:(?:人民)?政府|委(?!员)))"
)
_WORDS = frozenset("有对把从向因该其但而或未再更又很就使让应需须均仅")  # never said twice
_NUMERALS = frozenset("〇一二三四五六七八九十百千万亿零两")
_MEASURES = frozenset("件条次项个份篇期起家名场")
_STOPS = frozenset("。，；、：）”")
_STANDING = frozenset("省市县区州旗镇乡村级等的了上下中前后内外年月日") | _NUMERALS  # 全市市、县
_SAID_TWICE = frozenset({"很多", "许多", "非常", "研究", "讨论", "商量", "点滴"})
_ONE_BY_ONE = frozenset("一每几")  # 一项一项
_VERBS = frozenset("办出发收查建改做加减开答到")  # that stand alone, but not behind a word that they end
_AFTER = frozenset("厅局委办省市县区镇乡街本我各全在和与及的了将把被对为以由从向至到并也均都已")
_ENDINGS = frozenset("化性者员们")  # 标准化规范化规范管理: the word begins after it
# 发布发布会, 工作工作人员: the second one begins another word
_SUFFIXES = frozenset("员会局处部科组室站台日者性化量源费厅栏课片月周网群类证器库箱港件")
_BEGINS = regex("强国|人员|机[构关]|小组|专[班区栏员]|对象|事项|中心|单位|平台")
_CHANGES = frozenset(  # no kind of 事项, and no 专栏, is called so
    re.findall(
        "..",
        "增加减少新增删去删除取消调整清理开展组织召开举办完善更新优化推进落实加强印发制定编制修订公布受理答复征求收到整改排查"
        "梳理核查健全强化深化规范提升提高报送邀请会同通过利用围绕聚焦对照承办办结形成",
    )
)
_MOST_CHARACTERS = 2  # 标准标准… of two characters only can begin another word


def doubled(passage: Passage) -> Iterator[Problem]:
    """Every word and every character that stands twice in a row."""
    text, words = passage.text, lexicon()
    for match in _WORD.finditer(text):
        if not _meant(text, match, words):
            yield _twice(passage, match.start(), match["word"], words)
    if "20" in text:
        for match in _YEAR.finditer(text):
            yield _twice(passage, match.start(), match["word"], words)
    for match in _CHARACTER.finditer(text):
        at = match.start()
        if is_chinese(match["word"]) and (
            _PARTICLE.match(text, at)
            or _measured(text, at, words)
            or _one_too_many(text, at, words)
            or _neither_joined(text, at, words)
        ):
            yield _twice(passage, at, match["word"], words)


def _twice(passage: Passage, at: int, word: str, words: Lexicon) -> Problem:
    text, end = passage.text, at + 2 * len(word)
    what = f"“{word}”连写了两遍：“…{quote(passage.excerpt(at, end))}…”"
    joined = text[max(0, at - 1) : at + 1] in words.words or word not in words.words
    # 耕地力地力 is not mended by 耕地力
    unclear = joined and len(word) == 2
    mend = "请核对前后的字，删去多写的" if unclear else f"请删去一个“{word}”"
    right = () if unclear else (Correction.of(passage, at, end, word),)
    return passage.broken(rule("doubled-word"), what, mend, at, word, right=right)


def _meant(text: str, match: re.Match[str], words: Lexicon) -> bool:
    """Whether it may well be meant: 一项一项, 很多很多, 发布发布会, 企业创业创新."""
    word, following = match["word"], text[match.end() : match.end() + 2]
    one_by_one = word != "进一步" and _ONE_BY_ONE & set(word[:2])
    if (word in _SAID_TWICE and not following[:1].isdecimal()) or one_by_one or word[0] in _ENDINGS:
        return True
    if len(set(word)) == 1 or set(word) <= _NUMERALS:
        return True
    if len(word) > _MOST_CHARACTERS:
        return False
    if word not in words.words and word[::-1] in words.words:
        return True
    suffix = following[:1] in _SUFFIXES and following not in words.firm  # 召开召开会议 has none
    return suffix or (word not in _CHANGES and bool(_BEGINS.match(following)))


def _one_too_many(text: str, at: int, words: Lexicon) -> bool:
    """Whether one of two like characters belongs to a word and the other one to none."""
    character, end = text[at], at + 2
    pairs = (text[max(0, at - 2) : at], text[end : end + 2])  # 踏踏实实
    if _behind_term(text, at, words):
        return True
    if character in words.twice or any(len(pair) > len(set(pair)) for pair in pairs):
        return False
    if any(text.startswith(term, at - place) for term, place in words.doubled.get(2 * character, ())):
        return True
    if character not in words.apart and text[at + 1 : at + 3] in words.firm and words.begins(text, at):
        return True  # 落|落实
    if text[max(0, at - 1) : at + 1] not in words.firm or text[at + 1 : at + 3] in words.words:
        return False
    following = text[end : end + 1]
    if character in words.alone:  # 提升升。举办|办|培训
        verb = character in _VERBS and text[end : end + 2] in words.firm
        return verb or (following in _STOPS and character not in _STANDING)
    return following in _AFTER or words.ends(text, end)  # 培训|训3次, 反映|映|厅机关


def _behind_term(text: str, at: int, words: Lexicon) -> bool:
    """Whether one of two like characters ends a term, and a word follows the other: 政策解读|读|工作."""
    if text[at + 1 : at + 3] in words.words:
        return False
    following = text[at + 2 : at + 4]
    if following not in words.firm or text[at + 3 : at + 5] in words.words:
        return False
    return any(text.endswith(term, 0, at + 1) for term in words.ending.get(text[at], ()))


def _neither_joined(text: str, at: int, words: Lexicon) -> bool:
    """Whether a word of one character stands twice, and neither is part of a longer one: 仍有|有差距."""
    if text[at] not in _WORDS:
        return False
    return text[max(0, at - 1) : at + 1] not in words.words and text[at + 1 : at + 3] not in words.words


def _measured(text: str, at: int, words: Lexicon) -> bool:
    """Whether a number has its measure word twice: 12件件."""
    counted = text[at] in _MEASURES and text[max(0, at - 1)].isdecimal()
    return counted and text[at + 1 : at + 3] not in words.words

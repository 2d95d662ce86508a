"""Who says 我局 and 我县: words for oneself that the organ cannot mean, or of another level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.names.organ_names import Name, levels, names, speaking
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_OWN = regex(
    "(?<![自你他基根原成版文日样书资副读标])(?P<word>[我本]"
    "(?:局(?![限部面域势])|委(?![托派屈婉任员])|厅|(?<=我)办(?![理事证好实成学案卡结件法])"
    "|街道|县|市(?![场民面值])|区(?![别分域块间隔])|镇(?![定静守])|乡(?![愁音亲土村])))"
)
_ALL = regex(
    "(?:^|[，；])(?:20[0-9]{2}年(?:度)?，?|全年，?)?(?P<word>全[县镇乡])"
    "(?=共|累计|各级|各部门|主动|新收|收到|受理|办结|制发|行政机关|未|没有)"
)
_QUOTED = regex("[“‘《「][^“”‘’《》「」]*$")  # in a slogan or a title nobody speaks of himself
_OTHER_REGION = regex(  # of which a city speaks as 我区 too
    "自治|(?:新|开发|高新|经开|示范|试验|实验|合作|保税|度假|产业|园|景|林)区|[上全]区"
)
_REPORTS = regex(  # what 我区 does itself, so that no region above the organ is meant
    "(?:20[0-9]{2}年度?|全年|本年度?)?(?:[把将共未]|没有|收到|受理|新收|办结|主动公开|制发|坚持|持续|修订|建立|举办|组织|开展|围绕)"
)
_RANKS = ("省", "市州盟", "县区旗市", "镇乡")
_KINDS = ("局", "委", "厅", "办", "街道")
# What only one's own organ does or suffers in such a report.
_DOES = (
    "(?:共|累计|全年|年内|新)?(?:主动公开(?!工作)|收到|受理|制发|新收|办结|答复了)[^，。；]{0,14}"
    "(?:申请|信息|文件|件|条)"
)
_SPEAKS_FOR = regex("政府|管委会|管理委员会|办公[室厅]|政务|街道|^$")
_CHARGES = regex(
    "(?:^|(?<=[，。；：]))(?P<who>[我本全][省市县区州旗镇乡])(?:20[0-9]{2}年(?:度)?|全年|本年度?)?"
    "(?:没有|未|未曾|均未|共|累计)?(?:发生|产生|收取|收到)(?:过|任何|政府|信息|公开|依申请|的)*处理费"
)
_SUFFERS = "(?:针对|状告|起诉)"


def speaker(inspection: Inspection) -> Iterator[Problem]:
    """Words for oneself that contradict what the organ is, once each; and its own kind at another level."""
    if not inspection.report.organ:
        return
    known = names(inspection.report.organ)
    own = {word for name in known if (word := speaking(name))}
    if "街道" in own:
        own.add("办")
    places = frozenset().union(*(levels(name) for name in known))
    government = any(name.kind.endswith("政府") for name in known)
    by_word: dict[str, list[Sentence]] = {}
    for sentence in inspection.sentences:
        for match in _words(sentence.text):
            own_doing = match["word"][1:] != "区" or _REPORTS.match(sentence.text, match.end())
            if own_doing and not _QUOTED.search(sentence.text, 0, match.start()):
                by_word.setdefault(match["word"], []).append(sentence)
    for word, sentences in by_word.items():
        who = word[1:]
        kind = (own or government) and who not in own
        contradicts = kind if who in _KINDS else _lower(who, places, inspection)
        if contradicts and not (who == "委" and any("管" in name.kind for name in known)):
            what = f"“{word}”与机关“{quote(inspection.report.organ)}”不符（{len(sentences)} 处）"
            mend = "请改为本机关的自称，或写明是哪个机关、哪个地方"
            where = tuple(dict.fromkeys(sentence.place for sentence in sentences))
            about = (
                who if word[0] == "我" else word,
                inspection.report.organ,
                *dict.fromkeys(sentence.text for sentence in sentences),
            )
            yield rule("self-reference").broken(what, mend, where, about)
    if not government and not any(_SPEAKS_FOR.search(name.kind) for name in known):
        yield from _for_the_place(inspection)
    yield from _levels(inspection, known)


def _for_the_place(inspection: Inspection) -> Iterator[Problem]:
    """A department that tells what only it knows of itself as of the place: 我县未收取信息处理费."""
    for sentence in inspection.sentences:
        match = _CHARGES.search(sentence.text) if "处理费" in sentence.text else None
        if match:
            what = f"“{match['who']}”与机关“{quote(inspection.report.organ)}”不符：“{quote(match.group())}”"
            about = (match["who"], inspection.report.organ, sentence.text)
            mend = "请改为本机关的自称，或写明是哪个机关、哪个地方"
            yield rule("self-reference").broken(what, mend, (sentence.place,), about)


def _words(text: str) -> Iterator[re.Match[str]]:
    """Where a text speaks of the organ or its place by 我, 本 or 全."""
    if "我" in text or "本" in text:
        yield from _OWN.finditer(text)
    if "全" in text:
        yield from _ALL.finditer(text)


def _lower(who: str, places: frozenset[str], inspection: Inspection) -> bool:
    """Whether a place of this level is none of the organ's, nor one above it: 我县 in a city's report."""
    if not places or who in places:
        return False
    lowest = max(rank for rank, chars in enumerate(_RANKS) if places & set(chars))
    own = min(rank for rank, chars in enumerate(_RANKS) if who in chars)
    if who == "区" and any(_OTHER_REGION.search(sentence.text) for sentence in inspection.sentences):
        return False
    return own > lowest or (own == lowest and who not in "市")


def _levels(inspection: Inspection, known: tuple[Name, ...]) -> Iterator[Problem]:
    """市公安局 doing in the report of a 区公安局 what only the reporting organ does."""
    for name in known:
        level = name.place[-1:]
        if len(name.kind) < len("公安局") or level not in "市县区州旗":
            continue
        other = regex(
            f"(?:^|(?<=[。，；：、\\s])|(?P<before>{_SUFFERS}))"
            f"(?P<who>[省市县区州旗]{re.escape(name.kind)})(?P<after>{_DOES})?"
        )
        for sentence in inspection.sentences:
            if name.kind not in sentence.text:
                continue
            for match in other.finditer(sentence.text):
                if match["who"][0] == level or not (match["before"] or match["after"]):
                    continue
                what = f"“{match['who']}”与本机关“{quote(name.whole)}”的级别不符：“{quote(match.group())}”"
                mend = f"说的是本机关的，请改为“{level}{name.kind}”"
                about = (match["who"], name.whole, sentence.text)
                own = [Correction.of(sentence, *match.span("who"), f"{level}{name.kind}", alone=True)]
                yield rule("other-level").broken(what, mend, (sentence.place,), about, own)

"""Another organ, or another place, where a text can only mean the one that reports.

Judged is only a name that is understood to its last character: a place and a kind of organ that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.language.lexicon import lexicon
from nianbao.report.checks.names.mentions import Mention, Role, is_elsewhere, mentions, quoted
from nianbao.report.checks.names.organ_kinds import is_known, is_ruling, is_short
from nianbao.report.checks.names.organ_names import LEVELS, Name, is_within, names, parted, slip
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_RANKS = ("省", "市州盟", "县区旗", "镇乡道")  # of a street office the 街道 is the place
_STREET = "街道"
_OFFICE_OF = regex("((?:人民)?政府|管委会|管理委员会)办公[室厅]")
_LEADING = regex("^(?:现由|特由|由|现将|将|是|为|经|根据|按照|要求|规定|并由|并|现|特|系|和|与)")
_QUOTED = regex("[“‘《「](?![我本]|[省市县区州旗][局委厅]”)[^“”‘’《》「」]*[”’》」]")
_PLACE = regex("[一-鿿]{2,4}[省市县区旗州镇乡]")
_NO_PLACE = regex(
    "^(?:指导|支持|帮助|推动|督促|组织|对接|帮扶|辅导|协助|援助|配合|走访|推荐|选取|选择|确定|安排)"
    "|[各全我本该其每邻外原老大小多两几]|兄弟|先进|周边|相邻|试点|示范|贫困|重点|部分|个别|有关|相关|辖|有的|一些"
    "|(?:城|超|都|门|夜|楼|上|集|县|区|省)市|(?:^|[老主新心古全县市镇建大小各本])城区"
    "|(?:地|社|园|景|山|灾|片|小|街|校|库|新|厂|矿|牧|林|牧|市|县|战|学|专|"
    "开发|实验|试验|保税|高新|经开)区|(?:乡|城|集|小|古|市|村|街|重|强)镇|(?:城|家|水|侨|故|农|下)乡|市县|区县|自治[州县旗区]"
)
_STREET_NAME = regex(
    "(?!下辖|所属|辖区|其他|相关|各|两|多|基层|部分|个别|有关|试点)[一-鿿]{2,3}街道(?:办事处)?"
)
_DEPARTMENT = regex(  # whose accounts are no other department's, nor that of a body under it
    "教育|民政|财政|司法|公安|水利|水务|交通|住建|农业农村|文旅|卫健|应急|审计|统计|人社|商务|生态环境|市场监管|自然资源|城管|发改|医保|林业|气象|科技"
)
_ITS_OFFICE = regex("(?<=[局委厅会])[^局委厅会]{2,8}[科股处室]$")
_AT_LARGE = frozenset(
    {
        "中国",
        "全国",
        "国家",
        "阳光",
        "智慧",
        "平安",
        "法治",
        "清廉",
        "最美",
        "爱上",
        "掌上",
        "今日",
        "微观",
        "聚焦",
    }
)
_FROM_ABOVE = regex("[省市国]级|上级|[省市](?!场)[局厅委]|等[”]?$|转发|关注|入驻")
_PASSED_ON = regex("转[发载](?![0-9])|学习|贯彻|落实|参照|按照|依据|联合|协助|指导")
_OURSELVES = regex("[我本](?:局|委|厅|办|县|市|区|镇|乡|机关|单位|部门|街道|省|州|旗|院|中心|队|处)")
_ALL_OF_OURS = regex("全[市县区镇乡省]")
_TELLS = regex("公开|申请|政务|信息")
_ORGANS = (Role.COMPILES, Role.CONTACT, Role.ITSELF, Role.SUBJECT)


def others(inspection: Inspection, told: Sequence[str]) -> Iterator[Problem]:
    """Names of others in the reporter's place, once each; what is `told` already is its own, misspelt."""
    report = inspection.report
    known = names(report.organ)
    own = _own(known[0])
    if not own.place or not (is_known(own.kind) or is_ruling(own.kind)):
        return  # of an organ whose own name is not understood no other is told
    seen = set()
    marks = frozenset(f"局委厅{_RANKS[_rank(own.place)]}")
    for sentence in inspection.sentences:
        for mention in quoted(sentence.text):
            other = _is_other_account if mention.role is Role.ACCOUNT else _is_other_place
            if mention.role is Role.ACCOUNT and _FROM_ABOVE.search(sentence.text, 0, mention.at):
                continue
            away = is_elsewhere(sentence.text, mention.at) or _PASSED_ON.search(sentence.text)
            if mention.name not in seen and not away and other(mention.name, own):
                seen.add(mention.name)
                yield _told(mention.name, mention, own, sentence)
        if marks.isdisjoint(sentence.text):
            continue
        text = _QUOTED.sub(lambda match: "〇" * len(match.group()), sentence.text)
        for mention in mentions(text):
            who = _bare(mention.name)
            if who in seen or any(who.startswith(word) or word.startswith(who) for word in told):
                continue
            if any(name.whole.endswith(who) or who.startswith(name.whole) for name in known):
                continue
            if not is_elsewhere(text, mention.at) and _is_other(who, mention, own, sentence):
                seen.add(who)
                yield _told(who, mention, own, sentence)


def _own(name: Name) -> Name:
    """The reporter; a street office rules its 街道 as a government its place, whose office speaks for it."""
    if _OFFICE_OF.fullmatch(name.kind):
        return Name(name.whole, name.place, _OFFICE_OF.sub(r"\1", name.kind))
    street = name.kind.removesuffix("办事处")
    return Name(name.whole, street, "") if street.endswith(_STREET) and name.place else name


def _bare(name: str) -> str:
    name = name.rpartition("由")[2]
    while name != (name := _LEADING.sub("", name)):
        pass
    return name


def _is_other(who: str, mention: Mention, own: Name, sentence: Sentence) -> bool:
    if mention.role in (Role.FACILITY, Role.PLACE):
        return _is_other_place(who, own)
    if mention.role is Role.GOVERNMENT:
        return _is_other_county(who, own)
    if mention.role in (Role.COMPILES, Role.ITSELF, Role.SITE) and (
        _is_one_apart(who, own.whole) or slip(own.whole, who)
    ):
        return True
    if mention.role is Role.CONTACT:
        who = _ITS_OFFICE.sub("", who)
    name = _understood(who, own.place)
    if name is None:
        return mention.role is Role.COMPILES and _is_own_in_other_words(parted(who), own)
    if mention.role in (Role.SUBJECT, Role.ACTOR, Role.DOER):
        alike = bool(name.kind) and is_ruling(name.kind) and is_ruling(own.kind)
        ours = _OURSELVES.search(sentence.text) or (not alike and _ALL_OF_OURS.search(sentence.text))
        told = mention.role is Role.DOER or _TELLS.search(sentence.text)
        if ours or not told or sentence.heading:
            return False
        if mention.role is Role.ACTOR and not (is_ruling(name.kind) and is_ruling(own.kind)):
            return False
    if _is_own_place(name.place, own.place):
        foreign = is_known(name.kind) and not is_ruling(own.kind) and not is_short(name.kind, own.kind)
        return foreign and mention.role in _ORGANS and not is_short(own.kind, name.kind)
    if slip(own.place, name.place):
        return True
    same_kind = bool(name.kind) and is_short(name.kind, own.kind)
    if name.place not in own.place and mention.role is Role.COMPILES and same_kind:
        return True
    if mention.role is Role.CONTACT and same_kind and _rank(name.place) > _rank(own.place) >= 0:
        return own.place not in name.place  # nobody asks one below it of its own report
    if name.place in own.place or _rank(name.place) != _rank(own.place):
        return False
    if own.place[-1] == "市":  # a city may have another above or below it
        return same_kind and mention.role in (Role.CONTACT, Role.ITSELF)
    return mention.role in (*_ORGANS, Role.ACTOR, Role.DOER) or not name.kind


def _is_one_apart(who: str, whole: str) -> bool:
    """Whether it is the end of the own name with another character: 青水乡人民政府 for 清水乡人民政府."""
    end = whole[-len(who) :]
    return len(who) > len("某县某局") and sum(map(str.__ne__, who, end)) == 1 and len(end) == len(who)


def _is_other_place(who: str, own: Name) -> bool:
    """Whether it is a place of the reporter's rank, and neither its own nor one with it."""
    if slip(own.place, who):
        return True
    name = Name(who, who, "") if _STREET_NAME.fullmatch(who) else _understood(who)
    if name is None or name.kind or _NO_PLACE.search(who) or own.place[-1] == "市":
        return False
    return _rank(name.place) == _rank(own.place) and not _is_own_place(name.place, own.place)


def _is_other_county(who: str, own: Name) -> bool:
    """Whether it is a county, and the reporter of another, or of a place in another."""
    parts = re.split("(?<=[省市州盟县区旗])(?=.{2})", own.whole)
    county = next((part for part in parts if part[-1] in "县区旗"), "")
    name = _understood(who)
    if not county or name is None or name.kind or _NO_PLACE.search(who):
        return False
    return not county.endswith(name.place) and not name.place.endswith(county)


def _is_other_account(who: str, own: Name) -> bool:
    """Whether an account is called by the own place and by what another organ does, or the other way round.

    “某县教育” of the 民政局 of that county, “东河民政” of another county's.
    """
    if re.fullmatch(f"[一-鿿]{{2}}(?:{_DEPARTMENT.pattern})", who) and _is_elsewhere_in(
        who[:2], who[2:], own
    ):
        return True
    place = re.split("(?<=[省市州盟县区旗])(?=.{2})", own.place)[-1][:-1]
    kind = who.removeprefix(place)
    known = kind != who and _DEPARTMENT.fullmatch(kind) is not None
    return (
        known
        and not is_ruling(own.kind)
        and not is_within(kind, own.kind)
        and not is_short(f"{kind}局", own.kind)
    )


def _is_elsewhere_in(place: str, kind: str, own: Name) -> bool:
    """Whether an account of the own kind is called by two characters, no word nor of the own place."""
    ours = is_within(kind, own.kind) and not is_ruling(own.kind) and own.place[-1] in "县区旗"
    strange = set(place).isdisjoint(own.place) and place not in lexicon().words
    return ours and strange and place not in _AT_LARGE


def _is_own_in_other_words(name: Name, own: Name) -> bool:
    """Whether it is of the own place and of such an ending, and called otherwise: 交通运输管理局."""
    if is_ruling(own.kind) or name.place != own.place or name.kind[-1:] != own.kind[-1:]:
        return False
    return len(name.kind) > len("某局") and not is_short(name.kind, own.kind)


def _understood(who: str, own: str = "") -> Name | None:
    """The name as place and kind, where both are known; None where some of it is not understood.

    Any place may be the `own`: 北原区, 大田县.
    """
    if who[:1] in LEVELS and is_known(who[1:]):
        return Name(who, who[0], who[1:])
    if is_known(who):
        return Name(who, "", who)
    name = parted(who)
    last = re.split("(?<=[省市州盟县区旗])(?=.{2})", name.place)[-1]
    if not _PLACE.fullmatch(last) or (name.place != own and _NO_PLACE.search(name.place)):
        return None
    return name if is_known(name.kind) or is_ruling(name.kind) else None


def _is_own_place(place: str, own: str) -> bool:
    short = len(own) > len(place) + 1 and is_within(place, own)  # 甲乙州 for 甲乙自治州
    return own.endswith(place) or place.endswith(own) or short  # blank is the own too


def _rank(place: str) -> int:
    return next((rank for rank, chars in enumerate(_RANKS) if place[-1:] in chars), -1)


def _told(who: str, mention: Mention, own: Name, sentence: Sentence) -> Problem:
    about = (who, own.whole, sentence.text)
    place = (sentence.place,)
    name = parted(who)
    if slip(own.place, name.place) or (slip(own.whole, who) and not is_known(name.kind)):
        what = f"“{quote(who)}”与本机关的名称“{quote(own.whole)}”差一两个字"
        mend = f"写错的请改为“{quote(own.whole)}”；确是别的机关的不必改"
        whole = slip(own.whole, who)
        right = own.whole if whole else own.place + name.kind
        start = mention.at if sentence.text.startswith(who, mention.at) else sentence.text.find(who)
        corrections = [Correction.of(sentence, start, start + len(who), right, alone=True)]
        return rule("organ-misspelt").broken(what, mend, place, about, corrections if start >= 0 else ())
    what = f"“{quote(who)}”不是本机关“{quote(own.whole)}”，这里说的却像是{mention.role.value}"
    mend = "沿用别处文字的请改正；说的确是别的机关、别的地方的不必改"
    return rule("other-named").broken(what, mend, place, about)

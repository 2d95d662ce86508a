"""Parts and their whole: 共 10 件，其中甲 6 件、乙 5 件; 甲 6 件、乙 5 件，共 10 件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from nianbao.report.checks.text_vs_tables.balance import balances
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.enumeration import (
    CHANNELS,
    OTHERS,
    Enumeration,
    enumerations,
    kind,
    label,
    list_at,
    paired,
    plain_counts,
)
from nianbao.report.checks.text_vs_tables.listed import SHARED, listed, of_requests
from nianbao.report.checks.text_vs_tables.listing import GRADES, listings
from nianbao.report.checks.text_vs_tables.quantity import COUNT, RATIOS, Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.subset import exceeding
from nianbao.report.checks.text_vs_tables.sums import LEAVES_OUT, added, exact, not_whole, slipped
from nianbao.report.checks.text_vs_tables.whole import totals
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_GOES_ON = regex("等(?!级)|其余|剩余|余下|另|还有|尚|未|部分|个别|此外")
_AVERAGE = regex("(?:日均|月均|年均|人均|平均|每)[^，。；]*")
_ALL_OTHERS = regex("其[他它]各?(?:类|方面|事项|渠道|形式|信息|领域|问题)*")
_EXHAUSTS = frozenset(("分别为", "分别是", "分为", "即"))
_ADDED = regex("[、和及与另]|结转|上年|加|同时|连同|废止|清理|诉讼")
_ALL_KINDS = (  # that leave no other one
    ("掌握", "现成|另行制作", "补正|不明确"),
    ("主动公开", "依申请", "不予?公开"),
    ("文字", "图", "视频"),
)
_NO = "[^，。；：、（）＃％×±]"
_THE_REST = regex("[，、；](?:其余|剩余|余下|剩下)的?$")
_REST_OF = regex("(?<=其余|剩余|余下|剩下)[^，、；。]{0,8}$")  # 其余补贴125.5万元
_SEMICOLON = regex(f"{_NO}{{0,6}}；(?=问|涉及|反映|关于|要求|咨询|网|邮|信|当面|自然人|来自|按|从)")
_NUMBERED = regex("[0-9]|[一二三四五六七八九十百两]{1,4}[件份起宗]")
_TOLD = regex(
    f"(?:(?![与和及]){_NO}){{0,6}}，?"
    f"(?:[这以上述前]{{0,2}}(?P<number>[两二三四五六][项类者种家个]|两者|二者){_NO}{{0,3}}?(?:合计|共计?|相加|之和|加起来|总计)"
    "|(?P<all>共计|合计|总计|一共|总共)(?:公开|发布|收到|受理|办理|办结|制发)?"
    f"|(?P<who>{_NO}{{0,4}})共(?P<verb>清理|办理|承办|公开|发布|收到|受理|组织|开展|举办|培训|处理|答复|解读|梳理)?)"
    "(?:申请)?[有为计]?(?P<total>＃)",
    "共|计|相加|之和|加起来",
)
_WITH_REST = regex(
    f"[，、；。](?:再?加上?|叠加|算上|连同|另有|含)?(?:上年(?:结转|遗留|转入|未办结)|结转自上年){_NO}{{0,8}}(?P<rest>＃){_NO}{{0,4}}，"
    f"(?:两[项者](?:合计|相加|共计?|之和)|一?共计?|合计|总计|总共|累计)(?:为|是|有|达|办理|应办|受理|处理|待办)*(?P<total>＃)",
    "上年",
    "合计|相加|共|之和|总计|累计",
)
_CAME = regex("新收|收到|受理|接收|登记|收件")
_NUMBERS = {char: value for value, char in enumerate("零一二三四五六")} | {"两": 2}
_KINDS = regex("(?P<number>[两三四五六])(?:种|类|个)(?:不同)?(?:情形|原因|类型|渠道|方面|来源|方式)")
_CLOSES = regex(f"{_NO}{{0,8}}(?:；|$)")
_TWO_FLOWS = regex("结转|上年|[转遗]|加上|连同")
_FOLLOWS = regex("其中[：，]?|(?:[按从以][^，。：]{1,10}[看分]|分[^，。：]{1,6}看)[，：]")
_OTHER_PIECES = ("场", "次", "期", "条", "篇", "个", "项", "部", "册")  # of other parts
_PIECES = frozenset(("件", "份", "宗", "起"))


def wholes(
    sentence: Sentence, claims: Sequence[Claim], earlier: Sequence[Sentence], report: Report
) -> Iterator[Problem]:
    """Parts that add up to more than their whole, and such that are complete and add up to less."""
    if not _NUMBERED.search(sentence.text):
        return
    outlined = outline(sentence.text, report.year)
    told = _told_of(sentence, outlined, claims, earlier, report) if outlined.quantities else ()
    yield from {problem.about: problem for problem in told}.values()  # one list may be told of in two ways


def _told_of(
    sentence: Sentence,
    outlined: Outline,
    claims: Sequence[Claim],
    earlier: Sequence[Sentence],
    report: Report,
) -> Iterator[Problem]:
    lists = list(enumerations(outlined))
    for enumeration in lists:
        in_both = any(  # 2笔、880元: what is told in both units is told of all
            other.start == enumeration.start
            and len(other.parts) == len(enumeration.parts)
            and added(other.parts) == (other.whole and other.whole.value)
            for other in lists
        )
        yield from _judge(sentence, outlined, enumeration, in_both)
        yield from _again(sentence, outlined, enumeration)
    yield from _told(sentence, outlined)
    yield from _with_rest(sentence, outlined, claims, report)
    opened = {enumeration.whole for enumeration in lists}
    unopened = [listing for listing in listings(outlined) if listing.whole not in opened or not listing.whole]
    yield from listed(sentence, outlined, unopened, earlier, claims, report)
    yield from _follows(sentence, outlined, earlier, report)
    yield from balances(sentence, outlined, earlier, report)
    yield from exceeding(sentence, outlined)


def _judge(
    sentence: Sentence, outlined: Outline, enumeration: Enumeration, in_both: bool
) -> Iterator[Problem]:
    """The parts of one list against the number before it."""
    whole, parts, word = enumeration.whole, enumeration.parts, enumeration.word
    if whole is None or not exact(whole, *parts, *enumeration.rest):
        return
    together = added(parts)
    others = [other.value for other in enumeration.others]
    if others and _ADDED.search(outlined.text[enumeration.others[-1].mark : whole.mark + 6]):
        others += [whole.value + other for other in others]
    certain = paired([label(outlined, part) for part in parts]) or slipped(parts, whole.value)
    if together > whole.value:
        if not certain and (_overlap(outlined, parts, whole) or _graded_within(outlined, parts)):
            return
        more = together > max([whole.value, *others]) or (certain and together not in others)
        if more and (len(parts) > 1 or word in ("其中", "中")):
            yield not_whole(sentence, whole, parts, whole.value)
        return
    with_rest = together + added(enumeration.rest)
    every = enumeration.rest and _THE_REST.search(_REST_OF.sub("", outlined.left(enumeration.rest[-1])))
    if (
        every
        and _none_skipped(outlined, enumeration, with_rest < whole.value)
        and not {with_rest, whole.value} & {*others}
    ):
        if with_rest != whole.value:
            yield not_whole(sentence, whole, (*parts, *enumeration.rest), whole.value)
        return
    if together == whole.value or with_rest >= whole.value or together in others:
        return
    if _told_kinds(outlined, parts):
        yield not_whole(sentence, whole, parts, whole.value)
        return
    if word in ("含", "涉及", "涵盖") or not (enumeration.ended or _closed(outlined, parts)):
        return
    if in_both or _complete(outlined, enumeration, whole):
        yield not_whole(sentence, whole, (*parts, *enumeration.rest), whole.value)


def _told_kinds(outlined: Outline, parts: Sequence[Quantity]) -> bool:
    """Whether it is said behind the parts how many kinds there are, and each has its number."""
    kinds = _KINDS.match(outlined.text, parts[-1].mark + 1)
    return kinds is not None and len(parts) > 1 and _NUMBERS.get(kinds["number"]) == len(parts)


def _none_skipped(outlined: Outline, enumeration: Enumeration, short: bool) -> bool:
    """Whether the parts and their rest are all numbers of their unit there are, and none is left out."""
    several = (*enumeration.parts, *enumeration.rest)
    first, last = several[0].mark, several[-1].mark
    between = [one for one in outlined.quantities if first <= one.mark <= last and one.unit not in RATIOS]
    within = [one for one in between if not outlined.depth(one.mark) or enumeration.word == "（"]
    if "其中" in outlined.text[first:last] or any(one.mark < first for one in enumeration.rest):
        return False
    return len(within) == len(several) and not (short and LEAVES_OUT.search(outlined.text[first:last]))


def _again(sentence: Sentence, outlined: Outline, enumeration: Enumeration) -> Iterator[Problem]:
    """A frame divided anew behind a semicolon: 12件中，邮寄7件、当面5件；问征地的8件，问低保的6件."""
    whole, parts = enumeration.whole, enumeration.parts
    if enumeration.word != "中" or whole is None or len(parts) < 2 or added(parts) != whole.value:
        return
    after = _SEMICOLON.match(outlined.text, parts[-1].mark + 1)
    row = list_at(outlined, after.end()) if after else None
    if row is None or len(row.parts) < 2 or row.parts[0].unit != whole.unit:
        return
    several = (*row.parts, *row.rest)
    more = len(row.parts) > 2 or any(kind(label(outlined, one)) for one in row.parts)
    if not exact(*several) or not more or added(several) in (whole.value, *(one.value for one in parts)):
        return
    complete = row.rest and _THE_REST.search(_REST_OF.sub("", outlined.left(row.rest[-1])))
    if added(several) > whole.value or (
        complete and not LEAVES_OUT.search(outlined.text, after.end() if after else 0)
    ):
        yield not_whole(sentence, whole, several, whole.value)


def _closed(outlined: Outline, parts: Sequence[Quantity]) -> bool:
    """Whether a semicolon, with none between the parts, ends their list."""
    return "；" not in outlined.text[parts[0].mark : parts[-1].mark] and bool(
        _CLOSES.match(outlined.text, parts[-1].mark + 1)
    )


def _overlap(outlined: Outline, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether two parts are rather told of what they share: 网上可办1180项，全程网办860项, of 1203."""
    if len(parts) != 2 or added(parts) * 10 <= whole.value * 14:
        return False
    gap = outlined.text[parts[0].mark + 1 : parts[1].mark]
    return "，" in gap and not any(kind(label(outlined, part)) for part in parts)


def _graded_within(outlined: Outline, parts: Sequence[Quantity]) -> bool:
    """Whether all but the first are its grades: 50家，其中市直41家，优秀8家、良好30家、一般3家."""
    grades = [GRADES.search(label(outlined, part)) is not None for part in parts]
    return len(parts) > 2 and not grades[0] and all(grades[1:]) and added(parts[1:]) <= parts[0].value


def _complete(outlined: Outline, enumeration: Enumeration, whole: Quantity) -> bool:
    """Whether a list certainly names every part of its whole."""
    parts = (*enumeration.parts, *enumeration.rest)
    last = parts[-1].mark
    after = outlined.text[last + 1 :]
    bracketed = enumeration.word == "（"
    tail = re.split("[。；）]" if bracketed else "[。；]", after)[0]
    labels = [label(outlined, part) for part in enumeration.parts]
    certain = paired(labels) or slipped(parts, whole.value)
    if LEAVES_OUT.search(outlined.text[whole.mark : last] + tail) or (not certain and _GOES_ON.search(tail)):
        return False
    first = parts[0].mark
    strange = (one for one in outlined.quantities if one.unit not in RATIOS and one.unit != whole.unit)
    more = plain_counts(outlined, bracketed=bracketed) if certain else ()
    alike = (whole.unit,) if paired(labels) else (whole.unit, *_PIECES, *_OTHER_PIECES)
    counted = any(one.unit in alike and last < one.mark <= last + len(tail) for one in more)
    if not certain:
        counted = COUNT in _AVERAGE.sub("", tail)
    if counted or any(first < one.mark < last for one in strange):
        return False
    if any("涉及" in name for name in labels) and not any(OTHERS.search(name) for name in labels):
        return False
    if enumeration.word in _EXHAUSTS or bracketed:
        return len(parts) >= 2
    if len(parts) == 2:
        if _named(outlined, whole, labels):
            return True
        return certain
    if any(_every(labels, kinds) for kinds in _ALL_KINDS) or _named(outlined, whole, labels):
        return True
    kinds = {kind(name) for name in labels} & {"applicants", "outcomes", "results", "disputes"}
    if kinds and not any(OTHERS.search(name) for name in labels):
        return False  # what the form names may be left out where it is 0
    every = any(_ALL_OTHERS.fullmatch(name) for name in labels)
    near = added(parts) * 4 >= whole.value * 3 or certain
    return len(parts) >= 3 and (every or near)


def _every(labels: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether each kind has its label, and no other stands among them."""
    return len(labels) == len(kinds) and all(
        any(re.search(words, name) for name in labels) for words in kinds
    )


def _named(outlined: Outline, whole: Quantity, labels: Sequence[str]) -> bool:
    """Whether the words of the whole name each of its parts: 微博、微信共发布2730条，其中微博…、微信…."""
    named = outlined.left(whole)
    return "、" in named and len(labels) > 1 and all(len(name) > 1 and name in named for name in labels)


def _told(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """A sum that the sentence tells after its parts: 甲6件、乙5件，共11件."""
    if "共" not in outlined.text and "计" not in outlined.text:
        return
    for index, total in enumerate(outlined.quantities[1:], 1):
        match = _TOLD.match(outlined.text, outlined.quantities[index - 1].mark + 1)
        if match is None or match.start("total") != total.mark:
            continue
        before = [
            one for one in plain_counts(outlined) if one.unit == total.unit and one.mark < match.start()
        ]
        if not before or before[-1] is not outlined.quantities[index - 1]:
            continue
        run = _joined(outlined, before, "、|和|及|，" if match["all"] or match["verb"] else "、|和|及")
        if (match["who"] or match["verb"]) and not _of_all(outlined, run, match["who"], match["verb"] or ""):
            continue
        if number := match["number"]:
            size = _NUMBERS.get(number[0], 2)
            run = before[-size:] if len(before) >= size else []
        if len(run) < 2 or not exact(total, *before):
            continue
        sums = set(accumulate(one.value for one in reversed(before)))
        if total.value not in sums | {one.value for one in before}:
            yield not_whole(sentence, run[0], run, total.value, total)


def _with_rest(
    sentence: Sentence, outlined: Outline, claims: Sequence[Claim], report: Report
) -> Iterator[Problem]:
    """What came this year and what was left from the last, told as a sum: 加上年结转8件，共112件."""
    if "结转" not in outlined.text and "遗留" not in outlined.text:
        return
    for match in _WITH_REST.finditer(outlined.text):
        rest, total = outlined.at(match.start("rest")), outlined.at(match.start("total"))
        before = [one for one in plain_counts(outlined) if one.mark < rest.mark and one.unit == rest.unit]
        came = [one for one in before if _CAME.search(outlined.left(one)) and "；" not in outlined.left(one)]
        if any(total.start <= claim.count.start < total.end and claim.meanings for claim in claims):
            continue  # the table tells it
        if len(came) != 1 or not exact(rest, total, *came) or total.unit != rest.unit:
            continue
        sums = {one.value + rest.value for one in before}
        if total.value not in sums | set(totals(report)):
            yield not_whole(sentence, came[0], (came[0], rest), total.value, total)


def _of_all(outlined: Outline, run: Sequence[Quantity], who: str, verb: str) -> bool:
    """Whether it is certainly the sum that is told: 专职40人、兼职120人，专兼职共160人."""
    named = "".join(outlined.left(one) for one in run)
    if not who and verb in ("收到", "受理") and all(channel.search(named) for channel in CHANNELS):
        return True
    if verb and (verb not in outlined.text[: run[-1].mark] or len(run) < 3):
        return False
    return all(char in named for char in who) or who in ("两者", "二者", "上述", "以上")


def _joined(outlined: Outline, counts: Sequence[Quantity], joints: str) -> list[Quantity]:
    """The last numbers of a row that are joined to one another, by 、 or 和 say."""
    run = [counts[-1]]
    for one in reversed(counts[:-1]):
        gap = outlined.text[one.mark + 1 : run[0].mark]
        joined = len(re.findall(joints, gap)) == 1 and ("，" not in gap or "，" in joints)
        if not joined or not re.fullmatch("[^。；：]{0,24}", gap):
            break
        run.insert(0, one)
    return run


def _follows(
    sentence: Sentence, outlined: Outline, earlier: Sequence[Sentence], report: Report
) -> Iterator[Problem]:
    """A list whose whole stands in the paragraph before it, or in the table."""
    opened = _FOLLOWS.match(outlined.text)
    if opened is None and not all(channel.search(outlined.text) for channel in CHANNELS):
        return
    row = list_at(outlined, opened.end() if opened else 0)
    if row is None or not row.ended or not exact(*row.parts, *row.rest):
        return
    parts, unit = row.parts, row.parts[0].unit
    labels = [label(outlined, part) for part in parts]
    every_channel = all(any(channel.search(name) for name in labels) for channel in CHANNELS)
    if not every_channel and opened is None:
        return
    near = [one for one in earlier if one.paragraph == sentence.paragraph]
    counts = [plain_counts(outline(one.text, report.year)) for one in near]
    values = [[one.value for one in several if one.unit == unit] for several in counts]
    wholes = [value for several in values for value in several]
    requested = unit in _PIECES and of_requests(near, outlined.said(0, parts[0].mark))
    if requested:
        wholes += totals(report)
    if opened and opened.group().startswith("其中") and values:
        wholes, requested = values[-1], False
    together, with_rest = added(parts), added((*parts, *row.rest))
    both = {one + other for one, other in pairwise(wholes)}
    if requested and row.rest:  # two kinds of applicants are nothing that a list divides
        both = {
            one.value + other.value
            for several, text in zip(counts, near, strict=True)
            if _TWO_FLOWS.search(text.text)
            for one, other in pairwise(several)
        }
    if not wholes or {together, with_rest} & {*wholes, *both}:
        return
    whole = (
        next(totals(report), None)
        if requested
        else wholes[0]
        if len(values[-1:] and values[-1]) == 1
        else None
    )
    ends = row.rest[-1].mark if row.rest and _THE_REST.search(outlined.left(row.rest[-1])) else None
    if whole is None or not 2 * together > whole > 0 or LEAVES_OUT.search(outlined.text[:ends]):
        return
    slip = requested and len(parts) > 2 and together > whole and slipped(parts, whole)
    if together > max(wholes) or (every_channel and together > whole) or slip:
        yield not_whole(sentence, parts[0], parts, whole)
    elif with_rest < whole and len(parts) >= 3 and with_rest * 4 >= whole * 3:
        partial = any("涉及" in name for name in labels) and not OTHERS.search(labels[-1])
        partial = partial or bool(SHARED.match(outlined.text, (*parts, *row.rest)[-1].mark + 1))
        if not partial and (ends or not _GOES_ON.search(outlined.text[(*parts, *row.rest)[-1].mark + 1 :])):
            yield not_whole(sentence, parts[0], (*parts, *row.rest), whole)

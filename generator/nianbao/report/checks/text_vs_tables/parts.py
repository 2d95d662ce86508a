"""Parts and their whole: 共 10 件，其中甲 6 件、乙 5 件; 甲 6 件、乙 5 件，共 10 件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.enumeration import (
    CHANNELS,
    OTHERS,
    RATIOS,
    Enumeration,
    enumerations,
    kind,
    label,
    list_at,
    plain_counts,
)
from nianbao.report.checks.text_vs_tables.listing import GRADES, Listing, listings
from nianbao.report.checks.text_vs_tables.quantity import COUNT, Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.whole import totals
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.report import Report

_OTHER_BUSINESS = re.compile(
    "留言|热线|12345|诉求|工单|来信|来电|信件|信箱|咨询|建议|提案|公开信息|发布|推送|文件|培训|检查|问题|栏目|问卷"
)
_SHARED = re.compile(
    "[，（](?:合计|共计?|合|[两三四五六][类项者种个]|以上|上述|.{0,2}计)*占"
)  # so there are others too
_LEAVES_OUT = re.compile("等(?!级)|主要|居多|为主|重点|集中|不含|除外|较多|最多")
_GOES_ON = re.compile("等(?!级)|其余|剩余|余下|另|还有|尚|未|部分|个别|此外")
_AVERAGE = re.compile("(?:日均|月均|年均|人均|平均|每)[^，。；]*")
_ALL_OTHERS = re.compile("其[他它]各?(?:类|方面|事项|渠道|形式|信息|领域|问题)*")
_EXHAUSTS = frozenset(("分别为", "分别是", "分为", "即"))
_PAIRS = (
    ("自然人|公民|个人", "法人"),
    ("线上|网", "线下|现场"),
    ("上半年", "下半年"),
    ("省级|市级|本级", "县级|区级|乡级|下级|以下"),
)
_ADDED = re.compile("[、和及与另]|结转|上年|加|同时|连同|废止|清理|诉讼")
_UNABLE = ("掌握", "现成|另行制作", "补正|不明确")  # all rows of 无法提供
_NUMBERED = re.compile("[0-9]|[一二三四五六七八九十百两]{1,4}[件份起宗]")
_NO = "[^，。；：、（）＃％×±]"
_TOLD = re.compile(
    f"(?:(?![与和及]){_NO}){{0,6}}，?"
    "(?:[这以上述前]{0,2}(?P<number>[两二三四五六][项类者种家个]|两者|二者)(?:合计|共计?)"
    "|(?P<all>共计|合计|总计|一共|总共)(?:公开|发布|收到|受理|办理|办结|制发)?"
    f"|(?P<who>{_NO}{{0,4}})共(?P<verb>清理|办理|承办|公开|发布|收到|受理|组织|开展|举办|培训|处理|答复|解读|梳理)?)"
    "[有为计]?(?P<total>＃)"
)
_NEW = re.compile("在?(?:新收|本年|当年)(?:的|件|申请)*[^，。]{0,6}(?:当中|之中|中|里)")
_WITH_REST = re.compile(
    f"[，、；](?:再?加上?|连同|另有|含)?上年(?:结转|遗留|转入|未办结){_NO}{{0,8}}(?P<rest>＃){_NO}{{0,4}}，"
    f"(?:两[项者](?:合计|相加|共计?|之和)|一?共计?|合计|总计|总共|累计)(?:为|是|有|达|办理|应办|受理|处理|待办)*(?P<total>＃)"
)
_CAME = re.compile("新收|收到|受理|接收|登记|收件")
_BODIES = ("家", "个", "所")
_NO_BODIES = re.compile("等次|档|等级|方面|指标|类|层次|月|季|环节|栏|项|班|模块|板块")
_NUMBERS = {char: value for value, char in enumerate("零一二三四五六")} | {"两": 2}
_FOLLOWS = re.compile("其中[：，]?|(?:[按从以][^，。：]{1,10}[看分]|分[^，。：]{1,6}看)[，：]")
_PIECES = frozenset(("件", "份", "宗", "起"))


def wholes(sentence: Sentence, earlier: Sequence[Sentence], report: Report) -> Iterator[Problem]:
    """Parts that add up to more than their whole, and such that are complete and add up to less."""
    if not _NUMBERED.search(sentence.text):
        return
    outlined = outline(sentence.text, report.year)
    told = _told_of(sentence, outlined, earlier, report) if outlined.quantities else ()
    yield from {problem.about: problem for problem in told}.values()  # one list may be told of in two ways


def _told_of(
    sentence: Sentence, outlined: Outline, earlier: Sequence[Sentence], report: Report
) -> Iterator[Problem]:
    lists = list(enumerations(outlined))
    for enumeration in lists:
        paired = any(  # 2笔、880元: what is told in both units is told of all
            other.start == enumeration.start
            and len(other.parts) == len(enumeration.parts)
            and _sum(other.parts) == (other.whole and other.whole.value)
            for other in lists
        )
        yield from _judge(sentence, outlined, enumeration, paired)
    yield from _told(sentence, outlined)
    yield from _with_rest(sentence, outlined, report)
    opened = {enumeration.whole for enumeration in lists}
    unopened = [listing for listing in listings(outlined) if listing.whole not in opened or not listing.whole]
    yield from _listed(sentence, outlined, unopened, earlier, report)
    yield from _follows(sentence, outlined, earlier, report)


def _judge(
    sentence: Sentence, outlined: Outline, enumeration: Enumeration, paired: bool
) -> Iterator[Problem]:
    """The parts of one list against the number before it."""
    whole, parts, word = enumeration.whole, enumeration.parts, enumeration.word
    if whole is None or not _exact(whole, *parts, *enumeration.rest):
        return
    together = _sum(parts)
    others = [other.value for other in enumeration.others]
    if others and _ADDED.search(outlined.text[enumeration.others[-1].mark : whole.mark + 6]):
        others += [whole.value + other for other in others]
    if together > whole.value:
        if _overlap(outlined, parts, whole) or _graded_within(outlined, parts):
            return
        if together > max([whole.value, *others]) and (len(parts) > 1 or word in ("其中", "中")):
            yield _problem(sentence, whole, parts, whole.value)
        return
    with_rest = together + _sum(enumeration.rest)
    if together == whole.value or with_rest >= whole.value or together in others or not enumeration.ended:
        return
    if word in ("含", "涉及", "涵盖"):
        return
    if paired or _complete(outlined, enumeration, whole):
        yield _problem(sentence, whole, (*parts, *enumeration.rest), whole.value)


def _overlap(outlined: Outline, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether two parts are rather told of what they share: 网上可办1180项，全程网办860项, of 1203."""
    if len(parts) != 2 or _sum(parts) * 10 <= whole.value * 14:
        return False
    gap = outlined.text[parts[0].mark + 1 : parts[1].mark]
    return "，" in gap and not any(kind(label(outlined, part)) for part in parts)


def _graded_within(outlined: Outline, parts: Sequence[Quantity]) -> bool:
    """Whether all but the first are its grades: 50家，其中市直41家，优秀8家、良好30家、一般3家."""
    grades = [GRADES.search(label(outlined, part)) is not None for part in parts]
    return len(parts) > 2 and not grades[0] and all(grades[1:]) and _sum(parts[1:]) <= parts[0].value


def _complete(outlined: Outline, enumeration: Enumeration, whole: Quantity) -> bool:
    """Whether a list certainly names every part of its whole."""
    parts = (*enumeration.parts, *enumeration.rest)
    last = parts[-1].mark
    after = outlined.text[last + 1 :]
    tail = re.split("[。；）]" if enumeration.word == "（" else "[。；]", after)[0]
    if _LEAVES_OUT.search(outlined.text[whole.mark : last] + tail) or _GOES_ON.search(tail):
        return False
    labels = [label(outlined, part) for part in enumeration.parts]
    first = parts[0].mark
    strange = (one for one in outlined.quantities if one.unit not in RATIOS and one.unit != whole.unit)
    if COUNT in _AVERAGE.sub("", tail) or any(first < one.mark < last for one in strange):
        return False
    if any("涉及" in name for name in labels) and not any(OTHERS.search(name) for name in labels):
        return False
    if enumeration.word in _EXHAUSTS or enumeration.word == "（":
        return len(parts) >= 2
    if len(parts) == 2:
        return any(re.search(one, labels[0]) and re.search(other, labels[-1]) for one, other in _PAIRS)
    if all(any(re.search(words, name) for name in labels) for words in _UNABLE):
        return True
    kinds = {kind(name) for name in labels} & {"applicants", "outcomes", "results", "disputes"}
    if kinds and not any(OTHERS.search(name) for name in labels):
        return False  # what the form names may be left out where it is 0
    every = any(_ALL_OTHERS.fullmatch(name) for name in labels)
    return len(parts) >= 3 and (every or _sum(parts) * 4 >= whole.value * 3)


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
        if len(run) < 2 or not _exact(total, *before):
            continue
        sums = set(accumulate(one.value for one in reversed(before)))
        if total.value not in sums | {one.value for one in before}:
            yield _problem(sentence, run[0], run, total.value, total)


def _with_rest(sentence: Sentence, outlined: Outline, report: Report) -> Iterator[Problem]:
    """What came this year and what was left from the last, told as a sum: 加上年结转8件，共112件."""
    if "结转" not in outlined.text and "遗留" not in outlined.text:
        return
    for match in _WITH_REST.finditer(outlined.text):
        rest, total = outlined.at(match.start("rest")), outlined.at(match.start("total"))
        before = [one for one in plain_counts(outlined) if one.mark < rest.mark and one.unit == rest.unit]
        came = [one for one in before if _CAME.search(outlined.left(one)) and "；" not in outlined.left(one)]
        if len(came) != 1 or not _exact(rest, total, *came) or total.unit != rest.unit:
            continue
        sums = {one.value + rest.value for one in before}
        if total.value not in sums | set(totals(report)):
            yield _problem(sentence, came[0], (came[0], rest), total.value, total)


def _of_all(outlined: Outline, run: Sequence[Quantity], who: str, verb: str) -> bool:
    """Whether it is certainly the sum that is told: 专职40人、兼职120人，专兼职共160人."""
    named = "".join(outlined.left(one) for one in run)
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
    listed = list_at(outlined, opened.end() if opened else 0)
    if listed is None or not listed.ended or not _exact(*listed.parts, *listed.rest):
        return
    parts, unit = listed.parts, listed.parts[0].unit
    labels = [label(outlined, part) for part in parts]
    every_channel = all(any(channel.search(name) for name in labels) for channel in CHANNELS)
    if not every_channel and opened is None:
        return
    near = [one for one in earlier if one.paragraph == sentence.paragraph]
    counts = [plain_counts(outline(one.text, report.year)) for one in near]
    values = [[one.value for one in several if one.unit == unit] for several in counts]
    wholes = [value for several in values for value in several]
    of_requests = unit in _PIECES and _of_requests(near, outlined.said(0, parts[0].mark))
    if of_requests:
        wholes += totals(report)
    if opened and opened.group().startswith("其中") and values:
        wholes, of_requests = values[-1], False
    together, with_rest = _sum(parts), _sum((*parts, *listed.rest))
    if not wholes or {together, with_rest} & {*wholes, *(one + other for one, other in pairwise(wholes))}:
        return
    whole = (
        next(totals(report), None)
        if of_requests
        else wholes[0]
        if len(values[-1:] and values[-1]) == 1
        else None
    )
    if whole is None or not 2 * together > whole > 0 or _LEAVES_OUT.search(outlined.text):
        return
    if together > max(wholes) or (every_channel and together > whole):
        yield _problem(sentence, parts[0], parts, whole)
    elif with_rest < whole and len(parts) >= 3 and with_rest * 4 >= whole * 3:
        partial = any("涉及" in name for name in labels) and not OTHERS.search(labels[-1])
        partial = partial or bool(_SHARED.match(outlined.text, (*parts, *listed.rest)[-1].mark + 1))
        if not partial and not _GOES_ON.search(outlined.text[(*parts, *listed.rest)[-1].mark + 1 :]):
            yield _problem(sentence, parts[0], (*parts, *listed.rest), whole)


def _listed(
    sentence: Sentence,
    outlined: Outline,
    listed: Sequence[Listing],
    earlier: Sequence[Sentence],
    report: Report,
) -> Iterator[Problem]:
    """Lists without an opening word that are of the number before them, or of all applications."""
    for index, listing in enumerate(listed):
        parts, whole, before = listing.parts, listing.whole, listed[:index]
        if not _exact(*parts) or _LEAVES_OUT.search(outlined.text[parts[0].mark : parts[-1].mark]):
            continue
        if whole is not None:
            if _exact(whole) and (_sum(parts) > whole.value or (listing.short and _sum(parts) < whole.value)):
                yield _problem(sentence, whole, parts, whole.value)
            continue
        if listing.graded:
            yield from _graded(sentence, outlined, listing)
            continue
        near = [one for one in earlier if one.paragraph == sentence.paragraph]
        if not _of_requests(near, outlined.said(0, parts[0].mark)):
            continue
        if _SHARED.match(outlined.text, parts[-1].mark + 1):
            continue
        received = next(totals(report), None)
        wholes = {*totals(report)}
        for text in (*(outline(one.text, report.year) for one in near), outlined):
            values = [one.value for one in plain_counts(text) if one not in parts]
            wholes |= {*values, *(one + other for one, other in pairwise(values))}
        if received and (_of_new(near, report) or any(_sum(one.parts) == received for one in before)):
            wholes = {received}
        together = _sum(parts)
        least, most = (2, 8) if listing.channels else (3, 5)
        if received and together not in wholes and received * least <= together * 4 <= received * most:
            yield _problem(sentence, parts[0], parts, received)


def _graded(sentence: Sentence, outlined: Outline, listing: Listing) -> Iterator[Problem]:
    """Grades against those who were graded: 对9个县、41个部门考核，优秀10家、良好37家、一般3家."""
    parts = listing.parts
    start = outlined.text.rfind("；", 0, parts[0].mark)
    units = _BODIES if parts[0].unit in _BODIES else (parts[0].unit,)
    graded = [
        one
        for one in plain_counts(outlined)
        if start < one.mark < parts[0].mark
        and one.unit in units
        and not _NO_BODIES.match(outlined.right(one))
    ]
    together, whole = _sum(parts), _sum(graded)
    wholes = {one.value for one in graded} | {one.value + other.value for one, other in pairwise(graded)}
    if not graded or not _exact(*graded) or together in wholes | {whole}:
        return
    if together > whole or (listing.short and together * 4 >= whole * 3):
        yield _problem(sentence, graded[0], parts, whole)


def _of_new(near: Sequence[Sentence], report: Report) -> bool:
    """Whether the sentence before divides those that came this year: those carried over have no channel."""
    if not near:
        return False
    told = listings(outline(near[-1].text, report.year))
    received = next(totals(report), None)
    return bool(_NEW.match(near[-1].text)) or any(
        listing.channels and _sum(listing.parts) == received for listing in told
    )


def _of_requests(near: Sequence[Sentence], head: str) -> bool:
    """Whether what follows the head of a sentence is told of the applications that were told of."""
    own = re.split("涉及|内容|事项|[看分][，：]|[；：]", head)[0]
    for text in (own, *(one.text for one in reversed(near))):
        if "申请" in text or "新收" in text:
            return True
        if _OTHER_BUSINESS.search(text):
            return False
    return False


def _sum(quantities: Sequence[Quantity]) -> Decimal:
    return sum((one.value for one in quantities), start=Decimal(0))


def _exact(*quantities: Quantity) -> bool:
    return all(not one.rough and not one.distributed for one in quantities)


def _problem(
    sentence: Sentence,
    first: Quantity,
    parts: Sequence[Quantity],
    whole: Decimal,
    last: Quantity | None = None,
) -> Problem:
    """The list with its sum computed again; `last` where the whole stands behind its parts."""
    scale = 10_000 if parts[0].unit == "元" and any(part.value >= 10_000 for part in parts) else 1
    values = [plain(tidy(part.value / scale)) for part in parts]
    together = plain(tidy(_sum(parts) / scale))
    total = plain(tidy(whole / scale))
    piece = sentence.text[first.start : (last or parts[-1]).end]
    sums = together if len(values) == 1 else f"{'+'.join(values)}={together}"
    about = (sentence.text, total, *values)
    if _sum(parts) > whole:
        what = f"文中“{quote(piece)}”：各部分之和 {sums}，大于总数 {total}"
        return rule("parts-exceed").broken(what, "请核对总数和各部分", (sentence.place,), about)
    what = f"文中“{quote(piece)}”：各部分之和 {sums}，少于总数 {total}"
    mend = "请核对有没有漏写；没有列全的，写明“等”"
    return rule("parts-short").broken(what, mend, (sentence.place,), about)

"""What a sentence says of a change: from what number to what number, and by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nianbao.report.checks.text_vs_tables.label import CLAUSE, labelled
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.regex import regex

_UP = "净增加?|增收|多收|增加|增长|增多|增幅|增|上升|上涨|上浮|提高|提升|升高|扩大|涨幅|涨|升幅|升|延长|多|高"
_DOWN = "净减少?|减收|少收|减少|减幅|减|下降|下滑|降低|降幅|降|回落|压减|压缩|缩减|缩短|精简|节约|节省|少|低"
_WAY = f"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
_HOW = "(?:[略微共均各总再又已净也都了约]|小幅|大幅|明显|显著|实际|有所|持续|稳步|总体|数量|总量|总数|件数)*"
_NO = "[^，。；：、（）＃％×±]"
_STILL = "(?:(?![多少增减高低升降涨缩])[^，。；：、（）＃％×±较比与同])"  # no word of a change
_REF = regex(
    f"同比|(?:相?[较比]于?|对比|与|同)(?:(?P<last>上年){_STILL}{{0,8}}|(?P<other>{_STILL}{{1,12}}))(?P<old>[＃％])"
    "(?:的?(?:数量|件数|总量|总数|水平|规模))?(?:相比|比较|比)?"
    f"|[较比](?!上年)(?P<than>{_STILL}{{2,8}}?)(?={_HOW}(?:{_UP}|{_DOWN})[了约]?[＃％])"
    "|(?:相?[较比]于?|对比|与|同)(?P<year>上年)的?(?:数量|件数|总量|总数|水平|规模)?(?:相比|比较|比)?",
    "同比|较|比|与|同",
)
_FROM = regex(
    f"[由从](?P<last>上年)?{_NO}{{0,6}}?(?P<old>[＃％]){_NO}{{0,3}}?"
    f"(?:{_WAY}|整合|合并|归并|关停并转|撤并|调整|优化|拓展|扩充|改|变)(?:至|到|为|成)了?(?:今年|本年|20[0-9]{{2}}年)?的?(?P<now>[＃％])",
    "由|从",
    "至|到|为|成",
)
_YEARS = regex(
    f"(?<![较比与同于由从加])(?P<last>上年)(?!的?(?:结转|遗留|接转|带入|转|未)){_STILL}{{0,10}}(?P<old>[＃％])[，、；]"
    f"(?:今年|本年|20[0-9]{{2}}年){_STILL}{{0,10}}(?P<now>[＃％])",
    "上年",
    "今年|本年|20",
)
_TIMES = regex(
    f"(?:是|为|有|仅|相当于|达到?|约|不足|不到|接近|超过|不及|多于|少于|占)(?P<last>上年){_NO}{{0,2}}(?P<old>＃|（＃）)?的(?P<times>[×％])",
    "上年",
)
_STEP = regex(f"{_HOW}{_WAY}(?:幅度?(?:为|达)?|率(?:为|达)?|比例为?|[了出达约近收办])*(?P<by>[＃％×±])")
_VAGUE = regex(f"(?:略|微|小幅|大幅|明显|显著|有所|持续|稳步)+有?{_WAY}(?![＃％×±至到])")
_BY_WORD = regex(
    "(?:实现|正好|恰好|整整|(?P<nearly>接近|将近|几乎|近乎?))*(?:(?P<half>减半)|翻了?(?P<double>[一两二三1-3]?番|一倍)(?P<beyond>多|有余|以上)?)"
)
_SAME = regex(
    "(?:的?(?:数量|件数|总量|总数|均|都|保持))*(?P<same>持平|相同|一致|相等|一样多)|(?:基本|大致|大体|总体|几乎|接近)(?:持平|相当|相同|一致)"
)
_BASE = regex("在(?P<last>上年)的?(?P<old>[＃％])的?基础上，?")
_OLD_IS = regex("而?(?P<last>上年)[占为是仅只有约达的共]{0,3}(?P<old>[＃％])")
_THAN = regex(
    f"(?<!％)(?<!％，)(?:明显|大幅|[略稍微远])*(?:(?P<up>[多高大])|(?P<down>[少低小]))于(?P<last>上年)"
    f"(?!{_NO}{{0,6}}[％×±]){_NO}{{0,4}}?的?(?P<old>＃)?",
    "于上年",
)
_NEARLY = {  # words before 上年的四分之一 that say that it is not just that
    **dict.fromkeys(("不足", "不到", "不及", "少于"), "under"),
    "接近": "below",
    **dict.fromkeys(("超过", "多于"), "above"),
}
_OLD = (_YEARS, _FROM, _TIMES, _BASE, _OLD_IS, _THAN)
_NOW_IS = regex(
    f"[增升降减]?(?:达到?|至|到)(?P<now>＃)|(?:今年|本年|20[0-9]{{2}}年){_STILL}{{0,8}}(?P<this>＃)"
)
_BETWEEN = regex("[，、；（）]{0,2}(?:也?即|折合|和|及|且|但)?，?")
_START = regex(
    f"(?<=＃)(?=，(?!净){_WAY}[了约]?[＃％])"
    "|同比|分别|依次|在上年的?[＃％]的?基础|[较比与同]于?[^，。；：、（）]|[由从]|(?:不[足到及]|接近|超过|[多少]于)上年|[是为于到有仅足近达约]上年|而?上年[占为是仅只有约达的共]{0,3}[＃％]"
    "|上年[^，。；：、（）＃％×±]{0,10}[＃％][，、；](?:今年|本年|20)"
    "|(?:明显|大幅|[略稍微远])*[多高大少低小]于上年"
)
_SERIES = regex(
    f"(?:分别|依次)(?:约|大约)?(?P<of>[是为达]到?|相当于)上年(?:同期)?的(?=[×％])|(?:(?:分别|依次)(?:同比(?:上年)?|[较比]上年|与上年相比，?)?|(?:同比(?:上年)?|[较比]上年|与上年相比，?)(?:分别|依次))"
    f"(?={_WAY}[了约]?[＃％×])"
    f"|(?:分别|依次)(?=(?:{_UP}|{_DOWN})[了约]?[＃％×](?:[、和及]|，(?:和|及)?(?:{_UP}|{_DOWN})?[了约]?[＃％×]))",
    "分别|依次",
)
_ITEM = regex(f"(?:[、，]?(?:和|及|与)?)(?:{_WAY}[了约]?)?(?P<by>[＃％×])")
_RATES = regex(
    "，?(?:(?P<up>增幅|升幅|涨幅)|(?P<down>降幅|减幅)|幅度)(?:均|也)?(?:分别|依次)(?:为|是|达到?|约)*(?P<first>[＃％×])"
)
_FROM_LIST = regex("[，；（](?:其中|而)?(?:(?P<first>前)|后)(?P<number>[两二三四五])[项类者种个家]")
_FRAME = regex("(?:与|同|相?[较比]于?)上年(?:相比|比较|比)?，")
_NAMED_ITEM = regex(f"(?:[、，；]?(?:和|及|而)?)(?P<label>{_STILL}{{2,12}}?){_WAY}[了约]?(?P<by>[＃％×])")
_FILLER = "(?:而|后者|且|其|数量|件数|申请量|[大约近超已只仅还又也]|仍[然旧]?|依然)*"
_SHARE_FIRST = regex("[，（]占(?:比)?[^，。；：、（）＃％×±]{0,10}$")
_LINK = regex(f"(?:{_NO}{{0,10}}[，（]{_FILLER}|[^，。；：、（）＃％×±率量数度]{{0,8}})$")
_ITSELF = regex("[，（](?:其|该)?(?:占比|比重|比例|份额)")  # 占73.8%，占比较上年的77.2%回落
_OF_CAUSE = regex(f"件?[为是系因属]{_NO}{{2,24}}，[恰正刚约仅就]?")  # 38件为不掌握，恰为上年的2倍
_LAST_YEARS = regex(f"上年(?!结转|转|遗留|接转|带入|未|的?结转){_NO}*$")
_COMPARED = regex("[较比与同]于?上年")
_BARE = regex(f"，(?!净){_WAY}[了约]?(?P<by>[＃％])")
_BOTH = regex("，(?:二者|两者|也|又)?(?:都|均|各|各自)是?")
_SINCE = regex(
    "前年|[年月季期]初|上季|[上下]半年|[一二三四]季度|[0-9]月|环比|近.年|以来|以前|[改试]点前|20[0-9]{2}年"
)
_AVERAGE = regex("(?:[日月年人篇场次户]均|平均|每)[^，；]*$")
_SIZES = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_ROW = 5  # numbers before 其中后两项 of which they may be
_NUMBERS = {2: "两", 3: "三", 4: "四", 5: "五"}
_ALL_OF_THEM = regex("[，；](?:以上|上述|这)?[两三四五][项类者种][^，；。＃％]{0,10}(?=，)")
_BEYOND = regex(
    "，(?:首次|再次|首度|第[一二三]次|连续[两二三四五]年|已)?"
)  # 864件，首次突破800件，增长21.18%
_TURNS = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3}  # 翻两番: four times as many
_PARTS = regex("[，；（](?:其中|含|包括|分别为|分别是)")
_TOTALS = frozenset(("总量", "总数", "总体", "数量", "件数", "合计", "整体"))


@dataclass
class Comparison:
    """One change that a sentence tells, at outline[start:end].

    `now` and `old` are the numbers that stand in the sentence, None where they do not; `label` is what
    the sentence then calls the thing. `by` are the amounts with their direction (1 up, -1 down), `way` a
    direction without one; `same` where nothing is to have changed. `last` where the old number is last
    year's; `begins` where no time stands by it: 由＃增至＃; `since` are the words before an old number of
    another time: 2023年的.
    """

    start: int
    end: int
    now: Quantity | None = None
    old: Quantity | None = None
    label: str = ""
    by: list[tuple[int, Quantity]] = field(default_factory=list)
    way: int = 0
    same: bool = False
    last: bool = False
    begins: bool = False
    since: str = ""
    half: bool = False
    double: int = 0
    beyond: bool = False  # more than doubled
    certain: bool = False  # the number of this year stands right beside the change of one year
    nearly: bool = False  # less than that
    times: Quantity | None = None

    @property
    def said(self) -> bool:
        """Whether anything is said that can be computed again."""
        return bool(self.by or self.way or self.same or self.half or self.double or self.times)


def comparisons(outline: Outline) -> Iterator[Comparison]:
    """Every change that the sentence tells, from left to right."""
    text, position = outline.text, 0
    before: Comparison | None = None
    while (start := _START.search(text, position)) is not None:
        if series := _SERIES.match(text, start.start()) or _FRAME.match(text, start.start()):
            several = list((_series if series.re.pattern == _SERIES.pattern else _named)(outline, series))
            yield from several
            position = max([series.end(), *(comparison.end for comparison in several)])
            continue
        comparison = Comparison(start.start(), start.start())
        if bare := _BARE.match(text, start.start()):
            told = before is not None and start.start() <= before.end
            if told or _since(outline, start.start()):
                position = bare.end()
                continue
            comparison.start = comparison.end = start.start() + 1
            comparison.last = True
        _read(outline, comparison)
        if comparison.end > comparison.start and (comparison.said or comparison.old):
            units = [by.unit for _, by in comparison.by]
            if len(units) > len(set(units)):
                comparison.by.clear()  # of several things, and it is not said which
            if comparison.now is None:
                nearest = outline.quantities[max(outline.index(comparison.start) - 1, 0)]
                if before is not None and any(nearest is by for _, by in before.by):
                    link = text[nearest.mark + 1 : comparison.start]
                    comparison.now = before.now if link in ("，", "、") else None  # 比前年多6件，比上年多2件
                    comparison.label = CLAUSE.split(link)[-1]
                else:
                    _link(outline, comparison)
            before = comparison
            yield from _of_both(outline, comparison)
        position = max(comparison.end, start.start() + 1)


def _of_both(outline: Outline, comparison: Comparison) -> Iterator[Comparison]:
    """The change, or one for each of the joined numbers that it is told of: 2件、1件，都比上年少1件."""
    index = outline.index(comparison.start)
    several: list[Quantity] = []
    if not (comparison.now or comparison.old) and comparison.last and index > 1:
        link = outline.text[outline.quantities[index - 1].mark + 1 : comparison.start]
        several = _run(outline, index) if _BOTH.fullmatch(link) else []
    if len(several) < 2:
        yield comparison
    for now in several if len(several) > 1 else ():
        yield replace(comparison, now=now, by=list(comparison.by))


def _run(outline: Outline, stop: int) -> list[Quantity]:
    """The whole numbers joined by 、 or 和 of which that before `stop` is the last."""
    several = [outline.quantities[stop - 1]]
    for one in reversed(outline.quantities[: stop - 1]):
        if outline.left(several[0])[:1] not in ("、", "和", "及", "与"):
            break
        several.insert(0, one)
    return several if all(one.exact for one in several) else []


def _series(outline: Outline, match: re.Match[str]) -> Iterator[Comparison]:
    """许可9件、处罚8件，分别比上年下降8%和增长2%: as many changes as there are numbers."""
    items, position = _run_of(outline, match.end(), 0)
    last = "上年" in match.group() or "同比" in match.group() or not _since(outline, match.start())
    nows = _several(outline, match.start(), len(items))
    several = [
        Comparison(
            match.start(),
            position,
            now,
            by=[] if match["of"] else [by],
            times=by[1] if match["of"] else None,
            last=last,
        )
        for now, by in zip(nows, items, strict=bool(nows))
    ]
    rates = _RATES.match(outline.text, position)
    if several and rates and not match["of"]:  # 减少19件和5件，降幅分别为9.5%、29.4%
        way = 1 if rates["up"] else -1 if rates["down"] else items[0][0]
        more, end = _run_of(outline, rates.start("first"), way)
        for comparison, by in zip(several, more, strict=False) if len(more) == len(several) else ():
            comparison.by.append(by)
            comparison.end = end
    yield from several


def _run_of(outline: Outline, position: int, way: int) -> tuple[list[tuple[int, Quantity]], int]:
    """The amounts that follow one another there, each with its direction, and where they end."""
    items = []
    while item := _ITEM.match(outline.text, position):
        way = 1 if item["up"] else -1 if item["down"] else way
        items.append((way, outline.at(item.start("by"))))
        position = item.end()
    return items, position


def _several(outline: Outline, stop: int, number: int) -> list[Quantity]:
    """The numbers of a list that ends at a place of the outline, or that its labels there name."""
    index = outline.index(stop)
    if index < number or number < 2:
        return []
    link = outline.text[outline.quantities[index - 1].mark + 1 : stop]
    if chosen := _FROM_LIST.fullmatch(link):  # 许可8件，处罚9件，强制3件，其中后两项
        size, last = _SIZES[chosen["number"]], outline.quantities[index - 1]
        row = [one for one in outline.quantities[max(index - _ROW, 0) : index] if one.unit == last.unit]
        return (row[:size] if chosen["first"] and len(row) > size else row[-size:]) if size == number else []
    labels = re.split("[、和及]", re.split("[，。；：（）]", link)[-1])
    if len(labels) == number:
        named = [labelled(outline, label, stop) for label in labels]
        return [quantity for quantity in named if quantity] if all(named) else []
    several = outline.quantities[index - number : index]
    link = _ALL_OF_THEM.sub("", link) if _NUMBERS.get(number, "无") in link else link
    joined = index > number and outline.left(several[0])[:1] in "、和及"
    return list(several) if re.fullmatch("[，；]?", link) and not joined else []


def _named(outline: Outline, match: re.Match[str]) -> Iterator[Comparison]:
    """与上年相比，许可下降8%，处罚增长2%: changes of what is named beside them."""
    position = match.end()
    while item := _NAMED_ITEM.match(outline.text, position):
        now = labelled(outline, item["label"], match.start())
        by = (1 if item["up"] else -1, outline.at(item.start("by")))
        yield Comparison(item.start("label"), item.end(), now, label=item["label"], by=[by], last=True)
        position = item.end()


def _read(outline: Outline, comparison: Comparison) -> None:
    """Read on from the comparison's end as long as words of a change follow one another."""
    text, position = outline.text, comparison.start
    while True:
        if match := next(filter(None, (pattern.match(text, position) for pattern in _OLD)), None):
            if comparison.old is not None and (match.re.pattern != _TIMES.pattern or match["old"]):
                return
        elif match := _REF.match(text, position):
            after = match.end()
            following = (_STEP, _VAGUE, _BY_WORD, _SAME)
            later = (_STEP, _NOW_IS) if text.startswith("，", after) else ()
            if not any(pattern.match(text, after) for pattern in following) and not any(
                pattern.match(text, after + 1) for pattern in later
            ):
                return
            if comparison.said and match["old"]:
                return
        elif comparison.end == comparison.start and not comparison.last:
            return
        else:
            match = (
                _STEP.match(text, position)
                or _VAGUE.match(text, position)
                or _BY_WORD.match(text, position)
                or (_SAME.match(text, position) if not comparison.by else None)
                or (_NOW_IS.match(text, position) if comparison.now is None else None)
            )
        if match is None:
            return
        _take(outline, comparison, match)
        comparison.end = match.end()
        between = _BETWEEN.match(text, match.end())
        position = between.end() if between else match.end()


def _take(outline: Outline, comparison: Comparison, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if match.re.pattern == _REF.pattern:
        comparison.last = comparison.last or not (groups["other"] or groups["than"])
        comparison.since = groups["other"] or ""
        if than := groups["than"]:
            comparison.old = labelled(outline, than, match.start())
    elif groups.get("last"):
        comparison.last = True
    elif match.re.pattern == _FROM.pattern and match.start("old") == match.start() + 1:
        comparison.begins = not _since(outline, match.start())
    way = 1 if groups.get("up") else -1 if groups.get("down") else 0
    for name, role in (("old", "old"), ("now", "now"), ("this", "now"), ("times", "times")):
        if groups.get(name):
            number = outline.at(match.start(name) + groups[name].startswith("（"))
            nearly = next((_NEARLY[word] for word in _NEARLY if match.group().startswith(word)), "")
            rough = nearly if name == "times" and not number.rough else number.rough
            setattr(comparison, role, replace(number, rough=rough))
    if groups.get("by"):
        comparison.by.append((way, outline.at(match.start("by"))))
    elif way:
        comparison.way = way
    comparison.same = comparison.same or bool(groups.get("same"))
    comparison.half = comparison.half or bool(groups.get("half"))
    if word := groups.get("double"):
        comparison.double = 2 ** _TURNS.get(word[0], 1)
        comparison.beyond = bool(groups["beyond"])
        comparison.nearly = bool(groups["nearly"])


def _link(outline: Outline, comparison: Comparison) -> None:
    """Find the number that the change is told of: right before it, or by what it is called."""
    text, stop = outline.text, comparison.start
    index = outline.index(stop) - 1
    if index < 0:
        comparison.label = CLAUSE.split(text[:stop])[-1]
        return
    nearest = outline.quantities[index]
    link = text[nearest.mark + 1 : stop]
    opened = text.rfind("（", 0, nearest.mark)
    if "）" in link and "）" not in text[opened : nearest.mark]:
        outer = outline.index(opened) - 1
        if outer >= 0:
            nearest = outline.quantities[outer]
            link = text[nearest.mark + 1 : opened] + link[link.index("）") + 1 :]
    of_share = comparison.old is not None or any(by.unit == "点" for _, by in comparison.by)
    if nearest.unit == "%" and not of_share and index and _SHARE_FIRST.search(outline.left(nearest)):
        nearest = outline.quantities[index - 1]  # 94件，占30.4%，较上年增加8件
    if index and nearest.rough == "above" and _BEYOND.fullmatch(outline.left(nearest)):
        exact = outline.quantities[index - 1]
        nearest = exact if exact.unit == nearest.unit and exact.value >= nearest.value else nearest
    itself = nearest.unit == "%" and _ITSELF.fullmatch(link)
    if itself or _LINK.match(link) or (comparison.times and comparison.old and _OF_CAUSE.fullmatch(link)):
        if _of_last_year(outline.left(nearest)):
            comparison.last = False
            return
        if index and _AVERAGE.search(outline.left(nearest)):
            comparison.last = False  # of the average or of all
            return
        before = outline.left(nearest).lstrip("，") + text[nearest.mark]
        if index and nearest.unit == "%" and comparison.old and (step := _STEP.fullmatch(before)):
            comparison.by.append((1 if step["up"] else -1, nearest))  # 520条，增长三成（上年400条）
            nearest = outline.quantities[index - 1]
        comparison.now = nearest = _of_its_unit(outline, index, comparison.old) or nearest
        alone = link == "，" and outline.left(nearest)[:1] not in ("、", "和", "及")
        comparison.certain = alone and comparison.last and "底" not in outline.said(stop, comparison.end)
        return
    alone = index == 0 and comparison.old is not None and comparison.old.unit == nearest.unit
    if alone and link.endswith("，") and "；" not in link:
        comparison.now = nearest  # 132件，为近年最多，较2021年的80件增长65%
        return
    comparison.label = CLAUSE.split(link)[-1]
    if comparison.label in _TOTALS:
        comparison.now = outline.quantities[0] if index == 0 else _divided(outline, index)
    else:
        comparison.now = labelled(outline, comparison.label, stop)


def _of_its_unit(outline: Outline, index: int, old: Quantity | None) -> Quantity | None:
    """The whole before a number, where that is its part in another unit: 12篇，其中视频5个，较上年的8篇."""
    last = outline.quantities[index]
    start = outline.text.rfind("；", 0, last.mark)
    opens = _PARTS.search(outline.text, start + 1, last.mark)
    if old is None or old.unit in (last.unit, "%") or opens is None:
        return None
    before = [one for one in outline.quantities[:index] if start < one.mark < opens.start()]
    return before[-1] if before and before[-1].unit == old.unit else None


def _since(outline: Outline, stop: int) -> bool:
    """Whether a change there may be one since another time than last year."""
    before = re.split("[；。]", outline.text[:stop].replace(f"{outline.year}年", ""))[-1]
    return bool(_SINCE.search(before))


def _of_last_year(left: str) -> bool:
    """Whether the words before a number say that it was last year's."""
    return bool(_LAST_YEARS.search(left)) and not _COMPARED.search(left)


def _divided(outline: Outline, stop: int) -> Quantity | None:
    """The first number where all others up to an index are its parts: 78件，其中维持48件、纠正30件，总数…."""
    first, *parts = outline.quantities[: stop + 1]
    opens = _PARTS.search(outline.text, first.mark, parts[0].mark)
    whole = opens and first.exact and all(one.unit == first.unit for one in parts)
    return first if whole and sum(one.value for one in parts) == first.value else None

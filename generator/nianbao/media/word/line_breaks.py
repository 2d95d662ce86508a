"""Where the name of an organ or a title may end a line: between its words, in lines of a good shape.

GB/T 9704 asks for lines that are complete in meaning and form a trapezoid or a diamond. What is a word
is told by a table: what a name of a division or an organ ends with, and what must stay together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

GAP = 0.22  # characters; Word has 0.25, LibreOffice 0.2
_MEETINGS = re.compile(r"(?<=[0-9A-Za-z])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])")
MOST_LINES = 4
_LEAST = 3.0  # characters of a line
_STEP = 0.5  # characters by which lines of a trapezoid or diamond differ

_DIVISIONS = (
    "特别行政区|自治[区州县旗]|新区|开发区|[实试]验区|示范区|保税区|园区|名胜区|管理区|地区|街道|兵团|农场"
    "|[省市县区州盟旗镇乡]"
)
_ORGANS = (
    "人民政府|人民法院|人民检察院|委员会|管委会|[市县区州省]委|办公[室厅]|办事处|[局厅]|中心|[总支大]队|[学医]院|研究院"
    "|大学|集团|公司|宣传部|组织部|统战部|武装部|工作部|联合会|协会|分行|支行|海关|第[一二三四五六七八九十]{1,3}师"
)
_END = re.compile(rf"(?:{_DIVISIONS})(?![省市县区州盟旗镇乡委])|(?:{_ORGANS})")
# What stays together; a line may end before it.
_WORDS = (
    "发展和改革 发展改革 住房和城乡建设 住房保障 人力资源和社会保障 文化和旅游 工业和信息化 文化广电旅游 "
    "自然资源和规划 自然资源 规划和自然资源 生态环境 交通运输 农业农村 卫生健康 应急管理 医疗保障 "
    "市场监督管理 市场监管 金融监督管理 监督管理 国有资产监督管理 国有资产 退役军人事务 行政审批服务 "
    "行政审批 政务服务和数据 政务服务 数据资源 大数据 综合行政执法 综合执法 行政执法 城市管理 城乡建设 "
    "乡村振兴 机关事务 公共资源交易 公共资源 科学技术 民族宗教事务 民族事务 知识产权 粮食和物资储备 "
    "统计调查 税务 教育 财政 审计 司法 民政 公安 水利 水务 商务 林业和草原 林业 气象 信访 体育 "
    "档案 经济技术开发区 高新技术产业开发区 高新区 综合实验区 综合保税区 风景名胜区 工业园区 生产建设兵团 "
    "自治区 自治州 自治县 特别行政区 市场 市政 市容 市民 城市 社区 城乡 城镇 乡村 乡镇 区域 区划 "
    "县域 省级 市级 县级 区级 师范 局部 厅级 部门 联盟 镇街 政府信息公开 "
    "政府信息公开工作年度报告 政府信息公开年度报告 政府信息公开工作报告 "
    "信息公开 年度报告 报告 "
)
# What stays together and tells what kind of organ it is: better not at the start of a line.
_KINDS = (
    "人民政府 人民代表大会 人民法院 人民检察院 管理委员会 委员会 办公室 办公厅 街道办事处 办事处 管理局 "
    "监督管理局 分局 总局 管理中心 服务中心 中心 总队 支队 大队 "
)
_WORD = re.compile("|".join(sorted((_WORDS + _KINDS).split(), key=len, reverse=True)))
_KIND = frozenset(_KINDS.split())
_YEAR = re.compile(r"\d{4}年(?:度)?")
_SUBJECT = re.compile("政府信息公开")
_JOINED = re.compile("[、和与及暨]")
_NEVER_FIRST, _NEVER_LAST = frozenset("、，。）》”’·和与及暨年"), frozenset("（《“‘")
_GOOD, _FAIR, _POOR, _PARTING, _BAD = 1.0, 2.5, 6.0, 9.0, 20.0  # what a break costs
_BADLY_SHAPED, _TOO_SHORT, _ONE_MORE_LINE, _YEAR_WITHIN, _UNEVEN = 12.0, 15.0, 4.0, 8.0, 4.0
_MOST_MARKS = 14  # more are thinned out: who reads so long a name looks at no single break


def width(text: str, digit: float = 0.5) -> float:
    """The width of a text in characters: what is not East Asian takes half of one, a digit as much as said.

    Between Chinese and digits or letters Word leaves a gap of its own.
    """
    letters = sum(
        1 if unicodedata.east_asian_width(sign) in "WFA" else digit if sign.isdigit() else 0.5
        for sign in text
    )
    return letters + GAP * len(_MEETINGS.findall(text))


@lru_cache(1024)
def lines(text: str, measure: float, digit: float = 0.5) -> tuple[str, ...]:
    """A text in lines of at most `measure` characters: one where it fits, else up to four of a good shape."""
    if width(text, digit) <= measure:
        return (text,)
    if year := _YEAR.search(text, 1):  # the usual title: an organ's name, and below it the rest
        name, rest = text[: year.start()], text[year.start() :]
        first, second = width(name, digit), width(rest, digit)
        if _LEAST <= first <= measure >= second and abs(first - second) >= _STEP:
            return (name, rest)
    marks = _marks(text)
    for known in (marks, marks | {at: _BAD for at in _anywhere(text) if at not in marks}):
        if found := _best(text, known, measure, digit):
            return found
    return (text,)  # Word breaks it


def _marks(text: str) -> dict[int, float]:
    """Where a line may end, and what that costs."""
    words = [match.span() for match in _WORD.finditer(text)]
    inside = {at for start, end in words for at in range(start + 1, end)}
    found: dict[int, float] = {}

    def add(at: int, cost: float) -> None:
        if 1 < at < len(text) - 1 and at not in inside and _allowed(text, at):
            found[at] = min(cost, found.get(at, cost))

    for match in _END.finditer(text):
        add(match.end(), _GOOD)
    for start, end in words:
        if not text.startswith(("自治", "特别"), start):  # the end of a name, as in 恩施土家族苗族自治州
            add(start, _FAIR)
        if start in found and text[start:end] in _KIND:
            found[start] = _PARTING
    for match in _JOINED.finditer(text):
        add(match.end(), _POOR)
    for match in _YEAR.finditer(text):
        add(match.start(), 0.0)
        add(match.end(), _FAIR)
        found.pop(match.start() + 4, None)
    return found


def _anywhere(text: str) -> Iterator[int]:
    """Where a line may end at need: within no word and no number."""
    words = [match.span() for match in _WORD.finditer(text)]
    inside = {at for start, end in words for at in range(start + 1, end)}
    return (at for at in range(2, len(text) - 1) if at not in inside and _allowed(text, at))


def _allowed(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    number = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
    return not (number or right in _NEVER_FIRST or left in _NEVER_LAST)


def _best(text: str, marks: dict[int, float], measure: float, digit: float) -> tuple[str, ...]:
    """The cheapest way of ending lines at these marks; nothing where no way has lines short enough."""
    places = _thinned(marks)
    year = _YEAR.search(text, 1)
    best: tuple[str, ...] = ()
    least = float("inf")
    for count in range(1, MOST_LINES):
        for cuts in combinations(places, count):
            parts = [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]
            widths = [width(part, digit) for part in parts]
            if max(widths) > measure:
                continue
            cost = sum(marks[cut] for cut in cuts) + _ONE_MORE_LINE * count + _shape(widths)
            cost += 0.0 if year is None or year.start() in cuts else _YEAR_WITHIN
            if cost < least:
                best, least = tuple(parts), cost
    return best


def _thinned(marks: dict[int, float]) -> list[int]:
    """The marks to choose from, in order: all that are good, and of the others so many as can be tried."""
    good = sorted(sorted((at for at in marks if marks[at] < _BAD), key=marks.__getitem__)[:_MOST_MARKS])
    bad = sorted(at for at in marks if marks[at] >= _BAD)
    left = max(_MOST_MARKS - len(good), 1)
    return sorted([*good, *bad[:: -(-len(bad) // left)]]) if bad else good


def _shape(widths: Sequence[float]) -> float:
    """What the shape of lines costs: nothing for a trapezoid or a diamond that is evenly stepped."""
    steps = [after - before for before, after in pairwise(widths)]
    turns = sum(1 for one, other in pairwise(steps) if one < 0 < other)  # an hourglass
    flat = [abs(step) < _STEP for step in steps]
    square = _BADLY_SHAPED if all(flat) else _FAIR * sum(flat)
    short = sum(1 for one in widths if one < _LEAST)
    uneven = (max(widths) - min(widths)) / max(widths)
    return _BADLY_SHAPED * turns + square + _TOO_SHORT * short + _UNEVEN * uneven

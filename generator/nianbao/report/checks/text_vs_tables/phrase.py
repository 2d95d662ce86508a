"""A sentence in one form: its counts as marks, years by their distance, set phrases as one word each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nianbao.report.prose import Count
from nianbao.report.regex import regex

COUNT, LAST, CHANGE = "#λΔ"  # a count; one that is said to be last year's; a difference from last year
SAME = "§"  # the next count, said of this name too: 甲§、乙#件 for 甲、乙各2件
PARTS, OF = "〔〕"  # 其中; …的16件中
_YEAR = regex("(20[0-9]{2})年度?")
_YEARS = regex(  # several years together
    "20[0-9]{2}年?(?:[—–~～-]+|至|到)(?:20)?[0-9]{2}年?度?(?![0-9月])|十[一二三四五]五[”’]?(?:时期|期间|以来)"
    "|(?<![〇○零一二三四五六七八九第每近])[两二三四五六七八九十]年(?=[间里内]|[累合共]计?|共[收受])",
    "年|20|五",
)
_YEAR_IN_WORDS = regex("二[〇○零]([〇○零一二三四五六七八九]{2})年")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMBERING = regex(
    "(?:^|(?<=[；：。]))(?:[0-9]{1,2}[.．、](?![0-9])|[①-⑳]|第?[一二三四五六七八九十]{1,2}(?:是|、))"
    "|(?<=，)[一二三四五六七八九十]是"
)
_MARKS = str.maketrans("】", "：", "【 \t\u3000—·•●◎◆◇■□▲△★☆▪◦➤►※“”‘’\"'《》〈〉#λΔ§〔〕")
_AND = regex("和|以及|及|与|并")
_VERSUS = "(?:同比|环比|[较比]上年(?:同期|[底末])?|与上年(?:同期|[底末])?相比)?，?"
_BECAME = "[^#Δ，；。、]{0,8}?(?:至|到|为|成)了?#"


def _joined(match: re.Match[str]) -> str:
    """甲、乙、丙 of a sum as one: 甲、乙、丙三项合计96件."""
    return match[0].replace("、", "和")


_Phrase = tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]]
_PHRASES: tuple[_Phrase, ...] = tuple(  # (one of these must be there, what is replaced, by what), in order
    (tuple(needles.split()), regex(pattern), replacement)
    for needles, pattern, replacement in (
        ("12月", "年?12月(?:31日|底|末)", "年底"),
        ("截 年末", "截[至止]到?(?:今年|年)[底末]|(?<![上今某下])年末", "截至年底"),
        ("年初", "年初(?=.{0,8}有效)", "上年底"),
        ("1月1日", "[自从]?今年1月1日起?，?至今?年底[止间]?", "今年"),
        ("月", "[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}月(?:底|末|份)?", "某月"),
        ("去年 上一年 上年度 前一年", "去年|上一年度?|上年度|前一年度?", "上年"),
        ("次年 明年 下一年 下年度 新年度 新的一年", "次年|明年|[下新]一?年度?|新的一年", "下年"),
        ("、行政机关", "、行政机关不再处理其(?:政府信息公开)?申请", ""),
        ("人均 月均", "(?<![请然])人均(?=[^，；。、]{0,6}#)|月均", "某人平均"),  # which no table tells
        ("失效", "(?:废止[和或及、]失效|失效[和或及、]废止)", "废止"),
        ("结转而来 结转过来", "(?<!上年)结转[而过]来的?", "上年结转"),
        ("年初", "年初(?:尚)?(?:在办|未办结|待办)(?:申请)?的?", "上年结转"),
        ("年初", "年初(?:尚|仍|还)?有(?=上年结转)", ""),
        ("年初结", "年初结(?:转|存)(?:的)?", "上年结转"),
        ("末结 底结", "年[末底]结[转存](?:的)?", "结转下年"),
        ("公民 自然人", "(?:公民|自然人)[、，和]?法人[、，]?(?:和|或者?|及|以及)?其他组织", "各方"),
        (
            "群众",
            "群众(?:和|、|与|及|以及)?(?:市场主体|企业)|(?:市场主体|企业)(?:和|、|与|及|以及)?群众",
            "各方",
        ),
        ("法人", "法人[、（(]?(?:和|或者?|及|以及|与)?(?:其[他它]|非法人)组织[）)]?", "法人其他组织"),
        ("区分处理", "部分公开[（(]区分处理[^）)]*[）)]", "部分公开"),
        ("法律、", "法律、行政法规", "法律行政法规"),
        ("三安全", "危及三安全一稳定", "三安全一稳定"),
        ("掌握", "(?:我|本|全)?(?:镇|乡|县|市|区|省|街道)(?:政府)?(?=并?[不未]掌握)", "我局"),
        ("不服", "(?:当事人|申请人)?不服(?:我局)?(?:作出的)?(?:政府信息公开)?答复而?", ""),
        ("不服", "(?:当事人|申请人)?对?(?:我局)?(?:作出的)?(?:政府信息公开)?答复不服而?", ""),
        (
            "答复引 答复发 答复产 答复而引",
            "(?:因|对|由)?(?:我局)?(?:作出的?)?(?:政府信息公开|信息公开)?答复而?(?=引[发起]|发生|产生)",
            "信息公开",
        ),
        ("答复被", "(?<=#)(?:政府信息公开|信息公开|政府信息)?(?:申请)?答复(?=被)", ""),
        ("因此 由此", "(?:并|而)?[因由]此(?=引[发起]|产生|发生|被)", ""),
        ("大量、 反复、", "大量、反复|反复、大量", "大量反复"),
        ("信访、", "信访、(?:举报、投诉|投诉、举报)", "信访举报投诉"),
        (
            "诉讼",
            "(?:行政)?复议(?:案件|申请)?(?:、|和|及|以及|与|或者?)(?:被?提起)?(?:行政)?诉讼(?:案件)?"
            "(?![^#，；。]*(?:各|分别|[和、]))",
            "复议诉讼",
        ),
        (
            "上年",
            "[自由从]?上年[底末]?(?:的|未办[结完]的?)?(?:结转|转结|转入|遗留|接转|转来|结存|延续|接续|跨年|顺延|未办[结完]|带入|移入|滚存|留下来|留下|剩下来|剩下|剩余|余下|留存|没有?办[完结])"
            "(?:而来|过来|下来|至?今年)?(?:继续办理)?的?|结转[自于]?上年的?"
            "|(?:承接|接续|接办|续办|接转|转接)上年(?:的|未办[结完]的?)*(?=[申#])",
            "上年结转",
        ),
        ("理上年 结上年 复上年 办上年", "(?<=[理结复办])上年的?(?=#)", "某上年结转"),  # perhaps not all of it
        (
            "下年",
            "(?:结转|转结|转入|转至|转到|转|顺延|延续|延至|留待|留到|留至|跨年|跨入|跨到|跨至|带入|带到|滚入|移至)(?:到|至|入|于|由|为|在)*"
            "下年(?:继续)?(?:办理|处理|答复|办结|再办(?!公))?",
            "结转下年",
        ),
        (
            "我 本 全",
            "(?:我|本)(?:局|委|办|厅|街道|单位|处|站|部|院|中心)|全(?:局|委|厅|系统)",
            "我局",
        ),
        ("我局", "我局(?:各级)(?:各部门|行政机关|政府机关|机关|政府|部门)|我局(?:行政机关|政府系统)", "我局"),
        ("率", "(?<![期时])(?:办结率)(?:均?为|达到?|保持在?|均达)*100%", "全部办结"),
        (
            "%",
            "(?:约|各|分别)?占[^#，；。、（）]*%|(?:同比|环比|[较比]上年(?:同期)?|与上年(?:同期)?相比)?"
            "(?:增长|下降|上升|增加|减少|降低|提高|增幅|降幅)[^#，；。、（）0-9]{0,4}[0-9.]+%",
            "",
        ),
        (
            "办理期限",  # perhaps said of those that were answered
            "(?:尚|仍|还)?(?:处于|在)(?:法定)?办理期限之?内",
            "某期限内",
        ),
        ("单位#", "(?<![^，；、：#〔（])单位(?=#)", "法人其他组织"),
        (
            "部分公开",
            "(?:(?<![^，：、；#〔〕（和])|(?<=其中))公开(?:(?=#)|的(?=#[，、；。）和]))|(?<=#)公开(?=[，、；。）和])",
            "予以公开",
        ),
        (
            "项 类 者",
            "[^#，；：。、（）〔〕]{2,12}(?:、[^#，；：。、（）〔〕]{2,12}){1,4}"
            "(?=[两三四五][项类者](?:合计|共计|总计|共|相加|加总|加起来|之和)[为共有计达得]?#)",
            _joined,
        ),
        ("无# 没有#", "(?:无|没有)#", f"无{CHANGE}"),  # 无一件: the count says that there is none
        (
            "加# 少# 长# 降# 升# 高# 低# 出# 多# 增# 减# 了# 约#",
            f"{_VERSUS}(?:净增|净减|增加|减少|增长|下降|上升|提高|降低|多出|增多|(?<![最至很许])多"
            "|(?<![缺至最])少|增|减)了?约?#",
            CHANGE,
        ),
        (
            "即",
            "(?:[一二三四五六七八九]分之[一二三四五六七八九]|[一二三四五六七八九]成半?|一半|过半)(?:多|以上)?[，]?即(?=#)",
            "",
        ),
        ("因", "(?<=#)(?:申请)?因[^，。；#]{2,20}[而，](?=(?:继续)?结转)", ""),  # 3件因需征求意见而结转下年
        (
            "由上年 从上年",
            f"[由从]上年(?:同期|[底末])?的?[^#Δ，；。、]{{0,4}}#{_BECAME}",
            LAST + COUNT,
        ),
        ("由 从", f"[由从][^#Δ，；。、]{{0,4}}#{_BECAME}", CHANGE + COUNT),
        ("上年", "(?:较|比|与|同|而|和)?上年(?:同期|全年|[底末])?(?:的|为|是|只有|仅|有)*#", LAST),
        (
            "持平 相同 一致 一样",
            "(?:的?(?:答复|申请|案件)?(?:件数|数量)?)(?:[与和同较])上年(?:同期)?(?:持平|相同|一致|一样多?)，(?:均|都|同|同样)[为是]#",
            COUNT,
        ),
        (
            "为主，",
            "(?:申请人|申请主体|申请者)?(?:仍|主要|大多)?以(自然人|公民|个人|[^，。；#]{0,2}企业)(?:申请)?为主，(?:[共合]?计|共有?|达|有)#",
            rf"\1{COUNT}",
        ),
        (CHANGE, f"(?<={CHANGE})(?:和|及|与|、)#", CHANGE),  # 增加6件和4件
        (CHANGE, f"(?:{LAST}[^#，；。、]*?|较上年(?:同期)?){CHANGE}", LAST + CHANGE),
        (
            "中 里",
            f"(?<![其集期年理程])(?:当中|之中|中|里面?)(?=[，{COUNT}{LAST}]|有|属|由|自然人|商业|法[人律]|科研"
            "|社会公益|予以|部分|不予|无法|其他|本机关|未|维持|结果|已|经|被|申请|公开)",
            OF,
        ),
        ("分别 依次", "(?<=[，：（])(?:分别|依次)(?:为|是|系|有|属于|属)(?=[^#])", PARTS),
        ("分别 依次", "(?:分别|依次)(?:为|是)?(?=[：:])", ""),
        ("内有", "(?<=[，（(])内有", PARTS),
        ("其中 包括 含", "(?:其中|具体)?包括|其中(?:含有?)?|(?<=[，（(])含(?![有量])", PARTS),
    )
)
_WHO, _WHAT = (
    regex("(?:自然人|公民|法人|企业|机构|组织)$"),
    regex("重复|反复|投诉|公开|提供|处理|办结|结转"),
)
_BARE, _OTHERS = regex("法人(?!其他组织|组织)"), regex("(?<!法人)其他组织")
_NAME = "[^#λΔ，；：。、（）〔〕]{1,30}"
_IN_BRACKET = regex(
    f"(?P<one>{_NAME})(?:[及和与、]|以及)(?P<two>{_NAME}?)(?P<sum>(?:合计|共计?|两项)*#)（#[、和，]#）"
)
_NAMES = f"(?P<names>(?:{_NAME}、){{0,15}}{_NAME}?)"  # bounded: a text may be one list of thousands
_SHORT = regex(
    "(?<!行政)(许可|处罚|强制)(?=(?:决定|措施|决定书)?(?:为|有|共|计)?[#Δλ§])|(?<=#)(许可|处罚|强制)(?=(?:决定|措施|决定书)?(?:[，、；。）]|$))"
)
_RESPECTIVELY = regex(f"{_NAMES}(?:分别|依次|各为?)[^#，；。、]{{0,3}}(?P<counts>#(?:[、，和及与]+#)+)")
_IN_TURN = regex(f"{_NAMES}(?P<counts>#(?:[、，和及与]+#)+)")
_EACH = regex(f"{_NAMES}(?:各(?:自|有|为|获取|获得|计)?|(?P<alike>均[为是有]))#")


def marked(text: str, counts: Sequence[Count], names: Sequence[str], year: int) -> str:
    """The text with a mark in place of every count, and years, names and set phrases in one form each."""
    pieces, done = [], 0
    for count in counts:
        pieces.append(_YEARS.sub("历年", text[done : count.start]).translate(_MARKS))
        done = count.end
    text = COUNT.join([*pieces, _YEARS.sub("历年", text[done:]).translate(_MARKS)])
    for name in names:
        text = text.replace(name, "我局")
    if "二〇" in text or "二○" in text or "二零" in text:
        text = _YEAR_IN_WORDS.sub(lambda match: f"20{match[1].translate(_NUMERALS)}年", text)
    known = {year: "今年", year - 1: "上年", year + 1: "下年"}
    text = _YEAR.sub(lambda match: known.get(int(match[1]), "某年"), _NUMBERING.sub("", text))
    for needles, pattern, replacement in _PHRASES:
        for needle in needles:
            if needle in text:
                text = pattern.sub(replacement, text)
                break
    if "其他组织" in text and _BARE.search(text) and _OTHERS.search(text):
        text = _OTHERS.sub("某组织", _BARE.sub("某人", text))  # told apart: which columns are meant is open
    if "#（#" in text:  # 予以公开和部分公开33件（25件、8件）
        text = _IN_BRACKET.sub(r"\g<one>和\g<two>\g<sum>，\g<one>#、\g<two>#", text)
    if "分别" in text or "依次" in text or "各为#" in text:
        text = _RESPECTIVELY.sub(_respectively, text)
    elif "#、#" in text:
        text = _IN_TURN.sub(_respectively, text)  # 许可、处罚决定23件、33件
    text = _EACH.sub(_each, text) if "各" in text or "均" in text else text
    if ("许可" in text) + ("处罚" in text) + ("强制" in text) > 1 and "公示" not in text:
        text = _SHORT.sub(r"行政\g<0>", text)  # 许可23件、处罚33件
    return text


def _respectively(match: re.Match[str]) -> str:
    """甲、乙分别为1件、2件 with every name beside its count; as it is where they do not pair."""
    names = _AND.sub("、", match["names"]).split("、")
    if len(names) != match["counts"].count(COUNT) or (_WHO.search(names[0]) and _WHAT.search(names[-1])):
        return match[0]  # 自然人、企业重复申请分别为8件、2件: both are repeated
    return "、".join(f"{name}{COUNT}" for name in names)


def _each(match: re.Match[str]) -> str:
    """甲、乙各2件 with every name beside the count."""
    *names, last = _AND.sub("、", match["names"]).split("、")
    if match["alike"] and not names:
        return match[0]
    return "".join(f"{name}{SAME}、" for name in names) + f"{last}{COUNT}"

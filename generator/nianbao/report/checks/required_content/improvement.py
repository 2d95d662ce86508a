"""五: concrete problems and measures, both of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content import wording
from nianbao.report.problem import Problem, quote
from nianbao.report.regex import regex

_NO_PROBLEM = regex(
    "(?:不存在|没有|未|暂无|无)(?:发现|出现)?(?:任何|明显|突出|主要|较大|重大|严重)?的?(?:问题|不足|困难)|问题导向|发现问题"
)
_PROBLEM = regex(
    "问题|不足|差距|短板|弱项|薄弱|欠[缺佳]|缺(?!席|一不可)|困难|难[以点度于]|滞后|落后|单[一薄调]|有待|亟待|[尚仍还更]待|待(?:进一步)?[加提改完]"
    "|[仍还尚更]需|需要?(?:再|继续|持续|不断)?(?:进一步)?(?:加强|加大|提高|提升|改进|完善|优化|丰富|深化|规范|健全|强化|拓[宽展]|细化)"
    "|(?:改进|提升|提高|完善|优化|进步|拓展|努力)的?(?:空间|余地|地方|之处)|[有仍还](?:一定)?(?:距离|落差)"
    "|[偏较][少慢低弱晚粗长多重高]|[还仍尚]?不(?:太|甚|很|能|再|尽|完全)?(?:够|高|强|深|细|全|准|快|多|广|均|足|畅|清|熟|严|实|活|统一|匹配|理想"
    "|平衡|及时|规范|到位|充分|完善|完整|明确|稳定|一致|主动|方便|便捷|好找|丰富|健全|满足|适应|了解|熟悉|理解|重视|顺|够用)"
    "|没有(?:做到|形成|建立|及时|完全)|[还仍尚]没有|未[能形建及]|[尚仍]未|没能|遗漏|拖延|超期|逾期|堵点|痛点|瓶颈|制约|卡点|盲[区点]|死角|漏洞|隐患"
    "|简单|笼统|零[散星]|分散|生硬|枯燥|陈旧|老化|空白|参差|模糊|死板|生疏|重复|被[^，。；]{0,6}(?:纠正|通报|点名|撤销)|[弱慢差粗浅少低](?=[，。；])"
    "|比例(?:只有|仅)|只有|仅有"
)
_NO_MEASURE = regex("(?:[有尚仍还亟]待|[仍还尚]?需要?)(?:进一步)?(?:改进|整改)")
_MEASURE = regex(
    "下一?步|下一年|明年|来年|新的一年|今后|接下来|将|拟|计划|打算|措施|举措|改进|整改|对策|针对|已(?![不难无有成])"
    "|(?:^|[，。；：、是\n”])(?:要|进一步|持续|不断|切实|继续|着力|认真|定期|及时){0,2}"
    "(?:加强|强化|完善|健全|优化|提升|提高|拓展|拓宽|丰富|规范|加大|严格|落实|深化|增强|创新|推进|开展|组织|建立|改版|明确|补充"
    "|增加|增设|提交|印发|制定|出台|编[印制发写]|修订|开[设发通]|上线|完成|推[出行动]|设[立置]|配[备发齐]|补[发齐充]|安排|力争|争取|确保|实行|试行"
    "|整合|梳理|清理|压[减缩]|缩短|召开|举办|选[派配]|聘请|邀请|指导|督促|更新|调整|压实|抓好|做[好到实]|改[为版造由用]|聚焦|畅通|统一|细化|扩大)",
    flags=re.MULTILINE,
)


# How a sentence opens that speaks of what is to be done, or only of how well it went.
_AHEAD = regex(
    "下一|下步|明年|来年|今后|接下来|新的一年|将|拟|计划|打算|力争|继续|持续|坚持|进一步|不断|着力|切实|没有|未|成效|成绩|较好|圆满|顺利"
)
_STOP = regex("[。！？!?\\n]")
_HAN = regex("[一-鿿]")


def improvement(inspection: Inspection) -> Iterator[Problem]:
    """A section that says nothing, names no shortcoming, or names no measure.

    What is untold is told only where each statement is known to be of the other kind: shortcomings
    have more names than anybody can list.
    """
    report = inspection.report
    section = report.mandate.section(report.mandate.duties.improvement)
    paragraphs = inspection.paragraphs(section.key)
    if not paragraphs:
        return  # said already: the section is missing
    place, text = (report.place(section.key),), wording.text(paragraphs)
    if wording.is_empty(text, section.placeholder):
        what = f"“{section.heading}”等于没有写：“{quote(text)}”"
        mend = "请写明具体的问题和改进的做法，不能只写“无”"
        yield rule("hollow-section").broken(what, mend, place, (section.key, text))
    elif wording.is_hollow(text):
        what = f"“{section.heading}”写得太少：“{quote(text)}”"
        mend = "请写明具体的问题和改进的做法"
        yield rule("thin-section").broken(what, mend, place, (section.key, text))
    elif _only_measures(text, report.year):
        what = f"“{section.heading}”只写了改进，没有写存在的问题：“{quote(text)}”"
        mend = "请先写明查找到的具体问题"
        yield rule("shortcomings-untold").broken(what, mend, place, (text,))
    elif _only_shortcomings(text, report.year):
        what = f"“{section.heading}”只写了问题，没有写怎样改进：“{quote(text)}”"
        mend = "请逐项写明改进的做法"
        yield rule("measures-untold").broken(what, mend, place, (text,))


def _names(year: int, text: str) -> bool:
    return bool(re.search(rf"{year}\s*年", text))


def _statements(text: str) -> list[str]:
    return [statement for statement in _STOP.split(text) if _HAN.search(statement)]


def _only_measures(text: str, year: int) -> bool:
    """Whether each statement speaks of what is to be done, and none names a shortcoming."""
    if _PROBLEM.search(_NO_PROBLEM.sub("", text)):
        return False
    return all(_AHEAD.search(statement) or f"{year + 1}年" in statement for statement in _statements(text))


def _only_shortcomings(text: str, year: int) -> bool:
    """Whether each statement names a shortcoming, and none a measure."""
    if _names(year + 1, text) or _MEASURE.search(_NO_MEASURE.sub("", text)):
        return False
    return all(map(_PROBLEM.search, _statements(text)))

"""五: concrete problems and measures, both of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content import wording
from nianbao.report.problem import Problem, quote

_NO_PROBLEM = re.compile(
    "(?:不存在|没有|未|暂无|无)(?:发现|出现)?(?:任何|明显|突出|主要|较大|重大|严重)?的?(?:问题|不足|困难)|问题导向|发现问题"
)
_PROBLEM = re.compile(
    "问题|不足|差距|短板|弱项|薄弱|欠缺|缺乏|缺失|缺少|困难|滞后|单一|难以|有待|亟待|尚待|仍待|还待|待(?:进一步)?[加提改完]"
    "|[仍还尚]需|需要?进一步|需(?:加强|提高|提升|改进|完善)|偏[少慢低弱晚]|较[少慢低弱晚]|不(?:够|高|强|深|细|全|准|快|多|均|平衡|"
    "及时|规范|到位|充分|完善|清楚|清晰|明确|熟|稳定|一致|主动|方便|好找|丰富|健全|顺畅|协调)|没有做到|未能|没能|遗漏|拖延"
)
_NO_MEASURE = re.compile("(?:[有尚仍还亟]待|[仍还尚]?需要?)(?:进一步)?(?:改进|整改)")
_MEASURE = re.compile(
    "下一?步|下一年|明年|来年|新的一年|今后|接下来|将|拟|计划|打算|措施|举措|改进|整改|对策|针对|已(?![不难无有成])"
    "|(?:^|[，。；：、是\n”])(?:要|进一步|持续|不断|切实|继续|着力|认真|定期|及时){0,2}"
    "(?:加强|强化|完善|健全|优化|提升|提高|拓展|拓宽|丰富|规范|加大|严格|落实|深化|增强|创新|推进|开展|组织|建立|改版|明确|补充"
    "|增加|增设|提交)",
    re.MULTILINE,
)


def improvement(inspection: Inspection) -> Iterator[Problem]:
    """A section that says nothing, names no shortcoming, or names no measure."""
    report = inspection.report
    section = report.mandate.section(report.mandate.duties.improvement)
    paragraphs = inspection.paragraphs(section.key)
    if not paragraphs:
        return  # said already: the section is missing
    place, text = (report.place(section.key),), wording.text(paragraphs)
    if wording.is_hollow(paragraphs, section.placeholder):
        what = f"“{section.heading}”等于没有写：“{quote(text)}”"
        mend = "请写明具体的问题和改进的做法，不能只写“无”"
        yield rule("hollow-section").broken(what, mend, place, (section.key, text))
    elif not _PROBLEM.search(_NO_PROBLEM.sub("", text)):
        what = f"“{section.heading}”只写了改进，没有写存在的问题：“{quote(text)}”"
        mend = "请先写明查找到的具体问题"
        yield rule("shortcomings-untold").broken(what, mend, place, (text,))
    elif not _MEASURE.search(_NO_MEASURE.sub("", text)):
        what = f"“{section.heading}”只写了问题，没有写怎样改进：“{quote(text)}”"
        mend = "请逐项写明改进的做法"
        yield rule("measures-untold").broken(what, mend, place, (text,))

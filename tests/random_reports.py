"""Reports of random length, figures and organ, to be set and looked at."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from nianbao.app import reading
from nianbao.mandate import Kind
from nianbao.media import word
from nianbao.report import NO, PREFACE, YES, Figure, Place, Report, State
from nianbao.report.narrative import Paragraph, paragraph

from tests.media.word.templates import shipped
from tests.paths import ROOT

BOOKS = [ROOT / "data" / name for name in ("示例-2021.xlsx", "示例-2019.xlsx")]
PLACE = Place("随机")
HALF = 0.5  # of the reports, of the paragraphs
_WHERE = ("某某省", "某某市", "示例自治州", "某某县", "示例新区", "某某镇", "某某经济技术开发区", "示例街道")
_WHAT = (
    "人民政府", "财政局", "发展和改革委员会", "住房和城乡建设局", "人力资源和社会保障局", "市场监督管理局",
    "管理委员会", "办事处", "卫生健康委员会", "综合行政执法局", "人民政府办公室", "税务局",
    "国有资产监督管理委员会",
)  # fmt: skip
_CLAUSES = (
    "按照要求做好各项工作", "全年共收到申请{n}件", "办结率达到{p}%", "较上年增加{n}件",
    "涉及金额1,{t}.{d}万元", "依据〔{y}〕{d}号文件", "于{y}年12月31日前完成整改", "进一步规范流程",
    "“一网通办”栏目更新{d}次", "及时回应社会关切", "逐条答复申请人", "组织培训{d}次",
    "没有其他需要说明的情况",
    "详见https://www.example.gov.cn/zwgk/zfxxgk/ndbg/{y}/t{y}{n}.html",
)  # fmt: skip


def random_report(seed: int) -> tuple[Report, bool]:
    """A random report, always the same for a seed, and whether it is sealed."""
    chance = random.Random(seed)
    base = reading.read(chance.choice(BOOKS))
    organ = _organ(chance)
    report = replace(
        base,
        organ=organ,
        title=f"{organ}{base.year}年{chance.choice(('', '度'))}政府信息公开工作年度报告",
        issued_by=organ,
        date_line=f"{base.year + 1}年{chance.randint(1, 3)}月{chance.randint(1, 28)}日",
        narratives={
            PREFACE: tuple(_texts(chance, base.year, 0)),
            **{one.key: tuple(_texts(chance, base.year, 3)) for one in base.mandate.narratives},
        },
        figures=_figures(chance, base),
    )
    return report, chance.random() < HALF


def written(report: Report, *, sealed: bool = False) -> bytes:
    """The Word document of a report, as one that is sealed or not."""
    elements = {**report.elements, "seal": YES if sealed else NO}
    return word.merge(_template(report.mandate.edition.key), replace(report, elements=elements))


@cache
def _template(edition: str) -> word.Template:
    return word.Template(shipped(edition), "模板.docx")


def _organ(chance: random.Random) -> str:
    most = chance.randint(4, 40)
    parts = [*chance.sample(_WHERE, chance.randint(0, 4)), *chance.sample(_WHAT, chance.randint(1, 3))]
    organ = ""
    for part in parts:
        organ = organ + part if len(organ + part) <= most else organ
    return organ if len(organ) >= 4 else "示例市局"


def _figures(chance: random.Random, base: Report) -> dict[str, Figure]:
    most = chance.choice((1, 2, 3, 3, 4, 4, 5, 6, 7, 8))
    found = {}
    for key, slot in base.mandate.slots.items():
        words = str(chance.randrange(10 ** chance.randint(1, most)))
        if slot.kind is Kind.AMOUNT:
            words += f".{chance.randrange(10**6):06}"[: chance.randint(0, 7)].rstrip(".")
        found[key] = replace(base.figures[key], state=State.NUMBER, text=words)
    return found


def _texts(chance: random.Random, year: int, level: int) -> Iterator[Paragraph]:
    for number in range(chance.randint(1, 5)):
        if level and chance.random() < HALF:
            heading = f"（{'一二三四五'[number]}）{chance.choice(_CLAUSES[:1] + _CLAUSES[7:8])}"
            yield paragraph(heading, heading, PLACE)
        clauses = [
            chance.choice(_CLAUSES).format(
                n=chance.randrange(10 ** chance.randint(1, 6)), p=f"{chance.uniform(1, 99):.2f}", y=year,
                d=chance.randint(1, 30), t=chance.randint(100, 999),
            )
            for _ in range(chance.choice((1, 1, 2, 4, 8, 12, 20, 30)))
        ]  # fmt: skip
        text = "，".join(clauses) + "。"
        yield paragraph(text, text, PLACE)

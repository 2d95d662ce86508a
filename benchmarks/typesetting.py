"""Random reports set by both engines, and what a typesetter would have to mend in them.

    python -m benchmarks.typesetting [--reports 400] [--seed 1] [--keep FOLDER]

Each report has its own lengths of texts, name of the organ (4 to 40 characters), figures (1 to 8 digits,
amounts with up to six decimals), edition and seal. It is made to Word, printed by us and by LibreOffice, and
counted by where the words of both PDFs stand: see tests/typesetting.py. Exit code 1 where anything is found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from nianbao.app import reading
from nianbao.mandate import Kind
from nianbao.media import fonts, office, pdf, word
from nianbao.media.word import html
from nianbao.report import PREFACE, Figure, Place, Report, State
from nianbao.report.narrative import Paragraph, paragraph

from tests.typesetting import KINDS, faults

ROOT = Path(__file__).parents[1]
BOOKS = [ROOT / "data" / name for name in ("示例-2021.xlsx", "示例-2019.xlsx")]
BATCH = 50  # documents in one run of LibreOffice
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


def main() -> None:
    """Make, print and count; print each fault with the number of its report."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.typesetting", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1, help="the first report's; the next ones count up")
    parser.add_argument("--keep", type=Path, help="folder for documents and PDFs")
    asked = parser.parse_args()
    start = time.perf_counter()
    counted: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for first in range(asked.seed, asked.seed + asked.reports, BATCH):
            seeds = range(first, min(first + BATCH, asked.seed + asked.reports))
            for seed, engine, kind, what in printed(seeds, folder):
                counted[engine, kind] += 1
                print(f"{seed:>5} {engine:<11} {kind}: {what}", flush=True)
    print(f"\n{asked.reports} reports, {time.perf_counter() - start:.0f} s")
    print(f"{'':<18} {'nianbao':>8} {'LibreOffice':>12}")
    for kind in KINDS:
        print(f"{kind:<18} {counted['nianbao', kind]:>8} {counted['LibreOffice', kind]:>12}")
    sys.exit(1 if counted else 0)


def printed(seeds: Sequence[int], folder: Path) -> Iterator[tuple[int, str, str, str]]:
    """Seed, engine, kind and words of each fault of these reports."""
    configuration = fonts.configure()
    reports = {seed: made(seed) for seed in seeds}
    documents = {seed: document for seed, (_, document) in reports.items()}
    theirs = office.convert_all([(f"{seed}.docx", one) for seed, one in documents.items()], configuration)
    for (seed, document), their in zip(documents.items(), theirs, strict=True):
        if not isinstance(their, office.Converted):
            raise their
        (folder / f"{seed}.docx").write_bytes(document)
        page = html.convert(document, f"{seed}.docx", fonts)
        ours = pdf.write(page.html, f"{seed}.docx", configuration)
        for engine, content in (("nianbao", ours), ("LibreOffice", their.pdf)):
            target = folder / f"{seed}.{engine}.pdf"
            target.write_bytes(content)
            for kind, what in faults(target, reports[seed][0]):
                yield seed, engine, kind, what


def made(seed: int) -> tuple[Report, bytes]:
    """A random report and its Word document."""
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
    template = word.Template((ROOT / "templates" / f"{base.mandate.edition.key}.docx").read_bytes(), "模板")
    return report, _merged(template, report, sealed=chance.random() < HALF)


def _merged(template: word.Template, report: Report, *, sealed: bool) -> bytes:
    module = sys.modules[word.Template.__module__]
    before = vars(module)["place"]  # whether a report is sealed is not in it yet
    vars(module)["place"] = partial(before, sealed=sealed)
    try:
        return word.merge(template, report)
    finally:
        vars(module)["place"] = before


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


if __name__ == "__main__":
    main()

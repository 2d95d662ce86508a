"""A county's organs with their reports, made up from a seed: exchange JSON, every equation even."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from nianbao.mandate import for_year
from nianbao.media import exchange, workbook
from nianbao.report import Problem, assemble, check, settle
from nianbao.report.rollup import Member, take
from openpyxl import Workbook, load_workbook

PLACE = "某某县"
COUNTY = f"{PLACE}人民政府"
KINDS = ("财政", "教育", "民政", "司法", "水利", "统计", "审计", "医疗保障", "住房和城乡建设", "自然资源")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
WHO = ("办公室", "业务科", "法制科", "信息中心", "各科室", "分管负责人", "值班人员", "档案室")
WHEN = ("每月初", "每季末", "年中", "年末", "文件印发当日", "收件后三日内", "汛期", "开学前", "节前", "月底")
WHAT = (
    "核对栏目目录",
    "清点存量文件",
    "补录旧文件",
    "走访来信群众",
    "试读解读材料",
    "检查链接",
    "登记来件",
    "整理卷宗",
)
HOW = (
    "逐件对照清单",
    "由两人交叉复核",
    "结果张榜公布",
    "列入科室考核",
    "邀请代表旁听",
    "在例会上通报",
    "形成书面记录",
)


def names(count: int) -> list[str]:
    """Departments first, then townships."""
    departments = [f"{PLACE}{kind}局" for kind in KINDS]
    towns = [f"{PLACE}{stem}{branch}镇人民政府" for stem, branch in product(STEMS, BRANCHES)]
    more = [
        f"{PLACE}{stem}{branch}{other}乡人民政府"
        for stem, branch, other in product(STEMS, BRANCHES, BRANCHES)
    ]
    return [*departments, *towns, *more][:count]


def organs(count: int, seed: int = 1, year: int = 2025) -> list[dict[str, Any]]:
    """So many reports without an error."""
    draw = random.Random(seed)
    return [organ(name, draw, year) for name in names(count)]


def organ(name: str, draw: random.Random, year: int = 2025) -> dict[str, Any]:
    """One report without an error."""
    mandate = for_year(year)
    return {
        "organ": name,
        "year": year,
        "reporter": next(one.name for one in mandate.reporters if one.key == kind(name)),
        "issued_by": name,
        "date_line": f"{year + 1}年1月{draw.randint(5, 28)}日",
        "sections": sections(draw, year),
        **tables(draw, year),
    }


def kind(name: str) -> str:
    return "department" if name.endswith("局") else "township"


def sentence(draw: random.Random) -> str:
    first = f"{draw.choice(WHEN)}{draw.choice(WHO)}{draw.choice(WHAT)}{draw.randint(2, 90)}次"
    return f"{first}，{draw.choice(HOW)}，{draw.choice(WHEN)}再由{draw.choice(WHO)}{draw.choice(WHAT)}。"


def sections(draw: random.Random, year: int) -> dict[str, str]:
    heads = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
    lines = [
        f"（{number}）{head}。{sentence(draw)}{sentence(draw)}"
        for number, head in zip("一二三四五", heads, strict=True)
    ]
    lines.append("工作考核按月进行，社会评议每年一次，全年没有需要责任追究的情形。")
    return {
        "引言": f"本报告统计期限为{year}年1月1日至12月31日。",
        "一": "\n".join(lines),
        "五": (
            f"一是{sentence(draw)[:-1]}做得还不够，下一年增加一次；"
            f"二是{sentence(draw)[:-1]}有待改进，下一年改为两人负责。"
        ),
        "六": "没有收取信息处理费。",
    }


def tables(draw: random.Random, year: int) -> dict[str, Any]:
    mandate = for_year(year)
    rows: dict[str, dict[str, Any]] = {}
    for slot in mandate.tables["disclosure"].slots:
        amount = slot.kind == "amount"
        number: Any = round(draw.uniform(3, 30), draw.randint(0, 6)) if amount else draw.randint(20, 60)
        rows.setdefault(slot.row, {})[slot.column] = 0 if slot.row_key == "regulations" else number
    labels = list(dict.fromkeys(slot.row for slot in mandate.tables["requests"].slots))
    columns = []
    for _ in range(6):
        results = [draw.choice((0, 0, 1, 2, 5)) for _ in labels[2:-2]]
        came, left = draw.randint(0, 3), draw.randint(3, 6)
        columns.append([sum(results) + left - came, came, *results, sum(results), left])
    lines = {row: [column[at] for column in columns] for at, row in enumerate(labels)}
    disputes = {}
    for slot in mandate.tables["disputes"].slots[::5]:
        four = [draw.choice((0, 0, 0, 1, 2)) for _ in range(4)]
        disputes[slot.row] = [*four, sum(four)]
    return {
        "table2": rows,
        "table3": {row: [*cells, sum(cells)] for row, cells in lines.items()},
        "table4": disputes,
    }


def times(document: dict[str, Any], factor: int) -> dict[str, Any]:
    """The same report with every figure of the requests and the disputes so many times as large."""
    return document | {
        table: {row: [number * factor for number in cells] for row, cells in document[table].items()}
        for table in ("table3", "table4")
    }


def save(documents: list[dict[str, Any]], folder: Path, *, books: int = 0) -> list[Path]:
    """Write the reports, the first so many as workbooks, the others as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for at, document in enumerate(documents):
        content = json.dumps(document, ensure_ascii=False).encode()
        path = folder / f"{at:04d}.json"
        if at < books:
            report = assemble(exchange.enter(content, path.name))
            content, path = workbook.write(report)[0], path.with_suffix(".xlsx")
        path.write_bytes(content)
        paths.append(path)
    return paths


def member(document: dict[str, Any], file: str = "") -> Member:
    """The report as a member of a sum."""
    name = file or f"{document['organ']}.json"
    report = assemble(exchange.enter(json.dumps(document).encode(), name))
    return take(report, settle(check(report), report.decisions)[0])


def cells(document: dict[str, Any]) -> Iterator[tuple[tuple[str, str, int | str], Any]]:
    """Every figure as the JSON has it, by table, row and column or place in the row."""
    for table in ("table2", "table3", "table4"):
        for row, numbers in document[table].items():
            for column, number in numbers.items() if isinstance(numbers, dict) else enumerate(numbers):
                yield (table, row, column), number


def plain_sum(paths: list[Path]) -> dict[tuple[str, str, int | str], Decimal]:
    """The sum of JSON files, by nothing of the program's."""
    found: dict[tuple[str, str, int | str], Decimal] = {}
    for path in paths:
        for key, number in cells(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)):
            found[key] = found.get(key, Decimal(0)) + Decimal(number)
    return found


def codes(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def sheet(path: Path, name: str) -> list[list[Any]]:
    """A sheet's values, row by row."""
    return [[cell.value for cell in row] for row in _opened(path.read_bytes())[name].iter_rows()]


@lru_cache(2)
def _opened(content: bytes) -> Workbook:
    """A workbook, opened once for all that a test asks of it: that of 300 organs takes seconds."""
    return load_workbook(io.BytesIO(content))


def table(path: Path, name: str, heads: int = 3) -> list[dict[str, Any]]:
    """The lines of a listing by the heads of its columns."""
    rows = sheet(path, name)
    return [dict(zip(rows[heads - 1], row, strict=True)) for row in rows[heads:]]

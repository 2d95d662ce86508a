"""The sheets on texts that organs have in common: pairs largely alike, and the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report.rollup import Likeness, Rollup

SHEET = "文字雷同"
NAMED = 6
ALIKE, SAME, COMMON = "大体相同", "同一句", "通用语"
COLUMNS = (
    Column("情形", 10, "word"),
    Column("机关", 26),
    Column("另一机关", 26),
    Column("机关数", 8, "number"),
    Column("相同句数", 9, "number"),
    Column("占前者", 9, "percent"),
    Column("占后者", 9, "percent"),
    Column("文字（照前者所写）", 60),
    Column("还有", 30),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    likeness = content.likeness
    copied = sum(not shared.common for shared in likeness.sentences)
    sections = "、".join(f"“{section.heading}”" for section in content.report.mandate.narratives[:-1])
    advice = (
        f"大体相同的 {len(likeness.pairs)} 对；两个以上机关都有的句子 {copied} 句，"
        f"另有通用语 {len(likeness.sentences) - copied} 句。"
        f"比较{sections}，去掉标点、数字、年份和各自的名称；占比按各自的文字计，不算通用语。"
        "通用语是五分之一以上的机关都有的句子，多半是上级统一的写法。"
    )
    listing.add(book, palette, SHEET, advice, COLUMNS, _lines(likeness))


def _lines(likeness: Likeness) -> Iterator[tuple[Sequence[Value], str]]:
    for pair in likeness.pairs:
        organs = (pair.first.organ, pair.second.organ)
        parts = (pair.of_first / 100, pair.of_second / 100)
        yield [ALIKE, *organs, 2, pair.sentences, *parts, pair.example, ""], "alarm"
    for shared in likeness.sentences:
        first, second, *more = [member.organ for member in shared.members]
        named = "、".join(more[:NAMED]) + (" 等" if len(more) > NAMED else "")
        kind, mark = (COMMON, "") if shared.common else (SAME, "warn")
        yield [kind, first, second, len(shared.members), 1, None, None, shared.text, named], mark

"""What a template may name: the values of one report, and the same tree as a schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from nianbao.mandate import Mandate
from nianbao.media.word import elements
from nianbao.media.word.language import Unbounded
from nianbao.report import CONTACTS, PREFACE, Report
from nianbao.report.narrative import Paragraph

MOST_STEPS = 1_000_000  # of a template's loops with one report; ours take a hundred
WORDS = {
    "title": "标题",
    "organ": "机关名称",
    "year": "报告年度",
    "reporter": "机关类型",
    "issued_by": "署名",
    "date_line": "成文日期",
    "letterhead": "发文机关标志",
    "document_number": "发文字号",
    "header_rule": "版头分隔线，填了发文机关标志或发文字号才有",
    "addressees": "主送机关，末尾有冒号",
    "contact_note": "联系方式，在括号里，选了印出联系方式才有",
    "copied_to": "抄送机关，以“抄送：”开头",
    "imprint": "印发机关和印发日期，一行",
}
PARAGRAPH = {
    "text": "整段文字",
    "lead": "段首的标题句",
    "rest": "标题句之后的文字",
    "level": "级别：0 为正文，2、3、4 为（一）、1.、（1）",
    "heading": "这一段是不是单独成行的标题",
}

Schema = dict[str, Any]  # a name is a text (its meaning), a Schema, or a list of one Schema


def schema(mandate: Mandate) -> Schema:
    """Every name a template may use, with its meaning in Chinese at the leaves."""
    tree: Schema = dict(WORDS)
    tree["contact"] = dict(CONTACTS)
    tree[PREFACE] = [dict(PARAGRAPH)]
    for section in mandate.narratives:
        tree[section.key] = [dict(PARAGRAPH)]
    for slot in mandate.slots.values():
        table, row, column = slot.key.split(".")
        tree.setdefault(table, {}).setdefault(row, {})[column] = slot.label
    return tree


def leaves(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every dotted tag of a schema with its meaning; of lists, the list."""
    for name, below in tree.items():
        tag = f"{above}{name}"
        if isinstance(below, Mapping):
            yield from leaves(below, f"{tag}.")
        elif isinstance(below, list):
            yield tag, "各段文字（用 {{p " + tag + " }} 逐段印出）"
        else:
            yield tag, str(below)


class Steps:
    """How many steps the loops of a template may still take with one report."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def take(self, steps: int) -> None:
        """Count steps; raise Unbounded where they are more than any real template takes."""
        self.left -= steps
        if self.left < 0:
            raise Unbounded(f"循环超过 {MOST_STEPS} 步")


class Section(list[SimpleNamespace]):
    """The paragraphs of a section; going over them, loop within loop, comes to an end."""

    def __init__(self, paragraphs: Iterable[SimpleNamespace], steps: Steps) -> None:
        super().__init__(paragraphs)
        self._steps = steps

    def __iter__(self) -> Iterator[SimpleNamespace]:
        self._steps.take(len(self))
        return super().__iter__()

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        return Section(found, self._steps) if isinstance(at, slice) else found


def context(report: Report) -> dict[str, object]:
    """The values of one report, for rendering."""
    values: dict[str, object] = {
        "title": report.title,
        "organ": report.organ,
        "year": str(report.year),
        "reporter": report.reporter_name,
        "issued_by": report.issued_by,
        "date_line": report.printed_date,
        "contact": SimpleNamespace(**report.contact),
        **elements.printed(report),
    }
    steps = Steps()
    for key, paragraphs in report.narratives.items():
        values[key] = Section(map(_paragraph, paragraphs), steps)
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for key, figure in report.figures.items():
        table, row, column = key.split(".")
        tables.setdefault(table, {}).setdefault(row, {})[column] = figure.printed
    for table, rows in tables.items():
        values[table] = SimpleNamespace(**{row: SimpleNamespace(**cells) for row, cells in rows.items()})
    return values


def _paragraph(paragraph: Paragraph) -> SimpleNamespace:
    return SimpleNamespace(**{name: getattr(paragraph, name) for name in PARAGRAPH})

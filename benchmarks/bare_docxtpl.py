"""What a clerk's colleague would write: openpyxl, docxtpl, no checks. Compared with `nianbao generate`.

    python benchmarks/bare_docxtpl.py BOOK.xlsx TEMPLATE.docx REPORT.docx
    python benchmarks/bare_docxtpl.py BOOK.xlsx BOOK.xlsx… TEMPLATE.docx FOLDER

It reads the same workbooks by the same hidden keys and fills the same template. It proves nothing:
blanks, texts and sums that do not agree are printed as they are, a misspelt tag is printed as
nothing, and & and < in a text break the document.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from openpyxl import load_workbook

LEVELS = ((2, r"（[一二三四五六七八九十]+）"), (3, r"\d+\.(?!\d)"), (4, r"（\d+）"))


def main(*paths: str) -> None:
    """Fill the template with what stands in each workbook: one report, or a folder of reports."""
    *books, template, target = paths
    for book in books:
        document = DocxTemplate(template)
        document.render(read(book))
        document.save(target if target.endswith(".docx") else Path(target, Path(book).stem + ".docx"))


def read(book: str) -> dict[str, Any]:
    """Figures, texts and particulars by their keys, nested as the tags are."""
    values: dict[str, Any] = {"contact": {}, "issued_by": "", "date_line": "", "preface": []}
    for sheet in load_workbook(book, read_only=True, data_only=True):
        columns: list[Any] = []
        for row in sheet.iter_rows(values_only=True):
            if "#columns" in row:
                columns = list(row)
            elif columns and "#caption" not in row:
                take(row, columns, values)
    values["title"] = values.get("title") or f"{values['organ']}{values['year']}年政府信息公开工作年度报告"
    return values


def take(row: tuple[Any, ...], columns: list[Any], values: dict[str, Any]) -> None:
    """Add one row's values under its key and its columns' keys."""
    row_key = row[columns.index("#columns")]
    for column, value in zip(columns, row, strict=False):
        if not column or column == "#columns":
            continue
        if column.startswith("text:"):
            paragraphs = values.setdefault(column.removeprefix("text:"), [])
            if value:
                paragraphs.append(paragraph(str(value)))
        elif row_key:
            path = [row_key] if column == "value" else [*row_key.split("."), *column.split(".")]
            place = values
            for key in path[:-1]:
                place = place.setdefault(key, {})
            place[path[-1]] = "" if value is None else value


def paragraph(text: str) -> dict[str, Any]:
    """A paragraph with its level, as the template asks for it."""
    level = next((level for level, numbering in LEVELS if re.match(numbering, text)), 0)
    heading = bool(level) and len(text) <= 50 and "。" not in text
    lead, stop, rest = text.partition("。")
    return {"text": text, "level": level, "heading": heading, "lead": lead + stop, "rest": rest}


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Published pages of every kind of bad making, built from the form for tests to break in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape

from nianbao.mandate import Mandate, Role
from nianbao.media.webpage import reading
from nianbao.report import PREFACE, Report, assemble
from nianbao.report.published.enter import enter

Change = Callable[["Rows"], object]


@dataclass
class Cell:
    """One cell as a page says it."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    tag: str = "td"

    def html(self) -> str:
        spans = "".join(
            f' {name}="{count}"'
            for name, count in (("rowspan", self.rowspan), ("colspan", self.colspan))
            if count > 1
        )
        return f"<{self.tag}{spans}>{self.text}</{self.tag}>"


@dataclass
class Rows:
    """One table of the form, row by row, filled in."""

    rows: list[list[Cell]] = field(default_factory=list)

    def find(self, text: str, nth: int = 0) -> tuple[int, int]:
        """Where the cell with a label stands: row and place in the row."""
        spots = [(r, c) for r, row in enumerate(self.rows) for c, cell in enumerate(row) if cell.text == text]
        return spots[nth]

    def cell(self, text: str, nth: int = 0) -> Cell:
        row, place = self.find(text, nth)
        return self.rows[row][place]

    def html(self, between: str = "") -> str:
        body = "".join("<tr>" + "".join(cell.html() for cell in row) + "</tr>" for row in self.rows)
        return f"<table border=1>{body}</table>{between}"


def rows(mandate: Mandate, key: str, figures: dict[str, str]) -> Rows:
    table = mandate.tables[key]
    made: list[list[Cell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        text = figures[cell.key] if cell.role is Role.FIGURE else escape(cell.text, quote=False)
        made[cell.row].append(Cell(text, cell.rowspan, cell.colspan))
    return Rows(made)


def page(report: Report, changes: dict[str, Change] | None = None, **around: str) -> str:
    """A page of one report; `changes` are made to its tables by key.

    `before` and `after` are the site around the article; `title`, `head` replace what stands there.
    """
    texts = {key: figure.text for key, figure in report.figures.items()}
    parts = [f"<p>{escape(one.text)}</p>" for one in report.narratives[PREFACE]]
    for section in report.mandate.sections:
        parts.append(f"<p><strong>{section.heading}</strong></p>")
        if section.table:
            made = rows(report.mandate, section.key, texts)
            result = (changes or {}).get(section.key, Rows.html)(made)
            parts.append(result if isinstance(result, str) else made.html())
        else:
            parts += [f"<p>　　{escape(one.text)}</p>" for one in report.narratives[section.key]]
    for line in (report.issued_by, report.date_line):
        parts.append(f'<p style="text-align: right">{line}</p>' if line else "")
    title = around.get("title", f"<h1>{report.title}</h1>")
    return (
        f"<html><head>{around.get('head', '<meta charset=utf-8>')}</head><body>{around.get('before', '')}"
        f'<div class="article">{title}<div class="content">{"".join(parts)}</div></div>'
        f"{around.get('after', '')}</body></html>"
    )


def take(page: str | bytes, **given: str) -> Report:
    """The report read from a page, with what is `given` beside it."""
    content = page if isinstance(page, bytes) else page.encode()
    return assemble(enter(reading.read_blocks(content, "年报.html"), given))


def said(report: Report) -> list[tuple[str, str]]:
    """The problems of reading, by code and text."""
    return [(problem.code, problem.what) for problem in report.reading]


def texts(report: Report) -> dict[str, str]:
    """Every figure as published, by key."""
    return {key: figure.text for key, figure in report.figures.items()}


def paragraphs(report: Report) -> dict[str, list[str]]:
    """Every written section's paragraphs."""
    return {key: [one.text for one in written] for key, written in report.narratives.items()}


def without(figures: dict[str, str], gone: Iterable[str]) -> dict[str, str]:
    """The figures with those blank that are gone."""
    return {key: "" if key in set(gone) else text for key, text in figures.items()}

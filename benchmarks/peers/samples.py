"""Many reports out of one, of different organs: every figure is the sample's times a number.

All equations then still hold, and the texts name their figures, so that no check finds anything.

    python -m benchmarks.peers.samples FOLDER COUNT
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from nianbao.app import reading
from nianbao.media import workbook
from nianbao.report import Report
from nianbao.report.figure import Figure, plain
from nianbao.report.narrative import paragraph

SAMPLE = Path(__file__).parents[2] / "data" / "示例-2021.xlsx"
LAST = "other_matters"
MORE = (  # so that not all reports have as many paragraphs
    "{机关名称}的政务服务大厅设有查阅点，由专人协助群众使用。",
    "对不会上网的申请人，工作人员当面指导填写申请表。",
    "各乡镇的公开栏由所在乡镇自行更新。",
)


def books(folder: Path, count: int) -> None:
    """Write so many workbooks of different organs with different figures."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(altered(reading.read(SAMPLE), count), 1):
        content, _ = workbook.write(report)
        (folder / f"{number:03}.xlsx").write_bytes(content)


def altered(sample: Report, count: int) -> Iterator[Report]:
    """Reports that have no problem if the sample has none."""
    for times in range(1, count + 1):
        figures = {key: _multiplied(figure, times) for key, figure in sample.figures.items()}
        organ = f"示例市第{times}区管委会"
        place = sample.place(LAST)
        more = tuple(paragraph(text, text, place) for text in MORE[: times % (len(MORE) + 1)])
        narratives = {**sample.narratives, LAST: sample.narratives[LAST] + more}
        yield replace(sample, organ=organ, title="", issued_by=organ, figures=figures, narratives=narratives)


def _multiplied(figure: Figure, times: int) -> Figure:
    if figure.number is None:
        return figure
    return replace(figure, number=figure.number * times, text=plain(figure.number * times))


if __name__ == "__main__":
    books(Path(sys.argv[1]), int(sys.argv[2]))

"""Pages drawn by hand, operator by operator, with a small table on them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from nianbao.media.pdf.reading import read_blocks
from nianbao.report.published import Grid, Published

FILE = "年报.pdf"
TABLE = "q 0 G 100 780 300 -20 re S 100 760 300 -20 re S 250 780 m 250 740 l S Q"
LABELS = ((110, 766, "A"), (260, 766, "B"), (110, 746, "C"))
Edit = Callable[[pikepdf.Pdf, Any], None]


def shown(
    text: str, x: float = 260, y: float = 746, size: float = 12, before: str = "", font: str = "F1"
) -> str:
    """Operators that draw a text; two digits of this font and size are 13.3 points wide."""
    return f"q {before} BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET Q"


def paper(
    *operators: str, pages: int = 1, edit: Edit | None = None, resources: Mapping[str, Any] = {}
) -> bytes:
    """A4 pages with the table and these operators on each; `edit` may change the last page."""
    pdf = pikepdf.new()
    names = {"F1": "Helvetica", "F2": "Times-Roman"}
    fonts = {
        f"/{name}": pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(f"/{base}")
        )
        for name, base in names.items()
    }
    content = "\n".join((TABLE, *(shown(text, x, y) for x, y, text in LABELS), *operators))
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[-1]
        page.obj.Resources = pikepdf.Dictionary({"/Font": pikepdf.Dictionary(fonts), **resources})
        page.obj.Contents = pdf.make_stream(content.encode())
    if edit is not None:
        edit(pdf, pdf.pages[-1])
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def cell(published: Published) -> tuple[str, str]:
    """What the table's last cell says, and why that is in doubt; the others say what they always do."""
    [grid] = [block for block in published.blocks if isinstance(block, Grid)][:1]
    *labels, last = grid.cells
    assert [label.text for label in labels] == [text for _, _, text in LABELS]
    return last.text, last.doubt


def told(published: Published) -> list[str]:
    """The reader's own problems."""
    return [str(problem) for problem in published.problems]


def read(
    *operators: str, pages: int = 1, edit: Edit | None = None, resources: Mapping[str, Any] = {}
) -> Published:
    """Read such a paper."""
    return read_blocks(paper(*operators, pages=pages, edit=edit, resources=resources), FILE)


def notice(what: str, text: str, where: str = "第 1 页 › 表 1 第 2 行第 2 列") -> str:
    """The one notice of what was left out."""
    mend = "请核对；要作为报告内容的，请改为普通文字。"
    return f"{FILE} › {where}：{what}没有读入：“{text}”。{mend}"

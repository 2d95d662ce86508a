"""A Word document that somebody published, as lines and tables."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from nianbao.media.ooxml import Element, Package, unpack
from nianbao.media.word.html import labels
from nianbao.media.word.html.formats import Paragraph, over, read_paragraph
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.styles import Styles, Theme
from nianbao.media.word.outline import Grid as WordGrid
from nianbao.media.word.outline import Line as WordLine
from nianbao.media.word.outline import outline
from nianbao.media.word.oxml import qn, run
from nianbao.report import Place, rule
from nianbao.report.published import Grid, GridCell, Line, Published

DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
PART = "正文"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_blocks(content: bytes, file: str) -> Published:
    """The paragraphs and tables of a docx in order, with what its properties say.

    Raises Unreadable where it is no docx, or damaged.
    """
    package = Package(unpack(content, file, "Word 文件（.docx）", DOCUMENT), file)
    if any(part in package.parts and package.tree(part) is None for part in (DOCUMENT, STYLES, CORE)):
        raise rule("damaged").refusal(file, "文件内部的 XML 已损坏", "请用 Word 或 WPS 打开并另存一份")
    root, core = package.tree(DOCUMENT), package.tree(CORE)
    body = None if root is None else root.find(qn("body"))
    if body is None:
        raise rule("wrong-file").refusal(file, "文件没有正文", "请核对文件")
    _number(body, labels(package))
    etree.strip_elements(body, qn("moveFrom"), with_tail=False)  # it stands where it was moved to as well
    _unwrap(body)
    styles = Styles(package.tree(STYLES), Theme({}), Numbering(None))
    printed: list[Line | Grid] = []
    for block in outline(body):
        if isinstance(block, WordGrid):
            printed.append(_grid(block, file))
            continue
        place = Place(file, part=PART, cell=f"第 {block.number} 段")
        set_right = _is_right(block, styles)
        printed += [Line(line, place, set_right) for line in block.text.split("\n")]
    title, author, subject = (_property(core, name) for name in ("title", "creator", "subject"))
    return Published(file, tuple(printed), title=title, author=author, subject=subject)


def _grid(grid: WordGrid, file: str) -> Grid:
    cells = tuple(
        GridCell(
            cell.row, cell.column, cell.rowspan, cell.colspan, cell.text,
            Place(file, part=PART, cell=grid.spot(cell.row, cell.column)),
        )
        for cell in grid.cells
    )  # fmt: skip
    return Grid(cells, Place(file, part=PART, cell=f"表 {grid.number}"))


def _number(body: Element, numbers: Sequence[str]) -> None:
    """Write the automatic numbers, if any, into their paragraphs: what is printed is what is read."""
    for paragraph, number in zip(list(body.iter(qn("p"))), numbers, strict=False):
        if number:
            properties = paragraph.find(qn("pPr"))
            paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run(number))


def _unwrap(body: Element) -> None:
    """Put the content of tables that only arrange the page, for there are tables in them, in their place."""
    for table in list(body.iter(qn("tbl"))):
        parent = table.getparent()
        if parent is None or next(table.iterdescendants(qn("tbl")), None) is None:
            continue
        cells = [cell for cell in table.iter(qn("tc")) if next(cell.iterancestors(qn("tbl"))) is table]
        at = parent.index(table)
        parent[at : at + 1] = [block for cell in cells for block in cell if block.tag != qn("tcPr")]


def _is_right(line: WordLine, styles: Styles) -> bool:
    """Whether a paragraph is set to the right, by itself or by its style."""
    own = read_paragraph(line.paragraph)
    inherited = styles.resolve(line.style).paragraph if line.style else Paragraph()
    return over(own, inherited).align in ("right", "end")


def _property(core: Element | None, name: str) -> str:
    return "" if core is None else (core.findtext(f"{_DC}{name}") or "").strip()

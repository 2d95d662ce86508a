"""Word files for the tests of the page, written as XML: one body, with what stands around it."""

from __future__ import annotations

import io
from pathlib import Path
from subprocess import run
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt
from nianbao.media import fonts
from nianbao.media.pdf import write
from nianbao.media.word.html import Page, convert
from nianbao.media.word.html.wordml import SPACES
from PIL import Image

from tests.media.word.html.page_samples import saved

NAMES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
COLORS = {"r": (255, 0, 0), "g": (0, 128, 0), "b": (0, 0, 255), "y": (255, 255, 0), ".": (255, 255, 255)}


def element(xml: str) -> Any:
    """An element with every prefix known."""
    opening, end = (
        (xml.partition(" ")[0], " ") if " " in xml.partition(">")[0] else (xml.partition(">")[0], "")
    )
    opening = opening.removesuffix("/")
    return parse_xml(f"{opening} {NAMES}{end}{xml[len(opening) + len(end) :]}")


def document(*blocks: str, section: str = "", settings: str = "") -> Any:
    """A python-docx document of these blocks alone, on A4 with margins of an inch."""
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Pt(595), Pt(842)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Pt(72)
    for each in reversed(blocks):
        made.element.body.insert(0, element(each))
    for each in element(f"<w:body>{section}</w:body>"):
        made.element.body.sectPr.append(each)
    for each in element(f"<w:settings>{settings}</w:settings>"):
        made.settings.element.append(each)
    return made


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph; a run without markup is letters."""
    written = (run if "<" in run else letters(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(written)}</w:p>"


def letters(text: str, properties: str = "") -> str:
    """A run of letters."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str = "", data: str = "") -> str:
    """A complex field in three or five runs."""
    saved_result = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{letters(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{saved_result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def page_of(*blocks: str, **around: str) -> Page:
    """The page of a document of these blocks."""
    return convert(saved(document(*blocks, **around)), "报告.docx")


def losses(page: Page) -> list[str]:
    """What is lost, without place and mend."""
    return [problem.what for problem in page.problems]


def printed(made: Any, folder: Path) -> Path:
    """The PDF of a document."""
    target = folder / "made.pdf"
    page = convert(saved(made), "报告.docx", fonts)
    target.write_bytes(write(page.html, "报告.docx", fonts.configure()))
    return target


def text(pdf: Path) -> str:
    """The letters of a PDF, page after page, without blanks; a page ends with a stroke."""
    said = run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return "".join(said.replace("\f", "|").split())


def drawn(pdf: Path) -> Image.Image:
    """The first page at 72 dots an inch: a point is a pixel."""
    run(
        ["pdftoppm", "-r", "72", "-l", "1", "-singlefile", "-png", str(pdf), str(pdf.with_suffix(""))],
        check=True,
    )
    return Image.open(pdf.with_suffix(".png")).convert("RGB")


def colors(image: Image.Image, *places: tuple[float, float]) -> str:
    """The colours at these places, a letter each: r, g, b, y, or . for white; ? for any other."""
    known = {color: letter for letter, color in COLORS.items()}
    return "".join(known.get(image.getpixel((round(x), round(y))), "?") for x, y in places)  # type: ignore[arg-type]


def four_colors() -> io.BytesIO:
    """A picture of red and green above blue and yellow."""
    image = Image.new("RGB", (20, 12))
    for x in range(20):
        for y in range(12):
            image.putpixel((x, y), COLORS["rgby"[(x >= 10) + 2 * (y >= 6)]])
    stream = io.BytesIO()
    image.save(stream, "PNG")
    stream.seek(0)
    return stream

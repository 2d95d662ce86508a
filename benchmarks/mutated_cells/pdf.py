"""Printed PDFs in which one figure is drawn anew: with signs beside it that nobody sees, or as offices do.

The reports of data/ are printed once; of a copy the figure's own text is taken out of the page and drawn
again, digit by digit, with what a person would read there and what lies around it. Every kind is drawn in
several ways, at every place among the digits.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import cos, radians, sin
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
from nianbao.app import pdf_engines, reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import word
from nianbao.media.pdf.reading.drawing import Box
from nianbao.media.pdf.reading.pages import look, read_pages
from nianbao.media.pdf.reading.printed_page import Page
from nianbao.report import Report
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter

from benchmarks.mutated_cells import Mutation

BASES = ("示例-2021", "示例-2019", "省外办-2019")
SHOWING = ("Tj", "TJ", "'", '"')
LATIN = "/HelvNote"  # a font that no page of ours has by this name
LEVEL, WIDTH = 0.35, 0.6  # of a size: half the height of a digit, and more than its width
DARK = ("0 g", "0.2 g", "1 0 0 rg", "0 0 0.6 rg", "0 0 0 1 k", "0.1 0.3 0.1 rg")


@dataclass(frozen=True)
class Cell:
    """A figure on a page: where its text begins, in the page's own points, and how it is drawn there."""

    key: str
    page: int
    text: str
    x: float
    y: float
    size: float
    box: Box  # left, bottom, right, top
    operators: frozenset[int]  # which of the page's text operators draw it


@dataclass(frozen=True)
class Base:
    """A printed report with its figures."""

    content: bytes
    report: Report
    cells: tuple[Cell, ...]


@dataclass
class Sheet:
    """A page in the making: what is drawn under its own content and over it."""

    pdf: pikepdf.Pdf
    page: Any
    cell: Cell
    under: list[str]
    over: list[str]

    def resource(self, kind: str, name: str, entry: Any) -> None:
        """Name something for the content to use."""
        resources = self.page.obj.Resources
        if f"/{kind}" not in resources:
            resources[f"/{kind}"] = pikepdf.Dictionary()
        resources[f"/{kind}"][name] = self.pdf.make_indirect(entry)

    def font(self, name: str = LATIN, base: str = "Helvetica") -> str:
        """A font that every reader has."""
        entry = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(f"/{base}")
        )
        self.resource("Font", name, entry)
        return name

    def annotate(self, kind: str, box: Box, **entries: Any) -> Any:
        """Lay an annotation on the page."""
        entry = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=list(box), F=4, **entries
        )
        made = self.pdf.make_indirect(entry)
        if "/Annots" not in self.page.obj:
            self.page.obj.Annots = pikepdf.Array()
        self.page.obj.Annots.append(made)
        return made


Change = Callable[[Random, Sheet], None]


def mutations(random: Random, count: int) -> Iterator[Mutation]:
    """So many changed files."""
    for number in range(count):
        kind = ORDER[number % len(ORDER)]
        base = _base(random.choice(BASES))
        digits = 2 if kind in NEEDS_TWO else 1
        cell = random.choice([cell for cell in base.cells if len(cell.text) >= digits])
        with pikepdf.open(io.BytesIO(base.content)) as pdf:
            sheet = Sheet(pdf, pdf.pages[cell.page], cell, [], [])
            _take_out(sheet)
            KINDS[kind](random, sheet)
            _put(sheet)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
        right = base.report.figures[cell.key].number
        yield Mutation(out.getvalue(), "年报.pdf", base.report, cell.key, right, kind)


@cache
def _base(name: str) -> Base:
    report = reading.read(Path("data") / f"{name}.xlsx")
    template = TEMPLATES / f"{report.mandate.edition.key}.docx"
    document = word.merge(word.Template(template.read_bytes(), template.name), report)
    content, _ = pdf_engines.print_page(pdf_engines.page_of(document, report), report)
    printed = reading.read_content(content, "年报.pdf")
    return Base(content, printed, tuple(_cells(content, printed)))


class _Texts(PDFPageAggregator):
    """Notes which of a page's text operators draws which character."""

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Start to count."""
        self.shown: list[tuple[int, float, float]] = []
        self.operator = -1
        super().begin_page(page, ctm)

    def render_string(self, *given: Any) -> None:
        """Count one operator."""
        self.operator += 1
        super().render_string(*given)

    def render_char(self, matrix: Any, *given: Any) -> float:
        """Note where a character begins."""
        self.shown.append((self.operator, matrix[4], matrix[5]))
        return float(super().render_char(matrix, *given))


def _cells(content: bytes, report: Report) -> Iterator[Cell]:
    """Every figure that its page draws by operators of its own."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = read_pages(look(pdf.pages, pdf.rsrcmgr, content, lambda *_: None), pdf.rsrcmgr)
        boxes: dict[tuple[int, ...], tuple[Page, Box]] = {}
        for page in pages:
            for table in page.tables:
                number = len({place[0] for place in boxes}) + 1
                for cell in table.cells:
                    boxes[number, cell.row + 1, cell.column + 1] = (page, cell.box)
        shown = []
        for plain in pdf.pages:
            device = _Texts(pdf.rsrcmgr)
            PDFPageInterpreter(pdf.rsrcmgr, device).process_page(plain.page_obj)
            shown.append(device.shown)
    for key, figure in report.figures.items():
        match = re.fullmatch("表 ([0-9]+) 第 ([0-9]+) 行第 ([0-9]+) 列", figure.place.cell)
        if match is None or not figure.text.isdigit():
            continue
        page, (left, top, right, bottom) = boxes[tuple(map(int, match.groups()))]
        box = (left, page.height - bottom, right, page.height - top)
        inside = [at for at in shown[page.number - 1] if box[0] < at[1] < box[2] and box[1] < at[2] < box[3]]
        size = next(
            glyph.size for glyph in page.glyphs if left < glyph.left < right and top < glyph.middle < bottom
        )
        first = min(inside, key=lambda at: at[1])
        operators = frozenset(at[0] for at in inside)
        yield Cell(key, page.number - 1, figure.text, first[1], first[2], size, box, operators)


def _take_out(sheet: Sheet) -> None:
    """Leave the figure out of its page's content."""
    kept, number = [], -1
    for instruction in pikepdf.parse_content_stream(sheet.page):
        if str(instruction.operator) in SHOWING:
            number += 1
            if number in sheet.cell.operators:
                continue
        kept.append(instruction)
    sheet.page.obj.Contents = sheet.pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _put(sheet: Sheet) -> None:
    own = sheet.page.obj.Contents.read_bytes()
    whole = "\n".join(sheet.under).encode(), b"q", own, b"Q", "\n".join(sheet.over).encode()
    sheet.page.obj.Contents = sheet.pdf.make_stream(b"\n".join(whole))


@dataclass(frozen=True)
class Ink:
    """How one text is drawn: by which operators before it, how large and how high."""

    before: str = "0 g"
    size: float = 1.0  # of the cell's
    rise: float = 0.0  # of the cell's size
    font: str = LATIN
    after: str = ""


def _draw(sheet: Sheet, x: float, text: str, ink: Ink) -> float:
    """Draw a text, and return where it ends."""
    size = sheet.cell.size * ink.size
    name = sheet.font(ink.font, {LATIN: "Helvetica"}.get(ink.font, ink.font[1:]))
    y = sheet.cell.y + ink.rise * sheet.cell.size
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    sheet.over.append(
        f"q {ink.before} BT {name} {size:.3f} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm ({escaped}) Tj ET {ink.after} Q"
    )
    return x + _width(text) * size


def _width(text: str) -> float:
    """Of Helvetica: a digit is 0.556 wide; letters are taken for as wide."""
    return 0.556 * len(text)


def _written(
    sheet: Sheet, parts: list[tuple[str, Ink]], *, shuffled: Random | None = None
) -> list[tuple[float, float]]:
    """Draw parts one behind the other; return from where to where each is. The order may be any."""
    wide = sum(_width(text) * sheet.cell.size * ink.size for text, ink in parts)
    x, places, todo = max(min(sheet.cell.x, sheet.cell.box[2] - 1 - wide), sheet.cell.box[0] + 1), [], []
    for text, ink in parts:
        end = x + _width(text) * sheet.cell.size * ink.size
        places.append((x, end))
        todo.append((x, text, ink))
        x = end
    if shuffled is not None:
        shuffled.shuffle(todo)
    for start, text, ink in todo:
        _draw(sheet, start, text, ink)
    return places


PLAIN = Ink()


def _digits(random: Random) -> str:
    return "".join(random.choice("0123456789") for _ in range(random.choice((1, 1, 2))))


def _among(random: Random, sheet: Sheet, text: str, ink: Ink) -> list[tuple[str, Ink]]:
    """The figure with a text before, inside or behind it."""
    own = sheet.cell.text
    at = random.choice((0, len(own), random.randrange(len(own) + 1)))
    parts = [(own[:at], PLAIN), (text, ink), (own[at:], PLAIN)]
    return [part for part in parts if part[0]]


def split(random: Random, sheet: Sheet) -> None:
    """Each digit by itself, in any order, one of them in another font or colour or twice for bold."""
    parts = [
        (digit, Ink(random.choice(DARK), font=random.choice((LATIN, "/Times-Roman", "/Courier-Bold"))))
        for digit in sheet.cell.text
    ]
    _written(sheet, parts, shuffled=random)


def bold(random: Random, sheet: Sheet) -> None:
    """Printed twice, or thrice, a shade aside; or filled and stroked."""
    if random.random() < 0.3:
        _draw(sheet, sheet.cell.x, sheet.cell.text, Ink("0 g 0.3 w 2 Tr"))
        return
    for shift in (0, 0.2, 0.35)[: random.choice((2, 3))]:
        _draw(sheet, sheet.cell.x + shift, sheet.cell.text, PLAIN)


def note_mark(random: Random, sheet: Sheet) -> None:
    """A small raised sign behind the figure."""
    mark = random.choice(("1", "2", "12", "*", "a", "[1]", "(2)", "1,2"))
    ink = Ink(
        random.choice(DARK),
        size=random.choice((0.5, 0.58, 0.65, 0.7)),
        rise=random.choice((0.25, 0.33, 0.45)),
    )
    _written(sheet, [(sheet.cell.text, PLAIN), (mark, ink)])


def large_mark(random: Random, sheet: Sheet) -> None:
    """A sign of a note as large as the figure, behind it or before it."""
    mark = random.choice(("*", "**", "[1]", "[12]"))
    parts = [(sheet.cell.text, PLAIN), (mark, PLAIN)]
    _written(sheet, parts if random.random() < 0.7 or mark[0] == "[" else parts[::-1])


def white(random: Random, sheet: Sheet) -> None:
    """Digits in the colour of the paper, said in several ways."""
    before = random.choice(
        (
            "1 g",
            "1 1 1 rg",
            "0 0 0 0 k",
            "0.99 g",
            "0.98 0.98 0.98 rg",
            "/DeviceGray cs 1 sc",
            "/DeviceRGB cs 1 1 1 scn",
        )
    )
    _written(sheet, _among(random, sheet, _digits(random), Ink(before)), shuffled=random)


def as_behind(random: Random, sheet: Sheet) -> None:
    """Digits in the colour of the cell's own ground."""
    color = random.choice(("1 1 0 rg", "0.8 0.9 1 rg", "0.85 g", "0.2 0.4 0.3 0 k"))
    left, bottom, right, top = sheet.cell.box
    sheet.under.append(f"q {color} {left} {bottom} {right - left} {top - bottom} re f Q")
    _written(sheet, _among(random, sheet, _digits(random), Ink(color)))


def invisible(random: Random, sheet: Sheet) -> None:
    """Digits that are drawn without ink: modes 3 and 7, no opacity, a mask."""
    way = random.choice(("3 Tr", "7 Tr", "/NoInk gs", "/Masked gs"))
    if way == "/NoInk gs":
        sheet.resource("ExtGState", "/NoInk", pikepdf.Dictionary(ca=random.choice((0, 0.02)), CA=0))
    if way == "/Masked gs":
        nothing = pikepdf.Stream(sheet.pdf, b"")
        nothing.Type, nothing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        nothing.BBox = [0, 0, 1000, 1000]
        nothing.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
        mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=sheet.pdf.make_indirect(nothing))
        sheet.resource("ExtGState", "/Masked", pikepdf.Dictionary(SMask=mask))
    _written(sheet, _among(random, sheet, _digits(random), Ink(f"0 g {way}")))


def layer(random: Random, sheet: Sheet) -> None:
    """Digits on a layer that is off, by the default, by a list, or by a policy; or one that is on."""
    pdf, off = sheet.pdf, random.random() < 0.8
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="层"))
    config = pikepdf.Dictionary(Name="缺省")
    if off and random.random() < 0.5:
        config.BaseState = pikepdf.Name.OFF
    elif off:
        config.OFF = pikepdf.Array([group])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=config)
    shown: Any = group
    if random.random() < 0.4:
        shown = pikepdf.Dictionary(Type=pikepdf.Name.OCMD, OCGs=group, P=pikepdf.Name.AllOn)
    sheet.resource("Properties", "/Layer", shown)
    ink = Ink("/OC /Layer BDC 0 g", after="EMC")
    if off:
        _written(sheet, _among(random, sheet, _digits(random), ink))
    else:
        _written(sheet, [(sheet.cell.text, ink)])


def covered(random: Random, sheet: Sheet) -> None:
    """Digits that something was laid over: a white box, or a picture."""
    parts = _among(random, sheet, _digits(random), PLAIN)
    places = _written(sheet, parts)
    at = next(number for number in range(len(parts)) if _is_added(sheet, parts, number))
    left, right = places[at]
    bottom, high = sheet.cell.y - 0.25 * sheet.cell.size, 1.2 * sheet.cell.size
    if random.random() < 0.5:
        sheet.over.append(f"q 1 g {left:.2f} {bottom:.2f} {right - left:.2f} {high:.2f} re f Q")
        return
    picture = pikepdf.Stream(sheet.pdf, bytes([255]) * 16, Width=4, Height=4, BitsPerComponent=8)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.ColorSpace = pikepdf.Name.DeviceGray
    sheet.resource("XObject", "/Cover", picture)
    sheet.over.append(f"q {right - left:.2f} 0 0 {high:.2f} {left:.2f} {bottom:.2f} cm /Cover Do Q")


def _is_added(sheet: Sheet, parts: list[tuple[str, Ink]], number: int) -> bool:
    """Whether the parts without this one say the figure."""
    return "".join(text for at, (text, _) in enumerate(parts) if at != number) == sheet.cell.text


def clipped(random: Random, sheet: Sheet) -> None:
    """Digits outside the clip."""
    x, y = sheet.cell.x, sheet.cell.y - 100
    clip = random.choice(
        (f"{x} {y} 5 5 re W n", "0 0 0 0 re W n", f"{x} {y} m {x + 5} {y} l {x} {y + 9} l h W* n")
    )
    _written(sheet, _among(random, sheet, _digits(random), Ink(f"{clip} 0 g")))


def tiny(random: Random, sheet: Sheet) -> None:
    """Digits too small for anybody."""
    ink = Ink(size=random.choice((0.01, 0.05, 0.08)))
    _written(sheet, _among(random, sheet, _digits(random), ink))


def struck(random: Random, sheet: Sheet) -> None:
    """Digits that are struck out: by a line, a thin box, or a reader's own stroke."""
    parts = _among(random, sheet, _digits(random), PLAIN)
    places = _written(sheet, parts)
    at = next(number for number in range(len(parts)) if _is_added(sheet, parts, number))
    left, right = places[at]
    level = sheet.cell.y + random.choice((0.25, 0.32, 0.4)) * sheet.cell.size
    way = random.randrange(4)
    if way == 0:
        sheet.over.append(f"q 0.6 w {left:.2f} {level:.2f} m {right:.2f} {level:.2f} l S Q")
    elif way == 1:
        sheet.over.append(f"q 1 0 0 rg {left:.2f} {level - 0.3:.2f} {right - left:.2f} 0.6 re f Q")
    elif way == 2:
        for shift in (-0.06, 0.06):
            high = level + shift * sheet.cell.size
            sheet.over.append(f"q 0.4 w {left:.2f} {high:.2f} m {right:.2f} {high:.2f} l S Q")
    else:
        low, high = sheet.cell.y - 1, sheet.cell.y + 0.8 * sheet.cell.size
        quads = [left, high, right, high, left, low, right, low]
        sheet.annotate("StrikeOut", (left, low, right, high), QuadPoints=quads)


def odd_size(random: Random, sheet: Sheet) -> None:
    """One digit much smaller or larger than the others, on their line: nobody can say why."""
    own = sheet.cell.text
    at = random.randrange(len(own))
    ink = Ink(random.choice(DARK), size=random.choice((0.45, 0.55, 0.65, 1.6, 2.0)))
    _written(sheet, [(digit, ink if number == at else PLAIN) for number, digit in enumerate(own)])


def odd_rise(random: Random, sheet: Sheet) -> None:
    """One digit higher or lower than the others."""
    own = sheet.cell.text
    at = random.randrange(len(own))
    ink = Ink(rise=random.choice((0.2, 0.35, -0.2, -0.3)))
    _written(sheet, [(digit, ink if number == at else PLAIN) for number, digit in enumerate(own)])


def pale(random: Random, sheet: Sheet) -> None:
    """One digit so pale that it may be meant for none."""
    own = sheet.cell.text
    at = random.randrange(len(own))
    ink = Ink(random.choice(("0.85 g", "0.8 g", "0.9 0.9 0.85 rg", "0.15 0.1 0.1 0 k")))
    _written(sheet, [(digit, ink if number == at else PLAIN) for number, digit in enumerate(own)])


def watermark(random: Random, sheet: Sheet) -> None:
    """Letters across the page, at any angle, on this page or on all, whole or one by one."""
    _draw(sheet, sheet.cell.x, sheet.cell.text, PLAIN)
    angle = radians(random.choice((10, 15, 30, 45, 55, -20)))
    size, color = random.choice((11, 16, 24, 40)), random.choice(("0.85 g", "0.7 g", "1 0.8 0.8 rg", "0.3 g"))
    text = random.choice(("No.20260115", "OA 3371", "2026", "DRAFT 07"))
    one_by_one = random.random() < 0.5
    turned = random.random() < 0.6 or not one_by_one
    font = sheet.font()
    drawn = []
    for number, letter in enumerate(text if one_by_one else [text]):
        along = (number - 1) * size * WIDTH
        x, y = sheet.cell.x + along * cos(angle), sheet.cell.y + along * sin(angle)
        c, s = (cos(angle), sin(angle)) if turned else (1, 0)
        matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f}"
        drawn.append(f"q {color} BT {font} {size} Tf {matrix} Tm ({letter}) Tj ET Q")
    sheet.over += drawn


def level_watermark(random: Random, sheet: Sheet) -> None:
    """Pale letters that lie level across a table's rules, on every page at the same place."""
    _draw(sheet, sheet.cell.x, sheet.cell.text, PLAIN)
    text = random.choice(("2026011520260115", "OA-3371-OA-3371"))
    size = random.choice((20, 28, 36))
    color = random.choice(("0.85 g", "0.75 g"))
    drawn = f"q {color} BT /Mark {size} Tf 1 0 0 1 110 {sheet.cell.y:.2f} Tm ({text}) Tj ET Q"
    for page in sheet.pdf.pages:
        other = replace(sheet, page=page)
        other.font("/Mark")
        if page.obj.objgen != sheet.page.obj.objgen:
            page.contents_add(sheet.pdf.make_stream(b"q"), prepend=True)
            page.contents_add(sheet.pdf.make_stream(b"Q " + drawn.encode()))
    sheet.over.append(drawn)


def form_field(random: Random, sheet: Sheet) -> None:
    """A field of a form in place of the text, with an appearance or without, written or chosen."""
    pdf, cell = sheet.pdf, sheet.cell
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    left, bottom, right, top = cell.box
    box = (left + 1, bottom + 1, right - 1, top - 1)
    kind = random.choice(("Tx", "Ch"))
    entries: dict[str, Any] = {
        "FT": pikepdf.Name(f"/{kind}"),
        "T": "格",
        "V": cell.text,
        "DA": "/Helv 10 Tf 0 g",
    }
    if kind == "Ch" and random.random() < 0.5:
        entries |= {"Opt": pikepdf.Array([pikepdf.Array(["x", cell.text])]), "V": "x"}
    field = sheet.annotate("Widget", box, **entries)
    redrawn = random.random() < 0.5
    form = pikepdf.Dictionary(Fields=pikepdf.Array([field]), NeedAppearances=redrawn)
    pdf.Root.AcroForm = form
    if not redrawn or random.random() < 0.3:
        stream = pikepdf.Stream(pdf, f"/Tx BMC q BT /Helv 10 Tf 2 3 Td ({cell.text}) Tj ET Q EMC".encode())
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox = [0, 0, box[2] - box[0], box[3] - box[1]]
        stream.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
        field.AP = pikepdf.Dictionary(N=pdf.make_indirect(stream))


def note(random: Random, sheet: Sheet) -> None:
    """A note written on the page in place of the text; a marker over it, and a hidden field, say nothing."""
    left, bottom, right, top = sheet.cell.box
    box = (left + 1, bottom + 1, right - 1, top - 1)
    if random.random() < 0.5:
        sheet.annotate("FreeText", box, Contents=sheet.cell.text, DA="/Helv 10 Tf 0 g")
        return
    _draw(sheet, sheet.cell.x, sheet.cell.text, PLAIN)
    quads = [left, top, right, top, left, bottom, right, bottom]
    sheet.annotate("Highlight", box, QuadPoints=quads, C=[1, 1, 0], Contents="9")
    hidden = sheet.annotate("FreeText", box, Contents=_digits(random), DA="/Helv 10 Tf 0 g")
    hidden.F = random.choice((2, 32))


def page_box(random: Random, sheet: Sheet) -> None:
    """The page turned, moved, cut to what is printed, or measured in other units."""
    _draw(sheet, sheet.cell.x, sheet.cell.text, PLAIN)
    way, turn, unit = random.randrange(4), random.choice((90, 180, 270)), random.choice((0.5, 2, 1.25))
    x, y = random.choice((100, -50)), random.choice((-300, 40))
    for page in sheet.pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        if way == 0:
            page.obj.Rotate = turn
        elif way == 1:
            page.mediabox = pikepdf.Rectangle(left + x, bottom + y, right + x, top + y)
            if page.obj.objgen != sheet.page.obj.objgen:
                page.contents_add(sheet.pdf.make_stream(f"q 1 0 0 1 {x} {y} cm".encode()), prepend=True)
                page.contents_add(sheet.pdf.make_stream(b"Q"))
        elif way == 2:
            page.mediabox = pikepdf.Rectangle(left - 200, bottom - 50, right + 300, top + 90)
            page.obj.CropBox = [left, bottom, right, top]
        else:
            page.obj.UserUnit = unit
    if way == 1:
        sheet.under.insert(0, f"q 1 0 0 1 {x} {y} cm")
        sheet.over.append("Q")


def off_page(random: Random, sheet: Sheet) -> None:
    """Digits outside the page, and on it what they would say inside."""
    _draw(sheet, sheet.cell.x, sheet.cell.text, PLAIN)
    _draw(sheet, random.choice((-60, 700)), "12345", PLAIN)


def phonetic(random: Random, sheet: Sheet) -> None:
    """Small letters or digits over the figure."""
    _draw(sheet, sheet.cell.x, sheet.cell.text, PLAIN)
    text = random.choice(("wu ba", "1", "58"))
    _draw(sheet, sheet.cell.x, text, Ink(size=0.4, rise=0.78))


def overlaid(random: Random, sheet: Sheet) -> None:
    """Another digit over the first: nobody can say which is meant."""
    own = sheet.cell.text
    _draw(sheet, sheet.cell.x, own, PLAIN)
    other = random.choice([digit for digit in "0123456789" if digit != own[0]])
    _draw(sheet, sheet.cell.x + 0.1, other, Ink(random.choice(DARK)))


def in_two_lines(random: Random, sheet: Sheet) -> None:
    """The digits in two lines of a cell that has room for one."""
    own = sheet.cell.text
    at = random.randrange(1, len(own))
    size = 0.6
    _draw(sheet, sheet.cell.x, own[:at], Ink(size=size, rise=0.4))
    _draw(sheet, sheet.cell.x, own[at:], Ink(size=size, rise=-0.3))


def several(random: Random, sheet: Sheet) -> None:
    """A note mark, digits without ink and white ones round a figure of mixed looks."""
    parts = [(_digits(random), Ink("1 g"))]
    parts += [(digit, Ink(random.choice(DARK))) for digit in sheet.cell.text]
    parts += [("2", Ink(size=0.6, rise=0.35)), (_digits(random), Ink("3 Tr"))]
    _written(sheet, parts, shuffled=random)


def actual_text(random: Random, sheet: Sheet) -> None:
    """Marked with another text than is printed: what is printed counts."""
    before = random.choice(
        ("/Span <</ActualText (999)>> BDC 0 g", "/P <</MCID 900>> BDC 0 g", "/Artifact BMC 0 g")
    )
    _written(sheet, [(sheet.cell.text, Ink(before, after="EMC"))])


KINDS: dict[str, Change] = {
    change.__name__: change
    for change in (
        split, bold, note_mark, large_mark, white, as_behind, invisible, layer, covered, clipped, tiny,
        struck, odd_size, odd_rise, pale, watermark, level_watermark, form_field, note, page_box, off_page,
        phonetic,
        overlaid, in_two_lines, several, actual_text,
    )
}  # fmt: skip
UNSETTLED = ("odd_size", "odd_rise", "pale", "overlaid", "in_two_lines")  # nobody can say what is meant
NEEDS_TWO = ("odd_size", "odd_rise", "pale", "in_two_lines")
ORDER = [*(kind for kind in KINDS if kind not in UNSETTLED)] * 3 + [*UNSETTLED]

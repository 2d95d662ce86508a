"""What a page draws, seen upright: its characters, its lines and areas, and its pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdffont import PDFType3Font
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text, mult_matrix

from nianbao.media.pdf.reading.glyphs import NO_TEXT, Glyph
from nianbao.report.prose.radicals import unified

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
INVISIBLE = (3, 7)  # modes of rendering text: without ink, and as a clipping path
FURNITURE = ("Header", "Footer", "PageNum", "Watermark")  # subtypes of artifacts that are no text


class View(NamedTuple):
    """A part of a page as it is looked at: its box in the page's own units, and how the page is turned.

    `turn` is clockwise, in quarters of a circle times 90; `unit` is how many points a unit of the page is.
    """

    box: Box
    turn: int = 0
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as turned."""
        left, bottom, right, top = self.box
        width, height = (right - left) * self.unit, (top - bottom) * self.unit
        return (height, width) if self.turn in (90, 270) else (width, height)

    @property
    def matrix(self) -> Matrix:
        """From the page's units to points from the lower left corner of the view."""
        left, bottom, right, top = self.box
        unit = self.unit
        return {
            0: (unit, 0, 0, unit, -left * unit, -bottom * unit),
            90: (0, -unit, unit, 0, -bottom * unit, right * unit),
            180: (-unit, 0, 0, -unit, right * unit, top * unit),
            270: (0, unit, -unit, 0, top * unit, -left * unit),
        }[self.turn]

    def turned(self, turn: int) -> View:
        """The same part turned further."""
        return self._replace(turn=(self.turn + turn) % 360)


@dataclass
class Drawing:
    """What a view of a page shows: characters in the order of drawing, shapes as pdfminer has them."""

    view: View
    glyphs: list[Glyph]
    shapes: LTPage
    pictures: list[Box] = field(default_factory=list)  # from the upper left corner

    def within(self, *, level: bool) -> Drawing:
        """What of it lies between the left and the right edge of the view, and if `level` the other two."""
        width, height = self.view.size
        page = LTPage(1, self.shapes.bbox)

        def lies(across: float, up: float) -> bool:
            return 0 <= across <= 2 * width and (0 <= up <= 2 * height or not level)

        page.extend(shape for shape in self.shapes if lies(shape.x0 + shape.x1, shape.y0 + shape.y1))
        glyphs = [glyph for glyph in self.glyphs if lies(glyph.left + glyph.right, glyph.top + glyph.bottom)]
        return Drawing(self.view, glyphs, page, self.pictures)


def view_of(page: Any) -> View:
    """A page of pdfminer's as a reader shows it: what its boxes leave of it, turned as it says."""
    media, crop = _box(page.mediabox), _box(page.cropbox)
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    unit = resolve1(page.attrs.get("UserUnit"))
    return View(
        box if box[0] < box[2] and box[1] < box[3] else media,
        page.rotate // 90 * 90 % 360,
        float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0,
    )


def _box(corners: Any) -> Box:
    left, right = sorted((float(corners[0]), float(corners[2])))
    bottom, top = sorted((float(corners[1]), float(corners[3])))
    return left, bottom, right, top


def draw(page: Any, view: View, resources: Any) -> Drawing:
    """Interpret a page of pdfminer's; `resources` is its document's manager of fonts."""
    device = _Device(resources, view)
    _Interpreter(resources, device).render_contents(page.resources, page.contents, ctm=view.matrix)
    return Drawing(view, device.glyphs, device.page, device.pictures)


def draw_appearance(stream: Any, rect: Box, view: View, resources: Any) -> list[Glyph]:
    """The characters of an annotation's appearance, which is fitted into its rectangle."""
    box, matrix = _box(resolve1(stream["BBox"])), tuple(resolve1(stream.get("Matrix")) or (1, 0, 0, 1, 0, 0))
    corners = [(x, y) for x in box[::2] for y in box[1::2]]
    a, b, c, d, e, f = map(float, matrix)
    across = [a * x + c * y + e for x, y in corners]
    down = [b * x + d * y + f for x, y in corners]
    wide, high = max(across) - min(across) or 1.0, max(down) - min(down) or 1.0
    stretch, raise_ = (rect[2] - rect[0]) / wide, (rect[3] - rect[1]) / high
    fit = (stretch, 0, 0, raise_, rect[0] - min(across) * stretch, rect[1] - min(down) * raise_)
    device = _Device(resources, view)
    ctm = mult_matrix((a, b, c, d, e, f), mult_matrix(fit, view.matrix))
    own = dict_value(stream.get("Resources") or {})
    _Interpreter(resources, device).render_contents(own, [stream], ctm=ctm)
    return device.glyphs


class _Interpreter(PDFPageInterpreter):
    """pdfminer's, which also looks up what marks are named, and follows opacity."""

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        """Begin marked content; its properties may be named in the resources."""
        if isinstance(props, PSLiteral):
            named = dict_value(dict_value(self.resources or {}).get("Properties") or {})
            props = resolve1(named.get(props.name))
        super().do_BDC(tag, props if isinstance(props, dict) else {})


class _Device(PDFPageAggregator):
    """Collects characters with what pdfminer's own device leaves out, and shapes as that does."""

    def __init__(self, resources: Any, view: View) -> None:
        super().__init__(resources)
        self.width, self.height = view.size
        self.page = self.cur_item = LTPage(1, (0, 0, self.width, self.height))
        self.glyphs: list[Glyph] = []
        self.pictures: list[Box] = []
        self.marks: list[tuple[str, dict[str, Any], int]] = []
        self.mode = 0
        self.layers = 0
        self.artifact = ""

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Note a mark, and where its content begins."""
        self.marks.append((str(tag.name), props or {}, len(self.glyphs)))
        self._look()

    def end_tag(self) -> None:
        """End a mark; its ActualText says what characters are that their font does not."""
        if not self.marks:
            return
        _, props, start = self.marks.pop()
        self._look()
        actual = resolve1(props.get("ActualText"))
        glyphs = self.glyphs[start:]
        if isinstance(actual, bytes) and any(NO_TEXT.fullmatch(glyph.text) for glyph in glyphs):
            text = decode_text(actual)
            each = list(text) if len(text) == len(glyphs) else [text] + [""] * (len(glyphs) - 1)
            for glyph, letters in zip(glyphs, each, strict=True):
                glyph.text = unified(letters)
            self.glyphs[start:] = [glyph for glyph in glyphs if glyph.text]

    def _look(self) -> None:
        self.layers = sum(tag == "OC" for tag, _, _ in self.marks)
        kinds = (
            getattr(props.get("Subtype"), "name", "") for tag, props, _ in self.marks if tag == "Artifact"
        )
        self.artifact = next((kind for kind in kinds if kind in FURNITURE), "")

    def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
        """Shapes of a form are the page's."""

    def end_figure(self, _: str) -> None:
        """Nothing is to be closed."""

    def render_image(self, name: str, stream: Any) -> None:
        """Note where a picture lies: it fills the unit square."""
        a, b, c, d, e, f = self.ctm
        left, right = e + min(0, a) + min(0, c), e + max(0, a) + max(0, c)
        low, high = f + min(0, b) + min(0, d), f + max(0, b) + max(0, d)
        self.pictures.append((left, self.height - high, right, self.height - low))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Note how the text is rendered, which pdfminer does not hand on."""
        self.mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Add a character, and return how far the next is away."""
        adv = super().render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)
        char = self.page._objs.pop()  # noqa: SLF001 - pdfminer hands a character on only so
        text = unified(char.get_text()) if isinstance(char, LTChar) else ""
        if isinstance(char, LTChar) and text:
            a, b, _, d, _, f = matrix
            name = str(char.fontname)
            self.glyphs.append(
                Glyph(
                    text,
                    char.x0,
                    char.x1,
                    self.height - char.y1,
                    self.height - char.y0,
                    char.size,
                    name.partition("+")[2] or name,
                    self.height - (f + rise * d),
                    round(math.degrees(math.atan2(b, a))) if b or a < 0 else 0,
                    lightness(graphicstate.ncolor),
                    embedded=_is_embedded(font),
                    hidden=self.mode in INVISIBLE or self.layers > 0,
                    artifact=self.artifact,
                )
            )
        return float(adv)


def _is_embedded(font: Any) -> bool:
    descriptor = getattr(font, "descriptor", None) or {}
    return isinstance(font, PDFType3Font) or any(
        name in descriptor for name in ("FontFile", "FontFile2", "FontFile3")
    )


def lightness(color: Any) -> float:
    """From 0, black, to 1, white, of a colour in grey, RGB or CMYK; of any other as of black."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0.0
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = tuple((1 - part) * (1 - black) for part in (cyan, magenta, yellow))
    if len(parts) == 3:
        red, green, blue = parts
        return float(0.3 * red + 0.59 * green + 0.11 * blue)
    return float(parts[0]) if len(parts) == 1 else 0.0

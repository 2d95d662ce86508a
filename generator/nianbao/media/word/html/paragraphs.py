"""A paragraph: its format worked out over all layers, then written as HTML, one block for each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nianbao.media.word.html.borders import visible
from nianbao.media.word.html.characters import EAST
from nianbao.media.word.html.css import LIGHT, color, dark, length, quoted
from nianbao.media.word.html.formats import Character, Layer, Paragraph, over, read_character
from nianbao.media.word.html.inline import TAB, Mark, Piece, Reader, Text
from nianbao.media.word.html.line_height import LINE, Pitch, pitch
from nianbao.media.word.html.paragraph_boxes import box
from nianbao.media.word.html.properties import named
from nianbao.media.word.html.run_in import RunIn
from nianbao.media.word.html.runs import RunWriter
from nianbao.media.word.html.settings import Settings
from nianbao.media.word.html.tabs import stops
from nianbao.media.word.html.wordml import Element, child
from nianbao.report.narrative import opening

AUTO, FIXED = 14.0, 5.0  # what w:beforeAutospacing is: HTML's space, or a fixed one
HEADINGS = 6
_HEIGHT = re.compile(r"height: ([\d.]+)pt")
_DRAWN = re.compile(r"<img|<br|class=\"(?:tab|pages?)[\"-]|inline-block")
LONGEST = 40  # characters of a bookmark's label
_ALIGN = {
    "center": "center", "right": "right", "end": "right", "left": "left", "start": "left",
    "both": "left", "distribute": "left", "thaiDistribute": "left",
}  # fmt: skip
_JUSTIFIED = {"both": "both", "distribute": "both all", "thaiDistribute": "both all"}


class ParagraphWriter:
    """Writes paragraphs of one part."""

    def __init__(self, reader: Reader, runs: RunWriter, settings: Settings) -> None:
        self.reader, self.runs, self.settings = reader, runs, settings
        self.styles = runs.styles
        self.grid: float | None = None  # the line pitch of the section's document grid
        self.cell: float | None = None  # what it adds to each Chinese letter, in points
        self.in_table = False  # there, no mark hangs, and lines keep off the grid unless settings say so
        self.begins = False  # the next paragraph follows a break by hand: its space above is kept

    def spaces(self, format: Paragraph) -> tuple[float, float]:
        """The spaces above and below, in points."""
        auto, line = FIXED if self.settings.spaces_add else AUTO, self.grid or LINE
        above = format.before_lines * line if format.before_lines else format.before or 0.0
        below = format.after_lines * line if format.after_lines else format.after or 0.0
        return auto if format.before_auto else above, auto if format.after_auto else below

    def blank(self, element: Element, base: Character) -> bool:
        """Whether a paragraph shows nothing."""
        return _is_blank(self.reader.read(element, base))

    def write(
        self,
        element: Element,
        format: Paragraph,
        base: Character,
        margins: tuple[float, float],
        run_in: Iterable[RunIn] = (),
        boxed: tuple[bool, bool] = (False, False),
    ) -> list[str]:
        """The HTML of a paragraph; more than one block where page breaks stand inside.

        `margins` are the spaces above and below, `run_in` what stands before it in its line, `boxed`
        whether it stands in one box with the paragraphs above and below; an empty block after a last
        break is "".
        """
        if self.cell and self._snaps(format):
            base = replace(base, cell=self.cell)
        if color(base.color) is None and dark(color(format.fill)):
            base = replace(base, color=LIGHT)
        content = [piece for lead in run_in for piece in self.reader.read(lead.element, lead.base)]
        content += self.reader.read(element, base)
        blocks = [piece.html for piece in content if isinstance(piece, Mark) and piece.block]
        content = [piece for piece in content if isinstance(piece, Text) or not piece.block]
        mark = over(read_character(child(element, "w:pPr")), base)
        empty = _is_blank(content)
        for what in _lost(format, content):
            self.reader.losses.add(what)
        content = [*self._label(format, mark), *content]
        inherited = mark if empty else _main(content, base)
        script = self.runs.script(content)
        pages = self.runs.write(content, format, inherited, self._hangs(format), script)
        pitch = self.pitch(format, inherited, content, script)
        declared = self._declare(format, inherited, margins, script, pitch)
        if format.borders:
            declared |= box(format, self._indents(format, inherited)[:2], margins[0], boxed)
        drawn = any(key.startswith(("border-", "background-")) for key in declared)
        if pitch.sink and (not drawn or format.line_rule == "exact"):
            declared |= {"position": "relative", "top": length(pitch.sink)}
        tag = "p"
        if format.outline is not None and format.outline < 9:
            tag = f"h{format.outline + 1}" if format.outline < HEADINGS else "p"
            declared["bookmark-level"] = str(format.outline + 1)
            if len(words := "".join(piece.text for piece in content if isinstance(piece, Text))) > LONGEST:
                declared["bookmark-label"] = quoted(_opening(words))
        classes = " ".join(filter(None, (_JUSTIFIED.get(format.align or ""), "exact" if pitch.kept else "")))
        left, _, first = self._indents(format, inherited)
        written = stops(format, left, first, self.settings.tab_distance)
        tabs = f' data-tabs="{written}"' if _has_tabs(content) else ""
        for index, (broken, inner) in enumerate(pages):
            if index == len(pages) - 1 and broken == "page" and not inner:
                blocks.append("")  # the break ends the paragraph: what follows begins the page
                continue
            own = dict(declared)
            if index:
                own |= {"break-before": broken, "text-indent": "0", "margin-top": "0"}
            if index < len(pages) - 1:
                own["margin-bottom"] = "0"
            name = self.runs.sheet.name(own, "p")
            every = f"{name} {classes}".rstrip()
            filled = inner if _shown(inner) else f"{inner}<br>"
            blocks.append(f'<{tag} class="{every}"{tabs}>{filled}</{tag}>')
        return blocks

    def inline(self, element: Element) -> str:
        """A paragraph as inline HTML, for a note: its letters and line height, without its indents."""
        format, base = self.styles.paragraph(element, Layer())
        content = [piece for piece in self.reader.read(element, base) if not isinstance(piece, Mark)]
        inherited = _main(list(content), base)
        pitch = self.pitch(format, inherited, content, EAST)
        declared = self.runs.declare(inherited, EAST) | {"line-height": pitch.height}
        inner = "".join(html for _, html in self.runs.write(content, format, inherited, hang=False))
        classes = f"{self.runs.sheet.name(declared, 'p')} {'exact' if pitch.kept else ''}".rstrip()
        return f'<span class="{classes}">{inner}</span>'

    def _label(self, format: Paragraph, mark: Character) -> list[Piece]:
        """The automatic number, and what parts it from the text."""
        if format.numbering in (None, "0"):
            return []
        label = self.styles.numbering.label(format, self.reader.losses)
        if label is None or not (label.text or label.suffix == "tab"):
            return []
        parting = {"tab": TAB, "space": " "}.get(label.suffix, "")
        return [Text(label.text + parting, over(label.character, mark))]

    def _indents(self, format: Paragraph, character: Character) -> tuple[float, float, float]:
        """Left, right and first line, in points."""
        size = self.runs.size(character)
        left = format.left_chars * size if format.left_chars else format.left or 0.0
        right = format.right_chars * size if format.right_chars else format.right or 0.0
        first = format.first_chars * size if format.first_chars else format.first or 0.0
        return left, right, first

    def _hangs(self, format: Paragraph) -> bool:
        """Whether a mark may stand out where a line is full; a centred line would lean over."""
        leans = format.align in ("center", "right", "end")
        return format.hang is not False and not self.in_table and not leans

    def pitch(self, format: Paragraph, main: Character, content: Iterable[Piece], script: bool) -> Pitch:
        """How high the lines are and where letters stand in them."""
        grid = self.grid if self._snaps(format) else None
        return pitch(format, main, content, script, grid, self.runs)

    def _snaps(self, format: Paragraph) -> bool:
        """Whether a paragraph keeps to the document grid."""
        return (self.settings.grid_in_tables or not self.in_table) and format.snap is not False

    def _declare(
        self,
        format: Paragraph,
        character: Character,
        margins: tuple[float, float],
        script: bool,
        pitch: Pitch,
    ) -> dict[str, str]:
        left, right, first = self._indents(format, character)
        declared = self.runs.declare(character, script) | {
            "margin": f"{length(margins[0])} {length(right)} {length(margins[1])} {length(left)}",
            "text-indent": length(first),
            "text-align": _ALIGN.get(format.align or "", "left"),
            "line-height": pitch.height,
            "widows": "1" if format.widows is False else "2",
            "orphans": "1" if format.widows is False else "2",
        }
        if format.keep_next:
            declared["break-after"] = "avoid"
        if format.keep_lines:
            declared["break-inside"] = "avoid"
        if format.page_break:
            declared["break-before"] = "page"
        elif margins[0] and not self.begins:
            declared["margin-break"] = "discard"  # the space above falls away where a page begins of itself
        if color(format.fill):
            declared["background-color"] = color(format.fill) or ""
        return declared


def _lost(format: Paragraph, content: list[Piece]) -> Iterator[str]:
    """What of a paragraph's format is not carried over."""
    if format.rest:
        yield from named(format.rest)
    if format.rtl:
        yield "从右向左的段落按从左向右排"
    if format.direction not in (None, "lrTb", "tb"):
        yield "竖排的段落改为横排"
    if format.aligned in ("top", "center", "bottom"):
        sizes = {piece.format.size for piece in content if isinstance(piece, Text)}
        if len(sizes) > 1:
            yield "同一行里大小不同的文字没有按上、中、下对齐"
    if format.line and format.line_rule == "exact" and _tallest(content) > format.line:
        yield "行距为固定值的段落中，图片完整显示，在 Word 中只露出一行的高度"
    if format.tabs and any(kind == "bar" for _, kind, _ in format.tabs):
        yield "竖线制表位没有带入"
    if format.borders and any(side == "bar" and visible(border) for side, border in format.borders):
        yield "段落旁边的竖线没有带入"


def _tallest(content: list[Piece]) -> float:
    """How high the highest picture in the line is, in points."""
    pictures = [piece.html for piece in content if isinstance(piece, Mark) and "<img" in piece.html]
    heights = (_HEIGHT.search(html) for html in pictures)
    return max((float(height[1]) for height in heights if height), default=0.0)


def _is_blank(content: list[Piece]) -> bool:
    return not any(isinstance(piece, Text) or "<img" in piece.html or piece.format for piece in content)


def _shown(inner: str) -> bool:
    """Whether HTML makes a line of its own; blanks alone do not."""
    return bool(_DRAWN.search(inner) or re.sub("<[^>]*>", "", inner).strip(" "))


def _has_tabs(content: list[Piece]) -> bool:
    return any(
        TAB in piece.text if isinstance(piece, Text) else 'class="tab"' in piece.html for piece in content
    )


def _opening(words: str) -> str:
    """The first sentence of a paragraph that opens with its heading, to stand among the bookmarks."""
    sentence = opening(words)
    return sentence if 0 < len(sentence) <= LONGEST else f"{words[:LONGEST]}…"


def _main(content: list[Piece], base: Character) -> Character:
    """The format most letters of a paragraph have: it is declared once, on the block."""
    lengths: Counter[Character] = Counter()
    for piece in content:
        if isinstance(piece, Text):
            lengths[piece.format] += len(piece.text)
    return max(lengths, key=lengths.__getitem__) if lengths else base

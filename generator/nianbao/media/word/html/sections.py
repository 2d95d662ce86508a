"""Sections: page size, margins, headers and footers with their odd, even and first kinds, page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.media.word.html.anchors import PageGeometry
from nianbao.media.word.html.css import inline, length, rule
from nianbao.media.word.html.font_metrics import Faces
from nianbao.media.word.html.package import Package
from nianbao.media.word.html.page_background import draw_borders, find_watermark
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
    flag,
    local,
    measure,
    number,
    switch,
    value,
)

A4 = (595.3, 841.9)
HEADER, FOOTER = "header", "footer"
KINDS = ("default", "even", "first")
PARTS = {HEADER: "页眉", FOOTER: "页脚"}
_MARGINS = {
    HEADER: 42.55, FOOTER: 49.6, "top": 72.0, "bottom": 72.0, "left": 90.0, "right": 90.0, "gutter": 0.0,
}  # fmt: skip
_GRIDS = ("lines", "linesAndChars", "snapToChars")
_FORMATS = {
    "decimal": "decimal",
    "upperRoman": "upper-roman",
    "lowerRoman": "lower-roman",
    "upperLetter": "upper-alpha",
    "lowerLetter": "lower-alpha",
    "chineseCounting": "simp-chinese-informal",
    "chineseCountingThousand": "simp-chinese-informal",
    "ideographDigital": "cjk-decimal",
    "decimalFullWidth": "decimal",
    "decimalZero": "decimal-leading-zero",
}


@dataclass(slots=True)
class Section:
    """One section: its blocks and what its `w:sectPr` says; lengths in points."""

    properties: Element | None
    blocks: list[Element] = field(default_factory=list)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper."""
        paper = child(self.properties, "w:pgSz")
        return (measure(paper, "w:w") or A4[0], measure(paper, "w:h") or A4[1])

    def margin(self, side: str) -> float:
        """One margin, or the distance of `header` or `footer` from the paper's edge."""
        margin = measure(child(self.properties, "w:pgMar"), f"w:{side}")
        return _MARGINS[side] if margin is None else abs(margin)

    def geometry(self, place: str = "") -> PageGeometry:
        """The paper that drawings of the body, of a header or of a footer are anchored on."""
        width, height = self.size
        margins = self.margins
        origin = {HEADER: 0.0, FOOTER: height - margins["bottom"]}.get(place, margins["top"])
        return PageGeometry(width=width, height=height, **margins, origin=origin)

    @property
    def margins(self) -> dict[str, float]:
        """The four margins; the gutter belongs to the left one."""
        margins = {side: self.margin(side) for side in ("top", "right", "bottom", "left")}
        margins["left"] += self.margin("gutter")
        return margins

    def same_paper(self, other: Section) -> bool:
        """Whether it can go on on a page of another section."""
        return self.size == other.size and self.margins == other.margins

    @property
    def measure(self) -> float:
        """The width lines may have."""
        return self.geometry().measure

    @property
    def grid(self) -> float | None:
        """The line pitch of the document grid, if there is one."""
        grid = child(self.properties, "w:docGrid")
        return measure(grid, "w:linePitch") if attribute(grid, "w:type") in _GRIDS else None

    @property
    def first_differs(self) -> bool:
        """Whether the first page has headers of its own."""
        return bool(switch(self.properties, "w:titlePg"))

    @property
    def start(self) -> int | None:
        """The number of the first page, where it does not go on counting."""
        return number(attribute(child(self.properties, "w:pgNumType"), "w:start"))

    @property
    def number_format(self) -> str | None:
        """How pages are numbered, as Word calls it."""
        return attribute(child(self.properties, "w:pgNumType"), "w:fmt")

    @property
    def continuous(self) -> bool:
        """Whether it begins on the page on which the last one ended."""
        return value(self.properties, "w:type") == "continuous"


def split(body: Element, package: Package, losses: Losses) -> list[Section]:
    """The sections of a body, each with the header and footer parts it has or inherits."""
    sections: list[Section] = []
    blocks: list[Element] = []
    for block in body:
        if local(block) == "w:sectPr":
            continue
        blocks.append(block)
        ending = child(child(block, "w:pPr"), "w:sectPr") if local(block) == "w:p" else None
        if ending is not None:
            sections.append(Section(ending, blocks))
            blocks = []
    sections.append(Section(child(body, "w:sectPr"), blocks))
    relations = package.relations(package.main)
    inherited: dict[tuple[str, str], str] = {}
    for section in sections:
        for place in (HEADER, FOOTER):
            for reference in children(section.properties, f"w:{place}Reference"):
                relation = relations.get(attribute(reference, "r:id") or "")
                if relation and not relation.external:
                    inherited[place, attribute(reference, "w:type") or "default"] = relation.target
        section.parts = dict(inherited)
        if child(section.properties, "w:lnNumType") is not None:
            losses.add("行号没有带入")
        if section.number_format and section.number_format not in _FORMATS:
            losses.add(f"页码格式 {section.number_format} 改为阿拉伯数字")
    return sections


def columns(section: Section, flows_on: bool, losses: Losses) -> dict[str, str]:
    """The CSS of a section in columns; they are evened out only where the page goes on below them."""
    element = child(section.properties, "w:cols")
    count = number(attribute(element, "w:num")) or 1
    own = list(children(element, "w:col"))
    if count < 2:
        return {}
    widths = {round(measure(column, "w:w") or 0.0) for column in own[:count]}
    if max(widths, default=0) - min(widths, default=0) > 1:
        losses.add("各栏宽度不同，改为等宽分栏")
    gap = measure(own[0] if own else element, "w:space")
    declared = {"column-count": str(count), "column-gap": length(36.0 if gap is None else gap)}
    if not flows_on:
        declared["column-fill"] = "auto"
    if flag(element, "w:sep"):
        declared["column-rule"] = "0.5pt solid"
    return declared


def kinds(section: Section, even: bool) -> list[str]:
    """Which kinds of page a section tells apart."""
    told_apart = {"default": True, "even": even, "first": section.first_differs}
    return [kind for kind in KINDS if told_apart[kind]]


def rules(
    section: Section, page: str, number_of: int, even: bool, package: Package, faces: Faces, losses: Losses
) -> Iterator[str]:
    """The `@page` rules of a section; headers are the running elements `<page>-<place>-<kind>`."""
    size, margins = section.size, section.margins
    yield rule(
        f"@page {page}",
        {"size": " ".join(map(length, size)), "margin": " ".join(map(length, margins.values()))},
    )
    selectors = {"default": "", "even": ":left", "first": f":nth(1 of {page})"}
    for kind in kinds(section, even):
        boxes = [_box(section, page, place, kind) for place in (HEADER, FOOTER)]
        watermark = find_watermark(package.tree(section.parts.get((HEADER, kind), "")))
        background = draw_borders(section.properties, size, margins)
        if watermark is not None:
            if background:
                losses.add("页面上有水印时，页面边框没有带入")
            background = watermark.drawn(size, margins, faces)
        declared = inline(background or {"background-image": "none"})
        yield f"@page {page}{selectors[kind]} {{ {declared}; {' '.join(boxes)} }}"
    if section.start is not None:
        first = ":first" if number_of == 0 else f":nth(1 of {page})"
        yield rule(f"@page {page}{first}", {"counter-reset": f"page {section.start}"})
    kind = _FORMATS.get(section.number_format or "", "decimal")
    if kind != "decimal":
        yield f".{page} .page::before {{ content: counter(page, {kind}); }}"


def _box(section: Section, page: str, place: str, kind: str) -> str:
    side = "top" if place == HEADER else "bottom"
    declared = {
        "content": f"element({page}-{place}-{kind})" if (place, kind) in section.parts else "none",
        "width": "100%",
        "box-sizing": "border-box",
        "vertical-align": side,
        f"padding-{side}": length(section.margin(place)),
        "text-align": "left",
    }
    return rule(f"@{side}-center", declared)

"""Sections: page size, margins, headers and footers with their odd, even and first kinds, page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nianbao.media.ooxml import Package
from nianbao.media.word.html.anchors import PageGeometry
from nianbao.media.word.html.borders import BORDER_STYLES, read_borders
from nianbao.media.word.html.css import inline, length, rule
from nianbao.media.word.html.font_metrics import Faces
from nianbao.media.word.html.page_background import draw_borders, draw_watermark
from nianbao.media.word.html.properties import left_out
from nianbao.media.word.html.settings import Settings
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
_CELLS = ("linesAndChars", "snapToChars")
_GRIDS = ("lines", "linesAndChars", "snapToChars")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its blocks, its parts by place and kind, and what its `w:sectPr` says; in points."""

    properties: Element | None
    blocks: list[Element]
    parts: dict[tuple[str, str], str]
    paper: PageGeometry  # the gutter belongs to the left margin
    distances: dict[str, float]  # of headers and footers from the edge of the paper
    grid: float | None  # the line pitch of the document grid, if there is one
    first_differs: bool  # the first page has headers of its own
    start: int | None  # the number of the first page, where it does not go on counting
    number_format: str | None  # how pages are numbered, as Word calls it
    continuous: bool  # it begins on the page on which the last one ended
    side: str | None  # the pages it may begin on: left, right
    cell: float | None  # what the document grid adds to each Chinese letter

    def geometry(self, place: str) -> PageGeometry:
        """The paper that drawings of a header or of a footer are anchored on."""
        return replace(self.paper, origin=0.0 if place == HEADER else self.paper.height - self.paper.bottom)


def split(body: Element, package: Package, losses: Losses) -> list[Section]:
    """The sections of a body, each with the header and footer parts it has or inherits."""
    relations = package.relations(package.main)
    sections: list[Section] = []
    blocks: list[Element] = []
    parts: dict[tuple[str, str], str] = {}

    def end(properties: Element | None) -> None:
        for place in (HEADER, FOOTER):
            for reference in children(properties, f"w:{place}Reference"):
                relation = relations.get(attribute(reference, "r:id") or "")
                if relation and not relation.external:
                    parts[place, attribute(reference, "w:type") or "default"] = relation.target
        sections.append(_read(properties, blocks.copy(), parts.copy(), losses))
        blocks.clear()

    for block in body:
        if local(block) != "w:sectPr":
            blocks.append(block)
            if local(block) == "w:p" and (ending := child(child(block, "w:pPr"), "w:sectPr")) is not None:
                end(ending)
    end(child(body, "w:sectPr"))
    return sections


def _read(
    properties: Element | None, blocks: list[Element], parts: dict[tuple[str, str], str], losses: Losses
) -> Section:
    size, stated = child(properties, "w:pgSz"), child(properties, "w:pgMar")
    margins = {
        side: usual if (margin := measure(stated, f"w:{side}")) is None else abs(margin)
        for side, usual in _MARGINS.items()
    }
    for what in left_out(properties):
        losses.add(what)
    if value(properties, "w:pgNumType", "w:chapStyle"):
        losses.add("页码中的章节号没有带入")
    if value(properties, "w:docGrid", "w:type") == "snapToChars":
        losses.add("文字没有逐字对齐字符网格")
    borders = child(properties, "w:pgBorders")
    if borders is not None and not {border.style for _, border in read_borders(borders)} <= BORDER_STYLES:
        losses.add("页面边框的图案改为实线")
    grid = child(properties, "w:docGrid")
    return Section(
        properties,
        blocks,
        parts,
        PageGeometry(
            width=measure(size, "w:w") or A4[0],
            height=measure(size, "w:h") or A4[1],
            left=margins["left"] + margins["gutter"],
            right=margins["right"],
            top=margins["top"],
            bottom=margins["bottom"],
            origin=margins["top"],
        ),
        distances={place: margins[place] for place in (HEADER, FOOTER)},
        grid=measure(grid, "w:linePitch") if attribute(grid, "w:type") in _GRIDS else None,
        first_differs=bool(switch(properties, "w:titlePg")),
        start=number(value(properties, "w:pgNumType", "w:start")),
        number_format=value(properties, "w:pgNumType", "w:fmt"),
        continuous=value(properties, "w:type") == "continuous",
        side={"oddPage": "right", "evenPage": "left"}.get(value(properties, "w:type") or ""),
        cell=measure(grid, "w:charSpace", 4096) if attribute(grid, "w:type") in _CELLS else None,
    )


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
    section: Section,
    page: str,
    number_of: int,
    settings: Settings,
    package: Package,
    faces: Faces,
    losses: Losses,
) -> Iterator[str]:
    """The `@page` rules of a section; headers are the running elements `<page>-<place>-<kind>`."""
    even = settings.even
    paper = section.paper
    margins = (paper.top, paper.right, paper.bottom, paper.left)
    yield rule(
        f"@page {page}",
        {"size": f"{length(paper.width)} {length(paper.height)}", "margin": " ".join(map(length, margins))},
    )
    if settings.mirrored:
        mirrored = (paper.top, paper.left, paper.bottom, paper.right)
        yield rule(f"@page {page}:left", {"margin": " ".join(map(length, mirrored))})
    selectors = {"default": "", "even": ":left", "first": f":nth(1 of {page})"}
    for kind in kinds(section, even):
        boxes = [_box(section, page, place, kind) for place in (HEADER, FOOTER)]
        watermark = draw_watermark(package.tree(section.parts.get((HEADER, kind), "")), paper, faces)
        borders = draw_borders(section.properties, paper)
        if watermark and borders:
            losses.add("页面上有水印时，页面边框没有带入")
        declared = inline(watermark or borders or {"background-image": "none"})
        yield f"@page {page}{selectors[kind]} {{ {declared}; {' '.join(boxes)} }}"
    if section.start is not None:
        first = ":first" if number_of == 0 else f":nth(1 of {page})"
        yield rule(f"@page {page}{first}", {"counter-reset": f"page {section.start}"})


def _box(section: Section, page: str, place: str, kind: str) -> str:
    side = "top" if place == HEADER else "bottom"
    declared = {
        "content": f"element({page}-{place}-{kind})" if (place, kind) in section.parts else "none",
        "width": "100%",
        "box-sizing": "border-box",
        "vertical-align": side,
        f"padding-{side}": length(section.distances[place]),
        "text-align": "left",
    }
    return rule(f"@{side}-center", declared)

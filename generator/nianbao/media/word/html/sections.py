"""Sections: page size, margins, headers and footers with their odd, even and first kinds, page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.media.ooxml import Package
from nianbao.media.word.html.anchors import PageGeometry
from nianbao.media.word.html.css import length, rule
from nianbao.media.word.html.font_metrics import Faces
from nianbao.media.word.html.page_borders import framed
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.watermark import find
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
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
        found = measure(child(self.properties, "w:pgMar"), f"w:{side}")
        if found is None:
            return {HEADER: 42.55, FOOTER: 49.6, "top": 72.0, "bottom": 72.0, "gutter": 0.0}.get(side, 90.0)
        return abs(found)

    def geometry(self, place: str = "") -> PageGeometry:
        """The paper that drawings of the body, of a header or of a footer are anchored on."""
        width, height = self.size
        top, bottom = self.margin("top"), self.margin("bottom")
        return PageGeometry(
            width,
            height,
            self.margin("left") + self.margin("gutter"),
            self.margin("right"),
            top,
            bottom,
            {HEADER: 0.0, FOOTER: height - bottom}.get(place, top),
        )

    @property
    def measure(self) -> float:
        """The width lines may have."""
        return self.size[0] - sum(self.margin(side) for side in ("left", "right", "gutter"))

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
    def continuous(self) -> bool:
        """Whether it begins on the page on which the last one ended."""
        return value(self.properties, "w:type") == "continuous"


def split(body: Element, package: Package, losses: Losses) -> list[Section]:
    """The sections of a body, each with the header and footer parts it has or inherits."""
    sections: list[Section] = []
    blocks: list[Element] = []
    last = child(body, "w:sectPr")
    for block in body:
        if local(block) == "w:sectPr":
            continue
        blocks.append(block)
        ending = child(child(block, "w:pPr"), "w:sectPr") if local(block) == "w:p" else None
        if ending is not None:
            sections.append(Section(ending, blocks))
            blocks = []
    sections.append(Section(last, blocks))
    relations = package.relations(package.main)
    inherited: dict[tuple[str, str], str] = {}
    for section in sections:
        for place in (HEADER, FOOTER):
            for reference in children(section.properties, f"w:{place}Reference"):
                relation = relations.get(attribute(reference, "r:id") or "")
                if relation and not relation.external:
                    inherited[place, attribute(reference, "w:type") or "default"] = relation.target
        section.parts = dict(inherited)
        _note(section, losses)
    return sections


def _note(section: Section, losses: Losses) -> None:
    properties = section.properties
    if child(properties, "w:lnNumType") is not None:
        losses.add("行号没有带入")
    kind = attribute(child(properties, "w:pgNumType"), "w:fmt")
    if kind and kind not in _FORMATS:
        losses.add(f"页码格式 {kind} 改为阿拉伯数字")


def kinds(section: Section, even: bool) -> list[str]:
    """Which kinds of page a section tells apart."""
    return [
        kind
        for kind in KINDS
        if kind == "default" or (kind == "even" and even) or (kind == "first" and section.first_differs)
    ]


def rules(
    section: Section, page: str, number_of: int, even: bool, package: Package, faces: Faces, losses: Losses
) -> Iterator[str]:
    """The `@page` rules of a section; headers are the running elements `<page>-<place>-<kind>`."""
    size = section.size
    gutter = section.margin("gutter")
    edges = {side: section.margin(side) for side in ("top", "right", "bottom", "left")}
    edges["left"] += gutter
    yield rule(
        f"@page {page}",
        {
            "size": f"{length(size[0])} {length(size[1])}",
            "margin": " ".join(length(each) for each in edges.values()),
        },
    )
    centre = (
        edges["left"] + (size[0] - edges["left"] - edges["right"]) / 2,
        edges["top"] + (size[1] - edges["top"] - edges["bottom"]) / 2,
    )
    selectors = {"default": "", "even": ":left", "first": f":nth(1 of {page})"}
    for kind in kinds(section, even):
        boxes = [_box(section, page, place, kind) for place in (HEADER, FOOTER)]
        header = package.tree(section.parts.get((HEADER, kind), ""))
        mark = None if header is None else find(header)
        drawn = framed(section.properties, size, edges)
        if mark is not None:
            if drawn["background-image"] != "none":
                losses.add("页面上有水印时，页面边框没有带入")
            drawn = mark.css(size, (edges["left"], edges["top"]), centre, faces)
        background = "; ".join(f"{key}: {said}" for key, said in drawn.items())
        yield f"@page {page}{selectors[kind]} {{ {background}; {' '.join(boxes)} }}"
    if section.start is not None:
        first = ":first" if number_of == 0 else f":nth(1 of {page})"
        yield rule(f"@page {page}{first}", {"counter-reset": f"page {section.start}"})
    kind = _FORMATS.get(attribute(child(section.properties, "w:pgNumType"), "w:fmt") or "", "decimal")
    if kind != "decimal":
        yield f".{page} .page::before {{ content: counter(page, {kind}); }}"


def _box(section: Section, page: str, place: str, kind: str) -> str:
    content = f"element({page}-{place}-{kind})" if (place, kind) in section.parts else "none"
    at, side = ("@top-center", "top") if place == HEADER else ("@bottom-center", "bottom")
    declared = {
        "content": content,
        "width": "100%",
        "box-sizing": "border-box",
        "vertical-align": side,
        f"padding-{side}": length(section.margin(place)),
        "text-align": "left",
    }
    return rule(at, declared)

"""From the bytes of a .docx to one HTML document with CSS paged media."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from nianbao.media.ooxml import Package
from nianbao.media.word.html import sections
from nianbao.media.word.html.blocks import Flow
from nianbao.media.word.html.css import Sheet, length, rule
from nianbao.media.word.html.font_metrics import Faces, Unknown
from nianbao.media.word.html.inline import Reader
from nianbao.media.word.html.notes import END, Notes
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.package import open_package
from nianbao.media.word.html.runs import Lettering
from nianbao.media.word.html.sections import Section
from nianbao.media.word.html.styles import Styles, Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
    measure,
    name,
    number,
    points,
    switch,
    value,
)
from nianbao.report import catalogue
from nianbao.report.problem import Place, Problem, ProblemsFound

LANGUAGE = "zh-CN"
PARAGRAPHS = 10_000  # in cells they cost WeasyPrint half a minute and 1 GB
LETTERS = 2_000_000
FLUSH = 15  # the compatibility mode from which a table's border stands at the margin


@dataclass(frozen=True, slots=True)
class Asked:
    """A font family that letters of the document are set in, upright or bold."""

    family: str
    bold: bool


@dataclass(frozen=True)
class Page:
    """A Word document as HTML, what could not be carried over, and the fonts it asks for."""

    html: str
    problems: tuple[Problem, ...]
    fonts: tuple[Asked, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        """The font families it asks for, by name."""
        return tuple(sorted({asked.family for asked in self.fonts}))


def convert(document: bytes, file: str, faces: Faces | None = None) -> Page:
    """Turn a .docx into one HTML document that prints as Word would set it.

    `file` names the document in problems. `faces` knows the fonts; without it, baselines and
    automatic line heights are only near. Fonts are asked for by the names in the document; who
    prints decides what stands in for them.

    Raises ProblemsFound where the bytes are no Word document or would unpack beyond the limits.
    """
    package = open_package(document, file)
    losses = Losses(file)
    conversion = _Conversion(package, losses, faces or Unknown())
    html = conversion.html()
    return Page(html, losses.problems(), tuple(Asked(*each) for each in conversion.lettering.asked))


class _Conversion:
    """One document on its way to HTML."""

    def __init__(self, package: Package, losses: Losses, faces: Faces) -> None:
        self.package, self.losses, self.faces = package, losses, faces
        main = package.main
        theme = Theme.read(package.related(main, "theme"))
        numbering = Numbering(package.related(main, "numbering"))
        self.styles = Styles(package.related(main, "styles"), theme, numbering)
        self.sheet = Sheet()
        settings = package.related(main, "settings")
        self.even = bool(switch(settings, "w:evenAndOddHeaders"))
        self.flush = _mode(settings) >= FLUSH
        compatible = child(settings, "w:compat")
        self.snapped = bool(switch(compatible, "w:adjustLineHeightInTable"))
        self.adds = bool(switch(compatible, "w:doNotUseHTMLParagraphAutoSpacing"))
        self.notes = Notes(package, settings, losses)
        self.distance = points(value(settings, "w:defaultTabStop")) or 36.0
        self.lettering = Lettering(self.sheet, self.styles, losses, faces.metrics)

    def html(self) -> str:
        """The whole document."""
        body = child(self.package.tree(self.package.main), "w:body")
        self._bound(body)
        found = sections.split(body, self.package, self.losses) if body is not None else []
        flow = self._flow(self.package.main)
        running: list[str] = []
        written: list[str] = []
        page = ""
        for index, section in enumerate(found):
            if not (page and section.continuous and _same_paper(section, found[index - 1])):
                page = f"s{index + 1}"
                running += self._running(section, page)
                self.sheet.add(rule(f".{page}", {"page": page}))
                for each in sections.rules(
                    section, page, index, self.even, self.package, self.faces, self.losses
                ):
                    self.sheet.add(each)
            flow.composer.grid = section.grid
            flow.composer.reader.geometry = section.geometry()
            flow.tables.measure = section.measure
            flows_on = index + 1 < len(found) and found[index + 1].continuous
            columns = self._columns(section, flows_on)
            written.append(
                f'<section class="{f"{page} {columns}".strip()}">{flow.write(section.blocks)}</section>'
            )
        written.append(self._endnotes(flow))
        if found and self.even and (found[0].start or 1) % 2 == 0:
            self.sheet.add("html { break-before: left; }")
        return self._frame("".join(running) + "\n".join(written))

    def _bound(self, body: Element | None) -> None:
        """Refuse what could only be printed in many minutes and gigabytes.

        Raises ProblemsFound.
        """
        if body is None:
            return
        count = sum(1 for _ in body.iter(name("w:p")))
        letters = sum(len(each.text or "") for each in body.iter(name("w:t")))
        if count > PARAGRAPHS or letters > LETTERS:
            what = f"文档有 {count} 段（每个单元格至少一段）、{letters} 字，过大，没有转成 PDF"
            mend = f"请拆成几份，每份不超过 {PARAGRAPHS} 段、{LETTERS} 字；或者用 Word 另存为 PDF"
            raise ProblemsFound([catalogue.rule("too-large").broken(what, mend, (Place(self.package.file),))])

    def _flow(self, part: str) -> Flow:
        reader = Reader(self.package, part, self.styles, self.losses, self.notes)
        flow = Flow(reader, self.lettering, self.styles, self.sheet, self.losses, self.flush)
        flow.composer.distance = self.distance
        flow.composer.grid_in_tables, flow.composer.adds = self.snapped, self.adds
        return flow

    def _endnotes(self, flow: Flow) -> str:
        """The endnotes, below a short line after the last paragraph."""
        notes = self.notes.endnotes
        if not notes:
            return ""
        reader = flow.composer.reader
        written = "".join(f"<p>{flow.note(each, said, reader.beside(END, said))}</p>" for said, each in notes)
        return f'<section class="endnotes">{written}</section>'

    def _running(self, section: Section, page: str) -> list[str]:
        """The headers and footers of a section, as running elements."""
        written = []
        for place, title in sections.PARTS.items():
            for kind in sections.kinds(section, self.even):
                part = section.parts.get((place, kind))
                tree = None if part is None else self.package.tree(part)
                if part is None or tree is None:
                    continue
                flow = self._flow(part)
                flow.composer.reader.geometry = section.geometry(place)
                with self.losses.part(title):
                    inner = flow.write(tree)
                label = f"{page}-{place}-{kind}"
                self.sheet.add(rule(f".{label}", {"position": f"running({label})"}))
                written.append(f'<div class="{page} {label}">{inner}</div>')
        return written

    def _columns(self, section: Section, flows_on: bool) -> str:
        """The class of a section in columns; they are evened out only where the page goes on below them."""
        columns = child(section.properties, "w:cols")
        count = number(attribute(columns, "w:num")) or 1
        own = list(children(columns, "w:col"))
        if count < 2:
            return ""
        widths = {round(measure(each, "w:w") or 0.0) for each in own[:count]}
        if max(widths, default=0) - min(widths, default=0) > 1:
            self.losses.add("各栏宽度不同，改为等宽分栏")
        gap = measure(own[0] if own else columns, "w:space")
        declared = {"column-count": str(count), "column-gap": length(36.0 if gap is None else gap)}
        if not flows_on:
            declared["column-fill"] = "auto"
        if attribute(columns, "w:sep") in ("1", "true", "on"):
            declared["column-rule"] = "0.5pt solid"
        return self.sheet.name(declared)

    def _frame(self, body: str) -> str:
        core = self.package.related("", "core-properties")
        title, author, subject = (_said(core, f"dc:{name}") for name in ("title", "creator", "subject"))
        head = [
            '<meta charset="utf-8">',
            f"<title>{escape(title, quote=False)}</title>",
            f'<meta name="author" content="{escape(author)}">' if author else "",
            f'<meta name="description" content="{escape(subject)}">' if subject else "",
            f"<style>\n{self.sheet}</style>",
        ]
        return "\n".join(
            (
                "<!DOCTYPE html>",
                f'<html lang="{LANGUAGE}">',
                "<head>",
                *filter(None, head),
                "</head>",
                f"<body>\n{body}\n</body>",
                "</html>",
                "",
            )
        )


def _said(core: Element | None, short: str) -> str:
    return (core.findtext(name(short)) or "").strip() if core is not None else ""


def _mode(settings: Element | None) -> int:
    """The version of Word whose layout the document asks for; an unmarked one is old."""
    for each in children(child(settings, "w:compat"), "w:compatSetting"):
        if attribute(each, "w:name") == "compatibilityMode":
            return number(attribute(each, "w:val")) or 0
    return 12


def _same_paper(one: Section, other: Section) -> bool:
    edges = ("top", "right", "bottom", "left", "gutter")
    return one.size == other.size and all(one.margin(each) == other.margin(each) for each in edges)

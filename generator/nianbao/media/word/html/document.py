"""From the bytes of a .docx to one HTML document with CSS paged media."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from nianbao.media.ooxml import Package
from nianbao.media.word.html import sections
from nianbao.media.word.html.blocks import BlockWriter
from nianbao.media.word.html.css import Sheet, rule
from nianbao.media.word.html.font_metrics import Faces, Unknown
from nianbao.media.word.html.inline import Reader
from nianbao.media.word.html.notes import END, Notes
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.package import open_package, settle
from nianbao.media.word.html.pictures import Pictures
from nianbao.media.word.html.runs import RunWriter
from nianbao.media.word.html.sections import Section
from nianbao.media.word.html.settings import read_settings
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, child, name, switch, text_of
from nianbao.report import Place, Problem, ProblemsFound, catalogue

LANGUAGE = "zh-CN"
PARAGRAPHS = 10_000  # in cells they cost WeasyPrint half a minute and 1 GB
LETTERS = 2_000_000


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
    return Page(html, losses.problems(), tuple(Asked(*font) for font in conversion.runs.asked))


class _Conversion:
    """One document on its way to HTML."""

    def __init__(self, package: Package, losses: Losses, faces: Faces) -> None:
        self.package, self.losses, self.faces = package, losses, faces
        main = package.main
        settings = package.related(main, "settings")
        theme = settle(package)
        numbering = Numbering(package.related(main, "numbering"))
        self.styles = Styles(package.related(main, "styles"), theme, numbering)
        self.sheet = Sheet()
        self.settings = read_settings(settings)
        for what in self.settings.left_out:
            losses.add(what)
        ground = child(package.tree(main), "w:background")
        if ground is not None and switch(settings, "w:displayBackgroundShape"):
            losses.add("页面的背景没有带入")
        self.notes = Notes(package, settings, losses)
        self.pictures = Pictures(package, theme, losses)
        self.runs = RunWriter(self.sheet, self.styles, losses, faces)

    def html(self) -> str:
        """The whole document."""
        body = child(self.package.tree(self.package.main), "w:body")
        parts: list[Section] = []
        if body is not None:
            _refuse_too_large(body, self.package.file)
            parts = sections.split(body, self.package, self.losses)
        writer = self._writer(self.package.main)
        running: list[str] = []
        written: list[str] = []
        page = ""
        even = self.settings.even
        for index, section in enumerate(parts):
            if not (page and section.continuous and section.paper == parts[index - 1].paper):
                page = f"s{index + 1}"
                running += self._running(section, page)
                self.sheet.add(rule(f".{page}", {"page": page}))
                for page_rule in sections.rules(
                    section, page, index, self.settings, self.package, self.faces, self.losses
                ):
                    self.sheet.add(page_rule)
            writer.paragraphs.grid, writer.paragraphs.cell = section.grid, section.cell
            writer.paragraphs.reader.geometry = section.paper
            writer.paragraphs.reader.number_format = section.number_format
            writer.tables.measure = section.paper.measure
            flows_on = index + 1 < len(parts) and parts[index + 1].continuous
            declared = sections.columns(section, flows_on, self.losses)
            if section.side and index:
                declared["break-before"] = section.side
            columns = self.sheet.name(declared)
            classes = f"{page} {columns}".strip()
            written.append(f'<section class="{classes}">{writer.write(section.blocks)}</section>')
        written.append(self._endnotes(writer))
        if parts and even and (parts[0].start or 1) % 2 == 0:
            self.sheet.add("html { break-before: left; }")
        return self._document("".join(running) + "\n".join(written))

    def _writer(self, part: str) -> BlockWriter:
        reader = Reader(part, self.styles, self.notes, self.sheet, self.pictures)
        return BlockWriter(reader, self.runs, self.settings)

    def _endnotes(self, writer: BlockWriter) -> str:
        """The endnotes, below a short line after the last paragraph."""
        reader = writer.paragraphs.reader
        notes = "".join(
            f"<p>{writer.note(note, label, reader.beside(END, label))}</p>"
            for label, note in self.notes.endnotes
        )
        return f'<section class="endnotes">{notes}</section>' if notes else ""

    def _running(self, section: Section, page: str) -> list[str]:
        """The headers and footers of a section, as running elements."""
        written = []
        for place, title in sections.PARTS.items():
            for kind in sections.kinds(section, self.settings.even):
                part = section.parts.get((place, kind), "")
                tree = self.package.tree(part)
                if tree is None:
                    continue
                writer = self._writer(part)
                writer.paragraphs.reader.geometry = section.geometry(place)
                writer.paragraphs.reader.number_format = section.number_format
                with self.losses.part(title):
                    inner = writer.write(tree)
                label = f"{page}-{place}-{kind}"
                self.sheet.add(rule(f".{label}", {"position": f"running({label})"}))
                written.append(f'<div class="{page} {label}">{inner}</div>')
        return written

    def _document(self, body: str) -> str:
        core = self.package.related("", "core-properties")
        title, author, subject = (
            "" if core is None else (core.findtext(name(short)) or "").strip()
            for short in ("dc:title", "dc:creator", "dc:subject")
        )
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{LANGUAGE}">',
            "<head>",
            '<meta charset="utf-8">',
            f"<title>{escape(title, quote=False)}</title>",
            f'<meta name="author" content="{escape(author)}">' if author else "",
            f'<meta name="description" content="{escape(subject)}">' if subject else "",
            f"<style>\n{self.sheet}</style>",
            "</head>",
            f"<body>\n{body}\n</body>",
            "</html>\n",
        ]
        return "\n".join(filter(None, lines))


def _refuse_too_large(body: Element, file: str) -> None:
    """Refuse what could only be printed in many minutes and gigabytes.

    Raises ProblemsFound.
    """
    count = sum(1 for _ in body.iter(name("w:p")))
    letters = len(text_of(body))
    if count > PARAGRAPHS or letters > LETTERS:
        what = f"文档有 {count} 段（每个单元格至少一段）、{letters} 字，过大，没有转成 PDF"
        mend = f"请拆成几份，每份不超过 {PARAGRAPHS} 段、{LETTERS} 字；或者用 Word 另存为 PDF"
        raise ProblemsFound([catalogue.rule("too-large").broken(what, mend, (Place(file),))])

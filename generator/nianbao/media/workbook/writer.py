"""Write a workbook: blank, or filled from a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_APP, ARC_CORE, ARC_STYLE, SHEET_MAIN_NS

from nianbao.mandate import Mandate
from nianbao.media import ooxml
from nianbao.media.workbook import last_year, lists, narratives, particulars, tables
from nianbao.media.workbook.cells import LONGEST, pieces
from nianbao.media.workbook.keys import COLUMNS, EDITION, META_SHEET, VALUE
from nianbao.media.workbook.particulars import Blank
from nianbao.report import PREFACE, PREFACE_NAME, YES, Figure, Paragraph, Place, Problem, Report, rule
from nianbao.report.carried_over import CarriedOver
from nianbao.report.narrative import without_control

PREFACE_NOTE = "写在标题之后、第一部分之前：编制依据、统计期限、联系方式等。不需要的留空。"
_FONT = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
FONT_ORDER = [f"{{{SHEET_MAIN_NS}}}{name}" for name in _FONT.split()]  # CT_Font of ECMA-376
OF_ONE_YEAR = ("document_number", "printed_on")  # elements that are not carried over
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_DAY = rb"\g<1>2021-09-26T00:00:00Z"
# LibreOffice trusts row heights and cached values where it reads "Microsoft Excel" here.
_APPLICATION = re.compile(rb"(<Application>)[^<]*(</Application>)<AppVersion>[^<]*</AppVersion>")
_OURS = rb"\g<1>nianbao\g<2>"


class _Parts(dict[str, bytes]):
    """The parts of a workbook by their names; openpyxl takes it for the zip file that it writes to."""

    def writestr(self, name: str, content: bytes | str) -> None:
        """Take a part."""
        self[name] = content.encode() if isinstance(content, str) else content

    def write(self, file: str, name: str) -> None:
        """Take a part that lies in a file."""
        self[name] = Path(file).read_bytes()

    def namelist(self) -> list[str]:
        """What there is by now."""
        return list(self)

    def close(self) -> None:
        """Nothing is open."""


def write(content: Report | Blank | CarriedOver) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook's bytes, and what a workbook cannot hold of the report."""
    book, problems = compose(content)
    return save(book), problems


def compose(content: Report | Blank | CarriedOver) -> tuple[Workbook, tuple[Problem, ...]]:
    """The workbook as openpyxl has it, to which sheets may be added, and what it cannot hold."""
    mandate = content.mandate
    problems: list[Problem] = []
    values = _particulars(content, problems)
    figures: Mapping[str, Figure] = content.filled if isinstance(content, CarriedOver) else {}
    if isinstance(content, Report):
        figures = _figures(content, problems)
    written = content.narratives if isinstance(content, Report) else {}
    book = Workbook()
    book.remove(book.worksheets[0])
    particulars.add(book, mandate, values)
    preface = _paragraphs(written.get(PREFACE, ()), PREFACE_NAME, problems)
    narratives.add(book, PREFACE, PREFACE_NAME, PREFACE_NOTE, preface)
    spots: dict[str, str] = {}
    for section in mandate.sections:
        if section.table:
            spots |= tables.add(book, mandate, section, figures)
        else:
            paragraphs = _paragraphs(written.get(section.key, ()), section.heading, problems)
            narratives.add(book, section.key, section.heading, section.note, paragraphs)
    if isinstance(content, CarriedOver):
        last_year.note(book, content, spots)
        last_year.texts(book, content)
    lists.equations(book, mandate, spots)
    lists.names(book, mandate, spots)
    _meta(book, mandate)
    book.calculation.fullCalcOnLoad = True
    book.properties.title = values["title"] or mandate.default_title(values["organ"], content.year)
    book.properties.creator = values["organ"]
    return book, tuple(problems)


def save(book: Workbook) -> bytes:
    """The workbook's bytes: valid, and the same for the same content.

    Mends what openpyxl writes: children of fonts out of order, today's date, another program's name.
    """
    parts = _Parts()
    ExcelWriter(book, parts).save()  # type: ignore[arg-type] # it asks no more of a zip file
    stylesheet = etree.fromstring(parts[ARC_STYLE])
    for font in stylesheet.iter(f"{{{SHEET_MAIN_NS}}}font"):
        font[:] = sorted(font, key=lambda child: FONT_ORDER.index(str(child.tag)))
    parts[ARC_STYLE] = ooxml.serialize(stylesheet)
    parts[ARC_CORE] = _MODIFIED.sub(_DAY, parts[ARC_CORE])
    parts[ARC_APP] = _APPLICATION.sub(_OURS, parts[ARC_APP])
    return ooxml.pack(parts)


def _particulars(content: Report | Blank | CarriedOver, problems: list[Problem]) -> dict[str, str]:
    if isinstance(content, CarriedOver):
        last = content.last
        kept = {key: text for key, text in last.elements.items() if key not in OF_ONE_YEAR}
        kept |= {"seal": last.elements.get("seal") or YES, **last.contact}
        known = {key: _cut(text, last.place(key), problems) for key, text in kept.items()}
        signed = content.organ if last.issued_by == last.organ else last.issued_by
        values = {"organ": content.organ, "year": str(content.year), "reporter": _reporter(content)}
        return values | {"title": "", "issued_by": _cut(signed, last.place("issued_by"), problems)} | known
    if isinstance(content, Blank):
        organ, control = without_control(content.organ, Place(""))
        problems += control
        values = {"organ": organ, "year": str(content.year), "reporter": content.reporter}
        return values | {"title": "", "seal": YES}
    usual = content.mandate.default_title(content.organ, content.year)
    values = {
        "organ": content.organ,
        "year": str(content.year),
        "reporter": content.reporter_name,
        "title": "" if content.title == usual else content.title,
        "issued_by": content.issued_by,
        "date_line": content.date_line,
        **content.contact,
        **content.elements,
    }
    return {key: _cut(text, content.place(key), problems) for key, text in values.items()}


def _reporter(carried: CarriedOver) -> str:
    """The kind that is said, or that of last year if this edition knows it."""
    if carried.reporter:
        return carried.reporter
    names = [reporter.name for reporter in carried.mandate.reporters]
    return carried.last.reporter_name if carried.last.reporter_name in names else ""


def _figures(report: Report, problems: list[Problem]) -> Mapping[str, Figure]:
    return {
        key: replace(figure, text=_cut(figure.text, figure.place, problems))
        for key, figure in report.figures.items()
    }


def _cut(text: str, place: Place, problems: list[Problem]) -> str:
    first, *rest = pieces(text)
    if rest:
        what = f"有 {len(text)} 字，单元格最多放 {LONGEST} 字，后面的没有写进工作簿"
        problems.append(rule("cell-overflow").broken(what, "请缩短这一格", (place,)))
    return first


def _paragraphs(written: tuple[Paragraph, ...], sheet: str, problems: list[Problem]) -> list[str]:
    texts = []
    for paragraph in written:
        parts = pieces(paragraph.written)
        if len(parts) > 1:
            what = f"一段有 {len(paragraph.written)} 字，单元格最多放 {LONGEST} 字，已分作 {len(parts)} 行"
            place = Place(paragraph.place.file, part=sheet, cell=paragraph.place.spot)
            problems.append(rule("cell-overflow").broken(what, "请核对分段", (place,)))
        texts += parts
    return texts


def _meta(book: Workbook, mandate: Mandate) -> None:
    """Add the hidden sheet that says which edition the workbook was made for."""
    sheet: Worksheet = book.create_sheet(META_SHEET)
    sheet["A1"], sheet["B1"] = COLUMNS, VALUE
    sheet["A2"], sheet["B2"] = EDITION, mandate.edition.key
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True

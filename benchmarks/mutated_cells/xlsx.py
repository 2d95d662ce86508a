"""Workbooks in which one cell looks other than it is: by its runs, its style, its format, its sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree
from nianbao.app import reading
from nianbao.media import ooxml
from nianbao.report import Report

from benchmarks.mutated_cells import Mutation

BASES = ("示例-2019.xlsx", "示例-2021.xlsx", "省外办-2019.xlsx")
MOSTLY = 0.8  # of the changed figures are none that is 0
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT = '<sz val="11"/><rFont val="宋体"/>'
MARKS = ("1", "12", "①", "[1]", "*", "a", "注1", "†", "2,3")
SIGNS = "\u200b\u200d\u202d\u202c\u2060\ufeff\u00ad\u2066"
WHITES = (
    '<color rgb="FFFFFFFF"/>',
    '<color theme="0"/>',
    '<color indexed="9"/>',
    '<color indexed="65"/>',
    '<color rgb="FFFEFEFE"/>',
    '<color rgb="FFFFF9DB"/>',
    '<color theme="1" tint="0.999"/>',
)
VISIBLE = ("<b/>", '<color rgb="FFFF0000"/>', "<i/>", '<color theme="4"/>', '<color rgb="FF7F7F7F"/>', "<u/>")
UNITS = (
    '0"件"',
    "#,##0",
    "#,##0_ ",
    "0_);[Red]\\(0\\)",
    "General",
    "0;-0;0;@",
    "[DBNum1][$-804]General",
    "00000",
    '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    "[Blue]0",
    "?0",
    "G/通用格式",
)
OTHERS = ('0"0"', '"1"0', "0%", "#,##0,", "0.0,", "0!5", "[White]0", '0"万"', "0.00E+00")
NOTHING = (";;;", '""', ";;", " ", '"";"";""')


def main(name: str) -> str:
    """The qualified name of an element of a sheet or the styles."""
    return f"{{{MAIN}}}{name}"


class Book:
    """A workbook in which one cell is to be changed; `digits` are those of its figure."""

    def __init__(self, parts: dict[str, bytes], part: str, spot: str, number: int) -> None:
        """Take a base's parts and the place of the figure."""
        self.parts, self.part, self.number, self.digits = dict(parts), part, number, str(number)
        self.sheet: Any = etree.fromstring(parts[part])
        self.styles: Any = etree.fromstring(parts["xl/styles.xml"])
        self.cell: Any = _cell(self.sheet, spot)
        match = re.fullmatch(r"([A-Z]+)(\d+)", spot)
        assert match is not None
        self.column, self.row, self.spot = match[1], int(match[2]), spot

    def content(self) -> bytes:
        """The workbook as it now is."""
        changed = {self.part: ooxml.serialize(self.sheet), "xl/styles.xml": ooxml.serialize(self.styles)}
        return ooxml.pack(self.parts | changed)

    def text(self, text: str) -> None:
        """Put a text into the cell."""
        self.runs((text, ""))

    def runs(self, *runs: tuple[str, str], guide: str = "") -> None:
        """Put runs into the cell, each with the XML of its font; one without has the cell's."""
        for child in list(self.cell):
            self.cell.remove(child)
        self.cell.set("t", "inlineStr")
        string = etree.SubElement(self.cell, main("is"))
        for text, font in runs:
            run = string if len(runs) == 1 and not font else etree.SubElement(string, main("r"))
            if font:
                run.append(etree.fromstring(f'<rPr xmlns="{MAIN}">{font}</rPr>'))
            word = etree.SubElement(run, main("t"))
            word.text = text
            word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if guide:
            above = etree.SubElement(string, main("rPh"), sb="0", eb="1")
            etree.SubElement(above, main("t")).text = guide

    def style(self, *, font: str = "", fill: str = "", code: str = "") -> None:
        """Give the cell a style of its own, as its old one but for this."""
        styles = self.styles.find(main("cellXfs"))
        new = deepcopy(styles[int(self.cell.get("s", "0"))])
        for words, kind, attribute in ((font, "fonts", "fontId"), (fill, "fills", "fillId")):
            if words:
                several = self.styles.find(main(kind))
                several.append(etree.fromstring(words.replace(">", f' xmlns="{MAIN}">', 1)))
                new.set(attribute, str(len(several) - 1))
        if code:
            formats = self.styles.find(main("numFmts"))
            if formats is None:
                formats = etree.Element(main("numFmts"))
                self.styles.insert(0, formats)
            etree.SubElement(formats, main("numFmt"), numFmtId="300", formatCode=code)
            new.set("numFmtId", "300")
        styles.append(new)
        self.cell.set("s", str(len(styles) - 1))

    def condition(self, rule: str, change: str) -> None:
        """Lay a conditional format on the cell."""
        formats = self.styles.find(main("dxfs"))
        formats.append(etree.fromstring(f'<dxf xmlns="{MAIN}">{change}</dxf>'))
        words = rule.replace("<cfRule", f'<cfRule dxfId="{len(formats) - 1}" priority="1"', 1)
        xml = f'<conditionalFormatting xmlns="{MAIN}" sqref="{self.spot}">{words}</conditionalFormatting>'
        before = self.sheet.find(main("mergeCells"))
        (before if before is not None else self.sheet.find(main("sheetData"))).addnext(etree.fromstring(xml))


def _cell(sheet: Any, spot: str) -> Any:
    return next(cell for cell in sheet.iter(main("c")) if cell.get("r") == spot)


Change = Callable[[Random, Book], object]


def _split(random: Random, book: Book) -> tuple[str, str]:
    at = random.randint(0, len(book.digits))
    return book.digits[:at], book.digits[at:]


def _put_in(random: Random, book: Book, text: str, font: str) -> None:
    """Characters of another font before, in or behind the figure's."""
    before, behind = _split(random, book)
    runs = [(before, random.choice(("", FONT))), (text, font + FONT), (behind, FONT)]
    book.runs(*[run for run in runs if run[0]])


def _digits(random: Random) -> str:
    return str(random.randint(1, 99))


def raised_mark(random: Random, book: Book) -> object:
    """A note mark, raised, behind the figure or before it."""
    mark = (random.choice(MARKS), f'<vertAlign val="superscript"/>{FONT}')
    runs = [(book.digits, random.choice(("", FONT))), mark]
    book.runs(*(runs if random.random() < 0.8 else reversed(runs)))
    return book.number


def raised_digit(random: Random, book: Book) -> object:
    """A raised digit between those of the figure."""
    at = random.randint(1, max(len(book.digits) - 1, 1))
    raised = (_digits(random)[:1], f'<vertAlign val="{random.choice(("superscript", "subscript"))}"/>{FONT}')
    book.runs((book.digits[:at], FONT), raised, (book.digits[at:] or "0", FONT))
    return None


def plain_mark(random: Random, book: Book) -> object:
    """A note mark that is a character of its own."""
    book.text(book.digits + random.choice(("①", "¹", "*", "[1]", "†", "a", "※", " ②", "〔3〕")))
    return book.number


def struck_run(random: Random, book: Book) -> object:
    """Struck digits before, among or behind the figure's."""
    _put_in(random, book, _digits(random), random.choice(("<strike/>", '<strike val="1"/>')))
    return book.number


def struck_cell(random: Random, book: Book) -> object:
    """A figure that is struck as a whole."""
    if random.random() < 0.5:
        book.style(font='<font><strike/><sz val="11"/></font>')
    else:
        book.runs((book.digits, f"<strike/>{FONT}"))
    return None


def unseen_run(random: Random, book: Book) -> object:
    """Digits in the colour of the cell."""
    _put_in(random, book, _digits(random), random.choice(WHITES))
    return book.number


def unseen_cell(random: Random, book: Book) -> object:
    """A figure in the colour of its cell."""
    if random.random() < 0.5:
        book.style(font=f"<font>{random.choice(WHITES)}</font>")
    else:
        dark = '<fill><patternFill patternType="solid"><fgColor rgb="FF203040"/></patternFill></fill>'
        book.style(font='<font><color rgb="FF203040"/></font>', fill=dark)
    return None


def tiny_run(random: Random, book: Book) -> object:
    """Digits that nobody can read for their size."""
    at = random.randint(0, 1)
    tiny = (_digits(random), '<sz val="1"/><rFont val="宋体"/>')
    book.runs(*([tiny, (book.digits, FONT)] if at else [(book.digits, FONT), tiny]))
    return book.number


def small_digit(random: Random, book: Book) -> object:
    """A digit much smaller than the others."""
    book.runs((book.digits, FONT), (_digits(random)[:1], '<sz val="6"/><rFont val="宋体"/>'))
    return None


def pale_digit(random: Random, book: Book) -> object:
    """A digit that may be overlooked."""
    book.style(fill='<fill><patternFill patternType="none"/></fill>')
    pale = f'<color rgb="FF{random.choice(("E4E4E4", "DCDCDC", "FFFF00", "D9E8D9"))}"/>{FONT}'
    book.runs((book.digits, FONT), (_digits(random)[:1], pale))
    return None


def visible_runs(random: Random, book: Book) -> object:
    """Digits that look different, as they may."""
    before, behind = _split(random, book)
    fonts = [(before, random.choice(("", FONT))), (behind, random.choice(VISIBLE) + FONT)]
    book.runs(*[run for run in fonts if run[0]])
    return book.number


def unit_format(random: Random, book: Book) -> object:
    """A format that shows the same number."""
    book.style(code=random.choice(UNITS))
    return book.number


def other_format(random: Random, book: Book) -> object:
    """A format that shows another number."""
    if not book.number:
        return unit_format(random, book)
    book.style(code=random.choice(OTHERS))
    return None


def hiding_format(random: Random, book: Book) -> object:
    """A format that shows nothing."""
    book.style(code=random.choice(NOTHING))
    return None


def phonetic(random: Random, book: Book) -> object:
    """A phonetic guide above the figure."""
    book.runs((book.digits, ""), guide=random.choice(("5", "wǔ", "12")))
    return book.number


def invisible(random: Random, book: Book) -> object:
    """Signs among the digits that nobody sees."""
    before, behind = _split(random, book)
    book.text(
        random.choice(SIGNS) + before + random.choice(SIGNS) + behind + random.choice(("", "\n", "\u3000"))
    )
    return book.number


def broken(random: Random, book: Book) -> object:
    """A figure on two lines."""
    book.text(f"{book.digits}\n{_digits(random)}")
    return None


def hidden_place(random: Random, book: Book) -> object:
    """A hidden row or column, or one without height."""
    how = random.randrange(3)
    if how == 2:
        columns = book.sheet.find(main("cols"))
        number = 0
        for letter in book.column:
            number = number * 26 + ord(letter) - 64
        for column in columns:
            if int(column.get("min")) <= number <= int(column.get("max")):
                column.set("hidden", "1")
    else:
        row = book.cell.getparent()
        row.set(*(("hidden", "1") if how else ("ht", "0")))
    return book.number


def merged(random: Random, book: Book) -> object:
    """A cell that lies in a merged one, under the cell above it."""
    merges = book.sheet.find(main("mergeCells"))
    etree.SubElement(merges, main("mergeCell"), ref=f"{book.column}{book.row - 1}:{book.spot}")
    return None


def conditional(random: Random, book: Book) -> object:
    """A conditional format that conceals the figure, or does not, or perhaps."""
    white = f"<font>{random.choice(WHITES[:2])}</font>"
    change = random.choice((white, "<font><strike/></font>", '<numFmt numFmtId="301" formatCode=";;;"/>'))
    how = random.randrange(4)
    if how == 0:
        book.condition(
            f'<cfRule type="cellIs" operator="equal"><formula>{book.number}</formula></cfRule>', change
        )
        return None
    if how == 1:
        rule = f'<cfRule type="cellIs" operator="greaterThan"><formula>{book.number}</formula></cfRule>'
        book.condition(rule, change)
        return book.number
    if how == 2:
        book.condition('<cfRule type="expression"><formula>MOD(ROW(),2)=0</formula></cfRule>', change)
        return None
    red = '<font><color rgb="FFFF0000"/></font>'
    book.condition(f'<cfRule type="expression"><formula>{book.spot}&gt;0</formula></cfRule>', red)
    return book.number


def pictures(random: Random, book: Book) -> object:
    """A font that has pictures for digits."""
    name = random.choice(("Wingdings", "Webdings", "Wingdings 2"))
    book.style(font=f'<font><sz val="11"/><name val="{name}"/></font>')
    return None


def cached(random: Random, book: Book) -> object:
    """A formula of one's own, with what it gave as a number or a text."""
    for child in list(book.cell):
        book.cell.remove(child)
    book.cell.attrib.pop("t", None)
    if random.random() < 0.5:
        book.cell.set("t", "str")
    etree.SubElement(book.cell, main("f")).text = f"{book.number}+0"
    etree.SubElement(book.cell, main("v")).text = book.digits
    return book.number


def several(random: Random, book: Book) -> object:
    """Struck digits, unseen ones and a note mark at once."""
    book.runs(
        (_digits(random), f"<strike/>{FONT}"),
        (book.digits[:1], f"<b/>{FONT}"),
        (_digits(random), random.choice(WHITES) + FONT),
        *([(book.digits[1:], FONT)] if book.digits[1:] else []),
        (random.choice(MARKS), f'<vertAlign val="superscript"/>{FONT}'),
    )
    return book.number


def elsewhere(random: Random, book: Book) -> object:
    """The same in a package that is spelt otherwise: strict, in capitals, with backslashes."""
    right = random.choice((raised_mark, struck_run, visible_runs))(random, book)
    names = {"xl/styles.xml": "xl/Styles.XML"} if random.random() < 0.5 else {}
    content = book.content()
    parts = ooxml.parts_of(content)
    if random.random() < 0.5:
        strict = b"http://purl.oclc.org/ooxml/"
        for name in parts:
            for kind in (b"officeDocument", b"spreadsheetml", b"drawingml"):
                usual = b"http://schemas.openxmlformats.org/" + kind + b"/2006"
                parts[name] = parts[name].replace(usual, strict + kind)
    if random.random() < 0.3:
        names |= {
            name: name.replace("/", "\\") for name in parts if "worksheets/" in name and "_rels" not in name
        }
    book.content = lambda: ooxml.pack({names.get(name, name): part for name, part in parts.items()})  # type: ignore[method-assign]
    return right


RARE = 0.6  # the weight of what nobody could read for certain
CHANGES: tuple[tuple[Change, float], ...] = (
    (raised_mark, 6), (raised_digit, RARE), (plain_mark, 5), (struck_run, 6), (struck_cell, 2),
    (unseen_run, 6), (unseen_cell, 2), (tiny_run, 2), (small_digit, RARE), (pale_digit, RARE),
    (visible_runs, 5), (unit_format, 5), (other_format, RARE), (hiding_format, 2), (phonetic, 2),
    (invisible, 5), (broken, RARE), (hidden_place, 2), (merged, 2), (conditional, 2), (pictures, RARE),
    (cached, 2), (several, 5), (elsewhere, 3),
)  # fmt: skip


def mutations(random: Random, count: int) -> Iterator[Mutation]:
    """So many workbooks, of the kinds above by their weights."""
    bases = [_base(name) for name in BASES]
    changes, weights = zip(*CHANGES, strict=True)
    for _ in range(count):
        report, parts, cells = random.choice(bases)
        filled = [key for key in cells if report.figures[key].number]
        key = random.choice(filled if random.random() < MOSTLY else list(cells))
        [change] = random.choices(changes, weights)
        book = Book(parts, *cells[key], int(report.figures[key].amount))
        right = change(random, book)
        yield Mutation(book.content(), "变.xlsx", report, key, right, change.__name__)


def _base(name: str) -> tuple[Report, dict[str, bytes], dict[str, tuple[str, str]]]:
    """A report, its workbook with every formula of a figure made a number, and where its figures are."""
    content = (Path("data") / name).read_bytes()
    report = reading.read_content(content, name)
    parts = ooxml.parts_of(content)
    trees: dict[str, Any] = {}
    book: Any = etree.fromstring(parts["xl/workbook.xml"])
    relations: Any = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    links = {link.get("Id"): link.get("Target").removeprefix("/") for link in relations}
    named = {sheet.get("name"): links[sheet.get(f"{{{R}}}id")] for sheet in book.find(main("sheets"))}
    cells: dict[str, tuple[str, str]] = {}
    for key, figure in report.figures.items():
        if type(figure.number) is not int:
            continue
        part = named[figure.place.sheet]
        tree = trees.setdefault(part, etree.fromstring(parts[part]))
        cell = _cell(tree, figure.place.cell)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        etree.SubElement(cell, main("v")).text = str(figure.number)
        cells[key] = part, figure.place.cell
    return report, parts | {part: ooxml.serialize(tree) for part, tree in trees.items()}, cells

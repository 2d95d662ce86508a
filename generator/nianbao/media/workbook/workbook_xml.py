"""What a workbook says of itself before its cells: sheets in order, strings, formats that mean dates.

openpyxl reads the small parts. Of the styles it would build every font and border, which took
more time than all cells; of them only the number formats are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast
from xml.etree import ElementTree

from openpyxl.packaging.manifest import Manifest
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.packaging.workbook import WorkbookPackage
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_STYLE,
    ARC_WORKBOOK,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
    XLSM,
    XLSX,
    XLTM,
    XLTX,
)
from openpyxl.xml.functions import fromstring

EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})  # ECMA-376 18.8.30, zh-cn: built in, no codes
KINDS = (XLTM, XLTX, XLSM, XLSX)
STRING, TEXT = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}t"


class Formats(NamedTuple):
    """Which styles, by number, make a number a date or a length of time; and the first day."""

    dates: frozenset[int] = frozenset()
    durations: frozenset[int] = frozenset()
    epoch: datetime = CALENDAR_WINDOWS_1900


class Contents(NamedTuple):
    """All sheets' names, the worksheets among them with their parts, and what their cells refer to."""

    names: list[str]
    worksheets: list[tuple[str, bytes]]
    hidden: frozenset[str]  # names of sheets
    strings: list[str]
    formats: Formats


class _Archive(dict[str, bytes]):
    """The parts as openpyxl asks for them."""

    read = dict.__getitem__


def contents(parts: Mapping[str, bytes]) -> Contents:
    """Take in all but the cells; raise whatever a damaged part makes openpyxl stumble over."""
    manifest: Any = Manifest.from_tree(_tree(parts[ARC_CONTENT_TYPES]))
    strings = manifest.find(SHARED_STRINGS)
    workbook = _workbook(manifest)
    package: Any = WorkbookPackage.from_tree(_tree(parts[workbook]))
    listed = get_rels_path(workbook)  # type: ignore[no-untyped-call] # openpyxl's stubs leave it open
    links = get_dependents(cast(Any, _Archive(parts)), listed).to_dict()
    names, worksheets = [], []
    for sheet in package.sheets:
        if not sheet.id:
            continue
        link = links[sheet.id]
        if link.target in parts:
            names.append(sheet.name)
            if "chartsheet" not in link.Type:
                worksheets.append((sheet.name, parts[link.target]))
    table = parts[strings.PartName[1:]] if strings is not None else b"<sst/>"
    epoch = CALENDAR_MAC_1904 if package.properties.date1904 else CALENDAR_WINDOWS_1900
    return Contents(
        names,
        worksheets,
        frozenset(sheet.name for sheet in package.sheets if sheet.state != "visible"),
        [text_of(string) for string in ElementTree.fromstring(table).iter(STRING)],
        _formats(parts[ARC_STYLE], epoch) if ARC_STYLE in parts else Formats(epoch=epoch),
    )


def _workbook(manifest: Any) -> str:
    """The name of the part that lists the sheets."""
    for kind in KINDS:
        if (part := manifest.find(kind)) is not None:
            return str(part.PartName[1:])
    if not {default.ContentType for default in manifest.Default}.isdisjoint(KINDS):
        return ARC_WORKBOOK  # some programs say it of all XML
    raise OSError("no part is a workbook")


def text_of(string: ElementTree.Element) -> str:
    """The text of a string, without its fonts and its phonetic guide."""
    if len(string) == 1 and string[0].tag == TEXT:  # nearly all of them
        return string[0].text or ""
    plain, runs = "", ""
    for child in string:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            plain = child.text or ""
        elif name == "r":
            texts = [piece.text or "" for piece in child if piece.tag.rpartition("}")[2] == "t"]
            runs += "".join(texts[-1:])
    return plain + runs


def _formats(part: bytes, epoch: datetime) -> Formats:
    root = _tree(part)
    codes: dict[int, str | None] = {
        int(code.attrib["numFmtId"]): code.attrib["formatCode"]
        for code in root.iterfind("{*}numFmts/{*}numFmt")
    }
    styles = [int(style.get("numFmtId", "0")) for style in root.iterfind("{*}cellXfs/{*}xf")]
    for number in set(styles) - set(codes):
        codes[number] = builtin_format_code(number)
    unnamed = {number for number, code in codes.items() if code is None}
    dates = {number for number in codes if is_date_format(codes[number])} | (unnamed & EAST_ASIAN_DATES)
    durations = {number for number in codes if is_timedelta_format(codes[number])}
    return Formats(
        frozenset(index for index, number in enumerate(styles) if number in dates),
        frozenset(index for index, number in enumerate(styles) if number in durations),
        epoch,
    )


def _tree(part: bytes) -> Any:
    return fromstring(part)

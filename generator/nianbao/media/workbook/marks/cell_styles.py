"""How the sheet of findings looks: its styles, added to those of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from nianbao.media.workbook.marks.styles import Styles, solid
from nianbao.media.workbook.styles import FONT

COLOURS = {"error": "F88888", "warning": "F8C850", "notice": "A8D0F0", "settled": "C0C0C0"}
_SIDE = '<{0} style="thin"><color rgb="FF808080"/></{0}>'
_SIDES = "".join(_SIDE.format(side) for side in ("left", "right", "top", "bottom"))
_EDGES = f"<border>{_SIDES}<diagonal/></border>"
_BARE = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_WRAP = '<alignment horizontal="left" vertical="top" wrapText="1"/>'
_MIDDLE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
_AT_TOP = '<alignment horizontal="center" vertical="top" wrapText="1"/>'
_TEXT_FORMAT = 49  # @, so that a spreadsheet does not take 1-2 for a date


class Dress(NamedTuple):
    """The numbers of the styles, by what they dress."""

    title: int
    hint: int
    head: int
    text: int
    link: int
    entry: int
    closed: int
    colours: Mapping[str, int]


def dress(styles: Styles) -> Dress:
    """Add what the sheet of findings needs."""

    def font(
        name: str, size: float, *, bold: bool = False, colour: str = "000000", line: bool = False
    ) -> int:
        said = (
            f'{"<b/>" * bold}{"<u/>" * line}<sz val="{size}"/><color rgb="FF{colour}"/><name val="{name}"/>'
        )
        return styles.add("fonts", f'<font>{said}<family val="3"/><charset val="134"/></font>')

    def look(font: int, fill: str, border: str, align: str, *, locked: bool = True, number: int = 0) -> int:
        fill_id, border_id = styles.add("fills", fill), styles.add("borders", border)
        inside = align if locked else f'{align}<protection locked="0"/>'
        applied = "".join(
            f' apply{what}="1"' for what in ("Font", "Fill", "Border", "Alignment", "Protection")
        )
        return styles.add(
            "cellXfs",
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill_id}" borderId="{border_id}" xfId="0"'
            f' applyNumberFormat="1"{applied}>{inside}</xf>',
        )

    plain, bold = font(FONT, 10.5), font(FONT, 10.5, bold=True)
    return Dress(
        title=look(font("黑体", 16), _NO_FILL, _BARE, '<alignment vertical="center"/>'),
        hint=look(font(FONT, 10, colour="595959"), _NO_FILL, _BARE, _WRAP),
        head=look(bold, solid("F2F2F2"), _EDGES, _MIDDLE),
        text=look(plain, _NO_FILL, _EDGES, _WRAP),
        link=look(font(FONT, 10.5, colour="0563C1", line=True), _NO_FILL, _EDGES, _WRAP),
        entry=look(plain, solid("FFF9DB"), _EDGES, _WRAP, locked=False, number=_TEXT_FORMAT),
        closed=look(plain, solid("D9D9D9"), _EDGES, _WRAP),
        colours={word: look(bold, solid(colour), _EDGES, _AT_TOP) for word, colour in COLOURS.items()},
    )

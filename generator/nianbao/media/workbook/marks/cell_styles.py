"""How the sheet of findings looks: its styles, added to those of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from nianbao.media.workbook.marks.highlights import COLOURS
from nianbao.media.workbook.marks.stylesheet import Stylesheet
from nianbao.media.workbook.styles import FONT

_SIDE = '<{0} style="thin"><color rgb="FF808080"/></{0}>'
_SIDES = "".join(_SIDE.format(side) for side in ("left", "right", "top", "bottom"))
_EDGES = f"<border>{_SIDES}<diagonal/></border>"
_BARE = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_FILL = '<fill><patternFill patternType="solid"><fgColor rgb="FF{}"/></patternFill></fill>'
_WRAP = '<alignment horizontal="left" vertical="top" wrapText="1"/>'
_MIDDLE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
_AT_TOP = '<alignment horizontal="center" vertical="top" wrapText="1"/>'
_TEXT_FORMAT = 49  # @, so that a spreadsheet does not take 1-2 for a date
_APPLIED = "".join(
    f' apply{part}="1"' for part in ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection")
)


class CellStyles(NamedTuple):
    """The numbers of the styles, by what they are for."""

    title: int
    hint: int
    head: int
    text: int
    link: int
    entry: int
    closed: int
    colours: Mapping[str, int]


def add(stylesheet: Stylesheet) -> CellStyles:
    """Add what the sheet of findings needs."""

    def font(name: str, size: float, *, marks: str = "", colour: str = "000000") -> int:
        face = f'<sz val="{size}"/><color rgb="FF{colour}"/><name val="{name}"/>'
        return stylesheet.add("fonts", f'<font>{marks}{face}<family val="3"/><charset val="134"/></font>')

    def style(font: int, fill: str, border: str, inside: str, number: int = 0) -> int:
        fill_id, border_id = stylesheet.add("fills", fill), stylesheet.add("borders", border)
        return stylesheet.add(
            "cellXfs",
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill_id}" borderId="{border_id}" xfId="0"'
            f"{_APPLIED}>{inside}</xf>",
        )

    plain, bold = font(FONT, 10.5), font(FONT, 10.5, marks="<b/>")
    link = font(FONT, 10.5, marks="<u/>", colour="0563C1")
    return CellStyles(
        title=style(font("黑体", 16), _NO_FILL, _BARE, '<alignment vertical="center"/>'),
        hint=style(font(FONT, 10, colour="595959"), _NO_FILL, _BARE, _WRAP),
        head=style(bold, _FILL.format("F2F2F2"), _EDGES, _MIDDLE),
        text=style(plain, _NO_FILL, _EDGES, _WRAP),
        link=style(link, _NO_FILL, _EDGES, _WRAP),
        entry=style(plain, _FILL.format("FFF9DB"), _EDGES, f'{_WRAP}<protection locked="0"/>', _TEXT_FORMAT),
        closed=style(plain, _FILL.format("D9D9D9"), _EDGES, _WRAP),
        colours={
            name: style(bold, _FILL.format(colour), _EDGES, _AT_TOP) for name, colour in COLOURS.items()
        },
    )

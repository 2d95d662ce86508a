"""How the sheet of findings looks: its styles, added to those of the workbook."""

from __future__ import annotations

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


def _font(name: str, size: float, marks: str = "", colour: str = "000000") -> str:
    face = f'<sz val="{size}"/><color rgb="FF{colour}"/><name val="{name}"/>'
    return f'<font>{marks}{face}<family val="3"/><charset val="134"/></font>'


_PLAIN, _BOLD = _font(FONT, 10.5), _font(FONT, 10.5, "<b/>")
_STYLES = {  # font, fill, border, alignment and protection
    "title": (_font("黑体", 16), _NO_FILL, _BARE, '<alignment vertical="center"/>'),
    "hint": (_font(FONT, 10, colour="595959"), _NO_FILL, _BARE, _WRAP),
    "head": (_BOLD, _FILL.format("F2F2F2"), _EDGES, _MIDDLE),
    "text": (_PLAIN, _NO_FILL, _EDGES, _WRAP),
    "link": (_font(FONT, 10.5, "<u/>", "0563C1"), _NO_FILL, _EDGES, _WRAP),
    "entry": (_PLAIN, _FILL.format("FFF9DB"), _EDGES, f'{_WRAP}<protection locked="0"/>'),
    "closed": (_PLAIN, _FILL.format("D9D9D9"), _EDGES, _WRAP),
    **{name: (_BOLD, _FILL.format(colour), _EDGES, _AT_TOP) for name, colour in COLOURS.items()},
}


def add(stylesheet: Stylesheet) -> dict[str, int]:
    """Add what the sheet of findings needs; return the styles' numbers, by what they are for."""
    numbers = {}
    for name, (font, fill, border, inside) in _STYLES.items():
        parts = {"fontId": ("fonts", font), "fillId": ("fills", fill), "borderId": ("borders", border)}
        ids = "".join(f' {key}="{stylesheet.add(*part)}"' for key, part in parts.items())
        number = _TEXT_FORMAT if name == "entry" else 0
        xml = f'<xf numFmtId="{number}"{ids} xfId="0"{_APPLIED}>{inside}</xf>'
        numbers[name] = stylesheet.add("cellXfs", xml)
    return numbers

"""Say what of a workbook is not seen, and what was left out of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nianbao.media.workbook import printed
from nianbao.media.workbook.find_keys import Found, Keyed
from nianbao.media.workbook.printed import Printed
from nianbao.report import CHOICES, Place, Problem, Value, rule
from nianbao.report.catalogue import Rule
from nianbao.report.groups import grouped
from nianbao.report.invisible import SIGN
from nianbao.report.left_out import LeftOut, tell
from nianbao.report.problem import quote

_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)"
)
_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*")


class Omissions:
    """Reads the texts of cells, and gathers what is to be told of it once all is read."""

    def __init__(self) -> None:
        """Begin with nothing left out."""
        self._left_out: list[LeftOut] = []
        self._signs: list[tuple[str, Place]] = []
        self._errors: list[Problem] = []

    def note(self, outcome: Printed, place: Place) -> None:
        """Keep what was left out of a cell."""
        if outcome.left_out:
            self._left_out += [LeftOut(reason, text, place) for reason, text in outcome.left_out]

    def text(self, keyed: Keyed, key: str = "") -> Value:
        """The text of a cell; a particular, which has a key, is one line."""
        value = keyed.cell.value
        if keyed.appearance is not None:
            outcome = printed.text(keyed.cell, keyed.appearance)
            self.note(outcome, keyed.place)
            value = outcome.value
        if isinstance(value, bool) and key not in CHOICES:
            return self._error(f"逻辑值 {str(value).upper()}", keyed.place)
        if not isinstance(value, str):
            return Value(value, keyed.place)
        if "#" in value and (wrong := _ERROR.search(value)):
            return self._error(f"错误值 {wrong[0]}", keyed.place)
        if not value.isprintable() and (signs := SIGN.findall(value)):
            self._signs += [(sign, keyed.place) for sign in signs]
            value = SIGN.sub("", value)
        return Value(_one_line(value) if key else str(value), keyed.place)

    def problems(self) -> list[Problem]:
        """What was left out, and which cells have values that are no text."""
        return [*self._errors, *tell(self._left_out), *self._of_signs()]

    def _error(self, what: str, place: Place) -> Value:
        mend = "请改正公式，或者直接填写文字"
        self._errors.append(rule("error-value").broken(f"这一格是{what}，不是文字", mend, (place,)))
        return Value(None, place)

    def _of_signs(self) -> Iterator[Problem]:
        for _, found in grouped(self._signs, lambda sign: sign[1].within).items():
            codes = "、".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign, _ in found))
            what = f"文字里有看不见的字符 {codes}，已略去"
            places = dict.fromkeys(place for _, place in found)
            yield rule("invisible-sign").broken(what, "请核对；重新输入这几格的文字，就不再提示", places)


def _one_line(text: str) -> str:
    """A name that was broken into lines to fit its cell."""
    return _BREAKS.sub(lambda match: " " if _between_letters(match) else "", text.strip())


def _between_letters(match: re.Match[str]) -> bool:
    before, after = (
        match.string[match.start() - 1 : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    return before.isascii() and after.isascii()


def hidden(scanned: Found) -> Iterator[Problem]:
    """Cells of the report that are read though nobody sees them as they are, each sheet as one problem."""
    mend = "不属于报告的，请删去内容；属于报告的，请取消隐藏"
    yield from _told(scanned.hidden, rule("hidden-cells"), "在隐藏的行、列或表里，照样读入", mend)
    mend = "请移开图形后核对"
    yield from _told(scanned.covered, rule("covered-cells"), "被图形、文本框或者控件盖住，照样读入", mend)
    mend = "请在“选项”里勾选“在具有零值的单元格中显示零”，再核对"
    yield from _told(scanned.nought, rule("hidden-noughts"), "是 0，这张表不显示零值，按 0 读入", mend)


def _told(cells: Sequence[Keyed], violated: Rule, what: str, mend: str) -> Iterable[Problem]:
    for _, found in grouped(cells, lambda keyed: keyed.place.within).items():
        words = [quote(str(keyed.cell.value)) for keyed in found]
        quoted = f"“{words[0]}”" + (f"等 {len(words)} 格" if len(words) > 1 else "")
        yield violated.broken(f"{quoted}{what}", mend, [keyed.place for keyed in found], words)

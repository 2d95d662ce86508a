"""The sum of parts, and what is told where it is not the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.quantity import Quantity
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

LEAVES_OUT = regex("等(?![级次])|主要|居多|为主(?!动)|重点|集中|不含|除外|较多|最多")  # there are other parts


def added(quantities: Sequence[Quantity]) -> Decimal:
    """What the quantities come to."""
    return sum((one.value for one in quantities), start=Decimal(0))


def exact(*quantities: Quantity) -> bool:
    """Whether each is said exactly, and of one thing."""
    return all(not one.rough and not one.distributed for one in quantities)


def slipped(parts: Sequence[Quantity], whole: Decimal) -> bool:
    """Whether one slip in one number keeps the parts from being the whole.

    A slip is two digits changed about, and in a list of three or more also one digit.

    Few parts that leave others out come so near to it by chance.
    """
    if any(added(parts[place + 1 :]) == one.value for place, one in enumerate(parts[:-2])):
        return False  # what stands behind it are its own parts
    short = whole - added(parts)
    pairs = ((whole, whole - short), *((one.value, one.value + short) for one in parts))
    return any(right > 0 and written_alike(number, right, len(parts) > 2) for number, right in pairs)


def written_alike(one: Decimal, other: Decimal, digit: bool) -> bool:
    """Whether one is the other with two neighbouring digits changed about, or with another `digit`."""
    first, second = plain(tidy(one)), plain(tidy(other))
    apart = [place for place in range(min(len(first), len(second))) if first[place] != second[place]]
    if len(first) != len(second) or len(first) < 2 or not apart:
        return False
    left, right = apart[0], apart[-1]
    about = len(apart) == 2 and right == left + 1 and first[left : right + 1] == second[right] + second[left]
    return about or (digit and len(apart) == 1)


def not_whole(
    sentence: Sentence,
    first: Quantity,
    parts: Sequence[Quantity],
    whole: Decimal,
    last: Quantity | None = None,
) -> Problem:
    """The list with its sum computed again; `last` where the whole stands behind its parts."""
    scale = 10_000 if parts[0].unit == "元" and any(part.value >= 10_000 for part in parts) else 1
    values = [plain(tidy(part.value / scale)) for part in parts]
    together = plain(tidy(added(parts) / scale))
    total = plain(tidy(whole / scale))
    piece = sentence.text[first.start : (last or parts[-1]).end]
    sums = together if len(values) == 1 else f"{'+'.join(values)}={together}"
    about = (sentence.text, total, *values)
    if added(parts) > whole:
        what = f"文中“{quote(piece)}”：各部分之和 {sums}，大于总数 {total}"
        return rule("parts-exceed").broken(what, "请核对总数和各部分", (sentence.place,), about)
    what = f"文中“{quote(piece)}”：各部分之和 {sums}，少于总数 {total}"
    mend = "请核对有没有漏写；没有列全的，写明“等”"
    return rule("parts-short").broken(what, mend, (sentence.place,), about)

"""What the templates of the office write in Python: rows by the thousand, and words with numbers in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from nianbao.report.submission import State
from nianbao.web.office.rows import Asked, Row
from nianbao.web.words import catalogue, moment

register = template.Library()
COLOURS = {  # of states, by the name of a class
    State.ABSENT: "none", State.FILLING: "under-way", State.UNSIGNED: "under-way", State.SUBMITTED: "new",
    State.IN_REVIEW: "new", State.RETURNED: "back", State.ACCEPTED: "good", State.SUMMED: "good",
    State.PUBLISHED: "good", State.ARCHIVED: "good",
}  # fmt: skip


@register.filter
def colour(state: str) -> str:
    """The class of a state."""
    return COLOURS[State(state)]


@register.simple_tag
def lines(rows: Sequence[Row], pickable: object) -> SafeString:
    """The rows of the board: a template takes twenty times as long."""
    words = catalogue()["board"]
    address = reverse("submission", args=(0,)).removesuffix("0")
    return mark_safe("\n".join(_line(row, words, address, bool(pickable)) for row in rows))


@register.simple_tag
def counted(rows: Sequence[Row], every: int) -> str:
    """How many are shown."""
    return str(catalogue()["board"]["count"].format(count=len(rows), every=every))


@register.simple_tag
def all_shown(rows: Sequence[Row]) -> str:
    """The choice of all that are shown."""
    return str(catalogue()["board"]["pick_shown"].format(count=len(rows)))


@register.simple_tag
def empty(asked: Asked) -> str:
    """That nobody is to report."""
    return str(catalogue()["board"]["empty"].format(year=asked.year))


@register.simple_tag
def roster_order(asked: Asked) -> str:
    """The address of the same rows in the order of the roster."""
    return asked.query(sort="")


@register.simple_tag
def filled(text: str, **words: object) -> str:
    """A text of the catalogue with what belongs in it."""
    return text.format(**words)


@register.simple_tag
def due(days: int, undone: bool) -> str:  # as templates call it
    """How many days are left until a report is due, or by how many it is late; "" where it came in time."""
    return _due(days, undone=undone)


def _line(row: Row, words: dict[str, str], address: str, pickable: bool) -> str:
    organ = escape(row.organ)
    pick = words["pick"].format(organ=organ)
    box = f'<td class="pick"><input type="checkbox" name="pick" value="{row.pk}" aria-label="{pick}"></td>'
    when = _due(row.days, undone=row.undone)
    late = f" <{_tag(row.late)}>{when}</{_tag(row.late)}>" if when else ""
    counts = "—" if not row.begun else _counts(row.errors, row.warnings)
    done = f"{moment(row.changed)} {escape(row.done)}<small> {escape(row.who)}</small>" if row.done else "—"
    return (
        f"<tr>{box if pickable else ''}"
        f'<th scope="row" class="organ"><a href="{address}{row.pk}">{organ}</a></th>'
        f'<td class="reporter">{escape(row.reporter)}</td><td class="superior">{escape(row.superior)}</td>'
        f'<td class="state"><span class="tag {COLOURS[row.state]}">{row.state}</span></td>'
        f'<td class="due">{row.due.month}月{row.due.day}日{late}</td>'
        f'<td class="errors">{counts}</td>'
        f'<td class="number">{words["times"].format(number=row.number) if row.number else "—"}</td>'
        f'<td class="changed">{done}</td></tr>'
    )


def _tag(late: bool) -> str:
    return "strong" if late else "small"


def _due(days: int, *, undone: bool) -> str:
    words = catalogue()["board"]
    if undone:
        return str(words["late_days" if days < 0 else "left" if days else "today"].format(days=abs(days)))
    return str(words["after"].format(days=-days)) if days < 0 else ""


@cache
def _counts(errors: int, warnings: int) -> str:
    errors_ = f'<b class="bad">{errors}</b>' if errors else "0"
    warnings_ = f'<b class="doubt">{warnings}</b>' if warnings else "0"
    return f"{errors_}／{warnings_}"

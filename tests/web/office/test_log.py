"""The log's chain: whatever is done to its lines beside the program is found."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.office.conftest import Office


def lines(count: int) -> None:
    from nianbao.web.office import events

    for number in range(count):
        events.record(events.Who("张三", "10.0.0.7"), "remark", text=f"第 {number} 条“意见”")


def test_an_untouched_log_has_no_flaw(office: Office) -> None:
    from nianbao.web.office import events

    assert list(events.flaws()) == []
    lines(5)
    assert list(events.flaws()) == []


def _change(field: str, value: object) -> Callable[[], object]:
    def spoil() -> object:
        from nianbao.web.office.models import Event

        return Event.objects.filter(pk=3).update(**{field: value})

    return spoil


def _leave_out(first: int, last: int) -> Callable[[], object]:
    def spoil() -> object:
        from nianbao.web.office.models import Event

        return Event.objects.filter(pk__range=(first, last)).delete()

    return spoil


def _add(proper: bool) -> Callable[[], object]:
    """A line put behind the last, beside the program; a proper one has a digest that is right."""

    def spoil() -> object:
        from nianbao.web.office import events
        from nianbao.web.office.models import Event

        last = Event.objects.get(pk=5)
        added = Event(id=6, at=last.at, who="李四", what="accept", before=last.digest, digest="f" * 64)
        if proper:
            added.digest = events.digest(added)
        added.save(force_insert=True)
        return added

    return spoil


SPOILS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "who": (_change("who", "李四"), ["第 3 行被改过"]),
    "what": (_change("what", "accept"), ["第 3 行被改过"]),
    "at": (_change("at", "2026-01-01T00:00:00+00:00"), ["第 3 行被改过"]),
    "address": (_change("address", ""), ["第 3 行被改过"]),
    "detail": (_change("detail", "{}"), ["第 3 行被改过"]),
    "digest": (_change("digest", "0" * 64), ["第 3 行被改过", "第 4 行与前一行接不上"]),
    "before": (_change("before", "0" * 64), ["第 3 行与前一行接不上", "第 3 行被改过"]),
    "one left out": (_leave_out(3, 3), ["第 3 行到第 3 行不见了", "第 4 行与前一行接不上"]),
    "first left out": (_leave_out(1, 2), ["第 1 行到第 2 行不见了", "第 3 行与前一行接不上"]),
    "last left out": (_leave_out(4, 5), ["日志应到第 5 行，现在到第 3 行，末尾对不上"]),
    "all left out": (_leave_out(1, 5), ["日志应到第 5 行，现在到第 0 行，末尾对不上"]),
    "added": (_add(False), ["第 6 行被改过", "日志应到第 5 行，现在到第 6 行，末尾对不上"]),
    "added properly": (_add(True), ["日志应到第 5 行，现在到第 6 行，末尾对不上"]),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_log_is_told(office: Office, spoil: str) -> None:
    from nianbao.web.office import events

    lines(5)
    do, flaws = SPOILS[spoil]
    do()
    assert list(events.flaws()) == flaws


def test_a_log_without_its_head_is_told(office: Office) -> None:
    from nianbao.web.office import events
    from nianbao.web.office.models import Head

    lines(2)
    Head.objects.all().delete()
    assert list(events.flaws()) == ["日志应到第 0 行，现在到第 2 行，末尾对不上"]


def test_lines_written_at_once_make_one_chain(office: Office) -> None:
    from django.db import connection
    from nianbao.web.office import events
    from nianbao.web.office.models import Event

    def write(_: int) -> None:
        lines(10)
        connection.close()

    with ThreadPoolExecutor(8) as crew:
        list(crew.map(write, range(8)))
    assert (Event.objects.count(), list(events.flaws())) == (80, [])


def test_what_was_not_done_leaves_no_line(office: Office) -> None:
    from django.db import transaction
    from nianbao.web.office import events
    from nianbao.web.office.models import Event

    lines(1)
    with transaction.atomic():
        events.record(events.Who("张三"), "accept")
        transaction.set_rollback(True)
    lines(1)
    assert ([event.id for event in Event.objects.all()], list(events.flaws())) == ([1, 2], [])

"""The log: lines that are only ever added, each with the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from nianbao.web.office.models import Event, Head, Submission

FIRST = "0" * 64  # before the first line
STEP = 2000  # lines that are read at a time


class Who(NamedTuple):
    """Who did something, and from which address of the network; "" where the program did it itself."""

    name: str
    address: str = ""


def record(who: Who, what: str, submission: Submission | None = None, **detail: object) -> Event:
    """Add a line. Belongs into the transaction of what it tells, which it makes wait for others' lines."""
    with transaction.atomic(savepoint=False):
        head = Head.objects.select_for_update().filter(pk=1).first() or _first()
        event = Event(
            id=head.number + 1,
            at=timezone.now().isoformat(),
            who=who.name,
            address=who.address,
            what=what,
            submission=submission,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else "",
            before=head.digest,
        )
        event.digest = digest(event)
        event.save(force_insert=True)
        head.number, head.digest = event.id, event.digest
        head.save()
    return event


def _first() -> Head:
    """The row before the first line, held; another may put it down in this moment."""
    Head.objects.get_or_create(pk=1, defaults={"digest": FIRST})
    return Head.objects.select_for_update().get(pk=1)


def digest(event: Event) -> str:
    """The digest of a line: of all that it says and of the line before."""
    fields = [
        event.id,
        event.at,
        event.who,
        event.address,
        event.what,
        event.submission_id,
        event.detail,
        event.before,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def flaws() -> Iterator[str]:
    """What is wrong with the log, in words: lines changed, left out or added, or cut off its end."""
    before, number = FIRST, 0
    for event in Event.objects.order_by("id").iterator(STEP):
        number += 1
        if event.id != number:
            yield f"第 {number} 行到第 {event.id - 1} 行不见了"
            number = event.id
        if event.before != before:
            yield f"第 {event.id} 行与前一行接不上"
        if event.digest != digest(event):
            yield f"第 {event.id} 行被改过"
        before = event.digest
    head = Head.objects.filter(pk=1).first()
    if (head.number, head.digest) != (number, before) if head else number:
        yield f"日志应到第 {head.number if head else 0} 行，现在到第 {number} 行，末尾对不上"

"""Notes to organs: reminders of what is due, and what has to be mended in what was sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from nianbao.web.words import catalogue


@dataclass(frozen=True)
class Note:
    """A note to one organ: its heading, whom it is to, and its paragraphs."""

    organ: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The note as it is sent by mail."""
        return "\n".join((self.title, "", f"{self.organ}：", *self.paragraphs))


def reminder(organ: str, year: int, due: date, office: str) -> Note:
    """What an organ is told that has not reported."""
    words = catalogue()["notes"]
    today = timezone.localdate()
    days = (due - today).days
    when = words["late"].format(days=-days) if days < 0 else words["left"].format(days=days)
    body = words["remind"].format(year=year, due=_day(due), when=when)
    return Note(organ, words["remind_title"].format(year=year), (body, *_signed(office, today)))


def sent_back(organ: str, year: int, number: int, remarks: Iterable[tuple[str, str]], office: str) -> Note:
    """What an organ is told whose report was sent back: remarks with their spots, "" for the whole."""
    words = catalogue()["notes"]
    listed = [
        f"{count}. {f'{spot}：' if spot else ''}{text}" for count, (spot, text) in enumerate(remarks, 1)
    ]
    body = words["returned"].format(year=year, number=number)
    end = words["returned_end"]
    return Note(organ, words["returned_title"].format(year=year), (body, *listed, end, *_signed(office)))


def text(notes: Sequence[Note]) -> str:
    """Several notes in one file, one below the other."""
    return f"\n\n{'—' * 20}\n\n".join(note.text for note in notes) + "\n"


def _signed(office: str, today: date | None = None) -> tuple[str, ...]:
    return tuple(filter(None, (office, _day(today or timezone.localdate()))))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

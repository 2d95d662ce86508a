"""The documents that a report rests on: what they are called, and which number is theirs in which year."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nianbao.mandate.entry import Entry
from nianbao.mandate.load import editions, load

FILE = Path(__file__).with_name("documents.toml")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a document, and the report years for which it is the one in force."""

    text: str
    first_year: int | None
    last_year: int | None

    def covers(self, year: int) -> bool:
        """Whether a report of `year` rests on the document under this number."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its `title` and other `names`, its numbers oldest first, how its issuer's begin.

    `cited` finds in a sentence without titles that it is meant; `slack` is how many characters a
    title may differ by and still be this one; `articles` is the number of the last article, and
    `reporting` are those on the yearly report, both blank where the document has none.
    """

    title: str
    names: tuple[str, ...]
    issuer: str
    cited: re.Pattern[str]
    slack: int
    numbers: tuple[Number, ...]
    articles: int
    reporting: tuple[int, ...]

    def number(self, year: int) -> str:
        """The number in force for a report year; blank before there was one."""
        return next((number.text for number in self.numbers if number.covers(year)), "")


@cache
def documents() -> tuple[Document, ...]:
    """Every document that a report may be held to; MandateError where the file is not what it must be."""
    top = Entry(FILE.name, "", tomllib.loads(FILE.read_text(encoding="utf-8")))
    known = tuple(map(_document, top.entries("documents")))
    top.close()
    return known


def _document(entry: Entry) -> Document:
    articles = entry.entry("articles") if "articles" in entry else None
    document = Document(
        title=entry.text("title"),
        names=entry.texts("names"),
        issuer=entry.text("issuer"),
        cited=re.compile(entry.text("cited")),
        slack=entry.number("slack"),
        numbers=tuple(map(_number, entry.entries("numbers"))) if "numbers" in entry else _decrees(),
        articles=articles.number("last") if articles else 0,
        reporting=articles.numbers("report") if articles else (),
    )
    if articles:
        articles.close()
    entry.close()
    return document


def _decrees() -> tuple[Number, ...]:
    every = (load(key).edition for key in editions())
    return tuple(Number(edition.decree, edition.first_year, edition.last_year) for edition in every)


def _number(entry: Entry) -> Number:
    number = Number(
        text=entry.text("number"),
        first_year=entry.number("first_year") if "first_year" in entry else None,
        last_year=entry.number("last_year") if "last_year" in entry else None,
    )
    entry.close()
    return number

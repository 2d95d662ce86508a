"""The pages of a PDF that we have made, as pictures, and where a text stands on them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

import pypdfium2

SCALE = 1.5  # dots to a point: 893 × 1263 for A4
_one_at_a_time = Lock()  # pdfium knows no threads


class Spot(NamedTuple):
    """Where a text begins: the page from 1, and its place from the top left as parts of the page's size."""

    page: int
    left: float
    top: float


def count_pages(pdf: bytes) -> int:
    """How many pages there are."""
    with _opened(pdf) as document:
        return len(document)


def draw_page(pdf: bytes, number: int, scale: float = SCALE) -> bytes:
    """One page as PNG; `number` counts from 1. Raises IndexError where there is no such page."""
    with _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        picture = document[number - 1].render(scale=scale).to_pil()
        stream = io.BytesIO()
        picture.save(stream, "PNG", compress_level=1)
        return stream.getvalue()


def find(pdf: bytes, texts: Sequence[str]) -> list[Spot | None]:
    """Where each text begins, those that follow one another being sought from where the last was found.

    None for a text that stands nowhere behind it.
    """
    with _opened(pdf) as document:
        pages = [_letters(document[number]) for number in range(len(document))]
        found: list[Spot | None] = []
        page, start = 0, 0
        for text in texts:
            wanted = "".join(text.split())
            spot = _seek(pages, wanted, page, start) if wanted else None
            if spot is None:
                found.append(None)
                continue
            page, start = spot
            left, top = _place(document[page], pages[page][1][start])
            found.append(Spot(page + 1, left, top))
            start += 1
        return found


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _letters(page: pypdfium2.PdfPage) -> tuple[str, list[int]]:
    """The letters of a page without white space, and the number of each among all."""
    text = page.get_textpage().get_text_range()
    numbers = [number for number, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[number] for number in numbers), numbers


def _seek(pages: Sequence[tuple[str, list[int]]], text: str, page: int, start: int) -> tuple[int, int] | None:
    for number in range(page, len(pages)):
        letters = pages[number][0]
        at = letters.find(text, start if number == page else 0)
        if at < 0:  # cut by the page's end
            at = _begun(letters, text, start if number == page else 0)
        if at >= 0:
            return number, at
    return None


def _begun(letters: str, text: str, start: int) -> int:
    """Where a text begins that goes on on the next page; -1 where it does not."""
    for length in range(min(len(text) - 1, len(letters) - start), 5, -1):
        if letters.endswith(text[:length]):
            return len(letters) - length
    return -1


def _place(page: pypdfium2.PdfPage, letter: int) -> tuple[float, float]:
    left, _, _, top = page.get_textpage().get_charbox(letter)
    width, height = page.get_size()
    return left / width, 1 - top / height

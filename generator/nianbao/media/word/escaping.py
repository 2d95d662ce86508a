"""A value as it stands in XML, where it is a text like almost every other."""

from __future__ import annotations

import re

from markupsafe import escape

MOST = 10_000  # figures remembered; a report has 200, most of them small numbers
_SPECIAL = b"&<>\"'"
# The characters of XML but tab and line breaks, which become elements of Word's.
_PLAIN = re.compile("[\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


class Unusual(Exception):  # noqa: N818 - says what it is, and is always caught
    """Something that the short ways are not made for; the long ways know what to do."""


def escaped(text: str) -> bytes:
    """A text as Jinja prints it into XML; raise Unusual for one with breaks or with what XML cannot hold."""
    if type(text) is not str or not (text.isprintable() or _PLAIN.fullmatch(text)):
        raise Unusual
    written = text.encode()
    if len(written.translate(None, _SPECIAL)) == len(written):  # nearly always, and asked in no time
        return written
    return escape(text).encode()


class _Figures(dict[str, bytes]):
    """Figures as they stand in XML: the same few texts, again and again."""

    def __missing__(self, text: str) -> bytes:
        if len(self) >= MOST:
            self.clear()
        self[text] = found = escaped(text)
        return found


FIGURES = _Figures()

"""What the statutory tables print, to know a table by that has no rules."""

from __future__ import annotations

from collections.abc import Collection

from nianbao.mandate import editions, load
from nianbao.report.published.form_table import Printed, nearest
from nianbao.report.published.label_matching import bare
from nianbao.report.published.sections import heading_like
from nianbao.report.published.table_rows import LIKE

SHORTEST = 4  # characters that are known as a part of a label


class Forms:
    """What the tables of all editions print, but for those `read` already from their rules."""

    def __init__(self, read: Collection[str]) -> None:
        mandates = [load(edition) for edition in editions()]
        self.forms = [
            Printed(table) for one in mandates for key, table in one.tables.items() if key not in read
        ]
        self.labels = frozenset(text for form in self.forms for text in form.labels)
        self.sections = [section for one in mandates for section in one.sections]
        whole = {bare(text) for text in (*self.labels, *(one.heading for one in self.sections))}
        self._whole = frozenset(text for text in whole if text)

    def is_label(self, text: str) -> bool:
        """Whether a text is one that the tables print, or like it, or what a page's end leaves of it."""
        plain = bare(text)
        part = len(plain) >= SHORTEST and any(plain in label for label in self._whole)
        return bool(plain) and (part or nearest(text, self.labels) >= LIKE)

    def ends(self, text: str, following: str) -> bool:
        """Whether a text is a label or a heading that does not go on with the character that follows."""
        return text in self._whole and not self.begins(text + following)

    def begins(self, text: str) -> bool:
        """Whether a label or a heading begins so."""
        return any(one.startswith(text) for one in self._whole)

    def is_heading(self, text: str) -> bool:
        """Whether a text is a section's heading, rather than a label that begins with a number too."""
        like = max(heading_like(text, section) for section in self.sections)
        return like > 0 and like > nearest(text, self.labels)

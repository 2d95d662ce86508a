"""What the statutory tables print, to know a table by that has no rules."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from nianbao.mandate import editions, load
from nianbao.report.published.form_table import FormTable
from nianbao.report.published.label_matching import bare, nearest
from nianbao.report.published.sections import heading_like
from nianbao.report.published.table_rows import LIKE

SHORTEST = 4  # characters that are known as a part of a label


class KnownLabels:
    """What the tables of all editions print, but for those `read` already from their rules."""

    def __init__(self, read: Collection[str] = ()) -> None:
        mandates = [load(edition) for edition in editions()]
        self.forms = [
            FormTable(table)
            for mandate in mandates
            for key, table in mandate.tables.items()
            if key not in read
        ]
        self.labels = frozenset(text for form in self.forms for text in form.labels)
        self.sections = [section for mandate in mandates for section in mandate.sections]
        texts = {bare(text) for text in (*self.labels, *(section.heading for section in self.sections))}
        self._bare = frozenset(text for text in texts if text)

    def is_label(self, text: str) -> bool:
        """Whether a text is one that the tables print, or like it, or what a page's end leaves of it."""
        plain = bare(text)
        part = len(plain) >= SHORTEST and any(plain in label for label in self._bare)
        return bool(plain) and (part or nearest(text, self.labels) >= LIKE)

    def ends(self, text: str, following: str) -> bool:
        """Whether a text is a label or a heading that does not go on with the character that follows."""
        return text in self._bare and not self.begins(text + following)

    def begins(self, text: str) -> bool:
        """Whether a label or a heading begins so."""
        return any(label.startswith(text) for label in self._bare)

    def is_heading(self, text: str) -> bool:
        """Whether a text is a section's heading, rather than a label that begins with a number too."""
        like = max(heading_like(text, section) for section in self.sections)
        return like > 0 and like > nearest(text, self.labels)


@cache
def all_labels() -> KnownLabels:
    """The labels of every statutory table."""
    return KnownLabels()

"""Fields: what Word works out when it prints. Page numbers we count; of others the saved result stands."""

from __future__ import annotations

from dataclasses import dataclass

_COUNTERS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
# Their saved result is what Word would print again, or what nobody reads.
_SETTLED = frozenset([
    "HYPERLINK", "REF", "TOC", "PAGEREF", "NOTEREF", "SEQ", "TITLE", "SUBJECT", "AUTHOR", "DOCPROPERTY",
    "DOCVARIABLE", "STYLEREF", "FORMTEXT", "TC", "XE", "MERGEFIELD", "QUOTE", "SECTION", "CREATEDATE",
    "SAVEDATE", "FILENAME", "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "INFO", "SET", "ASK",
])  # fmt: skip


@dataclass(slots=True)
class Field:
    """A complex field while it is read: what it asks is hidden, its saved result shown unless we count."""

    instruction: str = ""
    separated: bool = False

    @property
    def silent(self) -> bool:
        """Whether what is read now is not shown."""
        return not self.separated or counter(self.instruction) is not None


def counter(instruction: str) -> str | None:
    """The HTML of a field that is counted while the pages are made; None for others."""
    kind = _COUNTERS.get(_name(instruction))
    return f'<span class="{kind}"></span>' if kind else None


def loss(instruction: str) -> str | None:
    """What is lost where the saved result of a field stands for the field; None for nothing."""
    name = _name(instruction)
    if name == "SECTIONPAGES":
        return "域 SECTIONPAGES 改为全文的页数"
    return None if name in _SETTLED or name in _COUNTERS else f"域 {name} 不会重新计算，照用文档中保存的结果"


def _name(instruction: str) -> str:
    return (instruction.split() or ["?"])[0].upper()

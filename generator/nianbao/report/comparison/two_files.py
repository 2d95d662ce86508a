"""How messages speak of two files of one report."""

from __future__ import annotations

from nianbao.report.report import Report

MEND = "请核对以哪一个为准，把另一个改成一样"
SHORT = 18  # characters of a file's name that is said in full in every sentence


def both(before: Report, after: Report) -> list[str]:
    """The files' names as sentences repeat them: of long ones the end, which tells what they are."""
    return [name if len(name) <= SHORT else f"…{name[-SHORT:]}" for name in (before.file, after.file)]


def contrast(before: Report, after: Report, words: tuple[str, str]) -> str:
    """What each of the files says."""
    named = zip(both(before, after), words, strict=True)
    return "，".join(f"{name} 是 {word}" for name, word in named).replace(" “", "“")


def bare(text: str) -> str:
    """The text without blanks: where lines are broken, readers put some and leave out others."""
    return "".join(text.split())

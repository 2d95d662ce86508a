"""The elements of GB/T 9704-2012 that a report may bear beside its text, as they are printed."""

from __future__ import annotations

from nianbao.report import CONTACTS, YES, Report
from nianbao.report.dates import read_date, write_date

TYPED = {"imprint": ("printed_by", "printed_on")}  # the particulars of a tag that has not the name of its own


def printed(report: Report) -> dict[str, str]:
    """What each tag of an element prints, "" where it is not filled in."""

    def word(key: str) -> str:
        return report.elements.get(key, "")

    addressees, copied_to = word("addressees").rstrip("：:"), word("copied_to").rstrip("。.")
    return {
        "letterhead": word("letterhead"),
        "document_number": word("document_number"),
        "header_rule": " " if word("letterhead") or word("document_number") else "",
        "addressees": f"{addressees}：" if addressees else "",
        "contact_note": _contacts(report) if word("contact_note") == YES else "",
        "copied_to": f"抄送：{copied_to.removeprefix('抄送：')}。" if copied_to else "",
        "imprint": _imprint(word("printed_by"), word("printed_on")),
    }


def _contacts(report: Report) -> str:
    filled = [f"{name}：{text}" for key, name in CONTACTS.items() if (text := report.contact.get(key))]
    return f"（{'；'.join(filled)}）" if filled else ""


def _imprint(office: str, day: str) -> str:
    """The office on the left, behind a tab the day, both on one line."""
    written = day.removesuffix("印发").strip()
    date = read_date(written)
    day = f"{write_date(date) if date else written}印发" if written else ""
    return f"{office}\t{day}" if day else office

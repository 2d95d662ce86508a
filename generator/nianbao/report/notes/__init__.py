"""What an office writes to organs about their reports: reminders, returns, and the list of all; as values."""

from nianbao.report.notes.compose import overdue, remarked, reminder, report_name, result, returned
from nianbao.report.notes.note import Heading, Note, Table, printable
from nianbao.report.notes.overview import Awaited, HandedIn, overview

__all__ = [
    "Awaited", "HandedIn", "Heading", "Note", "Table", "overdue", "overview", "printable", "remarked",
    "reminder", "report_name", "result", "returned",
]  # fmt: skip

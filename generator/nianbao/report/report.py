"""One organ's report of one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nianbao.mandate import Mandate, Reporter
from nianbao.report.dates import read_date, write_date
from nianbao.report.decision import Decision
from nianbao.report.figure import Figure
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Place, Problem

PREFACE = "preface"  # the key of the opening paragraphs, which no decree asks for
PREFACE_NAME = "引言"  # what people call them
CONTACTS = {  # key → the word on the sheet of particulars; also a name for the narrative
    "address": "联系地址",
    "postcode": "邮政编码",
    "telephone": "联系电话",
    "email": "电子邮箱",
}
ELEMENTS = {  # of GB/T 9704, none of which a report must have: key → the word on the sheet of particulars
    "seal": "加盖印章",
    "letterhead": "发文机关标志",
    "document_number": "发文字号",
    "addressees": "主送机关",
    "copied_to": "抄送机关",
    "printed_by": "印发机关",
    "printed_on": "印发日期",
    "contact_note": "印出联系方式",
}
CHOICES = ("seal", "contact_note")  # the elements that are YES, NO or blank, which is as good as NO
YES, NO = "是", "否"


@dataclass(frozen=True)
class Report:
    """What one organ reports for one year: `figures` has every slot of the form.

    `kinds` are the kinds of reporter that the organ can be: one where it is stated or certain.
    `narratives` is by section key, and has the preface. `places` tells where each
    particular and each section stands; `reading` is what was found while reading. `unplaced` are
    paragraphs without a place in the form: inspected, but not printed. `decisions` are by the
    fingerprint of the finding decided on. `elements` are by the keys of ELEMENTS.
    """

    mandate: Mandate
    file: str
    organ: str
    year: int
    kinds: tuple[Reporter, ...]
    title: str
    issued_by: str
    date_line: str
    contact: Mapping[str, str]
    narratives: Mapping[str, tuple[Paragraph, ...]]
    figures: Mapping[str, Figure]
    places: Mapping[str, Place]
    reading: tuple[Problem, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    unplaced: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)

    @property
    def reporter(self) -> Reporter | None:
        """The kind of reporter; None where it is neither stated nor certain."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    @property
    def reporter_name(self) -> str:
        """The name of its kind; blank where that is not known."""
        return self.reporter.name if self.reporter else ""

    @property
    def sealed(self) -> bool:
        """Whether 署名 and 成文日期 leave room for a seal."""
        return self.elements.get("seal") == YES

    @property
    def date(self) -> date | None:
        """The 成文日期 as a date, None where there is none to be read."""
        return read_date(self.date_line)

    @property
    def printed_date(self) -> str:
        """The 成文日期 as it is printed: as GB/T 9704 wants it, as written where it is no date."""
        day = self.date
        return write_date(day) if day else self.date_line

    def place(self, key: str) -> Place:
        """Where a particular or a section stands."""
        return self.places.get(key, Place(self.file))

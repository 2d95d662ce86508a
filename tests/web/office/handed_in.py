"""A report that an organ has handed in, for the tests of what the office does with it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from nianbao.report.submission import Action

from tests.reports import sound
from tests.web.office.conftest import YEAR, Office

if TYPE_CHECKING:
    from nianbao.web.office.models import Submission, Version

ORGAN = "某某市财政局"


def document(organ: str = ORGAN, year: int = YEAR) -> dict[str, Any]:
    """A report that no check complains of, in its organ's own name."""
    text = json.dumps(sound(year), ensure_ascii=False).replace(ORGAN, organ)
    made: dict[str, Any] = json.loads(text)
    return made


def hand_in(submission: Submission, report: dict[str, Any]) -> Version:
    """Upload a report as its organ, and submit it."""
    from nianbao.web.office import submissions, uploads
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Upload

    clerk = Who(f"{submission.organ.name}（链接）")
    content = json.dumps(report, ensure_ascii=False).encode()
    submission.refresh_from_db()
    if Upload.objects.filter(submission=submission, file=sha256(content).hexdigest()).exists():
        uploads.begin(submission, clerk)  # goes on with what is there
    else:
        uploads.take(uploads.receive(submission, content, "报告.json", clerk), clerk)
    submissions.act(submission, Action.SUBMIT, clerk, submissions.Said(reason="先报送"))
    version = submissions.last_version(submission)
    assert version is not None
    return version


def in_review(office: Office, organ: str = ORGAN, report: dict[str, Any] | None = None) -> Submission:
    """A submission under review."""
    from nianbao.web.office import submissions
    from nianbao.web.office.events import Who

    submission = office.submission(office.organ(organ))
    hand_in(submission, report or document(organ))
    return submissions.act(submission, Action.REVIEW, Who("审核人"))

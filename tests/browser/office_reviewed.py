"""An office for Chromium: made in a process of its own, for Django is set up once in each.

`python -m tests.browser.office_reviewed FOLDER` makes it: two reviewers, six organs, three with reports.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

PASSWORD = "kept-in-the-tests"
REVIEWERS = {"wang": "王小明", "li": "李红"}
ORGANS = ("甲县财政局", "甲县教育局", "甲县公安局", "乙镇人民政府", "丙镇人民政府", "丁镇人民政府")


def make(folder: Path) -> None:
    """Make the office: the first organ has reported well, the second with errors, the third is sent back."""
    from nianbao.web.office import server

    server.begin(folder, 2025)
    from django.contrib.auth.models import User
    from django.utils import timezone
    from nianbao.report.rollup import normal
    from nianbao.report.submission import Action, Role
    from nianbao.web.office import accounts, remarks, submissions
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Organ, Setting, Submission

    from tests.web.office.handed_in import document, hand_in

    Setting.objects.update(lenient=True, name="甲县政务公开办")
    for login, name in REVIEWERS.items():
        user = User.objects.create_user(login, password=PASSWORD, first_name=name)
        accounts.assign(user, Role.REVIEW, None, Who("test"))
    made = []
    for number, name in enumerate(ORGANS):
        organ = Organ.objects.create(name=name, normal_name=normal(name), reporter="部门")
        due = timezone.localdate() + timedelta(days=9 - 4 * number)
        made.append(Submission.objects.create(organ=organ, year=2025, due=due))
    hand_in(made[0], document(ORGANS[0]))
    faulty = document(ORGANS[1])
    next(iter(faulty["table3"].values()))[1] += 100
    hand_in(made[1], faulty)
    hand_in(made[2], document(ORGANS[2]))
    submissions.act(made[2], Action.REVIEW, Who("王小明（wang）"))
    remarks.write(made[2], "section:requests", "请核对这张表", Who("王小明（wang）"))
    submissions.act(made[2], Action.RETURN, Who("王小明（wang）"))


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""An office with something on every one of its screens: made in a process of its own.

`python -m tests.browser.office_screens FOLDER` makes it, and prints what a browser needs to go round: the
addresses, a session of every role, and the numbers by which addresses name things.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

AGGREGATE, ORGANS = "甲县", ("甲县财政局", "甲县教育局", "甲县公安局")
HOSTILE = "<img src=x onerror=\"document.title='script'\">"


def make(folder: Path) -> dict[str, Any]:
    """Make the office: one organ is reviewed, with a remark; two are accepted, added up, published, kept."""
    from nianbao.web.office import server

    server.begin(folder, 2025)
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone
    from nianbao.report.rollup import normal
    from nianbao.report.submission import ROLES, Action, Role
    from nianbao.web.office import accounts, jobs, remarks, submissions
    from nianbao.web.office.entry import digest
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Assignment, Job, Link, Organ, Setting, Submission, Upload, Version
    from nianbao.web.office.routes import ROUTES
    from nianbao.web.office.work import WORK

    from tests.web.office.handed_in import document, hand_in

    Setting.objects.update(lenient=True, name="甲县政务公开办")
    county = Organ.objects.create(
        name=AGGREGATE, normal_name=AGGREGATE, reporter="县级政府汇总", aggregate=True
    )
    organs = [
        Organ.objects.create(name=name, normal_name=normal(name), reporter="部门", superior=county)
        for name in ORGANS
    ]
    due = timezone.localdate() + timedelta(days=5)
    made = [Submission.objects.create(organ=organ, year=2025, due=due) for organ in (*organs, county)]
    first = made[0]
    for one in made[:3]:
        hand_in(one, document(one.organ.name))
    submissions.act(first, Action.REVIEW, Who("审核人"))
    remark = remarks.write(first, "section:requests", "请核对这张表", Who("审核人"))
    submissions.act(first, Action.RETURN, Who("审核人"))
    faulty = document(ORGANS[0])
    next(iter(faulty["table3"].values()))[1] += 100
    version = hand_in(first, faulty)
    submissions.act(first, Action.REVIEW, Who("审核人"))
    for one in made[1:3]:
        submissions.act(one, Action.REVIEW, Who("审核人"))
        submissions.act(one, Action.ACCEPT, Who("审核人"), submissions.Said("已了解"))
    who = Who("汇总人")
    jobs.put("sum", who, submission=made[3].pk, partial=True)
    jobs.put("archive", who, submissions=[made[1].pk], reason="")
    while (job := jobs.claim()) is not None:
        jobs.run(job, WORK)
    said = submissions.Said(address="https://www.example.gov.cn/1.html", day=date(2026, 1, 20))
    submissions.act(made[2], Action.PUBLISH, who, said)
    submissions.act(made[2], Action.REOPEN, who, submissions.Said("数字有误"))  # the sum is stale
    hand_in(made[2], document(ORGANS[2]))
    until = timezone.now() + timedelta(days=1)
    link = Link.objects.create(digest=digest("a"), organ=organs[0], year=2025, made_by="", expires=until)
    first.refresh_from_db()
    keys: dict[str, list[object]] = {
        "submission": [one.pk for one in made],
        "version": [version.pk, Version.objects.filter(submission=first).earliest("number").pk],
        "remark": [remark.pk], "organ": [organs[0].pk, county.pk], "link": [link.pk], "token": ["a", "gone"],
        "upload": [Upload.objects.filter(submission=first).latest("id").pk],
        "boxes": [first.draft_id, made[3].draft_id],
    }  # fmt: skip
    sessions = {}
    for role in Role:
        user = User.objects.create_user(f"has-{role.name.lower()}", first_name="王小明")
        accounts.assign(user, role, organs[0] if role.of_one_organ else None, Who(""))
        session = SessionStore()
        session["_auth_user_id"], session["_auth_user_hash"] = str(user.pk), user.get_session_auth_hash()
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session.create()
        sessions[role.value] = session.session_key
        for state in ("waiting", "failed", "done") if role in (Role.SUM, Role.ARCHIVE) else ():
            result = "" if state == "waiting" else json.dumps({"problems": [f"{ORGANS[0]}：没有做成"]})
            later = timezone.now() + timedelta(days=1)
            job = Job.objects.create(
                kind="site", payload="{}", who=f"王小明（{user.username}）", result=result, tries=1,
                state="running" if state == "waiting" else state, claimed_until=later,
            )  # fmt: skip
            keys.setdefault("job", []).append(job.pk)
    keys["account"] = [user.pk]
    keys["assignment"] = [Assignment.objects.latest("id").pk]
    routes = [
        {
            "pattern": route.pattern,
            "name": route.name,
            "kinds": dict(route.kinds),
            "roles": [role.value for role in Role if ROLES[role].rights & route.rights],
        }
        for route in ROUTES
        if "GET" in route.methods
    ]
    return {"keys": keys, "sessions": sessions, "routes": routes}


if __name__ == "__main__":
    print(json.dumps(make(Path(sys.argv[1]))))  # noqa: T201

"""One report through an office: handed in, sent back, mended, accepted; with its lines in the log."""

from __future__ import annotations

from nianbao.report.submission import Role

from tests.paths import DATA
from tests.web.office.conftest import Office

SAMPLE = DATA / "示例-2021.xlsx"


def test_a_report_is_handed_in_sent_back_and_accepted(office: Office) -> None:
    from nianbao.app import reading
    from nianbao.web.office import events
    from nianbao.web.office.models import Event, Submission, Version
    from nianbao.web.workbench.models import Draft

    report = reading.read(SAMPLE)
    organ = office.organ(report.organ, report.reporter_name)
    submission = office.submission(organ)
    clerk = office.person("clerk", (Role.FILL, organ))
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    with SAMPLE.open("rb") as file:
        answer = clerk.post(f"/mine/{submission.pk}/upload", {"file": file})
    assert (answer.status_code, answer["Location"]) == (302, f"/mine/{submission.pk}")

    def do(client: object, action: str, **said: str) -> int:
        return int(client.post(f"/submissions/{submission.pk}/{action}", said).status_code)  # type: ignore[attr-defined]

    def state() -> str:
        return Submission.objects.get().state

    assert (do(clerk, "submit"), state()) == (302, "已报")
    assert (do(clerk, "accept"), do(reviewer, "review"), state()) == (403, 302, "审核中")
    assert (do(clerk, "withdraw"), do(reviewer, "return"), state()) == (422, 422, "审核中")
    version = Version.objects.get()
    reviewer.post(f"/versions/{version.pk}/remarks", {"text": "表二请再核对", "target": ""})
    assert (do(reviewer, "return"), state()) == (302, "退回")
    clerk.post(f"/mine/{submission.pk}/begin")
    draft = Draft.objects.get()
    assert clerk.get(f"/draft/{draft.pk}").status_code == 200
    assert (do(clerk, "submit"), state(), Submission.objects.get().number) == (302, "已报", 2)
    assert clerk.get(f"/draft/{draft.pk}").status_code == 200
    assert [event.what for event in Event.objects.all()] == [
        "assign", "assign", "receive", "fill", "submit", "review", "remark", "return", "fill", "submit",
    ]  # fmt: skip
    assert list(events.flaws()) == []

"""我的报告: what is handed in is kept, read and told; what was handed in stays; nobody sees another's."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from nianbao.report.submission import Role

from tests.app.archive.archive_samples import kept
from tests.attached import mailed, zipped
from tests.paths import DATA
from tests.reports import distinct
from tests.web.office.conftest import Office

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from nianbao.web.office.models import Organ, Submission

ORGAN = "某某市第一局"
WORKBOOK = (DATA / "示例-2021.xlsx").read_bytes()


@cache
def written(year: int = 2025, organ: str = ORGAN, *, faulty: bool = False) -> bytes:
    """A report as exchange JSON: sound, or with one figure that breaks two equations."""
    document = distinct(year, organ=organ, title=f"{organ}{year}年政府信息公开工作年度报告", issued_by=organ)
    if faulty:
        key = "requests.received.natural_person"
        from nianbao.media import exchange, form
        from nianbao.report import assemble

        values = form.of(exchange.read_content(json.dumps(document, ensure_ascii=False).encode(), ""))
        wrong = {**values.figures, key: 99_999}
        changed = form.Values(values.year, values.particulars, wrong, values.texts)
        return exchange.write(assemble(form.enter(changed, ""))).encode()
    return json.dumps(document, ensure_ascii=False).encode()


class Own:
    """An organ with its clerk and its report."""

    def __init__(self, office: Office, name: str = ORGAN, *roles: Role) -> None:
        self.organ: Organ = office.organ(name)
        self.key: int = office.submission(self.organ).pk
        login = f"clerk-{self.organ.pk}"
        self.clerk: Client = office.person(login, *((role, self.organ) for role in roles or (Role.FILL,)))

    @property
    def submission(self) -> Submission:
        from nianbao.web.office.models import Submission

        return Submission.objects.select_related("draft").get(pk=self.key)

    @property
    def draft(self) -> Any:
        draft = self.submission.draft
        assert draft is not None
        return draft

    def send(self, content: bytes, name: str = "年报.json") -> HttpResponse:
        file = io.BytesIO(content)
        file.name = name
        return self.clerk.post(f"/mine/{self.key}/upload", {"file": file})  # type: ignore[return-value]

    def do(self, action: str, **said: str) -> HttpResponse:
        return self.clerk.post(f"/mine/{self.key}/{action}", said)  # type: ignore[return-value]

    def put(self, values: str, revision: int) -> HttpResponse:
        return self.clerk.put(  # type: ignore[return-value]
            f"/draft/{self.draft.pk}/values",
            values,
            "application/json",
            headers={"If-Match": str(revision), "Accept": "*/*"},
        )

    def type(self, **particulars: str) -> HttpResponse:
        """Change something in the boxes, as the page does."""
        values = json.loads(self.draft.values)
        values["particulars"].update(particulars)
        return self.put(json.dumps(values), self.draft.revision)


def text(response: Any) -> str:
    """What a page says, without its marks."""
    page = re.sub(r"<(style|script).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def data(page: Any) -> dict[str, Any]:
    """What the page hands to its script."""
    found = re.search(r'id="data"[^>]*>(.*?)</script>', page.content.decode())
    assert found is not None
    return json.loads(found[1])  # type: ignore[no-any-return]


def reasons(response: Any) -> list[str]:
    """What stands in the box of refusals."""
    assert response.status_code == 422
    box = re.search(r'class="refusal".*?</ul>', response.content.decode(), re.DOTALL)
    assert box is not None
    import html

    return [html.unescape(line) for line in re.findall(r"<li>(.*?)</li>", box[0])]


def events() -> list[tuple[str, str]]:
    from nianbao.web.office import events as log
    from nianbao.web.office.models import Event

    assert list(log.flaws()) == []
    return [(one.who, one.what) for one in Event.objects.exclude(what="assign")]


def test_a_report_in_a_zip_is_read_at_once_and_what_is_beside_it_is_named(office: Office) -> None:
    from nianbao.web.office import filestore
    from nianbao.web.office.models import Upload

    own = Own(office)
    content = zipped({"材料/年报.json": written(faulty=True), "现场.png": b"\x89PNG"}, windows=True)

    answer = own.send(content, "报送.zip")

    assert (answer.status_code, own.submission.state, own.submission.errors) == (302, "填报中", 2)
    upload = Upload.objects.get()
    assert filestore.read(upload.file) == content  # as it came, byte for byte
    assert (upload.name, upload.part, upload.taken) == ("报送.zip", "材料/年报.json", True)
    page = text(own.clerk.get(f"/mine/{own.key}"))
    assert "错误 2" in page
    assert "已读入其中的 材料/年报.json" in page
    assert "报送.zip › 现场.png：这 1 个图片没有读。" in page
    assert events() == [("clerk-1", "receive"), ("clerk-1", "fill")]
    handed = own.clerk.get(f"/uploads/{upload.pk}/file")
    assert handed.content == content


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            written(2024),
            "去年.json",
            "去年.json：这是 2024 年的报告，这里报送的是 2025 年的。请换成 2025 年的再上传",
        ),
        (
            written(organ="某某市第二局"),
            "别家.json",
            "别家.json：这是“某某市第二局”的报告，这里报送的是“某某市第一局”的。"
            "请核对文件；机关改过名称的，请联系办公室",
        ),
        (
            written(organ="某某市第ㄧ局"),
            "像.json",
            "像.json：里面的机关“某某市第ㄧ局”和名册上的“某某市第一局”看起来一样，"
            "用的却不是同一些字（“ㄧ”是 U+3127）。请把文件里的机关名称重新输入，再上传",
        ),
        (
            mailed({"一.json": written(), "二.json": written(organ="某某市第二局")}),
            "信.eml",
            "信.eml 里有 2 份报告（一.json、二.json），内容不同，看不出报送哪一份。请只留一份，再上传",
        ),
        (b"PK\x03\x04", "坏.zip", "坏.zip：文件已损坏，或者不是压缩包（zip）。请把报告单独上传。"),
        (
            b"\xd0\xcf\x11\xe0",
            "旧.doc",
            "",
        ),
    ],
    ids=["last year's", "another organ's", "looks like ours", "two reports", "damaged zip", "damaged .doc"],
)
def test_what_cannot_be_taken_is_kept_and_told_why(
    office: Office, content: bytes, name: str, said: str
) -> None:
    from nianbao.web.office import filestore
    from nianbao.web.office.models import Upload

    own = Own(office)

    answer = own.send(content, name)

    told = reasons(answer)
    if name != "旧.doc":  # what LibreOffice says of it, it says itself
        assert told == [f"“{name}”已经收到，但是没有读入：", said]
    upload = Upload.objects.get()
    assert filestore.read(upload.file) == content
    assert (upload.taken, upload.told, upload.read_at is not None) == (False, told[1:], True)
    assert (own.submission.state, own.submission.draft) == ("未报", None)
    assert events() == [("clerk-1", "receive"), ("clerk-1", "unread")]


def test_what_was_received_is_there_though_the_server_died_before_it_was_read(office: Office) -> None:
    from nianbao.web.office import uploads
    from nianbao.web.office.events import Who

    own = Own(office)
    upload = uploads.receive(own.submission, written(), "年报.json", Who("clerk-1"))  # and then no more

    assert "收到，还没有读入" in text(own.clerk.get(f"/mine/{own.key}"))
    assert own.clerk.post(f"/uploads/{upload.pk}/take").status_code == 302
    assert (own.submission.state, own.submission.errors) == ("填报中", 0)


def test_the_same_file_again_is_nothing_new(office: Office) -> None:
    from nianbao.web.office.models import Event, Upload

    own = Own(office)
    own.send(written())
    before = Event.objects.count()

    [said] = reasons(own.send(written(), "另一个名字.json"))

    assert re.fullmatch(
        r"这份文件 \d+月\d+日 \d\d:\d\d 已经收到（年报\.json），填报页里就是它的内容，没有重复登记", said
    )
    assert (Upload.objects.count(), Event.objects.count()) == (1, before)


def test_a_file_under_its_right_name_is_read_though_it_came_under_another(office: Office) -> None:
    own = Own(office)
    assert "不能读没有扩展名的文件" in reasons(own.send(written(), "年报"))[1]

    assert own.send(written(), "年报.json").status_code == 302
    assert own.submission.state == "填报中"
    assert reasons(own.send(b"")) == ["文件是空的。请核对文件，另存一份再试。"]


def test_a_file_that_was_not_taken_may_come_again_once_the_roster_is_right(office: Office) -> None:
    from nianbao.report.rollup import normal
    from nianbao.web.office.models import Upload

    own = Own(office, "某某市旧名局")
    assert own.send(written()).status_code == 422
    own.organ.name, own.organ.normal_name = ORGAN, normal(ORGAN)
    own.organ.save()

    assert own.send(written()).status_code == 302
    assert [upload.taken for upload in Upload.objects.all()] == [True]


def test_a_file_does_not_silently_replace_what_was_typed(office: Office) -> None:
    from nianbao.web.office.models import Upload

    own = Own(office)
    own.send(written(faulty=True))
    assert own.type(issued_by="某某市第一局办公室").status_code == 200
    draft, revision = own.draft.pk, own.draft.revision

    answer = own.send(written())

    assert reasons(answer) == [
        "文件已经收到。填报页里有改动，还没有报送过，也不在任何上传的文件里。"
        "换成文件的内容后，这些改动就没有了"
    ]
    assert json.loads(own.draft.values)["particulars"]["issued_by"] == "某某市第一局办公室"
    newest = Upload.objects.order_by("-id")[0]
    assert own.clerk.post(f"/uploads/{newest.pk}/take", {"replace": "1"}).status_code == 302
    assert json.loads(own.draft.values)["particulars"]["issued_by"] == ORGAN
    assert (own.draft.pk, own.draft.revision) == (draft, revision + 1)
    stale = own.put(own.draft.values, revision)  # another window on it, that has not heard
    assert stale.status_code == 409
    said = json.loads(stale.content)["said"]
    assert re.fullmatch(r"clerk-1 在 \d+月\d+日 \d\d:\d\d 改过这份报告，已换成最新内容", said), said


def test_of_two_clerks_on_one_draft_the_later_learns_whose_change_stands(office: Office) -> None:
    own = Own(office)
    own.send(written())
    other = office.person("李红", (Role.FILL, own.submission.organ))
    values = json.loads(own.draft.values)
    path, revision = f"/draft/{own.draft.pk}/values", own.draft.revision

    def save(client: Client, words: str) -> Any:
        body = json.dumps(values | {"particulars": values["particulars"] | {"issued_by": words}})
        return client.put(path, body, "application/json", headers={"If-Match": str(revision)})

    assert save(other, "李红写的").status_code == 200
    late = save(own.clerk, "晚了的")
    assert (late.status_code, late.json()["values"]["particulars"]["issued_by"]) == (409, "李红写的")
    assert late.json()["said"].startswith("李红 在 ")
    assert own.clerk.get(path).json()["said"] == late.json()["said"]


def test_errors_refuse_a_report_unless_the_office_is_lenient_and_is_told_why(office: Office) -> None:
    from nianbao.web.office import submissions
    from nianbao.web.office.models import Event, Version

    own = Own(office)
    own.send(written(faulty=True))

    answer = own.do("submit")
    assert reasons(answer) == ["还有 2 处错误，改正后才能报送"]
    assert "三 › 本年新收 › 自然人" in text(answer)  # each is listed with its place

    setting = submissions.setting()
    setting.lenient = True
    setting.save()
    assert reasons(own.do("submit", reason=" ")) == ["还有 2 处错误，请写明仍要报送的理由"]
    assert own.do("submit", reason="系统故障").status_code == 302
    version = Version.objects.get()
    assert (own.submission.state, version.errors, version.who) == ("已报", 2, "clerk-1")
    assert json.loads(Event.objects.order_by("-id")[0].detail)["reason"] == "系统故障"


def test_what_was_handed_in_can_be_read_and_not_changed(office: Office) -> None:
    own = Own(office)
    own.send(written())
    typed = own.draft.revision
    own.do("submit")

    page = own.clerk.get(f"/draft/{own.draft.pk}")
    closed = "报告现在是“已报”，只能看，不能改。要改的，请先撤回。"
    assert (page.status_code, data(page)["closed"]) == (200, closed)
    late = own.type(issued_by="改")
    assert (late.status_code, json.loads(late.content)["problems"]) == (423, [closed])
    news = own.clerk.get(f"/news?draft={own.draft.pk}").json()
    assert news == {"revision": typed + 1, "closed": closed}  # what was under way then comes too late


def test_withdrawn_and_returned_the_boxes_are_as_they_were_handed_in(office: Office) -> None:
    own = Own(office)
    own.send(written())
    own.type(issued_by="某某市第一局办公室")
    handed = own.draft.values
    own.do("submit")

    assert own.do("withdraw").status_code == 302
    assert (own.submission.state, own.draft.values) == ("填报中", handed)
    own.do("submit")
    office_ = office.person("reviewer", (Role.REVIEW, None))
    office_.post(f"/submissions/{own.key}/review")
    from nianbao.web.office.models import Version

    version = Version.objects.order_by("-number")[0]
    office_.post(f"/versions/{version.pk}/remarks", {"text": "请核对", "target": ""})
    office_.post(f"/submissions/{own.key}/return")
    assert own.type(issued_by="改").status_code == 423
    assert own.clerk.post(f"/mine/{own.key}/begin")["Location"] == f"/draft/{own.draft.pk}"
    assert (own.submission.state, own.draft.values) == ("填报中", handed)
    assert own.send(written()).status_code == 302  # what was handed in is a version: nothing is lost


@pytest.mark.parametrize("before", ["accepted", "archived", "both", "returned"])
def test_last_years_report_is_laid_beside(office: Office, before: str) -> None:
    from django.conf import settings
    from nianbao.app.archive.store import Archive
    from nianbao.web.office.models import Submission, Version

    own = Own(office)
    if before in ("archived", "both"):
        Archive(settings.NIANBAO_ARCHIVE).add(kept(ORGAN, 2024))
    if before != "archived":
        last = Submission.objects.create(
            organ=own.organ,
            year=2024,
            due=own.submission.due,
            state="退回" if before == "returned" else "通过",
        )
        Version.objects.create(
            submission=last,
            number=1,
            report=written(2024).decode(),
            findings="[]",
            errors=0,
            warnings=0,
            who="",
        )

    own.clerk.post(f"/mine/{own.key}/begin")

    figures = json.loads(own.draft.values)["figures"]
    assert (
        own.draft.last_name
        == {
            "accepted": "2024 年（本办公室已通过的报告）",
            "archived": "2024 年（归档第 1 版）",
            "both": "2024 年（本办公室已通过的报告）",
            "returned": "",
        }[before]
    )
    assert ("requests.carried_in.total" in figures) is (before != "returned")
    if before != "returned":
        assert (
            figures["requests.carried_in.total"]
            == json.loads(own.draft.last)["figures"]["requests.carried_out.total"]
        )


def test_a_signer_reads_the_report_and_signs_or_declines_by_two_different_acts(office: Office) -> None:
    from nianbao.web.office import submissions
    from nianbao.web.office.models import Version

    setting = submissions.setting()
    setting.signature = True
    setting.save()
    own = Own(office)
    signer = office.person("signer", (Role.SIGN, own.organ))
    own.send(written())
    own.do("submit")
    version = Version.objects.get()

    assert own.clerk.post(f"/mine/{own.key}/sign", {"sure": "on"}).status_code == 403
    page = signer.get(f"/mine/{own.key}")
    for address in (
        f"/versions/{version.pk}",
        f"/versions/{version.pk}/report.pdf?open",
        f"/draft/{own.draft.pk}",
    ):
        assert f'href="{address}"' in page.content.decode()
    assert "某某市第一局2025年政府信息公开工作年度报告" in text(signer.get(f"/versions/{version.pk}"))
    shown = signer.get(f"/draft/{own.draft.pk}")
    assert data(shown)["closed"] == "您不是填报人，只能看，不能改"
    late = signer.put(
        f"/draft/{own.draft.pk}/values", own.draft.values, "application/json", headers={"If-Match": "2"}
    )
    assert late.status_code == 404

    assert reasons(signer.post(f"/mine/{own.key}/decline")) == ["请写明理由"]
    assert reasons(signer.post(f"/mine/{own.key}/sign")) == ["请先勾选确认，再按一次按钮"]
    assert signer.post(f"/mine/{own.key}/decline", {"reason": "数字不对"}).status_code == 302
    assert own.submission.state == "填报中"
    own.do("submit")
    assert signer.post(f"/mine/{own.key}/sign", {"sure": "on"}).status_code == 302
    assert own.submission.state == "已报"


def test_a_remark_names_its_spot_in_words_and_is_answered(office: Office) -> None:
    from nianbao.web.office.models import Remark, Version

    own = Own(office)
    own.send(written())
    own.do("submit")
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    reviewer.post(f"/submissions/{own.key}/review")
    version = Version.objects.get()
    for target in (
        "figure:requests.received.total",
        "paragraph:overview:1",
        "",
    ):
        reviewer.post(f"/versions/{version.pk}/remarks", {"text": f"看“{target}”", "target": target})
    for target in ("figure:no.such.figure", "<b>"):  # which no page of ours would send
        Remark.objects.create(version=version, text="看", target=target, who="审核人")
    reviewer.post(f"/submissions/{own.key}/return")

    page = own.clerk.get(f"/mine/{own.key}").content.decode()
    spots = re.findall(r'class="spot">(?:<a[^>]*>|<b>)(.*?)</', page)
    assert spots == ["三 › 本年新收 › 总计", "一 › 第 1 段", "整份报告", "整份报告", "整份报告"]
    assert f'href="/draft/{own.draft.pk}#figure:requests.received.total"' in page
    remark = Remark.objects.order_by("id")[0]
    assert own.clerk.post(f"/remarks/{remark.pk}/answer", {"text": "已核对"}).status_code == 302
    answer = own.clerk.post(
        f"/remarks/{remark.pk}/answer", {"text": "已改"}, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"answer": "已改", "answered_by": "clerk-1"}
    assert reasons(own.clerk.post(f"/remarks/{remark.pk}/answer", {"text": " "})) == ["请写明答复"]
    assert [what for _, what in events()][-2:] == ["answer", "answer"]  # both are in the log
    remark.refresh_from_db()
    from django.utils import timezone

    remark.settled_at, remark.settled_by = timezone.now(), "reviewer"
    remark.save()
    assert reasons(own.clerk.post(f"/remarks/{remark.pk}/answer", {"text": "再改"})) == [
        "这条意见已经了结，不用再答复"
    ]
    boxes = own.clerk.get(f"/draft/{own.draft.pk}").content.decode()
    assert boxes.count('class="remark"') == 4
    assert boxes.count('class="remark settled"') == 1


def test_versions_are_shown_with_what_changed_and_as_files(office: Office) -> None:
    from nianbao.web.office.models import Version

    own = Own(office)
    own.send(written())
    own.do("submit")
    own.do("withdraw")
    own.type(issued_by="某某市第一局办公室")
    own.do("submit")
    first, second = Version.objects.order_by("number")

    changes = text(own.clerk.get(f"/versions/{second.pk}/changes"))
    assert "署名 某某市第一局 某某市第一局办公室" in changes
    assert "数据 200 项，0 项有变化。" in changes
    assert own.clerk.get(f"/versions/{first.pk}/changes").status_code == 404
    assert own.clerk.get(f"/versions/{first.pk}/report.json").content == first.report.encode()
    book = own.clerk.get(f"/versions/{second.pk}/report.xlsx").content
    from nianbao.app import reading

    assert reading.read_content(book, "a.xlsx").issued_by == "某某市第一局办公室"
    assert own.clerk.get(f"/versions/{second.pk}/report.exe").status_code == 404


def test_nobody_reaches_another_organs_report(office: Office) -> None:
    from nianbao.web.office.models import Remark, Upload, Version

    own = Own(office)
    other = Own(office, "某某市第二局", Role.FILL, Role.SIGN)
    own.send(written())
    own.do("submit")
    version, upload = Version.objects.get(), Upload.objects.get()
    remark = Remark.objects.create(version=version, text="请核对", who="x")

    gets = [
        f"/mine/{own.key}", f"/draft/{own.draft.pk}", f"/draft/{own.draft.pk}/values",
        f"/versions/{version.pk}", f"/versions/{version.pk}/changes", f"/versions/{version.pk}/report.xlsx",
        f"/uploads/{upload.pk}/file",
    ]  # fmt: skip
    posts = [
        f"/mine/{own.key}/upload", f"/mine/{own.key}/begin", f"/mine/{own.key}/withdraw",
        f"/mine/{own.key}/sign", f"/uploads/{upload.pk}/take", f"/remarks/{remark.pk}/answer",
        f"/draft/{own.draft.pk}/make", f"/draft/{own.draft.pk}/last",
    ]  # fmt: skip
    assert {address: other.clerk.get(address).status_code for address in gets} == dict.fromkeys(gets, 404)
    assert {address: other.clerk.post(address).status_code for address in posts} == dict.fromkeys(posts, 404)
    assert other.clerk.get(f"/news?draft={own.draft.pk}").json() == {"revision": None}


@pytest.fixture
def by_link(office: Office) -> Any:
    """Somebody who has come in by a link, with what it leads to."""
    from django.test import Client
    from django.utils import timezone
    from nianbao.web.office.entry import digest
    from nianbao.web.office.models import Link

    own = Own(office)
    link = Link.objects.create(
        digest=digest("token"),
        organ=own.organ,
        year=2025,
        made_by="",
        expires=timezone.now() + timedelta(days=1),
    )
    own.clerk = Client(HTTP_HOST="127.0.0.1")
    assert own.clerk.post("/enter/token")["Location"] == "/mine"
    return own, link


def test_a_link_reaches_its_organ_and_year_only(office: Office, by_link: Any) -> None:
    from nianbao.web.office.models import Submission

    own, _ = by_link
    other = Own(office, "某某市第二局")
    earlier = Submission.objects.create(organ=own.organ, year=2024, due=own.submission.due)

    assert own.clerk.get("/mine")["Location"] == f"/mine/{own.key}"
    assert own.clerk.get(f"/mine/{own.key}").status_code == 200
    assert own.send(written()).status_code == 302
    assert own.do("submit").status_code == 302
    assert [own.clerk.get(f"/mine/{key}").status_code for key in (other.key, earlier.pk)] == [404, 404]
    refused = own.clerk.get("/board")
    assert (refused.status_code, "您的角色不能做这件事" in text(refused)) == (403, True)
    assert events()[-1] == (f"{ORGAN}（链接）", "submit")


def test_a_link_may_be_used_again_until_it_ends(office: Office, by_link: Any) -> None:
    from django.test import Client

    own, link = by_link
    again = Client(HTTP_HOST="127.0.0.1")
    assert again.post("/enter/token")["Location"] == "/mine"
    link.refresh_from_db()
    first = link.used_at
    own.send(written())

    link.revoked = True
    link.save()

    ended = own.clerk.get(f"/mine/{own.key}")
    assert (ended.status_code, "这个链接已经到期或作废" in text(ended)) == (403, True)
    typed = own.type(issued_by="改")
    assert typed.status_code == 403
    assert json.loads(typed.content)["problems"][0].startswith(
        "这个链接已经到期或作废，填报到此为止；已经保存"
    )
    assert (again.post("/enter/token").status_code, first is not None) == (404, True)
    assert again.get("/").status_code == 403


def test_whoever_logs_in_after_a_link_is_the_account(office: Office, by_link: Any) -> None:
    from django.contrib.auth.models import User
    from nianbao.web.office import accounts
    from nianbao.web.office.events import Who

    own, _ = by_link
    user = User.objects.create_user("reader", password="a-long-password")
    accounts.assign(user, Role.READ, None, Who(""))

    answer = own.clerk.post("/login", {"username": "reader", "password": "a-long-password"})

    assert (answer.status_code, own.clerk.get("/board").status_code) == (302, 200)
    assert own.clerk.get(f"/mine/{own.key}").status_code == 403


def test_pages_ask_as_often_for_many_as_for_few(office: Office) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from nianbao.web.office.models import Assignment, Remark, Version

    own = Own(office)
    for number in range(3):
        office.submission(office.organ(f"某某市第{number}处"))
    roles = [(Role.FILL, organ) for organ in type(own.organ).objects.all()]
    clerk = office.person("many", *roles)
    own.send(written())
    own.do("submit")

    def asked(address: str) -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address).status_code == 200
        return len(queries)

    few = (asked("/mine"), asked(f"/mine/{own.key}"))
    version = Version.objects.get()
    for number in range(2, 30):
        Version.objects.create(
            submission=own.submission, number=number, report=version.report, findings="[]", errors=0,
            warnings=0, who="x", upload=version.upload,
        )  # fmt: skip
        Remark.objects.create(version=version, text="请核对", who="x")
        organ = office.organ(f"某某市第{number}所")
        office.submission(organ)
        Assignment.objects.create(user=User.objects.get(username="many"), role=Role.FILL.value, organ=organ)
    clerk = Client(HTTP_HOST="127.0.0.1")
    clerk.force_login(User.objects.get(username="many"), "django.contrib.auth.backends.ModelBackend")
    assert (asked("/mine"), asked(f"/mine/{own.key}")) == few
    assert few[0] <= 8
    assert few[1] <= 20


def test_a_file_that_is_too_large_is_refused_on_the_page(office: Office) -> None:
    from nianbao.web.office.models import Upload
    from nianbao.web.settings import MOST_BYTES

    own = Own(office)

    assert reasons(own.send(bytes(MOST_BYTES + 1), "大.pdf")) == [
        "没有收到文件，或者文件超过 20 MB。请核对文件，去掉大图片后另存再试。"
    ]
    assert Upload.objects.count() == 0


def test_many_files_or_fields_in_one_form_are_refused_for_what_they_are(office: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from nianbao.web.office.models import Upload

    own = Own(office)
    files = {f"file{number}": SimpleUploadedFile(f"{number}.json", b"{}") for number in range(500)}
    for sent, said in (
        (
            files,
            "一次只收一个文件，这些都没有收。请只选要报送的那一份；分成几个文件的，请打成一个压缩包（zip）再上传。",
        ),
        ({"file": [SimpleUploadedFile(f"{n}.json", b"{}") for n in range(2)]}, "一次只收一个文件"),
        ({f"field{number}": "1" for number in range(20_001)}, "一次选得太多，没有照办。请分几次办。"),
    ):
        answer = own.clerk.post(f"/mine/{own.key}/upload", sent)
        assert (answer.status_code, said in answer.content.decode()) == (413, True)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    "organ",
    ["某某市第\u2f00局", "某某市第一局​", "某某市　第一局", "﻿某某市第一局"],
    ids=["radical", "zero width", "wide space", "byte order mark"],
)
def test_an_organ_s_own_name_is_known_however_it_is_encoded(office: Office, organ: str) -> None:
    own = Own(office)
    assert own.send(written(organ=organ), "年报.json").status_code == 302


def test_a_page_that_was_open_too_long_is_refused_for_what_it_is(office: Office) -> None:
    from django.test import Client

    own = Own(office)
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    strict.cookies = own.clerk.cookies

    refused = strict.post(f"/mine/{own.key}/begin")

    assert refused.status_code == 403
    assert "这个页面开得太久，或者不是从本系统的页面来的，没有照办。" in text(refused)
    assert own.submission.state == "未报"


def test_no_more_files_are_kept_than_anybody_needs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao.web.office import uploads

    monkeypatch.setattr(uploads, "MOST", 2)
    own = Own(office)
    own.send(b"1", "一.json")
    own.send(b"2", "二.json")

    assert reasons(own.send(written())) == ["上传过的文件已经有 2 个，不再收新的。请在线填报，或请办公室处理"]


def test_one_person_may_fill_in_for_a_thousand_organs(office: Office) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from nianbao.web.office.models import Assignment, Organ, Submission

    clerk = office.person("clerk")
    user = User.objects.get(username="clerk")
    made = Organ.objects.bulk_create(
        Organ(name=f"第{number}局", normal_name=f"第{number}局") for number in range(1100)
    )
    due = date(2099, 1, 31)
    Submission.objects.bulk_create(Submission(organ=organ, year=2025, due=due) for organ in made)
    Assignment.objects.bulk_create(Assignment(user=user, role=Role.FILL.value, organ=organ) for organ in made)
    clerk.cookies.clear()  # its session is of the roles that it had
    clerk.force_login(user, "django.contrib.auth.backends.ModelBackend")

    with CaptureQueriesContext(connection) as queries:
        page = clerk.get("/mine")

    assert (page.status_code, page.content.decode().count("<tr>") - 1) == (200, 1100)
    assert len(queries) <= 8


def test_an_older_file_that_comes_again_is_an_upload_of_its_own(office: Office) -> None:
    from nianbao.web.office.models import Upload, Version

    own = Own(office)
    for content in (written(), written(faulty=True), written()):
        assert own.send(content).status_code == 302
    own.do("submit")

    assert [upload.taken for upload in Upload.objects.all()] == [True, True, True]
    assert Version.objects.get().upload == Upload.objects.order_by("-id")[0]


def test_no_name_and_no_text_becomes_a_part_of_the_page(office: Office) -> None:
    from nianbao.web.office.models import Remark, Upload, Version

    own = Own(office)
    own.send(written())
    own.do("submit")
    hostile = "<img src=x onerror=alert(1)>\"'</textarea>"
    Remark.objects.create(version=Version.objects.get(), text=hostile, who=hostile, answer=hostile)
    Upload.objects.update(name=hostile, part=hostile, told=[hostile])
    own.do("withdraw")

    for address in (f"/mine/{own.key}", f"/draft/{own.draft.pk}"):
        assert "<img" not in own.clerk.get(address).content.decode()


def test_a_files_name_cannot_turn_the_writing_round(office: Office) -> None:
    from nianbao.web.office.models import Upload

    own = Own(office)
    own.send(written(), "年报\u202exslx.json")

    assert Upload.objects.get().name == "年报xslx.json"

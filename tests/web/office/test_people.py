"""Who comes in, and how: accounts, first passwords, roles, lock-outs, links handed out, sessions that end."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from nianbao.report.submission import Role
from openpyxl import load_workbook

from tests.web.office.conftest import YEAR, Office

if TYPE_CHECKING:
    from django.test import Client

OWN = "a-long-enough-password"


@pytest.fixture
def admin(office: Office) -> Client:
    from nianbao.web.office.submissions import setting

    decided = setting()
    decided.year, decided.name, decided.contact = YEAR, "某某县政务公开办", "王某 1234"
    decided.save()
    return office.person("admin", (Role.ADMIN, None))


def visitor(**more: Any) -> Client:
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1", **more)


def made(admin: Client, login: str, role: str = "审核人", organ: str = "") -> str:
    """The first password of a new account."""
    page = admin.post("/accounts/new", {"login": login, "role": role, "organ": organ}).content.decode()
    found = re.search(r"<b>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</b>", page)
    assert found, page
    return found[1]


def came_in(login: str, password: str, **more: Any) -> Client:
    client = visitor(**more)
    answer = client.post("/login", {"username": login, "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/"), answer.content.decode()
    return client


def number(login: str) -> int:
    from django.contrib.auth.models import User

    return int(User.objects.get(username=login).pk)


def lines(*kinds: str) -> list[str]:
    from nianbao.web.office.models import Event

    return [event.what for event in Event.objects.all() if not kinds or event.what in kinds]


def slips(page: str) -> dict[str, str]:
    """Each organ's link, as the sheet has it."""
    names = re.findall(r"<header><h2>([^<]*)</h2>", page)
    links = re.findall(r'<dd class="address">http://127.0.0.1(/enter/[\w-]{22})</dd>', page)
    return dict(zip(names, links, strict=True))


def test_a_first_password_lets_do_nothing_but_change_it(admin: Client) -> None:
    client = came_in("reviewer", first := made(admin, "reviewer"))
    assert [client.get(path)["Location"] for path in ("/", "/board", "/submissions/1")] == ["/password"] * 3
    assert client.post("/submissions/1/accept").status_code == 403
    told = {}
    for new, again in (("short", "short"), (OWN, "other"), (first, first), ("reviewer12", "reviewer12")):
        answer = client.post("/password", {"old": first, "new": new, "again": again})
        [told[new]] = re.findall(r'id="problems"><p>([^<]*)</p>', answer.content.decode())
        assert answer.status_code == 422
    assert told == {
        "short": "新密码太短，至少要 10 个字符。",
        OWN: "两遍新密码不一样，请重写。",
        first: "新密码和现在的一样，请换一个。",
        "reviewer12": "新密码和用户名或姓名太像，请换一个。",
    }
    elsewhere = came_in("reviewer", first)
    assert client.post("/password", {"old": first, "new": OWN, "again": OWN}).status_code == 302
    assert client.get("/board").status_code == 200
    assert elsewhere.get("/board")["Location"] == "/login"
    assert came_in("reviewer", OWN).get("/board").status_code == 200
    assert lines("account", "login", "password") == ["account", "login", "login", "password", "login"]


def test_a_session_ends_with_role_account_and_password(admin: Client, office: Office) -> None:
    from nianbao.web.office.models import Assignment

    def open_still() -> bool:
        return bool(client.get("/mine").status_code == 200)

    def enter() -> Client:
        return came_in("clerk", password)

    organ = office.organ("甲局")
    office.submission(organ)
    office.submission(office.organ("乙局"))
    password = made(admin, "clerk", "填报人", "甲局")
    came_in("clerk", password).post("/password", {"old": password, "new": OWN, "again": OWN})
    password, key = OWN, number("clerk")
    seen = {}

    client = enter()
    assert client.get("/mine").status_code == 302  # to the one report
    admin.post(f"/accounts/{key}/roles", {"role": "填报人", "organ": "乙局"})
    seen["given"] = client.get("/mine")["Location"]
    client = enter()
    assert open_still()
    admin.post(f"/roles/{Assignment.objects.filter(user_id=key).last().pk}/take")  # type: ignore[union-attr]
    seen["taken"] = client.get("/mine")["Location"]
    client = enter()
    assert client.get("/mine").status_code == 302
    admin.post(f"/accounts/{key}/enable", {"active": "no"})
    seen["disabled"] = client.get("/mine")["Location"]
    assert visitor().post("/login", {"username": "clerk", "password": OWN}).status_code == 422
    admin.post(f"/accounts/{key}/enable", {"active": "yes"})
    client = enter()
    admin.post(f"/organs/{organ.pk}/out")
    seen["organ"] = client.get("/mine")["Location"]
    admin.post(f"/organs/{organ.pk}/back")
    client = enter()
    assert client.get("/mine").status_code == 302
    first = re.search(r"<b>([a-z2-9-]{19})</b>", admin.post(f"/accounts/{key}/password").content.decode())
    assert first
    seen["reset"] = client.get("/mine")["Location"]
    assert came_in("clerk", first[1]).get("/mine")["Location"] == "/password"
    assert seen == dict.fromkeys(("given", "taken", "disabled", "organ", "reset"), "/login")


def test_the_last_administrator_stays(admin: Client) -> None:
    from nianbao.web.office.models import Assignment

    own, key = Assignment.objects.get(), number("admin")
    answer = admin.post(f"/roles/{own.pk}/take")
    assert (answer.status_code, "这是最后一个管理员" in answer.content.decode()) == (422, True)
    assert admin.post(f"/accounts/{key}/enable", {"active": "no"}).status_code == 422
    made(admin, "second", "管理员")
    admin.post(f"/accounts/{number('second')}/enable", {"active": "no"})
    assert admin.post(f"/roles/{own.pk}/take").status_code == 422  # the other one cannot come in
    admin.post(f"/accounts/{number('second')}/enable", {"active": "yes"})
    assert admin.post(f"/roles/{own.pk}/take").status_code == 302
    assert admin.get("/accounts")["Location"] == "/login"


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("Reviewer", "已有用户名“reviewer”"),
        ("rev1ewer", "已有用户名“reviewer”，和“rev1ewer”看起来一样，请换一个"),
        ("reviеwer", "用户名用字母、数字、汉字和 . _ - @"),
        ("review er", "用户名用字母、数字、汉字和 . _ - @"),
        ("reviewer\u200b", "用户名用字母、数字、汉字和 . _ - @"),
        ("ｒeviewer", "已有用户名“reviewer”"),
        ("", "用户名用字母、数字、汉字和 . _ - @"),
        ("<script>", "用户名用字母、数字、汉字和 . _ - @"),
    ],
)
def test_a_login_is_not_given_twice_however_it_is_written(admin: Client, login: str, told: str) -> None:
    made(admin, "reviewer")
    answer = admin.post("/accounts/new", {"login": login, "role": "审核人"})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("role", "organ", "told"),
    [
        ("填报人", "", "填报人是某一个机关的，请写机关"),
        ("管理员", "甲局", "管理员管整个办公室，机关请留空"),
        ("审核人", "丙局", "名册上没有“丙局”"),
        ("局长", "", "请选一个角色"),
    ],
)
def test_a_role_that_cannot_be_given_so_is_told(
    admin: Client, office: Office, role: str, organ: str, told: str
) -> None:
    office.organ("甲局")
    answer = admin.post("/accounts/new", {"login": "new", "role": role, "organ": organ})
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True)
    assert 'name="login" value="new"' in page


def test_too_many_wrong_passwords_shut_a_name_out_at_its_address(admin: Client) -> None:
    from nianbao.web.office.models import Event

    password = made(admin, "reviewer")
    bad, office, home = {"username": "reviewer", "password": "wrong"}, "10.0.0.7", "10.0.0.8"

    def answer(given: dict[str, str], address: str, agent: str = "") -> int:
        client = visitor(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
        return int(client.post("/login", given).status_code)

    assert [answer(bad, office, str(time)) for time in range(6)] == [422] * 4 + [429] * 2
    good = bad | {"password": password}
    assert (answer(good, office), answer(good, home)) == (429, 302)
    assert "输错太多，暂时锁住" in admin.get("/accounts").content.decode()
    [line] = Event.objects.filter(what="locked")
    assert (line.address, line.detail) == (office, '{"account": "reviewer"}')
    admin.post(f"/accounts/{number('reviewer')}/unlock")
    assert answer(good, office) == 302
    page = visitor(REMOTE_ADDR="::1").post("/login", bad).content.decode()
    assert "用户名或密码不对。" in page
    assert 'value="reviewer"' in page


def test_many_names_tried_at_one_address_shut_it_out_for_a_while(admin: Client, office: Office) -> None:
    from axes.models import AccessAttempt  # type: ignore[import-untyped] # ships no types
    from nianbao.web.office import lockouts
    from nianbao.web.office.models import Event

    office.organ("甲局")
    [link] = slips(admin.post("/links/make", {"which": "all"}).content.decode()).values()
    bureau, home = "10.0.0.7", "10.0.0.8"
    password = made(admin, "reviewer")
    inside = came_in("reviewer", password, REMOTE_ADDR=bureau)

    def answer(login: str, given: str, address: str = bureau) -> int:
        client = visitor(REMOTE_ADDR=address)
        return int(client.post("/login", {"username": login, "password": given}).status_code)

    for slip in range(30):  # a bureau behind one address: everybody slips once, and comes in then
        mended = made(admin, f"clerk{slip}")
        assert (answer(f"clerk{slip}", "slip"), answer(f"clerk{slip}", mended)) == (422, 302)
    assert Event.objects.filter(what="sprayed").count() == 0

    tried = [answer(f"name{number}", "Spring2026!") for number in range(lockouts.MOST_LOGINS + 3)]
    assert tried == [422] * lockouts.MOST_LOGINS + [429] * 3
    assert [line.address for line in Event.objects.filter(what="sprayed")] == [bureau]
    shown = visitor(REMOTE_ADDR=bureau).post("/login", {"username": "reviewer", "password": password})
    assert "从这个网络地址试错了太多用户名" in shown.content.decode()
    assert answer("reviewer", password, home) == 302
    assert inside.get("/password").status_code == 200
    assert visitor(REMOTE_ADDR=bureau).post(link).status_code == 302
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert answer("reviewer", password) == 302


def test_a_name_is_counted_however_it_is_written(admin: Client) -> None:
    made(admin, "reviewer")
    ways = ("reviewer", "ｒeviewer", "reviewer ", " reviewer", "ｒｅｖｉｅｗｅｒ", "reviewer")
    seen = [visitor().post("/login", {"username": way, "password": "wrong"}).status_code for way in ways]
    assert seen == [422] * 4 + [429] * 2


def test_a_stolen_session_is_told_in_the_log_and_ends_with_the_other(admin: Client) -> None:
    from nianbao.web.office.models import Event

    password = made(admin, "reviewer")
    client = came_in("reviewer", password, REMOTE_ADDR="10.0.0.7")
    client.post("/password", {"old": password, "new": OWN, "again": OWN})

    def stolen() -> Client:
        thief = visitor(REMOTE_ADDR="10.9.9.9", HTTP_USER_AGENT="another")
        thief.cookies["nianbao_session"] = client.cookies["nianbao_session"].value
        return thief

    for _ in range(2):
        assert stolen().get("/board").status_code == 200  # an address changes, and an agent is copied
    assert client.get("/board").status_code == 200
    [line] = Event.objects.filter(what="moved")
    assert (line.who, line.address, line.detail) == ("reviewer", "10.9.9.9", '{"before": "10.0.0.7"}')
    thief = stolen()
    other = came_in("reviewer", OWN)
    other.post("/password", {"old": OWN, "new": f"{OWN}-2", "again": f"{OWN}-2"})
    assert (thief.get("/board")["Location"], client.get("/board")["Location"]) == ("/login", "/login")
    thief.cookies["nianbao_session"] = other.cookies["nianbao_session"].value
    assert thief.get("/board").status_code == 200
    other.post("/logout")
    assert thief.get("/board")["Location"] == "/login"


def test_a_login_that_comes_over_a_socket_is_counted_too(admin: Client) -> None:
    made(admin, "reviewer")
    bad = {"username": "reviewer", "password": "wrong"}
    seen = [visitor(REMOTE_ADDR="localhost").post("/login", bad).status_code for _ in range(5)]
    assert seen == [422] * 4 + [429]


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("get", "/organs", {"q": "\0"}),
        ("get", "/organs", {"superior": "9" * 30}),
        ("get", "/log", {"who": "\0", "before": "9" * 30}),
        ("post", "/organs/new", {"name": "甲局", "remark": "\0"}),
        ("post", "/settings", {"name": "\0", "link_days": "60"}),
        ("post", "/login", {"username": "a\0", "password": "\0"}),
    ],
)
def test_signs_that_no_keyboard_writes_are_refused(
    admin: Client, office: Office, method: str, path: str, given: dict[str, str]
) -> None:
    client = office.person("log", (Role.LOG, None)) if path == "/log" else admin
    answer = getattr(client, method)(path, given)
    assert answer.status_code == (400 if "\0" in "".join(given.values()) else 200)


def test_the_longest_names_are_kept_and_told_in_the_log(admin: Client, office: Office) -> None:
    from nianbao.web.office.models import Event

    admin.post("/organs/new", {"name": "长" * 150, "reporter": "部门", "remark": "长" * 600})
    assert admin.post("/organs/new", {"name": "长" * 151}).status_code == 422
    [link] = slips(admin.post("/links/make", {"which": "all"}).content.decode()).values()
    assert visitor().post(link).status_code == 302
    given = {"login": "w" * 50, "name": "长" * 500, "role": "查看人"}
    found = re.search(r"<b>([a-z2-9-]{19})</b>", admin.post("/accounts/new", given).content.decode())
    assert found
    came_in("w" * 50, found[1])
    assert [len(event.who) for event in Event.objects.filter(what__in=("enter", "login"))] == [154, 152]
    assert (
        admin.post("/settings", {"name": "长" * 500, "contact": "长" * 500, "link_days": "60"}).status_code
        == 302
    )


def test_no_password_is_kept_anywhere_in_clear(admin: Client) -> None:
    from axes.models import AccessAttempt
    from nianbao.web.office.models import Event

    client = came_in("reviewer", first := made(admin, "reviewer"))
    visitor().post("/login", {"username": "reviewer", "password": "a-wrong-one-1"})
    client.post("/password", {"old": "a-wrong-one-2", "new": OWN, "again": OWN})
    client.post("/password", {"old": first, "new": OWN, "again": OWN})
    kept = [str(row) for model in (AccessAttempt, Event) for row in model.objects.values()]
    assert len(kept) > 4
    assert [
        word for word in (first, OWN, "a-wrong-one-1", "a-wrong-one-2") if any(word in row for row in kept)
    ] == []


def test_a_persons_name_has_no_signs_that_nobody_sees(admin: Client) -> None:
    made(admin, "reviewer")
    for path in (f"/accounts/{number('reviewer')}/name", "/accounts/new"):
        answer = admin.post(path, {"login": "other", "role": "查看人", "name": "王\u202e某"})
        assert (answer.status_code, "姓名里有姓名不会用的字符（U+202E）" in answer.content.decode()) == (
            422,
            True,
        )


def test_a_session_is_another_one_after_coming_in(admin: Client, office: Office) -> None:
    password = made(admin, "reviewer")
    office.organ("甲局")
    [link] = slips(admin.post("/links/make", {"which": "all"}).content.decode()).values()
    client = visitor()
    client.post(link)
    planted = client.cookies["nianbao_session"].value
    client.post("/login", {"username": "reviewer", "password": password})
    assert client.cookies["nianbao_session"].value != planted
    assert client.get("/mine")["Location"] == "/password"  # the account, no more the link
    thief = visitor()
    thief.cookies["nianbao_session"] = planted
    assert thief.get("/mine")["Location"] == "/login"


@pytest.mark.parametrize(
    "path", ["/login?next=//elsewhere.example/", "/login?next=https://elsewhere.example"]
)
def test_coming_in_leads_nowhere_else(admin: Client, path: str) -> None:
    password = made(admin, "reviewer")
    answer = visitor().post(path, {"username": "reviewer", "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "127.0.0.1@x:80"])
def test_another_host_is_refused(admin: Client, host: str) -> None:
    answer = admin.get("/links", HTTP_HOST=host)
    assert (answer.status_code, "地址不对，没有打开" in answer.content.decode()) == (421, True)


def test_links_are_shown_once_and_let_in(admin: Client, office: Office) -> None:
    from nianbao.web.office.models import Event, Link

    first, second = office.organ("甲局"), office.organ("<i>乙局")
    for organ in (first, second):
        office.submission(organ)
    form = {"which": "all", "form": "once"}
    page = admin.post("/links/make", form).content.decode()
    given = slips(page)
    assert sorted(given) == ["&lt;i&gt;乙局", "甲局"]
    assert all(word in page for word in ("某某县政务公开办", "王某 1234", "2099年1月31日"))
    kept = set(Link.objects.values_list("digest", flat=True))
    assert not any(token.rsplit("/")[-1] in str(kept) for token in given.values())
    again = admin.post("/links/make", form)
    assert (again.status_code, Link.objects.count()) == (422, 2)
    assert slips(admin.get("/links").content.decode()) == {}

    scanner, clerk = visitor(), visitor(REMOTE_ADDR="10.0.0.9")
    assert scanner.get(given["甲局"]).status_code == scanner.head(given["甲局"]).status_code == 200
    assert Link.objects.filter(used_at=None).count() == 2
    assert "nianbao_session" not in scanner.cookies
    assert clerk.post(given["甲局"])["Location"] == "/mine"
    line = Event.objects.last()
    assert line is not None
    assert (line.what, line.who, line.address) == ("enter", "甲局（链接）", "10.0.0.9")
    assert clerk.get("/password").status_code == 403
    assert clerk.get("/mine").status_code == 302


def test_a_link_ends_when_it_is_revoked_renewed_expired_or_its_organ_goes(
    admin: Client, office: Office
) -> None:
    from django.utils import timezone
    from nianbao.web.office.models import Link

    organ = office.organ("甲局")
    office.submission(organ)

    def entered() -> tuple[str, Client]:
        [link] = slips(admin.post("/links/make", {"organ": str(organ.pk)}).content.decode()).values()
        client = visitor()
        client.post(link)
        assert client.get("/mine").status_code == 302
        return link, client

    def over(link: str, client: Client) -> tuple[object, ...]:
        return (
            client.get("/mine").status_code,
            visitor().get(link).status_code,
            visitor().post(link).status_code,
        )

    seen = {}
    one = entered()
    admin.post(f"/links/{Link.objects.last().pk}/revoke")  # type: ignore[union-attr]
    seen["revoked"] = over(*one)
    one = entered()
    entered()
    seen["renewed"] = over(*one)
    one = entered()
    Link.objects.update(expires=timezone.now() - timedelta(seconds=1))
    seen["expired"] = over(*one)
    one = entered()
    admin.post(f"/organs/{organ.pk}/out")
    seen["organ"] = over(*one)
    assert seen == dict.fromkeys(("revoked", "renewed", "expired", "organ"), (403, 404, 404))
    assert visitor().get("/enter/nothing").status_code == 404


def test_the_links_on_the_page_are_taken_home_as_a_workbook(admin: Client, office: Office) -> None:
    for name in ("甲局", "=1+1局"):
        office.submission(office.organ(name))
    page = admin.post("/links/make", {"which": "all"}).content.decode()
    tokens = re.search(r'<textarea name="tokens"[^>]*>([^<]*)</textarea>', page)
    assert tokens
    answer = admin.post("/links/workbook", {"tokens": tokens[1] + " forged"})
    [sheet] = load_workbook(BytesIO(answer.content)).worksheets
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=3)]
    assert rows == [
        ["机关", "类型", "地址", "截止日期"],
        *([organ, "部门", f"http://127.0.0.1{link}", "2099年1月31日"] for organ, link in slips(page).items()),
    ]
    assert sheet["A5"].data_type == "s"
    admin.post("/links/make", {"which": "all"})
    assert admin.post("/links/workbook", {"tokens": tokens[1]}).status_code == 422


def test_who_is_chosen_gets_a_link_and_nobody_else(admin: Client, office: Office) -> None:
    from nianbao.web.office.models import Link

    chosen, _ = office.organ("甲局"), office.organ("乙局")
    admin.post("/links/make", {"which": "chosen", "organ": [str(chosen.pk), "x", "9" * 30]})
    assert [link.organ.name for link in Link.objects.all()] == ["甲局"]
    assert sorted(slips(admin.post("/links/make", {"which": "without"}).content.decode())) == ["乙局"]
    for empty in ({"which": "without"}, {"which": "chosen"}, {}):
        assert admin.post("/links/make", empty).status_code == 422


def test_settings_are_changed_and_told_in_the_log(admin: Client) -> None:
    from nianbao.web.office.models import Event
    from nianbao.web.office.submissions import setting

    given = {"name": "甲办", "contact": "", "link_days": "30", "signature": "on"}
    assert admin.post("/settings", given).status_code == 302
    office = setting()
    assert (office.name, office.signature, office.lenient, office.link_days) == ("甲办", True, False, 30)
    line = Event.objects.last()
    assert line is not None
    assert line.detail == (
        '{"settings": {"contact": ["王某 1234", ""], "link_days": ["60", "30"], '
        '"name": ["某某县政务公开办", "甲办"], "signature": ["False", "True"]}}'
    )
    for days in ("0", "367", "x", "²", "9" * 30, f"000000030{'9' * 30}"):
        answer = admin.post("/settings", given | {"link_days": days})
        assert (answer.status_code, setting().link_days) == (422, 30)
        assert f'name="link_days" value="{days}"' in answer.content.decode()
    page = admin.get("/settings").content.decode()
    assert "仿宋_GB2312" in page

"""Every address × everybody, from the table itself; and nobody reaches what is another organ's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from nianbao.report.submission import ACTIONS, ROLES, Action, Need, Right, Role, State

from tests.web.office.conftest import YEAR, Office
from tests.web.office.handed_in import document

if TYPE_CHECKING:
    from django.test import Client
    from nianbao.web.office.models import Organ

WORD = re.compile(r"<(?:\w+:)?(\w+)>")
PLAIN = {
    "name": "office.css", "kind": "xlsx", "finding": "0", "number": "1", "action": "submit", "path": "none",
}  # fmt: skip
ABSENT = {"made", "job", "path"}  # kinds of which the world has none that is this person's
# Actions have their own test; of the others there is nothing yet: no last year, no sum, no version before.
NOT_THERE = {
    "act",
    "mine-act",
    "compare",
    "version-compare",
    "changes",
    "sum-workbook",
    "version-page",
    "picked",
}


@dataclass
class World:
    """An office with two organs that have the same of everything, and the keys of it."""

    office: Office
    organs: tuple[Organ, Organ]
    keys: tuple[dict[str, str], dict[str, str]]

    def person(self, role: Role) -> Client:
        """Somebody with one role: of the first organ, or of the whole office."""
        organ = self.organs[0] if role.of_one_organ else None
        return self.office.person(f"has-{role.name.lower()}", (role, organ))


@pytest.fixture
def world(office: Office) -> World:
    organs = (office.organ("甲局"), office.organ("乙局"))
    return World(office, organs, (_everything(office, organs[0], "a"), _everything(office, organs[1], "b")))


def _everything(office: Office, organ: Organ, token: str) -> dict[str, str]:
    from django.contrib.auth.models import User
    from django.utils import timezone
    from nianbao.web.office import uploads
    from nianbao.web.office.entry import digest
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Assignment, Link, Remark, Submission, Version

    submission = office.submission(organ)
    draft = uploads.begin(submission, Who("test"))
    report = json.dumps(document(organ.name), ensure_ascii=False)
    upload = uploads.receive(submission, report.encode(), "报告.json", Who("test"))
    version = Version.objects.create(
        submission=submission,
        number=1,
        upload=upload,
        report=report,
        findings="[]",
        errors=0,
        warnings=0,
        who="test",
    )
    Submission.objects.filter(pk=submission.pk).update(number=1)
    remark = Remark.objects.create(version=version, text="请核对", who="test")
    until = timezone.now() + timedelta(days=1)
    link = Link.objects.create(digest=digest(token), organ=organ, year=YEAR, made_by="test", expires=until)
    account = User.objects.create_user(f"of-{token}", password="of-nobody-else")
    assignment = Assignment.objects.create(user=account, role=Role.FILL.value, organ=organ)
    numbers = {
        "submission": submission, "version": version, "remark": remark, "organ": organ, "link": link,
        "account": account, "assignment": assignment, "draft": draft, "boxes": draft, "seen": draft,
        "upload": upload,
    }  # fmt: skip
    return {name: str(of.pk) for name, of in numbers.items()} | {"token": token, "made": "none", "job": "9"}


def routes() -> list[Any]:
    from nianbao.web.office.routes import ROUTES

    return list(ROUTES)


def address(route: Any, keys: dict[str, str]) -> str:
    """The address of a route, to what these keys name."""

    def word(match: re.Match[str]) -> str:
        kind = route.kinds.get(match[1], match[1])
        return keys.get(kind) or PLAIN[kind]

    return "/" + WORD.sub(word, route.pattern)


def kinds(route: Any) -> set[str]:
    return {route.kinds.get(name, name) for name in WORD.findall(route.pattern)}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done, the next request finds all as it was."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, path: str) -> int:
    cookies = client.cookies.output()
    with undone():
        status = int(client.generic(method, path).status_code)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return status


def by_link(world: World) -> Client:
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    assert client.post(f"/enter/{world.keys[0]['token']}").status_code == 302
    return client


def nobody() -> Client:
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1")


@pytest.mark.parametrize("role", [*Role, "link"])
def test_an_address_answers_whom_the_table_names(world: World, role: Role | str) -> None:
    client = world.person(role) if isinstance(role, Role) else by_link(world)
    grants = ROLES[role if isinstance(role, Role) else Role.FILL]
    wrong = []
    for route in routes():
        for method in sorted(route.methods - {"HEAD"}):
            status = ask(client, method, address(route, world.keys[0]))
            if not route.rights or not route.rights.isdisjoint(grants.rights):
                absent = kinds(route) & ABSENT
                # a password is an account's, and who signs does not write
                own = route.name in NOT_THERE or (route.name, method, role) in (
                    ("password", "GET", "link"), ("password", "POST", "link"), ("values", "PUT", Role.SIGN),
                )  # fmt: skip
                right = status == 404 if absent else own or status not in (403, 404, 405, 500)
            elif not route.rights.isdisjoint(grants.on_aggregates):
                right = status in ((404,) if kinds(route) & set(world.keys[0]) else (200, 302))
            else:
                right = status == 403
            if not right:
                wrong.append((method, route.pattern, status))
    assert wrong == []


def test_an_address_lets_in_nobody_who_has_not_come_in(world: World) -> None:
    seen = {
        (method in ("GET", "HEAD"), ask(nobody(), method, address(route, world.keys[0])))
        for route in routes()
        if route.rights
        for method in route.methods
    }
    assert seen == {(True, 302), (False, 403)}


def test_an_account_without_roles_sees_nothing(world: World) -> None:
    client = world.office.person("nothing")
    seen = {
        ask(client, method, address(route, world.keys[0]))
        for route in routes()
        if route.rights
        for method in route.methods
    }
    assert seen == {403}


def test_other_methods_are_refused(world: World) -> None:
    client = world.person(Role.ADMIN)
    every = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}
    seen = {
        ask(client, method, address(route, world.keys[0]))
        for route in routes()
        for method in every - route.methods
    }
    assert seen == {405}


@pytest.mark.parametrize(
    "who", [Role.FILL, Role.SIGN, Role.REVIEW, Role.SUM, Role.ARCHIVE, Role.READ, "link"]
)
def test_what_is_another_organs_answers_as_if_it_were_not_there(world: World, who: Role | str) -> None:
    client = world.office.person("one", (who, world.organs[0])) if isinstance(who, Role) else by_link(world)
    kept = set(world.keys[0]) - {"token"}
    seen = {
        (method, route.pattern): ask(client, method, address(route, keys))
        for route in routes()
        if kinds(route) & kept and route.rights
        for method in sorted(route.methods - {"HEAD"})
        for keys in (world.keys[1], dict.fromkeys(world.keys[1], "9" * 19), dict.fromkeys(world.keys[1], "0"))
    }
    assert {key: status for key, status in seen.items() if status not in (403, 404)} == {}
    assert 404 in seen.values()


def test_a_link_of_one_year_reaches_no_other_year(world: World, office: Office) -> None:
    from nianbao.web.office.models import Submission

    client = by_link(world)
    older = Submission.objects.create(organ=world.organs[0], year=YEAR - 1, due="2025-01-31")
    assert client.get(f"/mine/{older.pk}").status_code == 404
    assert client.get(f"/mine/{world.keys[0]['submission']}").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_an_action_is_done_by_whom_the_table_names(world: World, role: Role) -> None:
    from nianbao.web.office.models import Remark, Submission

    client = world.person(role)
    Remark.objects.all().delete()
    met = {Need.NO_ERRORS, Need.SETTLED, Need.WARNINGS}
    seen, expected = {}, {}
    for action, row in ACTIONS.items():
        submission = Submission.objects.get(pk=world.keys[0]["submission"])
        submission.state = next(state for state in State if state in row.before).value
        submission.errors = submission.warnings = 0
        submission.save()
        seen[action] = ask(client, "POST", f"/submissions/{submission.pk}/{action}")
        held = not row.rights.isdisjoint(ROLES[role].rights)
        expected[action] = "done" if held and met.issuperset(row.needs) else "refused" if held else "no"
    words = {302: "done", 422: "refused", 403: "no"}
    assert _but_fill(
        {action: words.get(status, str(status)) for action, status in seen.items()}
    ) == _but_fill(expected)


def _but_fill(actions: dict[Action, str]) -> dict[Action, str]:
    """Without filling in, which is begun by an address of its own; and submitting, which counts anew."""
    return {action: word for action, word in actions.items() if action not in (Action.FILL, Action.SUBMIT)}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.FILL, Role.REVIEW, Role.LOG])
def test_a_form_from_elsewhere_changes_nothing(world: World, role: Role) -> None:
    from django.test import Client

    client = world.person(role)
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    strict.cookies = client.cookies
    seen = {}
    for route in routes():
        for method in sorted(route.methods - {"GET", "HEAD"}):
            with undone():
                answer = strict.generic(method, address(route, world.keys[0]))
            seen[method, route.pattern] = (
                answer.status_code,
                "不是从本系统的页面来的" in answer.content.decode(),
            )
    assert {key: told for key, told in seen.items() if told != (403, True)} == {}


def test_a_right_of_the_whole_office_is_given_on_no_single_organ(office: Office) -> None:
    organ = office.organ("甲局")
    refused = []
    for role in Role:
        for on in (organ, None):
            try:
                office.person(f"{role.name}-{on is None}", (role, on))
            except ValueError:
                refused.append((role, on is None))
    assert refused == [(Role.FILL, True), (Role.SIGN, True), (Role.ADMIN, False), (Role.LOG, False)]


def test_no_role_that_sees_figures_is_the_administrators() -> None:
    assert ROLES[Role.ADMIN].rights == {Right.BOARD, Right.ADMIN}

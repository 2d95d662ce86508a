"""Every address of an office's server: what answers it, and which right it asks for. One table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, path

from nianbao.report.submission import Right
from nianbao.web import static
from nianbao.web.office import (
    board,
    entry,
    links,
    log,
    mine,
    office_settings,
    people,
    review,
    roster,
    roster_import,
    years,
)
from nianbao.web.office.access import Answer, guarded
from nianbao.web.workbench import beside, views

GET, POST = frozenset({"GET", "HEAD"}), frozenset({"POST"})
ANY_RIGHT = frozenset(Right)
FILL = frozenset({Right.FILL})
LOOK = frozenset({Right.LOOK})
ADMIN = frozenset({Right.ADMIN})
NOBODY: frozenset[Right] = frozenset()  # asks for no right: whoever comes


@dataclass(frozen=True)
class Route:
    """An address; one of `rights` is enough, none is asked for where they are empty.

    `kinds` says of a word in the address what it is the key of, where its name does not.
    """

    pattern: str
    view: Any
    name: str
    rights: frozenset[Right]
    methods: frozenset[str] = GET
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> URLPattern:
        """The address as Django has it."""
        view: Answer = guarded(self.view, self.rights, self.methods, self.kinds)
        return path(self.pattern, view, name=self.name)


_DRAFT, _MADE = {"key": "draft"}, {"key": "made"}
ROUTES = (
    Route("", entry.home, "start", ANY_RIGHT),
    Route("login", entry.login, "login", NOBODY, GET | POST),
    Route("logout", entry.logout, "logout", NOBODY, POST),
    Route("enter/<str:token>", entry.enter, "enter", NOBODY, GET | POST),
    Route("health", entry.health, "health", NOBODY),
    Route("static/<str:name>", static.serve, "static", NOBODY),
    Route("news", entry.news, "news", ANY_RIGHT),
    Route("board", board.board, "board", frozenset({Right.BOARD})),
    Route("mine", mine.mine, "mine", frozenset({Right.FILL, Right.SIGN})),
    Route("mine/<int:submission>", mine.one, "mine-one", frozenset({Right.FILL, Right.SIGN})),
    Route("mine/<int:submission>/upload", mine.upload, "upload", FILL, POST),
    Route("mine/<int:submission>/begin", mine.begin, "begin", FILL, POST),
    Route("submissions/<int:submission>", review.submission, "submission", LOOK),
    Route("submissions/<int:submission>/<slug:action>", review.act, "act", ANY_RIGHT, POST),
    Route("versions/<int:version>/remarks", review.remark, "remark", frozenset({Right.REVIEW}), POST),
    # The office itself: roster, links, accounts, log, settings.
    Route("organs", roster.listed, "organs", ADMIN),
    Route("organs/roster.xlsx", roster.taken_home, "roster", ADMIN),
    Route("organs/import", roster_import.read, "roster-read", ADMIN, POST),
    Route("organs/import/confirm", roster_import.confirm, "roster-confirm", ADMIN, POST),
    Route("organs/new", roster.add, "organ-new", ADMIN, GET | POST),
    Route("organs/<int:organ>", roster.edit, "organ", ADMIN, GET | POST),
    Route("organs/<int:organ>/out", roster.take_out, "organ-out", ADMIN, POST),
    Route("organs/<int:organ>/back", roster.take_back, "organ-back", ADMIN, POST),
    Route("links", links.links, "links", ADMIN),
    Route("links/make", links.make, "links-make", ADMIN, POST),
    Route("links/workbook", links.as_workbook, "links-workbook", ADMIN, POST),
    Route("links/<int:link>/revoke", links.revoke, "link-revoke", ADMIN, POST),
    Route("accounts", people.listed, "accounts", ADMIN),
    Route("accounts/new", people.add, "account-new", ADMIN, GET | POST),
    Route("accounts/<int:account>", people.edit, "account", ADMIN),
    Route("accounts/<int:account>/name", people.rename, "account-name", ADMIN, POST),
    Route("accounts/<int:account>/roles", people.give_role, "role-give", ADMIN, POST),
    Route("accounts/<int:account>/enable", people.enable, "account-enable", ADMIN, POST),
    Route("accounts/<int:account>/password", people.reset_password, "password-reset", ADMIN, POST),
    Route("accounts/<int:account>/unlock", people.unlock, "account-unlock", ADMIN, POST),
    Route("roles/<int:assignment>/take", people.take_role, "role-take", ADMIN, POST),
    Route("password", people.password, "password", ANY_RIGHT, GET | POST),
    Route("log", log.log, "log", frozenset({Right.LOG})),
    Route("log/verify", log.verify, "log-verify", frozenset({Right.LOG})),
    Route("log/lines.csv", log.taken_home, "log-lines", frozenset({Right.LOG})),
    Route("settings", office_settings.settings, "settings", ADMIN, GET | POST),
    Route("years", years.years, "years", ADMIN),
    Route("years/open", years.open_year, "year-open", ADMIN, POST),
    Route("years/deadlines", years.set_deadlines, "deadlines", ADMIN, POST),
    # The workbench, on a draft within reach.
    Route("draft/<slug:key>", views.report, "report", FILL, GET, _DRAFT),
    Route("draft/<slug:key>/values", views.values, "values", FILL, GET | {"PUT"}, _DRAFT),
    Route("draft/<slug:key>/last", views.last, "last", FILL, POST | {"DELETE"}, _DRAFT),
    Route("draft/<slug:key>/known/<slug:finding>", views.known, "known", FILL, POST, _DRAFT),
    Route("draft/<slug:key>/make", views.make, "make", FILL, POST, _DRAFT),
    Route("draft/<slug:key>/home.<slug:kind>", views.taken_home, "home", FILL, GET, _DRAFT),
    Route("draft/<slug:key>/compare", beside.compare, "compare", FILL, GET, _DRAFT),
    Route("draft/<slug:key>/article", beside.article, "article", FILL, GET, _DRAFT),
    Route("jobs/<slug:key>", views.job, "job", FILL, GET, _MADE),
    Route("made/<slug:key>/<int:number>.png", views.page, "page", FILL, GET, _MADE),
    Route("made/<slug:key>/spots", views.spots, "spots", FILL, GET, _MADE),
    Route("made/<slug:key>/report.<slug:kind>", views.made_file, "made", FILL, GET, _MADE),
)
urlpatterns = [route.url for route in ROUTES]
handler400 = "nianbao.web.access.refuse_request"
handler404 = "nianbao.web.access.miss"
handler500 = "nianbao.web.access.admit"

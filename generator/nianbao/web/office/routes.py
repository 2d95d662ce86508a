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
    filling,
    links,
    log,
    mine,
    office_settings,
    people,
    picked,
    publication,
    review,
    roster,
    roster_import,
    sums,
    versions,
    years,
)
from nianbao.web.office.access import Answer, guarded
from nianbao.web.workbench import beside, views

GET, POST = frozenset({"GET", "HEAD"}), frozenset({"POST"})
ANY_RIGHT = frozenset(Right)
FILL = frozenset({Right.FILL})
LOOK = frozenset({Right.LOOK})
SUM = frozenset({Right.SUM})
ARCHIVE = frozenset({Right.ARCHIVE})
PUBLISH = SUM | ARCHIVE
OWN = frozenset({Right.FILL, Right.SIGN})
REVIEW = frozenset({Right.REVIEW})
SEEN = LOOK | {Right.ADMIN}  # an administrator sees how far a report is, and none of its figures
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


_DRAFT, _SEEN, _MADE = {"key": "draft"}, {"key": "seen"}, {"key": "made"}
ROUTES = (
    Route("", entry.home, "start", ANY_RIGHT),
    Route("login", entry.login, "login", NOBODY, GET | POST),
    Route("logout", entry.logout, "logout", NOBODY, POST),
    Route("enter/<str:token>", entry.enter, "enter", NOBODY, GET | POST),
    Route("health", entry.health, "health", NOBODY),
    Route("static/<str:name>", static.serve, "static", NOBODY),
    Route("news", filling.news, "news", ANY_RIGHT),
    Route("board", board.board, "board", frozenset({Right.BOARD})),
    Route("mine", mine.mine, "mine", OWN),
    Route("mine/<int:submission>", mine.one, "mine-one", OWN),
    Route("mine/<int:submission>/upload", mine.upload, "upload", FILL, POST),
    Route("mine/<int:submission>/begin", mine.begin, "begin", FILL, POST),
    Route("board/picked", picked.picked, "picked", frozenset({Right.BOARD}), POST),
    Route("board.xlsx", board.export, "board-export", frozenset({Right.BOARD})),
    Route("submissions/<int:submission>", review.submission, "submission", SEEN),
    Route("submissions/<int:submission>/note", review.note, "note", REVIEW),
    Route("submissions/<int:submission>/present", review.present, "present", REVIEW, POST),
    Route("submissions/<int:submission>/compare", versions.compare, "version-compare", LOOK),
    Route("submissions/<int:submission>/<slug:action>", review.act, "act", ANY_RIGHT, POST),
    Route("versions/<int:version>/remarks", review.remark, "remark", REVIEW, POST),
    Route("remarks/<int:remark>/settle", review.settle, "settle", REVIEW, POST),
    Route("versions/<int:version>/pages", versions.pages, "version-pages", LOOK),
    Route("versions/<int:version>/pages/<int:number>.png", versions.page, "version-page", LOOK),
    Route("mine/<int:submission>/<slug:action>", mine.act, "mine-act", OWN, POST),
    Route("uploads/<int:handed>/take", mine.take, "take", FILL, POST, {"handed": "upload"}),
    Route("uploads/<int:handed>/file", versions.uploaded_file, "uploaded", LOOK, GET, {"handed": "upload"}),
    Route("remarks/<int:remark>/answer", mine.answer, "answer", FILL, POST),
    Route("versions/<int:version>", versions.version, "version", LOOK),
    Route("versions/<int:version>/changes", versions.changes, "changes", LOOK),
    Route("versions/<int:version>/report.<slug:kind>", versions.file, "version-file", LOOK),
    Route("sums", sums.sums, "sums", SUM),
    Route("sums/<int:submission>/make", sums.make, "sum-make", SUM, POST),
    Route("sums/<int:submission>/workbook", sums.workbook, "sum-workbook", LOOK),
    Route("publication", publication.publication, "publication", PUBLISH),
    Route("publication/site", publication.site, "site", SUM, POST),
    Route("publication/archive", publication.archive, "archive-add", ARCHIVE, POST),
    Route("publication/export", publication.export, "archive-export", ARCHIVE, POST),
    Route("publication/<int:submission>/compare", publication.compare, "published", PUBLISH, GET | POST),
    Route("work/<int:job>", publication.work, "work", PUBLISH),
    Route("work/<int:job>/file", publication.work_file, "work-file", PUBLISH),
    Route("archive", beside.archive, "archive", ARCHIVE),
    Route("archive/verify", beside.verify, "verify", ARCHIVE, POST),
    Route("archive/files/<path:path>", beside.kept_file, "kept", ARCHIVE),
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
    Route("draft/<slug:boxes>", filling.report, "report", OWN),
    Route("draft/<slug:boxes>/values", filling.values, "values", OWN, GET | {"PUT"}),
    Route("draft/<slug:key>/last", views.last, "last", FILL, POST | {"DELETE"}, _DRAFT),
    Route("draft/<slug:key>/known/<slug:finding>", views.known, "known", FILL, POST, _DRAFT),
    Route("draft/<slug:key>/make", views.make, "make", OWN, POST, _SEEN),
    Route("draft/<slug:key>/home.<slug:kind>", views.taken_home, "home", OWN, GET, _SEEN),
    Route("draft/<slug:key>/compare", beside.compare, "compare", OWN, GET, _SEEN),
    Route("draft/<slug:key>/article", beside.article, "article", OWN, GET, _SEEN),
    Route("jobs/<slug:key>", views.job, "job", OWN, GET, _MADE),
    Route("made/<slug:key>/<int:number>.png", views.page, "page", OWN, GET, _MADE),
    Route("made/<slug:key>/spots", views.spots, "spots", OWN, GET, _MADE),
    Route("made/<slug:key>/report.<slug:kind>", views.made_file, "made", OWN, GET, _MADE),
)
urlpatterns = [route.url for route in ROUTES]
handler400 = "nianbao.web.access.refuse_request"
handler404 = "nianbao.web.access.miss"
handler500 = "nianbao.web.access.admit"

"""A roster is imported: read, shown with all that it would change, and done once that is confirmed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from nianbao.app import office_lists
from nianbao.app.outcome import Usage
from nianbao.app.outcome import problems as problems_of
from nianbao.mandate import for_year
from nianbao.report import ProblemsFound, Severity
from nianbao.report.submission import roster as rosters
from nianbao.report.submission.roster import Plan
from nianbao.web import shortage
from nianbao.web.office import filestore, organs
from nianbao.web.office.access import Asking, who
from nianbao.web.office.deadlines import hold
from nianbao.web.office.models import File
from nianbao.web.office.notices import say, show
from nianbao.web.office.roster import in_words, listed
from nianbao.web.office.submissions import setting
from nianbao.web.words import catalogue
from nianbao.web.workbench.views import upload as uploaded

SALT = "nianbao.roster"
OPEN_FOR = 8 * 60 * 60  # seconds in which a shown import can be confirmed
COLUMNS = ("organ", "reporter", "superior", "due", "remark", "active")


def read(request: Asking) -> HttpResponse:
    """Read a roster, and show what it would change."""
    try:
        content, name = uploaded(request)
        plan, problems = _planned(content, name)
    except (ProblemsFound, Usage) as error:
        return listed(request, in_words(error))
    except Exception as error:
        shortage.insist(error)
        return listed(request, tuple(map(str, problems_of(error))))
    file = filestore.keep(content)
    token = signing.dumps([file.sha256, name], salt=SALT)
    return _preview(request, plan, token, tuple(map(str, problems)))


def confirm(request: Asking) -> HttpResponse:
    """Do what was shown; where the organs have changed meanwhile, show it anew."""
    token = request.POST.get("roster", "")
    try:
        digest, name = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
        content = filestore.read(File.objects.get(pk=digest))
        with transaction.atomic():
            hold()
            return _confirmed(request, token, content, name, digest)
    except (signing.BadSignature, File.DoesNotExist, OSError) as error:
        shortage.insist(error)
        return listed(request, (catalogue()["organs"]["import_again"],))
    except ProblemsFound as error:
        return listed(request, in_words(error))


def _confirmed(request: Asking, token: str, content: bytes, name: str, digest: str) -> HttpResponse:
    plan, problems = _planned(content, name)
    if request.POST.get("stamp") != _stamp(plan):
        if organs.is_so(plan):  # the button was pressed twice
            return _imported(request, plan)
        told = (*map(str, problems), catalogue()["organs"]["changed_meanwhile"])
        return _preview(request, plan, token, told)
    try:
        named = rosters.renamed(plan, _renamed(plan, request.POST))
        out = request.POST.get("out") == "on"
        organs.import_roster(named, take_out=out, who=who(request), file=name, sha256=digest)
    except (ProblemsFound, Usage) as error:
        return _preview(request, plan, token, in_words(error))
    return _imported(request, plan)


def _imported(request: Asking, plan: Plan) -> HttpResponse:
    say(request, "organs", "imported", count=len(plan.lines))
    return redirect("organs")


def _planned(content: bytes, name: str) -> tuple[Plan, tuple[Any, ...]]:
    year = setting().year
    read = office_lists.read_roster(content, name, for_year(year))
    wrong = [problem for problem in read.problems if problem.severity is Severity.ERROR]
    try:
        plan = organs.planned(read.expected, year)
    except ProblemsFound as error:
        raise ProblemsFound([*wrong, *error.problems]) from None
    if wrong:
        raise ProblemsFound(wrong)
    return plan, read.problems


def _preview(request: Asking, plan: Plan, token: str, problems: tuple[str, ...]) -> HttpResponse:
    before = {organ.number: organ for organ in organs.standing(setting().year)}
    words = catalogue()["organs"]
    changed = []
    for line in plan.lines:
        if pairs := plan.changes(line, before):
            told = [(words[name], *pairs[name]) for name in COLUMNS if name in pairs]
            changed.append({"name": line.before.name if line.before else "", "changes": told})
    new: list[dict[str, Any]] = [
        {"at": at, "line": line, "superior": plan.name_of(line.superior, before)}
        for at, line in enumerate(plan.lines)
        if line.before is None
    ]
    shown = {
        "new": new,
        "changed": changed,
        "missing": plan.missing,
        "same": len(plan.lines) - len(new) - len(changed),
        "token": token,
        "stamp": _stamp(plan),
        "file": signing.loads(token, salt=SALT)[1],
        "ask_names": any(line["line"].candidates for line in new),
    }
    return show(request, "office/roster_import.html", shown, problems)


def _stamp(plan: Plan) -> str:
    """A digest of a plan: another one when the organs were changed meanwhile."""
    return hashlib.sha256(repr(plan).encode()).hexdigest()


def _renamed(plan: Plan, given: QueryDict) -> dict[int, int]:
    """Which lines are organs that were called otherwise; raises Usage where two are the same one."""
    names: dict[int, int] = {}
    for at, line in enumerate(plan.lines):
        number = given.get(f"renamed-{at}", "")
        if any(str(organ.number) == number for organ in line.candidates):
            if int(number) in names.values():
                before = next(organ.name for organ in line.candidates if str(organ.number) == number)
                raise Usage(f"“{before}”只能改成一个名称，现在选了两个")
            names[at] = int(number)
    return names

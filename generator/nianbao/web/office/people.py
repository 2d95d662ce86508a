"""帐户: who may come in, and as what."""

from __future__ import annotations

from collections import Counter

from django.contrib import auth
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect

from nianbao.report.rollup import normal
from nianbao.report.submission import Role
from nianbao.web.access import refuse
from nianbao.web.office import accounts, lockouts
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Account, Assignment, Organ
from nianbao.web.office.notices import say, show
from nianbao.web.office.person import MUST
from nianbao.web.office.submissions import setting
from nianbao.web.words import catalogue


def listed(request: Asking) -> HttpResponse:
    """Every account with its roles, and whether it can come in."""
    given = Prefetch("assignments", Assignment.objects.select_related("organ").order_by("pk"))
    users = list(User.objects.prefetch_related(given).order_by("username"))
    first = set(Account.objects.filter(must_change=True).values_list("user_id", flat=True))
    shut = lockouts.locked()
    rows = [
        {"user": user, "must_change": user.pk in first, "locked": user.get_username() in shut}
        for user in users
    ]
    return show(request, "office/accounts.html", {"rows": rows})


def add(request: Asking) -> HttpResponse:
    """Make an account, and show its first password, once."""
    if request.method != "POST":
        return _new(request)
    try:
        role, organ = _role(request)
        user, password = accounts.create(
            request.POST.get("login", ""), request.POST.get("name", ""), role, organ, who(request)
        )
    except accounts.Refused as error:
        return _new(request, (str(error),))
    return _password_sheet(request, user, password)


def edit(request: Asking, account: User, problems: tuple[str, ...] = ()) -> HttpResponse:
    """One account: its name, its roles, and what can be done with it."""
    shown = {
        "user": account,
        "given": Assignment.objects.filter(user=account).select_related("organ").order_by("pk"),
        "must_change": accounts.must_change(account),
        "locked": account.get_username() in lockouts.locked(),
        **_choices(request),
    }
    return show(request, "office/account.html", shown, problems)


def rename(request: Asking, account: User) -> HttpResponse:
    """Say anew whose account it is."""
    try:
        accounts.rename(account, request.POST.get("name", ""), who(request))
    except accounts.Refused as error:
        return edit(request, account, (str(error),))
    return _done(request, account, "saved")


def give_role(request: Asking, account: User) -> HttpResponse:
    """Give a role."""
    try:
        role, organ = _role(request)
    except accounts.Refused as error:
        return edit(request, account, (str(error),))
    accounts.assign(account, role, organ, who(request))
    return _done(request, account, "given")


def take_role(request: Asking, assignment: Assignment) -> HttpResponse:
    """Take a role."""
    account = assignment.user
    try:
        accounts.take(assignment, who(request))
    except accounts.Refused as error:
        return edit(request, account, (str(error),))
    return _done(request, account, "taken")


def enable(request: Asking, account: User) -> HttpResponse:
    """Let an account in, or no more."""
    active = request.POST.get("active") == "yes"
    try:
        accounts.enable(account, who(request), active=active)
    except accounts.Refused as error:
        return edit(request, User.objects.get(pk=account.pk), (str(error),))
    return _done(request, account, "enabled" if active else "disabled")


def reset_password(request: Asking, account: User) -> HttpResponse:
    """Give an account a new first password, and show it, once."""
    return _password_sheet(request, account, accounts.reset_password(account, who(request)))


def unlock(request: Asking, account: User) -> HttpResponse:
    """Let an account try again."""
    accounts.unlock(account, who(request))
    return _done(request, account, "unlocked")


def password(request: Asking) -> HttpResponse:
    """Change one's own password."""
    assert request.person is not None
    if request.person.account is None:
        return refuse(request, 403, (catalogue()["password"]["link"],))
    user = User.objects.get(pk=request.person.account)
    if request.method != "POST":
        return show(request, "office/password.html", {})
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    problems = _wrong(request, user, old, new, again)
    if problems:
        return show(request, "office/password.html", {}, problems)
    accounts.change_password(user, new, who(request))
    request.session.pop(MUST, None)
    update_session_auth_hash(request, user)
    say(request, "password", "changed")
    return redirect("password")


def _wrong(request: Asking, user: User, old: str, new: str, again: str) -> tuple[str, ...]:
    """What is wrong with a new password; wrong tries of the old one count as wrong logins."""
    words = catalogue()["password"]
    if auth.authenticate(request, username=user.get_username(), password=old) is None:
        return (words["wrong"],)
    if new != again:
        return (words["differ"],)
    if new == old:
        return (words["same"],)
    try:
        validate_password(new, user)
    except ValidationError as error:
        return tuple(words[problem.code] for problem in error.error_list)
    return ()


def _role(request: Asking) -> tuple[Role, Organ | None]:
    """The role that a form gives, and on which organ; raises Refused."""
    try:
        role = Role(request.POST.get("role", ""))
    except ValueError:
        raise accounts.Refused("请选一个角色") from None
    name = request.POST.get("organ", "").strip()
    organ = None
    if name:
        named = normal(name)
        organ = next((o for label, o in _labels() if named in (normal(label), o.normal_name)), None)
        if organ is None:
            raise accounts.Refused(f"名册上没有“{name[:40]}”，请照名册写机关的全称")
    if organ is None and role.of_one_organ:
        raise accounts.Refused(f"{role}是某一个机关的，请写机关")
    if organ is not None and role.of_whole_office:
        raise accounts.Refused(f"{role}管整个办公室，机关请留空")
    return role, organ


def _choices(request: Asking) -> dict[str, object]:
    asked = {key: request.POST.get(key, "") for key in ("login", "name", "role", "organ")}
    return {"roles": list(Role), "organs": [label for label, _ in _labels()], "asked": asked}


def _labels() -> list[tuple[str, Organ]]:
    """The organs, own offices before aggregates, and what tells two of one name apart."""
    organs = list(Organ.objects.filter(active=True).order_by("aggregate", "pk"))
    counted = Counter(organ.normal_name for organ in organs)
    return [(o.name if counted[o.normal_name] == 1 else f"{o.name}（{o.reporter}）", o) for o in organs]


def _new(request: Asking, problems: tuple[str, ...] = ()) -> HttpResponse:
    return show(request, "office/account_new.html", _choices(request), problems)


def _password_sheet(request: Asking, user: User, password: str) -> HttpResponse:
    shown = {
        "user": user,
        "password": password,
        "office": setting(),
        "address": request.build_absolute_uri("/login"),
    }
    return show(request, "office/account_sheet.html", shown)


def _done(request: Asking, account: User, word: str) -> HttpResponse:
    say(request, "accounts", word, name=account.get_username())
    return redirect("account", account.pk)

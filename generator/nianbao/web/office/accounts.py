"""Accounts and their roles: what is done with them, each with its line in the log."""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from nianbao.report.alike import foreign, look
from nianbao.report.submission import Role
from nianbao.web.office import events, lockouts
from nianbao.web.office.events import Who
from nianbao.web.office.models import Account, Assignment, Organ

FIRST = "admin"  # the login of an office's first administrator
LONGEST = 100  # characters of a person's name: with the login it is what the log calls them
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
_LOGIN = re.compile("[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff._@-]{0,49}")


class Refused(Exception):  # noqa: N818 # no fault of anybody's
    """What is not done with an account, and why."""


def create_first() -> tuple[str, str]:
    """Make the first administrator; the login and the password, which nobody can read any more later."""
    password = new_password()
    with transaction.atomic():
        user = User.objects.create_user(FIRST, password=password)
        Account.objects.create(user=user)
        assign(user, Role.ADMIN, None, Who(""))
    return FIRST, password


def create(login: str, name: str, role: Role, organ: Organ | None, by: Who) -> tuple[User, str]:
    """Make an account with its first role; its password, which has to be changed at the first login."""
    login = unicodedata.normalize("NFKC", login.strip())
    if not _LOGIN.fullmatch(login):
        raise Refused("用户名用字母、数字、汉字和 . _ - @，以字母、数字或汉字开头，最多 50 个字")
    password = new_password()
    name = _name(name)
    with transaction.atomic():
        for other in User.objects.values_list("username", flat=True):
            if look(other) == look(login):
                same = other.casefold() == login.casefold()
                raise Refused(f"已有用户名“{other}”" + ("" if same else f"，和“{login}”看起来一样，请换一个"))
        try:
            user = User.objects.create_user(login, password=password, first_name=name)
        except IntegrityError:  # somebody else has made it in this moment
            raise Refused(f"已有用户名“{login}”") from None
        Account.objects.create(user=user)
        events.record(by, "account", account=login, name=user.first_name)
        assign(user, role, organ, by)
    return user, password


def assign(user: User, role: Role, organ: Organ | None, by: Who) -> None:
    """Give a role, on one organ or on the whole office. Raises ValueError for a role that is not so given."""
    if not role.fits(organ=organ is not None):
        raise ValueError(role)
    with transaction.atomic():
        Assignment.objects.get_or_create(user=user, role=role.value, organ=organ)
        name = organ.name if organ else ""
        events.record(by, "assign", account=user.get_username(), role=role.value, organ=name)


def take(assignment: Assignment, by: Who) -> None:
    """Take a role; raises Refused where nobody could administer the office any more."""
    with transaction.atomic():
        if assignment.role == Role.ADMIN:
            _require_administrator(assignment.user)
        name = assignment.organ.name if assignment.organ else ""
        account = assignment.user.get_username()
        events.record(by, "unassign", account=account, role=assignment.role, organ=name)
        assignment.delete()


def rename(user: User, name: str, by: Who) -> None:
    """Say anew whose account it is."""
    before, user.first_name = user.first_name, _name(name)
    with transaction.atomic():
        user.save(update_fields=["first_name"])
        events.record(by, "account-name", account=user.get_username(), name=[before, user.first_name])


def enable(user: User, by: Who, *, active: bool) -> None:
    """Let an account in again, or no more: its sessions end at once."""
    with transaction.atomic():
        if not active:
            _require_administrator(user)
        user.is_active = active
        user.save(update_fields=["is_active"])
        events.record(by, "account-on" if active else "account-off", account=user.get_username())


def reset_password(user: User, by: Who) -> str:
    """Give an account a new first password and end its sessions; the password."""
    password = new_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        Account.objects.update_or_create(user=user, defaults={"must_change": True})
        lockouts.release(user.get_username())
        events.record(by, "password-reset", account=user.get_username())
    return password


def change_password(user: User, password: str, by: Who) -> None:
    """Change one's own password; all sessions but the one it is done in are to end."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        Account.objects.update_or_create(user=user, defaults={"must_change": False})
        events.record(by, "password", account=user.get_username())


def unlock(user: User, by: Who) -> None:
    """Let an account try again whose password was given wrong too often."""
    with transaction.atomic():
        lockouts.release(user.get_username())
        events.record(by, "unlock", account=user.get_username())


def must_change(user: User) -> bool:
    """Whether an account has still the password that was handed out."""
    return Account.objects.filter(user=user, must_change=True).exists()


def new_password() -> str:
    """A password that can be read out: 16 signs in fours, 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def _name(name: str) -> str:
    """A person's name as it is kept; raises Refused where it has signs that no name is written with."""
    if odd := foreign(name):
        raise Refused(f"姓名里有姓名不会用的字符（{odd}），请重新输入")
    return name.strip()[:LONGEST]


def _require_administrator(leaving: User) -> None:
    """Raise Refused where no other account that may come in administers the office."""
    admins = (
        Assignment.objects.select_for_update()
        .filter(role=Role.ADMIN.value, user__is_active=True)
        .values_list("user_id", flat=True)
    )
    if set(admins) <= {leaving.pk}:
        raise Refused("这是最后一个管理员。请先让另一个帐户当管理员")

"""Accounts and their roles."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import transaction

from nianbao.report.submission import Role
from nianbao.web.office import events
from nianbao.web.office.events import Who
from nianbao.web.office.models import Assignment, Organ

FIRST = "admin"  # the login of an office's first administrator
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def create_first() -> tuple[str, str]:
    """Make the first administrator; the login and the password, which nobody can read any more later."""
    password = new_password()
    with transaction.atomic():
        user = User.objects.create_user(FIRST, password=password)
        assign(user, Role.ADMIN, None, Who(""))
    return FIRST, password


def assign(user: User, role: Role, organ: Organ | None, by: Who) -> None:
    """Give a role, on one organ or on the whole office. Raises ValueError for a role that needs an organ."""
    if role.of_one_organ and organ is None:
        raise ValueError(role)
    with transaction.atomic():
        Assignment.objects.get_or_create(user=user, role=role.value, organ=organ)
        name = organ.name if organ else ""
        events.record(by, "assign", account=user.get_username(), role=role.value, organ=name)


def new_password() -> str:
    """A password that can be read out: 16 signs in fours, 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))

"""Who asks: an account with its roles, or an organ that came by its link; and how far each reaches."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from nianbao.report.submission import ROLES, Right, Role
from nianbao.web.office.models import Assignment, Link, Organ, Submission

LINK = "link"  # in the session: the number of the link that somebody came by
MUST = "must"  # in the session: that the first password has to be changed before anything else
STAMP = "stamp"  # in the session: the roles that it was opened with


@dataclass(frozen=True)
class Person:
    """Somebody who asks; `year` where they came by a link, which is for one year.

    `roles` are pairs of a role and the number of its organ, None for the whole office. `account` is the
    number of the account, None where there is none; with `must_change` it can only change its password.
    """

    name: str
    roles: tuple[tuple[Role, int | None], ...]
    year: int | None = None
    account: int | None = None
    must_change: bool = False

    def may(self, *rights: Right) -> bool:
        """Whether one of these rights is theirs, on whatever organ."""
        held = {right for role, _ in self.roles for right in ROLES[role].rights | ROLES[role].on_aggregates}
        return not held.isdisjoint(rights)

    def organs(self, *rights: Right) -> QuerySet[Organ]:
        """The organs on which one of these rights is theirs."""
        return Organ.objects.filter(self._reach(rights, ""))

    def submissions(self, *rights: Right) -> QuerySet[Submission]:
        """The submissions on which one of these rights is theirs."""
        found = Submission.objects.filter(self._reach(rights, "organ__")).select_related("organ")
        return found if self.year is None else found.filter(year=self.year)

    def _reach(self, rights: tuple[Right, ...], path: str) -> Q:
        """Which organs these rights hold on; those of an organ that has members hold on its members too."""
        reach = Q(pk__in=())
        for on_aggregates in (False, True):
            own, members, everywhere = set[int](), set[int](), False
            for role, organ in self.roles:
                grants = ROLES[role]
                granted = grants.on_aggregates if on_aggregates else grants.rights
                if granted.isdisjoint(rights):
                    continue
                if organ is None:
                    everywhere = True
                else:
                    own.add(organ)
                    members |= set() if role.of_one_organ else {organ}
            # one condition, however many roles: SQLite takes no more than 1,000 in one another
            within = Q(**{f"{path}id__in": own}) | Q(**{f"{path}superior_id__in": members})
            within = ~Q(pk__in=()) if everywhere else within
            reach |= within & Q(**{f"{path}aggregate": True}) if on_aggregates else within
        return reach


def of(request: HttpRequest) -> Person | None:
    """Who sends a request; None for nobody. A session ends with its link, its account or any of its roles."""
    if (number := request.session.get(LINK)) is not None:
        return _by_link(request, number)
    user = request.user
    if not isinstance(user, User):
        return None
    roles = roles_of(user)
    if request.session.setdefault(STAMP, stamp(roles)) != stamp(roles):
        request.session.flush()
        return None
    return Person(called(user), roles, account=user.pk, must_change=bool(request.session.get(MUST)))


def roles_of(user: User) -> tuple[tuple[Role, int | None], ...]:
    """The roles of an account, but for those on organs that are off the roster."""
    given = Assignment.objects.filter(user=user).exclude(organ__active=False).order_by("id")
    return tuple((Role(role), organ) for role, organ in given.values_list("role", "organ_id"))


def called(user: User) -> str:
    """What an account is called: its person's name and its login, or the login alone."""
    login = user.get_username()
    return f"{user.first_name}（{login}）" if user.first_name else login


def stamp(roles: tuple[tuple[Role, int | None], ...]) -> str:
    """A digest of roles: another one when any of them has changed."""
    return hashlib.sha256(repr(sorted(map(str, roles))).encode()).hexdigest()


def _by_link(request: HttpRequest, number: int) -> Person | None:
    link = Link.objects.select_related("organ").filter(pk=number).first()
    if link is None or link.revoked or link.expires < timezone.now() or not link.organ.active:
        return None  # the session stays, so that every page can say why nothing is shown
    return Person(f"{link.organ.name}（链接）", ((Role.FILL, link.organ_id),), link.year)

"""Last year's report of an organ: the one that this office has accepted, else the archive's."""

from __future__ import annotations

import logging
from typing import NamedTuple

from django.conf import settings

from nianbao.app.archive.index import Asked, find
from nianbao.app.archive.manifest import REPORT
from nianbao.app.archive.store import Archive
from nianbao.media import exchange, form
from nianbao.media.form import Values
from nianbao.report import ProblemsFound, Report, assemble
from nianbao.report.rollup import normal
from nianbao.report.submission import State
from nianbao.web import shortage
from nianbao.web.office.models import Organ, Version
from nianbao.web.words import catalogue

ACCEPTED = (State.ACCEPTED, State.SUMMED, State.PUBLISHED, State.ARCHIVED)
_log = logging.getLogger(__name__)


class Earlier(NamedTuple):
    """A report as the boxes have it, and where it is from, in words."""

    values: Values
    name: str


def of(organ: Organ, year: int) -> Earlier | None:
    """An organ's report of a year; None where there is none."""
    return _accepted(organ, year) or _archived(organ, year)


def values_of(version: Version) -> Values:
    """The boxes of a version."""
    return form.of(exchange.read_content(version.report.encode(), ""))


def report_of(version: Version, name: str) -> Report:
    """The report of a version, `name` in messages, with its places as the form calls them."""
    return assemble(form.enter(values_of(version), name))


def _accepted(organ: Organ, year: int) -> Earlier | None:
    version = (
        Version.objects.filter(submission__organ=organ, submission__year=year, submission__state__in=ACCEPTED)
        .order_by("-number")
        .first()
    )
    if version is None:
        return None
    return Earlier(values_of(version), catalogue()["mine"]["last_accepted"].format(year=year))


def _archived(organ: Organ, year: int) -> Earlier | None:
    archive = Archive(settings.NIANBAO_ARCHIVE)
    if not archive.root.is_dir():
        return None
    try:
        for listed in find(archive, Asked(organ=organ.name, years=(year, year))):
            if normal(listed.organ) == organ.normal_name:
                folder = archive.root / listed.folder
                report = exchange.read(folder / archive.manifest(folder).named(REPORT))
                name = catalogue()["mine"]["last_archived"].format(year=year, revision=listed.revision)
                return Earlier(form.of(report), name)
    except (OSError, ProblemsFound) as error:  # what is wrong with the archive, its own page tells
        shortage.insist(error)
        _log.warning("归档 %s 读不出", archive.root, exc_info=True)
    return None

"""What the office has done by jobs, by their kind: one table."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.web.office import aggregates, publications
from nianbao.web.office.jobs import Work

WORK: Mapping[str, Work] = {
    aggregates.KIND: aggregates.work,
    publications.SITE: publications.site,
    publications.ARCHIVE: publications.archive,
    publications.EXPORT: publications.export,
}

"""What a version looks like printed: made once, by the worker of the workbench."""

from __future__ import annotations

import hashlib

from nianbao.app.workbench import Wanted
from nianbao.web.office.models import Version
from nianbao.web.workbench.jobs import Made, jobs


def wanted(version: Version) -> Wanted:
    """How a version is printed: as a draft where it has errors."""
    return Wanted(draft=version.errors > 0)


def printed(version: Version) -> Made:
    """A version's Word file, PDF and web page, made or being made; a draft where it has errors."""
    content = version.report.encode()
    name = f"version-{hashlib.sha256(content).hexdigest()}"
    return jobs().make(name, version.number, content, wanted(version))

"""Findings as files: SARIF for other programs, one page of HTML for people. Written only."""

from nianbao.media.findings.findings import Findings
from nianbao.media.findings.page import write as page
from nianbao.media.findings.sarif import write as sarif

__all__ = ["Findings", "page", "sarif"]

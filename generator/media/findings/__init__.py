"""Findings as files: SARIF for other programs, one page of HTML for people. Written only."""

from generator.media.findings.found import Found
from generator.media.findings.page import write as page
from generator.media.findings.sarif import write as sarif

__all__ = ["Found", "page", "sarif"]

"""Findings as files: SARIF for other programs, one page of HTML for people. Written only."""

from nianbao.media.findings.findings import Findings

__all__ = ["Findings"]

"""Which program made a report: whatever its pages are made of counts."""

from __future__ import annotations

from nianbao.app.build_id import _SOURCES

from tests.paths import ROOT


def test_templates_and_style_sheets_of_pages_count() -> None:
    media = ROOT / "generator" / "nianbao" / "media"
    files = {path.suffix for folder in ("pages", "webpage") for path in (media / folder).glob("*.*")}

    assert {".py", ".html", ".css"} <= files <= set(_SOURCES)

"""Where things lie that tests use; what lies in SHARED need not be there."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA, DOCS, TEMPLATES = ROOT / "data", ROOT / "docs", ROOT / "templates"
VALIDATOR = ROOT / ".cache" / "ooxml-validator"
SHARED = ROOT.parent / "shared"
REPORTS = SHARED / "reports"

"""Fields that fetch what they print: from files, addresses, data bases and other programs."""

from __future__ import annotations

import re

FETCHING = re.compile(
    r"^\s*(INCLUDE|LINK|IMPORT|DATABASE|RD|AUTOTEXT\w*|GLOSSARY)\b|\b(INCLUDE(PICTURE|TEXT)|DDE(AUTO)?)\b",
    re.IGNORECASE,
)

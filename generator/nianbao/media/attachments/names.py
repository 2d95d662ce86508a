"""Names of attached files, whatever coding they were written in."""

from __future__ import annotations

import re
import unicodedata

_CODES = ("utf-8", "gb18030")


def decoded(raw: bytes, otherwise: str) -> str:
    """A name in UTF-8, else in GB 18030 as Chinese Windows writes it, else `otherwise`."""
    for code in _CODES:
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return otherwise


def shown(name: str) -> str:
    """A name as it can be shown: without control signs and those that turn the writing round."""
    plain = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    return re.sub(r"\s+", " ", plain).strip().replace("\\", "/")

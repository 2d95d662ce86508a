"""click's own words in Chinese, whatever the language of the user's system."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Any

DOMAIN, LANGUAGE = "nianbao", "zh_CN"
LOCALE = Path(__file__).with_name("locale")


@cache
def bind() -> None:
    """Have click, which asks gettext for every word it says, find our catalogue.

    gettext by itself takes the language from the environment; setting it there would change what the
    programs that we start, such as LibreOffice, take for the user's language.
    """
    others = gettext.translation
    ours = others(DOMAIN, LOCALE, [LANGUAGE])

    def translation(domain: str, *where: Any, **options: Any) -> Any:
        return ours if domain == DOMAIN else others(domain, *where, **options)

    gettext.translation = translation
    gettext.textdomain(DOMAIN)

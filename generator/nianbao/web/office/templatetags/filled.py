"""Words with a place for a value."""

from __future__ import annotations

import re

from django import template

register = template.Library()
_PLACE = re.compile(r"\{\w+\}")


@register.filter
def filled(words: str, value: object) -> str:
    """The words with the value in their one place."""
    return _PLACE.sub(lambda _: str(value), words)

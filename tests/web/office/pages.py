"""Pages of the office as tests read them."""

from __future__ import annotations

from typing import Any

from lxml import html


def parsed(answer: Any) -> Any:
    """The page of an answer."""
    return html.document_fromstring(answer.content.decode())


def text(element: Any) -> str:
    """What an element says."""
    return " ".join(element.text_content().split())

"""The words of the office's pages, for its views."""

from __future__ import annotations

from typing import Any

from nianbao.web.words import catalogue


def words(page: str) -> dict[str, Any]:
    """The words of a page by their names."""
    return catalogue()[page]  # type: ignore[no-any-return]

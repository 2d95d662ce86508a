"""The results of a self-test on one page: HTML that needs no other file, and prints on A4."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.media import pages
from nianbao.media.self_test.results import Results, State


def write(results: Results, links: Iterable[tuple[str, str]] = ()) -> str:
    """The page; `links` are words and addresses that stand above it on the screen, and are not printed."""
    return pages.render("self_test/page.html", results=results, links=list(links), State=State)

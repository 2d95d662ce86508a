"""The pages for people: what they link to and name is there, and every page is linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.paths import DOCS, ROOT
from tests.test_floors import DOORS

PAGES = [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("README*.md"))]
CODE = re.compile(r"^```.*?^```|^    .*?$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
QUOTED = re.compile(r"`([^`\n]+)`")
FOLDERS = ("generator/", "tests/", "setup/", "docs/", "data/", "templates/", "benchmarks/")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return CODE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """What a link may point to in a page, as GitHub names its headings."""
    headings = HEADING.findall(prose(page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """The links of a page that lead to files, with their anchors."""
    targets = [link or image for link, image in LINK.findall(prose(page))]
    return [target for target in targets if not re.match("[a-z]+:", target)]


def leads_nowhere(page: Path, link: str) -> bool:
    """Whether a link's file is not there, or has no such heading."""
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return not target.exists() or bool(anchor and anchor not in anchors(target))


def named(page: Path) -> list[str]:
    """The paths of the repository that a page names in backticks; `*` stands for some file."""
    return [word for word in QUOTED.findall(prose(page)) if word.startswith(FOLDERS) and " " not in word]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if leads_nowhere(page, link)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    assert [path for path in named(page) if not list(ROOT.glob(path))] == []


def test_every_page_is_linked_from_the_first() -> None:
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in links(ROOT / "README.md")}

    assert [page.name for page in DOCS.glob("*.md") if page.resolve() not in linked] == []


def test_the_table_of_doors_is_the_one_that_is_held() -> None:
    page = (DOCS / "contributing.md").read_text(encoding="utf-8")
    table = page.partition("\n| library | only in |\n|---|---|\n")[2].partition("\n\n")[0]
    package = ROOT / "generator" / "nianbao"
    held = [
        f"| {', '.join(libraries)} | {', '.join(f'`{door}`' for door in doors).replace('.', '/')} |"
        for libraries, doors in DOORS.items()
        if any((package / door.split(".")[0]).is_dir() for door in doors)
    ]

    assert sorted(table.splitlines()) == sorted(held)


def test_a_link_or_a_path_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Which PDF/A, 何时\n\n    # no heading\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text(
        "[b](b.md#which-pdfa-何时) [c](c.md) [d](b.md#no-heading) [self](#x) [web](https://x.y)\n"
        '<img src="e.png"> `tests/a.py` `make test` `setup/fonts`\n\n    [code](f.md)\n',
        encoding="utf-8",
    )

    assert [link for link in links(page) if leads_nowhere(page, link)] == [
        "c.md", "b.md#no-heading", "#x", "e.png"
    ]  # fmt: skip
    assert named(page) == ["tests/a.py", "setup/fonts"]

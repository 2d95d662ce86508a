"""Templates of pages: everything is escaped, nothing is missing, and the caller writes a table's cells."""

from __future__ import annotations

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from lxml import html
from nianbao.mandate import load
from nianbao.media import pages

from tests.paths import ROOT
from tests.test_floors import mandated

TEMPLATES = sorted((ROOT / "generator" / "nianbao" / "media").rglob("*.html"))
NASTY = """"><script>'&amp;{{ 1 }}{% raw %}"""


def made(source: str, **values: object) -> str:
    return pages.environment().from_string(source).render(values)


def test_a_value_is_escaped_wherever_it_stands() -> None:
    assert made('<p title="{{ value }}">{{ value }}</p>', value=NASTY) == (
        f'<p title="{escape(NASTY)}">{escape(NASTY)}</p>'
    )


def test_a_value_is_escaped_once_on_its_way_through_macros() -> None:
    scroll = '{% from "pages/macros.html" import scroll %}{% call scroll(value) %}{{ value }}{% endcall %}'

    assert made(scroll, value=NASTY) == (
        f'<div class="scroll" role="group" aria-label="{escape(NASTY)}" tabindex="0">{escape(NASTY)}</div>\n'
    )


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'value' is undefined"):
        made("{{ value }}")


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_another_page_can_write_its_own_cells_into_the_same_table(edition: str) -> None:
    boxes = (
        '{% from "pages/macros.html" import statutory_table %}'
        '{% call(key, headers) statutory_table(table, title) %}<input name="{{ key }}">{% endcall %}'
    )
    for table in load(edition).tables.values():
        page = html.fromstring(made(boxes, table=table, title="表"))

        assert [box.get("name") for box in page.iterfind(".//td/input")] == [slot.key for slot in table.slots]
        assert all(cell.get("headers") and not cell.text for cell in page.iter("td"))


def test_jinja_is_loaded_only_when_a_page_is_made() -> None:
    code = (
        "import sys; from nianbao.media import comparison, findings, webpage; print('jinja2' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_mandated_word_is_typed_in_a_template(path: Path) -> None:
    assert [word for word in mandated() if word in path.read_text(encoding="utf-8")] == []


def test_the_templates_are_found_here() -> None:
    assert "webpage/page.html" in {f"{path.parent.name}/{path.name}" for path in TEMPLATES}

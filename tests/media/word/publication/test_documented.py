"""docs/templates.md names everything that a template may lose."""

from __future__ import annotations

import ast
import re

from nianbao.media.word.publication import properties, relations
from nianbao.media.word.publication.removals import Seen

from tests.paths import DOCS, ROOT

TABLE = (DOCS / "templates.md").read_text(encoding="utf-8").partition("## What of a template")[2]
SOURCES = sorted((ROOT / "generator" / "nianbao" / "media" / "word" / "publication").glob("*.py"))


def words() -> set[str]:
    """What a notice may name: in the tables, and yielded or noted in passing."""
    named = {*relations.WORDS.values(), *relations.UNUSED.values(), relations.OTHER}
    named |= set(properties.SETTINGS.values())
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            noted = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("._note")
            if noted or isinstance(node, ast.Yield):
                constants = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                named |= {value for value in constants if isinstance(value, str)}
    return {re.sub("（.*", "", word) for word in named if re.search("[一-鿿]", word)}


def told() -> set[str]:
    """What the table says that a notice names."""
    rows = [row.split("|") for row in TABLE.partition("Tags are merged")[0].splitlines() if "notice" in row]
    return {word.strip() for row in rows if len(row) > 3 for word in row[2].split(", ")} - {""}


def test_a_notice_names_what_stands_in_the_table() -> None:
    assert words() == told()


def test_a_warning_is_about_what_stands_in_the_table() -> None:
    assert [kind.value for kind in Seen if f"| {kind.value} |" not in TABLE] == []

"""Reading the HTML of a page back: its text, its blocks, and the CSS that applies to an element."""

from __future__ import annotations

import re
from typing import Any

from lxml import html as lxml_html
from nianbao.media.word.html import convert

from tests.media.word.html.page_samples import official, saved

RULE = re.compile(r"^\.([a-z]+\d+) \{ (.*) \}$", re.M)


class Read:
    """An HTML document and the declarations of its classes."""

    def __init__(self, text: str) -> None:
        self.text = text
        # libxml2 does not know that a wbr is empty.
        self.tree: Any = lxml_html.document_fromstring(text.replace("<wbr>", "<wbr></wbr>"))
        self.rules = {
            name: dict(pair.split(": ", 1) for pair in body.split("; ")) for name, body in RULE.findall(text)
        }

    def blocks(self) -> list[Any]:
        """Paragraphs and headings of the sections, in order."""
        return list(
            self.tree.xpath("//section//*[self::p or starts-with(name(), 'h') and string-length(name()) = 2]")
        )

    def texts(self) -> list[str]:
        """The text of every block."""
        return [block.text_content() for block in self.blocks()]

    def css(self, element: Any) -> dict[str, str]:
        """What its classes declare."""
        found: dict[str, str] = {}
        for name in (element.get("class") or "").split():
            found |= self.rules.get(name, {})
        return found

    def block(self, text: str) -> Any:
        """The block with exactly this text."""
        [found] = [block for block in self.blocks() if block.text_content() == text]
        return found


def read(made: Any) -> Read:
    """The page of a document, or of an official one that a function fills; nothing of it is lost."""
    page = convert(official(made) if callable(made) else saved(made), "报告.docx")
    assert page.problems == ()
    return Read(page.html)

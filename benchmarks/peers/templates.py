"""Our template in the peers' languages, and a report's values in the shapes that they ask for.

Only the tags are rewritten, so every peer has the same paragraphs, tables and styles to copy. Peers
whose conditions ask only whether a value is there are given one such value for each kind of paragraph.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

PARTS = ("word/document.xml", "docProps/core.xml")
_PARAGRAPH = re.compile(r"(<w:p>.*?</w:p>)", re.S)
_COMMAND = re.compile(r"\{%p (\w+) ?(.*?) %\}")
_VALUE = re.compile(r"\{\{ (paragraph\.)?(.*?) \}\}")
_TEXT = re.compile("<w:t(?: [^>]*)?>")


@dataclass(frozen=True)
class Language:
    """How one peer writes a value, and the two ends of a condition and of a loop.

    Each is given the name, and the list that is being gone through. `frame` is what an end stands in;
    without it, an end goes into the paragraph that it is about.
    """

    value: Callable[[str, str], str]
    condition: tuple[Callable[[str, str], str], Callable[[str, str], str]]
    loop: tuple[Callable[[str, str], str], Callable[[str, str], str]]
    frame: str = ""


def _braced(name: str, within: str) -> str:
    return f"{{{name}}}"


def _begun(name: str, within: str) -> str:
    return f"{{#{name}}}"


def _begun_over(name: str, within: str) -> str:
    return f'{{#{name} [loopOver: "paragraph"]}}'


def _ended(name: str, within: str) -> str:
    return f"{{/{name}}}"


def _path(name: str, within: str) -> str:
    return f"d.{within}[i].{name}" if within else f"d.{name}"


DOCXTEMPLATER = Language(
    value=_braced,
    condition=(_begun, _ended),
    loop=(_begun, _ended),
    frame="<w:p><w:r><w:t>%s</w:t></w:r></w:p>",
)
# Its loopOver leaves no empty paragraph behind, so that nothing needs a paragraph of its own.
EASY_TEMPLATE_X = Language(value=_braced, condition=(_begun_over, _ended), loop=(_begun_over, _ended))
# Its conditions leave the paragraphs that they stand in, so they stand between the paragraphs. Word does
# not write such a template, but otherwise each paragraph of the report came with eight empty ones.
CARBONE = Language(
    value=lambda name, within: f"{{{_path(name, within)}}}",
    condition=(
        lambda name, within: f"{{{_path(name, within)}:ifNEM:showBegin}}",
        lambda name, within: f"{{{_path(name, within)}:showEnd}}",
    ),
    loop=(
        lambda name, within: "",
        lambda name, within: f"{{d.{name}[i+1].text}}<w:p></w:p>",
    ),
    frame="%s",
)


def translate(template: bytes, language: Language) -> bytes:
    """The template with its tags in another language."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name in PARTS:
                content = _Translator(language).part(content.decode("utf-8")).encode("utf-8")
            new.writestr(name, content)
    return made.getvalue()


class _Translator:
    """Goes through one part, with the loop and the condition that it is in."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.within = self.asked = ""
        self.made = self.waiting = ""  # what is written, and what is to go into the next paragraph

    def part(self, xml: str) -> str:
        for piece in _PARAGRAPH.split(xml):
            if command := _COMMAND.search(piece):
                self._command(*command.groups())
            elif self.waiting and (text := _TEXT.search(piece)):
                self._write(f"{piece[: text.end()]}{self.waiting}{piece[text.end() :]}")
                self.waiting = ""
            else:
                self._write(piece)
        return self.made

    def _write(self, piece: str) -> None:
        self.made += _VALUE.sub(
            lambda match: self.language.value(match[2], self.within if match[1] else ""), piece
        )

    def _command(self, word: str, rest: str) -> None:
        if word in ("elif", "else", "endif"):
            self._end(self.language.condition[1](self.asked, self.within))
        if word in ("if", "elif", "else"):
            self.asked = _kind_asked(rest) if self.within else rest
            self._begin(self.language.condition[0](self.asked, self.within))
        if word == "for":
            self.within = rest.rpartition(" in ")[2]
            self._begin(self.language.loop[0](self.within, ""))
        if word == "endfor":
            self._end(self.language.loop[1](self.within, ""))
            self.within = ""

    def _begin(self, line: str) -> None:
        if not self.language.frame:
            self.waiting += line
        elif line:
            self.made += self.language.frame % line

    def _end(self, line: str) -> None:
        if self.language.frame:
            self.made += self.language.frame % line
        else:
            before, close, after = self.made.rpartition("</w:t>")
            self.made = before + line + close + after


def _kind_asked(condition: str) -> str:
    """The kind of paragraph that a condition of our template is for."""
    level = re.search(r"level == (\d)", condition)
    if not level:
        return "plain"
    return f"heading{level[1]}" if "heading" in condition else f"lead{level[1]}"


def _kind(paragraph: SimpleNamespace) -> str:
    if not paragraph.level:
        return "plain"
    return f"{'heading' if paragraph.heading else 'lead'}{paragraph.level}"


def nested(values: Any) -> Any:
    """The values as JSON has them, nested as the tags are."""
    if isinstance(values, SimpleNamespace) and hasattr(values, "lead"):
        return {**vars(values), _kind(values): True}
    if isinstance(values, SimpleNamespace):
        return nested(vars(values))
    if isinstance(values, dict):
        return {name: nested(value) for name, value in values.items()}
    return [nested(value) for value in values] if isinstance(values, list) else values


def flat(values: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Nested values under their whole tags, for peers to which a dot is a letter like others."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= flat(value, f"{above}{name}.")
        else:
            found[above + name] = value
    return found

"""The style sheet: equal declarations share one class, numbered as they are first needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

RESET = """\
html { margin: 0; font-kerning: none; font-variant-ligatures: none; }
body { margin: 0; }
h1, h2, h3, h4, h5, h6, p, table { margin: 0; padding: 0; font: inherit; }
h1, h2, h3, h4, h5, h6 { break-after: auto; break-inside: auto; }
p, h1, h2, h3, h4, h5, h6 { overflow-wrap: break-word; bookmark-level: none; }
table { border-collapse: collapse; table-layout: fixed; border-spacing: 0; }
th, td { padding: 0; font-weight: inherit; text-align: inherit; vertical-align: top; }
a { color: inherit; text-decoration: inherit; }
i.hang, i.gap { font-style: normal; }
.kept { white-space: pre-wrap; }
.exact > span, .exact > i, .exact > a { line-height: 0; }
@media screen { .both { text-align: justify; } }
.whole { white-space: nowrap; }
.tab { display: inline-block; width: 0.1pt; white-space: nowrap; text-indent: 0; text-align: left; }
@media screen { .whole { white-space: nowrap; }
.tab { width: 1.5em; } }
.note { float: footnote; text-indent: 0; line-height: 0; }
.note::footnote-call { content: none; }
.note::footnote-marker { content: none; }
.endnotes { background: linear-gradient(#000, #000) no-repeat 0 0 / 33% 0.5pt; padding-top: 4pt; }
@page { @footnote { margin-top: 6pt; padding-top: 4pt;
  background: linear-gradient(#000, #000) no-repeat 0 0 / 33% 0.5pt; } }
.page::before { content: counter(page); }
.pages::before { content: counter(pages); }
"""


class Sheet:
    """Collects declarations and hands out class names."""

    def __init__(self) -> None:
        self._classes: dict[tuple[tuple[str, str], ...], str] = {}
        self._rules: dict[str, None] = {}
        self._numbers = 0

    def name(self, declarations: Mapping[str, str], prefix: str = "c") -> str:
        """The class that stands for these declarations; "" for none."""
        if not declarations:
            return ""
        key = tuple(sorted(declarations.items()))
        if key not in self._classes:
            self._classes[key] = f"{prefix}{len(self._classes) + 1}"
            self._rules.setdefault(rule(f".{self._classes[key]}", declarations))
        return self._classes[key]

    def number(self) -> int:
        """A number no other element of the document has."""
        self._numbers += 1
        return self._numbers

    def add(self, text: str) -> None:
        """Add a rule as it is; each text once."""
        self._rules.setdefault(text)

    def __str__(self) -> str:
        return RESET + "\n".join(self._rules) + "\n"


def rule(selector: str, declarations: Mapping[str, str]) -> str:
    """One rule on one line."""
    return f"{selector} {{ {inline(declarations)} }}"


def inline(declarations: Mapping[str, str]) -> str:
    """Declarations as a style attribute has them."""
    return "; ".join(f"{key}: {text}" for key, text in declarations.items())


def length(points: float) -> str:
    """Points as CSS writes them, without needless digits."""
    return f"{round(points, 3):g}pt" if points else "0"


def quoted(text: str) -> str:
    """A CSS string; what could end it or the style element is escaped."""
    return '"' + re.sub(r'[\\"<>&\x00-\x1f\x7f]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def families(*names: str) -> str:
    """A font-family list; the same name twice is said once."""
    return ", ".join(quoted(name) for name in dict.fromkeys(names) if name)


LIGHT = "FFFFFF"
_DARKEST = 62  # of 255: on a ground darker than that, letters of no colour are light


def dark(ground: str | None) -> bool:
    """Whether letters without a colour of their own are white on a ground, as CSS writes it."""
    if not ground:
        return False
    red, green, blue = bytes.fromhex(ground[1:])
    return (76 * red + 151 * green + 29 * blue) >> 8 <= _DARKEST


@lru_cache(1024)
def color(text: str | None) -> str | None:
    """A Word colour as CSS, None for auto or nonsense."""
    if text and re.fullmatch(r"[0-9A-Fa-f]{6}", text):
        return f"#{text.lower()}"
    return None

"""EQ fields: letters in a circle or a box, fractions, raised and lowered letters.

What else they can (roots, brackets, integrals, arrays) is told as lost; its letters stand. Read as text,
a digit in a circle is the sign for that, and a fraction is a/b.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape

from nianbao.media.word.html.css import inline, length
from nianbao.media.word.html.math import raised
from nianbao.media.word.html.unsupported import Losses

_CIRCLES, _SQUARES = "○◯〇", "□◻"
_TOKEN = re.compile(r"\\([,;()\\{}\[\]])|\\([A-Za-z]{1,2})(-?\d*)|([(),;])|([^\\(),;]+|\\)")
_BLANKS = re.compile(r"(\\[A-Za-z]{1,2}-?\d*)\s+(?=[\\(])")
_COMMANDS = frozenset("abdfilorsx")
_BOX = {"display": "inline-block", "text-indent": "0", "text-align": "center"}
_SIDES = {"to": "top", "bo": "bottom", "le": "left", "ri": "right"}
_LINE = "0.05em solid"
_RINGED = [  # digits to 50, letters, Chinese numerals
    *map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))),
    *map(chr, (*range(0x24B6, 0x24EB), *range(0x3280, 0x328A))),
]
_DEEPEST = 20  # commands within commands


@dataclass(slots=True)
class Command:
    """One command with its options (name and number) and arguments."""

    name: str
    options: list[tuple[str, str]] = field(default_factory=list)
    arguments: list[list[Command | str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it reads like."""
        words = [_text(argument) for argument in self.arguments]
        if self.name == "o" and len(words) == 2 and words[0].strip() in (*_CIRCLES, *_SQUARES):
            return ringed(words[1]) if words[0].strip() in _CIRCLES else words[1]
        if self.name == "f" and len(words) == 2:
            return "/".join(words)
        if self.name == "s" and "do" not in dict(self.options):
            return raised("".join(words))
        printed_over = self.name == "o" and all(word.strip().isdigit() for word in words)
        return {"l": ",", "a": " ", "i": " "}.get(self.name, "·" if printed_over else "").join(words)


def ringed(words: str) -> str:
    """Letters in a circle as one sign, where Unicode has it; else as they are."""
    bare = words.strip()
    return next((sign for sign in _RINGED if unicodedata.normalize("NFKC", sign) == bare), words)


def equation(instruction: str, losses: Losses) -> tuple[str, str]:
    """The HTML of an EQ field, and its letters; what cannot be set as it asks is noted."""
    words = _BLANKS.sub(r"\1", instruction.strip()[2:].strip())
    nodes, rest = _parse(_tokens(words), 0)
    if rest:
        losses.add("EQ 域读不懂，只保留了其中的文字")
    return _html(nodes, losses), _text(nodes)


def _tokens(words: str) -> list[tuple[str, str, str]]:
    """Each as (kind, text, number): a letter sequence, a `\\` command, or a sign that parts arguments."""
    tokens = []
    for escaped, command, number, mark, text in _TOKEN.findall(words):
        if command:
            tokens.append(("command", command, number))
        else:
            tokens.append(("mark", mark, "") if mark else ("text", escaped or text, ""))
    return tokens[::-1]


def _parse(tokens: list[tuple[str, str, str]], depth: int) -> tuple[list[Command | str], bool]:
    """What stands up to the end of an argument, taken off the tokens; and whether something is wrong."""
    nodes: list[Command | str] = []
    wrong = False
    while tokens:
        kind, text, _ = tokens[-1]
        if kind == "mark" and text in ",;)" and depth:
            break
        tokens.pop()
        if kind != "command" or text.lower()[0] not in _COMMANDS or depth > _DEEPEST:
            wrong = wrong or kind == "command"
            nodes.append(text if kind != "command" else "")
            continue
        # An option's letter may be a command's: of \o\ac the second belongs to the first.
        command = Command(text.lower())
        while tokens and tokens[-1][0] == "command":
            _, option, number = tokens.pop()
            command.options.append((option.lower(), number))
        closed = not (tokens and tokens[-1][:2] == ("mark", "("))
        while not closed:
            tokens.pop()
            argument, inner = _parse(tokens, depth + 1)
            command.arguments.append(argument)
            wrong = wrong or inner or not tokens
            closed = not tokens or tokens[-1][1] == ")"
        if tokens and command.arguments:
            tokens.pop()
        nodes.append(command)
    return nodes, wrong


def _text(nodes: list[Command | str]) -> str:
    return "".join(node if isinstance(node, str) else node.text for node in nodes)


def _html(nodes: list[Command | str], losses: Losses) -> str:
    return "".join(
        escape(node, quote=False) if isinstance(node, str) else _set(node, losses) for node in nodes
    )


def _set(command: Command, losses: Losses) -> str:
    inner = [_html(argument, losses) for argument in command.arguments]
    options = dict(command.options)
    if command.name == "x":
        sides = [side for option, side in _SIDES.items() if option in options] or list(_SIDES.values())
        return _span(_BOX | {f"border-{side}": _LINE for side in sides} | {"padding": "0 0.1em"}, inner)
    if command.name == "f" and len(inner) == 2:
        above = _span({"display": "block", "border-bottom": _LINE}, inner[:1])
        below = _span({"display": "block"}, inner[1:])
        return _span(_BOX | {"line-height": "1.1", "vertical-align": "middle"}, [above, below])
    if command.name == "l":
        return ",".join(inner)
    if command.name == "s" and len(inner) == 1:
        raised = float(options.get("up") or 2) if "do" not in options else -float(options["do"] or 2)
        return _span({"vertical-align": length(raised)}, inner)
    if command.name == "o" and len(inner) == 2:
        ring = _text(command.arguments[0]).strip()
        if ring and ring in _CIRCLES + _SQUARES:
            return _ringed(inner[1], ring in _CIRCLES)
    losses.add(f"EQ 域中的 \\{command.name} 没有照样排，只保留了文字")
    return "".join(inner)


def _ringed(inner: str, circle: bool) -> str:
    size = {"box-sizing": "border-box", "width": "1em", "height": "1em"}
    shape = {"border": _LINE, "vertical-align": "0.12em"} | ({"border-radius": "50%"} if circle else {})
    return _span(
        _BOX | size | shape,
        [_span({"display": "block", "font-size": "0.65em", "line-height": "1.38"}, [inner])],
    )


def _span(declared: dict[str, str], inner: list[str]) -> str:
    return f'<span style="{inline(declared)}">{"".join(inner)}</span>'

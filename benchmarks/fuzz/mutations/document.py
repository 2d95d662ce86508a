"""JSON, and the files of older programs."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from random import Random
from typing import Any

from benchmarks.fuzz.mutations.package import in_package
from benchmarks.fuzz.mutations.plain import WORDS, in_bytes, inserted

_MARK = "0f1e"  # where what no JSON library writes is put
_VALUES: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    -1,
    1e308,
    10**400,
    0.1,
    ["x"] * 3000,
    "字" * 50_000,
    "\ud800",
)
_WRITTEN = (
    "NaN", "-Infinity", "1e400", "1e999999999", "-0", "01", "0x10", "[" * 100_000, '{"a":' * 100_000,
    "[" * 900 + "]" * 900, "9" * 5000, '"\\ud800"', '"\\u0000"', "'a'", "undefined", "", '{"a":1,"a":2}',
    '"\n"', "1 2", "/**/1", '{"":{}}', "0.1e-999",
)  # fmt: skip
_CONTROLS = (
    b"{" * 10_000, b"}" * 50, b"\\bin2000000000 ", b"\\u-1?" * 2000,
    b"{\\field{\\*\\fldinst INCLUDETEXT \"/etc/passwd\"}}", b"{\\pict\\bin9", b"\\cellx-1\\cell\\row",
    b"\\itap999999999", b"\\'", b"{\\object\\objdata 00", b"\\fs99999999 ", b"\\v ",
)  # fmt: skip


def in_json(random: Random, content: bytes) -> bytes:
    """Values swapped, dropped, nested, named twice or replaced, also by what is no JSON; or bytes."""
    if random.random() < 0.1:
        return in_bytes(random, content)
    document = json.loads(content)
    for _ in range(random.randint(1, 4)):
        holder: Any = document
        while True:
            key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            if not isinstance(holder[key], dict | list) or not holder[key] or random.random() < 0.3:
                break
            holder = holder[key]
        match random.randrange(7):
            case 0 if len(holder) > 1:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[random.choice(WORDS)] = holder[key]
            case 2:
                for _ in range(random.choice((1, 3, 200))):
                    holder[key] = random.choice(([holder[key]], {"a": holder[key]}))
            case 3:
                holder[key] = random.choice(WORDS)
            case 4:
                holder[key] = _MARK
            case _:
                holder[key] = deepcopy(random.choice(_VALUES))  # it is changed itself in the next round
    text = json.dumps(document, ensure_ascii=random.random() < 0.5)
    while f'"{_MARK}"' in text:
        text = text.replace(f'"{_MARK}"', random.choice(_WRITTEN), 1)
    if random.random() < 0.1:
        text = re.sub(
            r'("\w+"): ', lambda name: f"{name[1]}: 1, {name[0]}", text, count=random.randrange(1, 60)
        )
    return text.encode(random.choice(("utf-8",) * 8 + ("utf-16", "utf-8-sig")), "surrogatepass")


def in_older(random: Random, content: bytes) -> bytes:
    """A package's members, the words of an RTF, or bytes."""
    if content.startswith(b"PK"):
        return in_package(random, content)
    if content.startswith(b"{\\rtf") and random.random() < 0.7:
        for _ in range(random.randint(1, 4)):
            content = inserted(random, content, re.compile(rb"\\[a-z]+"), random.choice(_CONTROLS))
        return content
    return in_bytes(random, content)

"""Bytes and words, whatever they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]
WORDS = (
    "", "0", "-1", "1e308", "-0.0", "NaN", "9" * 400, "2147483648",
    "4294967296", "1" * 20_000, "1/0",
    "=1+1", "true", "null", "\x00", "\ufeff", "\u202e", "😀",
    "{{ a }}", "{本年新收.自然人}", "（" * 2000, "#REF!",
    "../../etc/passwd", "file:///etc/passwd", "\\\\host\\share",
    "&#x110000;", "1,2,3", "１２３", "% ",
    "a b " * 3000, "二〇二五年" * 500, "1件，" * 2000, "100%" * 1000,
    "{" * 3000, "\r\n\t\v\f\u2028", "年" * 50_000,
)  # fmt: skip
NUMBER = re.compile(rb"(?<![\w#<])-?\d+(?:\.\d+)?")


def in_bytes(random: Random, content: bytes) -> bytes:
    """A few bytes flipped, cut, doubled, overwritten or moved."""
    spoilt = bytearray(content)
    for _ in range(random.randint(1, 6)):
        if not spoilt:
            break
        start = random.randrange(len(spoilt))
        end = min(len(spoilt), start + random.choice((1, 1, 2, 16, 300, 5000)))
        match random.randrange(6):
            case 0 | 1:
                spoilt[start] ^= 1 << random.randrange(8)
            case 2:
                del spoilt[start:end]
            case 3:
                spoilt[end:end] = spoilt[start:end] * random.choice((1, 2, 50))
            case 4:
                spoilt[start:end] = random.randbytes(end - start)
            case _:
                chunk = bytes(spoilt[start:end])
                del spoilt[start:end]
                at = random.randrange(len(spoilt) + 1)
                spoilt[at:at] = chunk
    return bytes(spoilt[: random.randrange(len(spoilt) + 1)] if random.random() < 0.05 else spoilt)


def replaced(random: Random, content: bytes, pattern: re.Pattern[bytes], *words: bytes) -> bytes:
    """One place of the pattern with one of the words in it."""
    matches = list(pattern.finditer(content))
    if not matches:
        return content
    match = random.choice(matches)
    return content[: match.start()] + random.choice(words) + content[match.end() :]


def inserted(random: Random, content: bytes, pattern: re.Pattern[bytes], more: bytes) -> bytes:
    """The same,
    with more before one place of the pattern; at the end where there is none."""
    matches = list(pattern.finditer(content))
    at = random.choice(matches).start() if matches else len(content)
    return content[:at] + more + content[at:]


def word(random: Random) -> str:
    """A word that XML can hold."""
    return re.sub("[\x00-\x08\x0b\x0c\ud800-\udfff\ufffe\uffff]", "", random.choice(WORDS))

"""Signs in a text that nobody sees: what no typist means and every copy from a page brings along."""

from __future__ import annotations

from nianbao.report.regex import regex

# soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width spaces and joiners, marks of
# direction (embeddings, overrides, isolates), word joiner and invisible operators, byte order mark
_RANGES = ("\u00ad", "\u061c", "\u180e", "\u200b\u200f", "\u202a\u202e", "\u2060\u206f", "\ufeff")
SIGNS = "".join(chr(code) for ends in _RANGES for code in range(ord(ends[0]), ord(ends[-1]) + 1))
SIGN = regex(f"[{SIGNS}]")
EDGE = f" \t\r\n\u00a0\u3000{SIGNS}"  # what stands around a text and is not seen
# digits that a sign of direction has printed in the other order, which no copy of them tells
REVERSED = regex("\u202e[^\u202c\n]*?[0-9０-９][^\u202c\n]*?[0-9０-９]")
UNSEEN = regex(rf"[\s{SIGNS}]+")  # white space, seen or unseen

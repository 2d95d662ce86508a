"""Regular expressions that are compiled when they are first used.

The checks have some six hundred, and one report needs a fraction of them: compiling all took longer than
reading and inspecting the report. Sets of Chinese characters are what takes so long; the widest, 一 to 鿿,
takes half a millisecond.
"""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import cast

_LOOKING = frozenset(("search", "match", "fullmatch", "finditer"))


def regex(pattern: str, *signs: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled with its first use; that raises re.error where it is none.

    Whatever matches has one word of each of the `signs` (words between bars) in it or beside it: in a text
    that lacks one the pattern is not looked for, nor compiled for it. Give them where most texts lack one.
    """
    return cast("re.Pattern[str]", Regex(pattern, flags, signs))


class Regex:
    """Such a pattern; used as if it were compiled."""

    def __init__(self, pattern: str, flags: int, signs: tuple[str, ...]) -> None:
        self.pattern, self.flags, self.signs = pattern, flags, signs

    def __reduce__(self) -> tuple[type[Regex], tuple[str, int, tuple[str, ...]]]:
        return Regex, (self.pattern, self.flags, self.signs)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> object:
        """What the compiled pattern has by that name, kept here: the next time it is found at once."""
        if self.signs and name in _LOOKING:
            value: object = partial(self._look, name, [words.split("|") for words in self.signs])
        else:
            value = getattr(self._compiled, name)
        vars(self)[name] = value
        return value

    def _look(self, name: str, signs: list[list[str]], text: str, *span: int) -> object:
        """Look for the pattern where the text has its signs."""
        for words in signs:
            for word in words:
                if word in text:
                    break
            else:
                return iter(()) if name == "finditer" else None
        return getattr(self._compiled, name)(text, *span)

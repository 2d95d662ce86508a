"""Regular expressions that are compiled when they are first used.

The checks have some six hundred, and one report needs fewer than half of them: compiling all took longer
than reading and inspecting the report.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import cast


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled with its first use; that raises re.error where it is none."""
    return cast("re.Pattern[str]", _Regex(pattern, flags))


class _Regex:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._given = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._given)

    def __getattr__(self, name: str) -> object:
        """What the compiled pattern has by that name, kept here: the next time it is found at once."""
        value = vars(self)[name] = getattr(self._compiled, name)
        return value

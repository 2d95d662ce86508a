"""Whether there was no memory left: every library says so in words of its own."""

from __future__ import annotations

import errno
import re
import zlib

_WORDS = re.compile(
    r"failed to map segment|annot allocate memory|can't start new thread"
    r"|^Error -4 while"  # zlib
    r"|^out of memory"  # expat
    r"|^field '\w+' is required for \w+$"  # Python 3.13, of a module that it compiles
)
_WORDY = (ImportError, OSError, RuntimeError, SyntaxError, ValueError, zlib.error)
_NO_MEMORY = 2  # the code of lxml's XMLSyntaxError whose words are "unknown error"


def is_short_of_memory(error: BaseException | None) -> bool:
    """Whether an exception, what it wraps or what it came of says that there was no memory left."""
    return error is not None and (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or (type(error).__name__ == "XMLSyntaxError" and getattr(error, "code", 0) == _NO_MEMORY)
        or (isinstance(error, _WORDY) and _WORDS.search(str(error)) is not None)
        or any(isinstance(cause, BaseException) and is_short_of_memory(cause) for cause in error.args)
        or is_short_of_memory(error.__cause__ or error.__context__)
    )


def insist(error: BaseException) -> None:
    """Raise MemoryError where that is what an exception says: what was read is not to be blamed for it."""
    if is_short_of_memory(error):
        raise MemoryError from None

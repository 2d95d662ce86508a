"""That there was no memory left is seen in what libraries say, each in words of its own."""

from __future__ import annotations

import errno
import zlib
from xml.etree.ElementTree import ParseError

import pytest
from nianbao.report.shortage import insist, is_short_of_memory

SAYING_SO = [
    MemoryError(),
    OSError(errno.ENOMEM, "Cannot allocate memory"),
    ImportError("lib.so: failed to map segment from shared object"),
    RuntimeError("can't start new thread"),
    zlib.error("Error -4 while decompressing data"),
    ParseError("out of memory: line 1, column 0"),
    ValueError("field 'target' is required for AnnAssign"),
]
OTHERS = [
    OSError(errno.ENOENT, "No such file or directory"),
    ImportError("No module named 'pdfplumber'"),
    zlib.error("Error -3 while decompressing data: invalid block type"),
    ParseError("not well-formed (invalid token): line 1, column 0"),
    ValueError("field 'organ' is required"),
    KeyError("out of memory"),
]


@pytest.mark.parametrize("error", SAYING_SO, ids=repr)
def test_an_exception_says_so(error: Exception) -> None:
    assert is_short_of_memory(error)
    with pytest.raises(MemoryError):
        insist(error)


@pytest.mark.parametrize("error", OTHERS, ids=repr)
def test_an_exception_says_something_else(error: Exception) -> None:
    assert not is_short_of_memory(error)
    insist(error)


def test_so_does_one_that_wraps_or_came_of_one() -> None:
    came = [ValueError("damaged"), ValueError("damaged"), ValueError("damaged")]
    came[0].__cause__ = came[1].__context__ = MemoryError()

    assert [is_short_of_memory(error) for error in (*came, ValueError(MemoryError()))] == [
        True, True, False, True,
    ]  # fmt: skip

"""Too little memory is told as such, and never as damage, whichever library it is that finds none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.workers import Limits, Task
from nianbao.app.workers.isolation import nothing
from nianbao.app.workers.pool import Pool
from nianbao.media import office, ooxml
from nianbao.media.office.open_document import without_links
from nianbao.media.webpage import reading as webpage
from nianbao.media.workbook.marks import package

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="limits of Linux")
MEMORY = 14 * 2**20  # bytes, of which 8 are the stack of the thread that tasks come by
XML = b"<a>" + b"".join(b'<b x="%d"><c>%d</c></b>' % (number, number) for number in range(40_000)) + b"</a>"
WORD = ooxml.pack({"_rels/.rels": b"<a/>", "word/document.xml": XML})
OTHER = ooxml.pack({"content.xml": XML})


def call(_context: None, _name: str, work: Callable[..., Any], *args: object) -> str:
    work(*args)
    return "read"


def outcome(work: Callable[..., Any], *args: object) -> str | list[str]:
    """What becomes of a call with so little memory: "read", or the codes of its problems."""
    with Pool(nothing, 1, limits=Limits(memory=MEMORY), doing="读取", foreign=True) as crew:
        [result] = crew.results([Task("甲", call, (work, *args))])
    return result if isinstance(result, str) else [problem.code for problem in result.problems]


@pytest.mark.parametrize(
    ("work", "args"),
    [
        (ooxml.parse, (XML,)),
        (ooxml.drawing, (XML,)),
        (package.parse, (XML,)),
        (webpage.read_blocks, (XML, "甲.html")),
        (office.scrub, (WORD, "甲.docx")),
        (without_links, (OTHER, "甲.odt")),
    ],
    ids=["a part", "a picture", "a part to mark", "a page", "a document", "an older document"],
)
def test_what_is_too_large_for_the_memory_is_not_called_damaged(
    work: Callable[..., Any], args: tuple[Any, ...]
) -> None:
    assert outcome(work, *args) == ["memory"]


def test_a_file_that_finds_no_memory_to_come_into_is_not_called_damaged() -> None:
    assert outcome(len, bytes(2 * MEMORY)) == ["memory"]

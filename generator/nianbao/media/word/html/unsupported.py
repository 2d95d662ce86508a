"""What the page does not carry over: without a word where it says nothing, else named with its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nianbao.report import Place, Problem, rule

BODY = "正文"
ELSEWHERE = (
    "这一处在 PDF 中会与 Word 不同；如不能接受，请在 Word 中改用别的做法，或用 --engine libreoffice 生成"
)
# These say nothing, or nothing that can be printed.
SILENT = frozenset([
    "w:pPr", "w:rPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr",
    "w:bookmarkStart", "w:bookmarkEnd", "w:permStart", "w:permEnd", "w:proofErr", "w:lastRenderedPageBreak",
    "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef",
    "w:instrText", "w:fldData", "w:softHyphen", "w:separator", "w:continuationSeparator",
])  # fmt: skip
NAMED = {
    "w:object": "嵌入对象没有带入",
}


class Losses:
    """Collects losses while the document is walked; equal ones become one problem with all places."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._part = BODY
        self._spot: list[str] = []
        self.told = 0  # how often anything was noted
        self._found: dict[tuple[str, str], list[Place]] = {}

    def add(self, what: str, mend: str = ELSEWHERE) -> None:
        """Note one loss at the place the walk has reached."""
        self.told += 1
        places = self._found.setdefault((what, mend), [])
        place = Place(self._file, part=self._part, cell=" ".join(self._spot))
        if place not in places[-1:]:
            places.append(place)

    @contextmanager
    def part(self, part: str) -> Iterator[None]:
        """Name the part that is walked: 正文, 页眉, 页脚."""
        before, self._part = (self._part, self._spot), part
        self._spot = []
        yield
        self._part, self._spot = before

    @contextmanager
    def spot(self, *spot: str) -> Iterator[None]:
        """Name what a person would look for there: 第 3 段, 表 2 第 3 行第 1 列."""
        before, self._spot = self._spot, [*self._spot, *spot]
        yield
        self._spot = before

    def problems(self) -> tuple[Problem, ...]:
        """Every loss, in the order in which its first place was reached."""
        broken = rule("not-carried-over").broken
        return tuple(broken(what, mend, places) for (what, mend), places in self._found.items())

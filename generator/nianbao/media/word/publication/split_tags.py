"""Tags that Word split into runs: put together where each begins, whatever stands between its pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import XML_SPACE, qn

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
TAG = re.compile(r"\{(?:\{.*?\}|%.*?%|#.*?#)\}", re.DOTALL)
BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_KINDS = ((qn("t"), qn("p")), (qn("instrText"), qn("p")), (f"{{{A}}}t", f"{{{A}}}p"))


def beside(root: Element) -> Iterator[tuple[Element, str]]:
    """Paragraphs and rows that go with a tag in them, {%p … %} or {%tr … %}, with what else stands there."""
    for block, letters in ((qn("p"), "p"), (qn("tr"), "tr")):
        whole = re.compile(rf"\{{(?:%{letters} .*?%|\{{{letters} .*?\}})\}}", re.DOTALL)
        for element in root.iter(block):
            words = "".join(text.text or "" for text in element.iter(qn("t")))
            if len(parts := whole.split(words, maxsplit=1)) > 1 and (left := "".join(parts).strip()):
                yield element, left


def join(root: Element) -> None:
    """Put each tag into the text in which it begins; what lies between its pieces comes after it."""
    for piece, block in _KINDS:
        paragraphs: dict[Element, list[Element]] = {}
        for text in root.iter(piece):
            if (owner := next(text.iterancestors(block), None)) is not None:
                paragraphs.setdefault(owner, []).append(text)
        for texts in paragraphs.values():
            if len(texts) > 1:
                _join(texts)


def _join(texts: Sequence[Element]) -> None:
    words = [text.text or "" for text in texts]
    starts = [0, *accumulate(map(len, words))]
    for tag in reversed(list(TAG.finditer("".join(words)))):
        first = max(at for at, start in enumerate(starts[:-1]) if start <= tag.start())
        last = max(at for at, start in enumerate(starts[:-1]) if start < tag.end())
        if first == last:
            continue
        words[last] = words[last][tag.end() - starts[last] :]
        words[first] = words[first][: tag.start() - starts[first]] + tag[0]
        words[first + 1 : last] = [""] * (last - first - 1)
        for text, word in zip(texts[first : last + 1], words[first : last + 1], strict=True):
            text.text = word
            if text.tag == qn("t"):
                text.set(XML_SPACE, "preserve")

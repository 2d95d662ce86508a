"""`{{p … }}`: in place of its paragraph, a paragraph for each one of a text, in Word's styles for its level.

The tag's own paragraph is the look of plain ones, and of headings whose style the template does not have. It
is written out before anything is merged, as the loop in Jinja that people else would have to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from types import SimpleNamespace

from nianbao.media.ooxml import Element
from nianbao.media.word import layout
from nianbao.media.word.oxml import XML_SPACE, qn, texts, w
from nianbao.media.word.style_ids import Style

FILTER = "paragraphs"
_TAG = re.compile(r"\{\{p\s(.*?)\}\}", re.DOTALL)
_AFTER_LEVEL = tuple(map(qn, ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")))
_NOT_COPIED = tuple(map(qn, ("pPrChange", "rPrChange", "ins", "del", "moveFrom", "moveTo")))
_LOST = tuple(map(qn, (
    "drawing", "pict", "object", "fldChar", "fldSimple", "br", "sym", "footnoteReference", "endnoteReference",
)))  # fmt: skip


def paragraphs(value: object) -> object:
    """The paragraphs of a text: a section has its own, a word is one, and none where it is blank."""
    if not isinstance(value, str):
        return value
    return [SimpleNamespace(text=value, lead="", rest=value, level=0, heading=False)] if value else []


def crowded(root: Element) -> Iterator[tuple[int, str]]:
    """The number, from 1, of each paragraph that holds more than such a tag, which is lost; and the tag."""
    numbers = {paragraph: number for number, paragraph in enumerate(root.iter(qn("p")), 1)}
    for paragraph, tag, text in _tagged(root):
        if text.replace(tag[0], "", 1).strip() or next(paragraph.iter(*_LOST), None) is not None:
            yield numbers[paragraph], tag[0]


def expand(root: Element, styles: Mapping[str, Style]) -> None:
    """Put a loop in the place of every paragraph that has such a tag; `styles` are the template's, by id."""
    rows: dict[Element, str] = {}
    for paragraph, tag, _ in list(_tagged(root)):
        value = f"({tag[1].strip()})|{FILTER}"
        if (row := _own_row(paragraph)) is not None:
            rows[row] = value
        _replace(paragraph, _loop(paragraph, value, styles))
    for row, value in rows.items():
        _surround([row], value)
    for table in dict.fromkeys(row.getparent() for row in rows):
        if table is not None and all(row in rows for row in table.iterchildren(qn("tr"))):
            values = [rows[row] for row in table.iterchildren(qn("tr"))]
            _surround(_with_empty(table), " or ".join(values))


def _tagged(root: Element) -> Iterator[tuple[Element, re.Match[str], str]]:
    for paragraph, text in texts(root).items():
        if paragraph is not None and (tag := _TAG.search(text)) is not None:
            yield paragraph, tag, text


def _own_row(paragraph: Element) -> Element | None:
    """The row that has nothing but this paragraph: it goes with the text."""
    cell = paragraph.getparent()
    row = None if cell is None or cell.tag != qn("tc") else cell.getparent()
    if row is None or cell is None or len(row.findall(qn("tc"))) > 1:
        return None
    return row if len(cell.findall(qn("p")) + cell.findall(qn("tbl"))) == 1 else None


def _with_empty(table: Element) -> list[Element]:
    """The table with the empty paragraphs beside it: Word wants one behind, and one in front gives air."""
    before, after = table.getprevious(), table.getnext()
    blocks = [table]
    if before is not None and _is_empty(before) and not (before.tail or "").strip():
        blocks.insert(0, before)
    if after is not None and _is_empty(after) and not (table.tail or "").strip():
        blocks.append(after)
    return blocks


def _is_empty(block: Element) -> bool:
    return block.tag == qn("p") and block.find(f".//{qn('r')}") is None


def _surround(blocks: Sequence[Element], condition: str) -> None:
    """Print blocks, which follow one another, only on a condition."""
    _write(blocks[0], f"{{% if {condition} %}}")
    blocks[-1].tail = "{% endif %}" + (blocks[-1].tail or "")


def _replace(paragraph: Element, nodes: Sequence[str | Element]) -> None:
    """Put elements and text between them where a paragraph was."""
    for node in nodes:
        if isinstance(node, str):
            _write(paragraph, node)
        else:
            paragraph.addprevious(node)
    tail, paragraph.tail = paragraph.tail or "", None
    _write(paragraph, tail)
    parent = paragraph.getparent()
    if parent is not None:
        parent.remove(paragraph)


def _write(before: Element, text: str) -> None:
    """Add text in front of an element."""
    previous, parent = before.getprevious(), before.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _loop(paragraph: Element, value: str, styles: Mapping[str, Style]) -> list[str | Element]:
    """The loop over a value's paragraphs, as Jinja around paragraphs of Word."""
    look = _Look(paragraph)
    loop: list[str | Element] = [f"{{% for paragraph in {value} %}}"]
    word = "if"
    for level in layout.RUN_IN:
        loop.append(f"{{% {word} paragraph.heading and paragraph.level == {level} %}}")
        loop.append(look.heading(level, layout.HEADINGS[level] in styles))
        word = "elif"
    for level, style in layout.RUN_IN.items():
        loop.append(f"{{% elif paragraph.level == {level} %}}")
        loop.append(look.run_in(level, style if look.style in _bases(style, styles) else "", styles))
    loop += ["{% else %}", look.plain("{{ paragraph.text }}"), "{% endif %}"]
    if look.section_end is not None or _is_needed(paragraph):
        loop += ["{% else %}", look.plain("", always=True)]
    return [*loop, "{% endfor %}"]


def _bases(style: str, styles: Mapping[str, Style]) -> Iterator[str]:
    """The style and what it is based on; none where the template does not have it."""
    for _ in styles:
        if style not in styles:
            return
        yield style
        style = styles[style].based_on


def _is_needed(paragraph: Element) -> bool:
    """Whether Word finds the file damaged without this paragraph: cells, headers and the like end in one."""
    parent = paragraph.getparent()
    if parent is None or parent.tag == qn("body"):
        return False
    return next(paragraph.itersiblings(qn("p"), qn("tbl"), qn("sdt")), None) is None


class _Look:
    """A paragraph's own properties, and those of its letters."""

    def __init__(self, paragraph: Element) -> None:
        own = paragraph.find(qn("pPr"))
        self.paragraph = w("pPr") if own is None else deepcopy(own)
        letters = (run.find(qn("rPr")) for run in paragraph.iter(qn("r")) if run.find(qn("t")) is not None)
        self.letters = deepcopy(first) if (first := next(letters, None)) is not None else w("rPr")
        for properties in (self.paragraph, self.letters):
            for element in list(properties.iter(*_NOT_COPIED)):
                _remove(element)
        self.break_before = _remove(self.paragraph.find(qn("pageBreakBefore")))
        self.section_end = _remove(self.paragraph.find(qn("sectPr")))
        named = self.paragraph.find(qn("pStyle"))
        self.style = "" if named is None else str(named.get(qn("val")))

    def plain(self, text: str, *, always: bool = False) -> Element:
        """A paragraph as the tag's own."""
        return self._written(deepcopy(self.paragraph), [self._run(text)] if text else [], always=always)

    def heading(self, level: int, named: bool) -> Element:
        """A heading on a line of its own, in Word's style where the template has it."""
        if not named:
            return self._written(self._levelled(level), [self._run("{{ paragraph.text }}")])
        properties = w("pPr", w("pStyle", val=layout.HEADINGS[level]))
        return self._written(properties, [_run("{{ paragraph.text }}", w("rPr"))])

    def run_in(self, level: int, style: str, styles: Mapping[str, Style]) -> Element:
        """A paragraph that opens with a heading: in the style given, or as the tag's own."""
        properties = deepcopy(self.paragraph) if style else self._levelled(level)
        if style:
            for named in properties.findall(qn("pStyle")):
                properties.remove(named)
            properties.insert(0, w("pStyle", val=style))
        lead = deepcopy(self.letters)
        if level == min(layout.RUN_IN) and layout.LEAD in styles:
            for element in (*lead.findall(qn("rStyle")), *lead.findall(qn("rFonts"))):
                lead.remove(element)
            lead.insert(0, w("rStyle", val=layout.LEAD))
        runs = [_run("{{ paragraph.lead }}", lead), self._run("{{ paragraph.rest }}")]
        return self._written(properties, runs)

    def _run(self, text: str) -> Element:
        return _run(text, deepcopy(self.letters))

    def _levelled(self, level: int) -> Element:
        """The tag's own properties, with a level in the outline."""
        properties = deepcopy(self.paragraph)
        for old in properties.findall(qn("outlineLvl")):
            properties.remove(old)
        at = next((at for at, child in enumerate(properties) if child.tag in _AFTER_LEVEL), len(properties))
        properties.insert(at, w("outlineLvl", val=level - 1))
        return properties

    def _written(self, properties: Element, runs: list[Element], *, always: bool = False) -> Element:
        """The paragraph; a page break before it stands on the first, the end of a section on the last."""
        for element, condition in ((self.break_before, "loop.first"), (self.section_end, "loop.last")):
            if element is None:
                continue
            copy, at = deepcopy(element), len(properties)
            if element is self.break_before:
                at = 1 if len(properties) and properties[0].tag == qn("pStyle") else 0
            properties.insert(at, copy)
            if not always:
                _write(copy, f"{{% if {condition} %}}")
                copy.tail = "{% endif %}"
        return w("p", properties, *runs)


def _remove(element: Element | None) -> Element | None:
    """Take an element out of what it stands in, and give it."""
    if element is not None and (parent := element.getparent()) is not None:
        parent.remove(element)
    return element


def _run(text: str, properties: Element) -> Element:
    """A run that takes East Asian quotes."""
    fonts = properties.find(qn("rFonts"))
    if fonts is None:
        fonts = w("rFonts")
        properties.insert(1 if properties.find(qn("rStyle")) is not None else 0, fonts)
    fonts.set(qn("hint"), "eastAsia")
    content = w("t")
    content.text = text
    content.set(XML_SPACE, "preserve")
    return w("r", properties, content)

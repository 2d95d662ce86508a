"""What GB/T 9704 places by the length of the text: title lines, 署名 and 成文日期.

Only paragraphs in our own styles are touched; a user's template may have others.

Without seal (7.3.5.2): 署名 ends two characters from the right edge, the date begins two characters to the
right of where 署名 begins; where the date is the longer, the date ends two characters from the edge and
署名 is moved. With a seal (7.3.5.1): the date ends four characters from the edge, 署名 is centred on it, and
both lie so far below the text that a seal of 42 mm on them reaches to less than a line from it.

They are never alone on a page: the last paragraph goes with them, the whole of a short one.
"""

from __future__ import annotations

import html
import math
import re

from nianbao.media.word import layout
from nianbao.media.word.layout import DATE, INDENT, SIGNATURE, TITLE
from nianbao.media.word.line_breaks import lines, width

_TITLE = re.compile(
    rf'(<w:pStyle w:val="{TITLE}"/>(?:(?!</w:p>).)*?<w:t(?: [^>]*)?>)([^<]*)(</w:t>)', re.DOTALL
)
_NAME = f'<w:pStyle w:val="{SIGNATURE}"/>'
_PAIR = re.compile(
    rf'(</w:pPr>(?:(?!</w:p>).)*</w:p>\s*<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="{DATE}"/>)'
    r"(</w:pPr>(?:(?!</w:p>).)*</w:p>)",
    re.DOTALL,
)
_CONTACT_NOTE = re.compile(
    rf'\s*<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="{layout.CONTACT_NOTE}"/>(?:(?!</w:p>).)*<w:t[ >].*?</w:p>',
    re.DOTALL,
)
_OPENING = re.compile(r"(<w:p(?: [^>]*)?>)(<w:pPr>(?:<w:pStyle [^>]*/>)?)?(?:<w:pPr/>)?")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:br/>)")
_NEW_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
Edit = tuple[int, int, str]  # from where to where, and what shall stand there
CHARACTER = INDENT / 2
MEASURE = 28  # characters of a line
_TITLE_DIGIT = 0.6  # characters, the widest in 小标宋 and what stands in for it
_SEALED_RIGHT, _RIGHT = 4.0, 2.0  # characters from the edge to the end of the date, of the name
_HEADINGS = tuple(
    f'<w:pStyle w:val="{style}"/>' for style in {*layout.HEADINGS.values(), *layout.SECTION_HEADINGS.values()}
)
_SHORT = 11  # lines: half a page, which may go over to the next one


def place(document: str, title: str, measure: float, *, sealed: bool) -> str:
    """Break the title of a merged document, place its signature, and keep that with the text before it.

    `measure` is how many characters a line of the title has, `sealed` whether the office puts its seal on
    the signature.
    """
    edits = []
    broken = lines(title, measure, _TITLE_DIGIT)
    # A cover may have other words in the style of the title.
    same = (match for match in _TITLE.finditer(document) if html.unescape(match[2]) == title)
    if len(broken) > 1 and (match := next(same, None)):
        edits.append((match.start(2), match.end(2), _NEW_LINE.join(map(_escaped, broken))))
    start = document.rfind(_NAME) + len(_NAME)
    if start >= len(_NAME) and (pair := _PAIR.match(document, start)):
        edits += _signature(document, start, pair, sealed)
    return _edited(document, edits)


def _edited(document: str, edits: list[Edit]) -> str:
    """The document with its edits: each copy of the whole costs more than all that is looked for."""
    parts, at = [], 0
    for start, end, new in sorted(edits):
        parts += [document[at:start], new]
        at = end
    return "".join([*parts, document[at:]])


def _signature(document: str, start: int, pair: re.Match[str], sealed: bool) -> list[Edit]:
    """What places the signature, whose properties end at `start`, and keeps the text before with it."""
    name, date = (_lines_of(pair[part]) for part in (1, 2))
    broken = name
    if len(name) == 1 and width(name[0]) > MEASURE:
        broken = list(lines(name[0], _room(date) if sealed else MEASURE))
    written = pair[1]
    if broken != name:
        words = f'<w:t xml:space="preserve">{_NEW_LINE.join(map(_escaped, broken))}</w:t>'
        written = _TEXT.sub(lambda _: words, written, count=1)
    name_format, date_format = (_sealed if sealed else _unsealed)(broken, date)
    high = len(broken) + 1 + (_blank_lines(broken) if sealed else 1)
    if note := _CONTACT_NOTE.match(document, pair.end()):
        date_format = f"<w:keepNext/>{date_format}"
        high += math.ceil((width("".join(_lines_of(note[0]))) + 2) / MEASURE) + (1 if sealed else 0)
    kept = _keep(document, _start(document, start), high)
    return [*kept, (start, pair.end(1), name_format + written + date_format)]


def _unsealed(name: list[str], date: list[str]) -> tuple[str, str]:
    """The properties of both paragraphs without a seal: lines of a long name begin below each other."""
    wide, long = max(map(width, name)), max(map(width, date))
    right = max(min(_RIGHT, MEASURE - wide), 0.0)
    date_right = right + wide - (long + 2)
    if date_right < _RIGHT:
        right, date_right = max(_RIGHT + long + 2 - wide, 0.0), _RIGHT
    if len(name) == 1:
        return _indent(right), _indent(date_right)
    return _indent(0, MEASURE - right - wide) + _align("left"), _indent(date_right)


def _sealed(name: list[str], date: list[str]) -> tuple[str, str]:
    """The properties of both paragraphs with a seal: the name is centred on the date, or ends at the edge."""
    above = f'<w:spacing w:before="{_blank_lines(name) * layout.PITCH}"/>'
    room = _room(date)
    below = f'<w:spacing w:after="{layout.PITCH}"/>' + _indent(_SEALED_RIGHT)
    if max(map(width, name)) <= room:
        return above + _indent(0, MEASURE - room) + _align("center"), below
    return above + _indent(0), below


def _blank_lines(name: list[str]) -> int:
    """How many lines a seal's upper half wants above the name."""
    return max(3 - len(name), 1)


def _room(date: list[str]) -> float:
    """How wide a name may be that is centred on the date, with a seal."""
    return 2 * _SEALED_RIGHT + max(map(width, date))


def _keep(document: str, end: int, below: int) -> list[Edit]:
    """Keep the last paragraph with text before `end` with the `below` lines of the signature there.

    LibreOffice 7.4 moves a kept paragraph as a whole, Word and WeasyPrint its last lines: one that is short,
    with its headings, is moved as a whole by all of them.
    """
    edits, words = [], ""
    while not words and (start := _start(document, end)) >= 0 and _plain(document[start:end]):
        words = "".join(_lines_of(document[start:end]))
        high = below + math.ceil((width(words) + 2) / MEASURE) + _headings(document, start)
        together = "<w:keepLines/>" if high <= _SHORT else "<w:widowControl/>"
        properties = f"<w:keepNext/>{together if words else ''}"  # a template may have blank lines there
        edits.append((start, end, _kept(document[start:end], properties)))
        end, below = start, below + 1
    return edits


def _headings(document: str, end: int) -> int:
    """How many headings stand right before a place."""
    count = 0
    while (start := _start(document, end)) >= 0 and any(style in document[start:end] for style in _HEADINGS):
        count, end = count + 1, start
    return count


def _start(document: str, end: int) -> int:
    """Where the last paragraph before `end` begins; -1 where there is none."""
    start = document.rfind("<w:p", 0, end)
    while start >= 0 and document[start + 4] not in " >":  # what begins alike: w:pPr, w:pStyle
        start = document.rfind("<w:p", 0, start)
    return start


def _plain(paragraph: str) -> bool:
    """Whether this is one paragraph and nothing else, and no page ends with it."""
    others = ("<w:sectPr", 'w:type="page"', "</w:tbl>", "</w:sdt>")
    return paragraph.count("</w:p>") == 1 and not any(other in paragraph for other in others)


def _kept(paragraph: str, properties: str) -> str:
    """A paragraph with more properties, where the schema wants them."""
    if "<w:keepNext" in paragraph:
        return paragraph
    return _OPENING.sub(
        lambda match: f"{match[0]}{properties}" if match[2] else f"{match[1]}<w:pPr>{properties}</w:pPr>",
        paragraph,
        count=1,
    )


def _lines_of(paragraph: str) -> list[str]:
    """What a paragraph says, line by line."""
    text = "".join("\n" if match[2] else match[1] for match in _TEXT.finditer(paragraph))
    return html.unescape(text).split("\n")


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _indent(right: float, left: float = 0.0) -> str:
    sides = {"left": left, "right": right}
    attributes = " ".join(f'w:{side}="{round(characters * CHARACTER)}"' for side, characters in sides.items())
    return f"<w:ind {attributes}/>"


def _align(how: str) -> str:
    return f'<w:jc w:val="{how}"/>'

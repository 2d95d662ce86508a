"""What GB/T 9704-2012 places by the length of the text: title lines, 署名 and 成文日期.

Only paragraphs in our own styles are touched; a user's template may have others.

Title: a long one is broken where its meaning allows it, before the year or before
政府信息公开. Signature without seal (7.3.5): 署名 ends two characters from the right edge,
the date begins two characters to the right of where 署名 begins; where the date is the
longer, the date ends two characters from the edge and 署名 is moved.
"""

from __future__ import annotations

import html
import re
import unicodedata

from nianbao.media.word.layout import DATE, INDENT, SIGNATURE, TITLE, TITLE_CHARACTERS

_TITLE = re.compile(
    rf'(<w:pStyle w:val="{TITLE}"/>(?:(?!</w:p>).)*?<w:t(?: [^>]*)?>)([^<]*)(</w:t>)', re.DOTALL
)
_BREAKS = (re.compile(r"(?<=.)(?=\d{4}年)"), re.compile(r"(?<=.)(?=政府信息公开)"))
_PAIR = re.compile(
    rf'(<w:pStyle w:val="{SIGNATURE}"/>)(</w:pPr>(?:(?!</w:p>).)*</w:p>\s*<w:p(?: [^>]*)?>'
    rf'<w:pPr><w:pStyle w:val="{DATE}"/>)(</w:pPr>(?:(?!</w:p>).)*</w:p>)',
    re.DOTALL,
)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_NEW_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
CHARACTER = INDENT / 2
GAP = 0.22  # characters; Word has 0.25, LibreOffice 0.2
_MEETINGS = re.compile(r"(?<=[0-9A-Za-z])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])")


def place(document: str, *, sealed: bool) -> str:
    """Break the title and indent the signature of a merged document."""
    return _PAIR.sub(_indent, _TITLE.sub(_break, document, count=1), count=1)


def _break(match: re.Match[str]) -> str:
    title = match[2]
    if width(title) > TITLE_CHARACTERS:
        for place in _BREAKS:
            cut = place.search(title)
            if cut and width(title[cut.start() :]) <= TITLE_CHARACTERS:
                return f"{match[1]}{title[: cut.start()]}{_NEW_LINE}{title[cut.start() :]}{match[3]}"
    return match[0]


def _indent(match: re.Match[str]) -> str:
    name, date = (width("".join(_TEXT.findall(match[part]))) for part in (2, 3))
    name_right, date_right = 2.0, 2 + name - (date + 2)
    if date_right < 2:
        name_right, date_right = max(2 + date + 2 - name, 0.0), 2.0
    return f"{match[1]}{_ind(name_right)}{match[2]}{_ind(date_right)}{match[3]}"


def _ind(characters: float) -> str:
    return f'<w:ind w:right="{round(characters * CHARACTER)}"/>'


def width(text: str) -> float:
    """Width in characters of a text as XML has it: what is not East Asian takes half of one.

    Between Chinese and digits or letters Word leaves a gap of its own.
    """
    text = html.unescape(text)
    letters = sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
    return letters + GAP * len(_MEETINGS.findall(text))

"""Fields, which Word works out when it prints: so are some here, of others the saved result stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.media.word.html.characters import sign
from nianbao.media.word.html.formats import Character
from nianbao.media.word.html.wordml import Element, attribute, child, children, is_on, number, value

COUNTERS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
_BOXES = {False: "☐", True: "☒"}
# The saved result of these gives way to what is worked out.
_WORKED_OUT = frozenset([
    *COUNTERS, "EQ", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL", "MACROBUTTON", "GOTOBUTTON",
])  # fmt: skip
# Their saved result is what Word would print again, or what nobody reads.
_SETTLED = frozenset([
    "HYPERLINK", "REF", "TOC", "PAGEREF", "NOTEREF", "SEQ", "TITLE", "SUBJECT", "AUTHOR", "DOCPROPERTY",
    "DOCVARIABLE", "STYLEREF", "FORMTEXT", "TC", "XE", "MERGEFIELD", "QUOTE", "SECTION", "CREATEDATE",
    "SAVEDATE", "FILENAME", "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "INFO", "SET", "ASK", "NEXT", "RD", "TA",
    "PRIVATE",
])  # fmt: skip
# What `\*` asks for, as w:numFmt calls it; the case of ROMAN and ALPHABETIC counts.
_FORMATS = {
    "Arabic": "decimal", "ArabicDash": "numberInDash", "SBCHAR": "decimal", "DBCHAR": "decimalFullWidth",
    "ROMAN": "upperRoman", "roman": "lowerRoman", "ALPHABETIC": "upperLetter", "alphabetic": "lowerLetter",
    "CHINESENUM1": "ideographDigital", "CHINESENUM2": "chineseLegalSimplified",
    "CHINESENUM3": "chineseCountingThousand", "DBNUM1": "ideographDigital", "GB1": "decimalEnclosedFullstop",
    "GB2": "decimalEnclosedParen", "GB3": "decimalEnclosedCircleChinese", "GB4": "ideographEnclosedCircle",
    "CIRCLENUM": "decimalEnclosedCircle", "ZODIAC1": "ideographTraditional", "ZODIAC2": "ideographZodiac",
    "Ordinal": "ordinal",
}  # fmt: skip
_KEPT = frozenset({"mergeformat", "charformat", "upper", "lower", "caps", "firstcap"})
_WORD = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(slots=True)
class Field:
    """A complex field while it is read: what it asks is hidden, its saved result shown unless we work it out.

    `format` is that of its first run; `form` the `w:ffData` of a form field.
    """

    format: Character
    instruction: str = ""
    separated: bool = False
    form: Element | None = None

    @property
    def kind(self) -> str:
        """Its name in capitals."""
        return (self.instruction.split() or ["?"])[0].upper()

    @property
    def worked_out(self) -> bool:
        """Whether its saved result gives way."""
        return self.kind in _WORKED_OUT

    @property
    def silent(self) -> bool:
        """Whether what is read now is not shown."""
        return not self.separated or self.worked_out

    @property
    def words(self) -> list[str]:
        """What it asks, without its name."""
        return [quoted or bare for quoted, bare in _WORD.findall(self.instruction)][1:]

    @property
    def number_format(self) -> str | None:
        """How a number is to be written, None where that is not said; "" where it is not known."""
        words = self.words
        asked = [words[at + 1] for at, word in enumerate(words[:-1]) if word in (r"\*", r"\#")]
        asked += [word[2:] for word in words if word.startswith((r"\*", r"\#")) and len(word) > 2]
        asked = [word for word in asked if word.lower() not in _KEPT and word not in ("0", "#")]
        return _format(asked[-1]) if asked else None

    @property
    def loss(self) -> str | None:
        """What is lost where the saved result stands for the field; None for nothing."""
        if self.kind == "SECTIONPAGES":
            return "域 SECTIONPAGES 改为全文的页数"
        settled = self.worked_out or self.kind in _SETTLED
        return None if settled else f"域 {self.kind} 不会重新计算，照用文档中保存的结果"

    @property
    def text(self) -> str | None:
        """What it prints where that is a text; None where it prints nothing of its own, or no text."""
        if self.kind == "SYMBOL":
            return self._symbol()
        if self.kind in ("MACROBUTTON", "GOTOBUTTON"):
            return " ".join(self.words[1:])
        if self.kind == "FORMCHECKBOX":
            box = child(self.form, "w:checkBox")
            state = child(box, "w:checked")
            state = child(box, "w:default") if state is None else state
            return _BOXES[state is not None and is_on(state)]
        if self.kind == "FORMDROPDOWN":
            listed = child(self.form, "w:ddList")
            entries = [attribute(entry, "w:val") or "" for entry in children(listed, "w:listEntry")]
            at = number(value(listed, "w:result") or value(listed, "w:default")) or 0
            return entries[at] if 0 <= at < len(entries) else ""
        if self.kind == "FORMTEXT" and not self.separated:
            return value(child(self.form, "w:textInput"), "w:default")
        return None

    def _symbol(self) -> str:
        words = self.words
        code = next((word for word in words if re.fullmatch(r"\d{1,6}|0[xX][0-9A-Fa-f]{1,5}", word)), "")
        font = words[words.index(r"\f") + 1] if r"\f" in words[:-1] else ""
        letter = int(code, 0 if code[:2].lower() == "0x" else 10) if code else 0
        return (sign(font, letter) or "") if 0 < letter < 0x110000 else ""


def _format(asked: str) -> str:
    """A format by its name in a field; in any case of its letters, where that tells nothing apart."""
    if asked in _FORMATS:
        return _FORMATS[asked]
    known = {name.lower(): kind for name, kind in _FORMATS.items()}
    capitals = {"roman": "upperRoman", "alphabetic": "upperLetter"} if asked[:1].isupper() else {}
    return capitals.get(asked.lower()) or known.get(asked.lower(), "")

"""The cascade of styles: document defaults, then a style's ancestors from the root down, then itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from nianbao.media.word.html.css import color
from nianbao.media.word.html.formats import Character, Paragraph, over, read_character, read_paragraph
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.wordml import Element, attribute, child, children, local, name, value

_ALIASES = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
LONGEST_CHAIN = 40  # Word itself stops at 11; a loop is cut by the set of those seen


@dataclass(frozen=True, slots=True)
class Theme:
    """The fonts of the document's theme, by the name a run gives them: minorHAnsi, majorEastAsia."""

    fonts: dict[str, str]
    colors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, tree: Element | None) -> Theme:
        """Read a theme part; an empty one where the document has none."""
        fonts: dict[str, str] = {}
        scheme = None if tree is None else tree.find(f".//{name('a:fontScheme')}")
        for size in ("major", "minor"):
            group = child(scheme, f"a:{size}Font")
            latin, east = child(group, "a:latin"), child(group, "a:ea")
            hans = next((font for font in children(group, "a:font") if font.get("script") == "Hans"), None)
            western = "" if latin is None else latin.get("typeface", "")
            eastern = "" if east is None else east.get("typeface", "")
            fonts[f"{size}HAnsi"] = fonts[f"{size}Ascii"] = western
            fonts[f"{size}EastAsia"] = eastern or ("" if hans is None else hans.get("typeface", ""))
        colors: dict[str, str] = {}
        for each in () if tree is None else tree.iterfind(f".//{name('a:clrScheme')}/*"):
            said = next((one.get("lastClr") or one.get("val") or "" for one in each), "")
            colors[local(each)[2:]] = said
        return cls(fonts, colors)

    def color(self, fill: Element | None) -> str | None:
        """The CSS colour in a `a:solidFill` or a style's reference; None where it names none."""
        for each in () if fill is None else fill:
            if local(each) == "a:srgbClr":
                return color(each.get("val"))
            if local(each) == "a:schemeClr":
                word = each.get("val", "")
                return color(self.colors.get(_ALIASES.get(word, word)))
        return None


class Styles:
    """The styles of one document, each resolved once."""

    def __init__(self, tree: Element | None, theme: Theme, numbering: Numbering) -> None:
        self.theme, self.numbering = theme, numbering
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        for style in children(tree, "w:style"):
            identity = attribute(style, "w:styleId") or ""
            self._styles[identity] = style
            if attribute(style, "w:default") in ("1", "true", "on"):
                self._default[attribute(style, "w:type") or ""] = identity
        defaults = child(tree, "w:docDefaults")
        self.base_character = read_character(child(child(defaults, "w:rPrDefault"), "w:rPr"))
        self.base_paragraph = read_paragraph(child(child(defaults, "w:pPrDefault"), "w:pPr"))
        self._resolved: dict[str, tuple[Paragraph, Character]] = {}

    def chain(self, identity: str | None, kind: str) -> list[Element]:
        """A style and its ancestors, root first; a loop ends where it would begin again."""
        found: list[Element] = []
        seen: set[str] = set()
        current = identity if identity in self._styles else self._default.get(kind)
        while current and current in self._styles and current not in seen and len(found) < LONGEST_CHAIN:
            seen.add(current)
            style = self._styles[current]
            found.append(style)
            current = value(style, "w:basedOn")
        return found[::-1]

    def resolve(self, identity: str | None, kind: str = "paragraph") -> tuple[Paragraph, Character]:
        """What a paragraph or character style says with its ancestors, without the defaults."""
        key = f"{kind} {identity}"
        if key not in self._resolved:
            paragraph, character = Paragraph(), Character()
            for style in self.chain(identity, kind):
                own = read_paragraph(child(style, "w:pPr"))
                paragraph = over(own, self.numbered(own, paragraph, attribute(style, "w:styleId")))
                character = over(read_character(child(style, "w:rPr")), character)
            self._resolved[key] = paragraph, character
        return self._resolved[key]

    def numbered(self, own: Paragraph, lower: Paragraph, style: str | None = None) -> Paragraph:
        """What lies under a layer that names a numbering: the numbering's own indents come between."""
        if own.numbering is None:
            return lower
        level = self.numbering.level(own.numbering, own.level, style)
        return lower if level is None else over(level.paragraph, lower)

    def family(self, character: Character, slot: str) -> str:
        """The font asked for in a slot: `ascii`, `hansi` or `east`; "" where nobody says."""
        theme: str | None = getattr(character, f"{slot}_theme")
        return (theme and self.theme.fonts.get(theme)) or getattr(character, slot) or ""

    def title(self, identity: str | None) -> str:
        """A style's name as people see it."""
        style = self._styles.get(identity or "")
        return (value(style, "w:name") if style is not None else None) or identity or ""

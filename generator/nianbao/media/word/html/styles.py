"""The cascade of styles: document defaults, then a style's ancestors from the root down, then itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml.etree import tostring

from nianbao.media.word.html.css import color
from nianbao.media.word.html.formats import (
    Character,
    Layer,
    Paragraph,
    over,
    read_character,
    read_layer,
    read_paragraph,
    read_properties,
    toggled,
)
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.wordml import Element, attribute, child, children, descendant, flag, local, value

_ALIASES = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
_USUAL = {"dk1": "000000", "lt1": "FFFFFF"}  # the ink and the paper of a document without a theme
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
        scheme = descendant(tree, "a:fontScheme")
        for size in ("major", "minor"):
            group = child(scheme, f"a:{size}Font")
            hans = next((font for font in children(group, "a:font") if font.get("script") == "Hans"), None)
            latin, east, hans_face = (
                attribute(font, "typeface") or ""
                for font in (child(group, "a:latin"), child(group, "a:ea"), hans)
            )
            fonts[f"{size}HAnsi"] = fonts[f"{size}Ascii"] = latin
            fonts[f"{size}EastAsia"] = east or hans_face
        scheme = descendant(tree, "a:clrScheme")
        colors = {
            local(slot)[2:]: next((shade.get("lastClr") or shade.get("val") or "" for shade in slot), "")
            for slot in (() if scheme is None else scheme)
        }
        return cls(fonts, _USUAL | colors)

    def color(self, fill: Element | None) -> str | None:
        """The CSS colour in a `a:solidFill` or a style's reference; None where it names none."""
        for shade in () if fill is None else fill:
            word = shade.get("val", "")
            if local(shade) == "a:srgbClr":
                return color(word)
            if local(shade) == "a:schemeClr":
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
            if flag(style, "w:default"):
                self._default[attribute(style, "w:type") or ""] = identity
        defaults = child(tree, "w:docDefaults")
        self.base = Layer(
            read_paragraph(child(defaults, "w:pPrDefault")), read_character(child(defaults, "w:rPrDefault"))
        )
        self._resolved: dict[tuple[str, str | None], Layer] = {}
        self._paragraphs: dict[tuple[int, bytes], tuple[Paragraph, Character, Layer]] = {}
        self._runs: dict[tuple[int, bytes], tuple[Character, Character]] = {}
        self._bases: dict[tuple[str | None, Layer], Layer] = {}

    def chain(self, identity: str | None, kind: str) -> list[Element]:
        """A style and its ancestors, root first; a loop ends where it would begin again."""
        chain: dict[str, Element] = {}
        current = identity if identity in self._styles else self._default.get(kind)
        while current and current in self._styles and current not in chain and len(chain) < LONGEST_CHAIN:
            chain[current] = self._styles[current]
            current = value(chain[current], "w:basedOn")
        return list(chain.values())[::-1]

    def named(self, called: str, kind: str) -> frozenset[str]:
        """The ids of the styles of a kind that have a name, in small letters."""
        return frozenset(
            identity
            for identity, style in self._styles.items()
            if attribute(style, "w:type") == kind and (value(style, "w:name") or "").lower() == called
        )

    def resolve(self, identity: str | None, kind: str = "paragraph") -> Layer:
        """What a paragraph or character style says with its ancestors, without the defaults."""
        key = kind, identity
        if key not in self._resolved:
            layer = Layer()
            for style in self.chain(identity, kind):
                own = read_layer(style)
                numbered = self.numbered(own.paragraph, layer.paragraph, attribute(style, "w:styleId"))
                layer = own.over(replace(layer, paragraph=numbered))
            self._resolved[key] = layer
        return self._resolved[key]

    def paragraph(self, element: Element, table: Layer) -> tuple[Paragraph, Character]:
        """A paragraph's format, and what its style gives to runs; `table` is what a table's style says."""
        properties = child(element, "w:pPr")
        written = b"" if properties is None else tostring(properties, with_tail=False)
        known = self._paragraphs.get((id(table), written))
        if known is None:
            own = read_paragraph(element)
            key = (own.style, table)
            if key not in self._bases:
                self._bases[key] = self.resolve(own.style).over(table.over(self.base))
            base = self._bases[key]
            format = over(own, self.numbered(own, base.paragraph))
            known = format, base.character, table  # which keeps its id taken
            self._paragraphs[id(table), written] = known
        return known[:2]

    def run(self, properties: Element, base: Character) -> Character:
        """The format that a `w:rPr` gives, over what its paragraph's style gives."""
        key = id(base), tostring(properties, with_tail=False)
        if key not in self._runs:
            under = base
            if style := value(properties, "w:rStyle"):
                own = self.resolve(style, "character").character
                under = over(toggled(own, base, self.base.character), base)
            self._runs[key] = over(read_properties(properties), under), base  # which keeps its id taken
        return self._runs[key][0]

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

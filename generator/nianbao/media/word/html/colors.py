"""Colours of a theme and of text effects, written out where they stand: what follows knows rrggbb alone."""

from __future__ import annotations

from nianbao.media.word.html.css import color
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.wordml import Element, attribute, child, name

_SCHEME = {
    "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
    "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
    "tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2",
}  # fmt: skip
_STATED = (  # element, the attribute of its colour, and what begins the names of those that take its place
    ("w:color", "w:val", "w:theme", "Color"),
    ("w:shd", "w:fill", "w:themeFill", ""),
    ("w:shd", "w:color", "w:theme", "Color"),
)
_NEAR = 8  # of 255, in which the copy of a colour may differ that programs leave beside a theme's


def write_out(root: Element | None, theme: Theme) -> None:
    """Write theme colours and the colours of text effects of a part into the attributes all know."""
    if root is None:
        return
    for tag, key, begin, end in _STATED:
        for element in root.iter(name(tag)) if theme.colors else ():
            shade = theme.colors.get(_slot(attribute(element, begin + end)))
            if shade is not None and (worked := _mixed(shade, element, begin)):
                stated = color(element.get(name(key)))
                if stated is None or _differ(stated, f"#{worked}"):
                    element.set(name(key), worked)
    for effect in root.iter(name("w14:textFill")):
        fill = child(effect, "w14:solidFill")
        shade = _filled(fill, theme)
        run = effect.getparent()
        if shade is not None and run is not None:
            for plain in run.findall(name("w:color")):
                run.remove(plain)
            run.insert(run.index(effect), run.makeelement(name("w:color"), {name("w:val"): shade}))


def _slot(word: str | None) -> str:
    return _SCHEME.get(word or "", word or "")


def _filled(fill: Element | None, theme: Theme) -> str | None:
    """The colour of a `w14:solidFill` as rrggbb; None where it is not told."""
    for shade in () if fill is None else fill:
        stated = attribute(shade, "w14:val")
        if shade.tag == name("w14:srgbClr") and color(stated):
            return stated
        if shade.tag == name("w14:schemeClr"):
            return theme.colors.get(_slot(stated))
    return None


def _mixed(shade: str, element: Element, begin: str) -> str:
    """A theme colour with the white or the black that is mixed in; "" for no colour."""
    plain = color(shade)
    if plain is None:
        return ""
    channels = list(bytes.fromhex(plain[1:]))
    for short, ground in (("Tint", 255), ("Shade", 0)):
        part = attribute(element, f"{begin}{short}")
        if part and (share := _share(part)) is not None:
            channels = [round(channel * share + ground * (1 - share)) for channel in channels]
    return bytes(channels).hex().upper()


def _share(part: str) -> float | None:
    try:
        return min(int(part, 16), 255) / 255
    except ValueError:
        return None


def _differ(first: str, second: str) -> bool:
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return any(abs(one - other) > _NEAR for one, other in pairs)

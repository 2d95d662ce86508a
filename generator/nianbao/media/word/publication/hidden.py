"""Hidden text: nobody sees it on paper, and everybody can read it in the file."""

from __future__ import annotations

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.removals import Part, Seen
from nianbao.media.word.publication.split_tags import BRACES
from nianbao.media.word.trees import remove

_RUN, _P, _T, _VANISH, _VALUE = map(qn, ("r", "p", "t", "vanish", "val"))
_PROPERTIES, _PARAGRAPH, _ROW, _TR, _HIDDEN = map(qn, ("rPr", "pPr", "trPr", "tr", "hidden"))
_DRAWINGS = (qn("drawing"), qn("pict"))
_DRAWN = "*/{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIELD = tuple(map(qn, ("fldChar", "instrText")))
_OFF = ("0", "false", "off")


def hiding(styles: Element | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by those they are based on."""
    own: dict[str, tuple[bool | None, str]] = {}
    for style in styles.iter(qn("style")) if styles is not None else ():
        based = style.find(qn("basedOn"))
        above = "" if based is None else based.get(_VALUE, "")
        own[style.get(qn("styleId"), "")] = _vanishes(style.find(_PROPERTIES)), above
    hidden = set()
    for name in own:
        at, passed = name, set[str]()
        while at in own and at not in passed and own[at][0] is None:
            passed.add(at)
            at = own[at][1]
        if at in own and own[at][0]:
            hidden.add(name)
    return frozenset(hidden)


def remove_hidden(part: Part, styles: frozenset[str]) -> None:
    """Take out hidden rows, drawings and texts; what has tags stays, and one that prints is refused."""
    for drawing in [drawing for drawing in part.root.iter(*_DRAWINGS) if _is_off(drawing)]:
        _take(part, drawing, "图形")
    for row in [row for row in part.root.iter(_TR) if _is_on(row.find(f"{_ROW}/{_HIDDEN}"))]:
        _take(part, row)
    for run in list(part.root.iter(_RUN)):
        properties = run.find(_PROPERTIES)
        if (properties is None and not styles) or any(child.tag in _FIELD for child in run):
            continue
        if _is_hidden(run, properties, styles):
            _take(part, run)
    for paragraph in list(part.root.iter(_P)):
        if _vanishes(paragraph.find(f"{_PARAGRAPH}/{_PROPERTIES}")) and all(
            child.tag == _PARAGRAPH and child.find(qn("sectPr")) is None for child in paragraph
        ):
            remove(paragraph)


def _take(part: Part, element: Element, called: str = "") -> None:
    words = "".join(text.text or "" for text in element.iter(_T))
    if "{{" in words:
        mend = "请在 Word 中选中它，在“字体”里取消“隐藏”"
        part.refuse("tag-hidden", "标签是隐藏文字，印不出来", mend, [element])
    elif not BRACES.search(words):
        if words.strip() or called:
            part.see(Seen.HIDDEN, element, words.strip() or called)
        remove(element)


def _is_off(drawing: Element) -> bool:
    """Whether a drawing is switched off in Word's list of objects, in its newer or its older form."""
    shown = drawing.find(_DRAWN)
    styles = "".join(shape.get("style", "") for shape in drawing).replace(" ", "")
    return (shown is not None and shown.get("hidden") in ("1", "true")) or "visibility:hidden" in styles


def _is_hidden(run: Element, properties: Element | None, styles: frozenset[str]) -> bool:
    direct = _vanishes(properties)
    if direct is not None or not styles:
        return bool(direct)
    own = None if properties is None else properties.find(qn("rStyle"))
    paragraph = next(run.iterancestors(_P), None)
    above = None if paragraph is None else paragraph.find(f"{_PARAGRAPH}/{qn('pStyle')}")
    by = [style is not None and style.get(_VALUE, "") in styles for style in (own, above)]
    return by[0] != by[1]  # of two styles that hide, each takes the other back


def _vanishes(properties: Element | None) -> bool | None:
    """Whether properties hide, None where they do not say."""
    vanish = None if properties is None else properties.find(_VANISH)
    return None if vanish is None else _is_on(vanish)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(_VALUE, "true").lower() not in _OFF

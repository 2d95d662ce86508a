"""The fields of a form on a page: what is entered or chosen in them, as it is printed."""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

_BUTTONS = ("hidden", "submit", "button", "reset", "image", "file", "color", "range")
_TICKED, _OPEN = "☑", "☐"


class Field(NamedTuple):
    """What is seen in a field: its value, or the words that ask for one."""

    text: str
    prompt: bool = False


def field(element: HtmlElement) -> Field | None:
    """What is seen in a field; None where that is no text."""
    if element.tag == "input":
        return _input(element)
    if element.tag == "textarea":
        text = element.text_content()
        return Field(text) if text.strip() else _prompt(element)
    return _chosen(element) if element.tag == "select" else None


def _input(element: HtmlElement) -> Field | None:
    kind = element.get("type", "text").strip().lower()
    if kind in _BUTTONS:
        return None
    if kind in ("checkbox", "radio"):
        return Field(_TICKED if "checked" in element.attrib else _OPEN)
    value = element.get("value", "")
    if kind == "password" and value:
        return Field("•" * len(value))
    return Field(value) if value.strip() else _prompt(element)


def _prompt(element: HtmlElement) -> Field | None:
    words = element.get("placeholder", "").strip()
    return Field(words, prompt=True) if words else None


def _chosen(element: HtmlElement) -> Field | None:
    """The options chosen; where none is, the first, as browsers show a list that has one line."""
    options = list(element.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    size = element.get("size", "1").strip()
    if "multiple" not in element.attrib:
        one_line = not size.isdecimal() or int(size[:4]) <= 1
        chosen = chosen[-1:] or (
            [option for option in options if "disabled" not in option.attrib][:1] if one_line else []
        )
    texts = [(option.get("label") or option.text_content()).strip() for option in chosen]
    asks = len(chosen) == 1 and option_asks(chosen[0])
    return Field("、".join(text for text in texts if text), prompt=asks) if any(texts) else None


def option_asks(option: HtmlElement) -> bool:
    """Whether choosing an option chooses nothing: 请选择."""
    return bool(option.get("value") == "")

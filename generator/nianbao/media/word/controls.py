"""Content controls, customXml and smart tags: what they hold stands without them.

A control that is bound to a value kept elsewhere in the file shows that value in Word, whatever stands in
the document; there it is written before the control goes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from nianbao.media.ooxml import Element, Package
from nianbao.media.word.oxml import qn
from nianbao.media.word.trees import remove, unwrap

_SDT, _PROPERTIES, _CONTENT, _BINDING, _DATE = map(qn, ("sdt", "sdtPr", "sdtContent", "dataBinding", "date"))
_WRAPPERS = tuple(map(qn, ("customXml", "smartTag")))
_OF_WRAPPERS = tuple(map(qn, ("customXmlPr", "smartTagPr")))
_T, _P, _RUN, _SHOWING = map(qn, ("t", "p", "r", "showingPlcHdr"))
_OFF = ("0", "false", "off")
_STORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_BUILT_IN = {  # stores that Word makes of the file's properties
    "core-properties": "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}",
    "extended-properties": "{6668398D-A668-4E3E-A5EB-62B293D839F1}",
}
_PREFIX = re.compile(r"xmlns:([\w.-]+)=(?:'([^']*)'|\"([^\"]*)\")")
_PATH = re.compile(r"(?:/@?(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,4}\])?)+")  # all that Word itself writes


def stores(package: Package, document: str) -> dict[str, Element]:
    """The XML that controls may be bound to, by the number of its store."""
    trees: dict[str, Element] = {}
    for relation in (*package.relations("").values(), *package.relations(document).values()):
        if relation.kind not in _BUILT_IN and relation.kind != "customXml":
            continue
        properties = package.related(relation.target, "customXmlProps")
        store = _BUILT_IN.get(relation.kind) or (
            "" if properties is None else str(properties.get(_STORE, ""))
        )
        if (tree := package.tree(relation.target)) is not None:
            trees[store.upper()] = tree
    return trees


def take_prompts(
    root: Element, bound: Mapping[str, Element], styles: Container[str]
) -> dict[Element, list[str]]:
    """Take out the prompts that controls show while nobody has filled them in, by their paragraphs.

    `styles` are the ids of the style in which Word sets prompts.
    """
    prompts: dict[Element, list[str]] = {}
    for control in list(root.iter(_SDT)):
        properties, content = control.find(_PROPERTIES), control.find(_CONTENT)
        if content is None or (properties is not None and _value(properties, bound)):
            continue
        runs = list(content.iter(_RUN))
        shown = None if properties is None else properties.find(_SHOWING)
        if (shown is None or shown.get(qn("val"), "1") in _OFF) and not (
            runs and all(_style(run) in styles for run in runs)
        ):
            continue
        for run in runs:
            paragraph, words = next(run.iterancestors(_P), None), "".join(t.text or "" for t in run.iter(_T))
            if paragraph is not None:
                prompts.setdefault(paragraph, []).append(words)
            remove(run)
    return prompts


def _style(run: Element) -> str:
    style = run.find(f"{qn('rPr')}/{qn('rStyle')}")
    return "" if style is None else style.get(qn("val"), "")


def unwrap_controls(root: Element, bound: Mapping[str, Element]) -> bool:
    """Put what controls hold in their place; whether there were any."""
    controls = list(root.iter(_SDT))
    for control in controls:
        properties, content = control.find(_PROPERTIES), control.find(_CONTENT)
        if content is None:
            remove(control)
            continue
        if properties is not None and (value := _value(properties, bound)):
            _write(content, value)
        unwrap(control, content)
    wrappers = list(root.iter(*_WRAPPERS))
    for wrapper in wrappers:
        for properties in wrapper.findall(_OF_WRAPPERS[0]) + wrapper.findall(_OF_WRAPPERS[1]):
            wrapper.remove(properties)
        unwrap(wrapper)
    return bool(controls or wrappers)


def _value(properties: Element, bound: Mapping[str, Element]) -> str:
    """What a bound control shows; blank for a date, which shows in its own format."""
    binding = properties.find(_BINDING)
    if binding is None or properties.find(_DATE) is not None:
        return ""
    path, store = binding.get(qn("xpath"), ""), bound.get(binding.get(qn("storeItemID"), "").upper())
    prefixes = {
        match[1]: match[2] or match[3] for match in _PREFIX.finditer(binding.get(qn("prefixMappings"), ""))
    }
    used = set(re.findall(r"([\w.-]+):", path))
    if store is None or not _PATH.fullmatch(path) or not used <= prefixes.keys():
        return ""
    value = store.getroottree().xpath(f"string({path})", namespaces={name: prefixes[name] for name in used})
    return str(value)


def _write(content: Element, value: str) -> None:
    """Write a value into the first text of a control of one paragraph, in place of what stands there."""
    texts = list(content.iter(_T))
    if texts and len(list(content.iter(_P))) <= 1 and "".join(text.text or "" for text in texts) != value:
        for text in texts:
            text.text = value if text is texts[0] else ""

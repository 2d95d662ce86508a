"""Pages within a page: in the attribute of a frame, in its address, or beside it in the same file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from lxml.html import HtmlElement

MOST = 50  # frames of one page that are looked into
DEEPEST = 3  # frames within frames
_DATA = re.compile(r"\s*data:text/html([^,]{0,200}),", re.IGNORECASE)
_CODE = re.compile(r"charset=([\w-]{1,30})", re.IGNORECASE)
Parse = Callable[[bytes, str], HtmlElement | None]
Find = Callable[[str], tuple[bytes, str] | None]


def look_in(root: HtmlElement, parse: Parse, find: Find, depth: int = 1) -> None:
    """Put the pages that a page shows in frames where the frames are.

    `parse` makes a page of bytes and the name of their code, `find` gives those that lie beside the page.
    """
    for frame in [*root.iter("iframe", "frame")][:MOST]:
        content = _content(frame, find)
        page = parse(*content) if content is not None else None
        if page is None:
            continue
        if depth < DEEPEST:
            look_in(page, parse, find, depth + 1)
        frame.text = None
        frame[:] = []
        frame.tag = "div"
        for sheet in [*page.iter("style")]:
            if next(sheet.iterancestors("body"), None) is None:
                frame.append(sheet)
        for body in [*page.iter("body")][:1]:
            body.tag = "div"
            frame.append(body)


def _content(frame: HtmlElement, find: Find) -> tuple[bytes, str] | None:
    """The page in a frame with its code; None where it is not in the file."""
    if (written := frame.get("srcdoc", "")).strip():
        return written.encode("utf-8", "replace"), "utf-8"
    address = frame.get("src", "")
    head = _DATA.match(address)
    if head is None:
        return find(address) if address else None
    content = unquote_to_bytes(address[head.end() :])
    code = _CODE.search(head[1])
    if "base64" in head[1].lower():
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            return None
    return content, code[1] if code else ""

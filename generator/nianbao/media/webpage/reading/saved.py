"""A page that a browser or Word has saved in one file (.mht, .mhtml): a mail message (RFC 2557)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import NamedTuple
from urllib.parse import urljoin

_LONGEST_HEAD = 8192  # bytes in which the message has to say what it is, and of one field of a head
_MOST_LINES = 400_000  # 20 MB of pictures have 270,000
_PAGES = ("text/html", "application/xhtml+xml")


class Part(NamedTuple):
    """A page or a style sheet in the message, and the code that it names ("" for none)."""

    content: bytes
    code: str


class Saved(NamedTuple):
    """The first page in the message, and all pages and style sheets by the addresses they are called by."""

    page: Part
    address: str
    parts: dict[str, Part]

    def find(self, address: str) -> Part | None:
        """What an address in the page names; None where it is not in the message."""
        return self.parts.get(address) or self.parts.get(urljoin(self.address, address))


def unwrap(content: bytes) -> Saved | None:
    """The page in a message; None where there is no message, or no page in it.

    Raises ValueError for what no browser saves, RecursionError for messages within messages without end.
    """
    if b"mime-version" not in content[:_LONGEST_HEAD].lower():
        return None
    if content.count(b"\n") > _MOST_LINES:
        raise ValueError("lines")
    pages: list[tuple[Part, str]] = []
    parts: dict[str, Part] = {}
    for message in message_from_bytes(content.lstrip()).walk():
        if any(len(str(value)) > _LONGEST_HEAD for _, value in message.raw_items()):
            raise ValueError("field")  # email takes the square of its length
        kind = message.get_content_type()
        if kind not in (*_PAGES, "text/css"):
            continue
        payload = message.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        part = Part(payload, _code(message))
        address = str(message.get("Content-Location", "")).strip()
        names = (address, "cid:" + str(message.get("Content-ID", "")).strip(" <>"))
        parts |= {name: part for name in names if name not in ("", "cid:") and name not in parts}
        if kind in _PAGES:
            pages.append((part, address))
    return Saved(*pages[0], parts) if pages else None


def _code(part: Message) -> str:
    code = part.get_content_charset()
    return code if code and code != "us-ascii" else ""  # Word says us-ascii whatever is in the page

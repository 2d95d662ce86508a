"""A page that a browser or Word has saved in one file (.mht, .mhtml): a mail message (RFC 2557)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

_LONGEST_HEAD = 8192  # bytes in which the message has to say what it is


def unwrap(content: bytes) -> tuple[bytes, str] | None:
    """The first page in the message and the code that it names ("" for none), None where there is no page."""
    if b"mime-version" not in content[:_LONGEST_HEAD].lower():
        return None
    for part in message_from_bytes(content.lstrip()).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return page, _code(part)
    return None


def _code(part: Message) -> str:
    code = part.get_content_charset()
    return code if code and code != "us-ascii" else ""  # Word says us-ascii whatever is in the page

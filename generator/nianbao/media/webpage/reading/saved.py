"""A page that a browser or Word has saved in one file (.mht, .mhtml): a mail message (RFC 2557)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

_LONGEST_HEAD = 8192  # bytes in which the message has to say what it is, and of one field of a head
_MOST_LINES = 400_000  # 20 MB of pictures have 270,000


def unwrap(content: bytes) -> tuple[bytes, str] | None:
    """The first page in the message and the code that it names ("" for none), None where there is no page.

    Raises ValueError for what no browser saves, RecursionError for messages within messages without end.
    """
    if b"mime-version" not in content[:_LONGEST_HEAD].lower():
        return None
    if content.count(b"\n") > _MOST_LINES:
        raise ValueError("lines")
    for part in message_from_bytes(content.lstrip()).walk():
        if any(len(str(value)) > _LONGEST_HEAD for _, value in part.raw_items()):
            raise ValueError("field")  # email takes the square of its length
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return page, _code(part)
    return None


def _code(part: Message) -> str:
    code = part.get_content_charset()
    return code if code and code != "us-ascii" else ""  # Word says us-ascii whatever is in the page

"""The files that hang on a mail (RFC 5322, MIME), also on one that was forwarded in it."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import collapse_rfc2231_value

from nianbao.media.attachments.names import decoded, shown

_LONGEST_HEAD = 8192  # characters of one field of a head: email takes the square of its length
_MOST_LINES = 600_000  # 30 MB in base64
_MOST_PARTS = 1_000


class _AsWritten(Compat32):
    """Heads as their bytes are: names in GBK without any coding are common, and email would drop them."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The field with its bytes as surrogates."""
        return value


def files(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every attached file by name; texts of the mail itself and pictures shown in them are none.

    Raises ValueError for what no mail program writes, RecursionError for mails within mails without end.
    """
    if content.count(b"\n") > _MOST_LINES:
        raise ValueError("lines")
    for number, part in enumerate(message_from_bytes(content.lstrip(), policy=_AsWritten()).walk()):
        if number > _MOST_PARTS:
            raise ValueError("parts")
        if any(len(str(value)) > _LONGEST_HEAD for _, value in part.raw_items()):
            raise ValueError("field")
        if part.is_multipart() or not _is_attached(part):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield _name(part, number), payload


def _is_attached(part: Message) -> bool:
    if part.get_content_maintype() == "image" and part.get("Content-ID"):
        return False
    return part.get_content_disposition() == "attachment" or _raw_name(part) is not None


def _raw_name(part: Message) -> str | None:
    for field, header in (("filename", "Content-Disposition"), ("name", "Content-Type")):
        value = part.get_param(field, None, header)
        if value:
            return collapse_rfc2231_value(value).strip()
    return None


def _name(part: Message, number: int) -> str:
    """The name that the mail gives a file: by RFC 2231, by RFC 2047, or as bytes without either."""
    raw = _raw_name(part)
    if raw is None:
        return f"附件{number}{mimetypes.guess_extension(part.get_content_type()) or ''}"
    try:
        pieces = decode_header(raw)
    except HeaderParseError:
        pieces = [(raw, None)]
    return shown("".join(map(_text, pieces)))


def _text(piece: tuple[bytes | str, str | None]) -> str:
    text, code = piece
    if isinstance(text, bytes) and code:
        try:
            return text.decode("gb18030" if code.lower() in ("gb2312", "gbk") else code)
        except (LookupError, UnicodeDecodeError):
            pass
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return decoded(raw, raw.decode("utf-8", "replace"))

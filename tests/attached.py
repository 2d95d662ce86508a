"""Zips and mails as people send them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart


class _Windows(zipfile.ZipInfo):
    """An entry whose name is written as Windows' own zip writes it: in GBK, and nothing says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 # zipfile's
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def zipped(files: Mapping[str, bytes], *, windows: bool = False) -> bytes:
    """A zip with these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_Windows(name) if windows else name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def mailed(files: Mapping[str, bytes], text: str = "年报见附件。") -> bytes:
    """A mail with these files, their names by RFC 2231, as most programs write it."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "年报", "a@example.cn", "b@example.cn"
    message.set_content(text)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def forwarded(mail: bytes) -> bytes:
    """A mail that hands on another one whole."""
    from email import message_from_bytes, policy

    message = EmailMessage()
    message["Subject"] = "转发"
    message.set_content("请查收")
    message.add_attachment(message_from_bytes(mail, policy=policy.default))
    return message.as_bytes()


def mailed_by_old_program(name: bytes, content: bytes) -> bytes:
    """A mail whose file has its name as the bytes say it: RFC 2047 in a parameter, or raw GBK."""
    message = MIMEMultipart()
    part = MIMEBase("application", "octet-stream")
    part.set_payload(content)
    from email import encoders

    encoders.encode_base64(part)
    part["Content-Disposition"] = 'attachment; filename="NAME"'
    message.attach(part)
    return message.as_bytes().replace(b"NAME", name)

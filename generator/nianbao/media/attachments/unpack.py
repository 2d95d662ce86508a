"""Unpack a zip or a mail, and what lies so within them, as far as the limits go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from nianbao.media.attachments import mail, zipped
from nianbao.report import Unreadable, rule

ZIP, MAIL = KINDS = (".zip", ".eml")
WITHIN = " › "  # between the name of what holds a file and its own
_MEND = "请把报告单独上传"


@dataclass(frozen=True)
class Attachment:
    """A file with its name, which begins with what it lies in; `closed` says why it could not be opened."""

    name: str
    content: bytes = b""
    closed: str = ""


@dataclass
class Limits:
    """What may still be unpacked: files, bytes; and how deep zips and mails may lie in one another."""

    files: int = 500
    size: int = 80 * 1024 * 1024
    depth: int = 3


def unpack(content: bytes, name: str, limits: Limits | None = None) -> list[Attachment]:
    """Every file in a zip or a mail, in its order; raises Unreadable for a damaged one and for a bomb."""
    return list(_unpacked(content, name, limits or Limits(), 1))


def _unpacked(content: bytes, name: str, limits: Limits, depth: int) -> Iterator[Attachment]:
    inside = _zipped(content, name, limits) if _kind(name) == ZIP else _mailed(content, name, limits)
    for one in inside:
        if _kind(one.name) not in KINDS or one.closed:
            yield one
        elif depth == limits.depth:
            yield Attachment(one.name, closed=f"套了 {depth} 层还没有到底，没有打开")
        else:
            try:
                yield from _unpacked(one.content, one.name, limits, depth + 1)
            except Unreadable as caught:
                if caught.problems[0].code == "too-large":
                    raise
                yield Attachment(one.name, closed=caught.problems[0].what)


def _zipped(content: bytes, name: str, limits: Limits) -> Iterator[Attachment]:
    try:
        for file, size, entry, archive in zipped.entries(content):
            _spend(name, limits, size)
            path = f"{name}{WITHIN}{file}"
            if zipped.is_locked(entry):
                yield Attachment(path, closed="设有密码，没有打开")
                continue
            try:
                yield Attachment(path, archive.read(entry))  # no more than it says
            except zipped.DAMAGE:
                yield Attachment(path, closed="已损坏，没有打开")
    except zipped.DAMAGE:
        raise rule("damaged").refusal(name, "文件已损坏，或者不是压缩包（zip）", _MEND) from None


def _mailed(content: bytes, name: str, limits: Limits) -> Iterator[Attachment]:
    try:
        for file, payload in mail.files(content):
            _spend(name, limits, len(payload))
            yield Attachment(f"{name}{WITHIN}{file}", payload)
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError):  # as email stumbles
        raise rule("damaged").refusal(name, "文件已损坏，或者不是邮件", _MEND) from None


def _spend(name: str, limits: Limits, size: int) -> None:
    limits.files -= 1
    limits.size -= size
    if limits.files < 0 or limits.size < 0:
        raise _bomb(name)


def _bomb(name: str) -> Unreadable:
    most = Limits()
    what = f"里面的文件多于 {most.files} 个，或者展开后大于 {most.size // 1024 // 1024} MB，没有打开"
    return rule("too-large").refusal(name, what, _MEND)


def _kind(name: str) -> str:
    return PurePosixPath(name).suffix.lower()

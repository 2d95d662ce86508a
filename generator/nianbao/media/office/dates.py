"""A PDF without the time of its making: the same document is to give the same bytes.

Nothing changes its length, or the table of where each object begins would be wrong.
"""

from __future__ import annotations

import hashlib
import re

DAY = "19800101000000"  # the first that a zip archive can say, and so our documents' day as well
XMP_DAY = "1980-01-01T00:00:00"
_DATE = re.compile(rb"(/(?:Creation|Mod)Date\s*\((?:D:)?)(\d{4,14})(Z|[+-])?([\d']{0,6})(?=\s*\))")
_PACKET = re.compile(rb"<\?xpacket begin.*?<\?xpacket end", re.DOTALL)
_XMP_DATE = re.compile(
    rb"((?:Create|Modify|Metadata)Date(?:\s*=\s*[\"']|\s*>\s*))(\d{4}[-\dT:]{0,15})(\.\d+)?(Z|[+-])?([\d:]{0,5})"
)
_IDENTITIES = re.compile(
    rb"/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]|/DocChecksum\s*/[0-9A-Fa-f]{32}\b"
)
_IDENTITY = re.compile(rb"[0-9A-Fa-f]{32}")


def undated(pdf: bytes) -> bytes:
    """The same PDF as if made on DAY; its identifiers, made from the time as well, follow its contents."""
    pdf = _DATE.sub(_day, pdf)
    pdf = _PACKET.sub(lambda packet: _XMP_DATE.sub(_xmp_day, packet[0]), pdf)
    bare = _IDENTITIES.sub(lambda match: _IDENTITY.sub(b"0" * 32, match[0]), pdf)
    identity = hashlib.sha256(bare).hexdigest()[:32].upper().encode("ascii")
    return _IDENTITIES.sub(lambda match: _IDENTITY.sub(identity, match[0]), bare)


def _day(match: re.Match[bytes]) -> bytes:
    """The day as far as the date goes, in the zone that is nought."""
    key, date, zone, offset = match.groups(default=b"")
    return key + DAY[: len(date)].encode("ascii") + zone.replace(b"-", b"+") + _nought(offset)


def _xmp_day(match: re.Match[bytes]) -> bytes:
    key, date, fraction, zone, offset = match.groups(default=b"")
    day = XMP_DAY[: len(date)].encode("ascii")
    return key + day + _nought(fraction) + zone.replace(b"-", b"+") + _nought(offset)


def _nought(digits: bytes) -> bytes:
    return re.sub(rb"\d", b"0", digits)

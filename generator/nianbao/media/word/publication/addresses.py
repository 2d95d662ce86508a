"""Addresses: whether a reader of what is published can follow them."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_FOR_ANYBODY = ("mailto", "tel", "sms")
_WEB = ("http", "https", "ftp", "ftps")
_INTERNAL = (".local", ".lan", ".internal", ".localhost", ".localdomain", ".intranet")


def is_public(address: str) -> bool:
    """Whether an address leads anybody anywhere: no file, no machine in an office, no private network."""
    address = address.strip()
    if not address or address.startswith("#") or address.lower().startswith("www."):
        return True
    if "{" in address or "%7B%7B" in address.upper():
        return True  # a tag, which is told in another way
    try:
        split = urlsplit(address)
        host = (split.hostname or "").rstrip(".")
    except ValueError:
        return False
    if split.scheme in _FOR_ANYBODY:
        return True
    if split.scheme not in _WEB:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_INTERNAL)

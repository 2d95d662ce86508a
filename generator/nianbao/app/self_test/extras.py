"""The libraries that the program asks for, by its own metadata, and which of them are installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

BASE = ""  # what every installation has
_NOT_OURS = ("dev",)  # extras of those who work on the program
_REQUIREMENT = re.compile(r"([\w.-]+)[^;]*(?:;.*extra == ['\"]([\w-]+)['\"])?")


@cache
def extras() -> dict[str, dict[str, str]]:
    """By extra the libraries it asks for, each with the version that is installed, "" for none."""
    asked: dict[str, dict[str, str]] = {}
    for name, extra in _requirements():
        if extra not in _NOT_OURS:
            asked.setdefault(extra, {})[name] = _installed(name)
    return asked


def missing(extra: str) -> list[str]:
    """What of an extra is not installed."""
    return [name for name, installed in extras().get(extra, {}).items() if not installed]


def _requirements() -> Iterator[tuple[str, str]]:
    for requirement in requires("nianbao") or ():
        if "win32" in requirement and sys.platform != "win32":  # which is asked for on Windows alone
            continue
        if match := _REQUIREMENT.match(requirement):
            yield match[1], match[2] or BASE


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

"""What a program or library for Windows loads, read out of the file; and all that follows from some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pefile  # type: ignore[import-untyped] # it ships no types

LIBRARIES = (".dll", ".pyd", ".exe")
_TABLES = ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT")
PYTHON = {
    "python3.dll",
    "vcruntime140.dll",
    "vcruntime140_1.dll",
}  # beside every python.exe, and python3X.dll
_WINDOWS = {  # those of every Windows 10 that our libraries ask for
    "advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "comctl32.dll", "comdlg32.dll", "crypt32.dll",
    "dbghelp.dll", "dnsapi.dll", "gdi32.dll", "iphlpapi.dll", "kernel32.dll", "msvcrt.dll", "ncrypt.dll",
    "netapi32.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "powrprof.dll", "psapi.dll", "rpcrt4.dll",
    "secur32.dll", "shell32.dll", "shlwapi.dll", "ucrtbase.dll", "user32.dll", "userenv.dll",
    "version.dll", "winmm.dll", "winspool.drv", "ws2_32.dll", "wsock32.dll",
}  # fmt: skip


def imports(content: bytes) -> tuple[str, ...]:
    """The libraries that a file asks for by name, at once or later, in small letters, sorted."""
    read = pefile.PE(data=content, fast_load=True)
    read.parse_data_directories(
        [pefile.DIRECTORY_ENTRY[f"IMAGE_{table}"] for table in _TABLES], import_dllnames_only=True
    )
    entries = [entry for table in _TABLES for entry in getattr(read, table, [])]
    return tuple(sorted({entry.dll.decode("ascii").lower() for entry in entries}))


def closure(wanted: Iterable[str], libraries: Mapping[str, bytes]) -> list[str]:
    """The libraries that these need, themselves among them, of those there are (by name in small letters).

    Raises KeyError with the name of one that is wanted and not there.
    """
    found: set[str] = set()
    ahead = [name.lower() for name in wanted]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += [needed for needed in imports(libraries[name]) if needed in libraries]
    return sorted(found)


def of_windows(name: str) -> bool:
    """Whether a library is a part of Windows."""
    return name in _WINDOWS or name.startswith("api-ms-win-")


def unmet(libraries: Mapping[str, bytes], python: tuple[int, int]) -> list[str]:
    """What files, by their paths, ask for that neither they, nor Python, nor Windows have: a line each."""
    there = {path.rpartition("/")[2].lower() for path in libraries}
    there |= {*PYTHON, f"python{python[0]}{python[1]}.dll"}
    return [
        f"{path}: {name}"
        for path, content in sorted(libraries.items())
        for name in imports(content)
        if name not in there and not of_windows(name)
    ]

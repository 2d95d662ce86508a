"""A process of its own: has Word, or else WPS, print documents over COM, hidden, without macros or changes.

Reads what to do as JSON from standard input, and says what became of each document, in a line of JSON each.
Written after Microsoft's and Kingsoft's description of these objects; not tried.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

PROGRAMS = ("Word.Application", "KWPS.Application", "WPS.Application")
NO_ALERTS, NO_CHANGES = 0, 0  # wdAlertsNone, wdDoNotSaveChanges
NO_MACROS = 3  # msoAutomationSecurityForceDisable
PDF = 17  # wdExportFormatPDF, wdFormatPDF
# All of it for print, with the document's properties, bookmarks by headings, tags, and as PDF/A-1.
EXPORT = (PDF, False, 0, 0, 1, 1, 0, True, True, 1, True, True, True)
QUIET = {"Visible": False, "DisplayAlerts": NO_ALERTS, "AutomationSecurity": NO_MACROS}
BUSY = (-2147418111, -2147417846)  # RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER
TRIES, PAUSE = 20, 0.5  # a program that has just started rejects calls for some seconds


def main() -> None:
    """Print the documents that standard input names."""
    order = json.load(sys.stdin)
    sys.path[:] = order["path"]
    program = _program()
    if program is None:
        _say(document=-1, end="absent")
        return
    try:
        for name, value in QUIET.items():
            with suppress(Exception):  # WPS does not know each of them
                setattr(program, name, value)
        for number in order["documents"]:
            try:
                _print(program, Path(order["room"]) / f"{number}.docx")
                _say(document=number, end="made")
            except Exception as error:  # of many kinds; the next document may be sound
                _say(document=number, end=_reason(error))
    finally:
        with suppress(Exception):
            program.Quit(NO_CHANGES)


def _program() -> Any:
    """Word, or WPS where that is not installed; None where neither is."""
    create = importlib.import_module("comtypes.client").CreateObject  # which only Windows has
    for name in PROGRAMS:
        with suppress(OSError):  # invalid class string: it is not installed
            return create(name, dynamic=True)
    return None


def _print(program: Any, document: Path) -> None:
    """Print a document as a PDF beside it."""
    pdf = str(document.with_suffix(".pdf"))
    opened = _patiently(lambda: program.Documents.Open(str(document), False, True, False))
    try:
        with suppress(Exception):
            _say(process=_process(opened.ActiveWindow.Hwnd))
        try:
            opened.ExportAsFixedFormat(pdf, *EXPORT)
        except Exception:  # an older WPS has no such method, or fewer arguments
            opened.SaveAs(pdf, PDF)
    finally:
        with suppress(Exception):
            opened.Close(NO_CHANGES)


def _reason(error: Exception) -> str:
    """What went wrong, in the program's own words where it has said any: Word speaks the user's language."""
    details = getattr(error, "details", None) or ()
    words = [word for word in (*details[:1], getattr(error, "text", None), str(error)) if word]
    return str(words[0] if words else type(error).__name__).strip(" .。\r\n")[:200]


def _patiently(call: Any) -> Any:
    """What a call returns, made again while the program is too busy to take it."""
    for _ in range(TRIES):
        try:
            return call()
        except Exception as error:
            if getattr(error, "hresult", None) not in BUSY:
                raise
            time.sleep(PAUSE)
    return call()


def _process(window: int) -> int:
    """The number of the process that a window is of."""
    import ctypes

    if sys.platform != "win32":
        return 0
    number = ctypes.c_ulong()
    ctypes.windll.user32.GetWindowThreadProcessId(window, ctypes.byref(number))
    return number.value


def _say(**told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""What LibreOffice Calc puts on the clipboard for blocks of cells: JSON, for each block its texts by kind.

Run by the system's Python, which has UNO: calc.py WORKBOOK PROFILE SHEET!CELLS…
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

# Only Debian's Python has these.
import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

START = 60  # seconds that LibreOffice may take until it listens
KINDS = {"text/html": "utf-8", "text/plain;charset=utf-16": "utf-16-le"}


def connected(pipe: str, office: subprocess.Popen[bytes]) -> uno.pyuno:
    """The desktop of the LibreOffice that listens at a pipe, once it does."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    end = time.monotonic() + START
    while office.poll() is None and time.monotonic() < end:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise SystemExit("LibreOffice does not listen")


def copied(desktop: uno.pyuno, workbook: Path, blocks: list[str]) -> list[dict[str, str]]:
    """Each block of cells as texts, by what the clipboard calls their kinds."""
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = desktop.loadComponentFromURL(workbook.resolve().as_uri(), "_blank", 0, (hidden,))
    controller, copies = document.CurrentController, []
    for block in blocks:
        sheet, _, cells = block.partition("!")
        controller.select(document.Sheets.getByName(sheet).getCellRangeByName(cells))
        clipboard, texts = controller.getTransferable(), {}
        for flavor in clipboard.getTransferDataFlavors():
            for kind, encoding in KINDS.items():
                if flavor.MimeType.startswith(kind):
                    value = clipboard.getTransferData(flavor)
                    texts[kind] = value if isinstance(value, str) else value.value.decode(encoding)
        copies.append(texts)
    document.close(True)
    return copies


def main(workbook: str, profile: str, *blocks: str) -> None:
    """Start LibreOffice with a profile of its own, copy, end it."""
    home = Path(profile).resolve()
    pipe = f"nianbao-{home.parent.name}-{os.getpid()}"
    options = ("--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;")
    command = ["soffice", f"-env:UserInstallation={home.as_uri()}", *options]
    office = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        json.dump(copied(connected(pipe, office), Path(workbook), list(blocks)), sys.stdout)
    finally:
        os.killpg(office.pid, signal.SIGKILL)  # soffice is a script, LibreOffice its child
        office.wait()


main(*sys.argv[1:])

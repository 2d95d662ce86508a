"""Where the program begins in the folder for Windows: with its own Python, packages and Pango.

Started by pythonw.exe it has no window of the console: what it would say there goes into a log, and where it
cannot go on, into a message box.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WANTED = tuple(map(int, (ROOT / "program" / "python.txt").read_text("ascii").split(".")))
NAME = "nianbao.log"
ENDED = (None, 0, 130)  # exit codes that nobody need be told of: done, or stopped by its user


def main() -> None:
    """Run the program by the words that it was started with."""
    log = None if sys.stderr else _log()
    try:
        _fit()
        _prepare()
        from nianbao.entry import main as run

        run()
    except SystemExit as end:
        if log is not None and end.code not in ENDED:
            _tell(log.read_text(encoding="utf-8").strip().splitlines()[-12:])
        raise
    except BaseException:  # the last door: nothing else would say that it did not start
        traceback.print_exc()
        if log is None:
            sys.stderr.write("错误 年报没有启动，请把上面的内容交给维护人员。\n")
        else:
            _tell([f"年报没有启动。请把这个文件交给维护人员：\n{log}"])
        sys.exit(3)


def _fit() -> None:
    """End where the Python beside us is another than the packages were made for."""
    if sys.version_info[: len(WANTED)] != WANTED or sys.maxsize < 2**32:
        wanted, there = ".".join(map(str, WANTED)), ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write(
            f"错误 python 文件夹里是 Python {there}，这里要 64 位的 Python {wanted}。"
            f"请换成 python-{wanted}.x-embed-amd64.zip 里的文件。\n"
        )
        sys.exit(3)


def _prepare() -> None:
    """Let Python find the packages, and Windows Pango: in this process, and in those that it starts."""
    site, pango = ROOT / "site", ROOT / "pango"
    sys.path[:] = [str(site), *(place for place in sys.path if Path(place) != site)]
    os.environ["WEASYPRINT_DLL_DIRECTORIES"] = str(pango)  # where what it opens finds the rest
    os.environ["PATH"] = os.pathsep.join((str(pango), os.environ.get("PATH", "")))  # where it finds that
    if sys.platform == "win32":
        os.add_dll_directory(str(pango))


def _log() -> Path:
    """Have what is said go into a file, the user's own; nowhere, if none can be written."""
    temporary = Path(tempfile.gettempdir())
    local = Path(os.environ.get("LOCALAPPDATA") or temporary) / "nianbao"
    for log in (local / NAME, temporary / NAME, Path(os.devnull)):
        with suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True)
            stream = log.open("w", encoding="utf-8", errors="backslashreplace", buffering=1)
            sys.stdout = sys.stderr = stream
            break
    return log


def _tell(lines: list[str]) -> None:
    """Show a message box."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, "\n".join(lines), "年报", 0x10)


if __name__ == "__main__":
    main()

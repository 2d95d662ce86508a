"""Word to PDF by an installed Word or WPS, which a process of its own drives over COM: only on Windows."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from nianbao.media.office.convert import Converted
from nianbao.media.office.running import HIDDEN, PATIENCE, Pause
from nianbao.media.office.scrub import scrub
from nianbao.report import Place, Problem, ProblemsFound, rule

MADE, ABSENT, LATE = "made", "absent", "late"  # what the driver says, and what is said of it
DRIVER = Path(__file__).with_name("automation_driver.py")


def automate_all(
    documents: Sequence[tuple[str, bytes]], timeout: float = PATIENCE, waiting: Pause = nullcontext
) -> list[Converted | ProblemsFound]:
    """Have Word, or else WPS, print documents, each with its file's name for problems; started once for all.

    One that fails is a ProblemsFound in its place: where nothing comes for `timeout` seconds, the document
    that it is at. Those after it go on in another start. The program is ended with the call. `waiting` is
    entered while it works.
    """
    if missing := list(_missing()):
        return [ProblemsFound([_placed(missing[0], file)]) for file, _ in documents]
    outcomes: dict[int, Converted | ProblemsFound] = {}
    told: dict[int, tuple[Problem, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="nianbao-word-", ignore_cleanup_errors=True) as room:
        for at, (file, document) in enumerate(documents):
            try:
                content, told[at] = scrub(document, file)
                (Path(room) / f"{at}.docx").write_bytes(content)
            except ProblemsFound as caught:
                outcomes[at] = caught
        with waiting():
            ends = _ends(Path(room), list(told), timeout)
        for at, end in ends.items():
            pdf, file = Path(room) / f"{at}.pdf", documents[at][0]
            if end == MADE and pdf.is_file():
                outcomes[at] = Converted(pdf.read_bytes(), told[at])
            else:
                outcomes[at] = ProblemsFound([_placed(_failure(end, timeout), file)])
    return [outcomes[at] for at in range(len(documents))]


def _missing() -> Iterator[Problem]:
    """What is missing for it here."""
    otherwise = "，或不加 --engine office"
    if sys.platform != "win32":
        what = "这里不是 Windows，不能用 Word 或 WPS 转换 PDF"
        yield rule("word-missing").broken(what, f"请在装有 Word 或 WPS 的 Windows 上转换{otherwise}")
    elif find_spec("comtypes") is None:
        what = "没有安装调用 Word、WPS 要用的部件"
        yield rule("word-missing").broken(what, f'请运行 pip install "nianbao[office]"{otherwise}')


def _failure(end: str, timeout: float) -> Problem:
    """The problem that the driver's word for an end means."""
    if end == ABSENT:
        return rule("word-missing").broken("没有安装 Word 或 WPS", "请安装以后再试，或不加 --engine office")
    if end == LATE:
        what = f"Word 或 WPS 在 {timeout:g} 秒内没有转换完，已中止"
        mend = "请在任务管理器里看有没有留下的 Word、WPS，它们是否在等人回答；或不加 --engine office"
    else:
        what = f"Word 或 WPS 没有转换出 PDF{f'（{end}）' if end else ''}"
        mend = "请在 Word 或 WPS 中打开这份文件，看能否导出为 PDF；或不加 --engine office"
    return rule("word-failed").broken(what, mend)


def _placed(problem: Problem, file: str) -> Problem:
    return replace(problem, places=(Place(file),) if file else ())


def _ends(room: Path, left: list[int], timeout: float) -> dict[int, str]:
    """How each document ended: MADE, or why not."""
    ends: dict[int, str] = {}
    while left:
        ends |= dict(_driven(room, left, timeout))
        left = [at for at in left if at not in ends]
        why = ends.pop(-1, "")
        if why == ABSENT:
            return ends | dict.fromkeys(left, ABSENT)
        if left:
            ends[left.pop(0)] = why
    return ends


def _driven(room: Path, numbers: Sequence[int], timeout: float) -> Iterator[tuple[int, str]]:
    """How documents ended, as far as the driver came; under -1 why it came no further."""
    order = json.dumps({"path": sys.path, "room": str(room), "documents": list(numbers)})
    with _started(order) as process:
        assert process.stdout is not None
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True).start()
        while True:
            try:
                line = lines.get(timeout=timeout)
            except queue.Empty:
                yield -1, LATE
                return
            if not line:
                return
            told: dict[str, Any] = json.loads(line)
            if "process" in told:
                process.word = told["process"]  # type: ignore[attr-defined]
            else:
                yield int(told["document"]), str(told["end"])


@contextmanager
def _started(order: str) -> Iterator[subprocess.Popen[str]]:
    """The driver, which ends with the block, and with it the Word that it has started."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", str(DRIVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        creationflags=HIDDEN,
    )
    try:
        with suppress(OSError):
            assert process.stdin is not None
            process.stdin.write(order)
            process.stdin.close()
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            if word := getattr(process, "word", None):  # no child of ours: Windows has started it
                command = ["taskkill", "/F", "/PID", str(word)]
                with suppress(OSError):
                    subprocess.run(command, capture_output=True, check=False, creationflags=HIDDEN)
        process.wait()


def _listen(stream: IO[str], lines: queue.SimpleQueue[str]) -> None:
    """Pass on what the driver says, line by line; a blank one when it says no more."""
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")

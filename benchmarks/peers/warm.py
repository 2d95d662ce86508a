"""Make documents in one warm process, and print what each took: those who live in Python.

    python -m benchmarks.peers.warm WHO TEMPLATE VALUES WARM_UP COUNT FOLDER

As warm.cjs: the first reports warm up, and their documents are written into FOLDER; those that follow
are timed. No report comes twice, if VALUES has enough: what a maker keeps of one would help with it.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Make = Callable[[int], bytes]  # the document of one of the reports


def main(who: str, template: str, values: str, warm_up: str, count: str, folder: str) -> None:
    """Print milliseconds of each, processor time of one, and peak memory in MB."""
    reports, make = MAKERS[who](Path(template), Path(values))
    for number in range(int(warm_up)):
        (Path(folder) / f"{number}.docx").write_bytes(make(number % reports))
    times = []
    used = time.process_time()
    for number in range(int(warm_up), int(warm_up) + int(count)):
        start = time.perf_counter()
        make(number % reports)
        times.append((time.perf_counter() - start) * 1000)
    processor = (time.process_time() - used) * 1000 / max(len(times), 1)
    peak = re.search(r"^VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"), re.M)
    print(json.dumps({"times": times, "processor": processor, "memory": int(peak[1]) / 1024 if peak else 0}))


def nianbao(template: Path, values: Path) -> tuple[int, Make]:
    """One template for all reports; each document is read back and proved before it is given out."""
    from nianbao.media import exchange, word

    opened = word.Template(template.read_bytes(), template.name)
    reports = [exchange.read(path) for path in sorted(values.iterdir())]
    return len(reports), lambda number: word.merge(opened, reports[number])


def docxtpl(template: Path, values: Path) -> tuple[int, Make]:
    """As its manual has it: a template of its own for each document, since rendering uses it up."""
    from docxtpl import DocxTemplate

    reports: list[dict[str, Any]] = json.loads(values.read_text(encoding="utf-8"))

    def make(number: int) -> bytes:
        document, written = DocxTemplate(template), io.BytesIO()
        document.render(reports[number])
        document.save(written)
        return written.getvalue()

    return len(reports), make


def floor(template: Path, values: Path) -> tuple[int, Make]:
    """What none can do without: finished parts are compressed and put into their zip."""
    from nianbao.media import ooxml
    from nianbao.media.word.language import DOCUMENT

    documents = []
    for path in sorted(values.iterdir()):
        documents.append(ooxml.unpack(path.read_bytes(), path.name, "", DOCUMENT))

    def make(number: int) -> bytes:
        return ooxml.pack(documents[number])

    return len(documents), make


MAKERS = {"nianbao": nianbao, "docxtpl": docxtpl, "floor": floor}


if __name__ == "__main__":
    main(*sys.argv[1:])

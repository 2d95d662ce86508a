"""An office's server: its board, a hundred uploads at once, memory and disk, as submissions grow.

    python -m benchmarks.office [--submissions 100 1000 10000] [--database sqlite postgresql] [--uploads 100]

Each submission has a version, with its report and findings. The board is asked for as a reviewer does, the
uploads come from as many clerks in the same moment; all clients run on the machine that serves. PostgreSQL is
started for it, with its own safe settings. A goal that is not reached is marked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from tests.report.rollup.rollup_samples import organs
from tests.web.office.postgresql import postgresql
from tests.web.office.served import TOKEN, Someone

BOARD, WAIT = 0.100, 3.0  # goals, in seconds
ROUNDS = 15
SAMPLES = 40  # reports that differ; the others are theirs with other names


class Row(NamedTuple):
    """What was measured of one size: seconds, MB."""

    database: str
    submissions: int
    board: float
    page: float
    wait: float
    late: float
    memory: float
    disk: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print a table, a line for each database and size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.office", description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--uploads", type=int, default=100, help="at once")
    parser.add_argument("--prepare", nargs=2, metavar=("FOLDER", "COUNT"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.prepare:
        _prepare(Path(asked.prepare[0]), int(asked.prepare[1]), asked.uploads)
        return
    print(
        f"{'database':11}{'submissions':>12}{'board':>9}{'page':>9}{'longest':>10}{'p95':>8}{'memory':>9}{'disk':>8}"
    )
    for database in asked.database:
        for count in asked.submissions:
            row = _measure(database, count, asked.uploads)
            marks = "".join(
                f"  {name} over its goal"
                for name, value, goal in (("board", row.board, BOARD), ("longest", row.wait, WAIT))
                if value > goal
            )
            print(
                f"{row.database:11}{row.submissions:12}{row.board * 1000:6.0f} ms{row.page:6.0f} kB"
                f"{row.wait:8.2f} s{row.late:6.2f} s{row.memory:6.0f} MB{row.disk:5.0f} MB{marks}"
            )


def _measure(database: str, count: int, uploads: int) -> Row:
    with (
        tempfile.TemporaryDirectory() as place,
        postgresql(safe=True) if database == "postgresql" else nullcontext() as socket,
    ):
        folder = Path(place) / "office"
        folder.mkdir()
        told = f'[database]\nhost = "{socket}"\nname = "postgres"\nuser = "nianbao"\n' if socket else ""
        (folder / "office.toml").write_text(told, encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.office", "--uploads", str(uploads)]
        subprocess.run([*command, "--prepare", str(folder), str(count)], check=True)
        sessions = json.loads((folder / "sessions.json").read_text(encoding="utf-8"))
        with _serving(folder) as (port, process):
            reviewer = _someone(port, sessions["reviewer"])
            answers = [_timed(reviewer, "GET", "/board") for _ in range(ROUNDS)]
            waits = _uploads(port, sessions["clerks"])
            memory = sum(_resident(pid) for pid in _family(process))
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        if socket:
            disk += sum(path.stat().st_size for path in (Path(socket) / "data").rglob("*") if path.is_file())
        return Row(
            database,
            count,
            median(seconds for seconds, _ in answers),
            answers[-1][1] / 1000,
            max(waits),
            quantiles(waits, n=20)[-1],
            memory / 1e6,
            disk / 1e6,
        )


def _prepare(folder: Path, count: int, uploads: int) -> None:
    """Fill an office with organs, submissions under review, and clerks whose reports are not there yet."""
    from nianbao.web.office import server

    server.set_up(folder)
    from datetime import date

    from django.contrib.auth.models import User
    from django.test import Client
    from nianbao.app import workbench
    from nianbao.report.submission import Role, State
    from nianbao.web.office import accounts, submissions
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Organ, Submission, Version
    from nianbao.web.workbench import drafts

    setting = submissions.setting()
    setting.year = 2025
    setting.save()
    documents = organs(SAMPLES)
    found = []
    for document in documents:
        opened = workbench.open_file(json.dumps(document).encode(), "报告.json")
        draft = drafts.begin(opened, "报告.json")
        found.append((workbench.exchanged(opened.values).decode(), json.dumps(drafts.findings(draft))))
        draft.delete()
    names = [f"第{number}局" for number in range(count)]
    Organ.objects.bulk_create([Organ(name=name, normal_name=name, reporter="部门") for name in names], 500)
    rows = [
        Submission(organ=organ, year=2025, due=date(2026, 1, 31), state=State.SUBMITTED.value, number=1)
        for organ in Organ.objects.all()
    ]
    for row in rows[:uploads]:
        row.state, row.number = State.ABSENT.value, 0
    Submission.objects.bulk_create(rows, 500)
    handed_in = Submission.objects.filter(number=1).order_by("pk")
    versions = [
        Version(submission=one, number=1, report=report, findings=told, errors=0, warnings=1, who="clerk")
        for at, one in enumerate(handed_in)
        for report, told in (found[at % SAMPLES],)
    ]
    Version.objects.bulk_create(versions, 100)

    def session(login: str, role: Role, organ: Organ | None) -> str:
        user = User.objects.create(username=login, password="!")
        accounts.assign(user, role, organ, Who("benchmark"))
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client.cookies["nianbao_session"].value

    clerks = [
        {
            "session": session(f"clerk-{one.pk}", Role.FILL, one.organ),
            "submission": one.pk,
            "report": documents[at % SAMPLES] | {"organ": one.organ.name, "issued_by": one.organ.name},
        }
        for at, one in enumerate(Submission.objects.filter(number=0).select_related("organ"))
    ]
    told = {"reviewer": session("reviewer", Role.REVIEW, None), "clerks": clerks}
    (folder / "sessions.json").write_text(json.dumps(told), encoding="utf-8")


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, int]]:
    """The office's server: its port and its process."""
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline().strip().rstrip("/").rpartition(":")[2]), server.pid
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()


def _someone(port: int, session: str) -> Someone:
    return Someone(port, {"nianbao_session": session, "nianbao_csrf": TOKEN})


def _timed(person: Someone, method: str, path: str, **sent: Any) -> tuple[float, int]:
    """The seconds that an answer took, and its bytes; raises RuntimeError for a refusal."""
    start = time.perf_counter()
    answer = person.ask(method, path, **sent)
    took = time.perf_counter() - start
    if answer.status not in (200, 302):
        raise RuntimeError(f"{path}: {answer.status}")
    return took, len(answer.body)


def _uploads(port: int, clerks: list[dict[str, Any]]) -> list[float]:
    """The seconds that each of them waited, all having begun at once."""
    from nianbao.media import workbook

    from tests.reports import take

    waits: list[float] = []
    begin = threading.Barrier(len(clerks))
    books = [workbook.write(take(clerk["report"]))[0] for clerk in clerks]

    def send(clerk: dict[str, Any], content: bytes) -> None:
        person = _someone(port, clerk["session"])
        begin.wait()
        waits.append(
            _timed(person, "POST", f"/mine/{clerk['submission']}/upload", file=("报告.xlsx", content))[0]
        )

    threads = [threading.Thread(target=send, args=pair) for pair in zip(clerks, books, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(waits) < len(clerks):
        raise RuntimeError("uploads were refused")
    return waits


def _family(process: int) -> list[int]:
    """A process with all that it has started."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [process]
    for pid in found:
        found += children.get(pid, ())
    return found


def _resident(process: int) -> int:
    """Bytes of memory that a process holds by itself or as its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[1]))
    main(sys.argv[1:])

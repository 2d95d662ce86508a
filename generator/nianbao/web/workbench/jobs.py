"""What takes longer than an answer may: reports are made one after another, in a process that stays warm."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from nianbao.app import workbench
from nianbao.app.generate.job import prepare
from nianbao.app.generate.pipeline import MAKING, Artifacts, RenderContext
from nianbao.app.outcome import Failure
from nianbao.app.workbench import Wanted
from nianbao.app.workers import Task, isolation
from nianbao.app.workers.pool import Pool

KEPT = 12  # made reports that can still be looked at and taken home


@dataclass(frozen=True)
class Made:
    """A report that was made, or is being made: `key` is its name in addresses."""

    key: str
    draft: str
    revision: int
    wanted: Wanted
    future: Future[Artifacts | Failure]

    def file(self, kind: str) -> bytes | None:
        """One of its files; None while they are being made, and where there is none of this kind."""
        result = self.future.result() if self.future.done() else None
        return None if result is None or isinstance(result, Failure) else result.files.get(kind)


class Jobs:
    """The reports being made; one of a server."""

    def __init__(self) -> None:
        """Start nothing yet: the first report starts the process."""
        self._thread = ThreadPoolExecutor(1, "nianbao-make")
        self._made: OrderedDict[str, Made] = OrderedDict()
        self._lock = threading.Lock()
        self._pool: Pool | None = None

    def make(self, draft: str, revision: int, content: bytes, wanted: Wanted) -> Made:
        """Have a report made of exchange JSON; the same revision is made once in the same way."""
        with self._lock:
            for made in self._made.values():
                known = (made.draft, made.revision, made.wanted)
                if known == (draft, revision, wanted) and not _failed(made.future):
                    return made
            future = self._thread.submit(self._make, content, wanted)
            made = Made(secrets.token_hex(8), draft, revision, wanted, future)
            self._made[made.key] = made
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
            return made

    def get(self, key: str) -> Made | None:
        """A report by its name; None where it is gone."""
        return self._made.get(key)

    def warm(self) -> None:
        """Start the processes, so that neither the first file nor the first report need wait for them."""
        self._thread.submit(isolation.warm)
        self._thread.submit(self._crew)

    def close(self) -> None:
        """End what is being made."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._pool is not None:
            self._pool.__exit__(None, None, None)

    def _make(self, content: bytes, wanted: Wanted) -> Artifacts | Failure:
        task = Task("report.json", workbench.make, (content, wanted))
        [result] = self._crew().results([task])
        return result  # type: ignore[no-any-return] # what the work returns

    def _crew(self) -> Pool:
        if self._pool is None:
            from nianbao.media import pdf, word

            preload = (*MAKING, *word.PRELOADED, "nianbao.media.word.html", *pdf.PRELOADED)
            self._pool = Pool(_context, 1, preload=preload, doing="生成")
        return self._pool


def _context() -> RenderContext:
    return RenderContext(prepare("pdf", "html"))


def _failed(future: Future[Artifacts | Failure]) -> bool:
    if not future.done():
        return False
    return future.exception() is not None or isinstance(future.result(), Failure)


@cache
def jobs() -> Jobs:
    """The reports of this server."""
    return Jobs()

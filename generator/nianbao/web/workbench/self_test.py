"""The self-test, asked for in the window: the program started once more, and what it says shown as a page."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from nianbao.app.self_test.window import command
from nianbao.media.self_test import Results, write
from nianbao.web import idle
from nianbao.web.downloads import download
from nianbao.web.words import catalogue
from nianbao.web.workbench.beside import standalone


@dataclass
class _Running:
    """A self-test that was started: its process, and the file with what it says."""

    process: subprocess.Popen[bytes]
    said: IO[bytes]

    @property
    def over(self) -> bool:
        return self.process.poll() is not None

    def results(self) -> Results | None:
        """What it has found; None where it came to no end."""
        self.said.seek(0)
        try:
            return Results.from_json(json.loads(self.said.read()))
        except (ValueError, KeyError, TypeError):
            return None


_last: list[_Running] = []  # of this server: the newest, once there is one


@require_http_methods(["GET", "POST"])
def self_test(request: HttpRequest) -> HttpResponse:
    """What it does, with a button; after that, that it is at work; then its results."""
    idle.heard()
    if request.method == "POST" and not (_last and not _last[0].over):
        said = tempfile.TemporaryFile()  # noqa: SIM115 - it is read by later requests
        words = command("self-test", "--json")
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.DEVNULL)
        _last[:] = [_Running(process, said)]
    elif _last and _last[0].over and "again" not in request.GET:
        return redirect("self-test-results")
    running = bool(_last) and not _last[0].over
    return render(request, "workbench/self_test.html", {"running": running})


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """The page of results; with ?save to be taken home."""
    found = _last[0].results() if _last and _last[0].over else None
    words = catalogue()["self_test"]
    if found is None:
        broken = bool(_last) and _last[0].over
        return render(request, "workbench/self_test.html", {"running": False, "broken": broken})
    if "save" in request.GET:
        return download(write(found).encode(), f"{words['file']}.html")
    links = ((words["home"], "/"), (words["save"], "?save"), (words["again"], "/self-test?again"))
    return standalone(write(found, links))

"""`nianbao serve --office` as an office starts it, with people and organs in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = """
import json, sys
from pathlib import Path
from nianbao.web.office import server
server.set_up(Path(sys.argv[1]))
from datetime import date, timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from nianbao.report.rollup import normal
from nianbao.report.submission import Role
from nianbao.web.office import accounts, submissions
from nianbao.web.office.entry import digest
from nianbao.web.office.events import Who
from nianbao.web.office.models import Link, Organ, Submission
told = json.loads(sys.stdin.read())
setting = submissions.setting()
for name, value in told.get("setting", {}).items():
    setattr(setting, name, value)
setting.save()
made = {}
for name, reporter, days in told["organs"]:
    organ = Organ.objects.create(name=name, normal_name=normal(name), reporter=reporter)
    due = timezone.localdate() + timedelta(days=days)
    made[name] = Submission.objects.create(organ=organ, year=setting.year, due=due).pk
for login, roles in told["people"].items():
    user = User.objects.create_user(login, password=login + "-password")
    for role, organ in roles:
        accounts.assign(user, Role(role), Organ.objects.get(name=organ) if organ else None, Who(""))
for token, organ, hours in told.get("links", ()):
    Link.objects.create(digest=digest(token), organ=Organ.objects.get(name=organ), year=setting.year,
                        made_by="", expires=timezone.now() + timedelta(hours=hours))
print(json.dumps(made))
"""


class Office:
    """An office's server; `submissions` are the numbers of the organs' submissions."""

    def __init__(self, folder: Path, **told: Any) -> None:
        """Make it, put people and organs in, and start it. `told` as SCRIPT reads it."""
        self.folder = folder
        command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder)]
        subprocess.run([*command, "--new", "--year", "2025"], check=True, stdout=subprocess.DEVNULL)
        filled = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder)],
            input=json.dumps(told),
            text=True,
            check=True,
            stdout=subprocess.PIPE,
        )
        self.submissions: dict[str, int] = json.loads(filled.stdout)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def end(self) -> None:
        """Have it end."""
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

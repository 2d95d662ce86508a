"""An office in this process, with a database of its own for every test: SQLite and PostgreSQL, both real."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="needs the extra web")
pytest.importorskip("axes", reason="needs the extra web")

from nianbao.report.submission import Role

from tests.web.office.postgresql import postgresql

if TYPE_CHECKING:
    from django.test import Client
    from nianbao.web.office.models import Organ, Submission

YEAR = 2025
DATABASES = ("sqlite", "postgresql")
# Playwright's loop, of tests in Chromium that ran before in this process, waits in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass
class Office:
    """An office with nothing in it: organs and people are added by the test."""

    folder: Path
    database: dict[str, Any]

    @property
    def on_postgresql(self) -> bool:
        """Whether its database is PostgreSQL."""
        return str(self.database["ENGINE"]).endswith("postgresql")

    def execute(self, *statements: str) -> None:
        """Execute statements in PostgreSQL, beside the database of the test."""
        use(self.database | {"NAME": "postgres"})
        for statement in statements:
            _execute(statement)
        use(self.database)

    def organ(self, name: str, reporter: str = "部门", superior: Organ | None = None) -> Organ:
        """Put an organ on the roster."""
        from nianbao.report.rollup import normal
        from nianbao.web.office.models import Organ

        aggregate = reporter.endswith("汇总")
        return Organ.objects.create(
            name=name, normal_name=normal(name), reporter=reporter, aggregate=aggregate, superior=superior
        )

    def submission(self, organ: Organ, due: date = date(2099, 1, 31)) -> Submission:
        """Expect the report of an organ."""
        from nianbao.web.office.models import Submission

        return Submission.objects.create(organ=organ, year=YEAR, due=due)

    def person(self, login: str, *roles: tuple[Role, Organ | None]) -> Client:
        """Somebody with an account, who has come in."""
        from django.contrib.auth.models import User
        from django.test import Client
        from nianbao.web.office import accounts
        from nianbao.web.office.events import Who

        user = User.objects.create_user(login)
        for role, organ in roles:
            accounts.assign(user, role, organ, Who("test"))
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client


@cache
def _configured(folder: Path) -> dict[str, Any]:
    """Set Django up once in this process, on a database that is only copied."""
    from nianbao.web import settings

    database = settings.sqlite(folder / "template.sqlite3")
    settings.configure_office(folder, database=database, hosts=["testserver", "127.0.0.1"], secure=False)
    _fast_passwords()
    return database


def _fast_passwords() -> None:
    """Make hashing cheap: what it costs is Django's concern."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a migrated database of SQLite."""
    folder = tmp_path_factory.mktemp("office")
    _configured(folder)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


@pytest.fixture(scope="session")
def cluster(template: Path) -> Iterator[dict[str, Any]]:
    """A PostgreSQL with a migrated database to copy."""
    from django.core.management import call_command

    with postgresql() as socket:
        database = {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": str(socket),
            "USER": "nianbao",
            "NAME": "postgres",
        }
        use(database)
        _execute("CREATE DATABASE template")
        use(database | {"NAME": "template"})
        call_command("migrate", interactive=False, verbosity=0)
        use(database)
        yield database


@pytest.fixture(params=DATABASES)
def office(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of one test."""
    from django.conf import settings
    from django.db import connections

    folder = tmp_path / "office"
    folder.mkdir()
    if request.param == "sqlite":
        own = folder / "office.sqlite3"
        shutil.copy(template / "template.sqlite3", own)
        database = _configured(template) | {"NAME": own}
    else:
        cluster: dict[str, Any] = request.getfixturevalue("cluster")
        use(cluster)
        _execute("DROP DATABASE IF EXISTS office WITH (FORCE)")
        _execute("CREATE DATABASE office TEMPLATE template STRATEGY FILE_COPY")
        database = cluster | {"NAME": "office"}
    use(database)
    settings.NIANBAO_FILES, settings.NIANBAO_ARCHIVE = folder / "files", folder / "archive"
    yield Office(folder, database)
    connections.close_all()


def use(database: dict[str, Any]) -> None:
    """Have Django speak to another database from now on."""
    from django.db import connections

    connections.close_all()
    settings = connections.settings
    settings["default"] = database.copy()
    connections.settings = connections.configure_settings(settings)
    if hasattr(connections["default"], "settings_dict"):
        del connections["default"]


def _execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)

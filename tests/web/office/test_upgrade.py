"""A database that an earlier program has filled: brought up to date with all that is in it, after a backup.

first/ holds the databases of the first commit that had an office, as SQL: an aggregate and three organs, of
which two have handed in, were accepted and published.
"""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest
from nianbao.app.outcome import Usage

from tests.web.office.conftest import Office, use
from tests.web.office.postgresql import programs

FIRST = Path(__file__).parent / "first"


def write_first(path: Path) -> None:
    """Write the first commit's database of SQLite."""
    with sqlite3.connect(path) as database:
        database.executescript((FIRST / "sqlite.sql").read_text(encoding="utf-8"))
    database.close()


@pytest.fixture
def first(office: Office, tmp_path: Path) -> Office:
    """The first commit's office."""
    if office.on_postgresql:
        office.execute("DROP DATABASE IF EXISTS first WITH (FORCE)", "CREATE DATABASE first")
        place, host = programs(), str(office.database["HOST"])
        assert place is not None
        command: list[str | Path] = [
            place / "psql",
            "-h",
            host,
            "-U",
            "nianbao",
            "-d",
            "first",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        subprocess.run([*command, "-f", FIRST / "postgresql.sql"], check=True, stdout=subprocess.DEVNULL)
        use(office.database | {"NAME": "first"})
    else:
        path = tmp_path / "first.sqlite3"
        write_first(path)
        use(office.database | {"NAME": path})
    (office.folder / "office.toml").touch()
    (office.folder / "secret").touch()
    return office


def test_all_that_was_in_it_is_there_and_publications_have_moved(first: Office) -> None:
    from django.core.management import call_command
    from nianbao.web import migrated
    from nianbao.web.office import events
    from nianbao.web.office.models import Event, Organ, Publication, Submission, Upload, Version

    assert migrated.applied() < migrated.known()
    call_command("migrate", interactive=False, verbosity=0)
    assert migrated.applied() == migrated.known()
    assert (Organ.objects.count(), Version.objects.count()) == (4, 2)
    states = [one.state for one in Submission.objects.order_by("pk")]
    assert states == ["未报", "已公布", "已公布", "未报"]
    published = [
        (one.submission.organ.name, one.version and one.version.number, str(one.day), one.address)
        for one in Publication.objects.all()
    ]
    assert published == [
        ("某某县财政局", 1, "2026-01-27", "https://www.example.gov.cn/1.html"),
        ("某某县教育局", 1, "2026-01-28", "https://www.example.gov.cn/2.html"),
    ]
    uploads = [(upload.taken, upload.read_at == upload.at, upload.told) for upload in Upload.objects.all()]
    assert uploads == [(True, True, [])] * 2  # files that were not read were not kept then
    assert (Event.objects.count(), list(events.flaws())) == (12, [])
    events.record(events.Who("张三"), "login")
    assert list(events.flaws()) == []


def test_it_is_backed_up_as_it_was_before(first: Office) -> None:
    from nianbao.web import migrated
    from nianbao.web.office import backup

    before = migrated.applied()
    written = backup.write(first.folder, first.folder / "before.tar")
    assert (written.events, len(written.head)) == (12, 64)
    assert migrated.applied() == before


def test_a_database_of_a_newer_program_is_refused(office: Office) -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder
    from nianbao.web import migrated

    migrated.require_known(migrated.applied(), "年报办公室")
    MigrationRecorder(connection).record_applied("office", "9999_later")
    with pytest.raises(Usage, match=r"年报办公室 是更新版本的程序写的（office\.9999_later），没有打开"):
        migrated.require_known(migrated.applied(), "年报办公室")

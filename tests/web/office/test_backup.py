"""Backup while people work, and restoring it: nothing is missing, nothing half, nothing of a damaged one."""

from __future__ import annotations

import json
import shutil
import tarfile
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.outcome import Usage
from nianbao.report.submission import Role

from tests.web.office.conftest import Office, use


@pytest.fixture
def kept(office: Office) -> Office:
    """An office with an organ, a person, a file and lines in its log; and its own folder's files."""
    from nianbao.web.office import configuration, events, filestore

    organ = office.organ("临江县财政局")
    office.submission(organ)
    office.person("reviewer", (Role.REVIEW, None))
    filestore.keep(b"a workbook")
    events.record(events.Who("reviewer"), "remark", text="请核对")
    (office.folder / "secret").write_text("secret", encoding="ascii")
    text = configuration.FRESH
    if office.on_postgresql:
        host, name = office.database["HOST"], "restored"
        text += f'[database]\nhost = "{host}"\nname = "{name}"\nuser = "nianbao"\n'
    (office.folder / configuration.CONFIGURATION).write_text(text, encoding="utf-8")
    return office


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours."""
    from django.apps import apps

    models = (
        model for part in ("workbench", "office", "auth") for model in apps.get_app_config(part).get_models()
    )
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def restored(office: Office, source: Path, folder: Path) -> Any:
    from nianbao.web.office import backup

    if office.on_postgresql:
        office.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)", "CREATE DATABASE restored")
    told = backup.restore(source, folder)
    use(office.database | {"NAME": "restored" if office.on_postgresql else folder / "office.sqlite3"})
    return told


def test_a_restored_office_has_every_row_and_file(kept: Office, tmp_path: Path) -> None:
    from nianbao.web.office import backup, events

    before = rows()
    written = backup.write(kept.folder, tmp_path / "one.tar")
    told = restored(kept, tmp_path / "one.tar", tmp_path / "again")
    assert (rows(), list(events.flaws())) == (before, [])
    assert (told.files, told.events, told.head) == (written.files, 2, written.head)
    [file] = (path for path in (tmp_path / "again" / "files").rglob("*") if path.is_file())
    assert file.read_bytes() == b"a workbook"
    names = {path.name for path in (tmp_path / "again").iterdir() if "-" not in path.name}  # without WAL
    own = set() if kept.on_postgresql else {"office.sqlite3"}
    assert names == {"files", "office.toml", "secret"} | own
    assert [path.name for path in kept.folder.glob(".backup*")] == []


def test_a_backup_under_load_is_of_one_moment(kept: Office, tmp_path: Path) -> None:
    """Files are kept and lines written all the while: every file that the copy tells of is in it."""
    from django.db import connection
    from nianbao.web.office import backup, events, filestore
    from nianbao.web.office.models import Event, File

    end = threading.Event()

    def work(number: int) -> None:
        count = 0
        while not end.is_set():
            file = filestore.keep(f"{number} {count}".encode())
            events.record(events.Who("clerk"), "fill", sha256=file.sha256)
            count += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        while Event.objects.count() < 10:
            pass
        for number in range(3):
            backup.write(kept.folder, tmp_path / f"{number}.tar")
    finally:
        end.set()
        for thread in threads:
            thread.join()
    for number in range(3):
        folder = tmp_path / f"again-{number}"
        told = restored(kept, tmp_path / f"{number}.tar", folder)
        assert list(events.flaws()) == []
        assert Event.objects.count() == told.events >= 10
        there = {path.parent.name + path.name for path in (folder / "files").rglob("*") if path.is_file()}
        assert set(File.objects.values_list("sha256", flat=True)) <= there


def spoilt(source: Path, target: Path, name: str, content: bytes | None) -> None:
    """A copy of a backup with one member changed, added or, for None, left out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            if member.name != name:
                new.addfile(member, old.extractfile(member))
        if content is not None:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            new.addfile(entry, BytesIO(content))


def test_a_damaged_or_newer_backup_leaves_nothing(kept: Office, tmp_path: Path) -> None:
    from nianbao.web.office import backup

    whole = tmp_path / "one.tar"
    backup.write(kept.folder, whole)
    with tarfile.open(whole) as package:
        manifest = json.load(package.extractfile("备份清单.json"))  # type: ignore[arg-type]
        [file] = (name for name in package.getnames() if name.startswith("files/"))
    newer = manifest | {"migrations": [*manifest["migrations"], ["office", "9999_later"]]}
    spoils: dict[str, tuple[str, bytes | None]] = {
        f"里的 {file} 已损坏": (file, b"another"),
        "不是办公室的备份，或已损坏": (file, None),
        "里的文件与清单不符": ("files/ab/stranger", b"x"),
        "是更新版本的程序写的（office.9999_later）": ("备份清单.json", json.dumps(newer).encode()),
    }
    for number, (words, (name, content)) in enumerate(spoils.items()):
        spoilt(whole, tmp_path / f"{number}.tar", name, content)
        with pytest.raises(Usage, match=words.replace("（", "（").replace(".", r"\.")):
            backup.restore(tmp_path / f"{number}.tar", tmp_path / "again")
        assert not (tmp_path / "again").exists()
    for name, content in {"cut": whole.read_bytes()[:3000], "text": b"no backup"}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Usage, match="不是办公室的备份，或已损坏"):
            backup.restore(tmp_path / name, tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_nothing_that_is_there_is_replaced(kept: Office, tmp_path: Path) -> None:
    from nianbao.web.office import backup

    backup.write(kept.folder, tmp_path / "one.tar")
    with pytest.raises(Usage, match="已经存在，没有覆盖"):
        backup.write(kept.folder, tmp_path / "one.tar")
    with pytest.raises(Usage, match="里已经有文件，没有恢复"):
        backup.restore(tmp_path / "one.tar", kept.folder)
    with pytest.raises(FileNotFoundError):
        backup.restore(tmp_path / "none.tar", tmp_path / "again")
    shutil.rmtree(kept.folder / "files")
    backup.write(kept.folder, tmp_path / "without.tar")

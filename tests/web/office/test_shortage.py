"""A disk that is full, read-only, without names, too many open files: told, and nothing answered is lost."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from nianbao.report.submission import Role

from tests.report.rollup.rollup_samples import COUNTY, organs
from tests.web.office.conftest import Office, use
from tests.web.office.handed_in import document
from tests.web.office.pages import parsed, text
from tests.web.office.postgresql import postgresql
from tests.web.office.served import Answer, Served, Someone, prepare, served
from tests.web.office.small_disk import SmallDisk, few_handles, small_disk
from tests.web.office.test_backup import rows
from tests.web.office.test_upgrade import write_first

if TYPE_CHECKING:
    from django.test import Client
    from nianbao.web.office.models import Submission

PASSWORD = "kept-in-the-tests"
KEPT = "先前收到和保存的都还在。"
FULL = f"磁盘已满，这一步没有做；{KEPT}请腾出磁盘空间（办公室的服务器请找管理员）后再做一次。"
UNWRITABLE = f"磁盘现在不能写，这一步没有做；{KEPT}请检查磁盘（办公室的服务器请找管理员）后再做一次。"
HANDLES = f"同时打开的文件太多，这一步没有做；{KEPT}请过一会儿再做一次；常常这样的，请管理员放宽限制。"


@dataclass
class Work:
    """An office that serves from a small disk, with organs at every stage, and what is done with each."""

    disk: SmallDisk
    server: Served
    clients: dict[str, Client]
    submissions: dict[str, Submission]

    def someone(self, name: str) -> Someone:
        return self.server.someone(self.clients[name])

    def do(self, deed: str) -> Answer:
        """Do one thing of each kind that changes anything."""
        key = {name: one.pk for name, one in self.submissions.items()}
        report = json.dumps(document(self.submissions["absent"].organ.name), ensure_ascii=False).encode()
        deeds: dict[str, Callable[[], Answer]] = {
            "upload": lambda: self.someone("absent").ask(
                "POST", f"/mine/{key['absent']}/upload", file=("报告.json", report)
            ),
            "submit": lambda: self.someone("filled").ask("POST", f"/mine/{key['filled']}/submit"),
            "review": lambda: self.someone("reviewer").ask("POST", f"/submissions/{key['handed-in']}/review"),
            "remark": lambda: self.someone("reviewer").ask(
                "POST", f"/versions/{self.version}/remarks", {"text": "请核对", "target": ""}
            ),
            "accept": lambda: self.someone("reviewer").ask(
                "POST", f"/submissions/{key['reviewed']}/accept", {"reason": "已了解"}
            ),
            "sum": lambda: self.someone("adder").ask(
                "POST", f"/sums/{key['county']}/make", {"partial": "on"}
            ),
            "archive": lambda: self.someone("archivist").ask("POST", "/publication/archive"),
            "link": lambda: self.someone("admin").ask("POST", "/links/make", {"which": "without"}),
            "login": lambda: Someone(self.server.port, {"nianbao_csrf": "a" * 32}).ask(
                "POST", "/login", {"username": "reviewer", "password": PASSWORD}
            ),
        }
        return deeds[deed]()

    @property
    def version(self) -> int:
        from nianbao.web.office import submissions

        version = submissions.last_version(self.submissions["remarked"])
        assert version is not None
        return int(version.pk)

    def files(self) -> set[str]:
        """What lies in the folder, but for what the database keeps beside itself."""
        own = ("ballast", "office.sqlite3-", "backup.lock")
        paths = (path.relative_to(self.disk.folder) for path in self.disk.folder.rglob("*") if path.is_file())
        return {str(path) for path in paths if not path.name.startswith(own)}


DEEDS = ("upload", "submit", "review", "remark", "accept", "sum", "archive", "link", "login")
LOOKS = {"reviewer": "/board", "absent": "/mine", "admin": "/organs", "archivist": "/publication"}


@pytest.fixture
def work(office: Office, template: Path) -> Iterator[Work]:
    from django.contrib.auth.hashers import ScryptPasswordHasher
    from django.contrib.auth.models import User
    from django.db import connections
    from nianbao.report.submission import Action
    from nianbao.web.office import submissions
    from nianbao.web.office.events import Who

    from tests.web.office.handed_in import hand_in

    if office.on_postgresql:
        pytest.skip("the database lies elsewhere")
    county = office.organ(COUNTY, "县级政府汇总")
    made = {"county": office.submission(county)}
    names = ("absent", "filled", "handed-in", "remarked", "reviewed", "accepted")
    stages = dict(zip(names, organs(len(names)), strict=True))
    made |= {
        name: office.submission(office.organ(one["organ"], superior=county)) for name, one in stages.items()
    }
    for name in names[1:]:
        hand_in(made[name], stages[name])
    who = Who("审核人")
    submissions.act(made["filled"], Action.WITHDRAW, who)
    for name in names[3:]:
        submissions.act(made[name], Action.REVIEW, who)
    submissions.act(made["accepted"], Action.ACCEPT, who, submissions.Said("已了解"))
    clients = {
        name: office.person(f"of-{name}", (Role.FILL, made[name].organ)) for name in ("absent", "filled")
    } | {
        name: office.person(name, (role, None))
        for name, role in (("reviewer", Role.REVIEW), ("adder", Role.SUM), ("archivist", Role.ARCHIVE),
                           ("admin", Role.ADMIN))
    }  # fmt: skip
    reviewer = User.objects.get(username="reviewer")
    reviewer.password = ScryptPasswordHasher().encode(PASSWORD, "salt")
    reviewer.save()
    clients["reviewer"].force_login(reviewer, "django.contrib.auth.backends.ModelBackend")
    connections.close_all()
    prepare(office, template)
    with small_disk(office.folder, "size=8m,nr_inodes=2000") as disk:
        server = Served(office.folder)
        server.start()
        try:
            yield Work(disk, server, clients, made)
        finally:
            server.kill(signal.SIGTERM)
            connections.close_all()


def _empty_wal() -> None:
    """Have SQLite put into the database what it has beside it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def told(answer: Answer) -> str:
    page: Any = html.document_fromstring(answer.body.decode())
    return " ".join(text(alert) for alert in page.xpath("//*[@role='alert']"))


@pytest.mark.parametrize("how", ["full", "names"])
def test_what_cannot_be_kept_is_told_and_done_once_it_can(work: Work, how: str) -> None:
    from nianbao.web.office import events

    before, files = rows(), work.files()
    answers = {}
    for deed in DEEDS:
        _empty_wal()  # there is room in it
        work.disk.spoil(how)
        answers[deed] = work.do(deed)
    looked = {name: work.someone(name).ask("GET", path).status for name, path in LOOKS.items()}
    backup = _run(work.disk.folder, "--backup", work.disk.folder.parent / "backup.tar")
    work.disk.mend()
    assert {deed: (answer.status, told(answer)) for deed, answer in answers.items()} == dict.fromkeys(
        DEEDS, (507, FULL)
    )
    assert looked == {"reviewer": 200, "absent": 302, "admin": 200, "archivist": 200}
    assert (backup[:2], backup[2].endswith("：磁盘已满。请清理磁盘，或换一个文件夹。\n")) == ((3, ""), True)
    assert (rows(), work.files()) == (before, files)
    assert {deed: work.do(deed).status for deed in DEEDS} == dict.fromkeys(DEEDS, 302) | {"link": 200}
    assert list(events.flaws()) == []


def _run(*words: str | Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    ("how", "said"),
    [("full", "磁盘已满。请清理磁盘，或换一个文件夹。"), ("read-only", "磁盘是只读的。请换一个文件夹。")],
)
def test_a_server_that_cannot_write_does_not_start(work: Work, how: str, said: str) -> None:
    work.server.kill()
    _empty_wal()
    before, files = rows(), work.files()
    _empty_wal()
    work.disk.spoil(how)
    ended = _run(work.disk.folder)
    work.disk.mend()
    assert ended == (3, "", f"错误 {work.disk.folder}：{said}\n")
    assert (rows(), work.files()) == (before, files)
    work.server.start()


def test_an_office_begun_on_a_full_disk_can_be_begun_again(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    with small_disk(folder, "size=4m") as disk:
        for room in (
            0,
            8,
            40,
            200,
        ):  # kB: not even for office.toml, for that alone, for a part of the database
            disk.spoil("full")
            disk.give(room * 1024)
            assert _run(folder, "--new")[0] == 3
            assert [path.name for path in folder.iterdir() if path.name != "ballast"] == []
        disk.mend()
        assert _run(folder, "--new")[0] == 0


def test_an_upgrade_on_a_full_disk_is_gone_on_with(template: Path, tmp_path: Path) -> None:
    """There is room neither for the backup before it nor, with that made, for the steps."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "office.toml").touch()
    (folder / "secret").write_text("secret", encoding="ascii")
    write_first(folder / "office.sqlite3")
    with small_disk(folder, "size=6m") as disk:
        for room, there in ((0, set()), (8, {"0001_initial.tar"}), (100, {"0001_initial.tar"})):
            for name in there:
                (folder / "升级前的备份").mkdir(exist_ok=True)
                (folder / "升级前的备份" / name).touch()
            disk.spoil("full")
            disk.give(room * 1024)
            assert _run(folder) == (3, "", f"错误 {folder}：磁盘已满。请清理磁盘，或换一个文件夹。\n"), room
            assert {path.name for path in folder.glob("升级前的备份/*")} == there
        disk.mend()
        server = Served(folder)
        server.start()
        server.kill(signal.SIGTERM)


def named(content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = "报告.json"
    return file


def test_a_body_that_finds_no_room_on_its_way_is_told(
    office: Office, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large one is kept in a file of the system's until all of it is there."""
    if office.on_postgresql:
        pytest.skip("the same server")
    organ, place = office.organ("某某市财政局"), tmp_path / "tmp"
    client, key = office.person("clerk", (Role.FILL, organ)), office.submission(organ).pk
    place.mkdir()
    with small_disk(place, "size=4m") as disk:
        monkeypatch.setenv("TMPDIR", str(place))
        with served(office, template) as server:

            def send(size: int) -> Answer:
                return server.someone(client).ask("POST", f"/mine/{key}/upload", file=("大.pdf", bytes(size)))

            assert send(1000).status == 422  # it is no PDF; and all that is needed is there
            disk.spoil("full")
            refused = send(2_000_000)
            assert (refused.status, told(refused)) == (507, FULL)
            disk.mend()
            assert send(2_000_000).status == 422


def test_too_many_open_files_are_told(office: Office) -> None:
    from nianbao.web.office.models import Upload

    organ = office.organ("某某市财政局")
    client, key = office.person("clerk", (Role.FILL, organ)), office.submission(organ).pk
    client.raise_request_exception = False

    def send(number: int) -> Any:
        content = json.dumps(document() | {"title": f"第 {number} 稿"}, ensure_ascii=False).encode()
        return client.post(f"/mine/{key}/upload", {"file": named(content)})

    assert send(1).status_code == 302
    assert client.get("/nothing").status_code == 404  # reads the templates of refusals
    with few_handles(0):
        refused = send(2)
    assert (refused.status_code, text(parsed(refused).get_element_by_id("main"))) == (
        503,
        f"没有照办 {HANDLES} 返回首页",
    )
    assert Upload.objects.count() == 1
    assert send(2).status_code == 302


def test_a_full_disk_of_postgresql_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.management import call_command
    from django.db import connections
    from nianbao.web.office import events
    from nianbao.web.office.models import Upload

    if office.on_postgresql:
        pytest.skip("a server of its own")
    place = Path(tempfile.mkdtemp(prefix="nianbao-small-"))
    place.chmod(0o755)  # PostgreSQL is another user
    with small_disk(place, "size=90m") as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(place))
        with postgresql() as socket:
            monkeypatch.undo()
            use({"ENGINE": "django.db.backends.postgresql", "HOST": str(socket), "USER": "nianbao",
                 "NAME": "postgres"})  # fmt: skip
            call_command("migrate", interactive=False, verbosity=0)
            organ = office.organ("某某市财政局")
            client, key = office.person("clerk", (Role.FILL, organ)), office.submission(organ).pk
            client.raise_request_exception = False
            disk.spoil("full")
            done = 0
            for number in range(40):  # the first ones find room in pages that are there
                content = json.dumps(document() | {"title": f"第 {number} 稿"}, ensure_ascii=False).encode()
                answer = client.post(f"/mine/{key}/upload", {"file": named(content)})
                if answer.status_code == 507:
                    break
                done += answer.status_code == 302
            assert text(parsed(answer).get_element_by_id("main")).startswith(f"没有照办 {FULL}")
            assert list(events.flaws()) == []
            disk.mend()
            assert Upload.objects.filter(taken=True).count() == done
            assert client.post(f"/mine/{key}/upload", {"file": named(content)}).status_code == 302
            assert list(events.flaws()) == []
            connections.close_all()

"""Who is let in, and what is answered to whom: over the wire, to a server as people start it."""

from __future__ import annotations

import http.client
import json
import re
import socket
import stat
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

import pytest

from tests.paths import DATA
from tests.web.serving import Server

SAMPLE = DATA / "示例-2021.xlsx"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """A browser's part of the talk: cookies and the token, and nothing else."""

    def __init__(self, server: Server) -> None:
        address = urlsplit(server.address)
        self.host, self.port = address.hostname or "", address.port or 0
        self.cookies: dict[str, str] = {}
        self.entry = f"{address.path}?{address.query}"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        if self.cookies:
            headers.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        connection.request(method, path, body or None, {k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer

    def enter(self) -> Client:
        assert self.ask("GET", self.entry).status == 303
        self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", "/").text)[1]  # type: ignore[index]
        return self

    def upload(self, name: str, content: bytes, path: str = "/open", **fields: str) -> Answer:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
        ]
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content + b"\r\n--x--\r\n"
        return self.ask(
            "POST", path, body, Content_Type="multipart/form-data; boundary=x", X_CSRFToken=self.token
        )


@pytest.fixture
def client(server: Server) -> Client:
    return Client(server).enter()


def test_without_the_key_nobody_sees_anything(server: Server, client: Client) -> None:
    draft = json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]
    stranger = Client(server)
    for path in (
        "/",
        draft,
        f"{draft}/values",
        f"{draft}/home.json",
        "/news",
        "/static/workbench.js",
        "/nothing",
    ):
        answer = stranger.ask("GET", path)
        assert (answer.status, "没有打开本程序的钥匙" in answer.text) == (403, True), path
    assert stranger.ask("GET", "/enter?key=wrong").status == 403
    assert stranger.ask("GET", "/", Cookie="nianbao_key=wrong").status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "[::1]:{port}"]
)
def test_another_name_for_this_machine_is_refused(client: Client, host: str) -> None:
    answer = client.ask("GET", "/", Host=host.format(port=client.port))
    assert (answer.status, "地址不是本机的地址" in answer.text) == (421, True)


@pytest.mark.parametrize(
    "headers",
    [
        {},  # no token
        {"Origin": "http://evil.example", "X_CSRFToken": "{token}"},
        {"Origin": "null", "X_CSRFToken": "{token}"},
        {"Origin": "http://127.0.0.1:1", "X_CSRFToken": "{token}"},
    ],
)
def test_another_sites_page_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    draft = json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]
    given = {name: value.format(token=client.token) for name, value in headers.items()}
    for method, path in (("POST", "/begin"), ("PUT", f"{draft}/values"), ("POST", f"{draft}/delete")):
        assert client.ask(method, path, b"{}", If_Match="1", **given).status == 403, path
    assert client.ask("GET", draft).status == 200


def test_every_answer_says_what_a_browser_may_do(server: Server, client: Client) -> None:
    stranger = Client(server)
    answers = [client.ask("GET", path) for path in ("/", "/static/workbench.js", "/nothing", "/news")]
    for answer in (*answers, stranger.ask("GET", "/")):
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert policy[:3] == ["default-src 'self'", "object-src 'none'", "base-uri 'none'"]
        assert policy[3:] == ["frame-ancestors 'none'", "form-action 'self'"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Server" not in answer.headers


def test_what_the_data_folder_holds_is_its_owners_alone(server: Server) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in server.folder.iterdir()}
    assert (modes["secret"], modes["server.json"]) == (0o600, 0o600)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("甲.xlsx", b"PK\x03\x04 no zip", "文件已损坏"),
        ("甲.docx", b"", "没有收到文件"),
        ("甲.exe", b"MZ", "不能读 .exe 文件"),
        ("<img src=x onerror=alert(1)>.pdf", b"%PDF-1.4", "&lt;img"),
        ("甲.json", b"[1]", "最外层不是对象"),
    ],
)
def test_what_is_no_report_is_refused_in_words(client: Client, name: str, content: bytes, told: str) -> None:
    answer = client.upload(name.replace('"', ""), content)
    assert answer.status == 422
    problems = "".join(json.loads(answer.body)["problems"])
    assert told in problems or told.replace("&lt;", "<") in problems
    assert "Traceback" not in answer.text


def test_a_zip_that_unfolds_without_end_is_refused(client: Client) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", bytes(300 * 1024 * 1024))
    answer = client.upload("甲.xlsx", stream.getvalue())
    assert answer.status == 422
    assert "不像正常的文件" in json.loads(answer.body)["problems"][0]


def test_bodies_of_20_megabytes_are_taken_and_larger_ones_refused(client: Client) -> None:
    assert client.upload("甲.xlsx", b"0" * (19 * 1024 * 1024)).status == 422  # taken, and no workbook
    for size in (40 * 1024 * 1024, 2 * 1024**3):
        head = f"POST /open HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n\r\n"
        with socket.create_connection((client.host, client.port), timeout=30) as connection:
            connection.sendall(head.encode())
            assert b" 413 " in connection.recv(200), size


def test_whoever_sends_slowly_does_not_keep_others_waiting(client: Client) -> None:
    slow = [socket.create_connection((client.host, client.port), timeout=30) for _ in range(40)]
    for connection in slow:
        connection.sendall(b"POST /open HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nx")
    begun = time.monotonic()
    assert client.ask("GET", "/news").status == 200
    assert time.monotonic() - begun < 10
    for connection in slow:
        connection.close()


def test_an_old_revision_is_not_kept(client: Client) -> None:
    draft = json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]
    state = json.loads(client.ask("GET", f"{draft}/values").body)
    values = json.dumps(state["values"]).encode()
    put: Callable[..., Answer] = lambda revision, body: client.ask(  # noqa: E731
        "PUT", f"{draft}/values", body, If_Match=str(revision), X_CSRFToken=client.token
    )
    assert json.loads(put(1, values).body)["revision"] == 2
    late = put(1, values)
    assert (late.status, json.loads(late.body)["revision"]) == (409, 2)
    for body in (b"", b"[]", b'{"year": 1}', b'{"year": "2025"}', b"\xff", b'{"year": 2025, "figures": []}'):
        assert put(2, body).status == 400, body
    assert json.loads(client.ask("GET", f"{draft}/values").body)["revision"] == 2


@pytest.mark.parametrize("path", ["/nothing", "/draft/nothing", "/jobs/nothing", "/archive/files/../secret"])
def test_what_is_not_there_is_told_in_chinese(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert answer.status == 404
    words = re.sub("<[^>]*>", "", answer.text).split()
    assert words == [
        "打不开这个页面",
        "打不开这个页面",
        "没有这个页面：报告可能已经删除，地址也可能抄错了。",
        "回到开头",
    ]

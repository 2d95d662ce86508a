"""Who is let in, and what is answered to whom: over the wire, to a server as people start it."""

from __future__ import annotations

import http.client
import json
import re
import socket
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from nianbao.web.connection import Connection
from nianbao.web.listening import end
from waitress.server import BaseWSGIServer, create_server

from tests.app.hostile_pdfs import ENDLESS, FILLING
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
        "/form/2021",
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


@pytest.mark.parametrize("path", ["/static/start.js", "/form/2019", "/form/2021"])
def test_what_a_browser_has_already_is_not_sent_again(client: Client, path: str) -> None:
    sent = client.ask("GET", path)
    assert (sent.status, len(sent.body) > 10_000) == (200, True)
    again = client.ask("GET", path, If_None_Match=sent.headers["Etag"])
    assert (again.status, again.body) == (304, b"")


def test_what_the_data_folder_holds_is_its_owners_alone(server: Server) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in server.folder.iterdir()}
    assert (modes["secret"], modes["server.json"]) == (0o600, 0o600)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("甲.xlsx", b"PK\x03\x04 no zip", "文件已损坏"),
        ("甲.docx", b"", "文件是空的"),
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
    cookie = f"nianbao_key={client.cookies['nianbao_key']}"
    for size in (40 * 1024 * 1024, 2 * 1024**3):
        head = f"POST /open HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Length: {size}\r\n\r\n"
        with socket.create_connection((client.host, client.port), timeout=30) as connection:
            connection.sendall(head.encode())
            assert b" 413 " in connection.recv(200), size


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/html,*/*", "text/html; charset=utf-8"), ("application/json", "application/json")],
)
def test_a_body_that_is_too_large_is_refused_in_words(client: Client, accept: str, kind: str) -> None:
    told = "送来的内容超过 20 MB，没有接收。请核对文件，去掉大图片后另存再试。"
    answer = client.ask(
        "POST", "/open", bytes(30 * 1024 * 1024), Accept=accept, X_CSRFToken=client.token
    )  # all of it is sent before the answer is read, as a browser does
    assert (answer.status, answer.headers["Content-Type"], told in json_or_text(answer)) == (413, kind, True)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("head", ["GET / HTTP/1.1\r\nHost 127", f"GET / HTTP/1.1\r\nX: {'x' * 300_000}"])
def test_what_is_no_request_is_refused_in_words(client: Client, head: str) -> None:
    with socket.create_connection((client.host, client.port), timeout=30) as connection:
        connection.sendall(f"{head}\r\n\r\n".encode())
        with connection.makefile("rb") as answer:
            assert answer.readline() == b"HTTP/1.0 400 Bad Request\r\n"
            assert "这个请求不合格，没有照办。" in answer.read().decode()


def json_or_text(answer: Answer) -> str:
    return (
        answer.text
        if "html" in answer.headers["Content-Type"]
        else "".join(json.loads(answer.body)["problems"])
    )


def test_those_who_only_hold_connections_open_keep_nobody_waiting(client: Client) -> None:
    own = http.client.HTTPConnection(client.host, client.port, timeout=30)  # as a page's, which stays open
    cookies = {"Cookie": f"nianbao_key={client.cookies['nianbao_key']}"}
    own.request("GET", "/news", headers=cookies)
    assert own.getresponse().read() == b'{"revision": null}'
    line = own.sock
    held = [socket.create_connection((client.host, client.port), timeout=30) for _ in range(600)]
    for connection in held[::2]:
        with suppress(OSError):  # it has made room
            connection.sendall(b"GET / HTTP/1.1\r\nX: ")
    begun = time.monotonic()
    assert client.ask("GET", "/news").status == 200
    own.request("GET", "/news", headers=cookies)
    assert (own.getresponse().status, own.sock is line) == (200, True)
    assert time.monotonic() - begun < 5  # nobody has been there for the 30 s after which silence ends
    own.close()
    for connection in held:
        connection.close()


def test_whoever_sends_slowly_does_not_keep_others_waiting(client: Client) -> None:
    slow = [socket.create_connection((client.host, client.port), timeout=30) for _ in range(200)]
    for connection in slow:
        connection.sendall(b"POST /open HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
    begun = time.monotonic()
    assert client.ask("GET", "/news").status == 200
    assert time.monotonic() - begun < 10
    for connection in slow:
        connection.close()


@pytest.mark.parametrize("cookie", ["", "Cookie: nianbao_key=wrong\r\n", 'Cookie: ="\\377;;\r\n'])
@pytest.mark.parametrize("length", ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
def test_nobody_waits_for_the_body_of_whoever_has_no_key(server: Server, cookie: str, length: str) -> None:
    address = urlsplit(server.address)
    head = f"POST /open HTTP/1.1\r\nHost: {address.netloc}\r\n{cookie}{length}\r\n\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(head.encode())
        with connection.makefile("rb") as answer:
            assert answer.readline() == b"HTTP/1.1 403 Forbidden\r\n"
            assert "没有打开本程序的钥匙" in answer.read().decode()  # and that is the end of it


def test_what_comes_a_byte_at_a_time_is_cut_off() -> None:
    waitress = create_server(lambda *_: [], listen="127.0.0.1:0", channel_timeout=1, cleanup_interval=1)
    assert isinstance(waitress, BaseWSGIServer)
    waitress.channel_class = Connection
    thread = threading.Thread(target=waitress.run, daemon=True)
    thread.start()
    assert waitress.socket is not None
    port = waitress.socket.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=0.2) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        for _ in range(50):
            with suppress(TimeoutError):
                assert connection.recv(100) == b""
                break
            connection.sendall(b"x")
        else:
            pytest.fail("it goes on")
    end(waitress)
    thread.join(5)
    assert not thread.is_alive()


@dataclass
class Filling:
    """A draft of the sample, as its page has it."""

    client: Client
    address: str

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.client.ask("GET", f"{self.address}/values").body)
        return state

    def put(self, values: dict[str, Any] | bytes) -> Answer:
        body = values if isinstance(values, bytes) else json.dumps(values).encode()
        revision = str(self.state["revision"])
        path = f"{self.address}/values"
        return self.client.ask("PUT", path, body, If_Match=revision, X_CSRFToken=self.client.token)


@pytest.fixture
def filling(client: Client) -> Filling:
    return Filling(client, json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"])


@pytest.mark.parametrize(
    "changed",
    [
        b"[" * 100_000,
        b'{"year": 2025, "particulars": ' + b'{"organ":' * 3000 + b"1" + b"}" * 3000 + b"}",
        b"[" + b"[]," * 3_000_000 + b"1]",
        {"particulars": {"organ": "\ud800"}},
        {"texts": {"preface": "a\ud800"}},
        {"decisions": {"x": {"who": "\ud800"}}},
        {"year": 10**50},
        {"as_text": [[]]},
    ],
    ids=["deep", "deeper", "large", "organ", "text", "decision", "year", "list"],
)
def test_what_no_page_of_ours_sends_is_not_kept(filling: Filling, changed: dict[str, Any] | bytes) -> None:
    before = filling.state
    answer = filling.put(changed if isinstance(changed, bytes) else before["values"] | changed)
    assert (answer.status, json.loads(answer.body)["problems"]) == (
        400,
        ["页面送来的内容不合格，没有保存。请刷新页面再试。"],
    )
    assert filling.state == before


def test_a_report_longer_than_a_page_can_show_is_not_taken(client: Client, filling: Filling) -> None:
    values = filling.state["values"]
    long = values | {"particulars": {}, "figures": {}, "texts": {"preface": "年" * 200_001}}
    told = (
        "这份报告有 200001 个字，页面里最多放 200000 个，没有保存。请移走多余的文字；确实要这么长的，"
        "请在工作簿里填写，用命令 nianbao generate 生成"
    )
    answer = filling.put(long)
    assert (answer.status, json.loads(answer.body)["problems"]) == (422, [told])
    assert filling.put(long | {"texts": {"preface": "年" * 200_000}}).status == 200
    home = json.loads(client.ask("GET", f"{filling.address}/home.json").body)
    home["written"] = home["sections"] = dict.fromkeys(home["sections"], "年" * 200_001)
    answer = client.upload("长.json", json.dumps(home).encode())
    assert (answer.status, "页面里最多放 200000 个" in json.loads(answer.body)["problems"][0]) == (422, True)


@pytest.mark.parametrize(
    "path",
    [
        "/archive/files/%00",
        "/archive/files/" + "a" * 5000,
        "/archive/files/..%2fsecret",
        "/archive/files//etc/passwd",
        "/made/x/" + "9" * 40 + ".png",
        "{draft}/home.exe",
        "{draft}/home.docx",
        "/static/..%2f..%2fserver.py",
        "/form/2018",
        "/form/../secret",
        "/%ff",
    ],
)
def test_what_is_not_there_is_said_to_people_and_to_scripts(filling: Filling, path: str) -> None:
    path = path.format(draft=filling.address)
    told = "没有这个页面：报告可能已经删除，生成的文件可能已经过期。请返回首页。"
    seen = filling.client.ask("GET", path, Accept="text/html,*/*")
    assert (seen.status, f"<p>{told}</p>" in seen.text) == (404, True)
    heard = filling.client.ask("GET", path, Accept="*/*")
    assert (heard.status, json.loads(heard.body)) == (404, {"problems": [told], "codes": []})


def test_a_request_that_makes_no_sense_is_refused_in_words(client: Client) -> None:
    for kind in ("multipart/form-data", "application/x-www-form-urlencoded; charset=rot13"):
        answer = client.ask("POST", "/begin", b"x", Content_Type=kind, X_CSRFToken=client.token)
        assert (answer.status, "这个请求不合格，没有照办。" in answer.text) == (400, True), kind
    answer = client.ask("POST", "/begin", b"", X_CSRFToken=client.token)
    assert (answer.status, json.loads(answer.body)["problems"]) == (422, ["请填写报告年度，四位数字"])


def test_markup_in_every_text_is_text(client: Client, filling: Filling) -> None:
    nasty = """"'></textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>&lt;"""
    values = filling.state["values"]
    values["particulars"] = {key: nasty for key in values["particulars"]} | {"year": "2025"}
    values["figures"] = dict.fromkeys(values["figures"], nasty)
    values["texts"] = {key: f"{nasty}\n{{{nasty}}}" for key in values["texts"]}
    finding = {"who": nasty, "why": nasty, "when": nasty, "finding": nasty}
    values["decisions"] = {key: finding for key in (nasty, *(one["id"] for one in filling.state["findings"]))}
    assert filling.put(values).status == 200
    last = client.upload(f"{nasty.replace(chr(34), '')}.xlsx", SAMPLE.read_bytes())
    assert last.status in (200, 422)
    for path in ("/", filling.address):
        page = client.ask("GET", path)
        assert (page.status, "<script>alert" in page.text, "<img src=x" in page.text) == (
            200,
            False,
            False,
        ), path
    article = json.loads(client.ask("GET", f"{filling.address}/article").body)["html"]
    assert ("<script" in article, "<img" in article) == (False, False)


def test_a_hostile_pdf_keeps_nobody_waiting(client: Client) -> None:
    hostile = (ENDLESS["contents that are themselves"], FILLING["widths of all letters"])
    with ThreadPoolExecutor(2) as threads:
        dropped = [threads.submit(client.upload, "甲.pdf", content) for content in hostile]
        while not all(one.done() for one in dropped):
            begun = time.monotonic()
            assert client.ask("GET", "/news").status == 200
            assert time.monotonic() - begun < 5
            time.sleep(0.2)
    codes = [json.loads(one.result().body)["codes"] for one in dropped]
    assert codes == [["damaged"], ["memory"]]


def test_a_hostile_doc_is_refused(client: Client) -> None:
    junk = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 40
    answer = client.upload("甲.doc", junk)
    assert (answer.status, "Traceback" in answer.text) == (422, False)
    assert client.ask("GET", "/news").status == 200


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

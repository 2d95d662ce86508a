"""The self-test in the window: asked for by a button, done in a process of its own, shown and taken home."""

from __future__ import annotations

import time

from tests.web.serving import Server
from tests.web.test_access import Client


def test_it_is_begun_shown_and_taken_home(server: Server) -> None:
    client = Client(server).enter()
    assert 'href="/self-test"' in client.ask("GET", "/").text
    before = client.ask("GET", "/self-test/results")
    assert (before.status, "开始自检" in before.text) == (200, True)
    assert "正在自检" not in client.ask("GET", "/self-test").text

    begun = client.ask("POST", "/self-test", X_CSRFToken=client.token)
    assert (begun.status, "正在自检" in begun.text) == (200, True)
    end = time.monotonic() + 240
    while (answer := client.ask("GET", "/self-test")).status == 200 and time.monotonic() < end:
        time.sleep(0.5)

    assert (answer.status, answer.headers["Location"]) == (302, "/self-test/results")
    page = client.ask("GET", "/self-test/results")
    assert "<strong>需要的都正常：" in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    saved = client.ask("GET", "/self-test/results?save")
    assert saved.headers["Content-Disposition"].startswith("attachment; ")
    assert saved.text == page.text.replace(
        '<nav aria-label="自检"><a href="/">返回首页</a><a href="?save">存成文件</a>'
        '<a href="/self-test?again">再做一次</a></nav>\n',
        "",
    )


def test_it_cannot_be_begun_from_elsewhere(server: Server) -> None:
    client = Client(server).enter()

    assert client.ask("POST", "/self-test").status == 403
    assert Client(server).ask("GET", "/self-test/results").status == 403

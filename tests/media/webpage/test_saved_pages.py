"""Pages that a browser or Word has saved in one file (.mht, .mhtml)."""

from __future__ import annotations

from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.report import ProblemsFound
from nianbao.report.published import Line

from tests.media.webpage.page_samples import page, paragraphs, take, texts


def saved(content: bytes, said: str, *, plain: bool = False) -> bytes:
    """A message with a picture before the page, which is in base64 or as it stands."""
    message = MIMEMultipart("related")
    message["From"] = "<saved by a browser>"
    message.attach(part("image", "png", b"\x89PNG"))
    message.attach(part("text", "html", content, said, plain=plain))
    return message.as_bytes()


def part(main: str, kind: str, content: bytes, said: str = "", *, plain: bool = False) -> MIMEBase:
    code: dict[str, Any] = {"charset": said} if said else {}
    made = MIMEBase(main, kind, **code)
    made.set_payload(content.decode("ascii", "surrogateescape") if plain else content)
    if plain:
        made["Content-Transfer-Encoding"] = "8bit"
    else:
        encode_base64(made)
    return made


@pytest.mark.parametrize(
    ("code", "said", "plain"),
    [
        ("utf-8", "utf-8", False),
        ("gb18030", "gb2312", False),
        ("gb18030", "us-ascii", True),
        ("utf-8", "", True),
    ],
)
def test_the_page_in_the_message_is_read(code: str, said: str, plain: bool, sound: Any, read: Any) -> None:
    report = read(sound())
    message = saved(page(report).encode(code), said, plain=plain)

    for content in (message, message.replace(b"\n", b"\r\n"), b"\r\n" + message):
        found = take(content)
        assert (found.organ, found.year, found.title) == (report.organ, report.year, report.title)
        assert (texts(found), paragraphs(found)) == (texts(report), paragraphs(report))
        assert found.reading == ()


@pytest.mark.parametrize("name", ["年报.mht", "年报.MHTML", "年报.html", "年报.doc"])
def test_whatever_the_file_is_called(name: str) -> None:
    content = saved("<p>甲局2025年政府信息公开工作年度报告</p>".encode(), "utf-8")

    [line] = reading.look(content, name).blocks

    assert isinstance(line, Line)
    assert line.text == "甲局2025年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "content", [saved(b"  ", "utf-8"), b"MIME-Version: 1.0\n\nhello", b"MIME-Version: 1.0"]
)
def test_a_message_without_a_page_is_no_report(content: bytes) -> None:
    with pytest.raises(ProblemsFound) as caught:
        take(content)

    assert [one.code for one in caught.value.problems] == ["heading-missing", "organ-missing", "year"]


HEAD = b"MIME-Version: 1.0\r\n"
DAMAGED = {
    "messages within messages": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "parts within parts": HEAD
    + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(3000)
    ),
    "a field without end": HEAD + b"Content-Type: text/html; " + b"a=b; " * 200_000 + b"\r\n\r\n<p>x",
    "lines without end": HEAD + b"\r\n" * 400_001,
}


@pytest.mark.parametrize("ending", ["mht", "mhtml", "html", "doc"])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_message_that_no_browser_saves_is_told_as_damaged(name: str, ending: str) -> None:
    with pytest.raises(ProblemsFound) as caught:
        reading.read_content(DAMAGED[name], f"年报.{ending}")

    assert [str(one) for one in caught.value.problems] == [
        f"年报.{ending}：保存的网页（邮件格式）已损坏。请用浏览器重新保存网页。"
    ]


def chromium(page: str, **parts: tuple[str, str]) -> bytes:
    """A page as Chromium saves it: beside it its style sheets and frames, by their addresses."""
    message = MIMEMultipart("related")
    for address, kind, content in (
        ("https://甲局/年报", "html", page),
        *((at, *part) for at, part in parts.items()),
    ):
        made = part("text", kind, content.encode(), "utf-8")
        made["Content-Location"] = address
        made["Content-ID"] = f"<{address}>"
        message.attach(made)
    return message.as_bytes()


def test_the_style_sheets_beside_a_page_are_heard(sound: Any, read: Any) -> None:
    report = read(sound())
    html = page(report, head="<meta charset=utf-8><link rel=stylesheet href=cid:sheet>")
    html = html.replace("<td>200<", "<td><i class=old>9</i>200<")

    found = take(chromium(html, sheet=("css", ".old { display: none }")))

    assert texts(found) == texts(report)
    assert [one.code for one in found.reading] == ["not-read"]


def test_the_frames_beside_a_page_are_read_where_they_are(sound: Any, read: Any) -> None:
    report = read(sound())
    outside = "<html><body><p>站点</p><iframe src='cid:inside'></iframe></body></html>"

    found = take(chromium(outside, inside=("html", page(report))))

    assert (texts(found), paragraphs(found)) == (texts(report), paragraphs(report))
    assert found.reading == ()

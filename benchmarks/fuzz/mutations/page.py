"""Web pages, as such and as browsers save them in one file."""

from __future__ import annotations

import base64
import quopri
import re
from random import Random

from benchmarks.fuzz.mutations.plain import NUMBER, in_bytes, inserted, replaced, word

_TAG = re.compile(rb"<[^<>!]{1,400}>")
_CLOSING = re.compile(rb"</\w+>")
_TEXT = re.compile(rb"(?<=>)[^<>]{1,200}(?=<)")
_STYLE = re.compile(rb"(?<=<style>)")
_CHARSET = re.compile(rb'charset="?[\w-]+"?')
_CHARSETS = (
    b"utf-16",
    b"gb2312",
    b"gbk",
    b"utf-7",
    b"none",
    b"utf-8",
    b"big5",
    b"iso-2022-jp",
    b"hz",
    b"idna",
    b"rot13",
)
_NAMES = (
    "colspan",
    "rowspan",
    "style",
    "class",
    "hidden",
    "value",
    "width",
    "id",
    "align",
    "span",
    "type",
    "checked",
)
_ENTITIES = (
    b"&#x110000;",
    b"&#0;",
    b"&#55296;",
    b"&nbsp",
    b"&amp;lt;",
    b"&" + b"a" * 5000 + b";",
    b"&#" + b"9" * 5000 + b";",
)
_OPENERS = (
    b"<!--", b"<![CDATA[", b"<script>", b"<style>", b"<plaintext>", b"<textarea>", b"<select>", b"<svg>",
    b"<math>", b"<template>", b"<noscript>", b"<frameset>", b"<table>", b"<table><tr><td>", b"<ruby><rt>",
    b"<s>", b"<del>", b"<sup>", b"<base href='file:///'>", b"<iframe src='file:///etc/passwd'>",
    b"<input value='1'>", b"<option>", b"<",
)  # fmt: skip
_RULES = (
    "* * * * * * * * * * * * { color: red }", "td { position: absolute; left: calc(" + "(" * 3000,
    "}" * 2000, "td::before { content: counters(a, '.') '9' }", "@import url(file:///etc/passwd);",
    "@media all {" * 2000, ":not(" * 2000, "td:nth-child(999999999999999999999n+1) { display: none }",
    "td { font-size: 1e308px }", "td { display: none } td { display: table-cell !important }",
    "p { text-decoration: line-through }", "td { --a: var(--b); --b: var(--a); color: var(--a) }",
    "td:has(" * 300, "@charset 'x'; \\110000 \\0 {", "/*",
    "".join(f".a{n} td {{ color: #{n:06x} }} " for n in range(3000)),
    "a,"*5000 + "td { visibility: hidden }",
    "td { color: transparent; opacity: -1e9; font: 0/0 x; clip: rect(0,0,0,0) }",
)  # fmt: skip
_LENGTHS = (
    "0",
    "-1px",
    "1e308em",
    "NaN",
    "calc(1px*0)",
    "9" * 400,
    "none",
    "inherit",
    "url(file:///etc/passwd)",
    "#fff",
)
_PROPERTIES = (
    "display",
    "font-size",
    "color",
    "visibility",
    "vertical-align",
    "position",
    "float",
    "content",
    "all",
)


def in_page(random: Random, content: bytes) -> bytes:
    """Tags dropped, doubled, nested, unclosed or replaced, attributes, rules and entities added; or bytes."""
    for _ in range(random.randint(1, 6)):
        match random.randrange(12):
            case 0:
                content = in_bytes(random, content)
            case 1:
                content = replaced(
                    random, content, _CLOSING, b"", b"</table>", b"</body>", b"</p>", b"</td></tr>"
                )
            case 2:
                opener = random.choice(_OPENERS) * random.choice((1, 1, 1, 20, 10_000))
                content = inserted(random, content, random.choice((_TAG, _TEXT)), opener)
            case 3:
                content = inserted(random, content, _STYLE, random.choice(_RULES).encode())
            case 4:
                content = replaced(random, content, _TEXT, word(random).encode(), *_ENTITIES)
            case 5:
                charset = random.choice(_CHARSETS)
                content = replaced(random, content, _CHARSET, b"charset=" + charset, b"")
            case 6 if random.random() < 0.2:
                text = content.decode("utf-8", "replace")
                content = text.encode(random.choice(("utf-16", "gb18030", "utf-8-sig", "utf-32")), "replace")
            case 7 | 8:
                tags = _TAG.findall(content) or [b"<td>"]
                content = replaced(
                    random, content, _TAG, *(_with(random, tag) for tag in random.sample(tags, 1))
                )
            case _:
                tags = _TAG.findall(content) or [b"<td>"]
                tag, other = random.choice(tags), random.choice(tags)
                content = replaced(random, content, _TAG, b"", tag, tag * 300, other, tag + other)
    return content


def _with(random: Random, tag: bytes) -> bytes:
    """The tag with another attribute."""
    name = random.choice(_NAMES)
    value = f"{random.choice(_PROPERTIES)}: {random.choice(_LENGTHS)}" if name == "style" else word(random)
    if name.endswith("span"):
        value = random.choice(("0", "-1", "1000000000", "65535", "1000", "9" * 400, "2.5", "x", "７"))
    many = 3000 if len(value) < 100 else 1  # what is larger than any page is another mutation's
    more = f' {name}="{value}"' * random.choice((1, 1, 1, many))
    return tag.rstrip(b"/>") + more.encode() + b">"


def in_saved(random: Random, page: bytes) -> bytes:
    """A spoilt page in one file with its parts, packed in one of the ways of mail, and that spoilt too."""
    if random.random() < 0.7:
        page = in_page(random, page)
    way, packed = random.choice(
        (
            (b"base64", base64.encodebytes(page)),
            (b"quoted-printable", quopri.encodestring(page)),
            (b"8bit", page),
        )
    )
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: %b\r\n\r\n" % way
    whole = head + part + packed + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    match random.randrange(8):
        case 0:
            return in_bytes(random, whole)
        case 1:
            nested = b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
            return nested * random.choice((2, 40, 1500)) + whole
        case 2:
            words = (
                b"none",
                b"uuencode",
                b"x-uue",
                b"7bit",
                b"=?utf-8?q?" + b"=41" * 3000 + b"?=",
                b"text/plain",
                b"",
            )
            return replaced(random, whole, re.compile(rb"(?<=: )[\w./-]+"), *words)
        case 3:
            return replaced(
                random, whole, re.compile(rb"charset=[\w-]+"), *(b"charset=" + name for name in _CHARSETS)
            )
        case 4:
            return replaced(
                random, whole, re.compile(rb"boundary=b|--b(--)?"), b"", b"boundary=", b"--b--", b"--b" * 3000
            )
        case 5:
            return replaced(random, whole, NUMBER, b"\r\n", b"X: y\r\n" * 20_000)
    return whole

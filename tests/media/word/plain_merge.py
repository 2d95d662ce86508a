"""Merging as it is told in one page: Jinja for every tag, lxml for every document, nothing remembered."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache

import jinja2
from nianbao.media import ooxml, word
from nianbao.media.word import language, title_and_signature, watermark
from nianbao.media.word.context import context
from nianbao.media.word.oxml import parse
from nianbao.media.word.verify import prove
from nianbao.report import ProblemsFound, Report

from tests.paths import ROOT

FILE = "模板.docx"
TIMES = 3  # the first document is proved in full, the second learns, the third is recognised
_FAILS = (
    jinja2.TemplateError,
    TypeError,
    ArithmeticError,
    ValueError,
    LookupError,
    RecursionError,
    SyntaxError,
)
_VALUE = re.compile(r"<w:t(?: [^>]*)?>([^<]*[\t\n\r][^<]*)</w:t>")
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"


def shipped(edition: str = "2021") -> bytes:
    return (ROOT / "templates" / f"{edition}.docx").read_bytes()


def rewritten(
    change: Callable[[str], str], content: bytes | None = None, part: str = language.DOCUMENT
) -> bytes:
    """A template with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content or shipped())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part] != before.encode(), "the change changed nothing"
    return ooxml.pack({name: ooxml.compress(one) for name, one in parts.items()})


def document(made: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return package.read(language.DOCUMENT)


Outcome = bytes | list[str]


def outcome(merge: Callable[[], bytes]) -> Outcome:
    """The document, or what a person reads."""
    try:
        return merge()
    except ProblemsFound as caught:
        return [f"{one.code} {one}" for one in caught.problems]


def ours(content: bytes, report: Report, *, draft: bool = False) -> list[Outcome]:
    """What merging gives, from the first time to the last."""
    template = word.Template(content, FILE)
    return [outcome(lambda: word.merge(template, report, draft=draft)) for _ in range(TIMES)]


def plainly(content: bytes, report: Report, *, draft: bool = False) -> Outcome:
    """What merging must give."""
    template = word.Template(content, FILE)
    parts = dict(template.parts)
    compiled: dict[str, jinja2.Template] = {}
    for name in template.merged:
        try:
            compiled = compiled or {one: _jinja(template, one) for one in template.merged}
            rendered = compiled[name].render(context(report))
            parts[name] = _VALUE.sub(_breaks, rendered).encode()
            parse(parts[name])
        except _FAILS as error:
            where = f"{FILE} › {template.kinds[name]}"
            mend = "请运行 nianbao template check 查看是哪一处"
            return [f"template-fails {where}：模板中的标签无法合并：{error}。{mend}。"]
    text = title_and_signature._TITLE.sub(
        title_and_signature._break, parts[language.DOCUMENT].decode(), count=1
    )
    parts[language.DOCUMENT] = title_and_signature._PAIR.sub(
        title_and_signature._indent, text, count=1
    ).encode()
    try:
        prove(parts[language.DOCUMENT], report, FILE)
    except ProblemsFound as caught:
        return [f"{one.code} {one}" for one in caught.problems]
    if draft:
        parts = watermark.stamp(parts)
    return ooxml.pack({name: ooxml.compress(part) for name, part in parts.items()})


def _jinja(template: word.Template, part: str) -> jinja2.Template:
    return _compiled(language.source(template.kinds[part], template.parts[part]), part)


@cache
def _compiled(source: str, part: str) -> jinja2.Template:
    environment = language.environment()
    return environment.template_class.from_code(environment, environment.compile(source, part), {})


def _breaks(match: re.Match[str]) -> str:
    lines = [f"{_CLOSE}<w:tab/>{_OPEN}".join(one.split("\t")) for one in re.split(r"\r\n?|\n", match[1])]
    return f"{_OPEN}{f'{_CLOSE}<w:br/>{_OPEN}'.join(lines)}{_CLOSE}"

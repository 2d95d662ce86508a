"""Merge a report into a template: compiled once, and the same bytes again every time.

There is a long way, Jinja for every tag and lxml for every document, and a short one for what is
plain: `filling` for the tags, `recognising` for the proof. Which way a document went does not
show in it, and what the short ways are not sure of goes the long way.
"""

from __future__ import annotations

import hashlib
import marshal
import re
from functools import cached_property
from types import CodeType

import jinja2

from nianbao.media import ooxml
from nianbao.media.word import cache, language
from nianbao.media.word.context import context
from nianbao.media.word.filling import Filling, cut
from nianbao.media.word.language import CONTENT_TYPES, DOCUMENT
from nianbao.media.word.oxml import Malformed, parse
from nianbao.media.word.recognising import Recogniser
from nianbao.media.word.title_and_signature import place
from nianbao.media.word.verify import prove
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, Unreadable

LARGEST = 4 * 1024 * 1024  # bytes of one part with tags; ours have 0.2 MB, and docxtpl's rules take time
_VALUE = re.compile(r"<w:t(?: [^>]*)?>([^<]*[\t\n\r][^<]*)</w:t>")
_BREAK = re.compile(r"\r\n?|\n")
STEPS = "nianbao_steps"  # in the compiled code, beside Jinja's functions
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"
# what a tag may raise that is evaluated, or compiled into more levels than Python has
_FAILS = (
    jinja2.TemplateError,
    TypeError,
    ArithmeticError,
    ValueError,
    LookupError,
    RecursionError,
    SyntaxError,
)


class Template:
    """One template, opened once and merged any number of times."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open a template; raise Unreadable for a file that is no docx, ProblemsFound for one with macros."""
        self.content, self.file = content, file
        self.parts = ooxml.unpack(content, file, "Word 文档（.docx）", DOCUMENT)
        types = self.parts.get(CONTENT_TYPES, b"")
        if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in self.parts):
            what, mend = "这是带宏的 Word 文件", "请在 Word 中另存为不带宏的 .docx"
            raise ProblemsFound([Problem("macro-file", Severity.ERROR, what, mend, (Place(file),))])
        # A .dotx is a .docx that says it is a template; what is made from it must not say so.
        self.parts[CONTENT_TYPES] = types.replace(b"template.main+xml", b"document.main+xml")
        try:
            self.kinds = language.tagged(self.parts[CONTENT_TYPES])
        except Malformed as error:
            raise Unreadable([damaged(file, CONTENT_TYPES, error)]) from None
        for name in self.merged:
            if len(self.parts[name]) > LARGEST:
                what = f"{self.kinds[name]}有 {len(self.parts[name]) // 1024 // 1024} MB，不像报告的模板"
                mend = "请去掉与报告无关的内容，或运行 nianbao template build 另建"
                raise Unreadable([Problem("too-large", Severity.ERROR, what, mend, (Place(file),))])

    @cached_property
    def digest(self) -> str:
        """The template's SHA-256."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def merged(self) -> dict[str, bytes]:
        """The parts that have tags; one that Word split into runs still has its brace."""
        return {name: part for name, part in self.parts.items() if name in self.kinds and b"{" in part}

    @cached_property
    def copied(self) -> dict[str, ooxml.Packed]:
        """The parts that are the same in every document, compressed once."""
        return {name: ooxml.compress(part) for name, part in self.parts.items() if name not in self.merged}

    @cached_property
    def compiled(self) -> dict[str, jinja2.Template]:
        """The merged parts as compiled Jinja templates."""
        environment = language.environment()
        return {
            name: environment.template_class.from_code(environment, code, environment.make_globals(None))
            for name, code in _code(self, environment).items()
        }

    @cached_property
    def fillings(self) -> dict[str, Filling]:
        """The merged parts that do not need Jinja, cut into steps: kept in the compiled code."""
        steps = {
            name: template.root_render_func.__globals__.get(STEPS) for name, template in self.compiled.items()
        }
        return {name: Filling(kept) for name, kept in steps.items() if kept}

    @cached_property
    def known(self) -> Recogniser:
        """What is known of the documents made of this template."""
        return Recogniser()

    def render(self, report: Report) -> tuple[dict[str, bytes], bool]:
        """The merged parts with one report's values, and whether the document is proved already.

        The document is placed. Raises ProblemsFound where a tag cannot be merged.
        """
        values: dict[str, object] = {}
        rendered, proved = {}, False
        for name in self.merged:
            try:
                part = self.fillings[name].fill(report) if name in self.fillings else None
                if part is None:
                    values = values or context(report)
                    part = _VALUE.sub(_breaks, self.compiled[name].render(values)).encode("utf-8")
                if name == DOCUMENT:
                    rendered[name] = place(part)
                    proved = self.known.recognises(rendered[name], report)
                else:
                    rendered[name] = part
                if not proved or name != DOCUMENT:
                    parse(part)
            except _FAILS as error:
                what = f"模板中的标签无法合并：{error}"
                mend = "请运行 nianbao template check 查看是哪一处"
                where = (Place(self.file, part=self.kinds[name]),)
                raise ProblemsFound([Problem("template-fails", Severity.ERROR, what, mend, where)]) from None
        return rendered, proved


def merge(template: Template, report: Report, *, draft: bool = False) -> bytes:
    """The Word document of one report; a draft has a watermark on every page.

    The document is read back before it is returned. Raises ProblemsFound where a figure or
    a paragraph of the report, or a label of the form, is not in it.
    """
    rendered, proved = template.render(report)
    parts = template.parts | rendered
    if DOCUMENT not in rendered:  # it has no tag
        parts[DOCUMENT] = place(parts[DOCUMENT])
    if not proved:
        prove(parts[DOCUMENT], report, template.file)
    if draft:
        from nianbao.media.word.watermark import stamp

        parts = stamp(parts)
    copied = template.copied
    return ooxml.pack(
        {
            name: copied[name]
            if name in copied and part is template.parts.get(name)
            else ooxml.compress(part)
            for name, part in parts.items()
        }
    )


def damaged(file: str, part: str, error: Malformed) -> Problem:
    """The problem that a part of a template cannot be read."""
    what, mend = f"Word 文件的内容已损坏：{error}", "请用 Word 或 WPS 打开并另存一份，或换用完好的备份"
    return Problem("damaged", Severity.ERROR, what, mend, (Place(file, part=part),))


def _breaks(match: re.Match[str]) -> str:
    """One text with its tabs and line breaks as Word has them."""
    lines = [f"{_CLOSE}<w:tab/>{_OPEN}".join(line.split("\t")) for line in _BREAK.split(match[1])]
    return f"{_OPEN}{f'{_CLOSE}<w:br/>{_OPEN}'.join(lines)}{_CLOSE}"


def _code(template: Template, environment: jinja2.Environment) -> dict[str, CodeType]:
    """Compiled code of every merged part, as kept by an earlier run or made now."""
    name = f"{template.digest}-{cache.versions()}.code"
    if (kept := cache.read(name)) is not None:
        return dict(marshal.loads(kept))
    code = {part: _compiled(template, part, environment) for part in template.merged}
    cache.keep(name, marshal.dumps(code))
    return code


def _compiled(template: Template, part: str, environment: jinja2.Environment) -> CodeType:
    """Jinja's code of one part, which also knows the part's steps."""
    parsed = environment.parse(language.source(template.kinds[part], template.merged[part]), part)
    steps = cut(parsed)
    code = environment.compile(parsed, part, raw=True)
    return compile(f"{code}\n{STEPS} = {steps!r}\n", "<template>", "exec")

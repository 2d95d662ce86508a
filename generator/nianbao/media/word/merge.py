"""Merge a report into a template: compiled once, and the same bytes again every time."""

from __future__ import annotations

import hashlib
import marshal
import re
from functools import cached_property
from types import CodeType

import jinja2

from nianbao.media.ooxml import CONTENT_TYPES, Element, Malformed, pack, parse, serialize, unpack
from nianbao.media.word import cache, language, layout, letterhead, style_ids
from nianbao.media.word.context import context
from nianbao.media.word.inline_pictures import unclipped
from nianbao.media.word.language import DOCUMENT
from nianbao.media.word.main_part import renamed
from nianbao.media.word.number_widths import crowded, widest_digit
from nianbao.media.word.title_and_signature import place
from nianbao.media.word.verify import prove, prove_elements
from nianbao.report import Place, Problem, ProblemsFound, Report, Unreadable, rule

STYLES = "word/styles.xml"
LEVEL = 3  # of deflate: half the time of the usual 6, and a tenth more bytes
LARGEST = 4 * 1024 * 1024  # bytes of one part with tags; ours have 0.2 MB, and docxtpl's rules take time
MOST_BRACES, MOST_PARAGRAPH_TAGS = 20_000, 100  # of one part; ours have 428 and 13
_TAGS = (b"{{", b"{%", b"{#", b"{_", b"_}")
_BROKEN = re.compile(r"<w:t(?: [^>]*)?>([^<]*[\t\n\r][^<]*)</w:t>")
_BREAK = re.compile(r"\r\n?|\n")
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"
# what a tag may raise that is evaluated, or compiled into more levels than Python has
_FAILS = (
    jinja2.TemplateError, TypeError, ArithmeticError, ValueError, LookupError, RecursionError, SyntaxError,
)  # fmt: skip


class Template:
    """One template, opened once and merged any number of times."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open a template; raise Unreadable for a file that is no docx, ProblemsFound for one with macros.

        What of it is not printed is left out: `told` says what, `refused` what keeps it from being used.
        """
        self.content, self.file = content, file
        parts = style_ids.ours(renamed(unpack(content, file, "Word 文档（.docx）", CONTENT_TYPES), file))
        types = parts.get(CONTENT_TYPES, b"")
        if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in parts):
            what, mend = "这是带宏的 Word 文件", "请在 Word 中另存为不带宏的 .docx"
            raise ProblemsFound([rule("macro-file").broken(what, mend, (Place(file),))])
        # A .dotx is a .docx that says it is a template; what is made from it must not say so.
        parts[CONTENT_TYPES] = types.replace(b"template.main+xml", b"document.main+xml")
        try:
            self.kinds = language.tagged(parts[CONTENT_TYPES])
        except Malformed as error:
            from nianbao.media.word.publication import damaged

            raise Unreadable([damaged(file, CONTENT_TYPES, error)]) from None
        for name in self.kinds.keys() & parts.keys():
            if too_much := _too_much(parts[name]):
                mend = "请去掉与报告无关的内容，或运行 nianbao template build 另建"
                raise rule("too-large").refusal(
                    file, f"{self.kinds[name]}有 {too_much}，不像报告的模板", mend
                )
        published, self.told, self.refused = _publishable(self, parts)
        self.parts = unclipped(published)

    @cached_property
    def digest(self) -> str:
        """The template's SHA-256."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def styles(self) -> dict[str, style_ids.Style]:
        """The template's styles by id; those that layout names have its ids."""
        return style_ids.styles(self.parts)

    @cached_property
    def merged(self) -> dict[str, bytes]:
        """The document, and what else has tags."""
        return {
            name: part
            for name, part in self.parts.items()
            if name == DOCUMENT or (name in self.kinds and any(sign in part for sign in _TAGS))
        }

    @cached_property
    def compiled(self) -> dict[str, jinja2.Template]:
        """The merged parts as compiled Jinja templates."""
        environment = language.Environment()
        return {
            name: environment.template_class.from_code(environment, code, environment.make_globals(None))
            for name, code in _code(self, environment).items()
        }

    @cached_property
    def title_measure(self) -> float:
        """How many characters a line of the title has in the size of its style."""
        size = style_ids.size(self.styles, layout.TITLE)
        return layout.TYPE_AREA // (size * 10) if size else layout.TITLE_CHARACTERS

    @cached_property
    def digit(self) -> float:
        """How wide a digit may be in a table, in em."""
        return widest_digit(self.parts.get(STYLES, b""))

    def render(self, report: Report) -> tuple[dict[str, bytes], Element]:
        """Every part with one report's values, and the document as it is read back.

        Raises ProblemsFound where a tag cannot be merged.
        """
        parts, trees, values = dict(self.parts), {}, context(report)
        numbers = [figure.printed for figure in report.figures.values()]
        for name in self.merged:
            try:
                rendered = self.compiled[name].render(values)
                if any(sign in rendered for sign in "\t\n\r"):  # hardly ever
                    rendered = _BROKEN.sub(_breaks, rendered)
                if name == DOCUMENT:
                    rendered = place(rendered, report.title, self.title_measure, sealed=report.sealed)
                    if head := report.elements.get("letterhead"):
                        rendered = letterhead.fit(rendered, head)
                parts[name] = rendered.encode("utf-8")
                trees[name] = parse(parts[name])
                if name == DOCUMENT and crowded(rendered, numbers, self.digit):
                    from nianbao.media.word.number_columns import fit

                    if fit(trees[name], parts.get(STYLES)):
                        parts[name] = serialize(trees[name])
            except _FAILS as error:
                what = f"模板中的标签无法合并：{language.reason(error)}"
                mend = "请运行 nianbao template check 查看是哪一处"
                where = (Place(self.file, part=self.kinds[name]),)
                raise ProblemsFound([rule("template-fails").broken(what, mend, where)]) from None
        return parts, trees[DOCUMENT]


def merge(template: Template, report: Report, *, draft: bool = False) -> bytes:
    """The Word document of one report; a draft has a watermark on every page.

    The document is read back before it is returned. Raises ProblemsFound where a figure or
    a paragraph of the report, or a label of the form, is not in it.
    """
    parts, document = template.render(report)
    prove(document, report, template.file)
    prove_elements((parts[name] for name in template.merged), report, template.file)
    if draft:
        from nianbao.media.word.watermark import stamp

        parts = stamp(parts)
    return pack(parts, LEVEL)


def _too_much(part: bytes) -> str:
    """What a part with tags has more of than any real one: docxtpl's rules take the square of its braces."""
    if len(part) > LARGEST:
        return f"{len(part) // 1024 // 1024} MB"
    braces, paragraphs = part.count(b"{"), part.count(b"{p ")
    if braces > MOST_BRACES:
        return f"{braces} 个花括号"
    return f"{paragraphs} 个 {{{{p … }}}}" if paragraphs > MOST_PARAGRAPH_TAGS else ""


def _publishable(
    template: Template, parts: dict[str, bytes]
) -> tuple[dict[str, bytes], tuple[Problem, ...], tuple[Problem, ...]]:
    """The parts that may go out, what is told of the others, and what the template is refused for.

    That all of a template may go out as it is, is remembered.
    """
    name = f"{template.digest}-{cache.versions()}.clean"
    if cache.read(name) is not None:
        return parts, (), ()
    from nianbao.media.word.publication import publishable

    publication = publishable(parts, template.kinds, template.file)
    if (publication.parts, publication.told, publication.refused) == (parts, (), ()):
        cache.keep(name, b"")
    return publication.parts, publication.told, publication.refused


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
    source = language.source(template.kinds[part], template.merged[part], template.styles)
    return environment.compile(source, part, "<template>")

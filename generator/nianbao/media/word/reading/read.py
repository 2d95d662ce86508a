"""A Word document that somebody published, as lines and tables."""

from __future__ import annotations

from nianbao.media.ooxml import CONTENT_TYPES, Element, Package, unpack
from nianbao.media.word.controls import stores, take_prompts, unwrap_controls
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.package import settle
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.wordml import child, name
from nianbao.media.word.reading.blocks import BlockReader, Embedded
from nianbao.report import rule
from nianbao.report.left_out import tell
from nianbao.report.published import Published

_DC = "{http://purl.org/dc/elements/1.1/}"
_KIND = "Word 文件（.docx）"


def read_blocks(content: bytes, file: str, embedded: Embedded | None = None) -> Published:
    """The paragraphs and tables of a docx in order as they are printed, with what its properties say.

    What stands in the file and is not printed, or is no part of the text, is told in `problems`.
    `embedded` reads a document that lies in this one (altChunk), given its bytes, this file, and the name
    of its part.
    Raises Unreadable where it is no docx, or damaged.
    """
    package = Package(unpack(content, file, _KIND, CONTENT_TYPES), file)
    if not package.main:
        raise rule("wrong-file").refusal(file, f"这不是 {_KIND}", f"请给出 {_KIND}")
    core = package.related("", "core-properties")
    root = package.tree(package.main)
    if root is None or not all(map(package.is_sound, ("styles", "numbering"))):
        raise rule("damaged").refusal(file, "文件内部的 XML 已损坏", "请用 Word 或 WPS 打开并另存一份")
    if root.tag != name("w:document"):
        raise rule("wrong-file").refusal(file, f"这不是 {_KIND}", f"请给出 {_KIND}")
    body = child(root, "w:body")
    if body is None:
        raise rule("wrong-file").refusal(file, "文件没有正文", "请核对文件")
    theme = settle(package)
    numbering = Numbering(package.related(package.main, "numbering"))
    styles = Styles(package.related(package.main, "styles"), theme, numbering)
    bound = stores(package, package.main)
    prompts = take_prompts(root, bound, styles.named("placeholder text", "character"))
    unwrap_controls(root, bound)
    reader = BlockReader(package, styles, prompts, embedded)
    blocks = tuple(reader.read(body))
    title, author, subject = (_property(core, word) for word in ("title", "creator", "subject"))
    problems = (*tell(reader.left_out), *reader.problems)
    return Published(file, blocks, title or reader.title, problems, author, subject)


def _property(core: Element | None, word: str) -> str:
    return "" if core is None else (core.findtext(f"{_DC}{word}") or "").strip()

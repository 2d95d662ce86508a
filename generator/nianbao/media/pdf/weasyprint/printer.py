"""HTML with CSS paged media printed as PDF by WeasyPrint: the same HTML gives the same bytes."""

from __future__ import annotations

import ctypes.util
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import replaced
from nianbao.media.pdf.weasyprint.pdfa import Attachment, Variant
from nianbao.media.pdf.weasyprint.versions import is_tried
from nianbao.report import Place, Problem, ProblemsFound, rule

_FONTS = "FONTCONFIG_FILE"


def write(
    html: str,
    file: str,
    fontconfig: Path | None = None,
    variant: Variant | None = None,
    attachments: Sequence[Attachment] = (),
    *,
    plain: bool = False,
) -> bytes:
    """Print an HTML document as tagged PDF/A.

    `fontconfig` is the configuration in which fonts are looked for; without it, the system's.
    Without `variant` it is PDF/A-1b, or PDF/A-3b where something is attached or transparent.
    Nothing but data: addresses is fetched. A WeasyPrint that was not tried prints as with `plain`: by its
    public interface alone, with what `versions.notices` says, and without looking for missing characters.

    Raises ProblemsFound where WeasyPrint is not installed (`pdf-unavailable`), where no font has one
    of the document's characters (`no-glyph`): they would print as empty boxes; where an image cannot
    be decoded (`image-unreadable`); or where `variant` forbids what the document has (`pdf-variant`).
    """
    try:
        with libraries_by_file_name(), redirect_stdout(StringIO()):  # what is wanting it prints, in English
            import weasyprint
    except (ImportError, OSError) as error:
        raise ProblemsFound([_unavailable(file)]) from error
    if attachments and variant is Variant.A1B:
        raise ProblemsFound([_forbidden(file, "附件")])
    with _fonts(fontconfig), _quiet() as remarks:
        fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        fonts = _configured(os.environ.get(_FONTS))
        if plain or not is_tried():
            from nianbao.media.pdf.weasyprint.plain import print_plainly as print_document
        else:
            from nianbao.media.pdf.weasyprint.fast import print_fast as print_document
        printed = print_document(html, fetcher, fonts, variant, attachments)
    problems = [_no_glyph(file, code) for code in sorted(printed.missing)]
    if printed.transparent and variant is Variant.A1B and not problems:
        raise ProblemsFound([_forbidden(file, "半透明的图形")])
    problems += [_no_image(file)] if any(map(_unreadable, remarks)) else []
    if problems:
        raise ProblemsFound(problems)
    return printed.content


def pango() -> str:
    """The version of Pango that prints; "" where it, or WeasyPrint, cannot be loaded."""
    try:
        with libraries_by_file_name(), redirect_stdout(StringIO()):
            from weasyprint.text.ffi import pango as library
    except (ImportError, OSError):
        return ""
    number = library.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


@contextmanager
def libraries_by_file_name() -> Iterator[None]:
    """Let nobody ask ctypes for a library while a module is imported.

    WeasyPrint tries `libgobject-2.0-0`, a name of Windows, before `libgobject-2.0.so.0`; for such a
    name CPython runs ldconfig and, where there is one, gcc: 0.15 s on each start, and temporary files
    (its issue 1125).
    """
    search = ctypes.util.find_library
    with replaced(ctypes.util, find_library=(lambda _: None) if sys.platform == "linux" else search):
        yield


@contextmanager
def _fonts(fontconfig: Path | None) -> Iterator[None]:
    """Let fontconfig read our file: a FontConfiguration asks the environment."""
    before = os.environ.get(_FONTS)
    if fontconfig is not None:
        os.environ[_FONTS] = str(fontconfig)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_FONTS, None)
        else:
            os.environ[_FONTS] = before


@cache
def _configured(file: str | None) -> Any:
    """WeasyPrint's font configuration for a file of fontconfig's, one for all documents.

    Each takes a quarter of a megabyte that is never given back. None of our documents brings fonts.
    """
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@contextmanager
def _quiet() -> Iterator[list[logging.LogRecord]]:
    """Keep WeasyPrint's and fontTools' remarks for developers off the clerk's screen, in a list."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [logger.propagate for logger in loggers]
    remarks = BufferingHandler(sys.maxsize)
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(remarks)
    try:
        yield remarks.buffer
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(remarks)


def _unreadable(remark: logging.LogRecord) -> bool:
    """Whether WeasyPrint left out an image that stands in the document itself, or drew only some of it."""
    message = remark.getMessage()
    failed = message.startswith(("Failed to load image", "Failed to render SVG image"))
    return failed and "data:image/" in message


def _unavailable(file: str) -> Problem:
    mend = (
        '请在程序所在的文件夹中运行 pip install ".[pdf]"；在 Debian 上还要安装'
        " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )
    return rule("pdf-unavailable").broken("没有安装生成 PDF 所需的组件", mend, (Place(file),))


def _forbidden(file: str, what: str) -> Problem:
    mend = "请改用 PDF/A-3b，或不指定种类"
    return rule("pdf-variant").broken(f"PDF/A-1b 不允许有{what}", mend, (Place(file),))


def _no_image(file: str) -> Problem:
    mend = "请在 Word 中删去这张图片，换成重新保存过的 PNG 或 JPEG 图片"
    return rule("image-unreadable").broken("有图片无法解码，没有印出", mend, (Place(file),))


def _no_glyph(file: str, code: int) -> Problem:
    what = f"没有一种已安装的字体含有“{chr(code)}”（U+{code:04X}），会印成空框"
    mend = "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字"
    return rule("no-glyph").broken(what, mend, (Place(file),))

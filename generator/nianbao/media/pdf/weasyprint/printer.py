"""HTML with CSS paged media printed as PDF by WeasyPrint: the same HTML gives the same bytes."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.media.pdf.weasyprint.actual_text import mark
from nianbao.media.pdf.weasyprint.cell_cache import shared
from nianbao.media.pdf.weasyprint.cff import slim
from nianbao.media.pdf.weasyprint.font_subset import cut
from nianbao.media.pdf.weasyprint.html_parser import parse
from nianbao.media.pdf.weasyprint.justify import justify
from nianbao.media.pdf.weasyprint.kept_tables import loosened
from nianbao.media.pdf.weasyprint.lengths import remembered
from nianbao.media.pdf.weasyprint.libraries import by_file_name
from nianbao.media.pdf.weasyprint.pdfa import Attachment, Variant, attach, describe, prepare, transparent
from nianbao.media.pdf.weasyprint.pseudo_styles import alike
from nianbao.media.pdf.weasyprint.releasing import Held, part, watched
from nianbao.media.pdf.weasyprint.split_borders import close
from nianbao.media.pdf.weasyprint.tags import accessible, tagged
from nianbao.media.pdf.weasyprint.text_cache import drawn, measured
from nianbao.report.problem import Place, Problem, ProblemsFound, Severity

_FONTS = "FONTCONFIG_FILE"


def write(
    html: str,
    file: str,
    fontconfig: Path | None = None,
    variant: Variant | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Print an HTML document as tagged PDF/A.

    `fontconfig` is the configuration in which fonts are looked for; without it, the system's.
    Without `variant` it is PDF/A-1b, or PDF/A-3b where something is attached or transparent.
    Nothing but data: addresses is fetched.

    Raises ProblemsFound where WeasyPrint is not installed (`pdf-unavailable`), where no font has one
    of the document's characters (`no-glyph`): they would print as empty boxes; where an image cannot
    be decoded (`image-unreadable`); or where `variant` forbids what the document has (`pdf-variant`).
    """
    try:
        with by_file_name():
            import weasyprint
            from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise ProblemsFound([_unavailable(file)]) from error
    if attachments and variant is Variant.A1B:
        raise ProblemsFound([_forbidden(file, "附件")])
    with _fonts(fontconfig), _quiet() as remarks, _hastened() as held:
        fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        source = _source(html, fetcher)
        document = source.render(_configured(os.environ.get(_FONTS)))
        if sheet := loosened(document):
            document = source.render(
                _configured(os.environ.get(_FONTS)), stylesheets=[weasyprint.CSS(string=sheet)]
            )
        justify(document)
        close(document)
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii")
        first = variant or (Variant.A3B if attachments else Variant.A1B)
        printed = _print(document, first, attachments, identifier)
        if printed.transparent and first is Variant.A1B and not printed.lacking:
            if variant is not None:
                raise ProblemsFound([_forbidden(file, "半透明的图形")])
            printed = _print(document, Variant.A3B, attachments, identifier)
        held.release(document)
    problems = [_no_glyph(file, code) for code in sorted(printed.lacking)]
    problems += [_no_image(file)] if any(map(_unreadable, remarks)) else []
    if problems:
        raise ProblemsFound(problems)
    return printed.content


@contextmanager
def _hastened() -> Iterator[Held]:
    """WeasyPrint without the work that it would do again and again; what it holds is to be released."""
    with alike(), shared(), remembered(), measured(), watched() as held:
        yield held


def _source(html: str, fetcher: Any) -> Any:
    """The document as WeasyPrint takes it, read by a fast parser where that one can."""
    import weasyprint

    root = parse(html)
    if root is None:
        source = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    else:
        source = weasyprint.HTML.__new__(weasyprint.HTML)
        source.base_url, source.url_fetcher, source.media_type = None, fetcher, "print"
        wrapper = weasyprint.cssselect2.ElementWrapper
        source.wrapper_element = wrapper.from_html_root(root, content_language=None)
        source.etree_element = root
    source._ua_stylesheets = lambda forms=False: [_sheet()]
    return source


@cache
def _sheet() -> Any:
    """WeasyPrint's own style sheet without what it says of the markers and notes of every element.

    No page of ours has such markers or calls, and to work their styles out for each element takes
    a sixth of the time of a report. This is not WeasyPrint's public interface: a test holds it.
    """
    from weasyprint import CSS, html

    own = "\n".join(line for line in html.UA.splitlines() if not line.startswith("::"))
    return CSS(string=own, counter_style=html.UA_COUNTER_STYLE)


@dataclass(frozen=True)
class _Printed:
    """One PDF, the code points for which no font was found, and whether anything in it shines through."""

    content: bytes
    lacking: frozenset[int]
    transparent: bool


def _print(document: Any, variant: Variant, attachments: Sequence[Attachment], identifier: bytes) -> _Printed:
    lacking: set[int] = set()
    shining: list[bool] = []

    def finish(printed: Any, pdf: Any) -> None:
        lacking.update(_missing(printed))
        shining.append(transparent(pdf))
        mark(printed, pdf)
        slim(printed, pdf)
        prepare(pdf)
        attach(pdf, attachments)
        describe(pdf, printed.metadata, variant, accessible(roots[0]))

    with tagged() as roots, cut(), drawn():
        content: bytes = document.write_pdf(
            finisher=finish,
            pdf_variant=variant.value,
            pdf_tags=True,
            pdf_identifier=identifier,
            output_intent="",  # WeasyPrint would leave the profile's file open
        )
    part(roots[0])
    return _Printed(content, frozenset(lacking), shining[0])


def _missing(document: Any) -> Iterator[int]:
    """The code points for which Pango found no font at all."""
    for font in document.fonts.values():
        yield from font.missing


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


class _Remarks(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.kept.append(record)


@contextmanager
def _quiet() -> Iterator[list[logging.LogRecord]]:
    """Keep WeasyPrint's and fontTools' remarks for developers off the clerk's screen, in a list."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [logger.propagate for logger in loggers]
    remarks = _Remarks()
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(remarks)
    try:
        yield remarks.kept
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(remarks)


def _unreadable(remark: logging.LogRecord) -> bool:
    """Whether WeasyPrint left out an image that stands in the document itself."""
    said = remark.getMessage()
    return said.startswith("Failed to load image") and "data:image/" in said


def _unavailable(file: str) -> Problem:
    return Problem(
        code="pdf-unavailable",
        severity=Severity.ERROR,
        what="没有安装生成 PDF 所需的组件",
        mend=(
            '请在程序所在的文件夹中运行 pip install ".[pdf]"；在 Debian 上还要安装'
            " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ),
        places=(Place(file),),
    )


def _forbidden(file: str, what: str) -> Problem:
    return Problem(
        code="pdf-variant",
        severity=Severity.ERROR,
        what=f"PDF/A-1b 不允许有{what}",
        mend="请改用 PDF/A-3b，或不指定种类",
        places=(Place(file),),
    )


def _no_image(file: str) -> Problem:
    return Problem(
        code="image-unreadable",
        severity=Severity.ERROR,
        what="有图片无法解码，没有印出",
        mend="请在 Word 中删去这张图片，换成重新保存过的 PNG 或 JPEG 图片",
        places=(Place(file),),
    )


def _no_glyph(file: str, code: int) -> Problem:
    return Problem(
        code="no-glyph",
        severity=Severity.ERROR,
        what=f"没有一种已安装的字体含有“{chr(code)}”（U+{code:04X}），会印成空框",
        mend="请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字",
        places=(Place(file),),
    )

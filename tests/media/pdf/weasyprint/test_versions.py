"""Any WeasyPrint prints the same pages and lines; only one that was tried is replaced in part."""

from __future__ import annotations

import ast
import io
import subprocess
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
from nianbao.app import pdf_engines, reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import fonts, word
from nianbao.media.pdf import Attachment, installed, notices, write
from nianbao.media.pdf.weasyprint import plain, printer, versions
from nianbao.media.word.html import convert
from nianbao.report import ProblemsFound, Report

from tests.paths import DATA

pytest.importorskip("weasyprint", reason="needs the extra nianbao[pdf]", exc_type=ImportError)
pytestmark = pytest.mark.filterwarnings(  # WeasyPrint leaves the file of a colour profile open
    "ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning"
)

SAMPLES = sorted(DATA.glob("示例-*.xlsx"))
BOOK = Attachment("报告数据.xlsx", b"PK\x03\x04 a workbook", "填报工作簿")


def document(report: Report) -> bytes:
    template = (TEMPLATES / f"{report.mandate.edition.key}.docx").read_bytes()
    return word.merge(word.Template(template, "模板.docx"), report)


def lines(pdf: bytes, folder: Path) -> list[list[str]]:
    """What each page says, line by line, without blanks."""
    (folder / "made.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", "made.pdf", "-"]
    text = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()
    return [["".join(line.split()) for line in page.splitlines()] for page in text.split("\f")[:-1]]


@pytest.mark.parametrize("book", SAMPLES, ids=lambda path: path.stem)
def test_both_ways_print_the_same_pages_and_lines(book: Path, tmp_path: Path) -> None:
    html = convert(document(reading.read(book)), "报告.docx", fonts).html
    fast = lines(write(html, "报告.docx", fonts.configure()), tmp_path)

    assert versions.is_tried()
    assert len(fast) > 5
    assert lines(write(html, "报告.docx", fonts.configure(), plain=True), tmp_path) == fast


def test_a_version_that_was_not_tried_prints_the_plain_way_and_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    html = '<html lang="zh-CN"><title>题</title><p>甲<span class="tab"></span>乙'
    expected = write(html, "报告.docx", fonts.configure(), plain=True)
    tried = notices(), write(html, "报告.docx", fonts.configure())
    monkeypatch.setattr(versions, "TRIED", ("1.0", "2.0"))

    assert write(html, "报告.docx", fonts.configure()) == expected
    assert tried[0] == ()
    assert tried[1] != expected
    assert [str(problem) for problem in notices()] == [
        f"WeasyPrint {installed()} 不是核对过的版本（1.0、2.0），PDF 改用通用方式生成："
        "无障碍标签和 PDF/A-3b 由 WeasyPrint 自己声明，没有核对过；各行右端不拉齐，制表位一律宽 1.5 个字，"
        "过高的页眉页脚不推开正文，一页放不下的表格可能与标题分开，跨页的表格可能缺边线，"
        "复制的文字里多出空格。"
        "需要这些的话，请运行 pip install weasyprint==2.0 后重新生成。"
    ]
    assert [(problem.code, problem.severity.value) for problem in notices()] == [("plain-printing", "notice")]


def test_a_report_printed_the_plain_way_carries_the_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    report = reading.read(SAMPLES[0])
    monkeypatch.setattr(versions, "TRIED", ("1.0",))
    pdf, problems = pdf_engines.print_page(pdf_engines.page_of(document(report), report), report)

    assert pdf.startswith(b"%PDF-1.7")
    assert [problem for problem in problems if problem.code == "plain-printing"] == list(notices())
    assert len(notices()) == 1


def test_a_character_no_font_has_is_found_also_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    report = reading.read(SAMPLES[0])
    monkeypatch.setattr(versions, "TRIED", ("1.0",))

    page = pdf_engines.page_of(lettered(document(report), "\U000f0000"), report)
    with pytest.raises(ProblemsFound) as raised:
        pdf_engines.print_page(page, report)

    assert [problem.what for problem in raised.value.problems if problem.code == "no-glyph"] == [
        "没有一种已安装的字体含有“\U000f0000”（U+F0000），会印成空框"
    ]


def lettered(content: bytes, letter: str) -> bytes:
    """A Word document with a paragraph more."""
    from docx import Document

    document = Document(io.BytesIO(content))
    document.add_paragraph(letter)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_plain_way_attaches_the_workbook_and_gives_the_same_bytes_every_time() -> None:
    html = "<title>题</title><p>文"
    made = [write(html, "报告.docx", fonts.configure(), attachments=[BOOK], plain=True) for _ in range(2)]

    with pikepdf.open(io.BytesIO(made[0])) as opened:
        assert opened.attachments[BOOK.name].get_file().read_bytes() == BOOK.content
        with opened.open_metadata() as told:
            assert told.pdfa_status == "3B"
    assert made[0] == made[1]


@pytest.mark.parametrize("module", [plain, printer, versions], ids=lambda module: module.__name__)
def test_the_plain_way_touches_nothing_private(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    names = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]

    assert [name for name in names if name.startswith("_") and not name.endswith("__")] == []

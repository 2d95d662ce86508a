"""Fonts as people meet them: told once what stands in, and every character that would print as a box."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import fonts as fonts_command
from nianbao.app import missing_glyphs, pdf_engines, reading
from nianbao.app.generate import Delivery, RenderContext, generate_all, prepare
from nianbao.media import fonts, word
from nianbao.media.fonts import Substitution
from nianbao.media.word.html import Asked, Page
from nianbao.report import ProblemsFound, Report

from tests.paths import DATA
from tests.runner import nianbao

pytest.importorskip("weasyprint", reason="needs the extra nianbao[pdf]", exc_type=ImportError)
PORTABLE = (pdf_engines.WEASYPRINT, pdf_engines.LIBREOFFICE)  # Word and WPS are on Windows only
FOUND = fonts.faces()
NEEDED = ("FandolFang", "LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC")
pytestmark = pytest.mark.skipif(
    not all(family in FOUND for family in NEEDED), reason=f"needs the fonts {'、'.join(NEEDED)}"
)
BOX, OTHER = "\U000323b0", "\U000323b1"  # of Unicode's newest plane of Chinese
Sound = Callable[..., dict[str, Any]]
Book = Callable[..., Path]


@pytest.fixture
def few_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer with one Latin font."""
    (tmp_path / "fonts").mkdir()
    shutil.copy(
        FOUND[next(one for one in FOUND if "CJK" not in one and "DejaVu" in one)].file, tmp_path / "fonts"
    )
    monkeypatch.setenv(fonts.FOLDERS, str(tmp_path / "fonts"))


def merged(report: Report) -> bytes:
    return word.merge(RenderContext(prepare()).template(report.mandate), report)


def boxes(sound: Sound) -> dict[str, Any]:
    """A report with characters that no font has, in a text, in a particular and in both."""
    document = sound(issued_by=f"某某市{BOX}局")
    document["sections"]["六"] = f"联系人{BOX}、{OTHER}和㙍。"
    return document


def printed(report: Report, engine: str) -> tuple[str, ...]:
    """The problems of printing a report, with or without success; for LibreOffice, of looking before."""
    document = merged(report)
    try:
        if engine == pdf_engines.LIBREOFFICE:
            problems = pdf_engines.warnings_on(engine, pdf_engines.page_of(document, report), report)
        else:
            _, problems = pdf_engines.print_page(pdf_engines.page_of(document, report), report)
    except ProblemsFound as caught:
        problems = caught.problems
    return tuple(map(str, problems))


SUBSTITUTED = (
    "有的字体没有安装，PDF 中用了替代字体：仿宋_GB2312 → FandolFang、宋体 → Noto Serif CJK SC、"
    "方正小标宋简体 → Noto Serif CJK SC Bold、楷体_GB2312 → LXGW WenKai、黑体 → Noto Sans CJK SC。"
    "字形与原字体略有不同；要用原字体，请从单位已购买的 Windows 或方正字库安装后重新生成。"
)


@pytest.mark.parametrize("engine", PORTABLE)
def test_substitutions_are_told(engine: str, sound: Sound, book: Book) -> None:
    assert printed(reading.read(book(sound())), engine) == (SUBSTITUTED,)


def test_what_holds_for_all_reports_of_a_run_is_told_once(sound: Sound, book: Book, tmp_path: Path) -> None:
    sources = [book(sound(organ=organ), f"{organ}.xlsx") for organ in ("甲局", "乙局")]
    outcomes = generate_all(sources, prepare("pdf"), Delivery(tmp_path / "成果"))

    assert [tuple(map(str, one.problems)) for one in outcomes] == [(SUBSTITUTED,), ()]


@pytest.mark.parametrize("engine", PORTABLE)
def test_a_character_without_a_font_fails_with_every_cell_it_stands_in(
    engine: str, sound: Sound, book: Book
) -> None:
    path = book(boxes(sound))
    report = reading.read(path)
    issued = report.places["issued_by"]
    section = next(one.place for each in report.narratives.values() for one in each if BOX in one.text)

    assert (issued.sheet, section.sheet) == ("基本信息", "六、其他需要报告的事项")
    assert printed(report, engine)[1:] == (
        f"年报.xlsx › 基本信息 › {issued.cell}；年报.xlsx › 六、其他需要报告的事项 › {section.cell}："
        f"没有一种已安装的字体含有“{BOX}”（U+323B0），会印成空框。"
        "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字。",
        f"年报.xlsx › 六、其他需要报告的事项 › {section.cell}："
        f"没有一种已安装的字体含有“{OTHER}”（U+323B1），会印成空框。"
        "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字。",
    )


def test_a_character_of_the_template_is_looked_for_there(sound: Sound, book: Book) -> None:
    report = reading.read(book(sound()))
    page = Page(f"<style>p {{ content: '{OTHER}' }}</style><p>&#x323b0;</p>", ())

    assert list(map(str, missing_glyphs.lacking(report, page))) == [
        f"年报.xlsx：没有一种已安装的字体含有“{BOX}”（U+323B0），会印成空框。"
        "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字；它不在填报的内容里，请看 Word 模板。"
    ]


@pytest.mark.parametrize("engine", PORTABLE)
def test_with_the_fonts_taken_away_each_is_named_and_nothing_is_printed(
    engine: str, few_fonts: None, sound: Sound, book: Book
) -> None:
    substituted, boxed = printed(reading.read(book(sound())), engine)

    assert substituted == (
        "有的字体没有安装，PDF 中用了替代字体：仿宋_GB2312 → 无、宋体 → 无、方正小标宋简体 → 无、"
        "楷体_GB2312 → 无、黑体 → 无。请安装中文字体，如 fonts-noto-cjk、fonts-lxgw-wenkai，再重新生成。"
    )
    assert boxed.startswith("年报.xlsx：没有一种已安装的字体含有“")
    assert boxed.endswith(
        "个字，会印成空框。请安装中文字体，如 fonts-noto-cjk、fonts-lxgw-wenkai；已装的字体见 nianbao fonts。"
    )


def test_bold_without_a_bold_face_is_a_notice() -> None:
    page = Page("", (), (Asked("仿宋_GB2312", True), Asked("黑体", True)))

    _, thin = missing_glyphs.replacements(page)
    assert str(thin) == (
        "这些字体没有粗体，加粗的文字在 PDF 中不加粗：仿宋_GB2312（FandolFang）。"
        "规定的版式不用粗体；需要的话请在模板中换用有粗体的字体。"
    )
    assert (thin.code, thin.severity.value) == ("no-bold", "notice")


def test_where_nothing_tells_the_fonts_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: Sound, book: Book
) -> None:
    monkeypatch.setenv(fonts.FOLDERS, str(tmp_path / "none"))
    report = reading.read(book(sound()))

    [problem] = missing_glyphs.replacements(Page("", (), (Asked("黑体", False),)))
    assert (problem.code, problem.severity.value) == ("fonts-unknown", "warning")
    assert missing_glyphs.lacking(report, Page("甲", ())) == ()
    assert fonts_command.show()[1] == (problem,)


def test_a_line_says_whether_it_is_the_font_itself() -> None:
    lines = [
        Substitution("黑体", "SimHei", True),
        Substitution("方正小标宋简体", "Nianbao Title", True),
        Substitution("仿宋", "FandolFang"),
        Substitution("宋体", None),
    ]

    assert [fonts_command.line(one) for one in lines] == [
        "黑体 → SimHei（原字体）",
        "方正小标宋简体 → Noto Serif CJK SC Bold（替代字体）",
        "仿宋 → FandolFang（替代字体，无粗体）",
        "宋体 → 没有可用的字体",
    ]


def test_a_report_with_other_errors_is_shown_too() -> None:
    sample = DATA / "有错误的示例.xlsx"

    assert [one.asked for one in fonts_command.show(sample)[0]] == [
        "仿宋_GB2312",
        "宋体",
        "方正小标宋简体",
        "楷体_GB2312",
        "黑体",
    ]


def test_the_command_lists_the_fonts_of_a_report_and_its_boxes(sound: Sound, book: Book) -> None:
    code, out, err = nianbao("fonts", book(boxes(sound)))

    assert (code, err) == (1, "")
    assert out.splitlines()[:5] == [
        "仿宋_GB2312 → FandolFang（替代字体，无粗体）",
        "宋体 → Noto Serif CJK SC（替代字体）",
        "方正小标宋简体 → Noto Serif CJK SC Bold（替代字体）",
        "楷体_GB2312 → LXGW WenKai（替代字体）",
        "黑体 → Noto Sans CJK SC（替代字体）",
    ]
    assert [line[:10] for line in out.splitlines()[5:]] == ["错误 年报.xlsx"[:10]] * 2


def test_the_command_prints_the_table_as_json() -> None:
    code, out, err = nianbao("fonts", "--json")
    document = json.loads(out)

    assert (code, err, document["problems"]) == (0, "", [])
    assert document["fonts"][0] == {
        "asked": "方正小标宋简体",
        "found": "Noto Serif CJK SC Bold",
        "real": False,
        "bold": True,
    }


@pytest.mark.parametrize("engine", PORTABLE)
def test_a_batch_warns_once_and_makes_every_pdf(
    engine: str, sound: Sound, book: Book, tmp_path: Path
) -> None:
    sources = [str(book(sound(organ=name), f"{name}.xlsx")) for name in ("甲局", "乙局")]
    words = ["generate", *sources, "--pdf", "-o", str(tmp_path / "out"), "--engine", engine]

    code, out, err = nianbao(*words)

    assert (code, err.splitlines()[0]) == (0, f"警告 {SUBSTITUTED}")
    assert err.splitlines()[1].startswith("共 2 份：生成 2 份，用时 ")
    assert [Path(line).suffix for line in out.splitlines()] == [".docx", ".pdf"] * 2


def test_another_engine_is_wrong_usage(sound: Sound, book: Book) -> None:
    words = ["generate", str(book(sound())), "--engine", "word"]

    assert nianbao(*words) == (
        2,
        "",
        "没有 word 这个转换程序，只有 weasyprint、libreoffice、office。用法见 nianbao --help\n",
    )


def test_without_any_fangsong_that_is_said_once_before_the_first_page_is_made(
    sound: Sound, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Light.ttf").symlink_to(FOUND["LXGW WenKai Light"].file)
    said = (
        "警告 没有找到仿宋（仿宋_GB2312），正文在 PDF 中用 LXGW WenKai Light 代替。在用 apt 的系统上请运行 "
        "nianbao fonts --install debian，取一份自由的仿宋（下载 49 MB）；单位已有仿宋字体文件的，"
        "也可运行 nianbao fonts --install 字体文件。"
    )
    books = [book(sound(), f"{number}.xlsx") for number in range(2)]
    with_it = nianbao("generate", books[0], "--pdf", "-o", tmp_path / "一", "--jobs", "1")
    monkeypatch.setenv(fonts.FOLDERS, str(tmp_path / "fonts"))

    without = nianbao("generate", *books, "--pdf", "-o", tmp_path / "二", "--jobs", "1")
    word_only = nianbao("generate", books[0], "-o", tmp_path / "三", "--jobs", "1")

    assert without.err.splitlines()[0] == said
    assert without.err.count("没有找到仿宋") == 1
    assert [ran.err.count("没有找到仿宋") for ran in (with_it, word_only)] == [0, 0]

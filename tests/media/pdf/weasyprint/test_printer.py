"""PDF: the same bytes every time, text that can be copied, nothing fetched, no empty boxes."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media import fonts
from nianbao.media.pdf import write
from nianbao.media.word.html import convert
from nianbao.report.problem import ProblemsFound
from PIL import Image

from tests.media.word.html.page_samples import TEXTS, annual, letter, official, paragraph, stamped, table

pytest.importorskip("weasyprint", reason="needs the extra nianbao[pdf]", exc_type=ImportError)


def printed(document: bytes) -> bytes:
    page = convert(document, "报告.docx", fonts)
    assert page.problems == ()
    return write(page.html, "报告.docx", fonts.configure())


def text(pdf: bytes, folder: Path, *options: str) -> str:
    (folder / "made.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", *options, "made.pdf", "-"], cwd=folder, capture_output=True, check=True
    )
    return done.stdout.decode()


def outline(pdf: bytes) -> list[tuple[int, str]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as found:
        waiting = [(1, item) for item in found.root]
        listed = []
        while waiting:
            level, item = waiting.pop(0)
            listed.append((level, str(item.title)))
            waiting = [(level + 1, child) for child in item.children] + waiting
    return listed


def test_the_same_html_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    page = convert(official(letter), "报告.docx", fonts)
    (tmp_path / "page.html").write_text(page.html, encoding="utf-8")
    command = (
        "import sys; from pathlib import Path; from nianbao.media import fonts, pdf;"
        "html = Path(sys.argv[1]).read_text(encoding='utf-8');"
        "Path(sys.argv[2]).write_bytes(pdf.write(html, '报告.docx', fonts.configure()))"
    )
    for number, zone in (("1", "UTC"), ("77", "Asia/Shanghai")):
        subprocess.run(
            [sys.executable, "-c", command, "page.html", f"{number}.pdf"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": number, "TZ": zone, "PYTHONPATH": str(Path.cwd())},
            check=True,
        )

    ours = write(page.html, "报告.docx", fonts.configure())
    assert ours == write(page.html, "报告.docx", fonts.configure())
    assert [(tmp_path / f"{number}.pdf").read_bytes() == ours for number in ("1", "77")] == [True, True]
    assert b"CreationDate" not in ours


def test_the_text_is_copied_as_it_was_written(tmp_path: Path) -> None:
    def write_all(document: Any) -> None:
        for each in TEXTS:
            paragraph(document, each)

    pdf = printed(official(write_all))
    lines = [line for line in text(pdf, tmp_path).splitlines() if line and not line.startswith("—")]

    assert "".join(lines).replace("\f", "") == "".join(TEXTS)


def test_full_lines_end_at_the_margin(tmp_path: Path) -> None:
    pdf = printed(official(lambda document: paragraph(document, TEXTS[0])))
    words = [line for line in text(pdf, tmp_path, "-bbox").splitlines() if "<word" in line]
    ends = [float(line.split('xMax="')[1].split('"')[0]) for line in words[:3]]

    assert ends == pytest.approx([521.6, 521.6, 521.6], abs=0.4)


def test_title_author_language_and_bookmarks_are_the_documents() -> None:
    def fill(document: Any) -> None:
        for words, style in (("一、总体情况", "一级"), ("（一）公开", "二级"), ("二、表格", "一级")):
            paragraph(document, words, style)

    pdf = printed(official(fill))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == "某某市档案局2025年政府信息公开工作年度报告"
        assert str(opened.docinfo["/Author"]) == "某某市档案局"
        assert str(opened.Root.Lang) == "zh-CN"
    assert outline(pdf) == [(1, "一、总体情况"), (2, "（一）公开"), (1, "二、表格")]


def test_page_numbers_stand_outside_on_every_page(tmp_path: Path) -> None:
    pages = text(printed(official(letter)), tmp_path, "-layout").split("\f")[:-1]
    feet = [page.rstrip("\n").splitlines()[-1] for page in pages]

    assert ["".join(foot.split()) for foot in feet] == ["—1—", "—2—", "—3—", "—4—"]
    assert [foot.startswith(" " * 20) for foot in feet] == [True, False, True, False]


def test_a_character_no_font_has_is_a_problem_and_no_empty_box(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ProblemsFound) as raised:
        write("<p>甲\U000f0000乙\U000f0001丙\U000f0000</p>", "报告.docx", fonts.configure())

    assert [str(problem) for problem in raised.value.problems] == [
        f"报告.docx：没有一种已安装的字体含有“{letter}”（U+{ord(letter):X}），会印成空框。"
        "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字。"
        for letter in ("\U000f0000", "\U000f0001")
    ]
    assert [(problem.code, problem.severity.value) for problem in raised.value.problems] == [
        ("no-glyph", "error")
    ] * 2
    assert capfd.readouterr() == ("", "")


def test_nothing_is_fetched_and_nothing_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    Image.new("RGB", (4, 4), "red").save(tmp_path / "secret.png")
    address = (tmp_path / "secret.png").as_uri()
    html = (
        f'<style>@import "{address}"; p {{ nonsense: 1; background: url({address}) }}</style>'
        f'<p>文<img src="{address}"><img src="http://127.0.0.1:1/x.png"></p>'
    )

    pdf = write(html, "报告.docx", fonts.configure())

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kinds = [each.get("/Subtype") for each in opened.objects if isinstance(each, pikepdf.Stream)]
    assert "/Image" not in kinds
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_an_image_that_cannot_be_decoded_is_a_problem() -> None:
    image = base64.b64encode(b"\xff\xd8\xff nonsense \xff\xd9").decode()

    with pytest.raises(ProblemsFound) as raised:
        write(f'<p>图<img src="data:image/jpeg;base64,{image}"></p>', "报告.docx", fonts.configure())

    assert [str(problem) for problem in raised.value.problems] == [
        "报告.docx：有图片无法解码，没有印出。请在 Word 中删去这张图片，换成重新保存过的 PNG 或 JPEG 图片。"
    ]


def test_without_weasyprint_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(ProblemsFound) as raised:
        write("<p>文</p>", "报告.docx")

    assert [str(problem) for problem in raised.value.problems] == [
        '报告.docx：没有安装生成 PDF 所需的组件。请在程序所在的文件夹中运行 pip install ".[pdf]"；'
        "在 Debian 上还要安装 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0。"
    ]
    assert [problem.code for problem in raised.value.problems] == ["pdf-unavailable"]


def test_printing_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    write("<p>文</p>", "报告.docx", fonts.configure())

    assert "FONTCONFIG_FILE" not in os.environ


def test_importing_the_module_does_not_load_weasyprint() -> None:
    command = (
        "import sys; import nianbao.media.pdf, nianbao.media.word.html; sys.exit('weasyprint' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


def test_a_paragraph_with_an_outline_level_may_still_break_over_pages(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        for each in TEXTS[:4]:
            paragraph(document, each)
        made = paragraph(document, "（一）" + "".join(TEXTS[:3]))
        made._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))

    pages = text(printed(official(fill)), tmp_path).split("\f")[:-1]

    assert ["（一）2025年" in page for page in pages] == [True, False]


def test_a_table_too_long_to_be_kept_begins_below_its_heading(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph(document, "前文")
        paragraph(document, "一、长表", "一级")
        made = table(document, 60, [2000, 2000], keep=True, height=400)
        for number, row in enumerate(made.rows):
            row.cells[0].paragraphs[0].add_run(f"行{number}")
        paragraph(document, "后文")

    pages = text(printed(official(fill)), tmp_path, "-layout").split("\f")[:-1]

    assert [page.split()[:4] for page in pages] == [
        ["前文", "一、长表", "行0", "行1"],
        ["行0", "行28", "行29", "行30"],
        ["行0", "行58", "行59", "后文"],
    ]


def test_a_table_that_fits_moves_to_the_next_page_with_its_heading(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        for each in (*TEXTS, *TEXTS[:2]):
            paragraph(document, each)
        paragraph(document, "一、短表", "一级")
        table(document, 10, [2000, 2000], keep=True, height=500)

    pages = text(printed(official(fill)), tmp_path, "-layout").split("\f")[:-1]

    assert ["一、短表" in page for page in pages] == [False, False, True]


def test_cells_cut_by_a_page_are_closed_by_a_border(tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(printed(official(annual)))
    subprocess.run(
        ["pdftoppm", "-r", "72", "-f", "4", "-l", "4", "-gray", "made.pdf", "page"], cwd=tmp_path, check=True
    )
    with Image.open(next(tmp_path.glob("page*.pgm"))) as image:
        grey: Any = image.load()
        rows = [y for y in range(400, 745) if all(grey[x, y] < 200 for x in range(84, 516, 4))]

    assert rows
    assert max(rows) > 715


def test_a_paragraph_that_opens_with_its_heading_is_bookmarked_by_its_first_sentence() -> None:
    opening = "（一）主动公开。" + "全年按目录发布各类信息，重点内容另配问答。" * 4

    def write(document: Any) -> None:
        element = paragraph(document, opening)
        properties = element._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))

    assert outline(printed(official(write))) == [(1, "（一）主动公开")]


def test_a_watermark_is_drawn_and_never_mixed_into_the_text(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        stamped(document)
        paragraph(document, "正文一段。")

    pdf = printed(official(write))

    assert text(pdf, tmp_path).split() == ["正文一段。", "—1—"]
    subprocess.run(["pdftoppm", "-r", "30", "-gray", "made.pdf", "page"], cwd=tmp_path, check=True)
    with Image.open(next(tmp_path.glob("page*.pgm"))) as page:
        wide, high = page.size
        centre = page.crop((wide // 4, high // 4, 3 * wide // 4, 3 * high // 4))
        silver = sum(centre.histogram()[200:250])
    assert silver > 0.05 * centre.width * centre.height


def test_what_is_left_out_of_weasyprints_own_sheet_is_only_of_markers_and_notes() -> None:
    from weasyprint.html import UA

    left_out = [line for line in UA.splitlines() if line.startswith("::")]

    assert [line.partition(" ")[0] for line in left_out] == [
        "::marker",
        "::footnote-call",
        "::footnote-marker",
        "::note-call",
        "::note-marker",
        "::note-callback",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="the names of libraries are those of Linux")
def test_printing_starts_no_other_program_to_find_its_libraries() -> None:
    watch = (
        "import sys\n"
        "started = []\n"
        "def hear(event, said):\n"
        "    if event == 'subprocess.Popen': started.append(said[0])\n"
        "sys.addaudithook(hear)\n"
        "from nianbao.media import pdf\n"
        "pdf.write('<!DOCTYPE html><html lang=zh><title>a</title><p>1</p>', 'a.docx')\n"
        "import ctypes.util\n"
        "sys.exit(str(started) if started else ctypes.util.find_library.__module__ != 'ctypes.util')"
    )

    ended = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")

"""The PDF for the archive and for everyone: PDF/A as others see it, and what a screen reader finds."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from nianbao.app import reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import fonts, word
from nianbao.media.pdf import Attachment, Variant, write
from nianbao.media.word.html import convert
from nianbao.report import ProblemsFound, Report
from PIL import Image

from tests.mandate.form_headers import headers
from tests.media.word.html.page_samples import TEXTS, annual, letter, official, paragraph, stamped
from tests.paths import DATA, REPORTS
from tests.reports import sound, take

pytest.importorskip("weasyprint", reason="needs the extra nianbao[pdf]", exc_type=ImportError)

JARS = [
    Path("/usr/share/java", f"{name}.jar")
    for name in (
        "preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "jaxb-api", "javax.activation",
    )
]  # fmt: skip
preflight = pytest.mark.skipif(
    shutil.which("java") is None or not all(jar.exists() for jar in JARS),
    reason="needs Java and PDFBox preflight (Debian: libpdfbox2-java)",
)
SAMPLES = sorted((DATA).glob("示例-*.xlsx"))
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
BOOK = Attachment("报告数据.xlsx", b"PK\x03\x04 a workbook", "填报工作簿")


def document(report: Report, *, draft: bool = False) -> str:
    """The HTML of a report's Word document."""
    content = (TEMPLATES / f"{report.mandate.edition.key}.docx").read_bytes()
    merged = word.merge(word.Template(content, "模板.docx"), report, draft=draft)
    return convert(merged, "报告.docx", fonts).html


def written(html: str, **options: Any) -> bytes:
    return write(html, "报告.docx", fonts.configure(), **options)


def printed(fill: Any, **options: Any) -> bytes:
    return written(convert(official(fill), "报告.docx", fonts).html, **options)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def judged(pdf: bytes, folder: Path) -> list[str]:
    """What PDFBox preflight has against a file as PDF/A-1b."""
    (folder / "made.pdf").write_bytes(pdf)
    path = os.pathsep.join(map(str, JARS))
    command = ["java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", "made.pdf"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return [] if said == ["The file made.pdf is a valid PDF/A-1b file"] else said


def declared(pdf: bytes) -> tuple[str, str, str | None]:
    with opened(pdf) as made, made.open_metadata() as said:
        return str(said[f"{PDFA}part"]), str(said[f"{PDFA}conformance"]), said.get(UA)


def kids(element: Any) -> list[Any]:
    found = element.get("/K", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def walk(element: Any) -> Iterator[Any]:
    """A structure element and all below it, in reading order."""
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid)


def root(made: pikepdf.Pdf) -> Any:
    [top] = kids(made.Root.StructTreeRoot)
    return top


class Spoken:
    """The text of each structure element, by the marks on the pages."""

    def __init__(self, made: pikepdf.Pdf) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self.unmarked: list[str] = []
        for number, page in enumerate(made.pages):
            self.read(page, number)
        self.pages = {page.objgen: number for number, page in enumerate(made.pages)}

    def read(self, page: pikepdf.Page, number: int) -> None:
        maps: dict[str, dict[int, str]] = {name: letters(font) for name, font in page.Resources.Font.items()}
        marks: list[Any] = []
        font = ""
        instructions: list[Any] = list(pikepdf.parse_content_stream(page))
        for operands, operator in instructions:
            match str(operator):
                case "BDC" | "BMC":
                    said = operands[1] if len(operands) > 1 else {}
                    if "/MCID" in said:
                        marks.append(int(said["/MCID"]))
                    elif str(operands[0]) == "/Artifact":
                        marks.append("artifact")
                    else:
                        marks.append(None)
                case "EMC":
                    marks.pop()
                case "Tf":
                    font = str(operands[0])
                case "TJ":
                    mark = next((each for each in reversed(marks) if each is not None), None)
                    codes = b"".join(bytes(each) for each in operands[0] if isinstance(each, pikepdf.String))
                    text = "".join(
                        maps[font][int.from_bytes(codes[at : at + 2], "big")]
                        for at in range(0, len(codes), 2)
                    )
                    if isinstance(mark, int):
                        assert marks.count("artifact") == 0
                        self.texts[number, mark] = self.texts.get((number, mark), "") + text
                    elif mark is None:
                        self.unmarked.append(text)
        assert marks == []

    def say(self, element: Any) -> str:
        """What an element says, with all below it."""
        said = []
        for kid in kids(element):
            if isinstance(kid, int):
                said.append(self.texts.get((self.pages[element.Pg.objgen], kid), ""))
            elif kid.get("/Type") == "/MCR":
                said.append(self.texts.get((self.pages[kid.Pg.objgen], int(kid.MCID)), ""))
            elif "/S" in kid:
                said.append(self.say(kid))
        return "".join(said)


def letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    said = bytes(font.ToUnicode.read_bytes()).decode()
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", said, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@preflight
@pytest.mark.parametrize("book", SAMPLES, ids=lambda path: path.stem)
def test_the_sample_reports_are_pdf_a_1b_to_pdfbox(book: Path, tmp_path: Path) -> None:
    pdf = written(document(reading.read(book)))

    assert judged(pdf, tmp_path) == []
    assert declared(pdf) == ("1", "B", "1")


@preflight
def test_letters_of_every_kind_of_font_links_and_images_are_pdf_a_1b_to_pdfbox(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, "png")
    image = base64.b64encode(stream.getvalue()).decode()
    html = (
        '<html lang="zh-CN"><title>字体与 A &lt; B &amp; C</title><p style="font-family: 楷体">楷体𠅤'
        '<p style="font-family: 仿宋">仿宋㎡<p style="font-family: 黑体">黑体①'
        '<p style="font-family: Arial">Latin'
        f'<p><a href="https://example.cn/">网页</a><img alt="红色" src="data:image/png;base64,{image}">'
    )

    assert judged(written(html, variant=Variant.A1B), tmp_path) == []


@preflight
def test_preflight_finds_what_is_wrong(tmp_path: Path) -> None:
    with opened(written("<title>题</title><p>文")) as made:
        del made.Root["/OutputIntents"]
        stream = io.BytesIO()
        made.save(stream)

    assert "2.4.1 : Invalid Color space" in " ".join(judged(stream.getvalue(), tmp_path))


def test_an_attached_workbook_makes_it_pdf_a_3b_and_comes_out_as_it_went_in() -> None:
    pdf = printed(letter, attachments=[BOOK])

    assert declared(pdf)[:2] == ("3", "B")
    with opened(pdf) as made:
        assert bytes(made.attachments[BOOK.name].get_file().read_bytes()) == BOOK.content
        [file] = made.Root.AF
        words = tuple(str(file[key]) for key in ("/AFRelationship", "/UF", "/Desc"))
        assert words == ("/Source", BOOK.name, "填报工作簿")
        assert file.EF.F.Subtype == "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert "/ModDate" not in file.EF.F.Params


def test_a_half_transparent_watermark_makes_it_pdf_a_3b() -> None:
    def fill(made: Any) -> None:
        stamped(made)
        paragraph(made, "正文。")

    assert declared(printed(fill))[:2] == ("3", "B")


def test_a_picture_that_lets_the_paper_shine_through_makes_it_pdf_a_3b() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 128)).save(stream, "png")
    image = base64.b64encode(stream.getvalue()).decode()

    assert declared(written(f'<p>文<img alt="章" src="data:image/png;base64,{image}">'))[:2] == ("3", "B")


def test_what_pdf_a_1b_forbids_is_a_problem_where_it_is_asked_for() -> None:
    transparent = '<p style="color: rgb(0 0 0 / 50%)">半'
    for html, options, what in (
        ("<p>文", {"attachments": [BOOK]}, "附件"),
        (transparent, {}, "半透明的图形"),
    ):
        with pytest.raises(ProblemsFound) as raised:
            written(html, variant=Variant.A1B, **options)

        assert [str(problem) for problem in raised.value.problems] == [
            f"报告.docx：PDF/A-1b 不允许有{what}。请改用 PDF/A-3b，或不指定种类。"
        ]
        assert [problem.code for problem in raised.value.problems] == ["pdf-variant"]


@pytest.mark.parametrize("variant", list(Variant))
def test_every_variant_has_what_pdf_a_asks_for_and_nothing_it_forbids(variant: Variant) -> None:
    pdf = printed(annual, variant=variant)

    assert pdf.startswith(b"%PDF-1.4" if variant is Variant.A1B else b"%PDF-1.7")
    assert declared(pdf) == (variant[6], "B", "1")
    with opened(pdf) as made:
        [intent] = made.Root.OutputIntents
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"
        assert not made.is_encrypted
        assert {"/OpenAction", "/AA", "/JavaScript", "/XFA", "/AcroForm"} & set(made.Root.keys()) == set()
        assert len(made.trailer.ID) == 2
        for each in made.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                assert {"/SMask", "/Interpolate", "/JS"} & set(each.keys()) == set()
                assert each.get("/BM", "/Normal") == "/Normal"
                assert (each.get("/ca", 1), each.get("/CA", 1)) == (1, 1)
                if each.get("/Type") == "/FontDescriptor":
                    assert "/FontFile2" in each or each.FontFile3.Subtype == "/CIDFontType0C"


def test_xmp_and_the_information_dictionary_say_the_same() -> None:
    with opened(printed(letter)) as made, made.open_metadata() as said:
        assert said["dc:title"] == str(made.docinfo["/Title"]) == "某某市档案局2025年政府信息公开工作年度报告"
        assert said["dc:creator"] == [str(made.docinfo["/Author"])] == ["某某市档案局"]
        assert said["pdf:Producer"] == str(made.docinfo["/Producer"])
        assert {"/CreationDate", "/ModDate"} & set(made.docinfo.keys()) == set()
        assert "xmp:CreateDate" not in said


def test_a_title_with_markup_stays_a_title() -> None:
    with opened(written("<title>甲 &lt;乙&gt; &amp; 丙</title><p>文")) as made, made.open_metadata() as said:
        assert said["dc:title"] == str(made.docinfo["/Title"]) == "甲 <乙> & 丙"


def test_fonts_hold_only_the_letters_that_are_used() -> None:
    from fontTools.cffLib import CFFFontSet

    with opened(printed(lambda made: paragraph(made, "甲乙丙甲"))) as made:
        descriptors = [
            each
            for each in made.objects
            if isinstance(each, pikepdf.Dictionary)
            and "/FontFile3" in each
            and "FandolFang" in str(each.FontName)
        ]
        if not descriptors:
            pytest.skip("FandolFang is not installed")
        [descriptor] = descriptors
        [font] = [
            each for each in made.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/BaseFont") == descriptor.FontName
            and each.Subtype == "/CIDFontType0"
        ]  # fmt: skip
        compact = CFFFontSet()
        compact.decompile(io.BytesIO(bytes(descriptor.FontFile3.read_bytes())), None)
        widths = {
            int(start) + place
            for start, row in zip(font.W[::2], font.W[1::2], strict=True)
            for place in range(len(row))
        }

    names = compact.topDictIndex[0].charset
    assert set(names) == {".notdef", *(f"cid{code:05d}" for code in widths)}
    assert len(names) == 4


def test_a_report_has_its_structure_in_reading_order() -> None:
    report = take(sound())
    with opened(written(document(report))) as made:
        spoken = Spoken(made)
        found = [
            (str(each.S)[1:], spoken.say(each))
            for each in walk(root(made))
            if str(each.S)[1:] in ("Title", "H1", "H2", "P")
        ]
        assert spoken.unmarked == []
        assert str(made.Root.Lang) == "zh-CN"
        assert bool(made.Root.ViewerPreferences.DisplayDocTitle) is True
        assert bool(made.Root.MarkInfo.Marked) is True
        assert dict(made.Root.StructTreeRoot.RoleMap.items()) == {"/Title": pikepdf.Name.P}
    headings = [section.heading for section in report.mandate.sections]
    texts = [(kind, "".join(text.split())) for kind, text in found]

    assert texts == [
        ("Title", report.title),
        ("P", "本报告依据条例编制，数据统计期限为2025年1月1日至2025年12月31日。"),
        ("H1", headings[0]),
        ("H2", "（一）主动公开情况"),
        ("P", "全年公开信息若干条。"),
        ("H2", "（二）依申请公开情况"),
        ("P", "收到的申请依法答复。"),
        ("H2", "（三）政府信息管理情况"),
        ("P", "公开前逐件审查。"),
        ("H2", "（四）平台建设情况"),
        ("P", "网站栏目按时更新。"),
        ("H2", "（五）监督保障情况"),
        ("P", "年中、年末各检查一次。"),
        *[("H1", heading) for heading in headings[1:5]],
        ("P", "政策解读不够及时。下一步将在文件发布后三日内配发解读。"),
        ("H1", headings[5]),
        ("P", "没有收取信息处理费。"),
        ("P", report.issued_by),
        ("P", report.date_line),
    ]


@pytest.mark.parametrize("year", [2025, 2020])
def test_every_figure_is_told_with_its_labels_and_headings(year: int) -> None:
    report = take(sound(year))
    wanted = headers(report.mandate)
    with opened(written(document(report))) as made:
        spoken = Spoken(made)
        tables = [each for each in walk(root(made)) if each.S == "/Table"]
        named = {bytes(each.ID): each for each in walk(root(made)) if "/ID" in each}
        assert sorted(named) == [bytes(each) for each in made.Root.StructTreeRoot.IDTree.Names[::2]]
        for table, element in zip(report.mandate.tables.values(), tables, strict=True):
            cells = [each for each in walk(element) if each.S in ("/TH", "/TD")]
            figures = [each for each in cells if each.S == "/TD"]
            assert [spoken.say(each) for each in figures] == [
                report.figures[slot.key].text for slot in table.slots
            ]
            for each, slot in zip(figures, table.slots, strict=True):
                labels, heads = wanted[slot.key]
                assert {spoken.say(named[bytes(name)]) for name in each.A.Headers} == labels | heads
            for each in cells:
                if each.S == "/TH":
                    assert each.A.Scope in ("/Row", "/Column")
            area = sum(int(each.get("/A", {}).get("/RowSpan", 1)) * int(each.get("/A", {}).get("/ColSpan", 1))
                       for each in cells)  # fmt: skip
            assert area == table.row_count * len(table.grid)


def test_a_table_over_two_pages_is_one_and_its_repeated_head_is_not_read_twice() -> None:
    with opened(printed(annual)) as made:
        spoken = Spoken(made)
        tables = [each for each in walk(root(made)) if each.S == "/Table"]
        rows = [each for each in walk(tables[0]) if each.S == "/TR"]
        assert (len(tables), len(rows)) == (2, 28)
        assert spoken.say(tables[0]).count("申请人情况") == 1
        assert {each.objgen for row in rows for cell in kids(row) if "/Pg" in cell for each in [cell.Pg]} == {
            made.pages[index].objgen for index in (3, 4)
        }


def test_a_paragraph_over_two_pages_is_one() -> None:
    with opened(printed(lambda made: [paragraph(made, "".join(TEXTS) * 2)])) as made:
        spoken = Spoken(made)
        paragraphs = [each for each in walk(root(made)) if each.S == "/P"]

        assert [spoken.say(each) for each in paragraphs] == ["".join(TEXTS) * 2]


def test_of_a_paragraph_that_opens_with_its_heading_only_that_is_one() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    rest = "全年按目录发布各类信息，重点内容另配问答。" * 4

    def fill(made: Any) -> None:
        element = paragraph(made, f"一、主动公开。{rest}")._p
        element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))

    with opened(printed(fill)) as made:
        spoken = Spoken(made)
        found = [(str(each.S), spoken.say(each)) for each in walk(root(made)) if each.S in ("/H1", "/P")]

    assert found == [("/H1", "一、主动公开。"), ("/P", rest)]


def test_a_picture_has_its_words_and_without_them_the_file_does_not_call_itself_accessible() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, "png")
    image = f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
    pages = {
        alternative: written(f'<html lang="zh-CN"><title>题</title><p>文<img {alternative} src="{image}">')
        for alternative in ('alt="单位标志"', 'alt=""', "")
    }

    found = []
    for pdf in pages.values():
        with opened(pdf) as made:
            pictures = [str(each.get("/Alt", "")) for each in walk(root(made)) if each.S == "/Figure"]
        found.append((pictures, declared(pdf)[2]))

    assert found == [(["单位标志"], "1"), ([], "1"), ([""], None)]


@pytest.mark.parametrize(
    ("html", "claims"),
    [
        ("<title>题</title><h1>甲</h1><h2>乙</h2><h1>丙</h1>", "1"),
        ("<title>题</title><h1>甲</h1><h3>乙</h3>", None),
        ("<h1>甲</h1>", None),
    ],
)
def test_only_a_document_with_a_title_and_no_gap_among_its_headings_calls_itself_accessible(
    html: str, claims: str | None
) -> None:
    assert declared(written(f'<html lang="zh-CN">{html}'))[2] == claims


def test_a_link_is_read_where_it_stands_and_leads_where_it_says() -> None:
    html = '<html lang="zh-CN"><title>题</title><p>见<a href="https://example.cn/a">我局网站</a>。'
    with opened(written(html)) as made:
        spoken = Spoken(made)
        [line] = [each for each in walk(root(made)) if each.S == "/P"]
        [link] = [each for each in walk(line) if each.S == "/Link"]
        [annotation] = made.pages[0].Annots
        numbers = made.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(number): each for number, each in zip(numbers[::2], numbers[1::2], strict=True)}
        assert spoken.say(line) == "见我局网站。"
        assert spoken.say(link) == "我局网站"
        assert [kid.Obj.objgen for kid in kids(link) if not isinstance(kid, int)] == [annotation.objgen]
        assert parents[int(annotation.StructParent)].objgen == link.objgen
        assert (int(annotation.F), str(annotation.A.URI)) == (4, "https://example.cn/a")


def test_each_footnote_is_a_note_after_the_text() -> None:
    html = (
        '<html lang="zh-CN"><title>题</title><style>.note { float: footnote }'
        ".note::footnote-call, .note::footnote-marker { content: none }</style>"
        '<p>甲<span class="note">注一</span>乙<span class="note">注二</span></p><p>丙</p>'
    )
    with opened(written(html)) as made:
        spoken = Spoken(made)
        found = [(str(each.S), spoken.say(each), bytes(each.get("/ID", b""))) for each in walk(root(made))]

    assert found[1:] == [
        ("/P", "甲乙", b""),
        ("/P", "丙", b""),
        ("/Note", "注一", b"00001"),
        ("/Note", "注二", b"00002"),
    ]


def test_page_numbers_and_underlines_are_no_part_of_the_text() -> None:
    def fill(made: Any) -> None:
        paragraph(made, "甲乙").runs[0].underline = True

    with opened(printed(fill)) as made:
        spoken = Spoken(made)
        content = b"".join(bytes(each) for each in [made.pages[0].Contents.read_bytes()])

    assert (list(spoken.texts.values()), spoken.unmarked) == (["甲乙"], [])
    assert content.count(b"/Pagination") == 1


def test_a_table_of_words_keeps_its_cells() -> None:
    rows = "".join(f"<tr><td>事项{number}</td><td>说明文字</td></tr>" for number in range(8))
    html = f'<html lang="zh-CN"><title>题</title><table>{rows}<tr><td>合计</td><td>8</td></tr></table>'
    with opened(written(html)) as made:
        kinds = [str(each.S) for each in walk(root(made)) if each.S in ("/TH", "/TD")]

    assert kinds[:8] == ["/TD"] * 8
    assert kinds[-2:] == ["/TH", "/TD"]


def test_weasyprints_own_tags_are_back_when_ours_are_written() -> None:
    from weasyprint import pdf as weasyprint

    before = weasyprint.add_tags
    written("<p>文")

    assert weasyprint.add_tags is before


def test_attachments_give_the_same_bytes_every_time() -> None:
    html = "<title>题</title><p>文"
    assert written(html, attachments=[BOOK]) == written(html, attachments=[BOOK])


@preflight
@pytest.mark.skipif(not REPORTS.is_dir(), reason="the published reports lie outside the repository")
def test_a_published_report_is_pdf_a_1b_to_pdfbox(tmp_path: Path) -> None:
    path = sorted(REPORTS.glob("*.json"))[0]

    assert judged(written(document(reading.read(path))), tmp_path) == []

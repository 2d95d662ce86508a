"""`nianbao pdf`: a Word file printed as it stands, and held against its workbook and an existing PDF."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.libreoffice import convert, with_soffice
from tests.paths import DATA
from tests.reports import save, sound
from tests.runner import nianbao as run

ORGAN = "某某市财政局"
TITLE = f"{ORGAN}2025年政府信息公开工作年度报告"
WORD, PDF = (Path("output", "2025", ORGAN, f"{TITLE}.{kind}") for kind in ("docx", "pdf"))
LONG = "各科室报送的信息由办公室逐件审查，全年没有发现泄密和个人信息公开不当的情形，有关制度已经汇编成册。"
ROW = "一、本年新收政府信息公开申请数量 / 自然人"
MEND = "请核对以哪一个为准，把另一个改成一样。"
ATTACH = "--attach 要与 --against 填报文件一起用，不能用 --engine libreoffice 或 office"
THERE = "已有内容不同的同名文件，没有覆盖。请核对；确要覆盖的加 --force。"

pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook, and what was generated of it."""
    folder = tmp_path_factory.mktemp("年报")
    document = sound()
    document["sections"]["六"] += f"\n{LONG}"
    save(document, folder / "2025.xlsx")
    assert run("generate", folder / "2025.xlsx", "--pdf", "-o", folder / "output").code == 0
    return folder


@pytest.fixture
def folder(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which we stand; the user's own record is empty."""
    shutil.copytree(generated, tmp_path / "年报")
    monkeypatch.chdir(tmp_path / "年报")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    return tmp_path / "年报"


def pdf(*words: str | Path) -> tuple[int, str, list[str]]:
    """Run `nianbao pdf`; exit code, standard output, and what is said beside the warning of fonts."""
    result = run("pdf", *words)
    return result.code, result.out, [one for one in result.err.splitlines() if "替代字体" not in one]


def edit(change: Callable[[Document], object], path: Path = WORD) -> None:
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))


def figure(number: str) -> Callable[[Document], None]:
    """Put a number into the first cell of figures of table 三."""

    def change(document: Document) -> None:
        document.tables[1].cell(3, 3).paragraphs[0].runs[0].text = number

    return change


def words(before: str, after: str) -> Callable[[Document], None]:
    """Put words in place of others, in whatever paragraph they stand."""

    def change(document: Document) -> None:
        [found] = [one for one in document.paragraphs if before in one.text]
        text = found.text.replace(before, after)
        for other in found.runs[1:]:
            other.text = ""
        found.runs[0].text = text

    return change


def text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def test_a_document_as_it_was_generated_becomes_the_very_same_pdf(folder: Path) -> None:
    assert pdf(WORD, "-o", "新.pdf") == (0, "新.pdf\n", [])
    assert (folder / "新.pdf").read_bytes() == PDF.read_bytes()


def test_what_was_changed_in_word_is_printed_beside_it_and_our_own_pdf_is_replaced(folder: Path) -> None:
    for number in ("8848", "8849"):  # twice: the second time it is the print of an earlier state
        edit(figure(number))

        assert pdf(WORD) == (0, f"{PDF}\n", [])
        assert number in text_of(PDF)


def test_what_was_generated_and_printed_anew_is_not_overwritten_by_generate(folder: Path) -> None:
    edit(figure("8848"))
    pdf(WORD)
    result = run("generate", "2025.xlsx", "--pdf")

    assert (result.code, f"错误 {WORD}；{PDF}：{THERE}" in result.err) == (1, True)
    assert "8848" in text_of(PDF)


def test_a_pdf_from_elsewhere_is_overwritten_by_force_alone(folder: Path) -> None:
    PDF.write_bytes(b"mine")

    assert pdf(WORD) == (1, "", [f"错误 {PDF}：{THERE}", f"{WORD.name}：有 1 个错误，没有生成"])
    assert PDF.read_bytes() == b"mine"
    assert pdf(WORD, "--force") == (0, f"{PDF}\n", [])
    assert PDF.read_bytes().startswith(b"%PDF-")


def test_far_from_any_output_folder_a_print_of_ours_is_known_too(folder: Path) -> None:
    shutil.copy(WORD, folder.parent / "定稿.docx")
    assert pdf("../定稿.docx")[0] == 0
    edit(figure("8848"), folder.parent / "定稿.docx")

    assert pdf("../定稿.docx")[0] == 0
    assert "8848" in text_of(folder.parent / "定稿.pdf")
    with (folder.parent / "定稿.pdf").open("ab") as stream:
        stream.write(b"% sealed")
    edit(figure("8849"), folder.parent / "定稿.docx")
    assert pdf("../定稿.docx")[0] == 1
    assert sorted(path.name for path in folder.parent.iterdir()) == ["定稿.docx", "定稿.pdf", "年报", "缓存"]


def test_a_link_leads_to_the_same_record(folder: Path) -> None:
    (folder / "链接").symlink_to(WORD.parent, target_is_directory=True)
    edit(figure("8848"))

    assert pdf(f"链接/{WORD.name}") == (0, f"链接/{PDF.name}\n", [])
    assert "8848" in text_of(PDF)


def test_a_full_disk_leaves_the_old_pdf_as_it_was(folder: Path) -> None:
    before = PDF.read_bytes()
    edit(figure("8848"))
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limit[1]))
    try:
        code, out, said = pdf(WORD)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    assert (code, out, said[0].startswith(f"错误 {PDF}：文件超过了允许的大小。")) == (3, "", True)
    assert PDF.read_bytes() == before
    assert sorted(path.name for path in PDF.parent.iterdir()) == [WORD.name, PDF.name]


def test_word_and_workbook_that_agree_are_said_to(folder: Path) -> None:
    assert pdf(WORD, "--against", "2025.xlsx", "-o", "新.pdf") == (
        0,
        "新.pdf\n",
        [f"{WORD.name} 与 2025.xlsx：一致"],
    )


def test_each_difference_is_told_with_both_its_places(folder: Path) -> None:
    shutil.copy(WORD, "定稿.docx")
    for change in (
        figure("77"),
        words("网站栏目按时更新", "网站栏目每周更新"),
        words("2026年1月23日", "2026年1月26日"),
    ):
        edit(change, Path("定稿.docx"))

    code, out, said = pdf("定稿.docx", "--against", "2025.xlsx")

    assert (code, out) == (1, "定稿.pdf\n")
    assert said == [
        "警告 2025.xlsx › 基本信息 › C9；定稿.docx › 正文 › 第 23 段："
        f"成文日期不同：2025.xlsx 是“2026年1月23日”，定稿.docx 是“2026年1月26日”。{MEND}",
        "警告 2025.xlsx › 三、收到和处理政府信息公开申请情况 › E7；定稿.docx › 正文 › 表 2 第 4 行第 4 列："
        f"{ROW}不同：2025.xlsx 是 27，定稿.docx 是 77。{MEND}",
        "警告 2025.xlsx › 一、总体情况 › C12；定稿.docx › 正文 › 第 11 段：“一、总体情况”的文字不同："
        f"2025.xlsx 是“网站栏目按时更新。”，定稿.docx 是“网站栏目每周更新。”。{MEND}",
        "定稿.docx 与 2025.xlsx：有 3 处不同",
    ]


def test_the_pdf_that_lies_there_is_told_where_it_is_replaced_and_held_against_where_it_stays(
    folder: Path,
) -> None:
    edit(figure("77"))
    replaced = pdf(WORD, "--against", "2025.xlsx")
    edit(figure("78"))
    with PDF.open("ab") as stream:
        stream.write(b"% sealed")
    stays = pdf(WORD, "--against", "2025.xlsx")

    names = [f"…{name[-18:]}" for name in (WORD.name, PDF.name)]
    assert replaced[0] == 1
    assert replaced[2][1:] == [
        f"提示 {PDF}：原来的 PDF 与 {WORD.name} 有 1 处不同，已换成新印的。原来的已经发布的，请一并更换。",
        f"{WORD.name} 与 2025.xlsx：有 1 处不同",
    ]
    assert (stays[0], stays[1]) == (1, "")
    assert [one.partition("：")[2] for one in stays[2]] == [
        THERE,
        f"{ROW}不同：2025.xlsx 是 27，{names[0]} 是 78。{MEND}",
        f"{ROW}不同：{names[0]} 是 78，{names[1]} 是 77。{MEND}",
        "有 1 个错误，没有生成",
    ]


def test_a_pdf_may_be_named_to_be_held_against(folder: Path) -> None:
    shutil.copy(PDF, "盖章.pdf")
    shutil.copy(WORD, "定稿.docx")
    edit(figure("77"), Path("定稿.docx"))

    code, _, said = pdf("定稿.docx", "--against", "2025.xlsx", "--against", "盖章.pdf")

    assert (code, said[2]) == (1, "定稿.docx 与 2025.xlsx、盖章.pdf：有 2 处不同")
    assert said[1] == (
        "警告 定稿.docx › 正文 › 表 2 第 4 行第 4 列；盖章.pdf › 第 2 页 › 表 3 第 4 行第 4 列："
        f"{ROW}不同：定稿.docx 是 77，盖章.pdf 是 27。{MEND}"
    )


def test_what_is_printed_beside_the_report_is_no_difference(folder: Path) -> None:
    drawn = run("generate", "2025.xlsx", "--charts", "-o", "图")
    [path] = Path("图").rglob("*.docx")
    assert drawn.code == 0

    def letterhead(document: Document) -> None:
        title = next(one for one in document.paragraphs if "年度报告" in one.text)
        for line in (f"{ORGAN}文件", "某财〔2026〕3号"):
            title.insert_paragraph_before(line)
        opening = next(one for one in document.paragraphs if one.text.startswith("本报告依据条例"))
        opening.insert_paragraph_before("某某市人民政府：")
        date = next(one for one in document.paragraphs if one.text == "2026年1月23日")
        for line in (f"{ORGAN}　2026年1月24日印发", "抄送：某某市人民政府办公室。", "（此件公开发布）"):
            date._p.addnext(date.insert_paragraph_before(line)._p)  # noqa: SLF001 - python-docx has no public way

    edit(letterhead, path)
    assert pdf(path, "--against", "2025.xlsx")[2] == [f"{path.name} 与 2025.xlsx：一致"]
    printed = path.with_suffix(".pdf")
    assert pdf(path, "--against", "2025.xlsx", "--against", printed)[2] == [
        f"{path.name} 与 2025.xlsx、{printed.name}：一致"
    ]


def test_a_draft_prints_with_its_watermark_which_is_no_difference(folder: Path) -> None:
    run("generate", "2025.xlsx", "--draft", "-o", "稿")
    [path] = Path("稿").rglob("*.docx")

    assert pdf(path, "--against", "2025.xlsx")[2] == [f"{path.name} 与 2025.xlsx：一致"]
    printed = path.with_suffix(".pdf")
    assert pdf(WORD, "--against", printed)[2] == [f"{WORD.name} 与 {printed.name}：一致"]


@pytest.mark.parametrize("sample", ["示例-2021", "示例-2019"])
def test_the_samples_agree_with_what_is_made_of_them(tmp_path: Path, sample: str) -> None:
    book = DATA / f"{sample}.xlsx"
    assert run("generate", book, "--pdf", "-o", tmp_path).code == 0
    [word] = tmp_path.rglob("*.docx")
    printed = word.with_suffix(".pdf")

    assert pdf(word, "--against", book, "--against", printed)[2] == [
        f"{word.name} 与 {book.name}、{printed.name}：一致"
    ]


def test_revisions_that_nobody_has_accepted_are_told(folder: Path) -> None:
    def revise(document: Document) -> None:
        attributes = f'{nsdecls("w")} w:id="1" w:author="甲"'
        body = document.element.body
        added = parse_xml(f"<w:ins {attributes}><w:r><w:t>新加的。</w:t></w:r></w:ins>")
        gone = parse_xml(f"<w:del {attributes}><w:r><w:delText>删去的。</w:delText></w:r></w:del>")
        body.p_lst[10].append(added)
        body.p_lst[12].append(gone)
        body.tbl_lst[1].tr_lst[4].get_or_add_trPr().append(parse_xml(f"<w:ins {attributes}/>"))

    edit(revise)

    assert pdf(WORD) == (
        0,
        f"{PDF}\n",
        [
            f"警告 {WORD.name} › 正文 › 第 11 段、第 13 段、表 2 第 5 行第 1 列："
            "还有没有接受的修订，按全部接受以后的样子印出。"
            "请在 Word 的“审阅”中接受或拒绝全部修订，保存后重新打印。"
        ],
    )
    assert ("新加的。" in text_of(PDF), "删去的。" in text_of(PDF)) == (True, False)


def test_what_is_not_carried_over_is_told(folder: Path) -> None:
    equation = parse_xml(f"<m:oMath {nsdecls('m')}><m:rad/></m:oMath>")
    edit(lambda document: document.element.body.p_lst[10].append(equation))

    code, out, said = pdf(WORD)
    assert (code, out) == (0, f"{PDF}\n")
    assert said[0].startswith(f"警告 {WORD.name} › 正文 › 第 11 段：公式没有照样排，改为一行文字。")


def test_a_letter_that_no_font_has_is_named_where_it_stands(folder: Path) -> None:
    before = PDF.read_bytes()
    edit(words("网站栏目按时更新", "网站栏目\U000f0000更新"))

    code, out, said = pdf(WORD)

    assert (code, out, PDF.read_bytes()) == (1, "", before)
    assert said == [
        f"错误 {WORD.name} › 正文 › 第 11 段：没有一种已安装的字体含有“\U000f0000”（U+F0000），会印成空框。"
        "请安装含有这个字的字体（如 fonts-noto-cjk），或改用别的字。",
        f"{WORD.name}：有 1 个错误，没有生成",
    ]


def test_a_document_that_is_no_report_is_printed_too(folder: Path) -> None:
    document = docx.Document()
    document.add_paragraph("会议通知")
    document.save("通知.docx")

    assert pdf("通知.docx") == (0, "通知.pdf\n", [])
    code, _, said = pdf("通知.docx", "--against", "2025.xlsx")
    assert (code, said[-1].startswith("通知.docx 与 2025.xlsx：有 ")) == (1, True)


def test_several_are_printed_and_one_that_is_wrong_stops_no_other(folder: Path) -> None:
    for name in ("甲", "丁"):
        shutil.copy(WORD, f"{name}.docx")
    Path("乙.docx").write_bytes(b"PK\x03\x04 cut")

    code, out, said = pdf("甲.docx", "乙.docx", "没有.docx", "2025.xlsx", "丁.docx", "-o", "成果")

    assert (code, out) == (3, "成果/甲.pdf\n成果/丁.pdf\n")
    assert said == [
        "错误 乙.docx：不是 Word 文档（.docx）。请用 Word 或 WPS 打开并另存为 .docx 后重试。",
        "乙.docx：有 1 个错误，没有生成",
        "错误 没有.docx：没有这个文件或文件夹。请核对路径。",
        "没有.docx：有 1 个错误，没有生成",
        "错误 2025.xlsx：不能打印 .xlsx 文件。由填报文件生成 Word 和 PDF 请用 nianbao generate --pdf。",
        "2025.xlsx：有 1 个错误，没有生成",
    ]


def test_a_folder_stands_for_its_word_files_and_an_archive_is_left_alone(folder: Path) -> None:
    run("archive", "add", "2025.xlsx", "--docx", WORD)
    [kept] = Path("output/archive").rglob("*.docx")
    Path("~$定稿.docx").write_bytes(b"open")

    assert pdf("output", "~$定稿.docx") == (0, f"{PDF}\n", [])
    assert pdf(kept) == (
        2,
        "",
        [f"{kept.parent} 是归档，不能往里写；请用 -o 另选位置。用法见 nianbao --help"],
    )
    assert pdf(kept, "-o", "成果")[:2] == (0, f"成果/{kept.stem}.pdf\n")
    assert run("archive", "verify").code == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("甲.pdf", b"%PDF-1.4", "不能打印 .pdf 文件。它已经是 PDF。"),
        (
            "甲.docm",
            b"PK",
            "不能打印 .docm 文件。可以打印的有：.docx、.doc、.wps、.rtf、.odt；其他的请另存为 .docx。",
        ),
        (
            "甲.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage",
            "文件设有打开密码，或者是旧格式，不是 Word 文件（.docx）。"
            "请去掉打开密码，另存为新的 Word 文件（.docx） 格式。",
        ),
        ("甲.docx", b"<html>", "不是 Word 文档（.docx）。请用 Word 或 WPS 打开并另存为 .docx 后重试。"),
    ],
)
def test_what_is_no_word_file_says_why(folder: Path, name: str, content: bytes, said: str) -> None:
    Path(name).write_bytes(content)

    assert pdf(name) == (
        3 if "文档" not in said else 1,
        "",
        [f"错误 {name}：{said}", f"{name}：有 1 个错误，没有生成"],
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("甲.docx 乙.docx --against 2025.xlsx", "--against 一次核对一份 Word 文件"),
        ("甲.docx 乙.docx -o 新.pdf", "有 2 份 Word 文件，-o 应给文件夹，现为 新.pdf"),
        ("甲.docx 子/甲.docx -o 成果", "甲.docx 和 子/甲.docx 都要印成 成果/甲.pdf，请分别打印"),
        ("甲.docx 甲.doc", "甲.docx 和 甲.doc 都要印成 甲.pdf，请分别打印"),
        ("甲.docx --attach", "--attach 要与 --against 填报文件一起用，不能用 --engine libreoffice 或 office"),
        (
            "甲.docx --attach --against 乙.pdf",
            "--attach 要与 --against 填报文件一起用，不能用 --engine libreoffice 或 office",
        ),
        ("甲.docx --engine word", "没有 word 这个转换程序，只有 weasyprint、libreoffice、office"),
    ],
)
def test_what_contradicts_itself_is_wrong_usage(folder: Path, line: str, said: str) -> None:
    assert pdf(*line.split()) == (2, "", [f"{said}。用法见 nianbao --help"])


def test_what_cannot_be_read_to_be_compared_is_told_and_the_document_printed(folder: Path) -> None:
    Path("坏.pdf").write_bytes(b"%PDF-1.4")

    code, out, said = pdf(WORD, "--against", "坏.pdf", "--against", "2025.xlsx", "-o", "新.pdf")

    assert (code, out) == (3, "新.pdf\n")
    assert said[0].startswith("错误 坏.pdf：文件已损坏，或者不是 PDF。")
    assert said[1:] == [f"{WORD.name} 与 2025.xlsx：有 1 处不同"]
    assert pdf(WORD, "--against", "没有.xlsx")[0] == 3


def test_the_workbook_is_attached_where_that_is_asked_for(folder: Path) -> None:
    assert pdf(WORD, "--against", "2025.xlsx", "--attach", "-o", "存.pdf")[0] == 0
    with pikepdf.open("存.pdf") as made:
        attached = {name: one.get_file().read_bytes() for name, one in made.attachments.items()}

    assert attached == {"2025.xlsx": Path("2025.xlsx").read_bytes()}


def test_json_is_one_document_and_alone_on_standard_output(folder: Path) -> None:
    shutil.copy(WORD, "定稿.docx")
    edit(figure("77"), Path("定稿.docx"))
    code, out, said = pdf("定稿.docx", "--against", "2025.xlsx", "--json")
    document: dict[str, Any] = json.loads(out)

    assert (code, said) == (1, [])
    assert document["made"] == [{"source": "定稿.docx", "files": ["定稿.pdf"]}]
    [problem] = [one for one in document["problems"] if one["code"] != "font-substituted"]
    assert (problem["code"], problem["severity"]) == ("figure-differs", "warning")
    assert [place.get("sheet", place.get("part")) for place in problem["places"]] == [
        "三、收到和处理政府信息公开申请情况",
        "正文",
    ]


def files(folder: Path) -> Sequence[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_nothing_but_the_pdf_is_left_behind(folder: Path) -> None:
    before = files(folder)
    pdf(WORD, "--against", "2025.xlsx", "-o", "新.pdf")

    assert files(folder) == sorted([*before, "新.pdf"])


@with_soffice
def test_older_kinds_of_text_are_printed_by_way_of_libreoffice(folder: Path) -> None:
    [older] = convert(folder / "旧", folder / WORD, kind="odt")

    code, out, said = pdf(older, "--against", "2025.xlsx")

    assert (code, out) == (0, f"{older.with_suffix('.pdf')}\n")
    assert said[0] == f"提示 {older.name}：.odt 由 LibreOffice 转换后读入。请对照原文看一遍。"
    assert said[-1] == f"{older.name} 与 2025.xlsx：一致"


def test_without_libreoffice_older_kinds_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("报告.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", str(folder))

    code, _, said = pdf("报告.doc")

    assert code == 3
    assert said[0].startswith(
        "错误 报告.doc：读 .doc 文件要用 LibreOffice，这台电脑没有安装。请用 Word 或 WPS 另存为 .docx；"
    )


@with_soffice
def test_the_other_engine_prints_the_document_too(folder: Path) -> None:
    edit(figure("8848"))

    assert pdf(WORD, "--engine", "libreoffice") == (0, f"{PDF}\n", [])
    assert "8848" in text_of(PDF)

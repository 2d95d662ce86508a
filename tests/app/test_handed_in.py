"""One report out of whatever was handed in: alone, in a zip, on a mail; nothing is passed over in silence."""

from __future__ import annotations

import io
import json

import pytest
from docx import Document
from nianbao.app import handed_in
from nianbao.app.outcome import Usage
from nianbao.app.reading import Given
from nianbao.report import ProblemsFound

from tests.attached import forwarded, mailed, zipped
from tests.paths import DATA
from tests.reports import distinct

WORKBOOK, OTHER = (DATA / "示例-2021.xlsx").read_bytes(), (DATA / "示例-2019.xlsx").read_bytes()
TITLE = "平潭综合实验区2025年度政府信息公开工作年度报告"
PICTURE = b"\x89PNG"
GIVEN = Given("某某市某某局", 2025)


def letter() -> bytes:
    """The letter that comes along."""
    document, stream = Document(), io.BytesIO()
    document.add_paragraph("关于报送年度报告的函")
    document.save(stream)
    return stream.getvalue()


def written(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def refusal(content: bytes, name: str, given: Given = GIVEN) -> list[str]:
    """Why nothing is taken: the first line, and what is said of each file."""
    try:
        handed_in.take(content, name, given)
    except Usage as caught:
        return [str(caught), *map(str, caught.problems)]
    except ProblemsFound as caught:
        return [str(problem) for problem in caught.problems]
    pytest.fail("it was taken")


@pytest.mark.parametrize(
    ("content", "name", "taken"),
    [
        (WORKBOOK, "年报.xlsx", "年报.xlsx"),
        (zipped({"材料/年报.xlsx": WORKBOOK}, windows=True), "报.zip", "报.zip › 材料/年报.xlsx"),
        (mailed({"年报.xlsx": WORKBOOK}), "信.eml", "信.eml › 年报.xlsx"),
        (
            forwarded(mailed({"年报.zip": zipped({"年报.xlsx": WORKBOOK})})),
            "转发.eml",
            "转发.eml › 年报.zip › 年报.xlsx",
        ),
        (zipped({"年报.xlsx": WORKBOOK, "备份/年报.xlsx": WORKBOOK}), "报.zip", "报.zip › 年报.xlsx"),
    ],
    ids=["alone", "zip with GBK names", "mail", "zip on a forwarded mail", "the same file twice"],
)
def test_the_one_report_is_taken(content: bytes, name: str, taken: str) -> None:
    handed = handed_in.take(content, name)

    assert (handed.name, handed.opened.title, handed.content, handed.passed) == (taken, TITLE, WORKBOOK, ())


def test_what_comes_along_is_named_with_the_reason_why_it_is_not_read() -> None:
    files = {
        "年报.xlsx": WORKBOOK,
        "函.docx": letter(),
        "名册.xlsx": b"PK\x03\x04 broken",
        "现场.png": PICTURE,
        "旧.rar": b"Rar!\x1a\x07",
        "__MACOSX/._年报.xlsx": b"",
        ".DS_Store": b"",
    }

    handed = handed_in.take(zipped(files), "报.zip", GIVEN)

    assert handed.name == "报.zip › 年报.xlsx"
    assert [str(problem) for problem in handed.passed] == [
        "报.zip › 现场.png：这 1 个图片没有读。报告是扫描件的，请用有文字的文件，或在工作簿中填写。",
        "报.zip › 旧.rar：这 1 个压缩包没有打开，里面的没有读。请解压缩，给出解压后的文件夹。",
        "报.zip › 名册.xlsx：文件已损坏，或者不是 Excel 工作簿（.xlsx）。"
        "请用 Word、Excel 或 WPS 打开并另存一份，或换用完好的备份。",
        "报.zip › 函.docx：里面的报告已经读入，这 1 个同处的文件没有读。要报送其中另一个的，请单独上传。",
    ]


def test_two_reports_are_refused_with_both_names() -> None:
    files = {"甲.xlsx": WORKBOOK, "乙.xlsx": OTHER}

    assert refusal(zipped(files), "报.zip") == [
        "报.zip 里有 2 份报告（甲.xlsx、乙.xlsx），内容不同，看不出报送哪一份。请只留一份，再上传"
    ]


def test_of_two_files_that_say_the_same_the_workbook_is_taken() -> None:
    from nianbao.app import workbench

    opened = workbench.open_file(WORKBOOK, "年报.xlsx")
    same = workbench.exchanged(opened.values)

    handed = handed_in.take(zipped({"年报.json": same, "年报.xlsx": WORKBOOK}), "报.zip")

    assert handed.name == "报.zip › 年报.xlsx"
    assert [problem.places[0].file for problem in handed.passed] == ["报.zip › 年报.json"]


def test_of_two_files_that_do_not_say_the_same_none_is_taken() -> None:
    first, second = written(distinct()), written(distinct(issued_by="某某市某某局办公室"))

    [said] = refusal(zipped({"一.json": first, "二.json": second}), "报.zip")

    assert said == "报.zip 里有 2 份报告（一.json、二.json），内容不同，看不出报送哪一份。请只留一份，再上传"


def test_a_letter_beside_a_printed_report_is_no_report() -> None:
    page = written(distinct())
    handed = handed_in.take(mailed({"函.docx": letter(), "年报.json": page}), "信.eml", GIVEN)
    assert handed.name == "信.eml › 年报.json"

    assert refusal(letter(), "函.docx") == [
        "函.docx：没有找到规定的六个标题，读不出各部分。请核对是不是年度报告。"
    ]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (zipped({}), "报.zip", "报.zip 里没有读得出的报告"),
        (b"", "报.zip", "报.zip：文件是空的，没有内容。请重新取得或保存这个文件。"),
        (WORKBOOK, "报.zip", "报.zip：扩展名是 .zip，内容却是 Excel 工作簿。请把扩展名改为 .xlsx。"),
        (b"", "报.rar", "报.rar：不能读 .rar 文件。请解压后上传报告，或改打成 .zip。"),
        (b"", "信.msg", "信.msg：不能读 .msg 文件。请在邮件程序里另存为 .eml，或者把附件另存后上传。"),
        (
            zipped({f"{number}.xlsx": f"{number}".encode() for number in range(500)}),
            "报.zip",
            "报.zip 里有 500 份像是报告的文件，请只留要报送的那一份，再上传",
        ),
        (mailed({}), "信.eml", "信.eml 里没有读得出的报告"),
    ],
    ids=["empty zip", "nothing", "a workbook called zip", "rar", "msg", "500 files", "mail without files"],
)
def test_what_has_no_report_is_refused_with_the_reason(content: bytes, name: str, said: str) -> None:
    assert refusal(content, name) == [said]

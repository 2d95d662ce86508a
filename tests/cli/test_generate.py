"""`generate`: from files to files, whole or not at all."""

from __future__ import annotations

import io
import json
import os
import re
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
import pytest
from nianbao.app.files import LONGEST_NAME, safe_name

from tests.app import here
from tests.media.word.publication.foreign import Foreign, run
from tests.paths import ROOT

SHARED = ROOT.parent / "shared" / "reports"
REPORTS = sorted(SHARED.glob("*.json")) if SHARED.is_dir() else []
ORGAN = "某某市示例局"
TITLE = f"{ORGAN}2025年政府信息公开工作年度报告"

Sound = Callable[..., dict[str, Any]]
Book = Callable[..., Path]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> list[str]:
    """Every file and folder that is there, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def broken(document: dict[str, Any]) -> dict[str, Any]:
    document["table4"]["行政复议"][-1] += 1
    document["table3"]["四、结转下年度继续办理"][0] += 1
    return document


def test_a_report_lands_under_its_year_and_organ(nianbao: Any, sound: Sound, book: Book) -> None:
    code, out, err = nianbao("generate", book(sound()))

    assert (code, out, err) == (0, f"output/2025/{ORGAN}/{TITLE}.docx\n", "")
    assert tree(Path("output")) == ["2025", f"2025/{ORGAN}", f"2025/{ORGAN}/{TITLE}.docx", "生成记录.sqlite3"]


def test_word_and_pdf_are_made_together(nianbao: Any, sound: Sound, book: Book) -> None:
    code, out, _ = nianbao("generate", book(sound()), "--pdf", "-o", "成果")

    assert (code, out.splitlines()) == (0, [f"成果/2025/{ORGAN}/{TITLE}.{kind}" for kind in ("docx", "pdf")])
    assert Path(out.splitlines()[1]).read_bytes().startswith(b"%PDF-")


def test_errors_refuse_and_are_listed_all_at_once(
    nianbao: Any, sound: Sound, book: Book, folder: Path
) -> None:
    code, out, err = nianbao("generate", book(broken(sound())))

    assert (code, out) == (1, "")
    assert len(re.findall("^错误 ", err, re.MULTILINE)) == 3  # 行政复议, and the row and column of 结转
    assert err.endswith("年报.xlsx：有 3 个错误，没有生成；改好后重新生成，或加 --draft 先出草稿\n")
    assert tree(folder) == ["年报.xlsx"]


def test_a_draft_is_made_with_errors_and_says_so(nianbao: Any, sound: Sound, book: Book) -> None:
    code, out, err = nianbao("generate", book(broken(sound())), "--draft")

    assert (code, out) == (0, f"output/2025/{ORGAN}/{TITLE}（草稿）.docx\n")
    assert len(re.findall("^错误 ", err, re.MULTILINE)) == 3
    assert "草稿" in docx.Document(out.strip()).sections[0].header._element.xml


def test_the_same_report_may_be_generated_again(nianbao: Any, sound: Sound, book: Book) -> None:
    source = book(sound())

    assert nianbao("generate", source) == nianbao("generate", source)


def test_another_file_is_not_overwritten(nianbao: Any, sound: Sound, book: Book) -> None:
    target = Path("output") / "2025" / ORGAN / f"{TITLE}.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"mine")

    code, out, err = nianbao("generate", book(sound()))

    assert (code, out) == (1, "")
    assert err == (
        f"错误 {target}：已有内容不同的同名文件，没有覆盖。请核对；确要覆盖的加 --force。\n"
        "年报.xlsx：有 1 个错误，没有生成\n"
    )
    assert target.read_bytes() == b"mine"


def test_another_file_is_overwritten_by_force(nianbao: Any, sound: Sound, book: Book) -> None:
    target = Path("output") / "2025" / ORGAN / f"{TITLE}.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"mine")

    assert nianbao("generate", book(sound()), "--force")[0] == 0
    assert target.read_bytes() != b"mine"


def test_where_the_pdf_is_in_the_way_the_word_file_is_not_made_either(
    nianbao: Any, sound: Sound, book: Book
) -> None:
    target = Path("output") / "2025" / ORGAN / f"{TITLE}.pdf"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"mine")

    assert nianbao("generate", book(sound()), "--pdf")[0] == 1
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_where_the_file_goes_is_named(nianbao: Any, sound: Sound, book: Book) -> None:
    target = Path("output") / "2025" / ORGAN / f"{TITLE}.docx"
    target.mkdir(parents=True)

    code, _, err = nianbao("generate", book(sound()), "--force")

    assert code == 1
    assert f"错误 {target}：这里有一个同名的文件夹，没有写。请移走它，或另选位置。\n" in err
    assert list(target.parent.iterdir()) == [target]


def test_an_output_folder_that_is_a_file_is_named(nianbao: Any, sound: Sound, book: Book) -> None:
    Path("output").write_bytes(b"mine")

    code, out, err = nianbao("generate", book(sound()))

    assert (code, out) == (3, "")
    assert "：路径中有一段是文件，不是文件夹。请核对路径。" in err
    assert Path("output").read_bytes() == b"mine"


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_no_more_leaves_nothing_behind(
    nianbao: Any, sound: Sound, book: Book, folder: Path
) -> None:
    source = book(sound())
    with largest_file(1000):
        code, out, err = nianbao("generate", source)

    assert (code, out) == (3, "")
    assert err == (
        f"错误 output/2025/{ORGAN}/{TITLE}.docx：文件超过了允许的大小。请换一个文件夹，或请管理员放宽限制。\n"
        "年报.xlsx：有 1 个错误，没有生成\n"
    )
    assert tree(folder) == ["年报.xlsx"]


def test_a_full_disk_leaves_the_old_file_as_it_was(nianbao: Any, sound: Sound, book: Book) -> None:
    target = Path("output") / "2025" / ORGAN / f"{TITLE}.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"mine")
    source = book(sound())
    with largest_file(1000):
        assert nianbao("generate", source, "--force")[0] == 3

    assert target.read_bytes() == b"mine"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(
    nianbao: Any, sound: Sound, book: Book, folder: Path
) -> None:
    source = book(sound())
    folder.chmod(0o500)
    try:
        code, _, err = nianbao("generate", source)
    finally:
        folder.chmod(0o700)

    assert code == 3
    assert "没有权限读写。请关闭正在打开它的程序，或换一个文件夹。" in err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc, which nobody may write")
def test_a_place_that_takes_no_files_is_named(nianbao: Any, sound: Sound, book: Book) -> None:
    code, out, err = nianbao("generate", book(sound()), "-o", "/proc/self")

    assert (code, out) == (3, "")
    assert err.startswith(f"错误 /proc/self/2025/{ORGAN}/{TITLE}.docx：")


def test_one_bad_source_does_not_stop_the_others(nianbao: Any, sound: Sound, book: Book) -> None:
    good, unsound = (
        book(sound(organ="甲局", issued_by="甲局"), "甲.xlsx"),
        book(broken(sound(organ="乙局", issued_by="乙局")), "乙.xlsx"),
    )
    damaged, last = Path("坏.xlsx"), book(sound(organ="丙局", issued_by="丙局"), "丙.xlsx")
    damaged.write_bytes(good.read_bytes()[:9000])

    code, out, err = nianbao("generate", good, unsound, damaged, "没有.json", last)

    assert code == 3
    assert [Path(line).parts[2] for line in out.splitlines()] == ["甲局", "丙局"]
    assert [line.partition("：")[0] for line in err.splitlines() if "没有生成" in line] == [
        "乙.xlsx",
        "坏.xlsx",
        "没有.json",
    ]


def test_a_bug_met_in_one_source_does_not_stop_the_others(
    nianbao: Any, sound: Sound, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        book(sound(organ="甲局", issued_by="甲局"), "甲.xlsx"),
        book(sound(organ="乙局", issued_by="乙局"), "乙.xlsx"),
    )
    from nianbao.app import reading

    def stumble(content: bytes, name: str) -> Any:
        if name == first.name:
            raise ZeroDivisionError("一个错")
        return read(content, name)

    read = reading.read_content
    here.stay(monkeypatch)
    monkeypatch.setattr(reading, "read_content", stumble)

    code, out, err = nianbao("generate", first, second)
    log = re.search(r"请把 (\S+\.log) 交给维护人员", err)

    assert code == 3
    assert Path(out).parts[2] == "乙局"
    assert "错误 甲.xlsx：程序内部错误（ZeroDivisionError），没有写出文件。" in err
    assert log
    assert "一个错" in Path(log[1]).read_text(encoding="utf-8")
    Path(log[1]).unlink()


def test_two_sources_of_one_report_are_fine_where_they_agree(nianbao: Any, sound: Sound, book: Book) -> None:
    code, out, _ = nianbao("generate", book(sound(), "甲.xlsx"), book(sound(), "乙.xlsx"))

    assert (code, len(out.splitlines())) == (0, 2)


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_two_different_reports_never_take_each_other_s_place(
    nianbao: Any, sound: Sound, book: Book, force: list[str]
) -> None:
    first, second = book(sound(), "甲.xlsx"), book(sound(date_line="2026年1月21日"), "乙.xlsx")

    code, out, err = nianbao("generate", first, second, *force)

    assert (code, len(out.splitlines())) == (1, 1)
    assert f"与 {first} 的机关、年度、标题都相同而内容不同，没有覆盖" in err
    assert "2026年1月20日" in [one.text for one in docx.Document(out.strip()).paragraphs]


def test_json_is_one_document_and_alone_on_standard_output(nianbao: Any, sound: Sound, book: Book) -> None:
    sources = [
        book(sound(), "甲.xlsx"),
        book(broken(sound(organ="乙局", issued_by="乙局")), "乙.xlsx"),
        "没有.xlsx",
    ]

    code, out, err = nianbao("generate", *sources, "--json")
    document = json.loads(out)

    assert (code, err) == (3, "")
    assert document["made"] == [
        {"source": str(sources[0]), "state": "made", "files": [f"output/2025/{ORGAN}/{TITLE}.docx"]},
        {"source": str(sources[1]), "state": "refused", "files": []},
        {"source": "没有.xlsx", "state": "failed", "files": []},
    ]
    assert document["count"] == {"made": 1, "unchanged": 0, "refused": 1, "failed": 1}
    assert [(one["code"], one["severity"]) for one in document["problems"]][-1] == ("file-access", "error")


def test_a_template_that_is_not_sound_is_told_once_in_full(nianbao: Any, sound: Sound, book: Book) -> None:
    document = docx.Document(str(ROOT / "templates" / "2021.docx"))
    document.add_paragraph("{{ titel }}")
    document.save("模板.docx")
    first, second = (
        book(sound(organ="甲局", issued_by="甲局"), "甲.xlsx"),
        book(sound(organ="乙局", issued_by="乙局"), "乙.xlsx"),
    )

    code, out, err = nianbao("generate", first, second, "--template", "模板.docx")

    assert (code, out) == (1, "")
    assert err.count("标签 titel 不在规定格式中。是否想写 title？") == 1
    assert "错误 模板.docx：模板不能用，有 1 处问题，见前。请先改好模板。" in err


def test_what_a_template_shows_and_its_reports_do_not_is_told_once_and_again_where_nothing_is_made(
    nianbao: Any, sound: Sound, book: Book
) -> None:
    hidden = Foreign(
        f"<w:p>{run('甲')}{run('内部', '<w:vanish/>')}</w:p>",
        parts={"docProps/custom.xml": "<a/>"},  # which only `template check` tells
        relations={"_rels/.rels": [("rId8", "custom-properties", "docProps/custom.xml")]},
    )
    Path("模板.docx").write_bytes(hidden.template())
    books = [book(sound(organ=f"{name}局", issued_by=f"{name}局"), f"{name}.xlsx") for name in "甲乙"]
    warning = (
        "警告 模板.docx › 正文 › 第 1 段：有隐藏文字“内部”，不带入报告。"
        "要印的请在 Word 中取消“隐藏”，不要的请删去。\n"
    )

    for _ in range(2):
        code, out, err = nianbao("generate", *books, "--template", "模板.docx")

        assert (code, len(out.splitlines())) == (0, 2)
        assert err.count(warning) == 1
        assert "不必改动模板" not in err
    assert docx.Document(out.splitlines()[0]).paragraphs[0].text == "甲"


def test_a_template_of_one_s_own_is_used(nianbao: Any, sound: Sound, book: Book) -> None:
    document = docx.Document(str(ROOT / "templates" / "2021.docx"))
    document.sections[0].header.paragraphs[0].text = "{{ organ }}文件"
    document.save("模板.docx")

    code, out, _ = nianbao("generate", book(sound()), "--template", "模板.docx")

    assert code == 0
    assert docx.Document(out.strip()).sections[0].header.paragraphs[0].text == f"{ORGAN}文件"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "没有这个文件或文件夹"),
        (b"PK", "文件已损坏，或者不是 Word 文档（.docx）"),
    ],
)
def test_a_template_that_cannot_be_read_ends_in_3(
    nianbao: Any, sound: Sound, book: Book, content: bytes | None, said: str
) -> None:
    if content is not None:
        Path("模板.docx").write_bytes(content)

    code, out, err = nianbao("generate", book(sound()), "--template", "模板.docx")

    assert (code, out) == (3, "")
    assert f"错误 模板.docx：{said}。" in err


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../x/甲:乙", "／x／甲：乙"),
        ("..", "未命名"),
        (".", "未命名"),
        ("", "未命名"),
        ("  . . ", "未命名"),
        ("/etc/passwd", "／etc／passwd"),
        ("C:\\甲", "C：＼甲"),
        (".隐藏", "隐藏"),
        ("甲局 . ", "甲局"),
        ('a"b*c?d<e>f|g', "a＂b＊c？d＜e＞f｜g"),
        ("甲\n乙\t丙\u202e丁\x00戊", "甲乙丙丁戊"),
        ("CON", "CON_"),
        ("con.2025", "con_.2025"),
        ("Lpt1", "Lpt1_"),
        ("CONTROL", "CONTROL"),
        ("𬭊局😀", "𬭊局😀"),
    ],
)
def test_any_text_becomes_one_safe_file_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("char", ["局", "a", "𬭊", "é", "👩‍👩‍👧"])
def test_a_name_of_any_length_fits_into_a_file_system(char: str) -> None:
    name = safe_name(char * 300)

    assert LONGEST_NAME - 20 < len(name.encode()) <= LONGEST_NAME
    assert set(name) <= set(char)


@pytest.mark.parametrize(
    "organ", ["../x/甲:乙", "局" * 300, "CON", "..", ".隐藏局", "甲局   ", "a|b", "甲\t局"]
)
def test_an_organ_of_any_name_stays_inside_the_output_folder(
    nianbao: Any, sound: Sound, book: Book, folder: Path, organ: str
) -> None:
    source = book(sound(organ=organ))

    code, out, _ = nianbao("generate", source, "--draft")

    assert code == 0
    made = (folder / out.strip()).resolve()
    assert made.relative_to(folder / "output" / "2025").parts == made.parts[-2:]
    assert made.is_file()
    assert {path.name for path in folder.iterdir()} == {"output", source.name}


@pytest.mark.skipif(not REPORTS, reason="the published reports in ../shared/reports are not here")
@pytest.mark.parametrize("source", REPORTS, ids=lambda path: path.stem)
def test_every_figure_of_a_published_report_comes_out_under_its_labels(
    nianbao: Any, folder: Path, source: Path
) -> None:
    from nianbao.app import reading

    assert nianbao("new", "年报.xlsx", "--from", source)[0] in (0, 1)
    report = reading.read(folder / "年报.xlsx")

    code, out, _ = nianbao("generate", "年报.xlsx", "--draft")
    document = docx.Document(io.BytesIO(Path(out.strip()).read_bytes()))

    assert code == 0
    for table, printed in zip(report.mandate.tables.values(), document.tables, strict=True):
        grid = [[cell.text for cell in row.cells] for row in printed.rows]
        for slot in table.slots:
            row, column = slot.cell.row, slot.cell.column
            assert slot.column in {line[column] for line in grid[:row]}
            assert not table.stub or slot.row in grid[row][: table.stub]
            assert grid[row][column].strip() == report.figures[slot.key].printed.strip()


def test_the_web_page_and_the_filled_in_file_come_with_the_report(
    nianbao: Any, book: Book, sound: Sound, folder: Path
) -> None:
    pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)
    pikepdf = pytest.importorskip("pikepdf")
    source = book(sound())

    code, out, _ = nianbao("generate", source, "--pdf", "--html", "--attach", "-o", folder / "out")

    document, page, pdf = map(Path, out.splitlines())
    assert code == 0
    assert [path.suffix for path in (document, page, pdf)] == [".docx", ".html", ".pdf"]
    assert f"<title>{TITLE}</title>" in page.read_text(encoding="utf-8")
    with pikepdf.open(pdf) as opened:
        assert {name: each.get_file().read_bytes() for name, each in opened.attachments.items()} == {
            source.name: source.read_bytes()
        }


def test_a_file_is_only_attached_to_a_pdf_of_ours(nianbao: Any, book: Book, sound: Sound) -> None:
    source = book(sound())

    for words in (["--attach"], ["--attach", "--pdf", "--engine", "libreoffice"]):
        assert nianbao("generate", source, *words) == (
            2,
            "",
            "--attach 要与 --pdf 一起用，不能用 --engine libreoffice 或 office。用法见 nianbao --help\n",
        )

"""Merging: what the report says stands in the document to the letter, or there is no document."""

from __future__ import annotations

import hashlib
import io
import json
import marshal
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from lxml import etree
from nianbao.mandate import Mandate
from nianbao.media import word
from nianbao.media.word import cache
from nianbao.report import ProblemsFound, Report

from tests.paths import ROOT
from tests.runner import spawn
from tests.values import the

VALIDATOR = ROOT / ".cache" / "ooxml-validator"
BUILT = (ROOT / "templates" / "2021.docx").read_bytes()
MINISTER = "𬭊"  # CJK extension E: beyond the first plane
VALUES = [
    'A & B <x> "引号"',
    "“引号”…—·〔2021〕30号",
    "<w:p/>&amp;&#x41;]]>",
    "😀👩‍👩‍👧",
    f"{MINISTER}工会",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{# 不是注释 #}",
    "{_{ }_} {_% %_}",
    "{{ ''.__class__ }}",
    "=1+1",
    "左\t右",
    "it's　全角空格",
    "a  b",
]

Sound = Callable[..., dict[str, Any]]
Read = Callable[[dict[str, Any]], Report]


def template(content: bytes = BUILT) -> word.Template:
    return word.Template(content, "模板.docx")


def merged(report: Report, content: bytes = BUILT, *, draft: bool = False) -> Document:
    return docx.Document(io.BytesIO(word.merge(template(content), report, draft=draft)))


def altered(alter: Callable[[Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(BUILT))
    alter(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def rewritten(part: str, old: str, new: str, content: bytes = BUILT) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return stream.getvalue()


def printed(tables: list[Table], mandate: Mandate) -> dict[str, str]:
    """Every figure, found by its labels: the row's first, and the column's above it."""
    found: dict[str, str] = {}
    for table, printed_table in zip(mandate.tables.values(), tables, strict=True):
        grid = [[cell.text for cell in row.cells] for row in printed_table.rows]
        for slot in table.slots:
            for line in grid[slot.cell.row : slot.cell.row + 1]:
                column = slot.cell.column
                above = {row[column] for row in grid[: slot.cell.row]}
                labels = line[: table.stub] if table.stub else [row[column] for row in grid]
                assert slot.column in above
                assert slot.row in labels
                found[slot.key] = line[column]
    return found


def refusals(report: Report, content: bytes) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        word.merge(template(content), report)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("year", [2025, 2020])
def test_every_figure_stands_under_its_labels(sound: Sound, read: Read, year: int) -> None:
    report = read(sound(year))
    content = (ROOT / "templates" / f"{report.mandate.edition.key}.docx").read_bytes()

    found = printed(merged(report, content).tables, report.mandate)

    assert found == {key: figure.printed for key, figure in report.figures.items()}


@pytest.mark.parametrize("value", VALUES)
def test_a_paragraph_comes_through_verbatim(sound: Sound, read: Read, value: str) -> None:
    document = sound(sections={"一": value, "五": "无", "六": "无"})

    assert value in [one.text for one in merged(read(document)).paragraphs]


@pytest.mark.parametrize("value", VALUES)
def test_a_figure_comes_through_verbatim(sound: Sound, read: Read, value: str) -> None:
    document = sound()
    document["table2"]["规章"]["本年制发件数"] = value

    assert merged(read(document)).tables[0].cell(2, 1).text == value


def test_numbers_and_the_date_are_printed_in_the_standards_form(sound: Sound, read: Read) -> None:
    document = sound(date_line="2026.01.20", issued_by="某某局")
    document["table2"]["规章"] = {
        "本年制发件数": "１８",
        "本年废止件数": "四件",
        "现行有效件数": "22（其中修订16件）",
    }
    document["table2"]["行政事业性收费"] = {"本年收费金额（单位：万元）": "12863500元"}
    document["sections"]["一"] += "\n废止规章{规章.本年废止件数}件。"

    made = merged(read(document))

    assert [cell.text for cell in made.tables[0].rows[2].cells][1:] == ["18", "4", "22（其中修订16件）"]
    assert made.tables[0].rows[13].cells[1].text == "1286.35"
    lines = [paragraph.text.strip() for paragraph in made.paragraphs]
    assert lines[-1] == "2026年1月20日"
    assert "废止规章4件。" in lines


@pytest.mark.parametrize("value", VALUES)
def test_title_and_author_come_through_verbatim(sound: Sound, read: Read, value: str) -> None:
    document = merged(read(sound(organ=value, title=f"{value}年报")))

    assert document.paragraphs[0].text == f"{value}年报"
    assert (document.core_properties.title, document.core_properties.author) == (f"{value}年报", value)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_line_breaks_are_breaks_in_word(sound: Sound, read: Read, break_: str) -> None:
    document = sound(title=f"某某市示例局{break_}2025年度报告", issued_by=f"甲局{break_}乙局")
    document["table2"]["规章"]["本年制发件数"] = f"1{break_}2"

    found = merged(read(document))

    assert found.paragraphs[0].text == "某某市示例局\n2025年度报告"
    assert found.paragraphs[-2].text == "甲局\n乙局"
    assert found.tables[0].cell(2, 1).text == "1\n2"


def test_a_long_title_is_broken_before_the_year(sound: Sound, read: Read) -> None:
    document = merged(read(sound(organ="某某省某某市某某县示例管理局")))

    assert document.paragraphs[0].text == "某某省某某市某某县示例管理局\n2025年政府信息公开工作年度报告"


def test_an_ampersand_takes_half_a_character_of_the_title(sound: Sound, read: Read) -> None:
    assert (
        merged(read(sound(title="甲&乙&丙&丁&戊&己2025年报告"))).paragraphs[0].text
        == "甲&乙&丙&丁&戊&己2025年报告"
    )


DATE = 3 + 7 / 2 + 5 * 0.22  # characters of 2026年1月20日: with a gap wherever digits and Chinese meet


def test_the_date_begins_two_characters_right_of_the_name(sound: Sound, read: Read) -> None:
    name, date = merged(read(sound(issued_by="某某市人民政府办公室", date_line="2026年1月20日"))).paragraphs[
        -2:
    ]
    character = 15.8

    assert [the(line.style).name for line in (name, date)] == ["Signature", "Date"]
    assert name.paragraph_format.right_indent.pt == pytest.approx(2 * character, abs=0.1)
    assert date.paragraph_format.right_indent.pt == pytest.approx((2 + 10 - DATE - 2) * character, abs=0.1)


def test_a_date_longer_than_the_name_moves_the_name(sound: Sound, read: Read) -> None:
    name, date = merged(read(sound(issued_by="示例局", date_line="2026年1月20日"))).paragraphs[-2:]
    character = 15.8

    assert date.paragraph_format.right_indent.pt == pytest.approx(2 * character, abs=0.1)
    assert name.paragraph_format.right_indent.pt == pytest.approx((2 + DATE + 2 - 3) * character, abs=0.1)


def test_a_report_without_signature_has_no_empty_lines_for_it(sound: Sound, read: Read) -> None:
    document = merged(read(sound(issued_by="", date_line="")))

    assert "" not in [one.text for one in document.paragraphs]


def test_levels_of_paragraphs_become_styles(sound: Sound, read: Read) -> None:
    found = [(the(line.style).name, line.text[:6]) for line in merged(read(sound())).paragraphs]
    start = found.index(("Heading 1", "一、总体情况"))

    assert found[start + 1 : start + 7] == [
        ("Body Text", "2025年，"),
        ("Heading 2", "（一）主动公"),
        ("Body Text", "通过门户网站"),
        ("二级标题段", "（二）依申请"),
        ("三级标题段", "1. 登记。"),
        ("四级标题段", "（1）逐件编"),
    ]


def test_the_same_report_gives_the_same_bytes_in_any_process(sound: Sound, tmp_path: Path) -> None:
    source = tmp_path / "年报.json"
    source.write_text(json.dumps(sound()), encoding="utf-8")
    program = (
        "import sys, hashlib; from pathlib import Path; from nianbao.media import exchange, word;"
        "template = word.Template(Path(sys.argv[1]).read_bytes(), 'x');"
        "made = word.merge(template, exchange.read(Path(sys.argv[2])), draft=True);"
        "print(hashlib.sha256(made).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, ROOT / "templates" / "2021.docx", source],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "XDG_CACHE_HOME": str(tmp_path / home)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone, home in (
            ("0", "Asia/Shanghai", "a"),
            ("1", "America/New_York", "a"),
            ("2", "UTC", "b"),
        )
    }

    assert len(digests) == 1


def test_merging_twice_in_one_process_gives_the_same_bytes(sound: Sound, read: Read) -> None:
    one = template()

    assert word.merge(one, read(sound())) == word.merge(one, read(sound()))


def test_a_lost_figure_is_refused(sound: Sound, read: Read) -> None:
    content = rewritten("word/document.xml", "{{ requests.received.total }}", "")

    [problem] = refusals(read(sound()), content)

    assert re.fullmatch(
        r"模板.docx › 三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 / 总计："
        r"合并后的文件中，一、本年新收政府信息公开申请数量 / 总计 应为“\d+”，实为“”。"
        r"请检查模板：运行 nianbao template check。",
        problem,
    )


def test_a_figure_in_another_figure_s_cell_is_refused(sound: Sound, read: Read) -> None:
    content = rewritten("word/document.xml", "disputes.review.upheld", "disputes.review.pending")

    [problem] = refusals(read(sound()), content)

    assert "行政复议 / 结果维持 应为" in problem


def test_a_lost_paragraph_is_refused(sound: Sound, read: Read) -> None:
    content = rewritten("word/document.xml", "{{p improvement }}", "{{p improvement[1:] }}")

    assert refusals(read(sound()), content) == [
        "模板.docx › 五、存在的主要问题及改进情况：合并后的文件中没有“五、存在的主要问题及改进情况”的这一段，"
        "或者次序不对：一是公开内容还不够细，下一年将补充；二是培训不够，下一年将组。"
        "请检查模板：运行 nianbao template check。"
    ]


def test_a_lost_label_is_refused(sound: Sound, read: Read) -> None:
    content = rewritten("word/document.xml", "科研机构", "科研院所")

    [problem] = refusals(read(sound()), content)

    assert "第 3 行第 6 列：合并后的文件中，这一格应为“科研机构”，实为“科研院所”" in problem


def test_an_unescaped_value_that_breaks_the_document_is_refused(sound: Sound, read: Read) -> None:
    content = rewritten("word/document.xml", "{{ title }}", "{{ title | safe }}")

    assert "模板.docx › 正文：模板中的标签无法合并：" in refusals(read(sound(title="A & B")), content)[0]


@pytest.mark.parametrize(
    "tag", ["{{ ''.__class__.__mro__ }}", "{{ nosuch }}", "{{ 1 / 0 }}", "{{ cycler.__init__.__globals__ }}"]
)
def test_what_must_not_run_does_not_run_even_unchecked(sound: Sound, read: Read, tag: str) -> None:
    content = rewritten("word/document.xml", "{{ title }}", tag)

    assert "模板中的标签无法合并" in refusals(read(sound()), content)[0]


def test_a_dotx_gives_a_docx(sound: Sound, read: Read) -> None:
    content = rewritten("[Content_Types].xml", "document.main+xml", "template.main+xml")

    with zipfile.ZipFile(io.BytesIO(word.merge(template(content), read(sound())))) as package:
        assert b"document.main+xml" in package.read("[Content_Types].xml")


def test_text_in_a_box_on_a_heading_is_not_the_heading(sound: Sound, read: Read) -> None:
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>（此处盖章）</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    heading = '<w:t xml:space="preserve">一、总体情况</w:t></w:r>'
    content = rewritten("word/document.xml", heading, heading + box)

    assert word.check(template(content), read(sound()).mandate) == ()


class TestCache:
    """What is kept between runs is believed only where it is whole and this user's own."""

    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        return tmp_path / "nianbao" / "templates"

    @pytest.fixture
    def report(self, sound: Sound, read: Read) -> Report:
        return read(sound())

    @pytest.fixture
    def poisoned(self, home: Path, report: Report) -> Path:
        """A kept file, whole and sealed, that would be told apart by what it prints."""
        word.merge(template(), report)
        [path] = home.glob("*.code")
        source = {"word/document.xml": compile("raise SystemExit('poison')", "x", "exec")}
        cache.keep(path.name, marshal.dumps(source))
        return path

    def test_code_is_kept_and_used_again(self, report: Report, poisoned: Path) -> None:
        with pytest.raises(SystemExit, match="poison"):
            word.merge(template(), report)

    @pytest.mark.parametrize("at", [0, 31, 32, 40, -1])
    def test_a_flipped_bit_is_noticed(self, home: Path, report: Report, at: int) -> None:
        expected = word.merge(template(), report)
        [path] = home.glob("*.code")
        content = bytearray(path.read_bytes())
        content[at] ^= 1
        path.write_bytes(content)

        assert word.merge(template(), report) == expected

    @pytest.mark.parametrize("length", [0, 10, 32, 1000])
    def test_a_cut_off_file_is_noticed(self, home: Path, report: Report, length: int) -> None:
        expected = word.merge(template(), report)
        [path] = home.glob("*.code")
        path.write_bytes(path.read_bytes()[:length])

        assert word.merge(template(), report) == expected

    def test_what_was_kept_for_another_template_is_noticed(self, home: Path, report: Report) -> None:
        other = rewritten("word/document.xml", "{{ requests.received.total }}", "x")
        expected = word.merge(template(), report)
        [path] = home.glob("*.code")
        with pytest.raises(ProblemsFound):
            word.merge(template(other), report)
        [another] = set(home.glob("*.code")) - {path}
        path.write_bytes(another.read_bytes())

        assert word.merge(template(), report) == expected

    @pytest.mark.skipif(os.name != "posix", reason="only POSIX has these bits")
    @pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
    def test_a_file_that_others_may_write_is_not_believed(
        self, report: Report, poisoned: Path, mode: int
    ) -> None:
        poisoned.chmod(mode)

        assert word.merge(template(), report)

    @pytest.mark.skipif(os.name != "posix", reason="only POSIX has these bits")
    def test_a_folder_that_others_may_write_is_not_believed(
        self, home: Path, report: Report, poisoned: Path
    ) -> None:
        home.chmod(0o777)

        assert word.merge(template(), report)

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away"
    )
    def test_a_file_of_another_user_is_not_believed(self, report: Report, poisoned: Path) -> None:
        os.chown(poisoned, 12345, 12345)

        assert word.merge(template(), report)

    @pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
    def test_a_link_is_not_followed(self, tmp_path: Path, report: Report, poisoned: Path) -> None:
        poisoned.rename(tmp_path / "elsewhere")
        poisoned.symlink_to(tmp_path / "elsewhere")

        assert word.merge(template(), report)

    @pytest.mark.skipif(os.name != "posix", reason="only POSIX has these bits")
    def test_what_is_kept_is_this_user_s_alone(self, home: Path, report: Report) -> None:
        word.merge(template(), report)

        assert [path.stat().st_mode & 0o777 for path in (home, *home.iterdir())] == [0o700, 0o600, 0o600]

    def test_a_home_that_is_a_file_only_costs_time(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
    ) -> None:
        (tmp_path / "file").write_bytes(b"")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

        assert word.check(template(), report.mandate) == ()
        assert word.merge(template(), report)

    def test_a_template_found_sound_is_remembered_by_its_bytes_and_edition(
        self, home: Path, report: Report
    ) -> None:
        word.check(template(), report.mandate)

        [proof] = home.glob("*.proof")
        assert proof.name.startswith(f"{hashlib.sha256(BUILT).hexdigest()}-2021-")

    def test_an_unsound_template_is_never_remembered_as_sound(self, home: Path, report: Report) -> None:
        content = rewritten("word/document.xml", "科研机构", "科研院所")

        assert len({word.check(template(content), report.mandate) for _ in range(2)}) == 1
        assert list(home.glob("*.proof")) == []

    def test_no_more_is_kept_than_is_of_use(self, home: Path) -> None:
        for number in range(cache.MOST + 20):
            cache.keep(f"{number}.code", b"x")
        time.sleep(0.01)
        cache.keep("newest.code", b"x")

        assert len(list(home.iterdir())) == cache.MOST
        assert cache.read("newest.code") == b"x"

    def test_what_a_killed_process_left_is_swept_after_a_day(self, home: Path) -> None:
        program = (
            "import os; from pathlib import Path; from nianbao.media.word import cache;"
            "Path.replace = lambda *_: os.kill(os.getpid(), 9);"
            "cache.keep('x.code', b'x')"
        )
        for _ in range(2):
            assert subprocess.run([sys.executable, "-c", program], check=False).returncode != 0
        old, fresh = home.iterdir()
        strange = home / "strange"
        strange.write_bytes(b"")
        yesterday = time.time() - cache.STALE - 60
        for path in (old, strange):
            os.utime(path, (yesterday, yesterday))

        cache.keep("y.code", b"y")

        assert set(home.iterdir()) == {fresh, strange, home / "y.code"}

    def test_what_another_process_is_writing_stays(self, home: Path) -> None:
        cache.keep("0.code", b"x")
        unfinished = home / "x.unfinished"
        unfinished.write_bytes(b"")
        os.utime(unfinished, (time.time() - 3600,) * 2)
        for number in range(cache.MOST + 5):
            cache.keep(f"{number}.code", b"x")

        assert unfinished.exists()
        assert len(list(home.glob("*.code"))) == cache.MOST

    def test_processes_at_once_all_give_the_same_document(self, tmp_path: Path, sound: Sound) -> None:
        source = tmp_path / "年报.json"
        source.write_text(json.dumps(sound()), encoding="utf-8")

        def generate(number: int) -> bytes:
            output = tmp_path / f"output{number}"
            assert spawn("generate", source, "-o", output).code == 0
            [made] = output.rglob("*.docx")
            return made.read_bytes()

        with ThreadPoolExecutor(6) as pool:
            assert len(set(pool.map(generate, range(6)))) == 1


class TestDraft:
    """A draft says so on every page, whatever headers its template has."""

    @pytest.fixture
    def report(self, sound: Sound, read: Read) -> Report:
        return read(sound())

    @staticmethod
    def marks(document: Document) -> list[list[int]]:
        """For every section, how many watermarks its default, even and first headers show."""
        found = []
        for section in document.sections:
            headers = (section.header, section.even_page_header, section.first_page_header)
            found.append([len(re.findall('string="草稿"', one._element.xml)) for one in headers])
        return found

    def test_a_template_without_headers_gets_them(self, report: Report) -> None:
        assert self.marks(merged(report, draft=True)) == [[1, 1, 1]]

    def test_a_report_that_is_no_draft_has_none(self, report: Report) -> None:
        content = word.merge(template(), report)

        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert [name for name in package.namelist() if "header" in name] == []

    def test_a_template_with_headers_keeps_them(self, report: Report) -> None:
        def alter(document: Document) -> None:
            [section] = document.sections
            section.different_first_page_header_footer = True
            section.header.paragraphs[0].text = "某某市示例局"
            section.first_page_header.paragraphs[0].text = "首页"

        document = merged(report, altered(alter), draft=True)
        [section] = document.sections

        assert self.marks(document) == [[1, 1, 1]]
        assert [one.paragraphs[0].text for one in (section.header, section.first_page_header)] == [
            "某某市示例局",
            "首页",
        ]

    def test_every_section_has_it_whether_it_has_headers_of_its_own_or_not(self, report: Report) -> None:
        def alter(document: Document) -> None:
            own = document.add_section(WD_SECTION.NEW_PAGE)
            own.header.is_linked_to_previous = False
            own.header.paragraphs[0].text = "附件"
            document.add_section(WD_SECTION.NEW_PAGE)

        assert self.marks(merged(report, altered(alter), draft=True)) == [[1, 1, 1]] * 3

    def test_two_sections_with_one_header_have_it_once(self, report: Report) -> None:
        def alter(document: Document) -> None:
            document.sections[0].header.paragraphs[0].text = "页眉"
            last = document.add_section(WD_SECTION.NEW_PAGE)._sectPr
            first = document.sections[0]._sectPr
            for reference in first.findall(qn("w:headerReference")):
                last.insert(0, parse_xml(etree.tostring(reference)))

        assert self.marks(merged(report, altered(alter), draft=True)) == [[1, 1, 1]] * 2

    def test_a_header_at_an_absolute_target_is_found(self, report: Report) -> None:
        content = altered(
            lambda document: document.sections[0].header.paragraphs[0].__setattr__("text", "页眉")
        )
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            [name] = [one for one in package.namelist() if "header" in one]
        file = name.removeprefix("word/")
        content = rewritten(
            "word/_rels/document.xml.rels", f'Target="{file}"', f'Target="/word/./{file}"', content
        )

        with zipfile.ZipFile(io.BytesIO(word.merge(template(content), report, draft=True))) as package:
            assert "草稿" in package.read(name).decode()

    def test_a_reference_to_no_header_is_replaced(self, report: Report) -> None:
        content = altered(
            lambda document: document.sections[0].header.paragraphs[0].__setattr__("text", "页眉")
        )
        content = rewritten(
            "word/_rels/document.xml.rels",
            f'Type="{RELATIONSHIP_TYPE.HEADER}"',
            'Type="urn:x" TargetMode="External"',
            content,
        )
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            [name] = [one for one in package.namelist() if "header" in one]
        content = rewritten(
            "word/_rels/document.xml.rels", name.removeprefix("word/"), "http://example.invalid/h", content
        )

        found = word.merge(template(content), report, draft=True)

        with zipfile.ZipFile(io.BytesIO(found)) as package:
            assert len([one for one in package.namelist() if "header_draft" in one]) == 3

    def test_a_header_that_is_one_table_gets_a_paragraph_for_it(self, report: Report) -> None:
        def alter(document: Document) -> None:
            header = document.sections[0].header
            header.add_table(1, 1, Length(100))
            header._element.remove(header.paragraphs[0]._p)

        assert self.marks(merged(report, altered(alter), draft=True)) == [[1, 1, 1]]

    def test_a_document_without_section_properties_gets_them(self, report: Report) -> None:
        def alter(document: Document) -> None:
            document.element.body.remove(document.element.body.sectPr)

        assert self.marks(merged(report, altered(alter), draft=True)) == [[1, 1, 1]]

    def test_a_template_that_bears_our_own_headers_already_gets_them_marked(self, report: Report) -> None:
        draft = word.merge(template(), report, draft=True)
        with zipfile.ZipFile(io.BytesIO(draft)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        with zipfile.ZipFile(io.BytesIO(BUILT)) as package:
            tagged = package.read("word/document.xml").decode()
        [references] = re.findall(r"<w:sectPr>.*?(?=<w:footerReference)", parts["word/document.xml"].decode())
        parts["word/document.xml"] = tagged.replace("<w:sectPr>", references).encode()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)

        assert self.marks(merged(report, stream.getvalue(), draft=True)) == [[2, 2, 2]]

    def test_prefixes_named_only_in_ignorable_stay_declared(self, report: Report) -> None:
        names = (
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
        )
        content = altered(
            lambda document: document.sections[0].header.paragraphs[0].__setattr__("text", "页眉")
        )
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            [header] = [one for one in package.namelist() if "header" in one]
        content = re_declared(content, "word/document.xml", "<w:document ", names)
        content = re_declared(content, header, "<w:hdr ", names)

        with zipfile.ZipFile(io.BytesIO(word.merge(template(content), report, draft=True))) as package:
            for name in ("word/document.xml", header):
                assert b"xmlns:w14=" in package.read(name)

    @pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
    @pytest.mark.parametrize("draft", [False, True])
    def test_what_is_made_is_valid_by_the_open_xml_sdk(
        self, sound: Sound, read: Read, tmp_path: Path, draft: bool
    ) -> None:
        def alter(document: Document) -> None:
            document.sections[0].different_first_page_header_footer = True
            document.sections[0].header.paragraphs[0].text = "{{ organ }}"
            document.add_section(WD_SECTION.NEW_PAGE)

        hostile = sound(
            organ='A & B <x> "引号"',
            title=f"甲\n乙{MINISTER}😀",
            sections={"一": "\n".join(VALUES), "五": "无", "六": "无"},
        )
        path = tmp_path / "made.docx"
        path.write_bytes(word.merge(template(altered(alter)), read(hostile), draft=draft))
        said = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, check=True, text=True)

        assert json.loads(said.stdout)["ok"] is True, said.stdout


def re_declared(content: bytes, part: str, start: str, names: str) -> bytes:
    """The package with more namespaces on a part's root element, less those it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = re.search(f"{start}[^>]*>", package.read(part).decode())
    assert root
    bare = re.sub(r' (xmlns:mc|xmlns:w14|mc:Ignorable)="[^"]*"', "", root[0])
    return rewritten(part, root[0], bare.replace(start, f"{start}{names} "), content)

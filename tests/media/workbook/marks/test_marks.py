"""The marked copy: what it shows, and that all else in it is the clerk's, whoever has saved it."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from nianbao.app import reading
from nianbao.media import workbook
from nianbao.media.workbook.marks.comments import HEAD
from nianbao.media.workbook.marks.package import Package, R
from nianbao.media.workbook.marks.worksheets import CELL, worksheets
from nianbao.report import Place, Problem, Severity, check
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.libreoffice import recalculated
from tests.media.workbook.marks.marking_samples import (
    AMBER,
    BLUE,
    MAIN,
    MAKERS,
    RED,
    X14,
    change,
    comments,
    contents,
    fill,
    fills,
    findings,
    highlights,
    packed,
    parts,
    unmarked,
)
from tests.paths import ROOT
from tests.reports import save, sound
from tests.values import the

VALIDATOR = ROOT / ".cache" / "ooxml-validator"
BAD = ROOT / "data" / "有错误的示例.xlsx"
OLD = ROOT / "data" / "省外办-2019.xlsx"
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
REQUESTS = "三、收到和处理政府信息公开申请情况"
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported:UserWarning"
)  # openpyxl's, on x14


@pytest.fixture(params=list(MAKERS))
def original(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(MAKERS[request.param](BAD.read_bytes()))
    return path


def marked(path: Path) -> bytes:
    return workbook.mark(path.read_bytes(), findings(path), file=path.name)


def canonical(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part.replace(b"<br>", b"<br/>")), method="c14n")


def places(path: Path) -> dict[tuple[str, str], list[Problem]]:
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in findings(path):
        for place in problem.places:
            if CELL.fullmatch(place.cell):
                found.setdefault((place.sheet, place.cell), []).append(problem)
    return found


# ---------------------------------------------------------------- what it shows


def test_every_cell_with_a_finding_has_the_colour_of_the_worst_and_no_other_cell_has_one(
    original: Path,
) -> None:
    colours = {Severity.ERROR: RED, Severity.WARNING: AMBER, Severity.NOTICE: BLUE}
    wanted = {
        place: colours[min((one.severity for one in problems), key=list(Severity).index)]
        for place, problems in places(original).items()
    }

    assert highlights(marked(original)) == wanted
    assert set(wanted.values()) == {RED, AMBER, BLUE}


def test_every_cell_with_a_finding_says_what_is_wrong_and_how_to_mend_it(original: Path) -> None:
    said = comments(marked(original))

    for place, problems in places(original).items():
        for problem in problems if said[place] != "[线程批注]" else ():
            assert f"\n【{problem.severity.word}】{problem.what}。{problem.mend}。" in said[place]


def test_a_comment_of_the_clerks_stays_above_the_findings(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(MAKERS["Excel"](BAD.read_bytes()))

    assert comments(marked(path))[REQUESTS, "E7"] == (
        f"张三:\n来自台账 \n{HEAD}\n【提示】一、本年新收政府信息公开申请数量 / 自然人：写作“１２”（全角数字），按 12 计算和印出。"
        "请核对；改为半角数字，不带单位和别的符号，就不再提示。"
    )


def test_the_shadow_of_a_threaded_comment_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(MAKERS["Excel"](BAD.read_bytes()))

    assert comments(marked(path))[REQUESTS, "E10"] == "[线程批注]"


def test_every_comment_has_its_box_in_the_drawing_that_its_sheet_names(original: Path) -> None:
    package = Package(marked(original), original.name)
    said = comments(marked(original))
    boxed = set()
    for sheet in worksheets(package):
        link = package.look(sheet.part).find("{*}legacyDrawing")
        targets = {one.id: one.target for one in package.relations(sheet.part)}
        drawing = None if link is None else package.tree(targets[link.get(f"{{{R}}}id", "")])
        for note in drawing.iter("{*}ClientData") if drawing is not None else ():
            letters = get_column_letter(int(note.findtext("{*}Column", "")) + 1)
            boxed.add((sheet.name, f"{letters}{int(note.findtext('{*}Row', '')) + 1}"))

    assert set(said) - boxed == {place for place, text in said.items() if text == "[线程批注]"}


def test_a_picture_in_the_header_keeps_its_drawing(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(MAKERS["Excel"](BAD.read_bytes()))
    after = parts(marked(path))

    assert after["xl/drawings/vmlDrawing1.vml"] == parts(path.read_bytes())["xl/drawings/vmlDrawing1.vml"]
    assert b'<legacyDrawing xmlns:r="' in after["xl/worksheets/sheet1.xml"]


def test_the_sheet_lists_the_findings_errors_first_with_links(original: Path) -> None:
    book = load_workbook(io.BytesIO(marked(original)))
    sheet = next(one for one in book.worksheets if one["A3"].value == "#findings")
    found = findings(original)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]

    assert [cell.value for cell in sheet[4]] == [
        None,
        "程度",
        "名称",
        "工作表",
        "单元格",
        "问题",
        "怎样改",
        "状态",
        "已核实人",
        "理由",
        "日期",
    ]
    assert sorted(str(row[0]) for row in rows) == sorted(one.fingerprint for one in found)
    assert [row[1] for row in rows] == [
        each.word for each in Severity for one in found if one.severity is each
    ]
    line = next(row for row in rows if row[2] == "横向合计不符")
    assert line[1:8] == [
        "错误",
        "横向合计不符",
        REQUESTS,
        "E9:K9",
        "（一）予以公开：自然人至其他各格合计 6，总计是 7，相差 1（自然人与法人或其他组织各类之和，等于总计）",
        "请核对这几格，改后保存",
        "须改正",
    ]
    links = {cell.row: cell.hyperlink.location for [cell] in sheet["E5:E99"] if cell.hyperlink}
    assert links[5 + rows.index(line)] == f"'{REQUESTS}'!E9:K9"
    assert len(links) == len([one for one in found if one.places])
    assert sheet["B1"].value.startswith("检查结果：14 个错误、")


def test_the_sheet_is_ready_to_be_filled_in_and_printed() -> None:
    sheet = load_workbook(io.BytesIO(marked(BAD)))["检查结果"]
    open_rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 8).value == "未核实"]

    assert {sheet.cell(row, column).protection.locked for row in open_rows for column in (9, 10, 11)} == {
        False
    }
    closed = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 8).value == "须改正"]
    assert {sheet.cell(row, column).protection.locked for row in closed for column in (9, 10, 11)} == {True}
    assert {fill(sheet.cell(row, 9)) for row in closed} == {"('solid', 'FFD9D9D9')"}
    assert (sheet.protection.sheet, sheet.freeze_panes, sheet.print_title_rows) == (True, "A5", "$4:$4")
    assert (
        sheet.page_setup.orientation,
        sheet.page_setup.paperSize,
        the(sheet.sheet_properties.pageSetUpPr).fitToPage,
    ) == ("landscape", 9, True)
    assert (sheet.column_dimensions["A"].hidden, sheet.row_dimensions[3].hidden) == (True, True)
    assert sheet["F6"].alignment.wrap_text
    assert sheet.cell(open_rows[0], 11).number_format == "@"


def test_a_sound_report_has_an_empty_list(tmp_path: Path) -> None:
    path = save(sound(), tmp_path / "年报.xlsx")
    sheet = load_workbook(io.BytesIO(workbook.mark(path.read_bytes(), [], file=path.name)))["检查结果"]

    assert (sheet["B1"].value, sheet.max_row) == ("检查结果：没有问题", 4)


def test_places_in_another_file_are_listed_but_not_marked(tmp_path: Path) -> None:
    path = save(sound(), tmp_path / "2025.xlsx")
    places = (Place("2025.xlsx", REQUESTS, cell="E8"), Place("2024.xlsx", REQUESTS, cell="E31"))
    problem = Problem("carried-over", Severity.ERROR, "不符", "请核对", places)
    content = workbook.mark(path.read_bytes(), [problem], file=path.name)
    book = load_workbook(io.BytesIO(content))

    assert highlights(content) == {(REQUESTS, "E8"): RED}
    assert [book["检查结果"].cell(5, column).value for column in (4, 5)] == [
        f"{REQUESTS}；2024.xlsx {REQUESTS}",
        "E8；E31",
    ]


def test_the_clerks_own_sheet_of_that_name_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(MAKERS["WPS"](BAD.read_bytes()))

    assert load_workbook(io.BytesIO(marked(path))).sheetnames[-2:] == ["检查结果", "检查结果（2）"]


# ---------------------------------------------------------------- what it keeps


def test_everything_that_was_there_is_still_there(original: Path) -> None:
    before, after = contents(original.read_bytes()), contents(marked(original))

    assert after == before


def test_only_the_parts_with_marks_are_written_anew(original: Path) -> None:
    before, after = parts(original.read_bytes()), parts(marked(original))
    sheets = {sheet for sheet, _ in places(original)}
    book = load_workbook(original)
    touched = {
        f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(book.sheetnames, 1) if name in sheets
    }

    assert set(before) <= set(after)
    changed = {name for name in before if before[name] != after[name]}
    own = re.compile(
        r"xl/styles\.xml|xl/workbook\.xml|\[Content_Types\]\.xml|.*\.rels|xl/comments/.*|xl/drawings/.*\.vml"
    )
    assert {name for name in changed if not own.fullmatch(name)} <= touched


def test_a_sheet_with_marks_differs_in_rules_that_colour_and_the_link_to_boxes_only(original: Path) -> None:
    before, after = parts(original.read_bytes()), parts(marked(original))

    for name in before:
        if name.startswith("xl/worksheets/sheet"):
            roots = [etree.fromstring(side[name]) for side in (before, after)]
            for root in roots:
                for formatting in root.findall("{*}conditionalFormatting"):
                    if "nianbao:" in "".join(map(str, formatting.itertext())):
                        root.remove(formatting)
                for link in root.findall("{*}legacyDrawing"):
                    root.remove(link)
            assert etree.tostring(roots[0], method="c14n") == etree.tostring(roots[1], method="c14n")


def test_undoing_gives_back_every_part(original: Path) -> None:
    before, after = parts(original.read_bytes()), parts(unmarked(marked(original), file=original.name))

    assert list(after) == list(before)
    for name, part in before.items():
        if name == "[Content_Types].xml":
            assert sorted(map(canonical_entry, etree.fromstring(after[name]))) == sorted(
                map(canonical_entry, etree.fromstring(part))
            )
        elif name.endswith((".xml", ".rels", ".vml")):
            assert canonical(after[name]) == canonical(part), name
        else:
            assert after[name] == part


def canonical_entry(entry: etree._Element) -> list[tuple[str, str]]:
    return sorted((str(name), str(value)) for name, value in entry.items())


def test_marking_twice_is_marking_once(original: Path) -> None:
    once = marked(original)

    assert workbook.mark(once, findings(original), file=original.name) == once


def test_the_same_content_gives_the_same_bytes(original: Path) -> None:
    assert marked(original) == marked(original)


def test_marks_on_what_is_mended_go() -> None:
    content = workbook.mark(marked(BAD), [], file=BAD.name)

    assert highlights(content) == {}
    assert comments(content) == comments(BAD.read_bytes())


def test_a_marked_copy_is_read_as_before(original: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注" / original.name
    copy.parent.mkdir()
    copy.write_bytes(marked(original))
    before, after = reading.read(original), reading.read(copy)

    assert after == before
    assert list(map(str, check(after))) == list(map(str, check(before)))


@pytest.mark.parametrize("source", [BAD, OLD], ids=lambda path: path.stem)
def test_both_editions_can_be_marked_and_unmarked(source: Path, tmp_path: Path) -> None:
    content = marked(source)

    assert contents(content) == contents(source.read_bytes())
    assert contents(unmarked(content, file=source.name)) == contents(source.read_bytes())


@pytest.mark.skipif(not VALIDATOR.exists(), reason="setup/validator has not been run")
def test_marked_copies_are_valid_ooxml(original: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注.xlsx"
    copy.write_bytes(marked(original))
    errors = []
    for path in (original, copy):
        said = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, timeout=60, check=True)
        errors.append([one["description"] for one in json.loads(said.stdout)["errors"]])
    assert [one for one in errors[1] if one not in errors[0]] == []  # a broken <br> of Excel's is not ours


def test_a_cell_that_is_not_there_is_marked_without_being_put_in(original: Path) -> None:
    problem = Problem(
        "blank", Severity.WARNING, "空白", "请填", (Place(original.name, REQUESTS, cell="Z99"),)
    )
    content = workbook.mark(original.read_bytes(), [problem], file=original.name)
    assert highlights(content) == {(REQUESTS, "Z99"): AMBER}

    before, after = parts(original.read_bytes()), parts(unmarked(content, file=original.name))
    name = "xl/worksheets/sheet5.xml"
    assert canonical(after[name]) == canonical(before[name])


def test_names_of_sheets_stay_with_them_when_the_list_is_moved_to_the_front() -> None:
    content = parts(marked(BAD))
    root = etree.fromstring(content["xl/workbook.xml"])
    sheets = the(root.find("{*}sheets"))
    sheets.insert(0, sheets[-1])
    count = len(sheets)
    for name in root.iter("{*}definedName"):
        at = int(name.get("localSheetId", ""))
        name.set("localSheetId", "0" if at == count - 1 else str(at + 1))
    the(root.find("{*}bookViews"))[0].set("activeTab", "3")
    content["xl/workbook.xml"] = etree.tostring(root)
    undone = unmarked(packed(content), file="年报.xlsx")

    assert contents(undone) == contents(BAD.read_bytes())
    assert the(load_workbook(io.BytesIO(undone)).active).title == "一、总体情况"


# ---------------------------------------------------------------- after other programs


@OFFICE
def test_marks_are_undone_after_libreoffice_has_saved_the_copy(tmp_path: Path) -> None:
    (tmp_path / "标注").mkdir()
    copy = tmp_path / "标注" / "年报.xlsx"
    copy.write_bytes(marked(BAD))
    plain = tmp_path / "年报.xlsx"
    plain.write_bytes(BAD.read_bytes())
    [saved] = recalculated(tmp_path / "lo1", copy)
    [wanted] = recalculated(tmp_path / "lo2", plain)

    assert reading.read(saved).figures == reading.read(wanted).figures
    assert highlights(saved.read_bytes()) == highlights(copy.read_bytes())
    assert highlights(marked(saved)) == highlights(copy.read_bytes())
    undone = unmarked(saved.read_bytes(), file=saved.name)
    assert comments(undone) == comments(wanted.read_bytes())
    assert (highlights(undone), fills(undone)) == ({}, fills(wanted.read_bytes()))
    assert load_workbook(io.BytesIO(undone)).sheetnames == load_workbook(wanted).sheetnames


@OFFICE
def test_what_libreoffice_has_saved_can_be_marked(tmp_path: Path) -> None:
    [saved] = recalculated(tmp_path / "lo", BAD)
    content = marked(saved)

    assert contents(content) == contents(saved.read_bytes())
    before, after = parts(saved.read_bytes()), parts(unmarked(content, file=saved.name))
    assert {name: canonical(part) for name, part in after.items() if name != "[Content_Types].xml"} == {
        name: canonical(part) for name, part in before.items() if name != "[Content_Types].xml"
    }


def test_marks_are_undone_after_openpyxl_has_saved_the_copy(tmp_path: Path) -> None:
    stream = io.BytesIO()
    load_workbook(io.BytesIO(marked(BAD))).save(stream)
    undone = unmarked(stream.getvalue(), file="年报.xlsx")

    assert comments(undone) == comments(BAD.read_bytes())
    assert highlights(undone) == {}
    assert contents(undone) == contents(BAD.read_bytes())


def test_marks_are_undone_where_rows_have_moved_and_cells_were_copied() -> None:
    content = parts(marked(BAD))
    name = "xl/worksheets/sheet5.xml"
    first = re.search(
        rb"<conditionalFormatting[^>]*><cfRule[^>]*><formula>LEN.*?</conditionalFormatting>", content[name]
    )
    moved = re.sub(rb'sqref="[^"]*"', b'sqref="C47 E90:K90"', the(first)[0])
    content[name] = content[name].replace(
        the(first)[0], moved + the(first)[0].replace(b'priority="', b'priority="9')
    )

    assert highlights(packed(content))[REQUESTS, "F90"] == RED
    undone = parts(unmarked(packed(content), file="年报.xlsx"))
    assert canonical(undone[name]) == canonical(parts(BAD.read_bytes())[name])


def test_rules_of_the_workbooks_own_go_before_those_that_mark(original: Path) -> None:
    def extend(sheet: etree._Element) -> None:
        found = sheet.find("{*}extLst")
        extensions = etree.SubElement(sheet, f"{{{MAIN}}}extLst") if found is None else found
        etree.SubElement(etree.SubElement(extensions, f"{{{MAIN}}}ext"), f"{{{X14}}}cfRule", priority="40")

    content, name = parts(original.read_bytes()), "xl/worksheets/sheet5.xml"
    change(content, name, extend)
    path = original.with_name("自带.xlsx")
    path.write_bytes(packed(content))
    rules = etree.fromstring(parts(marked(path))[name]).iter("{*}cfRule")

    assert [int(rule.get("priority", "")) for rule in rules] == [1, 2, 3, 4, 41, 42, 43, 40]


def test_a_box_that_the_clerk_has_made_larger_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(MAKERS["Excel"](BAD.read_bytes()))
    content = parts(marked(path))
    name = "xl/drawings/commentsDrawing2.vml"
    [(height, anchor)] = re.findall(
        rb"height:([\d.]+)pt;z-index:2;.*?<x:Anchor>([^<]*)", content[name], re.DOTALL
    )
    assert (height, anchor) == (b"138.25", b"5, 15, 5, 2, 7, 31, 15, 1")
    content[name] = (
        content[name].replace(b"height:138.25pt", b"height:178.25pt").replace(b"31, 15, 1", b"31, 18, 1")
    )

    undone = parts(unmarked(packed(content), file=path.name))[name]
    assert b"height:99.25pt;z-index:2" in undone
    assert b"<x:Anchor>5, 15, 5, 2, 7, 31, 12, 1<" in undone


def test_a_comment_to_which_the_clerk_has_added_keeps_what_was_added(tmp_path: Path) -> None:
    content = parts(marked(BAD))
    name = next(one for one in content if "omments" in one and "【警告】".encode() in content[one])
    text = content[name].decode()
    first = the(re.search(r"【警告】[^<]*", text)).group()
    content[name] = text.replace(first, f"{first}\n已问过办公室", 1).encode()

    said = comments(unmarked(packed(content), file="年报.xlsx"))
    assert [one for key, one in said.items() if one != comments(BAD.read_bytes()).get(key)] == [
        "\n已问过办公室"
    ]


def test_a_clerks_own_red_cell_stays_red(tmp_path: Path) -> None:
    book = load_workbook(BAD)
    from openpyxl.styles import PatternFill

    book[REQUESTS]["J12"].fill = PatternFill("solid", fgColor="F88888")
    path = tmp_path / "年报.xlsx"
    book.save(path)
    content = marked(path)

    assert fills(unmarked(content, file=path.name)) == fills(path.read_bytes())


def test_the_sheet_of_findings_may_be_deleted_or_renamed(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(marked(BAD)))
    del book["检查结果"]
    stream = io.BytesIO()
    book.save(stream)
    assert highlights(unmarked(stream.getvalue(), file="年报.xlsx")) == {}

    content = parts(marked(BAD))
    content["xl/workbook.xml"] = content["xl/workbook.xml"].decode().replace("检查结果", "待办").encode()
    assert (
        load_workbook(io.BytesIO(unmarked(packed(content), file="年报.xlsx"))).sheetnames
        == load_workbook(BAD).sheetnames
    )


# ---------------------------------------------------------------- single cells and styles


@pytest.mark.parametrize("turned", [False, True])
def test_a_cell_shows_the_worst_of_its_findings_in_whatever_order_they_come(
    tmp_path: Path, turned: bool
) -> None:
    path = save(sound(), tmp_path / "年报.xlsx")
    place = (Place(path.name, REQUESTS, cell="E8"),)
    problems = [
        Problem("jump", Severity.NOTICE, "变化大", "请看", place),
        Problem("balance", Severity.ERROR, "不平", "请改", place),
    ]
    content = workbook.mark(path.read_bytes(), problems[:: -1 if turned else 1], file=path.name)

    assert highlights(content) == {(REQUESTS, "E8"): RED}
    assert comments(content)[REQUESTS, "E8"] == f"{HEAD}\n【错误】不平。请改。\n【提示】变化大。请看。"


def test_a_workbook_without_styles_gets_some(tmp_path: Path) -> None:
    content = parts(BAD.read_bytes())
    del content["xl/styles.xml"]
    for name, part in content.items():
        if name.endswith((".rels", "].xml")):
            content[name] = re.sub(rb"<(?:Relationship|Override)[^>]*styles[^>]*/>", b"", part)
        elif name.startswith("xl/worksheets/"):
            bare = re.sub(rb"<conditionalFormatting.*</conditionalFormatting>", b"", part)
            content[name] = re.sub(rb' (?:s|style)="\d+"', b"", bare)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(packed(content))

    assert highlights(marked(path))["二、主动公开政府信息情况", "D7"] == RED
    assert workbook.mark(marked(path), findings(path), file=path.name) == marked(path)


def test_styles_without_differential_ones_have_none_again(tmp_path: Path) -> None:
    content = parts(BAD.read_bytes())
    for name, part in content.items():
        bare = re.sub(rb"<conditionalFormatting.*</conditionalFormatting>", b"", part)
        content[name] = re.sub(rb"<dxfs.*</dxfs>", b"", bare)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(packed(content))
    after = parts(marked(path))["xl/styles.xml"]
    undone = parts(unmarked(marked(path), file=path.name))["xl/styles.xml"]

    assert [child.tag.partition("}")[2] for child in etree.fromstring(after)][-4:] == [
        "cellStyles",
        "dxfs",
        "tableStyles",
        "colors",
    ]
    assert canonical(undone) == canonical(content["xl/styles.xml"])

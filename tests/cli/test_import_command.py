"""`nianbao import`, and other commands upon published files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nianbao.app import reading, sources
from nianbao.app.outcome import Usage
from nianbao.media import exchange
from nianbao.report import ProblemsFound, Unreadable

from tests.media.webpage.page_samples import page
from tests.reports import sound, take
from tests.runner import nianbao


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "年报.html"
    path.write_text(page(take(sound())), encoding="utf-8")
    return path


def test_a_page_becomes_a_workbook_that_checks(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "导入.xlsx"
    result = nianbao("import", published, "-o", target)

    assert (result.code, result.out) == (
        0,
        "某某市财政局 2025 年（2021 版），机关类型：部门，数据 200 格，读出数字 200 格，文字 12 段\n"
        f"{target}\n",
    )
    found, wanted = reading.read(target), take(sound())
    assert {key: one.number for key, one in found.figures.items()} == {
        key: one.number for key, one in wanted.figures.items()
    }
    assert nianbao("check", target).code == 0


def test_the_places_of_all_figures_can_be_had(published: Path, tmp_path: Path) -> None:
    result = nianbao("import", published, "-o", tmp_path / "导入.json", "--json")
    document = json.loads(result.out)

    assert len(document["figures"]) == 200
    assert document["figures"]["requests.carried_in.total"] == {
        "text": "15",
        "state": "number",
        "part": "正文",
        "cell": "表 2 第 5 行第 10 列",
        "row": "二、上年结转政府信息公开申请数量",
        "column": "总计",
    }
    assert exchange.read(tmp_path / "导入.json").organ == "某某市财政局"


def test_what_is_wrong_is_told_and_the_workbook_is_made_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(page(take(sound())).replace("本年废止件数", "本年废纸件数"), encoding="utf-8")
    result = nianbao("import", path, "-o", tmp_path / "导入.xlsx")

    assert result.code == 1
    assert "“本年废纸件数”与规定不同，应为“本年废止件数”" in result.err
    assert (tmp_path / "导入.xlsx").is_file()


def test_what_is_not_there_at_all_is_told(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    content = page(take(sound()), {"disputes": lambda rows: "<p>表略</p>"})
    path.write_text(content, encoding="utf-8")
    result = nianbao("import", path, "-o", tmp_path / "导入.xlsx")

    assert result.code == 1
    assert [line.partition("：")[2] for line in result.err.splitlines() if line.startswith("错误")] == [
        "“四、政府信息公开行政复议、行政诉讼情况”的表格没有任何数字。请填这张表；没有发生的填 0。"
    ]


def test_organ_and_year_that_the_document_does_not_name_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(page(take(sound()), title="<h1>年度报告</h1>"), encoding="utf-8")
    result = nianbao("import", path, "-o", tmp_path / "导入.xlsx")

    assert (result.code, result.out) == (1, "")
    assert "--organ" in result.err
    assert "--year" in result.err
    assert not (tmp_path / "导入.xlsx").exists()
    result = nianbao(
        "import", path, "-o", tmp_path / "导入.xlsx", "--organ", "某某市财政局", "--year", "2025"
    )
    assert (result.code, reading.read(tmp_path / "导入.xlsx").year) == (0, 2025)


def test_the_kind_of_reporter_that_no_name_tells_is_left_blank_or_given(tmp_path: Path) -> None:
    path, target = tmp_path / "年报.html", tmp_path / "导入.xlsx"
    path.write_text(page(take(sound() | {"organ": "某某开发区管委会"})), encoding="utf-8")
    blank = nianbao("import", path, "-o", target)
    blank_kinds = len(reading.read(target).kinds)
    given = nianbao("import", path, "-o", target, "--reporter", "县级政府汇总", "--force")

    assert "机关类型看不出，" in blank.out
    assert (blank_kinds, "机关类型：县级政府汇总，" in given.out) == (7, True)
    assert reading.read(target).reporter_name == "县级政府汇总"


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("某某市财政局2025年政府信息公开工作年度报告", "某某市财政局", 2025),
        ("某某市财政局 2025 年度政府信息公开年度报告", "某某市财政局", 2025),
        ("2025年某某市财政局政府信息公开工作年度报告", "某某市财政局", 2025),
        ("某某市财政局政府信息公开工作2025年度报告", "某某市财政局", 2025),
        ("某某市财政局二〇二五年政府信息公开工作年度报告", "某某市财政局", 2025),
        ("某某市财政局２０２５年政府信息公开工作年度报告（全文）", "某某市财政局", 2025),
        ("关于某某市财政局2025年政府信息公开工作情况的报告", "某某市财政局", 2025),
        ("某某市财政局<br>2025年政府信息公开<br>工作年度报告", "某某市财政局", 2025),
    ],
)
def test_titles_name_organ_and_year_however_they_are_worded(title: str, organ: str, year: int) -> None:
    from tests.media.webpage.page_samples import take as read

    found = read(page(take(sound()), title=f"<h1>{title}</h1>"))

    assert (found.organ, found.year) == (organ, year)


SITE = (
    "<div class=nav><ul><li><a href=/>首页</a></li><li>一、总体情况</li>"
    "<li>五、存在的主要问题及改进情况</li></ul></div>"
    "<div>当前位置：首页 &gt; 政务公开</div>"
)
BELOW = (
    "<div class=share>分享到：</div><div>上一篇：别的报告</div><div>主办单位：某某市人民政府　网站地图</div>"
)


@pytest.mark.parametrize("code", ["utf-8", "gb2312", "gbk", "gb18030", "utf-16"])
def test_the_site_around_a_report_is_left_out_whatever_the_code(code: str) -> None:
    from tests.media.webpage.page_samples import paragraphs, texts
    from tests.media.webpage.page_samples import take as read

    report = take(sound())
    html = page(report, before=SITE, after=BELOW, head=f"<meta charset={code}><title>某某网站</title>")
    found = read(html.encode(code))

    assert texts(found) == texts(report)
    assert paragraphs(found) == paragraphs(report)
    assert (found.issued_by, found.date_line) == (report.issued_by, report.date_line)
    assert found.unplaced == {}
    assert found.reading == ()


def test_a_page_that_says_another_code_than_it_has_is_read() -> None:
    from tests.media.webpage.page_samples import take as read

    html = page(take(sound()), head="<meta charset=gb2312>")
    assert read(html.encode("utf-8")).organ == "某某市财政局"


def test_characters_that_no_code_has_are_told() -> None:
    from tests.media.webpage.page_samples import take as read

    content = (
        page(take(sound()), head="<meta charset=gbk>")
        .encode("gbk")
        .replace("若干".encode("gbk"), b"\xff\xff")
    )
    found = read(content)

    assert [problem.code for problem in found.reading] == ["encoding"]


@pytest.mark.parametrize("name", ["年报.xlsb", "年报.ofd", "年报.txt", "年报"])
def test_other_kinds_of_file_say_what_to_do(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(Unreadable) as caught:
        reading.read(tmp_path / name)
    assert [one.code for one in caught.value.problems] == ["file-kind"]


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x00\x01", "没有报告".encode()])
def test_a_page_without_a_report_is_told_to_be_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_bytes(content)
    with pytest.raises(ProblemsFound):
        reading.read(path)


def test_a_folder_stands_for_its_workbooks_and_for_published_reports_where_it_has_none(
    tmp_path: Path,
) -> None:
    for name in ("甲.xlsx", "甲.docx", "甲.pdf", "乙.json"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in sources.expand([tmp_path])] == ["乙.json", "甲.xlsx"]
    for name in ("甲.xlsx", "乙.json"):
        (tmp_path / name).unlink()
    assert [path.name for path in sources.expand([tmp_path])] == ["甲.docx", "甲.pdf"]
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(Usage):
        sources.expand([tmp_path])


def test_a_very_deep_page_is_read_or_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    for depth in (200, 1500):
        path.write_text("<div>" * depth + page(take(sound())) + "</div>" * depth, encoding="utf-8")
        assert reading.read(path).organ == "某某市财政局"
    path.write_text("<div>" * 50_000 + page(take(sound())), encoding="utf-8")
    with pytest.raises(ProblemsFound):
        reading.read(path)


def test_json_is_printed_whatever_becomes_of_the_file(published: Path, tmp_path: Path) -> None:
    there = tmp_path / "有.xlsx"
    there.write_bytes(b"older")
    (tmp_path / "空.html").write_bytes(b"")

    for source, output, code, figures, problems in (
        (published, there, 1, 200, ["exists"]),
        (published, tmp_path / "新.xlsx", 0, 200, []),
        (tmp_path / "没有.html", tmp_path / "a.xlsx", 3, 0, ["file-access"]),
        (tmp_path / "空.html", tmp_path / "a.xlsx", 3, 0, ["damaged"]),
    ):
        result = nianbao("import", source, "-o", output, "--json")
        document = json.loads(result.out)
        assert (result.code, result.err) == (code, "")
        assert [one["code"] for one in document["problems"]] == problems
        assert len(document["figures"]) == figures
        assert document["file"] == ("" if problems else str(output))

"""`generate --charts`: the drawings in Word, PDF and page, and the report itself as it was."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from lxml import etree

pytest.importorskip("matplotlib", reason="needs the extra charts", exc_type=ImportError)

from nianbao.app import charts, reading
from nianbao.app.build_id import TEMPLATES
from nianbao.app.generate import prepare
from nianbao.media import fonts, word
from nianbao.media.charts import Drawing
from nianbao.media.word import html
from nianbao.report import PREFACE, ProblemsFound, Report

from tests.paths import ROOT
from tests.runner import nianbao as nianbao_here
from tests.runner import spawn

VALIDATOR = ROOT / ".cache" / "ooxml-validator"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORGAN = "某某市示例局"
RECEIVED = "本年新收、上年结转政府信息公开申请数量"
CAPTIONS = [
    f"图1　2023—2025年{RECEIVED}",
    "图2　2023—2025年本年度办理结果",
    "图3　2023—2025年行政复议情况",
    "图4　2023—2025年行政诉讼情况",
]

Sound = Callable[..., dict[str, Any]]
Read = Callable[[dict[str, Any]], Report]
Nianbao = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def save(sound: Sound) -> Callable[..., Path]:
    """Write a sound report as a file, with particulars or tables changed."""

    def write(year: int, name: str = "", **changed: Any) -> Path:
        path = Path(f"{name or year}.json")
        path.write_text(json.dumps(sound(year, **changed)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def years(save: Callable[..., Path]) -> list[Path]:
    """Three years' reports, the last first."""
    return [save(2025), save(2024), save(2023)]


def made(nianbao: Nianbao, *words: str | Path) -> list[Path]:
    """What a run has made, by its own words."""
    code, out, err = nianbao("generate", *words, "-o", "成果")
    assert code == 0, err
    return [Path(line) for line in out.splitlines()]


def with_last(years: list[Path]) -> list[str | Path]:
    first, *earlier = years
    return [first, "--charts", *(word for path in earlier for word in ("--last-year", path))]


class Charted(NamedTuple):
    """What one run has made of a report with its charts, and the drawings that stand in it."""

    document: Path
    page: Path
    printed: Path
    drawings: tuple[Drawing, ...]


@pytest.fixture(scope="module")
def charted(sound: Sound, tmp_path_factory: pytest.TempPathFactory) -> Charted:
    """Three years' charts in every kind of file; the tests only look at them."""
    folder = tmp_path_factory.mktemp("charted")
    years = [folder / f"{year}.json" for year in (2025, 2024, 2023)]
    for path in years:
        path.write_text(json.dumps(sound(int(path.stem))), encoding="utf-8")
    kinds = ("--html", "--pdf") if find_spec("weasyprint") else ("--html",)
    code, out, err = nianbao_here("generate", *with_last(years), *kinds, "-o", folder / "成果")
    assert code == 0, err
    document, page, *pdf = map(Path, out.splitlines())
    drawings = tuple(charts.draw([reading.read(path) for path in years]))
    return Charted(document, page, pdf[0] if pdf else folder, drawings)


def captions(path: str | Path) -> list[str]:
    """The captions of a document, without the heading over them."""
    texts = [one.text for one in docx.Document(str(path)).paragraphs]
    return [one for one in texts if re.match(r"图\d", one)]


def body(document: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        found = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert found is not None
    return list(found)


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def merged(report: Report, template: bytes | None = None) -> bytes:
    content = template or (TEMPLATES / "2021.docx").read_bytes()
    return word.merge(word.Template(content, "模板.docx"), report)


def changed(template: bytes, part: str, *pairs: tuple[str, str]) -> bytes:
    """The template with words of one part replaced."""
    kept = parts(template)
    text = kept[part].decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, text if name == part else content)
    return out.getvalue()


def test_drawings_stand_behind_the_report_and_change_nothing_before(
    nianbao: Nianbao, years: list[Path]
) -> None:
    [plain] = made(nianbao, years[0])
    before = body(plain.read_bytes())
    [path] = made(nianbao, *with_last(years), "--force")
    after = body(path.read_bytes())

    blocks = [etree.tostring(one, method="c14n") for one in after]
    *text, section = [etree.tostring(one, method="c14n") for one in before]
    assert blocks[: len(text)] == text
    assert blocks[-1] == section
    added = docx.Document(str(path)).paragraphs[-9:]
    assert [one.text for one in added] == [
        "图解", *(line for caption in CAPTIONS for line in ("", caption))
    ]  # fmt: skip
    assert [one.style.name for one in added[:3]] == ["图解标题", "图", "图题"]  # type: ignore[union-attr]
    assert added[0].paragraph_format.page_break_before
    assert all(one.paragraph_format.page_break_before is None for one in added[1:])


def test_each_picture_has_its_words_and_both_of_its_files(charted: Charted) -> None:
    content = charted.document.read_bytes()
    drawings = charted.drawings

    found = [one for block in body(content) for one in block.iter(f"{WP}inline")]
    named = [one.find(f"{WP}docPr") for one in found]
    assert [one.get("descr") for one in named if one is not None] == [one.alt for one in drawings]
    assert [one.get("name") for one in named if one is not None] == ["图1", "图2", "图3", "图4"]
    assert len({one.get("id") for one in named if one is not None}) == 4
    kept = parts(content)
    links = {
        one.get("Id"): one.get("Target") for one in etree.fromstring(kept["word/_rels/document.xml.rels"])
    }
    for element, drawing in zip(found, drawings, strict=True):
        [blip] = element.iter(f"{A}blip")
        [vector] = element.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")
        assert kept[f"word/{links[blip.get(f'{R}embed')]}"] == drawing.png
        assert kept[f"word/{links[vector.get(f'{R}embed')]}"].decode() == drawing.outlined
        [extent] = element.iter(f"{WP}extent")
        assert int(extent.get("cx", "")) == 156 * 36000
        assert int(extent.get("cy", "")) == round(drawing.height * 36000)


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
@pytest.mark.parametrize("draft", [False, True])
def test_word_takes_it(nianbao: Nianbao, years: list[Path], charted: Charted, draft: bool) -> None:
    [path] = made(nianbao, *with_last(years), "--draft") if draft else [charted.document]

    done = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, check=False)

    assert json.loads(done.stdout)["errors"] == []


def test_the_pdf_has_the_pictures_with_their_words_and_stays_archival(charted: Charted) -> None:
    pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)
    import pikepdf

    def figures(node: Any) -> list[str]:
        if isinstance(node, pikepdf.Array):
            return [said for one in node for said in figures(one)]
        if not isinstance(node, pikepdf.Dictionary):
            return []
        own = [str(node.Alt)] if node.get("/S") == "/Figure" else []
        return own + figures(node.get("/K"))

    with pikepdf.open(charted.printed) as pdf:
        assert figures(pdf.Root.StructTreeRoot) == [one.alt for one in charted.drawings]
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>1</pdfaid:part>" in metadata  # nothing is transparent
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata  # and every picture has its words
        pictures = {name for one in pdf.pages for name in one.get_images()}
    assert len(pictures) == 4


def test_the_charts_of_one_report_stand_on_one_page(nianbao: Nianbao, years: list[Path]) -> None:
    pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)
    import pikepdf

    counts = []
    for more in ((), ("--charts",)):
        path, printed = made(nianbao, years[0], "--pdf", "--force", *more)
        with pikepdf.open(printed) as pdf:
            counts.append(len(pdf.pages))

    assert len(captions(path)) == 3
    assert counts[1] == counts[0] + 1


def test_nothing_of_it_is_lost_on_the_way_to_the_page(charted: Charted) -> None:
    paged = html.convert(charted.document.read_bytes(), charted.document.name, fonts)

    assert paged.problems == ()
    assert paged.html.count("<img ") == 4
    assert [one for one in CAPTIONS if one not in re.sub("<[^>]*>", "", paged.html)] == []


def test_the_web_page_has_the_drawings_below_the_report(charted: Charted) -> None:
    text = charted.page.read_text(encoding="utf-8")

    assert re.findall(r"<figcaption>(.*?)</figcaption>", text) == CAPTIONS
    assert all(one.svg in text for one in charted.drawings)
    places = [text.index(one) for one in ('class="signed"', 'id="section-charts">图解</h2>', "</article>")]
    assert places == sorted(places)
    names = re.findall(r'\sid="([^"]*)"', text)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("signed", [True, False])
def test_what_is_read_back_is_the_report_without_its_charts(
    nianbao: Nianbao, save: Callable[..., Path], signed: bool
) -> None:
    unsigned = {} if signed else {"issued_by": "", "date_line": ""}
    source = save(2025, **unsigned)
    plain = made(nianbao, source, "--html", "--pdf")
    told = [_said(reading.read(path)) for path in plain]

    charted = made(nianbao, source, "--charts", "--html", "--pdf", "--force")

    assert [path.suffix for path in charted] == [".docx", ".html", ".pdf"]
    assert [_said(reading.read(path)) for path in charted] == told


def _said(report: Report) -> object:
    texts = {key: [one.text for one in each] for key, each in report.narratives.items()}
    return (
        {key: one.text for key, one in report.figures.items()},
        texts,
        texts[PREFACE],
        report.issued_by,
        report.date_line,
        report.title,
    )


def test_a_narrower_page_gets_smaller_drawings(sound: Sound, read: Read) -> None:
    report = read(sound())
    template = changed(
        (TEMPLATES / "2021.docx").read_bytes(), "word/document.xml", ('w:left="1587"', 'w:left="3288"')
    )
    [drawing, *_] = charts.draw([report])

    document = word.illustrate(merged(report, template), [drawing])

    [extent] = [one for block in body(document) for one in block.iter(f"{WP}extent")]
    wide, high = (int(extent.get(side, "")) / 36000 for side in ("cx", "cy"))
    assert wide == pytest.approx(126.0, abs=0.1)  # 30 mm less
    assert high / wide == pytest.approx(drawing.height / drawing.width, rel=1e-4)


def test_a_template_keeps_its_own_style_of_captions(sound: Sound, read: Read) -> None:
    report = read(sound())
    own = '<w:style w:type="paragraph" w:styleId="ChartCaption"><w:name w:val="我的图题"/></w:style>'
    template = changed(
        (TEMPLATES / "2021.docx").read_bytes(), "word/styles.xml", ("</w:styles>", f"{own}</w:styles>")
    )

    document = word.illustrate(merged(report, template), charts.draw([report]))

    names = re.findall(
        r'w:styleId="Chart[^>]*>\s*<w:name w:val="([^"]*)"', parts(document)["word/styles.xml"].decode()
    )
    assert names == ["我的图题", "图解标题", "图"]


def test_pictures_of_the_template_keep_their_names_and_numbers(sound: Sound, read: Read) -> None:
    report = read(sound())
    drawings = charts.draw([report])

    twice = word.illustrate(word.illustrate(merged(report), drawings), drawings)

    numbers = [one.get("id") for block in body(twice) for one in block.iter(f"{WP}docPr")]
    assert numbers == ["1", "2", "3", "4", "5", "6"]
    assert sum(name.startswith("word/media/") for name in parts(twice)) == 12
    links = [one.get("Id") for one in etree.fromstring(parts(twice)["word/_rels/document.xml.rels"])]
    assert len(links) == len(set(links))


def test_without_drawings_a_document_stays_as_it_is(sound: Sound, read: Read) -> None:
    document = merged(read(sound()))

    assert word.illustrate(document, ()) == document


def test_the_same_report_gives_the_same_document_in_this_process_and_in_others(
    nianbao: Nianbao, save: Callable[..., Path]
) -> None:
    Path("各局").mkdir()
    for name in "甲乙":
        save(2025, f"各局/{name}", organ=f"{name}局")
    here = made(nianbao, "各局", "--charts", "--jobs", "1")
    first = [path.read_bytes() for path in here]
    for path in here:
        path.unlink()

    there = made(nianbao, "各局", "--charts", "--jobs", "2")

    assert [path.read_bytes() for path in there] == first


def test_what_has_not_changed_is_left_alone(nianbao: Nianbao, years: list[Path], sound: Sound) -> None:
    def state(*words: str | Path) -> str:
        _, out, _ = nianbao("generate", *words, "-o", "成果", "--json", "--force")
        return str(json.loads(out)["made"][0]["state"])

    assert [state(*with_last(years)) for _ in range(2)] == ["made", "unchanged"]
    assert state(years[0], "--charts") == "made"
    assert state(years[0]) == "made"
    assert state(*with_last(years)) == "made"
    document = sound(2024)
    document["table3"]["一、本年新收政府信息公开申请数量"][-1] += 1
    years[1].write_text(json.dumps(document), encoding="utf-8")
    assert state(*with_last(years)) == "made"
    document["sections"]["六"] = "没有画进图里的文字。"
    years[1].write_text(json.dumps(document), encoding="utf-8")
    assert state(*with_last(years)) == "unchanged"


def test_each_organ_of_a_folder_gets_its_own_years(nianbao: Nianbao, save: Callable[..., Path]) -> None:
    Path("各局").mkdir()
    for name in "甲乙":
        save(2025, f"各局/{name}", organ=f"{name}局")
    earlier = [save(2024, "往年甲", organ="甲局"), save(2023, "更早甲", organ="甲局")]
    words: list[str | Path] = [word for path in earlier for word in ("--last-year", path)]

    code, out, err = nianbao("generate", "各局", "--charts", *words, "-o", "成果")

    first, second = (captions(line)[:1] for line in sorted(out.splitlines(), key=lambda line: "乙局" in line))
    assert (code, first) == (0, [CAPTIONS[0]])
    assert second == [f"图1　2025年{RECEIVED}（申请人情况）"]
    assert err.splitlines()[0] == (
        "警告 乙.json：--last-year 给出的报告中没有本机关 2025 年以前的，图解只有本年。"
        "请核对这些报告的机关名称和年度；要画各年变化的请补上往年的报告。"
    )


def test_the_only_report_takes_whatever_years_it_is_given(
    nianbao: Nianbao, save: Callable[..., Path]
) -> None:
    [path] = made(nianbao, *with_last([save(2025), save(2024, organ="某某市示例局（旧名）"), save(2023)]))

    assert captions(path) == CAPTIONS
    with zipfile.ZipFile(path) as package:
        assert "旧名" not in package.read("word/document.xml").decode()


def test_the_report_itself_and_later_ones_are_not_earlier_years(
    nianbao: Nianbao, save: Callable[..., Path]
) -> None:
    code, out, err = nianbao(
        "generate", save(2025), "--charts", "--last-year", save(2025, "同年"), "--last-year", save(2026)
    )

    assert (code, "没有本机关 2025 年以前的" in err) == (0, True)
    assert captions(out.strip())[0] == f"图1　2025年{RECEIVED}（申请人情况）"


def test_a_chart_that_would_show_nothing_is_told_of(nianbao: Nianbao, save: Callable[..., Path]) -> None:
    nothing = {key: [0] * 5 for key in ("行政复议", "未经复议直接起诉", "复议后起诉")}

    code, out, err = nianbao("generate", save(2025, table4=nothing), "--charts")

    assert captions(out.strip()) == [f"图1　2025年{RECEIVED}（申请人情况）", "图2　2025年本年度办理结果"]
    assert (code, err) == (
        0,
        "提示 2025.json：图解中没有“2025年政府信息公开行政复议、行政诉讼情况”：全部是 0。"
        "没有这样的事项就不必处理；有的话请核对是否漏填。\n",
    )


def test_with_nothing_to_draw_there_is_no_page_for_it(read: Read, sound: Sound) -> None:
    report = read(sound())
    empty = replace(report, figures={key: replace(one, number=0) for key, one in report.figures.items()})

    found = charts.chart(empty)

    assert found.drawings == ()
    assert [one.code for one in found.problems] == ["chart-left-out"] * 3


def test_last_year_is_for_charts_only(nianbao: Nianbao, years: list[Path]) -> None:
    code, out, err = nianbao("generate", years[0], "--last-year", years[1])

    assert (code, out) == (2, "")
    assert err == "generate 的 --last-year 要与 --charts 一起用。用法见 nianbao --help\n"


def test_a_year_that_cannot_be_read_stops_the_run_before_anything_is_made(
    nianbao: Nianbao, years: list[Path]
) -> None:
    code, out, err = nianbao("generate", years[0], "--charts", "--last-year", "没有.json")

    assert (code, out, err) == (3, "", "错误 没有.json：没有这个文件或文件夹。请核对路径。\n")
    assert not Path("output").exists()


def test_without_the_library_the_run_says_how_to_get_it(
    nianbao: Nianbao, years: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    code, out, err = nianbao("generate", years[0], "--charts")

    assert (code, out) == (1, "")
    assert err == (
        "错误 没有安装画图解所需的组件。"
        '请在程序所在的文件夹中运行 pip install ".[charts]"；或不加 --charts。\n'
    )
    assert nianbao("generate", years[0])[0] == 0


def test_without_a_chinese_font_there_is_a_problem_and_no_boxes(
    years: list[Path], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv(fonts.FOLDERS, str(folder))

    code, out, err = spawn("generate", years[0], "--charts")

    assert (code, out) == (1, "")
    assert err.splitlines()[0] == (
        "错误 没有一种已安装的字体含有图解中“0”的全部的字，会印成空框。"
        "请安装中文字体，如 fonts-noto-cjk；已装的字体见 nianbao fonts。"
    )


def test_what_workers_are_sent_has_no_path_and_no_text(years: list[Path]) -> None:
    asked = prepare(charts=True, earlier=years[1:], sources=[years[0]])

    sent = pickle.loads(pickle.dumps(asked))

    assert (sent, sent.digest) == (asked, asked.digest)
    assert [one.year for one in asked.earlier[charts.ANY]] == [2024, 2023]
    assert "一网通办" not in repr(asked.earlier)


def test_other_fonts_make_another_order_where_there_are_charts(folder: Path) -> None:
    program = (
        "from pathlib import Path; from nianbao.app.generate import prepare\n"
        "print(*(prepare(charts=charts).digest for charts in (True, False)))"
    )
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    (charted, plain), (charted_elsewhere, plain_elsewhere) = (
        subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
        ).stdout.split()
        for env in (paths, {**paths, fonts.FOLDERS: str(folder)})
    )

    assert (charted == charted_elsewhere, plain == plain_elsewhere) == (False, True)


def test_drawing_by_hand_refuses_a_letter_that_no_font_has(read: Read, sound: Sound) -> None:
    reports = [read(sound(organ=f"{name}局")) for name in ("甲", "\U0010fffd")]

    with pytest.raises(ProblemsFound) as caught:
        charts.draw(reports)

    assert [one.code for one in caught.value.problems] == ["chart-font"]

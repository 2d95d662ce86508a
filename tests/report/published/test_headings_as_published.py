"""The six headings found, however they are worded, numbered, or run into what stands around them."""

from __future__ import annotations

import pytest
from nianbao.app import reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import word
from nianbao.report import Report

from tests.media.webpage.page_samples import page, paragraphs, said, take, texts
from tests.media.word.reading.test_dialects import changed
from tests.reports import sound
from tests.reports import take as entered

OVERVIEW, DISCLOSURE = "一、总体情况", "二、主动公开政府信息情况"
REQUESTS, DISPUTES = "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"
IMPROVEMENT, OTHER = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"


@pytest.fixture(scope="module")
def report() -> Report:
    return entered(sound())


def headed(report: Report, heading: str, printed: str) -> Report:
    """The report read from a page on which a heading, its own paragraph, is replaced."""
    return take(page(report).replace(f"<p><strong>{heading}</strong></p>", printed))


@pytest.mark.parametrize(
    ("heading", "worded"),
    [
        (OVERVIEW, "一、基本情况和工作成效"),
        (OVERVIEW, "一．概述"),
        (DISCLOSURE, "二、主动公开情况"),
        (DISCLOSURE, "主动公开政府信息统计表"),
        (REQUESTS, "三、依申请公开办理情况"),
        (DISPUTES, "四、复议诉讼"),
        (IMPROVEMENT, "五、不足与打算"),
        (IMPROVEMENT, "第五部分 不足与打算"),
        (OTHER, "六、附则"),
        (OTHER, "六、需要说明的事项与附表"),
        (OTHER, "需要报告的事项"),
    ],
)
def test_a_heading_in_other_words_is_found_and_told(heading: str, worded: str, report: Report) -> None:
    found = headed(report, heading, f"<p>{worded}</p>")

    told = worded.replace(" ", "")
    assert said(found) == [("label-differs", f"标题“{told}”与规定不同，应为“{heading}”")]
    assert (texts(found), paragraphs(found)) == (texts(report), paragraphs(report))


@pytest.mark.parametrize("worded", ["六、附则。没有收取信息处理费。", "六、其他情况：没有收取信息处理费。"])
def test_a_heading_in_other_words_that_runs_into_its_text(worded: str, report: Report) -> None:
    whole = page(report).replace("<p>　　没有收取信息处理费。</p>", "")
    found = take(whole.replace(f"<p><strong>{OTHER}</strong></p>", f"<p>{worded}</p>"))

    assert [code for code, _ in said(found)] == ["label-differs"]
    assert paragraphs(found) == paragraphs(report)


@pytest.mark.parametrize(
    "printed",
    [
        "<p>五、加强培训。</p><p>六、加强检查。</p>",  # a list of a text
        "<p>五、加强培训</p><p>每季一次。</p><p>六、加强检查</p>",
        "<p>（六）其他工作</p>",
        "<p>六、本年没有收取信息处理费，也没有减免；其他事项见网站。</p>",
        "",
    ],
)
def test_what_only_looks_like_a_heading_is_none(printed: str, report: Report) -> None:
    found = headed(report, OTHER, printed)

    assert said(found) == [("heading-missing", f"没有标题“{OTHER}”，或者次序不对")]
    assert found.narratives["other_matters"] == ()


def test_a_list_of_contents_is_not_taken_for_headings_in_other_words(report: Report) -> None:
    contents = "".join(f"<p>{line}</p>" for line in ("一、概况", *(DISCLOSURE, REQUESTS, DISPUTES)))
    whole = page(report).replace(f"<p><strong>{OVERVIEW}</strong></p>", "<p>一、概况</p>")

    found = take(whole.replace("</h1>", f"</h1>{contents}"))

    assert paragraphs(found)["overview"] == paragraphs(report)["overview"]


@pytest.mark.parametrize("between", ["", " ", "<br>"])
@pytest.mark.parametrize("behind", ["</p><p>", "", "<br>"])
def test_a_heading_that_has_run_into_the_text_before_it_is_found(
    between: str, behind: str, report: Report
) -> None:
    before, after = "政策解读不够及时。", "没有收取信息处理费。"
    texts_now = sound()["sections"] | {"五": before, "六": after}
    wanted = entered(sound() | {"sections": texts_now})
    joined = f"{before}{between}{OTHER}{behind}{after}"

    found = take(
        page(wanted)
        .replace(f"<p><strong>{OTHER}</strong></p>", "")
        .replace(f"<p>　　{before}</p>", f"<p>　　{joined}</p>")
        .replace(f"<p>　　{after}</p>", "")
    )

    assert said(found) == []
    assert paragraphs(found) == paragraphs(wanted)


def test_headings_of_a_word_file_are_found_in_the_same_way(report: Report) -> None:
    path = TEMPLATES / "2021.docx"
    document = word.merge(word.Template(path.read_bytes(), path.name), report)

    def change(name: str, part: bytes) -> bytes:
        text = part.decode() if name == "word/document.xml" else ""
        joined = text.replace(OTHER, "六、附则").replace(
            ">全年公开信息", f">公布如下。{OVERVIEW}全年公开信息"
        )
        joined = joined.replace(f">{OVERVIEW}<", "><")
        assert not text or (joined.count("六、附则"), joined.count(OVERVIEW)) == (1, 1)
        return joined.encode() or part

    found = reading.read_content(changed(document, change), "年报.docx")

    assert said(found) == [("label-differs", f"标题“六、附则”与规定不同，应为“{OTHER}”")]
    preface, overview = (paragraphs(report)[key] for key in ("preface", "overview"))
    assert paragraphs(found) == paragraphs(report) | {
        "preface": [*preface, overview[0], "公布如下。"],
        "overview": overview[1:],
    }

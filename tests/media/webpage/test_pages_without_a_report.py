"""A page whose report a browser would fetch, show by scripts or offer as an attachment says so."""

from __future__ import annotations

import json

import pytest
from nianbao.app import reading
from nianbao.report import ProblemsFound

BROWSER = "请用浏览器打开网页，等正文显示后另存为“网页，单个文件”（.mhtml），或者打印成 PDF。"
TITLE = "<h1>甲局2025年政府信息公开工作年度报告</h1>"
TEXTS = [
    "一、总体情况",
    "全年公开信息若干条。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
]
PAGES = {
    "written in a script": (
        f"<script>var report = {json.dumps(TEXTS, ensure_ascii=False)}</script><div id=app></div>",
        f"报告的正文写在网页的脚本里，要由浏览器显示，文件里没有可以读的正文。{BROWSER}",
    ),
    "written in signs": (
        f"<p>{'站点的文字' * 60}</p><script type='application/json'>{json.dumps(TEXTS)}</script>",
        f"报告的正文写在网页的脚本里，要由浏览器显示，文件里没有可以读的正文。{BROWSER}",
    ),
    "fetched by a script": (
        "<div id=root></div><script src=app.js></script>",
        f"网页的正文要由脚本取来显示，文件里没有。{BROWSER}",
    ),
    "an attachment": (
        f"{TITLE}<p>附件：<a href='P020260101.pdf'>甲局2025年年度报告</a></p>",
        "网页里没有报告的正文，只有附件“甲局2025年年度报告”。请下载这个附件，导入附件。",
    ),
    "pictures": (
        f"{TITLE}<p><img src=1.jpg></p><p><img src=2.jpg width=800></p>",
        "网页里的报告是图片，没有文字。请用文字版的报告；没有的，请在工作簿中填写。",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_where_the_report_is_instead(name: str) -> None:
    body, told = PAGES[name]

    with pytest.raises(ProblemsFound) as caught:
        reading.read_content(f"<html><body>{body}</body></html>".encode(), "年报.html")

    assert [(one.code, str(one)) for one in caught.value.problems] == [("elsewhere", f"年报.html：{told}")]


def test_another_page_is_told_as_before() -> None:
    body = f"<p>{'本站的通知。' * 60}</p><script>var x = 1</script><img src=1.jpg><a href=1.pdf>通知</a>"

    with pytest.raises(ProblemsFound) as caught:
        reading.read_content(f"<html><body>{body}</body></html>".encode(), "年报.html")

    assert [one.code for one in caught.value.problems] == ["heading-missing", "organ-missing", "year"]


def test_a_page_with_too_many_elements_is_not_opened() -> None:
    with pytest.raises(ProblemsFound) as caught:
        reading.read_content(b"<html><body>" + b"<b></b>" * 100_001, "年报.html")

    assert [one.code for one in caught.value.problems] == ["too-large"]

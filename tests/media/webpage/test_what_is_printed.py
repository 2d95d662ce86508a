"""Of a page is read what a person sees on it; what is left out is told, what is not certain is asked."""

from __future__ import annotations

from typing import Any

import pytest
from nianbao.media.webpage import reading
from nianbao.report import Report, State
from nianbao.report.published import Line

from tests.media.webpage.page_samples import Rows, page, paragraphs, take, texts, without

KEY = "disclosure.normative_documents.issued"
STRUCK, HIDDEN, UNSEEN = "删除线划去的文字", "隐藏的文字", "与底色同色或者透明的文字"
MARK, READING, PROMPT = "上标的注号", "文字上方的拼音", "没有填写的提示文字"


def with_cell(report: Report, content: str, head: str = "") -> str:
    """A page of the report in which the cell of KEY holds something else."""

    def change(rows: Rows) -> None:
        rows.cell(report.figures[KEY].text).text = content

    return page(report, {KEY.split(".")[0]: change}, head=f"<meta charset=utf-8>{head}")


def notices(report: Report, code: str = "not-read") -> list[str]:
    return [problem.what for problem in report.reading if problem.code == code]


def left(reason: str, text: str) -> list[str]:
    return [f"{reason}没有读入：“{text}”"]


READ = [  # what stands in the cell, the page's sheet, what is left out and why; the figure is always 58
    ("58<sup>1</sup>", "", MARK, "1"),
    ("<sup>①</sup>58", "", MARK, "①"),
    ("5<sup>1</sup>8", "", MARK, "1"),
    ("58<sup><a href='#n'>[1]</a></sup>", "", MARK, "[1]"),
    ("58<span class=n>2</span>", ".n { vertical-align: super; font-size: 60% }", MARK, "2"),
    ("58<span style='position:relative;top:-6pt;mso-text-raise:6pt'>2</span>", "", MARK, "2"),
    ("58<small>a</small>", "", MARK, "a"),
    ("58<a role=doc-noteref href='#n'>3</a>", "", MARK, "3"),
    ("58<sup>1</sup><sup>,<i>2</i></sup>", "", MARK, "1,2"),
    ("58注1", "", MARK, "注1"),
    ("58 b", "", MARK, "b"),
    ("58①②", "", MARK, "①②"),
    ("58 [1]", "", MARK, "[1]"),
    ("58*", "", MARK, "*"),
    ("58¹", "", MARK, "¹"),
    ("<del>57</del><ins>58</ins>", "", STRUCK, "57"),
    ("<del style='text-decoration:none'>57</del>58", "", STRUCK, "57"),
    ("<s>5</s>58", "", STRUCK, "5"),
    ("<strike>7</strike>58", "", STRUCK, "7"),
    ("<span style='TEXT-DECORATION: underline line-through'><b>7</b></span>58", "", STRUCK, "7"),
    ("<i class='a b'>7</i>58", "td .a.b { text-decoration: line-through }", STRUCK, "7"),
    ("<i><b style='text-decoration:none'>7</b></i>58", "i { text-decoration: line-through }", STRUCK, "7"),
    ("58<span hidden>9</span>", "", HIDDEN, "9"),
    ("58<i>9</i>", "@media screen and (min-width: 600px) { td > i { display: none } }", HIDDEN, "9"),
    ("58<i id=q>9</i>", "#q { display: none } i { display: inline }", HIDDEN, "9"),
    ("58<i style='display:inline'>9</i>", "i { display: none !important }", HIDDEN, "9"),
    ("58<i style='visibility:hidden'>9</i>", "", HIDDEN, "9"),
    ("58<i style='font-size:0'>9</i>", "", HIDDEN, "9"),
    ("58<i style='font:0/0 a'>9</i>", "", HIDDEN, "9"),
    ("58<i style='position:absolute;left:-9999px'>9</i>", "", HIDDEN, "9"),
    ("58<i style='display:block;text-indent:-999em'>9</i>", "", HIDDEN, "9"),
    ("58<i style='display:block;height:0;overflow:hidden'>9</i>", "", HIDDEN, "9"),
    ("58<i class=sr>9</i>", ".sr { position: absolute; clip: rect(1px, 1px, 1px, 1px) }", HIDDEN, "9"),
    ("58<i style='clip-path:inset(50%);position:absolute'>9</i>", "", HIDDEN, "9"),
    ("58<i style='mso-hide:all'>9</i>", "", HIDDEN, "9"),
    ("58<details><summary></summary>9</details>", "", HIDDEN, "9"),
    ("58<i style='opacity:0'>9</i>", "", UNSEEN, "9"),
    ("58<font color=white>9</font>", "", UNSEEN, "9"),
    ("58<i>9</i>", "td { background: #f0f8ff } td i { color: #f0f7fe }", UNSEEN, "9"),
    ("58<i style='--p:#fff;color:var(--p)'>9</i>", "", UNSEEN, "9"),
    ("58<i style='color:rgb(0 0 0 / 2%)'>9</i>", "", UNSEEN, "9"),
    ("<ruby>58<rp>(</rp><rt>wu</rt><rp>)</rp></ruby>", "", READING, "wu"),
    ("<input value=58 readonly>", "", "", ""),
    ("<input type=hidden value=9><input type=number value=58>", "", "", ""),
    ("<textarea>58</textarea>", "", "", ""),
    ("<select><option>57<option selected>58</select>", "", "", ""),
    ("<select><option>58</option><option>57</option></select>", "", "", ""),
    ("58<input placeholder=请填写>", "", PROMPT, "请填写"),
    ("<span>5</span><b><font color=red size=3>8</font></b>", "", "", ""),
    ("<s>5</s>8", "s { text-decoration: none }", "", ""),
    ("58<i class=k>9</i>", ".k { display: block; text-indent: 100%; overflow: hidden }", HIDDEN, "9"),
    ("<span>5</span>8", "span { zoom: 1; scale: none; font-size: 1em; mix-blend-mode: normal }", "", ""),
    ("58", "td { font-size: calc(1em + 1px); color: light-dark(black, white) }", "", ""),
    ("<i>5</i>8", "@media print { i { display: none } }", "", ""),
    ("<i style='font-size:0'><b style='font-size:12pt'>58</b></i>", "", "", ""),
    ("<i style='visibility:hidden'><b style='visibility:visible'>58</b></i>", "", "", ""),
    ("<i>5</i>8", "i { color: white; background: #c00 }", "", ""),
    ("5&#8203;8", "", "", ""),
    ("&#8238;&#8236;58", "", "", ""),
    ("<wbr>5<i>8</i><i>9</i>", "td > i:last-child { display: none }", HIDDEN, "9"),
    ("<i>8</i>", "i::before { content: '5' }", "", ""),
    ("<i data-n=8>5</i>", "i:after { content: attr(data-n) }", "", ""),
    ("<math><mn>58</mn></math>", "", "", ""),
    ("<svg><text>58</text></svg>", "", "", ""),
    ("<table><tr><td>58</td></tr></table>", "", "", ""),
    ("<p>58<o:p>&nbsp;</o:p></p><!--[if gte mso 9]>9<![endif]-->", "", "", ""),
    ("<noscript>9</noscript><noframes>9</noframes><template>9</template><script>9</script>58", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sheet", "reason", "text"), READ)
def test_what_is_not_printed_is_no_digit(
    content: str, sheet: str, reason: str, text: str, sound: Any, read: Any
) -> None:
    report = read(sound())

    found = take(with_cell(report, content, f"<style>{sheet}</style>"))

    assert found.figures[KEY].number == 58
    assert without(texts(found), [KEY]) == without(texts(report), [KEY])
    assert notices(found) == (left(reason, text) if reason else [])


ASKED = [
    ("58<small>1</small>", "", "581", "几个数字的大小不同"),
    ("58<font size=1>1</font>", "", "581", "几个数字的大小不同"),
    ("5<i>8</i>", "i { font-size: 40% }", "58", "几个数字的大小不同"),
    ("58<sub>1</sub>", "", "581", "几个数字的高低不同"),
    ("<sup>58</sup>", "", "58", "格里只有上标或者下标的数字"),
    ("58<i>1</i>", "i { color: #ddd }", "581", "有的数字颜色很淡"),
    ("<i>58</i>", "i { color: #eee }", "58", "数字的颜色太淡，几乎看不见"),
    ("<bdo dir=rtl>85</bdo>", "", "85", "数字是反着排的"),
    ("&#8238;85&#8236;", "", "85", "数字是反着排的"),
    ("8<i style='float:left'>5</i>", "", "85", "有的数字不在原来的位置"),
    ("8<i style='position:relative;left:-1em'>5</i>", "", "85", "有的数字不在原来的位置"),
    *(
        (f"58<i style='{style}'>1</i>", "", "581", "有的数字的样式要由浏览器算出，认不准")
        for style in (
            "font-size:calc(1em * .1)", "font-size:clamp(0px,0vw,0px)", "font-size:min(0px,1em)", "zoom:.01",
            "display:inline-block;scale:0", "mask:linear-gradient(#0000,#0000)", "mix-blend-mode:screen",
            "color:color-mix(in srgb,white 100%,black)", "color:light-dark(white,black)",
        )
    ),
    ("<i>58</i>", "i { content: '9' }", "58", "有的数字的样式要由浏览器算出，认不准"),
    ("58<a href='#n1'>1</a>", "", "581", "有的数字是注释的链接"),
    ("58<br>1", "", "58 1", "数字分成了几行"),
    ("<p>58</p><p>1</p>", "", "58 1", "数字分成了几行"),
    ("5<img src=8.png>", "", "5", "格里有图片，图片里的字读不出"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sheet", "quoted", "why"), ASKED)
def test_digits_that_differ_without_a_rule_are_asked_about(
    content: str, sheet: str, quoted: str, why: str, sound: Any, read: Any
) -> None:
    report = read(sound())

    found = take(with_cell(report, content, f"<style>{sheet}</style>"))

    assert found.figures[KEY].state is State.UNREADABLE
    assert notices(found, "unclear-figure") == [f"这一格的“{quoted}”读不准：{why}，没有读入"]


def test_a_picture_alone_is_asked_about_by_its_cell(sound: Any, read: Any) -> None:
    report = read(sound())

    found = take(with_cell(report, "<img src=58.png alt=58>"))

    [problem] = [one for one in found.reading if one.code == "unclear-figure"]
    assert str(problem) == (
        "年报.html › 正文 › 表 1 第 4 行第 2 列：这一格读不准：格里有图片，图片里的字读不出，没有读入。"
        "请对照原件，填写这一格的数。"
    )


def lines(body: str, head: str = "") -> list[str]:
    """The lines of a page."""
    content = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
    return [line.text for line in reading.read_blocks(content, "年报.html").blocks if isinstance(line, Line)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>面积10m<sup>2</sup>，约10<sup>4</sup>字</p>", ["面积10m²，约10⁴字"]),
        ("<p>共10<sup>2</sup>件，58¹件，5m²</p>", ["共10件，58件，5m²"]),
        ("<p>共58<sup>1</sup>件，排放CO<sub>2</sub></p>", ["共58件，排放CO₂"]),
        ("<p>本项由<ruby>䶮<rt>yǎn</rt></ruby>镇负责</p>", ["本项由䶮镇负责"]),
        ("<ol><li>甲<li value=5>乙<li>丙</ol>", ["1.甲", "5.乙", "6.丙"]),
        ("<ol type=a start=2><li>甲</ol><ol style='list-style:none'><li>乙</ol>", ["b.甲", "乙"]),
        ("<ol style='list-style-type:cjk-ideographic' start=10><li>甲<li>乙</ol>", ["十、甲", "十一、乙"]),
        ("<ul><li>甲</ul>", ["甲"]),
        ("<p>甲<span style='display:block'>乙</span>丙</p>", ["甲", "乙", "丙"]),
        ("<p><input type=checkbox checked>已公开<input type=checkbox>未公开</p>", ["☑已公开☐未公开"]),
        ("<div id=js_content style='visibility: hidden; opacity: 0;'><p>甲</p></div>", ["甲"]),
        ("<iframe srcdoc='<p>甲</p>'></iframe>", ["甲"]),
        ("<iframe src='data:text/html;base64,PHA+QkI8L3A+'></iframe>", ["BB"]),
        ("<iframe src='data:text/html,%3Cp%3EBB'></iframe>", ["BB"]),
        ("<iframe src='http://example.org/'><p>甲</p></iframe>", []),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", ["1/2"]),
    ],
)  # fmt: skip
def test_texts_are_read_as_they_are_printed(body: str, found: list[str]) -> None:
    assert lines(body) == found


def test_numbers_of_lists_are_left_out_where_style_sheets_are_missing() -> None:
    head = "<link rel=stylesheet href=site.css>"

    assert lines("<ol><li>甲</ol><ol type=1><li>乙</ol>", head) == ["甲", "1.乙"]


def test_what_is_hidden_in_the_article_is_told_and_the_site_around_it_is_not(sound: Any, read: Any) -> None:
    report = read(sound())
    secret = "<p style='display:none'>内部说明</p>"
    html = page(report, before="<div style='display:none'>菜单</div>")
    html = html.replace("<p><strong>二、", f"{secret}<p><strong>二、", 1)
    html = html.replace("<p><strong>三、", "<span hidden>打印本页</span><p><strong>三、", 1)

    found = take(html)

    assert paragraphs(found) == paragraphs(report)
    assert notices(found) == left(HIDDEN, "内部说明")


def test_a_hidden_row_is_told_and_not_read(sound: Any, read: Any) -> None:
    report = read(sound())
    html = page(report, head="<meta charset=utf-8><style>tr:nth-child(4) { display: none }</style>")

    found = take(html)

    assert found.figures[KEY].state is State.BLANK
    assert notices(found)[0].startswith("隐藏的文字没有读入：“行政规范性文件")


BOXES = """
.table { display: table } .row { display: table-row } .row > div { display: table-cell }
.hidden { display: none }
"""


def boxed(html: str) -> str:
    """The page with its tables made of boxes."""
    for old, new in (("<table border=1>", "<div class=table>"), ("</table>", "</div>")):
        html = html.replace(old, new)
    html = html.replace("<tr>", "<div class=row>").replace("</tr>", "</div>")
    return html.replace("<td", "<div").replace("</td>", "</div>")


def test_tables_made_of_boxes_are_read(sound: Any, read: Any) -> None:
    report = read(sound())

    def plain(rows: Rows) -> None:  # boxes span no rows: what they would cover is blank
        for row in rows.rows:
            for cell in row:
                cell.rowspan = cell.colspan = 1

    html = boxed(page(report, {"disclosure": plain}, head=f"<meta charset=utf-8><style>{BOXES}</style>"))
    found = take(html)

    keys = [key for key in texts(report) if key.startswith("disclosure")]
    assert {key: texts(found)[key] for key in keys} == {key: texts(report)[key] for key in keys}


def test_tables_made_of_a_grid_are_read(sound: Any, read: Any) -> None:
    report = read(sound())

    def grid(rows: Rows) -> str:
        cells = [
            f'<div style="grid-column: span {cell.colspan}; grid-row: span {cell.rowspan}">{cell.text}</div>'
            for row in rows.rows
            for cell in row
        ]
        return f'<div style="display: grid; grid-template-columns: repeat(10, 1fr)">{"".join(cells)}</div>'

    found = take(page(report, {"requests": grid}))

    assert texts(found) == texts(report)


def test_spans_end_with_their_group_of_rows(sound: Any, read: Any) -> None:
    report = read(sound())

    def change(rows: Rows) -> str:
        html = rows.html().replace('rowspan="', 'rowspan="0')
        return html.replace("<tr>", "<tbody><tr>", 1)

    def endless(rows: Rows) -> None:
        for row in rows.rows:
            row[-1].rowspan = 1 if row[-1].rowspan == 1 else 900

    found = take(page(report, {"disputes": endless, "disclosure": change}))

    assert {k: v for k, v in texts(found).items() if "disclosure" in k} == {
        k: v for k, v in texts(report).items() if "disclosure" in k
    }

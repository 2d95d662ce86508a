"""What makes WeasyPrint faster changes nothing of what it makes, and is gone afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from nianbao.media import fonts
from nianbao.media.pdf import write
from nianbao.media.pdf.weasyprint import cff, fast, font_subset, printer, text_cache
from nianbao.media.pdf.weasyprint.cell_cache import shared
from nianbao.media.pdf.weasyprint.html_parser import parse
from nianbao.media.word.html import convert

from tests.media.word.html.page_samples import annual, fill, letter, official, paragraph, stamped, table

pytest.importorskip("weasyprint", reason="needs the extra nianbao[pdf]", exc_type=ImportError)


def crowded(document: Any) -> None:
    """Tables whose cells are much alike, one of them over a page's end, and text around them."""
    letter(document)
    rows = [["事项", "数量", "单位"], *[["行政许可，含变更", str(number % 3), "件"] for number in range(40)]]
    fill(table(document, len(rows), [3000, 3000, 3000], height=500), rows)
    paragraph(document, "以上共3类40项。")
    rows = [["第1列", "第1列"], ["0", "0"], ["", "很长的一格文字在这里要分成好几行才能放得下，" * 4]]
    fill(table(document, len(rows), [4500, 4500], keep=True), rows)


SAMPLES = [annual, letter, stamped, crowded]
SHARES = """<html><head><style>
table { border-collapse: collapse; table-layout: fixed; width: 300px }
td { border: 3px solid #000 }
td p { margin: 0 20%; padding: 5%; border: 1px solid #000 } b { font-size: 200% }
</style></head><body><table><colgroup><col style="width: 100px"><col style="width: 200px"></colgroup><tbody>
<tr><td><p><span>同一句话</span></p></td><td><p><span>同一句话</span></p></td></tr>
<tr><td><p><b>同一句话</b></p></td><td><p><b>同一句话</b></p></td></tr>
</tbody></table></body></html>"""

STYLED = """<html><head><title>样式</title><style>
@page { size: 300px 200px; margin: 20px; @bottom-center { content: counter(page) " / " counter(pages) } }
html { font-family: "仿宋_GB2312"; font-size: 16px }
table { border-collapse: collapse } .apart { border-collapse: separate }
td { border: 1px solid #000; padding: 2px } .note { background: #eee; border-radius: 4px }
.part { width: 50%; margin-left: 10%; max-height: 80px }
.boxed { box-sizing: border-box; padding: 5px; width: 90px; background: #eee }
.round { border: 2px solid #c00; border-radius: 50% } .shadow { box-shadow: 2px 2px #ccc }
.gone { visibility: hidden } .thin { opacity: 0.5 } .under { text-decoration: underline }
.wide { letter-spacing: 3px; word-spacing: 2px }
.cut { width: 60px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.more { width: 95px } .open { text-overflow: clip }
.set { position: absolute; left: 200px; top: 20px; border: 1px solid #000 } .part > .set { left: 10% }
.gap::before { content: " "; letter-spacing: 4px }
.outer .gap::after { content: "·" } #one .gap::after { content: "!" }
</style></head><body>
<p class="part note">一半宽的一段<i class="gap"></i>文字，和 12 个数。</p><p>㙍𬭊混排abc</p><p>㙍𬭊混排abc</p>
<div class="set">另立<b>一处</b></div><div class="part"><div class="set"><p>里面</p></div></div>
<div class="outer"><p>外<i class="gap"></i>层</p><p>外<i class="gap"></i>层<b>粗体</b></p></div>
<div class="outer" id="one"><p>外<i class="gap"></i>层</p></div>
<p class="boxed">定宽</p><p class="boxed">定宽</p><p class="round">圆角</p><p class="shadow">阴影</p>
<p class="gone">看不见</p><p class="thin">半透明</p><p class="under">下划线</p><p class="under">下划线</p>
<p class="wide">字距 1 2</p><p class="wide">字距 1 2</p><p>    </p>
<p class="cut open">放不下的一行字</p><p class="cut more">放不下的一行字</p><p>放不下的一行字</p>
<p class="both boxed">ab cd ef gh ij kl mn op</p><p class="both boxed more">ab cd ef gh ij kl mn op</p>
<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>甲</td><td class="note">乙</td></tr></tbody></table>
<table class="apart"><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>
</body></html>"""
SIBLINGS = STYLED.replace("</style>", "p + p { color: #c00; margin-left: 9px }</style>")
STYLES = [pytest.param(STYLED, id="styles"), pytest.param(SIBLINGS, id="siblings")]


def html_of(write: Callable[[Any], None] | str) -> str:
    return write if isinstance(write, str) else convert(official(write), "报告.docx", fonts).html


def laid_out(html: str) -> Any:
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    return fast.source_of(html, URLFetcher(allowed_protocols=("data",))).render(FontConfiguration())


def seen(document: Any) -> list[tuple[Any, ...]]:
    """Every box of every page: what it is, where it stands, how large it is and what it says."""
    found = []
    for number, page in enumerate(document.pages):
        known = {element: place for place, element in enumerate(document._html.etree_element.iter())}
        for box in page._page_box.descendants():
            sizes = (
                getattr(box, f"{name}_{side}", None) if side else getattr(box, name, None)
                for name, side in [
                    *((name, "") for name in ("position_x", "position_y", "width", "height", "baseline")),
                    *((name, side) for name in ("margin", "padding") for side in ("top", "right", "bottom")),
                    *((f"border_{side}", "width") for side in ("top", "right", "bottom", "left")),
                ]
            )
            style = [(name, str(box.style[name])) for name in ("color", "font_size", "letter_spacing")]
            found.append(
                (
                    number,
                    type(box).__name__,
                    box.element_tag,
                    known.get(box.element),
                    getattr(box, "text", ""),
                    *(round(size, 6) if isinstance(size, float) else size for size in sizes),
                    *style,
                )
            )
    return found


@pytest.mark.parametrize("sample", [*SAMPLES, pytest.param(SHARES, id="shares")])
def test_every_box_stands_where_weasyprint_alone_sets_it(sample: Callable[[Any], None] | str) -> None:
    html = html_of(sample)
    with printer._fonts(fonts.configure()):
        alone = seen(laid_out(html))
        text_cache._measured.clear()
        with fast.hastened():
            first = seen(laid_out(html))
        with fast.hastened():
            again = seen(laid_out(html))

    assert alone
    assert first == alone
    assert again == alone


@pytest.mark.parametrize("sample", [*SAMPLES, *STYLES])
def test_a_file_is_the_same_byte_for_byte_without_what_makes_it_faster(
    sample: Callable[[Any], None] | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = html_of(sample)
    fast_one = write(html, "报告.docx", fonts.configure())
    monkeypatch.setattr(fast, "hastened", shared)  # a copied cell may stand a millionth of a point aside
    monkeypatch.setattr(fast, "drawn", nullcontext)
    monkeypatch.setattr(fast, "_once", lambda kind: nullcontext())

    slow_one = write(html, "报告.docx", fonts.configure())

    assert fast_one == slow_one


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_page_of_ours_is_read_as_any_html_parser_reads_it(sample: Callable[[Any], None]) -> None:
    import tinyhtml5

    html = html_of(sample)
    root = parse(html)

    assert root is not None
    assert list(tree(root)) == list(tree(tinyhtml5.parse(html, namespace_html_elements=False)))


def tree(element: Any, depth: int = 0) -> Iterator[tuple[Any, ...]]:
    """The elements with what they say; blanks around the body are of no account."""
    tail = "" if depth < 3 else element.tail or ""
    yield depth, element.tag, dict(element.attrib), element.text or "", tail
    for each in element:
        yield from tree(each, depth + 1)


@pytest.mark.parametrize(
    "body",
    [
        "<p>没有结尾",
        "<p>一<div>二</div></p>",
        "<table><tr><td>没有表体</td></tr></table>",
        "<table>表外<tbody><tr><td>一</td></tr></tbody></table>",
        "<svg></svg>",
        "<p>&nbsp;</p>",
        "<!-- 注 --><p>一</p>",
        '<a href="#a"><i><a href="#b">一</a></i></a>',
        "<form></form>",
    ],
)
def test_what_parsers_may_read_otherwise_is_left_to_the_other_one(body: str) -> None:
    assert parse(f"<html><head><title>一</title></head><body>{body}</body></html>") is None


@pytest.mark.parametrize(
    ("rule", "plain"),
    [
        ("p { content: '&amp;' }", False),  # a style sheet has no entities in HTML, and has in XML
        *((f"{each} {{}}", False) for each in ("p + p", "a ~ p", "p:first-child", "p:last-of-type")),
        *((f"{each} {{}}", False) for each in ("p:only-child", "p:nth-child(2)", "p:empty", "p:has(a)")),
        ("p { margin: calc(1pt + 1em); content: '~:first-child' } b {}", True),
        *((f"{each} {{}}", True) for each in (".a > b", "#a p::before", "[id]", "@page one:first", "a:link")),
    ],
)
def test_styles_are_shared_only_where_rules_look_no_further_than_an_element_and_its_ancestors(
    rule: str, plain: bool
) -> None:
    html = f"<html><head><title>一</title><style>{rule}</style></head><body><p>一</p></body></html>"

    assert (parse(html) is not None) is plain


def test_a_font_is_cut_to_the_same_letters_as_by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.recordingPen import RecordingPen

    def letters(table: bytes) -> dict[str, Any]:
        font = CFFFontSet()
        font.decompile(io.BytesIO(table), None)
        outlines = font.topDictIndex[0].CharStrings
        drawn = {}
        for name in outlines.keys():  # noqa: SIM118 # not a dict
            pen = RecordingPen()
            outlines[name].draw(pen)
            drawn[name] = pen.value
        return drawn

    compared = []
    subset = font_subset._font().subset

    def both(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        if table := font_subset.outlines(self, to_unicode, hinting):
            super(font_subset._font(), self).subset(to_unicode, hinting)
            compared.append((letters(table), letters(cff._bare(self.file_content, to_unicode))))
        subset(self, to_unicode, hinting)

    monkeypatch.setattr(font_subset._font(), "subset", both)

    write(html_of(annual), "报告.docx", fonts.configure())

    if not compared:
        pytest.skip("no font with CFF outlines is installed")
    for ours, theirs in compared:
        assert ours == theirs


def test_a_table_of_outlines_is_renumbered_only_where_it_has_numbers() -> None:
    assert font_subset.renumbered(b"", [0]) is None
    assert font_subset.renumbered(b"\x01\x00\x04\x01\x00\x00\x00\x00", [0]) is None


def test_weasyprint_is_as_before_when_a_document_is_written() -> None:
    import pydyf  # type: ignore[import-untyped] # ships no types
    from weasyprint.css import StyleFor
    from weasyprint.draw import text as drawn_text
    from weasyprint.layout import background, block, inline, percent, table
    from weasyprint.pdf import fonts as pdf_fonts
    from weasyprint.pdf import stream
    from weasyprint.text import fonts as text_fonts
    from weasyprint.text import line_break

    write("<p>一", "报告.docx", fonts.configure())

    assert stream.Font is pdf_fonts.Font
    assert pdf_fonts.get_hb_object_data is text_fonts.get_hb_object_data
    assert (inline.split_first_line, inline.strut) == (line_break.split_first_line, line_break.strut)
    assert {each.resolve_percentages for each in (block, inline, table)} == {percent.resolve_percentages}
    replaced = (
        block.block_container_layout, StyleFor.__init__, percent.resolve_percentages,
        background.layout_box_backgrounds,
        drawn_text.draw_first_line, line_break.Layout.reactivate,
        pydyf.Dictionary.data.fget, pydyf.Stream.data.fget,
    )  # fmt: skip
    assert [each.__module__ for each in replaced] == [
        "weasyprint.layout.block", "weasyprint.css", "weasyprint.layout.percent",
        "weasyprint.layout.background",
        "weasyprint.draw.text", "weasyprint.text.line_break", "pydyf", "pydyf",
    ]  # fmt: skip

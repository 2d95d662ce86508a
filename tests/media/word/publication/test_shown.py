"""Links, pictures, fields and hidden text: a reader gets what is printed, and no address of an author's."""

from __future__ import annotations

import pytest
from nianbao.media.word.publication.addresses import is_public

from tests.media.word.publication.foreign import (
    PNG,
    Foreign,
    begin,
    left_out,
    lines,
    opened,
    paragraph,
    run,
    told,
)

RELS = "word/_rels/document.xml.rels"
VANISH = "<w:vanish/>"
FIELDS = "提示 模板.docx：取用模板以外内容的域（现有的文字留下）不带入报告。不必改动模板。"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("http://www.example.gov.cn/a?b=c#d", True),
        ("HTTPS://WWW.EXAMPLE.GOV.CN", True),
        ("www.example.gov.cn", True),
        ("mailto:a@example.gov.cn", True),
        ("tel:010-1234", True),
        ("#书签", True),
        ("ftp://ftp.example.cn/x", True),
        ("http://8.8.8.8/", True),
        (r"file:///D:\办公\台账.xlsx", False),
        (r"D:\办公\台账.xlsx", False),
        (r"\\server\share\a.docx", False),
        ("../台账.xlsx", False),
        ("台账.xlsx", False),
        ("http://10.1.2.3/oa", False),
        ("http://192.168.0.9:8080/", False),
        ("http://[fe80::1]/", False),
        ("http://localhost/", False),
        ("http://oa/", False),
        ("https://oa.local/x", False),
        ("http://[oa/", False),
        ("javascript:alert(1)", False),
        ("ms-word:ofe|u|http://www.example.cn/a.docx", False),
    ],
)
def test_an_address_is_public_or_it_is_not(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_link_that_only_the_author_can_follow_leaves_its_text() -> None:
    link = '<w:hyperlink r:id="{}" w:history="1">{}</w:hyperlink>'
    foreign = Foreign(
        f"<w:p>{link.format('rId7', run('台账'))}{link.format('rId8', run('网站'))}</w:p>",
        relations={
            RELS: [
                ("rId7", "hyperlink", r"file:///D:\办公\台账.xlsx"),
                ("rId8", "hyperlink", "http://www.example.gov.cn/"),
            ]
        },
    )

    parts = opened(foreign)

    assert begin(parts).count("w:hyperlink ") == 1
    assert lines(parts) == ["台账网站"]
    assert "台账.xlsx" not in parts[RELS].decode()
    assert left_out(foreign) == [
        r"警告 模板.docx › 正文 › 第 1 段：链接“file:///D:\办公\台账.xlsx”只在本机或内网打得开，报告里只留下文字。"
        "要留的请改为公开的网址。"
    ]


def blip(attributes: str) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="图"/><a:graphic>'
        f"<a:graphicData><pic:pic><pic:blipFill><a:blip {attributes}/></pic:blipFill></pic:pic>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


@pytest.mark.parametrize(
    "markup",
    [
        blip('r:link="rId7"'),
        '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="rId7"/></v:shape></w:pict></w:r></w:p>',
        '<w:p><w:r><w:pict><v:shape><v:imagedata r:href="rId7"/></v:shape></w:pict></w:r></w:p>',
    ],
)
def test_a_picture_that_is_only_linked_goes(markup: str) -> None:
    foreign = Foreign(markup, relations={RELS: [("rId7", "image", r"file:///C:\Users\张三\标志.png")]})

    assert begin(opened(foreign)) == "<w:p/>"
    assert left_out(foreign) == [
        r"警告 模板.docx › 正文 › 第 1 段：图片是链接到“file:///C:\Users\张三\标志.png”的，没有存在模板里，不带入报告。"
        "请在 Word 中删去它，改为插入图片。"
    ]


def test_a_picture_that_is_in_the_file_as_well_stays() -> None:
    foreign = Foreign(
        blip('r:embed="rId8" r:link="rId7"'),
        {"word/media/a.png": PNG},
        {"png": "image/png"},
        {RELS: [("rId7", "image", r"file:///C:\Users\张三\标志.png"), ("rId8", "image", "media/a.png")]},
    )

    parts = opened(foreign)

    assert '<a:blip r:embed="rId8"/>' in begin(parts)
    assert ("word/media/a.png" in parts, "张三" in parts[RELS].decode()) == (True, False)
    assert left_out(foreign) == []


def test_folders_before_the_name_of_a_picture_go() -> None:
    described = r'descr="说明: C:\Users\张三\桌面\标志.png" title="\\server\share\甲 乙.png"'
    foreign = Foreign(f'<w:p><w:r><w:drawing><wp:inline><wp:docPr name="图片 1" {described}/></wp:inline>'
                      "</w:drawing></w:r></w:p>")  # fmt: skip

    assert 'name="图片 1" descr="说明: 标志.png" title="甲 乙.png"' in begin(opened(foreign))
    assert left_out(foreign) == ["提示 模板.docx：图片说明里的本机路径不带入报告。不必改动模板。"]


def complex_field(code: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    half = len(code) // 2
    said = "".join(
        f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>'
        for one in (code[:half], code[half:])
    )
    return f"{char('begin')}{said}{char('separate')}{result}{char('end')}"


@pytest.mark.parametrize(
    "code",
    [
        r' INCLUDEPICTURE "file:///C:\\Users\\logo.png" \* MERGEFORMAT ',
        r" FILENAME \p ",
        " LASTSAVEDBY ",
        " DOCPROPERTY Company ",
        " DOCVARIABLE 内部 ",
        " MERGEFIELD 姓名 ",
        r' LINK Excel.Sheet.12 "D:\\台账.xlsx" ',
        " includetext a.docx ",
    ],
)
def test_a_field_that_asks_for_what_the_reader_has_not_leaves_its_result(code: str) -> None:
    escaped = code.replace('"', "&quot;")
    for body in (
        f"<w:p>{run('前')}{complex_field(code, run('果'))}{run('后')}</w:p>",
        f'<w:p>{run("前")}<w:fldSimple w:instr="{escaped}">{run("果")}</w:fldSimple>{run("后")}</w:p>',
    ):
        foreign = Foreign(body)

        assert begin(opened(foreign)) == (
            f"<w:p>{run('前')}{run('果')}{run('后')}</w:p>".replace("<w:rPr></w:rPr>", "<w:rPr/>")
        )
        assert left_out(foreign) == [FIELDS]


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (r' HYPERLINK "file:///D:\\台账.xlsx" ', r"file:///D:\台账.xlsx"),
        (r' HYPERLINK "\\\\server\\a" \l "b" ', r"\\server\a"),
    ],
)
def test_a_link_that_is_a_field_leaves_its_text_too(code: str, address: str) -> None:
    foreign = Foreign(f"<w:p>{complex_field(code, run('果'))}</w:p>")

    assert begin(opened(foreign)) == f"<w:p>{run('果')}</w:p>".replace("<w:rPr></w:rPr>", "<w:rPr/>")
    assert left_out(foreign) == [
        f"警告 模板.docx › 正文 › 第 1 段：链接“{address}”只在本机或内网打得开，报告里只留下文字。"
        "要留的请改为公开的网址。"
    ]


OLDER = (
    '<w:pict><v:rect style="width:9pt;visibility: hidden"><v:textbox><w:txbxContent>'
    f"{paragraph('内部')}</w:txbxContent></v:textbox></v:rect></w:pict>"
)


@pytest.mark.parametrize(
    ("drawing", "spot", "words"),
    [
        (blip('r:embed="rId8"').replace('id="1"', 'id="1" hidden="1"'), "第 1 段", "图形"),
        (f"<w:p><w:r>{OLDER}</w:r></w:p>", "第 1 段的文本框", "内部"),
    ],
)
def test_a_drawing_that_is_switched_off_goes(drawing: str, spot: str, words: str) -> None:
    foreign = Foreign(
        drawing,
        {"word/media/a.png": PNG},
        {"png": "image/png"},
        {RELS: [("rId8", "image", "media/a.png")]},
    )

    assert [name for name in opened(foreign) if name.endswith("png")] == []
    assert begin(opened(foreign)) == "<w:p/>"
    assert left_out(foreign) == [
        f"警告 模板.docx › 正文 › {spot}：有隐藏文字“{words}”，不带入报告。"
        "要印的请在 Word 中取消“隐藏”，不要的请删去。",
        "提示 模板.docx：没有用到的图片不带入报告。不必改动模板。",
    ]


def test_a_picture_that_is_nowhere_goes() -> None:
    [problem] = left_out(Foreign(blip('r:embed="rId8"')))

    assert "图片是链接到“模板里没有的文件”的" in problem


def test_a_field_within_the_question_of_another_goes_with_it() -> None:
    inner = complex_field(r" FILENAME \p ", run("C:\\张三.docx"))
    code = f"</w:instrText></w:r>{inner}<w:r><w:instrText>"
    whole = complex_field(" INCLUDETEXT ", run("果")).replace("CLUDE", f"CLUDE{code}", 1)

    assert lines(opened(Foreign(f"<w:p>{whole}</w:p>"))) == ["果"]


@pytest.mark.parametrize(
    "code",
    [
        " PAGE ",
        " TITLE ",
        " AUTHOR ",
        " SEQ 图 ",
        ' HYPERLINK "http://www.example.gov.cn/" ',
        r' HYPERLINK \l "甲" ',
    ],
)
def test_other_fields_stay(code: str) -> None:
    body = f"<w:p>{complex_field(code, run('果'))}</w:p>"

    assert begin(opened(Foreign(body))) == body
    assert left_out(Foreign(body)) == []


def test_a_field_of_a_property_that_is_the_report_s_now_prints_what_the_template_shows() -> None:
    body = f"<w:p>{complex_field(' TITLE ', run('甲'))}{complex_field(' AUTHOR ', run('乙'))}</w:p>"
    own = Foreign(body, changes={"docProps/core.xml": ("{{ title }}", "模板")})

    left = f"<w:p>{run('甲')}{complex_field(' AUTHOR ', run('乙'))}</w:p>"
    assert begin(opened(own)) == left.replace("<w:rPr></w:rPr>", "<w:rPr/>")
    assert begin(opened(Foreign(body))) == body


def test_a_field_without_an_end_says_nothing_of_its_author() -> None:
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT C:\\a</w:instrText></w:r>'
    )

    assert begin(opened(Foreign(f"<w:p>{opening}</w:p>"))) == "<w:p/>"


H2 = '<w:rStyle w:val="H2"/>'
HIDING = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/>{}</w:style></w:styles>'
HIDDEN = {  # markup and what is left of it
    "a run": (f"<w:p>{run('甲')}{run('内部', VANISH)}</w:p>", ["甲"]),
    "a paragraph": (
        paragraph("甲") + f"<w:p><w:pPr><w:rPr>{VANISH}</w:rPr></w:pPr>{run('内部', VANISH)}</w:p>", ["甲"]
    ),
    "a row": (
        "<w:tbl><w:tblPr/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>" + paragraph("内部") + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + paragraph("甲") + "</w:tc></w:tr></w:tbl>",
        ["甲"],
    ),
    "by a style of letters": (f"<w:p>{run('甲')}{run('内部', H2)}</w:p>", ["甲"]),
    "by a style of paragraphs": (paragraph("内部", '<w:pStyle w:val="HP"/>') + paragraph("甲"), ["", "甲"]),
    "a cell": (f"<w:tbl><w:tblPr/><w:tr><w:tc><w:p>{run('内部', VANISH)}</w:p></w:tc></w:tr></w:tbl>", [""]),
}  # fmt: skip
SHOWN = {
    "switched off": run("甲", '<w:vanish w:val="0"/>'),
    "switched off against its style": run("甲", '<w:rStyle w:val="H"/><w:vanish w:val="false"/>'),
    "only on the web": run("甲", "<w:webHidden/>"),
    "a mark that hides, of letters that do not": f"<w:pPr><w:rPr>{VANISH}</w:rPr></w:pPr>{run('甲')}",
    "two styles that take each other back": f'<w:pPr><w:pStyle w:val="HP"/></w:pPr>{run("甲", H2)}',
}


def with_styles(body: str) -> Foreign:
    styles = (
        ("character", "H", "h", f"<w:rPr>{VANISH}</w:rPr>"),
        ("character", "H2", "h2", '<w:basedOn w:val="H"/>'),
        ("paragraph", "HP", "hp", f"<w:rPr>{VANISH}</w:rPr>"),
    )
    written = "".join(HIDING.format(*style).removesuffix("</w:styles>") for style in styles)
    return Foreign(body, changes={"word/styles.xml": ("</w:styles>", f"{written}</w:styles>")})


@pytest.mark.parametrize(("body", "left"), HIDDEN.values(), ids=HIDDEN)
def test_hidden_text_goes_and_is_told(body: str, left: list[str]) -> None:
    foreign = with_styles(body)

    assert lines(opened(foreign)) == left
    [problem] = left_out(foreign)
    assert problem.partition("：")[2] == (
        "有隐藏文字“内部”，不带入报告。要印的请在 Word 中取消“隐藏”，不要的请删去。"
    )


@pytest.mark.parametrize("content", SHOWN.values(), ids=SHOWN)
def test_what_is_not_hidden_stays(content: str) -> None:
    foreign = with_styles(f"<w:p>{content}</w:p>")

    assert (lines(opened(foreign)), left_out(foreign)) == (["甲"], [])


def test_tags_that_steer_may_be_hidden() -> None:
    body = "".join(
        f"<w:p><w:pPr><w:rPr>{VANISH}</w:rPr></w:pPr>{run(tag, VANISH)}</w:p>"
        if "%" in tag
        else paragraph(tag)
        for tag in ("{%p if year %}", "甲", "{%p endif %}")
    )

    assert told(Foreign(body)) == []


def test_a_tag_that_prints_may_not_be_hidden() -> None:
    assert told(Foreign(f"<w:p>{run('{{ or', VANISH)}{run('gan }}')}</w:p>")) == [
        "错误 模板.docx › 正文 › 第 1 段：标签是隐藏文字，印不出来。"
        "请在 Word 中选中它，在“字体”里取消“隐藏”。"
    ]

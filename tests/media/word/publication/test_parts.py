"""Parts of a template: what is printed, or says how, goes into its reports; nothing else does."""

from __future__ import annotations

import re

import pytest
from nianbao.media import word
from nianbao.media.ooxml import parts_of
from nianbao.report import Unreadable

from tests.media.word.publication.foreign import (
    MS,
    NAMES,
    PNG,
    WML,
    Foreign,
    begin,
    dead,
    left_out,
    lines,
    opened,
    paragraph,
    run,
    told,
)
from tests.media.word.templates import shipped

PLAIN = frozenset(opened(Foreign()))
RELS, FILE_RELS = "word/_rels/document.xml.rels", "_rels/.rels"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PEOPLE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SETTINGS = "word/settings.xml"
ZOOM = '<w:zoom w:percent="100"/>'
NOTED = f"<w:comment w:id='0' w:author='张三'>{paragraph('内部意见')}</w:comment>"
COMMENT = f"<w:comments {NAMES}>{NOTED}</w:comments>"
MARKED = (
    f'<w:p><w:commentRangeStart w:id="0"/>{run("甲")}<w:commentRangeEnd w:id="0"/>'
    '<w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:commentReference w:id="0"/></w:r></w:p>'
)
XML = "<x/>"

ADDED = {  # what is added to the template, and how its leaving is told
    "comments of every kind": (
        Foreign(
            MARKED,
            {
                "word/comments.xml": COMMENT,
                "word/commentsExtended.xml": XML,
                "word/commentsIds.xml": XML,
                "word/commentsExtensible.xml": XML,
                "word/people.xml": XML,
            },
            {
                "word/comments.xml": f"{WML}.comments+xml",
                "word/commentsExtended.xml": f"{WML}.commentsExtended+xml",
                "word/people.xml": f"{WML}.people+xml",
            },
            {
                RELS: [
                    ("rIdC1", "comments", "comments.xml"),
                    ("rIdC2", f"{MS}/commentsExtended", "commentsExtended.xml"),
                    ("rIdC3", f"{MS}/commentsIds", "commentsIds.xml"),
                    ("rIdC4", f"{MS}/commentsExtensible", "commentsExtensible.xml"),
                    ("rIdC5", f"{MS}/people", "people.xml"),
                ]
            },
        ),
        ["批注、审阅者的名单"],
    ),
    "a signature": (
        Foreign(
            parts={
                "_xmlsignatures/origin.sigs": b"",
                "_xmlsignatures/sig1.xml": XML,
                "_xmlsignatures/_rels/origin.sigs.rels": f'<Relationships xmlns="{PACKAGE}"/>',
            },
            types={"sigs": "application/vnd.openxmlformats-package.digital-signature-origin"},
            relations={
                FILE_RELS: [("rIdS", f"{PACKAGE}/digital-signature/origin", "_xmlsignatures/origin.sigs")],
                "_xmlsignatures/_rels/origin.sigs.rels": [
                    ("rId1", f"{PACKAGE}/digital-signature/signature", "sig1.xml")
                ],
            },
        ),
        ["数字签名"],
    ),
    "mail merge": (
        Foreign(
            parts={"word/recipientData.xml": XML},
            relations={
                "word/_rels/settings.xml.rels": [
                    ("rId1", "mailMergeSource", r"file:///D:\办公\台账.xlsx"),
                    ("rId2", "recipientData", "recipientData.xml"),
                ]
            },
            changes={
                SETTINGS: (ZOOM, f'{ZOOM}<w:mailMerge><w:dataSource r:id="rId1"/></w:mailMerge>'),
            },
        ),
        ["邮件合并的数据来源、邮件合并的收件人"],
    ),
    "the template's template, numbers of sessions, protection, variables": (
        Foreign(
            relations={"word/_rels/settings.xml.rels": [("rId1", "attachedTemplate", r"file:///C:\u\张三.dotx")]},
            changes={
                SETTINGS: (
                    ZOOM,
                    f'<w:writeProtection w:recommended="1"/>{ZOOM}<w:attachedTemplate r:id="rId1"/>'
                    '<w:trackRevisions/><w:documentProtection w:edit="readOnly"/>'
                    '<w:docVars><w:docVar w:name="a" w:val="内部"/></w:docVars>'
                    '<w:rsids><w:rsidRoot w:val="00AA"/></w:rsids>',
                ),
            },
        ),
        ["所附模板的路径、文档保护、文档变量"],
    ),
    "thumbnail, printer, building blocks, custom properties, labels": (
        Foreign(
            parts={
                "docProps/thumbnail.jpeg": b"x",
                "docProps/custom.xml": XML,
                "docMetadata/LabelInfo.xml": XML,
                "word/printerSettings/printerSettings1.bin": b"x",
                "word/glossary/document.xml": XML,
                "word/webSettings.xml": XML,
                "[trash]/0000.dat": b"x",
            },
            types={"jpeg": "image/jpeg", "bin": "x/x", "docProps/custom.xml": "x/custom+xml"},
            relations={
                FILE_RELS: [
                    ("rId7", f"{PACKAGE}/metadata/thumbnail", "docProps/thumbnail.jpeg"),
                    ("rId8", "custom-properties", "docProps/custom.xml"),
                    ("rId9", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
                     "docMetadata/LabelInfo.xml"),
                ],
                RELS: [
                    ("rId7", "printerSettings", "printerSettings/printerSettings1.bin"),
                    ("rId8", "glossaryDocument", "glossary/document.xml"),
                    ("rId9", "webSettings", "webSettings.xml"),
                ],
            },
        ),
        ["缩略图、自定义属性、印不出来的其他内容、打印机设置、自动图文集"],
    ),
    "what nothing names": (
        Foreign(
            parts={"word/media/old.png": PNG, "word/media/lost.png": PNG, "word/diagrams/data1.xml": XML},
            types={"png": "image/png", "word/diagrams/data1.xml": "application/vnd.x.diagramData+xml"},
            relations={
                RELS: [
                    ("rId7", "image", "media/old.png"),
                    ("rId8", "diagramData", "diagrams/data1.xml"),
                    ("rId9", "hyperlink", "http://www.example.gov.cn/"),
                    ("rId10", "image", "media/gone.png"),
                ]
            },
        ),
        ["没有用到的图片、没有用到的 SmartArt 图形"],
    ),
    "a linked picture that nothing shows": (
        Foreign("", {}, {}, {RELS: [("rId9", "image", "file:///srv/a.png")]}),
        ["没有用到的外部链接"],
    ),
    "frames of web pages": (
        Foreign(
            "",
            {"word/webSettings.xml": f'<w:webSettings {NAMES}><w:frameset/></w:webSettings>'},
            {"word/webSettings.xml": f"{WML}.webSettings+xml"},
            {
                RELS: [("rId9", "webSettings", "webSettings.xml")],
                "word/_rels/webSettings.xml.rels": [("rId1", "frame", "file:///srv/a.html")],
            },
        ),
        ["框架网页"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("foreign", "words"), ADDED.values(), ids=ADDED)
def test_what_is_not_printed_stays_behind(foreign: Foreign, words: list[str]) -> None:
    parts = opened(foreign)

    assert set(parts) == PLAIN
    assert dead(parts) == []
    assert left_out(foreign) == [f"提示 模板.docx：{word}不带入报告。不必改动模板。" for word in words]


def test_nothing_is_left_of_a_comment_in_the_text() -> None:
    assert begin(opened(Foreign(MARKED))) == f"<w:p>{run('甲')}</w:p>".replace("<w:rPr></w:rPr>", "<w:rPr/>")


def test_a_template_of_ours_goes_out_byte_for_byte() -> None:
    for edition in ("2021", "2019"):
        template = word.Template(shipped(edition), "模板.docx")
        assert (template.parts, template.told, template.refused) == (parts_of(shipped(edition)), (), ())


def test_an_author_is_nowhere_and_the_report_s_own_names_are() -> None:
    core = (
        '<dc:creator>张三</dc:creator><cp:lastModifiedBy xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties">李四</cp:lastModifiedBy><dc:description>内部稿</dc:description>'
    )
    foreign = Foreign(
        changes={
            "docProps/core.xml": ("<dc:creator>{{ organ }}</dc:creator>", core),
            "docProps/app.xml": ("<Application>nianbao</Application>",
                                 "<Template>C:\\张三.dotx</Template><Manager>王五</Manager><Company>甲局</Company>"
                                 "<Application>WPS</Application><TotalTime>9</TotalTime>"),
        }
    )  # fmt: skip

    parts = opened(foreign)

    assert re.findall("<([a-z]+:[A-Za-z]+)[ >]", parts["docProps/core.xml"].decode()) == [
        "cp:coreProperties", "dc:title", "dc:subject", "dc:creator", "dc:language", "dcterms:created",
        "dcterms:modified",
    ]  # fmt: skip
    assert "<dc:creator>{{ organ }}</dc:creator>" in parts["docProps/core.xml"].decode()
    assert re.findall("<([A-Z][A-Za-z]+)>([^<]+)<", parts["docProps/app.xml"].decode()) == [
        ("Application", "WPS")
    ]
    assert left_out(foreign) == ["提示 模板.docx：作者、单位等文件属性不带入报告。不必改动模板。"]


def test_a_title_of_the_template_gives_way_to_the_report_s() -> None:
    foreign = Foreign(changes={"docProps/core.xml": ("{{ title }}", "年报模板（勿删）")})

    assert "<dc:title>{{ title }}</dc:title>" in opened(foreign)["docProps/core.xml"].decode()
    assert left_out(foreign) == []


def test_numbers_of_sessions_and_paragraphs_go_without_a_word() -> None:
    foreign = Foreign(
        '<w:p w:rsidR="00AA" w:rsidRPr="00AB" w:rsidRDefault="00AC" w14:paraId="1A2B" w14:textId="77">'
        '<w:proofErr w:type="spellStart"/>'
        '<w:bookmarkStart w:id="5" w:name="_GoBack"/><w:bookmarkEnd w:id="5"/>'
        '<w:bookmarkStart w:id="6" w:name="甲"/><w:bookmarkEnd w:id="6"/></w:p><!-- 内部 -->',
        changes={
            "word/styles.xml": ('<w:name w:val="Normal"/>', '<w:name w:val="Normal"/><w:rsid w:val="00AA"/>')
        },
    )

    parts = opened(foreign)

    assert begin(parts) == '<w:p><w:bookmarkStart w:id="6" w:name="甲"/><w:bookmarkEnd w:id="6"/></w:p>'
    assert b"rsid" not in parts["word/styles.xml"]
    assert left_out(foreign) == []


def test_a_part_named_in_another_case_or_by_escapes_is_found() -> None:
    picture = '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="rId7"/></v:shape></w:pict></w:r></w:p>'
    for name, target, found in (
        ("word/media/A.png", "Media/a.PNG", "word/Media/a.PNG"),
        ("word/media/图 1.png", "media/%E5%9B%BE%201.png", "word/media/%E5%9B%BE%201.png"),
    ):
        foreign = Foreign(picture, {name: PNG}, {"png": "image/png"}, {RELS: [("rId7", "image", target)]})

        assert (found in opened(foreign), left_out(foreign)) == (True, [])  # as the relation spells it


def test_editors_of_a_protected_part_are_not_named() -> None:
    foreign = Foreign(
        f'<w:p><w:permStart w:id="1" w:ed="DOMAIN\\zhang"/>{run("甲")}<w:permEnd w:id="1"/></w:p>'
    )

    assert begin(opened(foreign)) == f"<w:p>{run('甲')}</w:p>".replace("<w:rPr></w:rPr>", "<w:rPr/>")
    assert left_out(foreign) == ["提示 模板.docx：可编辑区域的用户名单不带入报告。不必改动模板。"]


def test_what_is_damaged_is_told() -> None:
    foreign = Foreign(parts={"word/comments.xml": "<w:comments"})

    with pytest.raises(Unreadable, match=r"模板\.docx › word/comments\.xml：Word 文件的内容已损坏"):
        opened(foreign)


@pytest.mark.parametrize("nested", ["altChunk", "subDoc"])
def test_a_document_within_the_template_is_refused(nested: str) -> None:
    markup = f'<w:{nested} r:id="rId7"/>'
    foreign = Foreign(
        markup if nested == "altChunk" else f"<w:p>{markup}</w:p>",
        {"word/chunk.html": "<p>甲</p>"},
        {"html": "text/html"},
        {RELS: [("rId7", "aFChunk" if nested == "altChunk" else "subDocument", "chunk.html")]},
    )

    [problem] = told(foreign)

    assert problem.partition("：")[2] == (
        "模板里嵌有另一个文件的内容（altChunk 或主控文档的子文档），无法检查。"
        "请在 Word 中打开模板，把内容直接放进模板后另存。"
    )


def test_a_chart_stays_without_the_workbook_behind_it() -> None:
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    foreign = Foreign(
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="图"/><a:graphic>'
        f'<a:graphicData uri="{chart}"><c:chart xmlns:c="{chart}" r:id="rId7"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>",
        {
            "word/charts/chart1.xml": f'<c:chartSpace xmlns:c="{chart}" {NAMES}><c:chart><c:title>'
            "<c:tx><c:rich><a:p><a:r><a:t>{{ or</a:t></a:r><a:r><a:t>gan }}</a:t></a:r></a:p></c:rich></c:tx>"
            '</c:title></c:chart><c:externalData r:id="rId1"/></c:chartSpace>',
            "word/embeddings/book.xlsx": b"x",
        },
        {
            "word/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        },
        {
            RELS: [("rId7", "chart", "charts/chart1.xml")],
            "word/charts/_rels/chart1.xml.rels": [("rId1", "package", "../embeddings/book.xlsx")],
        },
    )

    parts = opened(foreign)

    assert set(parts) - PLAIN == {"word/charts/chart1.xml"}
    assert b"externalData" not in parts["word/charts/chart1.xml"]
    assert left_out(foreign) == ["提示 模板.docx：嵌入的文件、图表的数据工作簿不带入报告。不必改动模板。"]


def test_an_embedded_object_leaves_its_picture() -> None:
    foreign = Foreign(
        '<w:p><w:r><w:object w:dxaOrig="9" w:dyaOrig="9"><v:shape id="a" o:ole=""><v:imagedata r:id="rId8"/>'
        '</v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="a" r:id="rId7"/></w:object>'
        "</w:r></w:p>",
        {"word/embeddings/book.xlsx": b"x", "word/media/a.png": PNG},
        {"xlsx": "x/x", "png": "image/png"},
        {RELS: [("rId7", "package", "embeddings/book.xlsx"), ("rId8", "image", "media/a.png")]},
    )

    parts = opened(foreign)

    assert set(parts) - PLAIN == {"word/media/a.png"}
    assert begin(parts) == (
        '<w:p><w:r><w:pict><v:shape id="a"><v:imagedata r:id="rId8"/></v:shape></w:pict></w:r></w:p>'
    )
    assert left_out(foreign) == ["提示 模板.docx：嵌入的文件不带入报告。不必改动模板。"]


def test_activex_and_a_signature_line_go() -> None:
    foreign = Foreign(
        '<w:p><w:r><w:object><v:shape><v:imagedata r:id="rId8"/></v:shape><w:control r:id="rId7"/></w:object>'
        '</w:r></w:p><w:p><w:r><w:pict><v:shape><v:imagedata r:id="rId8"/>'
        '<o:signatureline o:suggestedsigner="张三"/></v:shape></w:pict></w:r></w:p>',
        {"word/activeX/activeX1.xml": XML, "word/media/a.png": PNG},
        {"png": "image/png"},
        {RELS: [("rId7", "control", "activeX/activeX1.xml"), ("rId8", "image", "media/a.png")]},
    )

    assert set(opened(foreign)) - PLAIN == {"word/media/a.png"}
    assert left_out(foreign) == [
        "警告 模板.docx › 正文 › 第 2 段：有 Word 的签名行，不带入报告。"
        "要电子签名的，请在生成的 Word 文件里另加。",
        "提示 模板.docx：ActiveX 控件不带入报告。不必改动模板。",
    ]
    assert lines(opened(foreign)) == ["", ""]


def field(*codes: str) -> str:
    """A paragraph with a field whose code is text and other fields."""
    pieces = "".join(
        code if code.startswith("<") else f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return mark.format("begin") + pieces + mark.format("separate") + run("果") + mark.format("end")


@pytest.mark.parametrize(
    "code",
    [
        ('INCLUDETEXT"C:\\a"',),
        (' includetext "C:\\a" ',),
        (" INCLUDE", 'TEXT "C:\\a" '),
        (field(" QUOTE INCLUDETEXT "), ' "C:\\a" '),
        (" PRINT C:\\a ",),
    ],
)
def test_a_field_that_fetches_leaves_its_result_however_it_is_named(code: tuple[str, ...]) -> None:
    foreign = Foreign(f"<w:p>{field(*code)}</w:p>")

    assert b"C:\\a" not in opened(foreign)["word/document.xml"]
    assert left_out(foreign) == [
        "提示 模板.docx：取用模板以外内容的域（现有的文字留下）不带入报告。不必改动模板。"
    ]
    assert lines(opened(foreign))[0].endswith("果")


def test_an_older_picture_that_lies_elsewhere_is_told_where_it_stands() -> None:
    shape = "<w:p><w:r><w:pict><v:shape><v:imagedata {}/></v:shape></w:pict></w:r></w:p>"
    foreign = Foreign(shape.format('src="file:///srv/a.png"'))

    assert b"srv" not in opened(foreign)["word/document.xml"]
    assert left_out(foreign) == [
        "警告 模板.docx › 正文 › 第 1 段：图片是链接到“file:///srv/a.png”的，没有存在模板里，不带入报告。"
        "请在 Word 中删去它，改为插入图片。"
    ]


def test_svg_of_a_template_goes_out_without_what_it_names() -> None:
    blip = '<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="rId9"/></wp:inline></w:drawing></w:r></w:p>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}<rect width="9"/></svg>'
    foreign = Foreign(
        blip,
        {"word/media/a.svg": svg.format('<image href="file:///srv/a.png"/>')},
        {"svg": "image/svg+xml"},
        {RELS: [("rId9", "image", "media/a.svg")]},
    )

    assert opened(foreign)["word/media/a.svg"] == svg.format("<image/>").encode()
    assert left_out(foreign) == ["提示 模板.docx：SVG 图片引用的外部内容不带入报告。不必改动模板。"]

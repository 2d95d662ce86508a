"""Tags wherever Word lets them be written: merged, or one true message; and no controls around them."""

from __future__ import annotations

import pytest

from tests.media.word.publication.foreign import (
    NAMES,
    WML,
    Foreign,
    begin,
    left_out,
    lines,
    made,
    opened,
    paragraph,
    run,
    told,
)

RELS = "word/_rels/document.xml.rels"
ORGAN = "试印机关 A & B <x>"
CONTROLS = "提示 模板.docx：内容控件（里面的文字留下）不带入报告。不必改动模板。"


DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWN = "http://schemas.microsoft.com/office/drawing/2008/diagram"


def control(content: str, properties: str = "") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="控件"/><w:id w:val="7"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{"".join(rows)}</w:tbl>'


def cell(text: str) -> str:
    return f"<w:tc><w:tcPr/>{paragraph(text)}</w:tc>"


def row(text: str) -> str:
    return f"<w:tr>{cell(text)}</w:tr>"


def box(content: str) -> str:
    return (
        '<w:p><w:r><w:pict><v:shape style="width:9pt;height:9pt"><v:textbox><w:txbxContent>'
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


LOOP = ("{%tr for x in overview %}", "{{ x.level }}", "{%tr endfor %}")
LEVELS = ["2", "3", "4", "2", "3", "4", "0"]
WRITTEN = {  # markup before the title, and the paragraphs that are printed of it
    "in a control round a block": (control(paragraph("{{ organ }}")), [ORGAN]),
    "in a control round a run": (f"<w:p>{control(run('{{ organ }}'))}{run('。')}</w:p>", [f"{ORGAN}。"]),
    "in a control round a cell": (table(f"<w:tr>{control(cell('{{ organ }}'))}</w:tr>"), [ORGAN]),
    "in a control round a row": (table(control(row("{{ organ }}"))), [ORGAN]),
    "in a control round a table": (control(table(row("{{ organ }}"))), [ORGAN]),
    "in controls within controls": (
        control(control(table(control(f"<w:tr>{control(cell('{{ organ }}'))}</w:tr>")))), [ORGAN]
    ),
    "in a repeating section": (
        table(control(control(row("{{ organ }}"), '<w:placeholder><w:docPart w:val="A"/></w:placeholder>'))),
        [ORGAN],
    ),
    "rows of a loop in controls": (table(*map(control, map(row, LOOP))), LEVELS),
    "a loop within one control": (table(control("".join(map(row, LOOP)))), LEVELS),
    "a loop that begins within a control": (
        table(control(row(LOOP[0]) + row(LOOP[1])), row(LOOP[2])), LEVELS
    ),
    "paragraphs of a loop in controls": (
        control(paragraph("{%p for x in overview %}"))
        + control(paragraph("{{ x.level }}") + paragraph("{%p endfor %}")),
        LEVELS,
    ),
    "in customXml at every level": (
        f'<w:customXml w:uri="u" w:element="e"><w:customXmlPr/>{paragraph("{{ organ }}")}</w:customXml>'
        + table(f'<w:customXml w:element="e">{row("{{ organ }}")}</w:customXml>'),
        [ORGAN, ORGAN],
    ),
    "in a smart tag": (
        f'<w:p><w:smartTag w:element="e"><w:smartTagPr/>{run("{{ or")}</w:smartTag>{run("gan }}")}</w:p>',
        [ORGAN],
    ),
    "half in a control": (f"<w:p>{run('{{ or')}{control(run('gan'))}{run(' }}')}</w:p>", [ORGAN]),
    "half in a link": (
        f'<w:p>{run("{{ or")}<w:hyperlink w:anchor="a">{run("gan }}")}</w:hyperlink>{run("。")}</w:p>',
        [f"{ORGAN}。"],
    ),
    "round a bookmark and marks of proofing": (
        f'<w:p>{run("{")}<w:proofErr w:type="spellStart"/>{run("{ or")}<w:bookmarkStart w:id="3" w:name="a"/>'
        f'{run("gan")}<w:proofErr w:type="spellEnd"/>{run(" ")}{run("}")}<w:bookmarkEnd w:id="3"/>'
        f"{run('}')}</w:p>",
        [ORGAN],
    ),
    "two in pieces in one paragraph": (
        f"<w:p>{run('甲{{ ')}{run('year')}{run(' }}年{{')}{run(' organ }')}{run('}乙')}</w:p>",
        [f"甲2021年{ORGAN}乙"],
    ),
    "a condition in pieces": (
        f"<w:p>{run('{% i')}{run('f year %}是{%')}{run(' else %}否{% endif')}{run(' %}')}</w:p>",
        ["是"],
    ),
    "in a text box": (box(paragraph("{{ organ }}")), [ORGAN, ORGAN]),
    "in pieces in a text box": (box(f"<w:p>{run('{{ or')}{run('gan }}')}</w:p>"), [ORGAN, ORGAN]),
    "in a control in a text box": (box(control(paragraph("{{ organ }}"))), [ORGAN, ORGAN]),
}  # fmt: skip


@pytest.fixture(scope="module")
def together() -> dict[str, bytes]:
    """All of them in one report: each stands behind a line with its name."""
    body = "".join(f"{paragraph(name)}{body}" for name, (body, _) in WRITTEN.items())
    return made(Foreign(body))


@pytest.mark.parametrize(("name", "printed"), [(name, printed) for name, (_, printed) in WRITTEN.items()])
def test_a_tag_is_merged(together: dict[str, bytes], name: str, printed: list[str]) -> None:
    found = lines(together)
    start = found.index(name) + 1

    assert found[start : start + len(printed)] == printed
    assert found[start + len(printed) : start + len(printed) + 1] in ([], *([other] for other in WRITTEN))


def test_no_control_is_left_and_all_are_told_once(together: dict[str, bytes]) -> None:
    body = "".join(body for body, _ in WRITTEN.values())

    assert told(Foreign(body)) == [CONTROLS]
    assert [
        word for word in (b"w:sdt", b"w:customXml", b"smartTag") if word in together["word/document.xml"]
    ] == []


def test_what_stands_between_the_pieces_of_a_tag_is_not_lost() -> None:
    mark = '<w:bookmarkStart w:id="3" w:name="甲"/>'
    drawing = '<w:r><w:pict><v:shape style="width:9pt"/></w:pict></w:r>'

    markup = begin(opened(Foreign(f"<w:p>{run('{{ or')}{mark}{drawing}{run('gan }}')}</w:p>")))

    assert (mark in markup, "v:shape" in markup, ">{{ organ }}<" in markup) == (True, True, True)


@pytest.mark.parametrize("where", ["header", "footer", "footnotes", "endnotes"])
def test_controls_and_pieces_are_looked_into_outside_the_body(where: str) -> None:
    root, inner = {"header": ("hdr", "{}"), "footer": ("ftr", "{}")}.get(
        where, (where, f'<w:{where[:-1]} w:id="1">{{}}</w:{where[:-1]}>')
    )
    content = inner.format(control(f"<w:p>{run('{{ or')}{control(run('gan }}'))}</w:p>"))
    reference = {
        "header": '<w:p><w:pPr><w:sectPr><w:headerReference r:id="rId7"/></w:sectPr></w:pPr></w:p>',
        "footer": '<w:p><w:pPr><w:sectPr><w:footerReference r:id="rId7"/></w:sectPr></w:pPr></w:p>',
        "footnotes": '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        "endnotes": '<w:p><w:r><w:endnoteReference w:id="1"/></w:r></w:p>',
    }[where]
    foreign = Foreign(
        reference,
        {"word/other.xml": f"<w:{root} {NAMES}>{content}</w:{root}>"},
        {"word/other.xml": f"{WML}.{where}+xml"},
        {RELS: [("rId7", where, "other.xml")]},
    )

    assert lines(made(foreign), "word/other.xml") == [ORGAN]
    assert told(foreign) == [CONTROLS]


def smartart(text: str) -> Foreign:
    """A SmartArt graphic as Word saves it: its data, and the drawing made of them."""
    shape = f"<a:p><a:r><a:t>{text[:4]}</a:t></a:r><a:r><a:t>{text[4:]}</a:t></a:r></a:p>"
    kind = "application/vnd.openxmlformats-officedocument.drawingml"
    return Foreign(
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="图"/><a:graphic>'
        f'<a:graphicData uri="{DIAGRAM}"><dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="rId7" r:lo="rId8"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        {
            "word/diagrams/data1.xml": f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" {NAMES}>'
            "<dgm:ptLst><dgm:pt><dgm:t>"
            f"{shape}</dgm:t></dgm:pt></dgm:ptLst><dgm:extLst><a:ext>"
            f'<dsp:dataModelExt xmlns:dsp="{DRAWN}" '
            'relId="rId9"/></a:ext></dgm:extLst></dgm:dataModel>',
            "word/diagrams/layout1.xml": f'<dgm:layoutDef xmlns:dgm="{DIAGRAM}"/>',
            "word/diagrams/drawing1.xml": f'<dsp:drawing xmlns:dsp="{DRAWN}" {NAMES}><dsp:txBody>'
            f"{shape}</dsp:txBody></dsp:drawing>",
        },
        {
            "word/diagrams/data1.xml": f"{kind}.diagramData+xml",
            "word/diagrams/layout1.xml": f"{kind}.diagramLayout+xml",
            "word/diagrams/drawing1.xml": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        },
        {
            RELS: [
                ("rId7", "diagramData", "diagrams/data1.xml"),
                ("rId8", "diagramLayout", "diagrams/layout1.xml"),
                ("rId9", "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
                 "diagrams/drawing1.xml"),
            ]
        },
    )  # fmt: skip


def test_a_tag_in_smartart_is_merged_in_its_data_and_its_drawing() -> None:
    parts = made(smartart("{{ organ }}"))

    for name in ("word/diagrams/data1.xml", "word/diagrams/drawing1.xml"):
        assert "试印机关 A &amp; B &lt;x&gt;" in parts[name].decode()
    assert left_out(smartart("{{ organ }}")) == []


def test_a_misspelt_tag_in_smartart_is_found() -> None:
    assert [problem.partition("。")[0] for problem in told(smartart("{{ organn }}"))] == [
        "错误 模板.docx › SmartArt 图形：标签 organn 不在规定格式中"
    ] * 2


@pytest.mark.parametrize(
    ("body", "spot", "words"),
    [
        (paragraph("甲{%p if year %}乙") + paragraph("{%p endif %}"), "第 1 段", "甲乙"),
        (f"<w:p>{run('{%p if')}{run(' year %}甲')}</w:p>{paragraph('{%p endif %}')}", "第 1 段", "甲"),
        (
            table(f"<w:tr>{cell('{%tr if year %}')}{cell('甲')}</w:tr>", row("乙"), row("{%tr endif %}")),
            "表 1 第 1 行第 1 列",
            "甲",
        ),
    ],
)
def test_what_goes_with_the_paragraph_or_row_of_a_tag_is_told(body: str, spot: str, words: str) -> None:
    assert told(Foreign(body)) == [
        f"警告 模板.docx › 正文 › {spot}：{{%p … %}} 或 {{%tr … %}} 所在的整段、整行不印，"
        f"旁边的“{words}”不带入报告。要印的请另写一段或一行。"
    ]


def test_tags_that_stand_alone_are_not_told() -> None:
    body = (
        paragraph("  {%p if year %} ") + paragraph("{% if year %}甲{% endif %}") + paragraph("{%p endif %}")
    )

    assert told(Foreign(body)) == []


ELSEWHERE = {
    "the target of a link": (
        "链接的地址",
        Foreign(
            f'<w:p><w:hyperlink r:id="rId7">{run("甲")}</w:hyperlink></w:p>',
            relations={RELS: [("rId7", "hyperlink", "http://www.example.gov.cn/%7B%7B%20year%20%7D%7D")]},
        ),
    ),
    "the name of a style": (
        "样式",
        Foreign(changes={"word/styles.xml": ('<w:name w:val="Normal"/>', '<w:name w:val="{{ year }}"/>')}),
    ),
}


@pytest.mark.parametrize(("part", "foreign"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_tag_where_none_is_merged_is_the_one_thing_told(part: str, foreign: Foreign) -> None:
    assert told(foreign) == [
        f"错误 模板.docx › {part}：写在这里的标签不会合并。请只在正文、表格、文本框、页眉、页脚和注里写标签。"
    ]


STORE = "{12345678-1234-1234-1234-123456789ABC}"
CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
APP = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
OPEN = "http://schemas.openxmlformats.org"
DC = f"xmlns:ns0='http://purl.org/dc/elements/1.1/' xmlns:ns1='{OPEN}/package/2006/metadata/core-properties'"
EXTENDED = f"xmlns:ns0='{OPEN}/officeDocument/2006/extended-properties'"


def bound(content: str, store: str, path: str, prefixes: str = "", kind: str = "<w:text/>") -> str:
    binding = f'<w:dataBinding w:prefixMappings="{prefixes}" w:xpath="{path}" w:storeItemID="{store}"/>{kind}'
    return control(content, binding)


BOUND = {  # a control bound to a value of the file, and what Word shows of it
    "the file's title": (
        bound(paragraph("旧标题"), CORE, "/ns1:coreProperties[1]/ns0:title[1]", DC), "试印标题 A & B <x>"
    ),
    "the company": (
        bound(paragraph("旧单位"), APP, "/ns0:Properties[1]/ns0:Company[1]", EXTENDED), f"{ORGAN}办公室"
    ),
    "a value of the template's own": (
        bound(f"<w:p>{run('旧')}{run('值')}</w:p>", STORE.lower(), "/a[1]/b[2]"), "2021年度"
    ),
    "an attribute": (bound(paragraph("旧"), STORE, "/a[1]/@c"), ORGAN),
    "a value that is blank": (bound(paragraph("{{ year }}"), STORE, "/a[1]/b[1]"), "2021"),
    "a value that is not there": (bound(paragraph("{{ year }}"), STORE, "/a[1]/d[1]"), "2021"),
    "a store that is not there": (bound(paragraph("{{ year }}"), "{0}", "/a[1]/b[1]"), "2021"),
    "a path that is a program": (bound(paragraph("{{ year }}"), STORE, "//*[contains(.,'年')]"), "2021"),
    "a date, which shows in its own format": (
        bound(paragraph("{{ date_line }}"), STORE, "/a[1]/b[2]", kind="<w:date/>"), "试印日期"
    ),
}  # fmt: skip


def test_a_bound_control_prints_what_word_shows() -> None:
    foreign = Foreign(
        "".join(body for body, _ in BOUND.values()),
        {
            "customXml/item1.xml": '<a c="{{ organ }}"><b/><b>{{ year }}年度</b></a>',
            "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds='
            '"http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        },
        {"customXml/itemProps1.xml": "x/x+xml"},
        {
            RELS: [("rId7", "customXml", "../customXml/item1.xml")],
            "customXml/_rels/item1.xml.rels": [("rId1", "customXmlProps", "itemProps1.xml")],
        },
        {"docProps/app.xml": ("<Application>", "<Company>{{ organ }}办公室</Company><Application>")},
    )

    parts = made(foreign)

    assert lines(parts) == [printed for _, printed in BOUND.values()]
    assert [name for name in parts if "customXml" in name] == []
    assert b"dataBinding" not in parts["word/document.xml"]

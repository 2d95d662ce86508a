"""Every Word document that is made: its parts by name, and nothing in them that nobody prints."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from nianbao.media.ooxml import parts_of

from tests import libreoffice
from tests.media.word.publication.foreign import (
    BY,
    MS,
    NAMES,
    PNG,
    WML,
    Foreign,
    dead,
    paragraph,
    run,
)
from tests.paths import DATA, VALIDATOR
from tests.report.rollup.rollup_samples import COUNTY, organs, save
from tests.runner import nianbao

RELS, SETTINGS = "word/_rels/document.xml.rels", "word/settings.xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ZOOM = '<w:zoom w:percent="100"/>'
WORD = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/app.xml",
    "docProps/core.xml",
    RELS,
    "word/document.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    SETTINGS,
    "word/styles.xml",
]
DRAFT = [f"word/header_draft{number}.xml" for number in (1, 2, 3)]
CHARTS = [f"word/media/chart{number}.{kind}" for number in (1, 2, 3, 4) for kind in ("png", "svg")]
LEFT = re.compile(
    r"<w:(?:ins|del|moveFrom|moveTo|sdt|dataBinding|mailMerge|attachedTemplate|docVars?|comment)\b|Change[ >]"
    r"|comments|rsid|paraId|signatureline|_xmlsig|customXml|lastModifiedBy|Company"
    r"|张三|内部科室|内部意见|台账\.xlsx|file:|[A-Z]:\\"
)
OFFICE = "application/vnd.openxmlformats-officedocument"
KEPT = "{12345678-1234-1234-1234-123456789ABC}"


def reviewed() -> bytes:
    """A template as it comes back from its reviewers: sound by the rules of Open XML, and full of them."""
    control = (
        '<w:sdt><w:sdtPr><w:id w:val="7"/><w:dataBinding w:xpath="/a[1]" '
        f'w:storeItemID="{KEPT}"/><w:text/></w:sdtPr><w:sdtContent>{paragraph("旧单位")}</w:sdtContent></w:sdt>'
    )
    bold = f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>"
    deleted = f"<w:del {BY}><w:r><w:delText>内部科室</w:delText></w:r></w:del>"
    rows = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr><w:tc><w:tcPr/>{paragraph(text)}</w:tc></w:tr>"
        for text, mark in (("内部", f"<w:del {BY}/>"), ("{{ organ }}", f"<w:ins {BY}/>"))
    )
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>{rows}</w:tbl>'
    commented = (
        f'<w:p w:rsidR="00AA00AA" w14:paraId="11111111" w14:textId="77777777"><w:commentRangeStart w:id="0"/>'
        f"{run('本报告由')}{deleted}<w:ins {BY}>{run('综合科', bold)}"
        '</w:ins><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        f"{run('编制。')}{run('内部意见', '<w:vanish/>')}</w:p>"
    )
    linked = (
        '<w:p><w:hyperlink r:id="rIdA"><w:r><w:t>台账</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rIdB"><w:r><w:t>网站</w:t></w:r></w:hyperlink>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>FILENAME \\p</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>。</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    joined = paragraph("段落标记已删，", f"<w:rPr><w:del {BY}/></w:rPr>") + paragraph("联系方式见网站。")
    note = f'<w:comment w:id="0" w:author="张三" w:initials="z">{paragraph("内部意见")}</w:comment>'
    return Foreign(
        commented + linked + joined + table + control,
        {
            "word/comments.xml": f"<w:comments {NAMES}>{note}</w:comments>",
            "word/people.xml": '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
            "customXml/item1.xml": "<a>{{ organ }}</a>",
            "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{KEPT}" xmlns:ds='
            '"http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
            "docProps/thumbnail.png": PNG,
            "_xmlsignatures/origin.sigs": b"",
        },
        {
            "word/comments.xml": f"{WML}.comments+xml",
            "word/people.xml": f"{WML}.people+xml",
            "customXml/itemProps1.xml": f"{OFFICE}.customXmlProperties+xml",
            "png": "image/png",
            "sigs": "application/vnd.openxmlformats-package.digital-signature-origin",
        },
        {
            "_rels/.rels": [
                ("rIdT", f"{PACKAGE}/metadata/thumbnail", "docProps/thumbnail.png"),
                ("rIdS", f"{PACKAGE}/digital-signature/origin", "_xmlsignatures/origin.sigs"),
            ],
            RELS: [
                ("rIdA", "hyperlink", "file:///D:\\内部\\台账.xlsx"),
                ("rIdB", "hyperlink", "http://www.example.gov.cn/"),
                ("rIdC", "comments", "comments.xml"),
                ("rIdP", f"{MS}/people", "people.xml"),
                ("rIdX", "customXml", "../customXml/item1.xml"),
            ],
            "customXml/_rels/item1.xml.rels": [("rId1", "customXmlProps", "itemProps1.xml")],
            "word/_rels/settings.xml.rels": [("rIdM", "mailMergeSource", "file:///D:\\内部\\台账.xlsx")],
        },
        {
            SETTINGS: (
                ZOOM,
                f'{ZOOM}<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:dataType w:val="native"/>'
                '<w:dataSource r:id="rIdM"/></w:mailMerge><w:trackRevisions/>',
            ),
            "docProps/core.xml": ("{{ organ }}</dc:creator>", "张三</dc:creator>"),
            "docProps/app.xml": ("<Application>", "<Company>内部</Company><Application>"),
        },
    ).template()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, sound: Callable[..., Any]) -> dict[str, Path]:
    """Every kind of Word document, made as people make it."""
    pytest.importorskip("matplotlib", reason="needs the extra charts")
    folder = tmp_path_factory.mktemp("documents")
    template = folder / "模板.docx"
    template.write_bytes(reviewed())
    save(organs(3), folder / "单位")
    summed = folder / "汇总.xlsx"
    assert (
        nianbao("rollup", folder / "单位", "-o", summed, "--organ", COUNTY, "--reporter", "县级政府汇总").code
        == 0
    )
    last = folder / "2024.json"
    last.write_text(json.dumps(sound(2024)), encoding="utf-8")
    report = folder / "2025.json"
    report.write_text(json.dumps(sound(2025)), encoding="utf-8")
    own = ("--template", template)
    runs: dict[str, tuple[str | Path, ...]] = {
        "a report": (report,),
        "one of 2019": (DATA / "示例-2019.xlsx", "--draft"),
        "a draft": (report, "--draft"),
        "with charts": (report, "--charts", "--last-year", last),
        "a roll-up": (summed, "--draft"),
        "by a reviewed template": (report, *own),
        "its draft": (report, "--draft", *own),
    }
    made = {}
    for name, words in runs.items():
        ran = nianbao("generate", *words, "-o", folder / name)
        [made[name]] = (folder / name).rglob("*.docx")
        assert ran.code in (0, 1), ran.err
    for edition in ("2021", "2019"):
        made[f"template {edition}"] = folder / f"{edition}.docx"
        assert nianbao("template", "build", edition, "-o", made[f"template {edition}"]).code == 0
    return made


NAMED = {
    "a report": WORD,
    "one of 2019": WORD + DRAFT,
    "a draft": WORD + DRAFT,
    "with charts": WORD + CHARTS,
    "a roll-up": WORD + DRAFT,
    "by a reviewed template": WORD,
    "its draft": WORD + DRAFT,
    "template 2021": WORD,
    "template 2019": WORD,
}


@pytest.mark.parametrize("name", NAMED)
def test_its_parts_are_these_and_hold_nothing_of_anybody(documents: dict[str, Path], name: str) -> None:
    parts = parts_of(documents[name].read_bytes())

    assert sorted(parts) == sorted(NAMED[name])
    assert dead(parts) == []
    written = {
        part: LEFT.findall(content.decode())
        for part, content in parts.items()
        if part.endswith(("ml", "rels"))
    }
    assert {part: found for part, found in written.items() if found} == {}


def test_a_reviewed_template_prints_what_its_reviewers_leave(documents: dict[str, Path]) -> None:
    document = docx.Document(str(documents["by a reviewed template"]))
    texts = [one.text for one in document.paragraphs]

    assert texts[:4] == [
        "本报告由综合科编制。",
        "台账网站。",
        "段落标记已删，联系方式见网站。",
        "某某市示例局",
    ]
    assert [cell.text for cell in document.tables[0].column_cells(0)] == ["某某市示例局"]
    assert document.core_properties.author == "某某市示例局"


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
def test_each_is_valid_by_the_open_xml_sdk(documents: dict[str, Path]) -> None:
    errors = {}
    for name, path in documents.items():
        ran = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, check=False, text=True)
        errors[name] = json.loads(ran.stdout)["errors"]

    assert errors == {name: [] for name in documents}


@libreoffice.with_soffice
def test_libreoffice_opens_what_a_reviewed_template_makes(documents: dict[str, Path], tmp_path: Path) -> None:
    [pdf] = libreoffice.convert(tmp_path / "out", documents["by a reviewed template"])

    assert pdf.read_bytes().startswith(b"%PDF")

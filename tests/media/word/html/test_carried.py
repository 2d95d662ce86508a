"""Numbering, tabs, notes, drawings, columns, table styles: carried over as Word sets them."""

from __future__ import annotations

import re
import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from nianbao.media import fonts
from nianbao.media.pdf import write
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read, read
from tests.media.word.html.page_samples import paragraph, saved

NUMBERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"


def printed(made: Any, folder: Path, *options: str) -> str:
    page = convert(saved(made), "报告.docx", fonts)
    (folder / "a.pdf").write_bytes(write(page.html, "报告.docx", fonts.configure()))
    done = subprocess.run(
        ["pdftotext", *options, str(folder / "a.pdf"), "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


def lefts(bbox: str) -> dict[str, float]:
    """Where each word of a page begins, in points."""
    return {
        line.split(">")[1].split("<")[0]: float(line.split('"')[1])
        for line in bbox.splitlines()
        if "<word " in line
    }


def test_what_a_wrapper_says_of_itself_is_no_loss() -> None:
    made = Document()
    wrapped = "<w:customXmlPr/><w:p><w:r><w:t>正文</w:t></w:r></w:p>"
    made.element.body.insert(0, parse_xml(f"<w:customXml {nsdecls('w')}>{wrapped}</w:customXml>"))

    assert read(made).texts() == ["正文"]


def test_tabs_lead_to_their_stops(tmp_path: Path) -> None:
    made = Document()
    made.sections[0].left_margin = Pt(72)
    tabs = made.add_paragraph("a\tleft\tmiddle\tend\n\tnext").paragraph_format.tab_stops
    for at, kind in ((100, 0), (200, 1), (300, 2)):
        tabs.add_tab_stop(Pt(at), [0, 1, 2][kind])

    words = lefts(printed(made, tmp_path, "-bbox"))
    said = printed(made, tmp_path, "-bbox")
    ends = {
        line.split(">")[1].split("<")[0]: float(line.split('"')[5])
        for line in said.splitlines()
        if "<word " in line
    }

    assert words["left"] == pytest.approx(172, abs=0.2)
    assert (words["middle"] + ends["middle"]) / 2 == pytest.approx(272, abs=0.2)
    assert ends["end"] == pytest.approx(372, abs=0.2)
    assert words["next"] == pytest.approx(172, abs=0.2)


def test_without_stops_a_tab_leads_to_the_next_default_one(tmp_path: Path) -> None:
    made = Document()
    made.sections[0].left_margin = Pt(72)
    [distance] = made.settings.element.xpath("./w:defaultTabStop")
    distance.set(qn("w:val"), "1000")
    made.add_paragraph("a\tb\tc")

    words = lefts(printed(made, tmp_path, "-bbox"))

    assert [words["b"], words["c"]] == pytest.approx([122, 172], abs=0.2)


def test_a_leader_fills_the_way_to_its_stop(tmp_path: Path) -> None:
    made = Document()
    made.add_paragraph("目录\t12").paragraph_format.tab_stops.add_tab_stop(Pt(300), 2, 1)

    said = printed(made, tmp_path)

    assert said.startswith("目录...........")
    assert said.count(".") > 40


def footnoted() -> bytes:
    made = Document()
    run = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    made.add_paragraph("正文")._p.append(parse_xml(run.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)))
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    said = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>出处见网站</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, said.encode(), made.part.package)
    made.part.relate_to(part, NUMBERS.replace("numbering", "footnotes"))
    return saved(made)


def test_a_footnote_is_called_by_its_number_and_stands_at_the_foot(tmp_path: Path) -> None:
    page = convert(footnoted(), "报告.docx", fonts)
    (tmp_path / "a.pdf").write_bytes(write(page.html, "报告.docx", fonts.configure()))
    said = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True
    )
    tops = [float(line.split('"')[3]) for line in said.stdout.decode().splitlines() if "<word " in line]

    assert page.problems == ()
    assert [each.text_content() for each in Read(page.html).tree.xpath("//*[@class='note']")] == [
        "1出处见网站"
    ]
    assert tops[0] < 100
    assert tops[-1] > 650


BOX = (
    '<w:r {names}><w:drawing><wp:anchor behindDoc="0"><wp:positionH relativeFrom="column">'
    '<wp:posOffset>1270000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page">'
    '<wp:posOffset>2540000</wp:posOffset></wp:positionV><wp:extent cx="1270000" cy="635000"/><wp:wrapNone/>'
    '<a:graphic><a:graphicData uri="u"><wps:wsp><wps:spPr><a:ln><a:solidFill><a:srgbClr val="FF0000"/>'
    "</a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>发文机关</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
)
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def test_a_text_box_stands_where_it_is_anchored(tmp_path: Path) -> None:
    made = Document()
    made.sections[0].left_margin = Pt(72)
    box = BOX.replace("{names}", f"{nsdecls('w', 'wp', 'a')} {WPS}")
    made.add_paragraph("正文")._p.append(parse_xml(box))

    said = next(line for line in printed(made, tmp_path, "-bbox").splitlines() if "发文机关" in line)

    assert float(said.split('"')[1]) == pytest.approx(72 + 100 + 7.2, abs=1)
    assert 200 < float(said.split('"')[3]) < 215


def test_columns_keep_their_distance_and_are_evened_out_only_above_other_text() -> None:
    made = Document()
    made.add_paragraph("文")
    columns = made.sections[0]._sectPr.xpath("./w:cols")[0]
    columns.getparent().replace(
        columns, parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="400" w:sep="1"/>')
    )

    page = read(made)
    [section] = page.tree.xpath("//section")

    assert page.css(section) == {
        "page": "s1",
        "column-count": "2",
        "column-gap": "20pt",
        "column-fill": "auto",
        "column-rule": "0.5pt solid",
    }


def test_a_header_taller_than_its_margin_pushes_the_body_down(tmp_path: Path) -> None:
    made = Document()
    section = made.sections[0]
    section.top_margin, section.header_distance = Pt(60), Pt(30)
    section.header.paragraphs[0].text = "眉"
    for _ in range(9):
        section.header.add_paragraph("眉")
    made.add_paragraph("正文")

    said = next(line for line in printed(made, tmp_path, "-bbox").splitlines() if "正文" in line)

    assert float(said.split('"')[3]) > 150


def test_hidden_text_is_left_out() -> None:
    def write_hidden(document: Any) -> None:
        paragraph(document, "看得见").add_run("看不见").font.hidden = True

    assert read(write_hidden).texts() == ["看得见"]


def test_a_page_border_is_drawn_at_its_distance_from_the_text() -> None:
    made = Document()
    section = made.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(72)
    section._sectPr.append(
        parse_xml(
            f'<w:pgBorders {nsdecls("w")}><w:top w:val="single" w:sz="8" w:space="24" w:color="FF0000"/>'
            "</w:pgBorders>"
        )
    )
    made.add_paragraph("正文")

    [encoded] = re.findall(r"background-image: url\(data:image/svg\+xml;base64,([^)]*)\)", read(made).text)

    assert '<path d="M72 48L540 48" stroke="#ff0000" stroke-width="1"' in b64decode(encoded).decode()


def test_letters_lose_their_spacing_where_the_script_changes() -> None:
    page = read(lambda document: paragraph(document, "情况[…略]"))
    [block] = page.blocks()

    assert [page.css(each) for each in block.xpath("./i")] == [{"margin-left": "0.25pt"}] * 3


def test_kerning_follows_the_document() -> None:
    made = Document()
    made.add_paragraph("AV").runs[0]._r.get_or_add_rPr().append(
        parse_xml(f'<w:kern {nsdecls("w")} w:val="2"/>')
    )
    made.add_paragraph("AV")

    page = read(made)

    assert [page.css(block)["font-kerning"] for block in page.blocks()] == ["normal", "none"]


def test_a_paragraph_of_blanks_is_as_high_as_one_without() -> None:
    page = read(lambda document: [paragraph(document, "  "), paragraph(document, "")])

    assert [len(block.xpath(".//br")) for block in page.blocks()] == [1, 1]

"""Pictures and shapes: cut, turned, mirrored, framed; what else is done to them is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import saved
from tests.media.word.html.page_xml import (
    colors,
    document,
    drawn,
    element,
    four_colors,
    losses,
    page_of,
    paragraph,
    printed,
)
from tests.reference_pdf import words

PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
ROOT = 'distT="0" distB="0" distL="0" distR="0"'
PICTURE_IN_A_LOW_LINE = "行距为固定值的段落中，图片完整显示，在 Word 中只露出一行的高度"
WIDE, HIGH = 100, 60  # points


def anchored(graphic: str) -> str:
    """A drawing of 100 by 60 points in the corner of the page's text."""
    at = "".join(
        f'<wp:position{way} relativeFrom="page"><wp:posOffset>{72 * 12700}</wp:posOffset></wp:position{way}>'
        for way in "HV"
    )
    size = f'<wp:extent cx="{WIDE * 12700}" cy="{HIGH * 12700}"/>'
    return (
        f"<w:r><w:drawing><wp:anchor {ROOT}>{at}{size}<wp:wrapNone/>{graphic}</wp:anchor></w:drawing></w:r>"
    )


def in_line(graphic: str) -> str:
    """The same in the line."""
    size = f'<wp:extent cx="{WIDE * 12700}" cy="{HIGH * 12700}"/>'
    return f"<w:r><w:drawing><wp:inline {ROOT}>{size}{graphic}</wp:inline></w:drawing></w:r>"


def pictured(
    identity: str, cut: str = "", transform: str = "", form: str = "rect", more: str = "", effect: str = ""
) -> str:
    return (
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{identity}">{effect}</a:blip>'
        f"<a:srcRect {cut}/></pic:blipFill><pic:spPr><a:xfrm {transform}/>"
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{more}</pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic>"
    )


def shaped(form: str, transform: str = "", line: str = "", more: str = "", body: str = "") -> str:
    red = f'<a:ln w="38100"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>{line}</a:ln>'
    return (
        f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:spPr><a:xfrm {transform}/>'
        f'<a:prstGeom prst="{form}"/>{red}{more}</wps:spPr>{body}</wps:wsp></a:graphicData></a:graphic>'
    )


def with_picture(*runs: str) -> Any:
    """A document with these runs, in which `{}` stands for the picture of four colours."""
    made = document(paragraph())
    relation, _ = made.part.get_or_add_image(four_colors())
    made.element.body.insert(0, element(paragraph(*(run.replace("{}", relation) for run in runs))))
    return made


SMALLER = 'l="-50000" t="-50000" r="-50000" b="-50000"'
CORNERS = ((5, 5), (95, 5), (5, 55), (95, 55))  # of a picture that stands upright
UPRIGHT_AFTER_QUARTER = ((25, -15), (75, -15), (25, 75), (75, 75))  # 60 wide, 100 high, on the same middle


@pytest.mark.parametrize(
    ("graphic", "places", "seen"),
    [
        (pictured("{}"), CORNERS, "rgby"),
        (pictured("{}", 'l="50000"'), CORNERS, "ggyy"),
        (pictured("{}", 'r="50000" b="50%"'), CORNERS, "rrrr"),
        (pictured("{}", SMALLER), CORNERS, "...."),
        (pictured("{}", SMALLER), ((30, 18), (70, 18), (30, 42), (70, 42)), "rgby"),
        (pictured("{}", transform='flipH="1"'), CORNERS, "gryb"),
        (pictured("{}", transform='flipV="1"'), CORNERS, "byrg"),
        (pictured("{}", transform='rot="5400000"'), UPRIGHT_AFTER_QUARTER, "bryg"),
        (pictured("{}", transform='rot="-5400000"'), UPRIGHT_AFTER_QUARTER, "gyrb"),
        (pictured("{}", transform='rot="10800000"'), CORNERS, "ybgr"),
        (pictured("{}", transform='rot="5400000" flipH="1"'), UPRIGHT_AFTER_QUARTER, "ygbr"),
        (pictured("{}", 'l="50000"', 'flipH="1"'), CORNERS, "ggyy"),
        (pictured("{}", transform='rot="2700000"'), ((50, -8), (50, 68), (3, 3), (97, 3)), "ry.."),
        (pictured("{}", form="ellipse"), (*CORNERS, (30, 15), (70, 15)), "....rg"),
        (pictured("{}", form="roundRect"), ((0.5, 0.5), (99, 0.5), (12, 12)), "..r"),
    ],
)  # fmt: skip
def test_a_picture_is_cut_mirrored_and_turned(
    graphic: str, places: tuple[tuple[float, float], ...], seen: str, tmp_path: Path
) -> None:
    image = drawn(printed(with_picture(anchored(graphic)), tmp_path))

    assert colors(image, *((72 + x, 72 + y) for x, y in places)) == seen


def test_a_turned_picture_takes_the_room_it_needs_in_its_line() -> None:
    made = with_picture(in_line(pictured("{}", transform='rot="5400000"')), in_line(pictured("{}")))

    tree: Any = Read(convert(saved(made), "报告.docx").html).tree
    turned, upright = (each.get("style") for each in tree.xpath("//p/span/*[@style]"))

    assert turned == "display: inline-block; width: 60pt; height: 100pt; text-indent: 0"
    assert upright == "width: 100pt; height: 60pt"


def test_a_frame_lies_over_the_edge_of_its_picture(tmp_path: Path) -> None:
    line = '<a:ln w="76200"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill></a:ln>'
    image = drawn(printed(with_picture(anchored(pictured("{}", more=line))), tmp_path))

    assert colors(image, (74, 74), (69, 74), (77, 77), (68, 68)) == "bbr."


def test_pictures_of_vml_too(tmp_path: Path) -> None:
    style = "position:absolute;margin-left:0;margin-top:0;width:100pt;height:60pt;flip:x"
    style += ";mso-position-vertical-relative:margin"
    image = '<v:imagedata r:id="{}" croptop="32768f" cropbottom="0"/>'
    made = with_picture(f'<w:r><w:pict><v:shape style="{style}">{image}</v:shape></w:pict></w:r>')

    assert colors(drawn(printed(made, tmp_path)), *((72 + x, 72 + y) for x, y in CORNERS)) == "ybyb"


@pytest.mark.parametrize(
    ("graphic", "lost"),
    [
        (pictured("{}", effect="<a:lum/><a:extLst/>"), []),
        (pictured("{}", effect='<a:lum bright="20000"/>'), ["图片的颜色效果没有带入"]),
        (pictured("{}", effect="<a:grayscl/>"), ["图片的颜色效果没有带入"]),
        (pictured("{}", more="<a:effectLst/>"), []),
        (pictured("{}").replace("</pic:blipFill>", "<a:tile/></pic:blipFill>"), ["图片的平铺改为填满"]),
        (
            pictured("{}").replace(
                "</pic:blipFill>", '<a:stretch><a:fillRect l="-20000"/></a:stretch></pic:blipFill>'
            ),
            ["图片在框中的位置没有带入，改为填满"],
        ),
        (
            pictured("{}", more="<a:effectLst><a:glow/></a:effectLst>"),
            ["图片的阴影、映像、柔化边缘等效果没有带入"],
        ),
        (pictured("{}", form="star5"), ["图片按形状的剪裁没有带入"]),
        (pictured("{}") + pictured("{}"), ["组合图形中只带入了第一张图片"]),
    ],
)
def test_what_else_is_done_to_a_picture_is_told(graphic: str, lost: list[str]) -> None:
    assert losses(convert(saved(with_picture(in_line(graphic))), "报告.docx")) == lost


@pytest.mark.parametrize(
    ("graphic", "places", "seen"),
    [
        (shaped("line"), ((25, 15), (75, 45), (75, 15), (50, 1)), "rr.."),
        (shaped("line", 'flipV="1"'), ((25, 45), (75, 15), (25, 15)), "rr."),
        (shaped("straightConnector1", 'flipH="1"'), ((25, 45), (75, 15), (25, 15)), "rr."),
        (shaped("line", 'flipH="1" flipV="1"'), ((25, 15), (75, 45), (75, 15)), "rr."),
        (shaped("rect"), ((1, 30), (50, 1), (50, 30)), "rr."),
        (shaped("rect", 'rot="5400000"'), ((21.5, 30), (78.5, 30), (1, 30), (50, -18.5)), "rr.r"),
        (shaped("ellipse"), ((1, 30), (50, 1), (2, 2)), "rr."),
    ],
)
def test_lines_and_shapes_stand_as_they_are_turned(
    graphic: str, places: tuple[tuple[float, float], ...], seen: str, tmp_path: Path
) -> None:
    image = drawn(printed(document(paragraph(anchored(graphic))), tmp_path))

    assert colors(image, *((72 + x, 72 + y) for x, y in places)) == seen


BOX = "<wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx><wps:bodyPr {}>{}</wps:bodyPr>"


@pytest.mark.parametrize(
    ("graphic", "lost"),
    [
        (shaped("line", line='<a:tailEnd type="triangle"/>'), ["线条的箭头没有带入"]),
        (
            shaped("rect", more="<a:effectLst><a:outerShdw/></a:effectLst>"),
            ["图形的阴影、发光等效果没有带入"],
        ),
        (shaped("rect", more="<a:gradFill/>"), ["图形的渐变、图案或图片填充没有带入"]),
        (shaped("rect", body=BOX.format("", "")), []),
        (shaped("rect", body=BOX.format('vert="eaVert"', "")), ["文本框中的竖排文字改为横排"]),
        (shaped("cloud", body=BOX.format("", "")), ["图形的形状改为矩形"]),
    ],
)
def test_what_a_shape_has_beside_outline_and_ground_is_told(graphic: str, lost: list[str]) -> None:
    assert losses(page_of(paragraph(anchored(graphic)))) == lost


@pytest.mark.parametrize(("anchor", "lower"), [("t", 0.0), ("ctr", 20.0), ("b", 40.0)])
def test_text_stands_at_the_top_middle_or_bottom_of_its_box(
    anchor: str, lower: float, tmp_path: Path
) -> None:
    text = f"<wps:txbx><w:txbxContent>{paragraph('字')}</w:txbxContent></wps:txbx>"
    inset = 'tIns="0" bIns="0" lIns="0" rIns="0"'
    line = '<w:spacing w:line="400" w:lineRule="exact" w:before="0" w:after="0"/>'
    text = text.replace("<w:pPr>", f"<w:pPr>{line}")
    made = document(
        paragraph(anchored(shaped("rect", body=f'{text}<wps:bodyPr anchor="{anchor}" {inset}/>')))
    )
    upper = document(paragraph(anchored(shaped("rect", body=f"{text}<wps:bodyPr {inset}/>"))))

    [found], [top] = (words(printed(each, tmp_path)) for each in (made, upper))

    assert found.bottom - top.bottom == pytest.approx(lower, abs=4)


@pytest.mark.parametrize(("line", "lost"), [(400, [PICTURE_IN_A_LOW_LINE]), (1200, [])])
def test_a_picture_higher_than_a_line_of_exact_height_is_told(line: int, lost: list[str]) -> None:
    made = with_picture(in_line(pictured("{}")))
    made.element.body[0].pPr.append(element(f'<w:spacing w:line="{line}" w:lineRule="exact"/>'))

    assert losses(convert(saved(made), "报告.docx")) == lost

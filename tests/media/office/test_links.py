"""What names another file is cut from .rtf and .odt, however it is written; what does not stays."""

# ruff: noqa: E501 - markup stands here as it is in the files

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from nianbao.media.office.compound_file import MAGIC
from nianbao.media.office.links import without_links
from nianbao.report import Unreadable
from PIL import Image

from tests.media.office import naming_files

ADDRESS = "file:///srv/secret.png"
DRAWING = naming_files.SVG.format(f'<image xlink:href="{ADDRESS}"/>').encode()
PICTURE = "\\pict\\pngblip\\picwgoal1000\\pichgoal1000 "
FRAME = '<text:p><draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="paragraph">{}</draw:frame></text:p>'


def point() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "png")
    return stream.getvalue()


def rtf(body: str) -> bytes:
    return f"{{\\rtf1\\ansi {body} text\\par}}".encode("ascii")


def field(instruction: str) -> str:
    return f"{{\\field{{\\*\\fldinst {instruction}}}{{\\fldrslt old}}}}"


@pytest.mark.parametrize(
    "instruction",
    [
        f'INCLUDEPICTURE "{ADDRESS}"',
        f'includepicture "{ADDRESS}"',
        f'\\uc0\\u73 NCLUDEPICTURE "{ADDRESS}"',
        f'I\\u78?CLUDEPICTURE "{ADDRESS}"',
        f'\\uc2 I\\u78??CLUDEPICTURE "{ADDRESS}"',
        f"\\'49NCLUDE\\'50ICTURE \"{ADDRESS}\"",
        f'{{\\rtlch INCLUDE}}{{\\b PICTURE}} {{"{ADDRESS}"}}',
        f'INCLUDE\r\nPICTURE "{ADDRESS}"',
        'DDEAUTO excel "secret"',
    ],
)
def test_a_field_that_fetches_keeps_its_result_only(instruction: str) -> None:
    assert without_links(".rtf", rtf(field(instruction)), "甲.rtf") == rtf(field(""))


def test_a_field_within_another_goes_by_itself() -> None:
    outer = field("IF 1 = 1 {} x")

    assert without_links(".rtf", rtf(outer.replace("{}", field("INCLUDETEXT secret"))), "甲.rtf") == rtf(
        outer.replace("{}", field(""))
    )


@pytest.mark.parametrize(
    "kept",
    [
        field(" PAGE "),
        field(' HYPERLINK "https://example.org/" '),
        "{\\*\\generator Word;}{\\b 1}{\\u30002?\\'41}",
        "{" + PICTURE + point().hex() + "}",
        "{\\shp{\\*\\shpinst{\\sp{\\sn shapeType}{\\sv 75}}{\\sp{\\sn pib}{\\sv {"
        + PICTURE
        + point().hex()
        + "}}}}}",
    ],
)
def test_what_stands_alone_stays_byte_for_byte(kept: str) -> None:
    assert without_links(".rtf", rtf(kept), "甲.rtf") == rtf(kept)


@pytest.mark.parametrize(
    "cut",
    [
        "{" + PICTURE + DRAWING.hex() + "}",
        "{\\*\\shppict{" + PICTURE + DRAWING.hex().upper() + "}}",
        "{\\*\\template C:\\'5csecret.dot}",
        "{\\*\\filetbl{\\file\\fid1 secret.docx}}",
        "{\\sp{\\sn pibName}{\\sv secret}}",
        "{\\sp{{\\sn fillBlipName}}{\\sv secret}}",
        "{\\object\\objautlink{\\*\\objdata 0105}{\\result{old}}}",
    ],
)
def test_pictures_templates_and_objects_from_elsewhere_go(cut: str) -> None:
    left = without_links(".rtf", rtf(cut), "甲.rtf")

    assert b"secret" not in left
    assert DRAWING.hex().encode() not in left.lower()
    assert (b"objdata" in left, b"objautlink" in left, b"text" in left) == (False, False, True)


def test_data_in_bytes_may_hold_anything() -> None:
    braces = b"\\bin7 {}{}\\\\}"
    assert (
        without_links(".rtf", b"{\\rtf1 {\\pict " + braces + b"}}", "甲.rtf")
        == b"{\\rtf1 {\\pict " + braces + b"}}"
    )
    drawn = b"{\\pict\\bin%d %s}" % (len(DRAWING), DRAWING)
    assert without_links(".rtf", b"{\\rtf1 " + drawn + b"a}", "甲.rtf") == b"{\\rtf1 a}"


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        f" {ADDRESS}",
        ADDRESS.upper(),
        "/srv/secret.png",
        "Pictures/../../../srv/secret.png",
        "../Pictures/secret.png",
        "vnd.sun.star.expand:$BRAND_BASE_DIR/secret.png",
        "Pictures/..%2F..%2Fsecret.png",
    ],
)
def test_of_an_open_document_only_its_own_parts_are_named(address: str) -> None:
    content = odt(FRAME.format(f'<draw:image xlink:href="{address}"/>'))

    assert b"secret" not in part(without_links(".odt", content, "甲.odt")).lower()


def test_links_to_click_and_pictures_of_its_own_stay() -> None:
    body = '<text:p><text:a xlink:href="https://example.org/">去</text:a></text:p>'
    body += FRAME.format('<draw:image xlink:href="Pictures/a.png"/>')

    alone = without_links(".odt", odt(body, {"Pictures/a.png": point()}), "甲.odt")

    assert part(alone).count(b"xlink:href=") == 2
    assert part(alone, "Pictures/a.png") == point()


def test_a_picture_in_the_text_is_looked_into() -> None:
    written = f"<draw:image><office:binary-data>{base64.b64encode(DRAWING).decode()}</office:binary-data></draw:image>"

    alone = without_links(".odt", odt(FRAME.format(written)), "甲.odt")

    found = part(alone).partition(b"binary-data>")[2].partition(b"</")[0]
    assert base64.b64decode(found) == DRAWING.replace(f' xlink:href="{ADDRESS}"'.encode(), b"")


def test_macros_and_settings_are_not_taken_over() -> None:
    more = {
        "Basic/Standard/a.xml": b"<a/>",
        "Scripts/python/a.py": b"",
        "settings.xml": b"<a/>",
        "Object 2": b"\xd0\xcf",
    }

    alone = without_links(".odt", odt("<text:p>字</text:p>", more), "甲.odt")

    with zipfile.ZipFile(io.BytesIO(alone)) as opened:
        assert opened.namelist() == ["mimetype", "content.xml", "META-INF/manifest.xml"]
        assert b"Basic" not in opened.read("META-INF/manifest.xml")


def test_one_with_a_password_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        without_links(".odt", odt("", {"content.xml": b"\x9a\x01"}), "甲.odt")

    assert [problem.code for problem in caught.value.problems] == ["office-failed"]


@pytest.mark.parametrize("length", [8, 76, 511, 600, 1500, 5000])
def test_a_binary_file_that_cannot_be_followed_stays_as_it_is(length: int) -> None:
    content = (MAGIC + bytes(range(256)) * 20)[:length]

    assert without_links(".doc", content, "甲.doc") == content


def odt(body: str, more: dict[str, bytes] | None = None) -> bytes:
    return naming_files.packed({"content.xml": naming_files.content(body), **(more or {})})


def part(document: bytes, name: str = "content.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        return opened.read(name)


def test_instructions_nested_without_end_are_taken_out_at_once() -> None:
    deep = "{\\field{\\*\\fldinst a " * 5_000 + "}}" * 5_000
    split = field("INCLUDE" + "{" * 500 + f'PICTURE "{ADDRESS}"' + "}" * 500)

    assert len(without_links(".rtf", rtf(deep), "甲.rtf")) < 10_000
    assert without_links(".rtf", rtf(split), "甲.rtf") == rtf(field(""))

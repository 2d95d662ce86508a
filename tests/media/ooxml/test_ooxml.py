"""Office files as packages: written the same way twice, read though damaged, changed part by part."""

from __future__ import annotations

import io
import zipfile

import pytest
from nianbao.media.ooxml import CONTENT_TYPES, Malformed, Package, owner, pack, parse, relations_of, salvage
from nianbao.media.ooxml.package import Relation

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {CONTENT_TYPES: TYPES, "word/document.xml": "<文/>".encode(), "说明.txt": b"x" * 1000}


def test_a_package_has_its_parts_in_order_and_no_date_of_today() -> None:
    made = pack(PARTS)

    assert made == pack(dict(PARTS))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
        assert archive.namelist() == list(PARTS)
        assert {
            (entry.date_time, entry.create_system, entry.compress_type) for entry in archive.infolist()
        } == {((1980, 1, 1, 0, 0, 0), 0, zipfile.ZIP_DEFLATED)}


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_damaged_part_is_left_out(at: int) -> None:
    content = bytearray(pack(PARTS))
    start = content.index("说明.txt".encode()) + len("说明.txt".encode())
    for byte in range(start + at, start + at + 4):
        content[byte] ^= 0xFF

    assert salvage(bytes(content), "x.docx") == {name: PARTS[name] for name in list(PARTS)[:2]}


def test_what_is_no_zip_is_malformed() -> None:
    with pytest.raises(Malformed):
        salvage(b"PK\3\4", "x.docx")


def test_relations_lead_to_parts_and_addresses() -> None:
    lines = (
        f'<Relationship Id="a" Type="{R}/image" Target="media/1.png"/>'
        f'<Relationship Id="b" Type="{R}/image" Target="/other/./1.png"/>'
        f'<Relationship Id="c" Type="{R}/hyperlink" Target="http://x/" TargetMode="External"/>'
    )
    top = f'<Relationship Id="z" Type="{R}/officeDocument" Target="word/document.xml"/>'
    package = Package(
        {
            "_rels/.rels": RELATIONS.format(top).encode(),
            "word/document.xml": b"<x/>",
            "word/_rels/document.xml.rels": RELATIONS.format(lines).encode(),
            "word/media/1.png": b"",
        }
    )

    assert package.main == "word/document.xml"
    assert package.relations("word/document.xml") == {
        "a": Relation("image", "word/media/1.png", False),
        "b": Relation("image", "other/1.png", False),
        "c": Relation("hyperlink", "http://x/", True),
    }
    assert package.relations("word/media/1.png") == {}


@pytest.mark.parametrize(
    ("part", "relations"),
    [
        ("", "_rels/.rels"),
        ("a.xml", "_rels/a.xml.rels"),
        ("word/document.xml", "word/_rels/document.xml.rels"),
    ],
)
def test_the_relations_of_a_part_are_a_part(part: str, relations: str) -> None:
    assert relations_of(part) == relations
    assert owner(relations) == part


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"<!DOCTYPE a><a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_a_part_that_is_no_xml_has_no_tree(content: bytes) -> None:
    assert Package({"a.xml": content}).tree("a.xml") is None
    with pytest.raises(Malformed):
        parse(content)


def test_what_is_added_is_listed_and_related_by_names_that_are_free() -> None:
    package = Package(PARTS)
    for _ in range(2):
        name = package.free("word/header{}.xml")
        package.add(name, parse(b"<h/>"), "header")
        package.relate("word/document.xml", "header", name.removeprefix("word/"), "rId")
        package.add_file(package.free("word/media/{}.png"), b"png", "image/png")

    written = package.written()

    assert list(written)[3:] == [
        "word/header1.xml",
        "word/_rels/document.xml.rels",
        "word/media/1.png",
        "word/header2.xml",
        "word/media/2.png",
    ]
    assert [(entry.get("PartName"), entry.get("Extension")) for entry in parse(written[CONTENT_TYPES])] == [
        (None, "png"),
        ("/word/header1.xml", None),
        ("/word/header2.xml", None),
    ]
    assert Package(written).relations("word/document.xml") == {
        "rId1": Relation("header", "word/header1.xml", False),
        "rId2": Relation("header", "word/header2.xml", False),
    }
    assert written["word/document.xml"] == PARTS["word/document.xml"]

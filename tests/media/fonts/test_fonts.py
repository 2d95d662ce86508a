"""Fonts: one private fontconfig for every engine, and an honest list of what stands in for what."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from nianbao.media import fonts, pdf
from nianbao.media.word.html import convert

from tests.media.office.office_samples import to_pdf
from tests.media.word.html.page_samples import official, paragraph

FOUND = fonts.faces()
NEEDED = ("FandolFang", "LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC")
with_stand_ins = pytest.mark.skipif(
    not all(family in FOUND for family in NEEDED) or shutil.which("fc-match") is None,
    reason=f"needs fc-match and the fonts {'、'.join(NEEDED)}",
)


def match(asked: str) -> str:
    """The family and style that fontconfig finds by our file."""
    done = subprocess.run(
        ["fc-match", "--format", "%{family[0]} %{style[0]}", asked],
        env={**os.environ, fonts.ENVIRONMENT: str(fonts.configure())},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def test_the_configuration_is_written_once_and_stays_the_same() -> None:
    path = fonts.configure()
    before = path.stat().st_mtime_ns, path.read_text(encoding="utf-8")

    assert fonts.configure() == path
    assert (path.stat().st_mtime_ns, path.read_text(encoding="utf-8")) == before


def test_the_configuration_reads_no_other_and_keeps_its_own_cache() -> None:
    path = fonts.configure()
    tree = etree.parse(path, etree.XMLParser(load_dtd=False))

    assert tree.findall("include") == []
    assert [each.text for each in tree.findall("cachedir")] == [str(path.parent / "cache")]
    assert tree.findtext("dir") == str(Path(sys.prefix) / "share" / "fonts" / "nianbao")


def test_processes_that_write_it_at_once_do_not_disturb_one_another(tmp_path: Path) -> None:
    command = "from nianbao.media import fonts; print(fonts.configure())"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    running = [
        subprocess.Popen([sys.executable, "-c", command], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    paths = {process.communicate()[0].strip() for process in running}

    assert len(paths) == 1
    written = Path(paths.pop())
    assert sorted(each.name for each in written.parent.iterdir()) == ["fonts.conf"]
    assert etree.parse(written).getroot().tag == "fontconfig"


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert fonts.configure().is_file()


def test_a_font_that_is_installed_stands_for_itself() -> None:
    family = next(iter(FOUND))

    [found] = fonts.substitutions([family])

    assert (found.asked, found.found, found.real) == (family, family, True)


def test_an_unknown_font_gets_the_general_stand_ins() -> None:
    [found] = fonts.substitutions(["没有这种字体"])

    assert found.asked == "没有这种字体"
    assert found.found == next((each for each in fonts.table().otherwise if each in FOUND), None)
    assert not found.real


@with_stand_ins
def test_every_font_of_an_official_document_finds_its_stand_in() -> None:
    asked = [
        "方正小标宋简体",
        "仿宋_GB2312",
        "楷体_GB2312",
        "黑体",
        "宋体",
        "仿宋",
        "KaiTi",
        "SimHei",
        "SimSun",
    ]

    assert [each.found for each in fonts.substitutions(asked)] == [
        "Nianbao Title",
        "FandolFang",
        "LXGW WenKai",
        "Noto Sans CJK SC",
        "Noto Serif CJK SC",
        "FandolFang",
        "LXGW WenKai",
        "Noto Sans CJK SC",
        "Noto Serif CJK SC",
    ]


@with_stand_ins
def test_it_is_known_which_stand_ins_have_a_bold_face() -> None:
    found = fonts.substitutions(["仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"])

    assert [each.bold for each in found] == [False, True, True, True]


@with_stand_ins
def test_fontconfig_finds_what_the_table_says() -> None:
    asked = ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "没有这种字体"]

    assert [match(each) for each in asked] == [
        "Noto Serif CJK SC Bold",
        "FandolFang Regular",
        "LXGW WenKai Regular",
        "Noto Sans CJK SC Regular",
        "Noto Serif CJK SC Regular",
        "Noto Serif CJK SC Regular",
    ]


@with_stand_ins
def test_a_character_the_first_stand_in_lacks_comes_from_the_next() -> None:
    assert match("仿宋_GB2312:charset=7fc0") == "LXGW WenKai Light"
    assert fonts.lacking("玥翀", "仿宋_GB2312") == ()


def test_characters_no_font_has_are_listed_once_each() -> None:
    assert fonts.lacking("\U000f0000\n \U000f0001\U000f0000", "仿宋_GB2312") == ("\U000f0000", "\U000f0001")


@with_stand_ins
def test_metrics_are_those_of_the_stand_in() -> None:
    assert fonts.metrics("仿宋_GB2312") == (0.88, 0.12, 0.2)
    assert fonts.metrics("方正小标宋简体") == (1.151, 0.286, 0.0)


def test_an_outline_is_the_letters_as_one_path_in_em_with_the_box_they_fill() -> None:
    drawn = fonts.outline("草稿", "黑体")
    assert drawn is not None
    path, (left, bottom, right, top) = drawn

    assert path.startswith("M")
    assert 0 <= left < 0.1
    assert 1.9 < right <= 2
    assert -0.15 < bottom < top < 0.95
    assert fonts.outline("\ue000", "黑体") is None


RARE = "㙍䶮𬭊𬺈𫠊𫚭𠅤翀喆堃赟玥旻珺瑄彧昇翛煊㎡①②〔〕“”—…"
with_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")


def rare(document: Any) -> None:
    """Names that GB2312 does not have, as text and as headings."""
    paragraph(document, f"罕见的人名用字：{RARE}。")
    paragraph(document, f"一、{RARE}", "一级")
    paragraph(document, f"（一）{RARE}", "二级")


def embedded(content: bytes, folder: Path) -> dict[str, bool]:
    """Each font of a PDF by its family, and whether it is embedded."""
    (folder / "made.pdf").write_bytes(content)
    told = subprocess.run(
        ["pdffonts", folder / "made.pdf"], capture_output=True, check=True, text=True
    ).stdout
    rows = [line.split() for line in told.splitlines()[2:]]
    return {row[0].partition("+")[2]: row[-5] == "yes" for row in rows}


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which fonts are looked for; it is empty."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setenv(fonts.FOLDERS, str(folder))
    return folder


def renamed(target: Path, names: dict[int, str], text: str, family: str = "LXGW WenKai") -> Path:
    """A copy of a free font, with these letters only, under other family names (by language)."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    face = FOUND[family]
    font = TTFont(face.file, fontNumber=face.index & 0xFFFF)
    subsetter = subset.Subsetter()
    subsetter.populate(text=text)
    subsetter.subset(font)
    table = font["name"]
    table.names = []
    for language, name in names.items():
        for identity, said in ((1, name), (2, "Regular"), (4, name), (6, "FangSong_GB2312")):
            table.setName(said, identity, 3, 1, language)
    target.parent.mkdir(exist_ok=True)
    font.save(target)
    return target


CHINESE, ENGLISH = 0x804, 0x409  # Windows' numbers of languages


@with_stand_ins
def test_every_font_of_a_pdf_is_embedded_and_one_of_those_meant(tmp_path: Path) -> None:
    page = convert(official(rare), "报告.docx", fonts)

    assert embedded(pdf.write(page.html, "报告.docx", fonts.configure()), tmp_path) == {
        "FandolFang": True,  # 仿宋
        "LXGW-WenKai-Light": True,  # what 仿宋 lacks
        "LXGW-WenKai": True,  # 楷体
        "Noto-Sans-CJK-SC": True,  # 黑体
        "Noto-Serif-CJK-SC": True,  # 宋体, the page's number
    }


@with_stand_ins
@with_soffice
def test_libreoffice_embeds_the_same_fonts(tmp_path: Path) -> None:
    made = to_pdf(official(rare), "报告.docx", fonts.configure())

    found = embedded(made.pdf, tmp_path)
    # LibreOffice names a face of a collection after the collection's first.
    assert {re.sub("CJKjp.*", "CJK", name) for name in found} == {
        "FandolFang-Regular",
        "LXGWWenKai-Light",
        "LXGWWenKai-Regular",
        "NotoSansCJK",
        "NotoSerifCJK",
    }
    assert set(found.values()) == {True}


@with_stand_ins
@pytest.mark.parametrize(
    "names",
    [{CHINESE: "仿宋_GB2312", ENGLISH: "FangSong_GB2312"}, {ENGLISH: "FangSong"}, {CHINESE: "仿宋"}],
    ids=["of Windows XP", "of Windows in English", "in Chinese alone"],
)
def test_who_has_the_real_font_gets_it(names: dict[int, str], own_folder: Path, tmp_path: Path) -> None:
    renamed(own_folder / "simfang.ttf", names, "仿宋文字")

    [found] = fonts.substitutions(["仿宋_GB2312"])

    assert (found.found in names.values(), found.real) == (True, True)
    content = pdf.write("<p style='font-family: 仿宋_GB2312'>仿宋文字</p>", "报告.docx", fonts.configure())
    [(family, inside)] = embedded(content, tmp_path).items()
    assert inside
    assert family.replace("-", "_") in {"FangSong_GB2312", "FangSong", "仿宋"}


@with_stand_ins
def test_a_real_font_in_a_collection_is_found_by_its_number(own_folder: Path, tmp_path: Path) -> None:
    from fontTools.ttLib import TTCollection, TTFont

    one = renamed(tmp_path / "parts" / "1.ttf", {CHINESE: "宋体", ENGLISH: "SimSun"}, "宋")
    other = renamed(tmp_path / "parts" / "2.ttf", {CHINESE: "新宋体", ENGLISH: "NSimSun"}, "新")
    collection = TTCollection()
    collection.fonts = [TTFont(one), TTFont(other)]
    collection.save(own_folder / "simsun.ttc")

    assert [(each.found, each.real) for each in fonts.substitutions(["宋体", "NSimSun"])] == [
        ("宋体", True),
        ("NSimSun", True),
    ]
    assert {fonts.faces()[family].index for family in ("宋体", "SimSun")} == {0}
    assert {fonts.faces()[family].index for family in ("新宋体", "NSimSun")} == {1}


def test_with_no_fonts_at_all_nothing_is_found(own_folder: Path) -> None:
    assert dict(fonts.faces()) == {}
    assert {each.found for each in fonts.substitutions()} == {None}
    assert fonts.lacking("甲 a", "宋体") == ("甲", "a")
    assert fonts.metrics("宋体") == (0.88, 0.12, 0.1)


@with_stand_ins
def test_folders_that_are_named_are_the_only_ones(own_folder: Path) -> None:
    renamed(own_folder / "a.ttf", {ENGLISH: "KaiTi"}, "甲")

    assert list(fonts.faces()) == ["KaiTi"]
    assert fonts.lacking("甲乙", "仿宋_GB2312") == ("乙",)


@with_stand_ins
def test_without_fc_list_the_fonts_are_read_from_their_files(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for family in ("FandolFang", "Noto Serif CJK SC"):
        shutil.copy(FOUND[family].file, own_folder)
    shutil.copy(FOUND["Nianbao Title"].file, own_folder)
    renamed(own_folder / "simkai.ttf", {CHINESE: "楷体", ENGLISH: "KaiTi"}, "甲")
    (own_folder / "broken.ttf").write_bytes(b"no font")
    told = fonts.substitutions(), fonts.lacking("甲\U000f0000㙍", "楷体")

    monkeypatch.setenv("PATH", str(tmp_path))
    (own_folder / "another.txt").touch()
    monkeypatch.setenv(fonts.FOLDERS, f"{own_folder}{os.pathsep}{tmp_path / 'none'}")  # asked anew

    assert (fonts.substitutions(), fonts.lacking("甲\U000f0000㙍", "楷体")) == told
    assert told[1] == ("\U000f0000",)
    assert {"Nianbao Title", "楷体", "KaiTi"} <= set(fonts.faces())


def test_what_prints_nothing_of_its_own_lacks_nothing() -> None:
    assert fonts.lacking("\u200b\ufe0f\U000e0100 \n\u3000", "宋体") == ()


def test_a_font_made_for_the_title_is_shown_by_the_name_people_know() -> None:
    assert fonts.Substitution("方正小标宋简体", "Nianbao Title").shown == "Noto Serif CJK SC Bold"
    assert fonts.Substitution("黑体", None).shown is None


@with_stand_ins
def test_an_upright_face_is_what_a_text_is_set_in(own_folder: Path) -> None:
    from fontTools.ttLib import TTFont

    slanted = renamed(own_folder / "a.ttf", {ENGLISH: "Some Text"}, "甲")
    renamed(own_folder / "b.ttf", {ENGLISH: "Some Text"}, "甲")
    with TTFont(slanted) as font:
        font["OS/2"].fsSelection = 1
        font["head"].macStyle = 2
        font["post"].italicAngle = -12.0
        font["name"].setName("Italic", 2, 3, 1, ENGLISH)
        font.save(slanted)

    assert Path(fonts.faces()["Some Text"].file).name == "b.ttf"


def test_fonts_that_nothing_here_can_print_are_no_fonts() -> None:
    kinds = {Path(face.file).suffix.lower() for face in fonts.faces().values()}

    assert kinds <= {".ttf", ".otf", ".ttc", ".otc"}

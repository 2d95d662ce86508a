"""Hostile and unlucky input, from file to file: correct output, or one clear message and no file."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from nianbao.app.generate.build_cache import FILE
from openpyxl import load_workbook

from tests.paths import ROOT
from tests.runner import nianbao
from tests.trials import trials

VALIDATOR = ROOT / ".cache" / "ooxml-validator"
BUILT = (ROOT / "templates" / "2021.docx").read_bytes()
FIRST = ("table2", "规章", "本年制发件数")  # the first figure of the form

Sound = Callable[..., dict[str, Any]]
Book = Callable[..., Path]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def generate() -> Callable[..., tuple[int, list[str], str]]:
    """Generate from a file; return exit code, the files made, and what was said."""

    def call(*words: str | Path) -> tuple[int, list[str], str]:
        code, out, err = nianbao("generate", *words)
        assert "Traceback" not in err
        assert "程序内部错误" not in err
        assert [path.name for path in Path().rglob(".nianbao-*")] == []
        made = [str(path) for path in Path("output").rglob("*") if path.is_file() and path.name != FILE]
        assert made == out.splitlines()
        return code, made, err

    return call


def errors(said: str) -> list[str]:
    return re.findall("^错误 (.*)$", said, re.MULTILINE)


def with_figure(document: dict[str, Any], value: object) -> dict[str, Any]:
    table, row, column = FIRST
    document[table][row][column] = value
    return document


def typed(book: Path, value: str) -> Path:
    """The workbook with a value typed into the first figure's cell as text."""
    workbook = load_workbook(book)
    for sheet in workbook:
        for row in sheet.iter_rows():
            if any(cell.value == "disclosure.regulations" for cell in row):
                cell = next(cell for cell in row if isinstance(cell.value, int))
                cell.value = value
                cell.data_type = "s"
                workbook.save(book)
                return book
    raise LookupError


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


HOSTILE = ['A & B <x> "引号"', "😀", "𬭊", "{{ ''.__class__ }}", "=1+1", "“引号”", "甲" * 32_767]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
def test_a_figure_that_is_no_number_is_refused_with_its_cell(
    generate: Any, sound: Sound, book: Book, value: str
) -> None:
    code, made, said = generate(typed(book(sound()), value))

    [error] = errors(said)
    assert (code, made) == (1, [])
    assert re.match(r"年报\.xlsx › 二、主动公开政府信息情况 › C6：规章 / 本年制发件数：“", error)
    assert len(error) < 200


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
def test_a_draft_prints_it_to_the_letter(generate: Any, sound: Sound, book: Book, value: str) -> None:
    code, [made], _ = generate(typed(book(sound()), value), "--draft")

    assert code == 0
    assert docx.Document(made).tables[0].cell(2, 1).text == value


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
def test_a_draft_of_all_of_it_is_a_valid_document(generate: Any, sound: Sound, book: Book) -> None:
    lines = "\n".join(HOSTILE)
    hostile = sound(organ="../x/甲:乙", title=HOSTILE[0], sections={"一": lines, "五": lines, "六": lines})
    _, [made], _ = generate(book(with_figure(hostile, HOSTILE[0])), "--draft")

    said = subprocess.run([VALIDATOR, made, "Office2019"], capture_output=True, check=True, text=True).stdout

    assert json.loads(said)["ok"] is True, said


def test_a_control_character_in_exchange_json_is_named(generate: Any, sound: Sound) -> None:
    title = "甲局2025年政府信息公开工作年度\x00报告"
    document = sound(organ="甲\x07局", issued_by="甲局", title=title)
    Path("年报.json").write_text(json.dumps(document), encoding="utf-8")

    code, made, said = generate("年报.json")

    assert (code, made) == (1, [])
    assert [error.partition("（")[2][:6] for error in errors(said)] == ["U+0007", "U+0000"]


def test_a_control_character_inside_a_workbook_is_an_error(generate: Any, sound: Sound, book: Book) -> None:
    code, made, said = generate(typed(book(sound()), "1_x0007_"))

    assert (code, made) == (1, [])
    place = "年报.xlsx › 二、主动公开政府信息情况 › C6"
    assert errors(said) == [
        f"{place}：含有不能印出的控制字符（U+0007），读入时已略去。请重新输入这一格的文字。"
    ]


def test_an_organ_that_looks_like_a_path_is_a_name(generate: Any, sound: Sound, book: Book) -> None:
    code, [made], _ = generate(book(sound(organ="../x/甲:乙")))

    assert code == 0
    assert made == "output/2025/／x／甲：乙/／x／甲：乙2025年政府信息公开工作年度报告.docx"
    assert docx.Document(made).paragraphs[0].text == "../x/甲:乙\n2025年政府信息公开工作年度报告"


@pytest.mark.parametrize("length", [0, 4, 100, 5_000, 20_000, -200, -22, -1])
def test_a_truncated_workbook_is_refused(generate: Any, sound: Sound, book: Book, length: int) -> None:
    source = book(sound())
    source.write_bytes(source.read_bytes()[:length])

    code, made, said = generate(source)

    assert (code, made) == (3, [])
    assert len(errors(said)) == 1


@pytest.mark.parametrize("seed", range(trials(25)))
def test_flipped_bytes_in_a_workbook_never_crash(generate: Any, sound: Sound, book: Book, seed: int) -> None:
    chance = random.Random(seed)
    source = book(sound())
    content = bytearray(source.read_bytes())
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    source.write_bytes(content)

    code, made, _ = generate(source)

    assert (code == 0) == (len(made) == 1)


def bomb(content: bytes, name: str) -> bytes:
    """A package of a few kilobytes that would unpack to far more than it should."""
    return packed(parts(content) | {name: b"\0" * 60 * 1024 * 1024})


def test_a_zip_bomb_is_refused_before_it_is_unpacked(generate: Any, sound: Sound, book: Book) -> None:
    source = book(sound())
    source.write_bytes(bomb(source.read_bytes(), "xl/media/image1.png"))

    code, made, said = generate(source)

    assert (code, made) == (3, [])
    assert re.match(r"年报\.xlsx：文件展开后有 60 MB、\d+ 个部件", errors(said)[0])


def test_a_template_that_is_a_zip_bomb_is_refused(generate: Any, sound: Sound, book: Book) -> None:
    Path("模板.docx").write_bytes(bomb(BUILT, "word/media/image1.png"))

    code, made, said = generate(book(sound()), "--template", "模板.docx")

    assert (code, made) == (3, [])
    assert errors(said)[0].startswith("模板.docx：文件展开后有 60 MB、12 个部件")


def test_ten_megabytes_of_ten_thousand_parts_are_refused(generate: Any, sound: Sound, book: Book) -> None:
    source = book(sound())
    many = {f"xl/media/{number}": b"\0" * 1000 for number in range(10_000)}
    source.write_bytes(packed(parts(source.read_bytes()) | many))

    code, made, said = generate(source)

    assert (code, made) == (3, [])
    assert "个部件，不像正常的文件，没有打开" in errors(said)[0]


@pytest.mark.parametrize("name", ["年报.xlsx", "模板.docx"])
def test_a_file_with_a_password_is_refused(generate: Any, sound: Sound, book: Book, name: str) -> None:
    source = book(sound())
    Path(name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)
    words = [source] if name == source.name else [source, "--template", name]

    code, made, said = generate(*words)

    assert (code, made) == (3, [])
    assert errors(said)[0].startswith(f"{name}：文件设有打开密码，或者是旧格式")


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ ''.__class__ }}", "标签 ….__class__ 想取用程序内部的东西，不允许。请只用规定的标签。"),
        ("{{ titel }}", "标签 titel 不在规定格式中。是否想写 title？全部标签见 nianbao template fields。"),
        (
            "{{ cycler.__init__.__globals__.os.popen('touch x') }}",
            "模板里不能用调用（圆括号）。请只用规定的标签、if、for、set。",
        ),
    ],
)
def test_a_template_with_a_hostile_tag_is_refused(
    generate: Any, sound: Sound, book: Book, folder: Path, tag: str, said: str
) -> None:
    document = docx.Document(io.BytesIO(BUILT))
    document.add_paragraph(tag)
    document.save("模板.docx")

    code, made, told = generate(book(sound()), "--template", "模板.docx")

    assert (code, made, errors(told)) == (1, [], [f"模板.docx › 正文 › 第 21 段：{said}"])
    assert sorted(path.name for path in folder.iterdir()) == ["年报.xlsx", "模板.docx"]


def test_a_docm_as_template_is_refused(generate: Any, sound: Sound, book: Book) -> None:
    content = parts(BUILT)
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    types = content["[Content_Types].xml"]
    content["[Content_Types].xml"] = re.sub(rb"application/[\w.-]*document\.main\+xml", macro, types)
    Path("模板.docm").write_bytes(packed(content))

    code, made, said = generate(book(sound()), "--template", "模板.docm")

    assert (code, made) == (1, [])
    assert errors(said) == ["模板.docm：这是带宏的 Word 文件。请在 Word 中另存为不带宏的 .docx。"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b'{"organ": "x", "year": 1e999}',
        b'{"organ": ["x"], "year": {"a": 1}, "sections": 3, "table3": []}',
        b'{"organ": "x", "year": 2025, "table2": {"\\ud800": 1}}',
        b"[" * 100_000,
        b'{"organ": "x", "year": ' + b"9" * 5000 + b"}",
        '{"organ": "x", "year": 2025, "table2": {"规章": {"本年制发件数": 1e9999999}}}'.encode(),
    ],
    ids=lambda content: content[:30].decode("latin-1"),
)
def test_exchange_json_of_any_kind_ends_in_messages(generate: Any, content: bytes) -> None:
    Path("年报.json").write_bytes(content)

    code, made, said = generate("年报.json")

    assert (code in (1, 3), made) == (True, [])
    assert errors(said)


@pytest.mark.parametrize("name", ["没有.xlsx", "年报.xls", "年报", "年报.docx", "\udcff.json"])
def test_a_source_that_is_no_source_is_refused(generate: Any, folder: Path, name: str) -> None:
    code, made, said = generate(name)

    assert (code, made) == (3, [])
    assert len(errors(said)) == 1

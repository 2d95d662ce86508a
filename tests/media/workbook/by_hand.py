"""Workbooks written by hand: sheets of any XML, and sheets with cells of every kind at random."""

from __future__ import annotations

import random
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.media.workbook.reference import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORMATS = {164: "yyyy年m月d日", 165: "[h]:mm:ss", 166: '0.00"day"', 167: "[$-804]h:mm", 168: "[Red]0;d"}
STYLES = (0, 14, 22, 46, 9, 164, 165, 166, 167, 168, 20, 49)  # the formats of styles 0, 1, 2 …


def book(
    *sheets: str | bytes,
    strings: Sequence[str] = (),
    first_style: int = 0,
    epoch_1904: bool = False,
    targets: Sequence[str] = (),
    changes: dict[str, bytes] | None = None,
) -> bytes:
    """A workbook of these sheets; `strings` are what stands in <si>, `targets` where the sheets lie."""
    targets = targets or [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    names = [target.lstrip("/") if target.startswith("/") else f"xl/{target}" for target in targets]
    entries = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>'
        for number in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET}.sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(epoch_1904)}"/><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
        "xl/styles.xml": styles(first_style),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{one}</si>" for one in strings)}</sst>',
        **dict(zip(names, sheets, strict=True)),
    }
    written = {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}
    return packed(written | (changes or {}))


def styles(first: int = 0) -> str:
    """Styles of the formats above, from one of them on."""
    codes = "".join(f'<numFmt numFmtId="{one}" formatCode="{escape(FORMATS[one])}"/>' for one in FORMATS)
    codes = codes.replace('"day"', "&quot;day&quot;")
    used = "".join(f'<xf numFmtId="{one}"/>' for one in STYLES[first:] + STYLES[:first])
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f"<cellXfs>{used}</cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles></styleSheet>'
    )


def sheet(rows: str, prefix: str = "") -> str:
    """A sheet of these rows; with a prefix, of the elements of the main namespace."""
    name, colon = (f":{prefix}", f"{prefix}:") if prefix else ("", "")
    inner = f"<{colon}sheetData>{rows}</{colon}sheetData>"
    return f'<{colon}worksheet xmlns{name}="{MAIN}">{inner}</{colon}worksheet>'


TEXTS = [
    "甲",
    "#columns",
    "#findings",
    "",
    " 乙 ",
    "_x000D_丙",
    "a_x0007_",
    "#DIV/0!",
    "1",
    "{年度}",
    "丁\n戊",
    "😀",
    "&<>",
]
NUMBERS = [
    "0",
    "1",
    "-3",
    "2.5",
    "1E3",
    "1e-7",
    "45000",
    "45000.75",
    "0.5",
    "60",
    "59",
    "1e300",
    "-1.5",
    "007",
]
MOMENTS = ["2025-01-02", "2025-01-02T03:04:05", "03:04:05", "2025-01-02T03:04:05.678Z", "PT3H4M", "PT26H"]
FORMULAS = [
    "<f>A1+1</f>",
    "<f/>",
    '<f t="array" ref="A1:B2">SUM(A1:B2)</f>',
    '<f t="shared" ref="A1:A9" si="0">$B$1</f>',
]


def string(chance: random.Random) -> str:
    """What stands in <si> or <is>: plain, in runs, with a phonetic guide."""
    text = escape(chance.choice(TEXTS))
    plain = f"<t>{text}</t>" if chance.random() < 0.7 else f'<t xml:space="preserve"> {text}\n</t>'
    runs = f"<r><rPr><b/></rPr><t>{text}</t></r>\n<r><t>{chance.choice('ab')}</t></r>"
    key = '<r><t>#col</t></r><rPh sb="0" eb="1"><t>よみ</t></rPh><r><t xml:space="preserve">umns</t></r>'
    guide = f'{plain}<rPh sb="0" eb="1"><t>よみ</t></rPh><phoneticPr fontId="0"/>'
    odd = chance.choice(
        [
            "",
            "<t/>",
            "<r><t/></r>",
            f"<t>甲</t>{plain}",
            f"<t>甲<!--x-->{text}</t>",
            "<t><![CDATA[<甲>]]></t>",
        ]
    )
    return chance.choices([plain, runs, guide, key, odd], [8, 2, 1, 1, 2])[0]


def cell(chance: random.Random, place: str, strings: int) -> str:
    """A cell of any kind, with a formula or without, at a place or at none."""
    kind = chance.choice(["n", "n", "", "s", "s", "b", "str", "inlineStr", "d", "e", "", "z"])
    value = {
        "s": str(chance.randrange(strings)),
        "b": chance.choice("01"),
        "str": escape(chance.choice(TEXTS)),
        "d": chance.choice(MOMENTS),
        "e": chance.choice(["#DIV/0!", "#REF!", "#N/A"]),
        "z": "?",
    }.get(kind, chance.choice(NUMBERS))
    inner = chance.choices(
        [f"<v>{value}</v>", f"<v>\n{value}</v>", "<v/>", "<v></v>", "", "<v>&#49;</v>"],
        [12, 0.2, 1, 1, 2, 0.5],
    )[0]
    if kind in ("d", "b", "z", "str") and ("&#49;" in inner or "\n" in inner):
        inner = f"<v>{value}</v>"
    if kind == "inlineStr":
        inner = chance.choice([f"<is>{string(chance)}</is>", f"<is>{string(chance)}</is>", "<is/>", inner])
    if chance.random() < 0.3:
        inner = chance.choice(FORMULAS if place else FORMULAS[:3]) + inner
    if chance.random() < 0.1:
        inner += "<extLst/>"
    words = [f't="{kind}"' if kind else "", f's="{chance.randrange(14)}"' if chance.random() < 0.6 else ""]
    words.append(f'r="{place}"' if place else "")
    chance.shuffle(words)
    return f"<c {' '.join(words)}>{inner}</c>" if inner else f"<c {' '.join(words)}/>"


def any_sheet(chance: random.Random, strings: int) -> str:
    """A sheet with cells of every kind, in order or not, with places or without."""
    found, number = [], 0
    careless = chance.random() < 0.3
    for _ in range(chance.randint(0, 12)):
        number += chance.choice([1, 1, 1, 2, 5, *([-2, 0] if careless else [])])
        columns = sorted(chance.sample(range(1, 64), chance.randint(0, 8)))
        if careless and chance.random() < 0.3:
            chance.shuffle(columns)
            columns += columns[:1]
        places = [f"{_letters(column)}{max(number, 1)}" for column in columns]
        cells = [
            cell(chance, "" if careless and chance.random() < 0.3 else place, strings) for place in places
        ]
        said = (
            ""
            if careless and chance.random() < 0.3
            else f' r="{chance.choices([number, f"{number}.0"], [9, 1])[0]}"'
        )
        found.append(f"<row{said}>{chance.choice(['', chr(10)]).join(cells)}</row>")
    return sheet("".join(found))


def _letters(column: int) -> str:
    return (
        chr(64 + column) if column <= 26 else f"{chr(64 + (column - 1) // 26)}{chr(65 + (column - 1) % 26)}"
    )


def any_book(seed: int) -> bytes:
    """Sheets of cells at random, always the same of the same seed."""
    chance = random.Random(seed)
    strings = [string(chance) for _ in range(chance.randint(1, 30))]
    sheets = [any_sheet(chance, len(strings)) for _ in range(chance.randint(1, 4))]
    return book(
        *sheets, strings=strings, first_style=chance.choice([0, 0, 1, 5]), epoch_1904=chance.random() < 0.3
    )

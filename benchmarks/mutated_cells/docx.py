"""Cells of Word files changed as offices change them: each kind of change at a random figure of a sample.

A property is set on the run, by a style, by one that is based on another, by a theme, by the cell. `right` is
what a person reads who takes the file for what it prints.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import etree
from nianbao.app.build_id import TEMPLATES
from nianbao.app.reading import read
from nianbao.media import word
from nianbao.report import Report

from benchmarks.mutated_cells import Mutation

SOURCES = ("示例-2021.xlsx", "示例-2019.xlsx", "省外办-2019.xlsx", "有错误的示例.xlsx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:odd="http://example.org/odd" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_BY = 'w:id="9" w:author="a" w:date="2026-01-01T00:00:00Z"'
_STYLES = "".join(
    f'<w:style w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
    f"<w:rPr>{says}</w:rPr></w:style>"
    for name, based, says in (
        ("MStruck", "", "<w:strike/>"),
        ("MStruckToo", '<w:basedOn w:val="MStruck"/>', "<w:b/>"),
        ("MHidden", "", "<w:vanish/>"),
        ("MHiddenToo", '<w:basedOn w:val="MHidden"/>', "<w:i/>"),
        ("MRaised", "", '<w:vertAlign w:val="superscript"/>'),
        ("MRaisedToo", '<w:basedOn w:val="MRaised"/>', '<w:color w:val="FF0000"/>'),
        ("MWhite", "", '<w:color w:val="FFFFFF"/>'),
        ("MTiny", "", '<w:sz w:val="2"/>'),
    )
)
_PROMPT = "单击或点击此处输入文字。"


class Sample(NamedTuple):
    """One report as Word: its parts, and where each figure's cell is among all cells of the document."""

    report: Report
    parts: dict[str, bytes]
    cells: dict[str, int]


@cache
def samples() -> tuple[Sample, ...]:
    """The reports that are changed."""
    return tuple(_sample(Path("data") / name) for name in SOURCES)


def _sample(path: Path) -> Sample:
    report = read(path)
    template = TEMPLATES / f"{report.mandate.edition.key}.docx"
    merged = word.merge(word.Template(template.read_bytes(), template.name), report)
    with zipfile.ZipFile(template) as package:
        tagged = etree.fromstring(package.read("word/document.xml"))
    cells: dict[str, int] = {}
    for number, cell in enumerate(tagged.iter(f"{{{W}}}tc")):
        text = re.sub(r"[{}\s]", "", "".join(map(str, cell.itertext())))
        if text in report.figures:
            cells[text] = number
    with zipfile.ZipFile(io.BytesIO(merged)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b"</w:styles>", f"{_STYLES}</w:styles>".encode()
    )
    return Sample(report, parts, cells)


def mutations(random: Random, count: int) -> Iterator[Mutation]:
    """So many changed files; kinds in turn, figures and ways at random."""
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        sample = random.choice(samples())
        key = random.choice([key for key in sample.cells if sample.report.figures[key].number is not None])
        figure = sample.report.figures[key]
        change = KINDS[kind](random, figure.text)
        right = None if change.blank else figure.number
        content = _changed(sample, sample.cells[key], change)
        yield Mutation(content, f"{kind}-{number}.docx", sample.report, key, right, kind)


class Change(NamedTuple):
    """What stands in the cell's paragraph, what is added to its `w:tcPr`, and what is put around it."""

    content: str
    cell: str = ""
    around: Callable[[str], str] = str  # of the paragraph
    blank: bool = False


def _changed(sample: Sample, at: int, change: Change) -> bytes:
    root = etree.fromstring(sample.parts["word/document.xml"])
    cell = list(root.iter(f"{{{W}}}tc"))[at]
    [paragraph] = cell.iterchildren(f"{{{W}}}p")
    properties = paragraph.find(f"{{{W}}}pPr")
    kept = b"" if properties is None else etree.tostring(properties)
    written = change.around(f"<w:p>{kept.decode()}{change.content}</w:p>")
    blocks = etree.fromstring(f"<x {_SPACES}>{written}</x>")
    cell.remove(paragraph)
    cell.extend(blocks)
    if change.cell:
        next(cell.iterchildren(f"{{{W}}}tcPr")).extend(etree.fromstring(f"<x {_SPACES}>{change.cell}</x>"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in sample.parts.items():
            package.writestr(name, etree.tostring(root) if name == "word/document.xml" else part)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _styled(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


def _put(random: Random, figure: str, piece: str) -> str:
    """The figure's runs with a piece before, behind or inside its digits."""
    at = random.choice([0, len(figure), random.randrange(len(figure) + 1)])
    return run(figure[:at]) * (at > 0) + piece + run(figure[at:]) * (at < len(figure))


def _digits(random: Random) -> str:
    return str(random.randrange(1, 10 ** random.choice((1, 1, 2))))


def _extra(*ways: str) -> Callable[[Random, str], Change]:
    """Other digits beside the figure's, which one of these ways takes out of what is read."""
    return lambda random, figure: Change(_put(random, figure, run(_digits(random), random.choice(ways))))


def _raised(random: Random, figure: str) -> Change:
    mark = random.choice((_digits(random), "*", "①", "[1]", "a", "注", "1,2", "†"))
    way = random.choice(
        ('<w:vertAlign w:val="superscript"/>', _styled("MRaised"), _styled("MRaisedToo"),
         '<w:position w:val="10"/><w:sz w:val="12"/>')
    )  # fmt: skip
    return Change(_put(random, figure, run(mark, way)))


def _mark_behind(random: Random, figure: str) -> Change:
    mark = random.choice(("*", "①", "[1]", "a", "†", "［2］", "¹", "²³", "注1"))
    return Change(run(figure + mark) if random.random() < 0.5 else run(figure) + run(mark))


def _note(random: Random, figure: str) -> Change:
    kind = random.choice(("footnote", "endnote", "comment"))
    style = random.choice(("", _styled("MRaised")))
    custom = random.choice(("", ' w:customMarkFollows="1"')) if kind != "comment" else ""
    mark = "<w:t>3</w:t>" if custom else ""
    reference = f'<w:r><w:rPr>{style}</w:rPr><w:{kind}Reference{custom} w:id="1"/>{mark}</w:r>'
    return Change(run(figure) + reference)


def _white(random: Random, figure: str) -> Change:
    digits, shade = _digits(random), random.choice(("D9D9D9", "4472C4", "FFFF00"))
    way, cell = random.choice(
        (
            ('<w:color w:val="FFFFFF"/>', ""),
            ('<w:color w:val="FDFDFD"/>', ""),
            (_styled("MWhite"), ""),
            ('<w:highlight w:val="black"/><w:color w:val="000000"/>', ""),
            ('<w:shd w:val="clear" w:fill="FF0000"/><w:color w:val="FF0000"/>', ""),
            (f'<w:color w:val="{shade}"/>', f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'),
            ("<w14:textFill><w14:noFill/></w14:textFill>", ""),
            (
                '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
                "",
            ),
        )
    )
    return Change(_put(random, figure, run(digits, way)), cell)


def _unclear(random: Random, figure: str) -> Change:
    way = random.choice(
        ('<w:sz w:val="9"/>', '<w:vertAlign w:val="subscript"/>', '<w:color w:val="D0D0D0"/>',
         '<w:position w:val="-8"/>')
    )  # fmt: skip
    return Change(_put(random, figure, run(_digits(random), way)))


def _split(random: Random, figure: str) -> Change:
    """The figure itself in runs that look different, and are as clear to see."""
    ways = (
        "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>', '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>',
        '<w:u w:val="single"/>', '<w:lang w:val="en-US"/>', '<w:strike w:val="0"/>', "<w:noProof/>",
        '<w:highlight w:val="yellow"/>', '<w:spacing w:val="10"/>',
        f'{_styled("MStruck")}<w:strike w:val="0"/>',
    )  # fmt: skip
    mark = '<w:bookmarkStart w:id="7" w:name="x"/>'
    between = random.choice(("", '<w:proofErr w:type="spellStart"/>', mark))
    return Change(between.join(run(digit, random.choice(ways)) for digit in figure))


def _ruby(random: Random, figure: str) -> Change:
    above = run(random.choice(("yǎn", "1", "五")), '<w:sz w:val="10"/>')
    return Change(
        f'<w:r><w:ruby><w:rubyPr><w:hps w:val="10"/></w:rubyPr><w:rt>{above}</w:rt>'
        f"<w:rubyBase>{run(figure)}</w:rubyBase></w:ruby></w:r>"
    )


def _control(random: Random, figure: str) -> Change:
    properties = random.choice(
        ("", "<w:text/>", "<w:date/>", '<w:dropDownList><w:listItem w:value="1"/></w:dropDownList>')
    )
    inner = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>"
    wrapper = random.choice(
        (inner, '<w:customXml w:element="x">{}</w:customXml>', "<w:smartTag>{}</w:smartTag>")
    )
    if random.random() < 0.4 and "smartTag" not in wrapper:
        return Change(run(figure), around=wrapper.format)
    return Change(wrapper.format(_put(random, figure, "")))


def _prompt(random: Random, figure: str) -> Change:
    text = run(random.choice((_PROMPT, "58", "选择一项。")), '<w:color w:val="808080"/>')
    return Change(
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>", blank=True
    )


def _revision(random: Random, figure: str) -> Change:
    old = f"<w:del {_BY}><w:r><w:delText>{_digits(random)}</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom {_BY}>{run(_digits(random))}</w:moveFrom>"
    new = f"<w:ins {_BY}>{run(figure)}</w:ins>"
    changed = run(figure, f"<w:rPrChange {_BY}><w:rPr><w:strike/></w:rPr></w:rPrChange>")
    choices = (old + new, new + old, _put(random, figure, old), _put(random, figure, moved), changed,
               f"<w:ins {_BY}>{run(figure)}{old}</w:ins>")  # fmt: skip
    return Change(random.choice(choices))


def _field(random: Random, figure: str) -> Change:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    begin, middle, end = map(char, ("begin", "separate", "end"))

    def asked(words: str) -> str:
        return f"<w:r><w:instrText>{words}</w:instrText></w:r>"

    inner = begin + asked("REF a") + middle + run("7") + end
    choices = (
        begin + asked("=SUM(ABOVE)") + middle + run(figure) + end,
        begin + asked("FORMTEXT") + middle + run(figure) + end,
        begin + asked("IF ") + inner + asked("= 7 1 2") + middle + run(figure) + end,
        f'<w:fldSimple w:instr="DOCVARIABLE x">{run(figure)}</w:fldSimple>',
        begin + asked(f"QUOTE {figure}") + middle + _put(random, figure, "") + end,
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        f'<w:listEntry w:val="0"/><w:listEntry w:val="{figure}"/></w:ddList></w:ffData></w:fldChar></w:r>'
        + asked("FORMDROPDOWN") + middle + end,
    )  # fmt: skip
    return Change(random.choice(choices))


def _alternate(random: Random, figure: str) -> Change:
    requires = random.choice(("w14", "odd"))
    taken = run(figure)
    other = run(_digits(random))
    choice, fallback = (taken, other) if requires == "w14" else (other, taken)
    inner = (
        f'<mc:AlternateContent {_SPACES}><mc:Choice Requires="{requires}">{{}}</mc:Choice>'
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    )
    if random.random() < 0.5:
        return Change(inner.format(choice, fallback))
    return Change("", around=lambda _: inner.format(f"<w:p>{choice}</w:p>", f"<w:p>{fallback}</w:p>"))


def _equation(random: Random, figure: str) -> Change:
    math = f"<m:oMath><m:r><m:t>{figure}</m:t></m:r></m:oMath>"
    power = (
        f"<m:oMath><m:sSup><m:e><m:r><m:t>{figure}</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    return Change(random.choice((math, f"<m:oMathPara>{math}</m:oMathPara>", power)))


def _box(text: str) -> str:
    return (
        '<w:r><w:pict><v:shape style="position:absolute;width:40pt;height:20pt"><v:textbox><w:txbxContent>'
        f"<w:p>{run(text)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def _text_box(random: Random, figure: str) -> Change:
    return Change(_box(figure) if random.random() < 0.6 else run(figure) + _box(_digits(random)))


def _direction(random: Random, figure: str) -> Change:
    way = random.choice(("w:dir", "w:bdo"))
    return Change(f'<{way} w:val="ltr">{_put(random, figure, "")}</{way}>')


def _signs(random: Random, figure: str) -> Change:
    sign = random.choice(("\u200b", "\ufeff", "\u00ad", "\u2060"))
    at = random.randrange(len(figure) + 1)
    soft = run(figure[:at]) + "<w:r><w:softHyphen/></w:r>" + run(figure[at:])
    return Change(random.choice((run(figure[:at] + sign + figure[at:]), soft)))


def _several(random: Random, figure: str) -> Change:
    old = run(_digits(random), random.choice(("<w:strike/>", "<w:dstrike/>", _styled("MStruckToo"))))
    unseen = run(
        _digits(random), random.choice(("<w:vanish/>", _styled("MHidden"), '<w:color w:val="FFFFFF"/>'))
    )
    mark = run(_digits(random), '<w:vertAlign w:val="superscript"/>')
    pieces = [old, unseen, mark]
    random.shuffle(pieces)
    at = random.randrange(4)
    return Change("".join([*pieces[:at], run(figure), *pieces[at:]]))


def _whole(random: Random, figure: str) -> Change:
    """The whole figure taken out, another or none in its place."""
    way = random.choice(("<w:strike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>'))
    return Change(run(_digits(random), way), blank=True)


KINDS: dict[str, Callable[[Random, str], Change]] = {
    "note mark, raised": _raised,
    "note mark, close behind": _mark_behind,
    "note or comment": _note,
    "struck": _extra("<w:strike/>", "<w:dstrike/>", _styled("MStruck"), _styled("MStruckToo")),
    "hidden": _extra("<w:vanish/>", _styled("MHidden"), _styled("MHiddenToo"), "<w:vanish/><w:webHidden/>"),
    "colour of the ground": _white,
    "tiny": _extra('<w:sz w:val="2"/>', '<w:sz w:val="1"/>', _styled("MTiny"), '<w:w w:val="1"/>'),
    "unclear": _unclear,
    "split runs": _split,
    "ruby": _ruby,
    "control": _control,
    "prompt": _prompt,
    "revision": _revision,
    "field": _field,
    "alternatives": _alternate,
    "equation": _equation,
    "text box": _text_box,
    "direction": _direction,
    "unseen signs": _signs,
    "several at once": _several,
    "whole figure": _whole,
}

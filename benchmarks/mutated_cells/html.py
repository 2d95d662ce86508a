"""Web pages of which one cell was changed as editors, Word and sites' style sheets change it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from lxml import html
from lxml.html import HtmlElement
from nianbao.app import reading
from nianbao.media import webpage
from nianbao.report import Report

from benchmarks.mutated_cells import Mutation

DATA = Path(__file__).parents[2] / "data"
BASES = ("示例-2021.xlsx", "示例-2019.xlsx", "省外办-2019.xlsx")
DIGITS = "0123456789"


@dataclass
class Cell:
    """The cell to be changed: its digits, the random choices, and the rules that the page's sheet gets."""

    digits: str
    random: Random
    rules: list[str] = field(default_factory=list)

    def other(self, most: int = 2) -> str:
        """Digits that are none of the cell's."""
        return "".join(self.random.choice(DIGITS) for _ in range(self.random.randint(1, most)))

    def put(self, piece: str) -> str:
        """The digits with something before, behind or among them."""
        at = self.random.choice((0, len(self.digits), self.random.randint(0, len(self.digits))))
        return self.digits[:at] + piece + self.digits[at:]

    def behind(self, piece: str) -> str:
        """The digits with something behind them."""
        return self.digits + self.random.choice(("", " ", "&nbsp;")) + piece

    def styled(self, text: str, style: str, tag: str = "span") -> str:
        """An element with a style that is set in one of the ways there are."""
        name = f"x{len(self.rules)}"
        way = self.random.randrange(6)
        if way == 0:
            return f'<{tag} style="{style}">{text}</{tag}>'
        if way == 1:
            self.rules.append(f".{name} {{ {style} }}")
            return f"<{tag} class={name}>{text}</{tag}>"
        if way == 2:
            self.rules.append(f"main td > {tag}#{name}, nothing {{ {style} }}")
            return f"<{tag} id={name}>{text}</{tag}>"
        if way == 3:
            important = ";".join(f"{part} !important" for part in style.split(";") if part.strip())
            self.rules.append(f"table .{name} {{ {important} }}")
            return f'<{tag} class="y {name}" style="color: red; display: inline">{text}</{tag}>'
        if way == 4:
            self.rules.append(f"@media screen {{ td [data-note={name}] {{ {style} }} }}")
            return f"<{tag} data-note={name}>{text}</{tag}>"
        return f'<{tag} style="{style.upper()}"><b><i>{text}</i></b></{tag}>'


Change = Callable[[Cell], str]


def raised(cell: Cell) -> str:
    """A raised note mark."""
    mark = cell.random.choice((cell.other(), f"[{cell.other(1)}]", "①", "*", "a", f"（{cell.other(1)}）"))
    ways = (
        lambda: f"<sup>{mark}</sup>",
        lambda: f"<small><sup><a href='#n'>{mark}</a></sup></small>",
        lambda: cell.styled(mark, "vertical-align: super; font-size: 60%"),
        lambda: cell.styled(mark, "position: relative; top: -0.5em; font-size: 8px"),
        lambda: cell.styled(mark, "vertical-align: 6px; font-size: smaller"),
        lambda: f"<span style='mso-text-raise:6.0pt;position:relative;top:-6.0pt'>{mark}</span>",
    )
    return cell.put(cell.random.choice(ways)())


def small(cell: Cell) -> str:
    """A digit much smaller than the others: nobody can say what it is."""
    one = cell.random.choice(
        (
            f"<small>{cell.other(1)}</small>",
            cell.styled(cell.other(1), "font-size: 50%"),
            f"<font size=1>{cell.other(1)}</font>",
        )
    )
    return cell.behind(one)


def strange(cell: Cell) -> str:
    """A digit that only a browser can say the look of."""
    return cell.behind(
        cell.styled(
            cell.other(1),
            cell.random.choice(
                ("font-size: calc(1em * .1)", "font-size: clamp(0px, 0vw, 0px)", "zoom: .01",
                 "display: inline-block; scale: 0", "mask: linear-gradient(#0000, #0000)",
                 "color: color-mix(in srgb, white 100%, black)", "color: light-dark(white, black)",
                 "mix-blend-mode: screen")
            ),
        )
    )  # fmt: skip


def struck(cell: Cell) -> str:
    """Digits struck out beside those that are right."""
    old = cell.other()
    ways = (
        lambda: f"<{(tag := cell.random.choice(('s', 'strike', 'del')))}>{old}</{tag}>",
        lambda: cell.styled(old, "text-decoration: line-through"),
        lambda: cell.styled(f"<b>{old}</b>", "text-decoration-line: underline line-through"),
    )
    return cell.put(cell.random.choice(ways)())


HIDING = (
    "display: none",
    "visibility: hidden",
    "opacity: 0",
    "font-size: 0",
    "position: absolute; left: -9999px",
    "position: absolute; clip: rect(0 0 0 0)",
    "position: absolute; clip-path: inset(50%)",
    "display: inline-block; height: 0; overflow: hidden",
    "display: inline-block; width: 0; overflow: hidden",
    "display: inline-block; text-indent: -9999px",
    "display: none; mso-hide: all",
    "mso-hide: all",
    "display: inline-block; transform: scale(0)",
    "margin-left: -9999px",
)


def hidden(cell: Cell) -> str:
    """Digits that are in the page and not on it."""
    old = cell.other()
    ways: tuple[Callable[[], str], ...] = (
        *[partial(cell.styled, old, style) for style in HIDING],
        lambda: f"<span hidden>{old}</span>",
        lambda: f"<template>{old}</template>",
        lambda: f"<noscript>{old}</noscript>",
        lambda: f"<script>{old}</script>",
        lambda: f"<!-- {old} -->",
        lambda: f"<details><summary></summary>{old}</details>",
        lambda: f"<datalist><option>{old}</option></datalist>",
    )
    return cell.put(cell.random.choice(ways)())


UNSEEN = (
    "color: #fff",
    "color: white",
    "color: rgb(254, 255, 253)",
    "color: transparent",
    "color: rgba(0, 0, 0, 0.02)",
    "color: hsl(0 0% 99%)",
    "background: #123456; color: #123456",
    "--ink: #fefefe; color: var(--ink)",
)


def unseen(cell: Cell) -> str:
    """Digits in the colour of what lies behind them."""
    style = cell.random.choice(UNSEEN)
    return cell.put(
        cell.random.choice((cell.styled(cell.other(), style), f"<font color=#ffffff>{cell.other()}</font>"))
    )


def pale(cell: Cell) -> str:
    """A digit so pale that nobody can say whether it is meant."""
    return cell.put(
        cell.styled(cell.other(1), cell.random.choice(("color: #ddd", "color: #d0d0d0", "opacity: 0.2")))
    )


def coloured(cell: Cell) -> str:
    """Digits in colours that are seen."""
    style = cell.random.choice(
        ("color: red", "color: #00c", "color: #767676", "background: #ff0", "color: #fff; background: #c00")
    )
    at = cell.random.randint(0, len(cell.digits))
    return cell.digits[:at] + cell.styled(cell.digits[at:], style)


def marked(cell: Cell) -> str:
    """A note mark of the same size as the digits."""
    mark = cell.random.choice(("①", "②", "*", "**", "†", "※", "[1]", "〔2〕", "¹", "²"))
    return cell.behind(mark)


def annotated(cell: Cell) -> str:
    """A reading above the digits."""
    return f"<ruby>{cell.digits}<rp>(</rp><rt>{cell.other()}</rt><rp>)</rp></ruby>"


def control(cell: Cell) -> str:
    """The digits in a field of a form."""
    ways = (
        f'<input type="text" value="{cell.digits}" readonly>',
        f"<input value={cell.digits}>",
        f'<input type="number" value="{cell.digits}"><input type=hidden value={cell.other()}>',
        f"<textarea rows=1>{cell.digits}</textarea>",
        f"<select><option>{cell.other()}<option selected>{cell.digits}</select>",
        f"<select><option>{cell.digits}</option><option>{cell.other()}</option></select>",
        f"<span contenteditable>{cell.digits}</span>",
        f"<output>{cell.digits}</output>",
        f"<label><input type=hidden value=9>{cell.digits}</label>",
    )
    return cell.random.choice(ways)


def split(cell: Cell) -> str:
    """The digits one by one in elements of their own."""
    tags = ("span", "b", "i", "u", "em", "strong", "font", "o:p", "ins")
    pieces = []
    for digit in cell.digits:
        tag = cell.random.choice(tags)
        pieces.append(f"<{tag} style='font-family:仿宋_GB2312;mso-ascii-font-family:Calibri'>{digit}</{tag}>")
    return f"<p class=MsoNormal>{''.join(pieces)}<o:p></o:p></p>"


def revised(cell: Cell) -> str:
    """A revision or a comment, as Word saves them."""
    old = cell.other()
    ways = (
        f"<del cite='mailto:a' datetime='2026-01-01T00:00'>{old}</del><ins>{cell.digits}</ins>",
        f"<span class=msoDel><del>{old}</del></span><span class=msoIns><ins>{cell.digits}</ins></span>",
        f"{cell.digits}<span style='mso-element:comment'>{old}</span>",
        f"{cell.digits}<![if !supportAnnotations]><sup><a href='#_msocom_1'>[A1]</a></sup><![endif]>",
        f"<!--[if gte mso 9]><xml>{old}</xml><![endif]-->{cell.digits}",
    )
    return cell.random.choice(ways)


def layered(cell: Cell) -> str:
    """Digits that lie elsewhere than they stand."""
    first, rest = cell.digits[:1], cell.digits[1:]
    ways = (
        f"{cell.digits}{cell.styled(cell.other(1), 'float: right')}",
        f"<bdo dir=rtl>{cell.digits}{cell.other(1)}</bdo>",
        f"{rest or cell.other(1)}{cell.styled(first, 'position: relative; left: -12px')}",
        f"<span style='display: inline-flex; flex-direction: row-reverse'><i>{rest}</i><i>{first}</i></span>",
        f"{cell.digits}{cell.styled(cell.other(1), 'position: absolute; left: 3px')}",
    )
    return cell.random.choice(ways)


def invisible(cell: Cell) -> str:
    """Signs among the digits that nobody sees."""
    return cell.put(
        cell.random.choice(
            ("&#8203;", "&shy;", "&#xFEFF;", "&zwj;", "&#x202d;", "&lrm;", "<wbr>", "&#x2060;")
        )
    )


def pictured(cell: Cell) -> str:
    """A picture of a digit."""
    return cell.put(
        cell.random.choice(("<img src=8.png alt=8>", "<canvas></canvas>", "<svg><path d='M0 0'/></svg>"))
    )


def generated(cell: Cell) -> str:
    """A digit that a style sheet prints."""
    name, first, rest = f"g{len(cell.rules)}", cell.digits[:1], cell.digits[1:]
    if cell.random.random() < 0.5:
        cell.rules.append(f'.{name}::before {{ content: "{first}" }}')
        return f"<span class={name}>{rest}</span>"
    cell.rules.append(f".{name}:after {{ content: attr(data-end) }}")
    return f"<span class={name} data-end={cell.digits[-1:]}>{cell.digits[:-1]}</span>"


def formula(cell: Cell) -> str:
    """The digits as a formula."""
    return cell.random.choice(
        (
            f"<math><mn>{cell.digits}</mn></math>",
            f"<math><msup><mn>{cell.digits}</mn><mn>1</mn></msup></math>",
        )
    )


def broken(cell: Cell) -> str:
    """The digits in two lines."""
    return f"{cell.digits}<br>{cell.other(1)}"


def nested(cell: Cell) -> str:
    """The digits in a table within the cell."""
    return f"<div><table><tr><td><p>{cell.digits}</p></td></tr></table></div>"


def overridden(cell: Cell) -> str:
    """A style taken back by a weightier rule."""
    cell.rules += [
        ".o { display: none } td .o { display: inline }",
        ".p { text-decoration: line-through !important }",
    ]
    cell.rules += ["td s.q { text-decoration: none }", "@media print { .r { display: none } }"]
    at = cell.random.randint(0, len(cell.digits))
    first, rest = cell.digits[:at], cell.digits[at:]
    ways = (
        f"<span class=o>{first}</span>{rest}",
        f"<span class=p style='text-decoration: none'>{cell.other()}</span>{cell.digits}",
        f"<s class=q>{first}</s>{rest}",
        f"<span class=r>{first}</span>{rest}",
        f"<i style='visibility: hidden'><b style='visibility: visible'>{cell.digits}</b>{cell.other()}</i>",
        f"<span style='font-size: 0'><b style='font-size: 14px'>{cell.digits}</b>{cell.other()}</span>",
    )
    return cell.random.choice(ways)


SIMPLE: tuple[tuple[Change, int], ...] = (
    (raised, 7), (small, 1), (strange, 1),
    (struck, 7), (hidden, 9), (unseen, 6), (pale, 1), (coloured, 4), (marked, 4),
    (annotated, 3), (control, 5), (split, 4), (revised, 4), (layered, 1), (invisible, 4), (pictured, 1),
    (generated, 3), (formula, 2), (broken, 1), (nested, 2), (overridden, 4),
)  # fmt: skip
TOGETHER: tuple[Change, ...] = (raised, struck, hidden, unseen, invisible)


def several(cell: Cell) -> str:
    """Two or three changes at once, of those that add something to the digits."""
    content = cell.digits
    for change in cell.random.sample(TOGETHER, cell.random.randint(2, 3)):
        part = change(Cell("", cell.random, cell.rules))
        content = part + content if cell.random.random() < 0.5 else content + part
    return content


CHANGES = (*SIMPLE, (several, 5))


def mutations(random: Random, count: int) -> Iterator[Mutation]:
    """So many pages, each of one of the sample reports, with one figure's cell changed."""
    bases = [reading.read(DATA / name) for name in BASES]
    pages = [webpage.write(base) for base in bases]
    changes, weights = zip(*CHANGES, strict=True)
    for _ in range(count):
        at = random.randrange(len(bases))
        base, [change] = bases[at], random.choices(changes, weights)
        keys = [key for key, figure in base.figures.items() if re.fullmatch("[0-9]+", figure.text)]
        key = random.choice(keys)
        cell = Cell(base.figures[key].text, random)
        content = _changed(pages[at], base, key, change(cell), cell.rules)
        name = change.__name__
        yield Mutation(content.encode(), f"{base.organ}.html", base, key, int(cell.digits), name)


def _changed(page: str, base: Report, key: str, content: str, rules: list[str]) -> str:
    """The page with another content in the cell of a figure, and with rules behind those it has."""
    root = html.document_fromstring(page)
    tables = list(root.iter("table"))
    for table, element in zip(base.mandate.tables.values(), tables, strict=True):
        for slot, found in zip(table.slots, element.iter("td"), strict=True):
            if slot.key == key:
                _mark(found)
    text = str(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))
    text = text.replace("MUTATED", content, 1)
    return text.replace("</head>", f"<style>{' '.join(rules)}</style></head>", 1)


def _mark(cell: HtmlElement) -> None:
    cell.text = "MUTATED"

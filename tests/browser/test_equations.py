"""The script's equations are the program's, on figures as people type them."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

import pytest
from nianbao.mandate import editions, load
from nianbao.media import form
from nianbao.media.form import Values
from nianbao.report import assemble
from nianbao.report.checks.equation import unequal
from nianbao.report.figure import plain

from tests.browser.conftest import Visit
from tests.trials import trials

COUNT = trials(500)  # of each edition
ODD = [
    *(
        "4件",
        "１２",
        "1,234",
        "12,34",
        "约3",
        "/",
        "—",
        "无",
        "一百二十",
        "二〇二五",
        "一",
        "十",
        "九百",
        "3（其中1）",
    ),
    *(
        "5。",
        " 7 ",
        "-2",
        "+3",
        "0",
        "00",
        "1.5",
        "2.50",
        "1,286.35万元",
        "3亿元",
        "12元",
        "人民币5万元",
        "￥6元",
    ),
    *("\u200b8", "9\u00ad", "1 234", "1\u30002", "1e3", "0x10", "=1+1", "𝟙", "²", "①"),
    *("12345678901234567", "0.1234567890123456"),
]


def typed(random: Random, edition: str) -> Values:
    """A report whose sums mostly agree, with a few boxes blank, wrong, or written oddly."""
    mandate = load(edition)
    figures: dict[str, str] = {}
    blank = random.random() < 0.2
    for key in mandate.slots:
        figures[key] = str(random.choice((0, 0, 0, 1, 2, 13)))
    for _ in range(3):  # sums of sums
        for key, parts in mandate.totals.items():
            figures[key] = plain(sum(int(figures[part]) for part in parts))
    for key in random.sample([*mandate.slots], random.randrange(8)):
        figures[key] = random.choice((*ODD, str(random.randrange(40)), ""))
    if blank:
        figures = {key: text for key, text in figures.items() if text != "0" or random.random() < 0.05}
    year = mandate.edition.first_year
    document = {"year": year, "particulars": {"organ": "甲局"}, "figures": figures, "texts": {}}
    return Values.from_json(json.dumps(document))


@pytest.mark.parametrize("edition", editions())
def test_script_and_program_find_the_same_equations(visit: Callable[..., Visit], edition: str) -> None:
    page = visit().page
    mandate, random = load(edition), Random(f"equations {edition}")
    reports = [typed(random, edition) for _ in range(COUNT)]
    boxes = [json.loads(values.to_json())["figures"] for values in reports]

    found = page.evaluate(
        """async ([rules, reports]) => {
            const { Numbers, unequal } = await import("/static/numbers.js");
            const numbers = new Numbers(rules.number);
            return reports.map((figures) => {
                const read = {};
                for (const [key, { kind, unit }] of Object.entries(rules.slots)) {
                    read[key] = numbers.read(figures[key] || "", kind, unit);
                }
                return unequal(rules, read).map(({ number, excess }) => [number, String(excess)]);
            });
        }""",
        [form.rules(mandate), boxes],
    )

    expected = [
        [
            [mandate.equations.index(one.equation), str(int(one.excess.scaleb(15)))]
            for one in unequal(assemble(form.enter(values, "")))
        ]
        for values in reports
    ]
    differing = [number for number in range(COUNT) if found[number] != expected[number]]
    assert [(found[number], expected[number]) for number in differing[:3]] == []
    assert sum(map(len, expected)) > COUNT  # there were some to be found

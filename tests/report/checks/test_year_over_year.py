"""Seven years of one organ as published: which chains hold from year to year, and which are broken."""

from __future__ import annotations

import pytest
from nianbao.media import exchange
from nianbao.report import check

from tests.paths import REPORTS
from tests.reports import sound, take

YEARS = {2019: "12", 2020: "11", 2021: "10", 2022: "09", 2023: "08", 2024: "07", 2025: "06"}
BROKEN = {  # this year → what does not follow from the year before
    2020: ["public-total-chain"],  # 规章: 7 from nothing
    2021: [],
    2022: [],
    2023: ["in-force-chain"],
    2024: ["in-force-chain"],
    2025: ["in-force-chain"],
}
CHAINS = {"carried-over", "in-force-chain", "projects-chain", "public-total-chain"}


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside this repository")
@pytest.mark.parametrize("year", BROKEN)
def test_the_chains_of_seven_published_years(year: int) -> None:
    this, last = (exchange.read(next(REPORTS.glob(f"{YEARS[one]}-*.json"))) for one in (year, year - 1))

    assert [one.code for one in check(this, last) if one.code in CHAINS] == BROKEN[year]


def test_a_table_with_few_figures_may_be_the_same_again() -> None:
    documents = [sound(year) for year in (2025, 2024)]
    for document in documents:
        for row in document["table4"].values():
            row[:] = [0, 0, 0, 1, 1]
        document["table4"]["复议后起诉"] = [0, 0, 0, 0, 0]

    same = [one.about[0] for one in check(*map(take, documents)) if one.code == "same-table"]
    assert same == ["disclosure", "requests"]


FEES = ("行政事业性收费", "本年收费金额（单位：万元）")


@pytest.mark.parametrize(
    ("before", "now", "codes"),
    [
        (1286.35, 12863500, ["unit-jump"]),
        (1286.35, 9120000.5, ["unit-jump"]),
        (0.038, 380, ["unit-jump"]),
        (1286.35, "12863500元", ["oddly-written"]),  # the unit is said, and what is meant
        (12863500, 1286.35, ["jump"]),  # last year's was wrong
        (1286.35, 128635, ["jump"]),
        (20, 1200000, ["jump"]),
        (0, 12863500, []),
        (1286.35, 1301.2, []),
    ],
)
def test_an_amount_some_ten_thousand_times_last_years_is_in_another_unit(
    before: float, now: float | str, codes: list[str]
) -> None:
    last, this = sound(2024), sound(2025)
    last["table2"][FEES[0]][FEES[1]], this["table2"][FEES[0]][FEES[1]] = before, now
    found = [problem.code for problem in check(take(this), take(last, "上年.json"))]

    assert [code for code in found if code in ("unit-jump", "jump", "oddly-written")] == codes


def test_the_unit_is_told_with_what_it_would_be() -> None:
    last, this = sound(2024), sound(2025)
    last["table2"][FEES[0]][FEES[1]], this["table2"][FEES[0]][FEES[1]] = 1286.35, 13020000
    [problem] = [one for one in check(take(this), take(last, "上年.json")) if one.code == "unit-jump"]

    assert (problem.what, problem.mend) == (
        f"{FEES[0]} / {FEES[1]}：上年 1286.35，今年 13020000，约为上年的一万倍，像是把元填在万元栏里",
        "请核对单位；13020000 是元的，改填 1302",
    )

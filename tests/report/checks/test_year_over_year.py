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

"""Charts of a report and of the years before it: the fonts they are drawn in, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.report import Place, Problem, ProblemsFound, Report, rule
from nianbao.report.trend import Year, left_out, trends, year_of

if TYPE_CHECKING:
    from nianbao.media.charts import Drawing, Face

FAMILY = "黑体"  # upright strokes stay readable in small letters; on pages a font without serifs too
ANY = ""  # the organ of reports that are taken for the only file's own
Earlier = Mapping[str, tuple[Year, ...]]  # by organ


@dataclass(frozen=True)
class Charted:
    """The drawings of one report, and what there is to say: charts left out, years not used."""

    drawings: tuple[Drawing, ...] = ()
    problems: tuple[Problem, ...] = ()


def chart(report: Report, earlier: Earlier | None = None, *, draft: bool = False) -> Charted:
    """The charts of a report, with the earlier years that are its own.

    Raises ProblemsFound as `draw` does.
    """
    own = year_of(report)
    given = (earlier or {}).get(report.organ, (earlier or {}).get(ANY, ()))
    before = {year.year: replace(year, organ=report.organ) for year in given if year.year < report.year}
    years = [*(before[year] for year in sorted(before)), own]
    place = Place(report.file)
    mend = "没有这样的事项就不必处理；有的话请核对是否漏填"
    problems = [
        rule("chart-left-out").broken(f"图解中没有“{missing.title}”：{missing.why}", mend, (place,))
        for missing in left_out(years)
    ]
    if earlier and not before:
        what = f"--last-year 给出的报告中没有本机关 {report.year} 年以前的，图解只有本年"
        mend = "请核对这些报告的机关名称和年度；要画各年变化的请补上往年的报告"
        problems.append(rule("no-earlier-year").broken(what, mend, (place,)))
    return Charted(draw(years, sheer=draft), tuple(problems))


def draw(
    reports: Sequence[Report | Year], labels: Sequence[str] = (), *, sheer: bool = False
) -> tuple[Drawing, ...]:
    """Draw the charts of `trends`; a `sheer` picture lets a watermark be seen.

    Raises ProblemsFound where matplotlib is not installed, and where no font has the letters.
    """
    require()
    from nianbao.media import charts, fonts

    cache = fonts.configure().parents[1] / "charts"
    return charts.draw(trends(reports, labels), _face, cache, sheer=sheer)


def require() -> None:
    """Raise ProblemsFound where what draws charts is not installed."""
    from nianbao.media import charts

    if not charts.version():
        what = "没有安装画图解所需的组件"
        mend = '请在程序所在的文件夹中运行 pip install ".[charts]"；或不加 --charts'
        raise ProblemsFound([rule("charts-unavailable").broken(what, mend)])


def versions() -> str:
    """A word for what decides how charts look, beside this program: the library and the fonts."""
    from nianbao.media import charts, fonts

    return f"{charts.version()}; {fonts.fingerprint()}"


def by_organ(reports: Sequence[Report], *, alone: bool) -> Earlier:
    """Earlier years by organ; `alone` where one file is made, and all that is given is taken for its own."""
    years: dict[str, tuple[Year, ...]] = {}
    for report in reports:
        organ = ANY if alone else report.organ
        years[organ] = (*years.get(organ, ()), year_of(report))
    return years


def _face(text: str) -> Face:
    """The font of a text; raise ProblemsFound where there is none that has all of it."""
    from nianbao.media import charts, fonts

    font = fonts.serving(text, FAMILY)
    if font is None:
        what = f"没有一种已安装的字体含有图解中“{text}”的全部的字，会印成空框"
        mend = "请安装中文字体，如 fonts-noto-cjk；已装的字体见 nianbao fonts"
        raise ProblemsFound([rule("chart-font").broken(what, mend)])
    return charts.Face(font.file, font.index & 0xFFFF)

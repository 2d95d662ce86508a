"""What drawings look like, as far as a program can tell: places, letters, tones, bytes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree
from nianbao.report.chart import Chart, Kind, Series
from nianbao.report.trend import trends

from tests.media.charts.chart_samples import face, year
from tests.paths import ROOT

pytest.importorskip("matplotlib", reason="needs the extra charts", exc_type=ImportError)

import matplotlib
from matplotlib.colors import to_hex
from matplotlib.patches import Patch
from nianbao.media.charts import Drawing, draw
from nianbao.media.charts.layout import WIDTH
from nianbao.media.charts.looks import LOOKS, PAPER, line_ends
from nianbao.media.charts.plot import INCH, STYLE, Hatching

from tests.media.charts.plotted import area, bars, outside, overlapping, plot, texts, words

YEARS = tuple(f"{number}年" for number in range(2019, 2031))
SVG = "{http://www.w3.org/2000/svg}"
RECEIVED = Chart(
    Kind.COLUMNS,
    "各年<新收>&结转",
    ("2023年", "2024年", "2025年"),
    (Series("本年新收", (40, None, 10)), Series("上年结转", (0, None, 3))),
)
OUTCOMES = Chart(
    Kind.STACKED,
    "办理结果",
    ("2024年", "2025年"),
    (Series("予以公开", (30, 1)), Series("部分公开", (0, 2)), Series("其他处理", (10, None))),
    note="2025年有没填数的格，只合计填了的。",
)
HARD = {
    "huge beside tiny": Chart(
        Kind.COLUMNS,
        "大小",
        YEARS,
        (Series("本年新收", (123456, 1, None, 0, 99999, 3, 5, 100, 45678, 12, 3, 120000)),) * 2,
    ),
    "huge beside tiny, stacked": Chart(
        Kind.STACKED,
        "大小",
        YEARS,
        tuple(Series(name, tuple(10 ** (at % 7) for at in range(12))) for name in "甲乙丙丁戊己"),
    ),
    "long names": Chart(
        Kind.COLUMNS,
        "名称",
        ("某某市某某区某某镇人民政府办公室" * 3, "甲局", "2025年"),
        (Series("很长的名称" * 5, (1, 2, 3)), Series("很长的名称" * 6, (3, 2, 1))),
    ),
    "long names, stacked": Chart(
        Kind.STACKED,
        "名称",
        ("某某市某某区某某镇人民政府办公室" * 3, "甲局", "2025年"),
        (Series("予以公开", (1, 2, 3)), Series("其他处理", (3, None, 1))),
    ),
    "fifteen digits": Chart(Kind.COLUMNS, "位数", ("2025年",), (Series("本年新收", (999_999_999_999_999,)),)),
    "one of one": Chart(Kind.STACKED, "一", ("2025年",), (Series("本年新收", (1,)),)),
}


def luminance(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("matplotlib")


@pytest.fixture(scope="session")
def drawings(cache: Path) -> tuple[Drawing, ...]:
    return draw([RECEIVED, OUTCOMES], face, cache)


def test_columns_are_as_high_as_their_numbers_from_zero_on() -> None:
    plotted = plot(RECEIVED)

    assert [bar.get_height() for bar in bars(plotted)] == [40, 10, 3]  # 0 has none
    assert {bar.get_y() for bar in bars(plotted)} == {0}
    assert plotted.axes[0].get_ylim() == (0, 40)


def test_parts_stand_upon_one_another_without_a_gap() -> None:
    parts = sorted((round(bar.get_x()), bar.get_y(), bar.get_height()) for bar in bars(plot(OUTCOMES)))

    assert parts == [(0, 0, 30), (0, 30, 10), (1, 0, 1), (1, 1, 2)]


def test_every_number_and_every_name_is_written() -> None:
    assert sorted(words(plot(RECEIVED))) == sorted([
        *("0", "10", "20", "30", "40", "（件）"),
        *("40", "0", "—", "10", "3"),
        *("2023年", "2024年", "2025年", "本年新收", "上年结转", "注：“—”表示没有报告或没有填数，不是0。"),
    ])  # fmt: skip
    assert sorted(words(plot(OUTCOMES))) == sorted([
        *("0", "10", "20", "30", "40", "（件）", "40", "3", "2024年", "2025年"),
        *("予以公开", "30", "1", "部分公开", "0", "2", "其他处理", "10", "—", "合计", "40", "3"),
        "注：“—”表示没有报告或没有填数，不是0。2025年有没填数的格，只合计填了的。",
    ])  # fmt: skip


def test_each_number_of_the_table_stands_below_its_column() -> None:
    plotted = plot(OUTCOMES)
    columns: dict[float, list[str]] = {}
    for text in sorted(texts(plotted), key=lambda text: -area(text)[1]):
        left, _, right, _ = area(text)
        columns.setdefault(round((left + right) / 2), []).append(text.get_text())

    assert [column for column in columns.values() if any("年" in text for text in column[1:])] == [
        ["40", "2024年", "30", "0", "10", "40"],
        ["3", "2025年", "1", "2", "—", "3"],
    ]


@pytest.mark.parametrize(
    ("most", "ticks"), [(1, "0 1"), (3, "0 1 2 3"), (7, "0 2 4 6 8"), (218, "0 50 100 150 200 250")]
)
def test_the_scale_has_whole_numbers_and_reaches_the_largest(most: int, ticks: str) -> None:
    one = Chart(Kind.COLUMNS, "一", ("2025年",), (Series("本年新收", (most,)),))

    assert [label.get_text() for label in plot(one).axes[0].get_yticklabels()] == ticks.split()


def test_a_year_without_a_report_keeps_its_place_and_has_no_column() -> None:
    plotted = plot(RECEIVED)
    [gap] = [area(text) for text in texts(plotted) if text.get_text() == "—"]
    [label] = [area(text) for text in texts(plotted) if text.get_text() == "2024年"]

    assert gap[0] + gap[2] == pytest.approx(label[0] + label[2])
    assert [bar for bar in bars(plotted) if 0.5 < bar.get_x() + bar.get_width() / 2 < 1.5] == []


def test_a_long_name_is_cut_before_its_year() -> None:
    long = "某某经济技术开发区管理委员会（本级）"
    names = (f"{long}2024年", f"{long}2025年", "甲局2025年") * 3
    written = words(plot(Chart(Kind.COLUMNS, "一", names, (Series("甲", (1, 2, 3) * 3),))))

    assert (written.count("2024年"), written.count("2025年"), written.count("甲局")) == (3, 6, 3)
    assert [word for word in written if word.endswith("…")] == ["技术开…"] * 6


@pytest.mark.parametrize("name", HARD)
def test_nothing_is_written_over_other_words_or_off_the_paper(name: str) -> None:
    plotted = plot(HARD[name])

    assert overlapping(plotted) == []
    assert outside(plotted) == []
    assert plotted.get_figheight() * INCH < 120  # two of them stand on a page


def test_one_number_that_is_not_known_is_marked_as_such_beside_one_that_is() -> None:
    plotted = plot(
        Chart(
            Kind.COLUMNS, "一", ("2025年",), (Series("甲", (None,)), Series("乙", (0,)), Series("丙", (2,)))
        )
    )

    places = sorted((area(text)[0], text.get_text()) for text in texts(plotted))
    assert [text for left, text in places if left > 30 and text in "—02"] == ["—", "0", "2"]


@pytest.mark.parametrize("direction", [*"/\\|"])
@pytest.mark.parametrize(
    ("wide", "high", "aslant", "upright"),
    [(30.0, 100.0, 22, 7), (30.0, 2.0, 5, 7), (2.0, 30.0, 5, 0), (1.0, 0.5, 0, 0)],
)
def test_the_lines_of_a_hatching_stay_within_their_part(
    direction: str, wide: float, high: float, aslant: int, upright: int
) -> None:
    ends = list(line_ends(direction, wide, high, 4.0))

    assert len(ends) == 2 * (upright if direction == "|" else aslant)
    assert all(-1e-9 <= x <= wide + 1e-9 and -1e-9 <= y <= high + 1e-9 for x, y in ends)
    for (left, start), (right, end) in zip(ends[::2], ends[1::2], strict=True):
        rise = {"/": right - left, "\\": left - right, "|": high}[direction]
        assert end - start == pytest.approx(rise)
        assert left < right or direction == "|"


def test_series_differ_without_colour_and_lines_can_be_seen() -> None:
    style = matplotlib.rc_params_from_file(STYLE, use_default_template=False)
    ink, grey = (style[key] for key in ("patch.edgecolor", "axes.edgecolor"))
    plain = [round(luminance(look.tone), 1) for look in LOOKS if not look.lines]

    assert len(set(LOOKS)) == len(LOOKS)
    assert all(abs(tone - other) >= 0.1 for tone, other in combinations(plain, 2))
    assert all(contrast(ink, look.tone) >= 3 for look in LOOKS if look.lines)
    assert contrast(ink, PAPER) >= 7
    assert contrast(grey, PAPER) >= 4.5


def test_each_series_of_the_legend_looks_like_its_columns() -> None:
    def look(patch: Patch) -> tuple[str, str]:
        [hatching] = patch.get_path_effects()
        assert isinstance(hatching, Hatching)
        return to_hex(patch.get_facecolor()), hatching.directions

    columns, parts = plot(RECEIVED), plot(OUTCOMES)
    table = parts.axes[1]

    assert [look(patch) for patch in columns.legends[0].get_patches()] == list(LOOKS[:2])
    assert [look(patch) for patch in bars(columns)] == [LOOKS[0], LOOKS[0], LOOKS[1]]
    assert [look(patch) for patch in table.patches] == list(LOOKS[:3])
    assert [look(patch) for patch in bars(parts)] == [LOOKS[0], LOOKS[0], LOOKS[1], LOOKS[2]]


def test_svg_is_named_described_and_needs_nothing_outside(drawings: tuple[Drawing, ...]) -> None:
    for one, chart in zip(drawings, (RECEIVED, OUTCOMES), strict=True):
        assert (one.title, one.alt) == (chart.title, chart.alt)
        for said in (one.svg, one.outlined):
            root = etree.fromstring(said)
            assert root.get("role") == "img"
            title, desc = (root.find(f"{SVG}{tag}") for tag in ("title", "desc"))
            assert title is not None
            assert desc is not None
            assert (title.text, desc.text) == (chart.title, chart.alt)
            assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
            assert "<!" not in said
            assert "url(" not in said
            assert "<style" not in said
            assert "style=" not in said  # a page's policy may allow no inline style
            assert set(re.findall(r"https?://[^\"]*", said)) <= {
                "http://www.w3.org/2000/svg",
                "http://www.w3.org/1999/xlink",
            }
            links = {one.get("{http://www.w3.org/1999/xlink}href") for one in root.iter(f"{SVG}use")}
            assert links <= {f"#{one.get('id')}" for one in root.iter()}
            assert len(said) < 60_000


def test_letters_are_text_on_a_page_and_shapes_in_word(drawings: tuple[Drawing, ...]) -> None:
    root = etree.fromstring(drawings[0].svg)
    outlined = etree.fromstring(drawings[0].outlined)
    ticks = 5

    assert sorted(text.text or "" for text in root.iter(f"{SVG}text")) == sorted(words(plot(RECEIVED)))
    assert root.get("font-family", "").endswith("sans-serif")
    assert not any("font-family" in text.attrib for text in root.iter(f"{SVG}text"))
    assert list(outlined.iter(f"{SVG}text")) == []
    assert len(list(outlined.iter(f"{SVG}use"))) == sum(map(len, words(plot(RECEIVED)))) + ticks


def test_outlined_letters_are_as_large_as_matplotlib_makes_them(drawings: tuple[Drawing, ...]) -> None:
    for drawing in drawings:
        assert set(re.findall(r'transform="scale\(([^ )]*)\)"', drawing.outlined)) == {str(1 / 64)}


def test_two_drawings_on_one_page_do_not_share_a_name(drawings: tuple[Drawing, ...]) -> None:
    for kind in ("svg", "outlined"):
        names = [
            element.get("id")
            for one in drawings
            for element in etree.fromstring(getattr(one, kind)).iter()
            if element.get("id")
        ]
        assert len(names) == len(set(names))


def test_the_picture_is_opaque_and_fine_enough_for_print(drawings: tuple[Drawing, ...]) -> None:
    from PIL import Image

    for one in drawings:
        with Image.open(io.BytesIO(one.png)) as picture:
            assert picture.mode == "P"
            assert picture.info == {"dpi": pytest.approx((300, 300), abs=0.01)}
            assert picture.width == int(WIDTH / 25.4 * 300)
            assert picture.width / picture.height == pytest.approx(one.width / one.height, rel=0.002)
            assert picture.convert("RGB").getpixel((1, picture.height // 2)) == (255, 255, 255)
            tones = {colour for _, colour in picture.convert("RGB").getcolors(256) or []}
            assert {(255, 255, 255), (0x1F, 0x4E, 0x79)} <= tones
        assert len(one.png) < 60_000


def test_the_paper_of_a_draft_can_be_seen_through(drawings: tuple[Drawing, ...], cache: Path) -> None:
    from PIL import Image

    sheer = draw([RECEIVED], face, cache, sheer=True)[0]

    with Image.open(io.BytesIO(sheer.png)) as picture, Image.open(io.BytesIO(drawings[0].png)) as opaque:
        clear, whole = picture.convert("RGBA"), opaque.convert("RGBA")
    assert clear.getpixel((1, 1)) == (255, 255, 255, 0)
    assert whole.getpixel((1, 1)) == (255, 255, 255, 255)
    paper = Image.new("RGBA", clear.size, "white")
    assert Image.alpha_composite(paper, clear).tobytes() == whole.tobytes()
    assert (sheer.svg, sheer.outlined) == (drawings[0].svg, drawings[0].outlined)
    first = next(etree.fromstring(sheer.outlined).iter(f"{SVG}path"))
    assert first.get("stroke") == "#c9c9c9"  # a line: the first is no sheet of white


def test_the_same_bytes_are_drawn_again_in_another_process_and_folder(
    drawings: tuple[Drawing, ...], cache: Path, tmp_path: Path
) -> None:
    assert draw([RECEIVED, OUTCOMES], face, cache) == drawings
    (tmp_path / "matplotlibrc").write_text(
        "savefig.bbox: tight\npath.sketch: 5, 10, 2\nsavefig.transparent: True\n"
    )
    program = (
        "import hashlib, sys; from pathlib import Path; from tests.media.charts.test_drawing import *\n"
        "found = draw([RECEIVED, OUTCOMES], face, Path(sys.argv[1]))\n"
        "print(hashlib.sha256(repr(found).encode()).hexdigest(), end='')"
    )
    home = tmp_path / "home"
    home.mkdir()
    kept = {"XDG_CACHE_HOME": str(tmp_path / "kept"), "PYTHONHASHSEED": "7", "HOME": str(home)}
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "other")],
        cwd=tmp_path,
        env={**os.environ, **kept, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )

    import hashlib

    assert (done.stderr, done.stdout) == ("", hashlib.sha256(repr(drawings).encode()).hexdigest())
    assert list(home.iterdir()) == []  # neither settings nor a list of fonts in the user's home


def test_drawing_leaves_no_trace_in_the_process(cache: Path) -> None:
    import logging

    import matplotlib

    def state() -> object:
        return matplotlib.rcParams.copy(), dict(os.environ), logging.getLogger("matplotlib").level

    before = state()

    draw([RECEIVED], face, cache)

    assert state() == before
    assert "matplotlib.pyplot" not in sys.modules


def test_no_painter_waits_to_be_collected(cache: Path) -> None:
    import gc

    gc.collect()
    gc.disable()
    try:
        draw([RECEIVED, OUTCOMES], face, cache)
        left = [one for one in gc.get_objects() if type(one).__name__ == "RendererAgg"]
    finally:
        gc.enable()

    assert left == []  # each holds its picture, 8 MB


def test_nothing_to_draw_needs_no_library() -> None:
    program = (
        "import sys; from pathlib import Path; import nianbao.cli.commands\n"
        "from nianbao.media.charts import draw\n"
        "print(draw([], None, Path()), 'matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "() False\n"


def test_real_charts_of_both_kinds_fit() -> None:
    one = year(
        2025,
        requests__received__natural_person=1_234_567,
        requests__disclosed__total=1,
        disputes__review__upheld=3,
    )
    for chart in (*trends([one]), *trends([one, year(2019, requests__received__total=9)])):
        assert overlapping(plot(chart)) == []
        assert outside(plot(chart)) == []


def test_the_font_is_asked_for_each_text_by_itself(cache: Path) -> None:
    asked: list[str] = []

    def remember(text: str) -> object:
        asked.append(text)
        return face(text)

    draw([RECEIVED], remember, cache)  # type: ignore[arg-type]

    assert sorted(asked) == sorted(set(words(plot(RECEIVED))))

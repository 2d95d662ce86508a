"""The steps of the self-test: a table. Each does something for real and says what it saw, or raises."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from nianbao.app import charts, pdf_engines, reading
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import verify
from nianbao.app.check import inspect
from nianbao.app.generate.archive import keep_all
from nianbao.app.generate.job import DOCX, HTML, PDF, prepare
from nianbao.app.self_test import surroundings, window
from nianbao.app.self_test.bench import WORDS, Bench, Ended, Sample, same, samples
from nianbao.media.self_test import State
from nianbao.report import ProblemsFound, Severity

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Step:
    """One step: what it is called, what it does, and the extra it needs, without which `spared` goes on."""

    name: str
    work: Callable[[Bench], str]
    extra: str = ""
    spared: str = ""


def steps() -> Iterator[Step]:
    """Every step, in the order in which they rest on one another."""
    yield Step("数据文件夹", surroundings.use_data_folder)
    yield Step("空余空间", surroundings.look_for_space)
    yield Step("字体", surroundings.look_for_fonts)
    for sample in samples():
        of = f"{sample.edition} 版示例"
        yield Step(f"{of}：读入、检查", partial(_check, sample))
        yield Step(f"{of}：工作簿", partial(_workbook, sample))
        yield Step(f"{of}：Word、网页", partial(_make, sample, HTML))
        yield Step(f"{of}：读回 Word", partial(Bench.read_back, sample=sample, kind=DOCX))
        yield Step(f"{of}：读回网页", partial(Bench.read_back, sample=sample, kind=HTML))
        yield Step(f"{of}：PDF", partial(_make, sample, PDF), "pdf", " Word 和网页")
        read_pdf = partial(Bench.read_back, sample=sample, kind=PDF)
        yield Step(f"{of}：导入 PDF", read_pdf, "import", "填报和生成")
    newest = samples()[0]
    yield Step("版面图片", partial(_picture, newest), "web", "生成文件")
    yield Step("图解", partial(_charts, newest), "charts", "报告本身")
    yield Step("归档", partial(_archive, newest))
    yield Step("填报窗口", window.open_window, "web", "命令行")
    yield Step("LibreOffice", partial(_libreoffice, newest))


def _check(sample: Sample, bench: Bench) -> str:
    report = reading.read_content(sample.content, f"示例-{sample.edition}.json")
    found = inspect(report).found.open
    if errors := [problem for problem in found if problem.severity is Severity.ERROR]:
        raise ProblemsFound(errors)
    bench.reports[sample] = report
    return f"没有错误，{len(report.figures)} 格"


def _workbook(sample: Sample, bench: Bench) -> str:
    from nianbao.media import workbook

    before = bench.report(sample)
    content, lost = workbook.write(before)
    after = reading.read_content(content, sample.name)
    values = [{key: figure.value for key, figure in one.figures.items()} for one in (before, after)]
    texts = [[p.text for part in one.narratives.values() for p in part] for one in (before, after)]
    if lost or values[0] != values[1] or texts[0] != texts[1]:
        raise Ended(State.FAILS, "写进工作簿的和读出来的不一样", "请把本页发给帮忙的人")
    bench.reports[sample], bench.books[sample] = after, content
    return same(after)


def _make(sample: Sample, kind: str, bench: Bench) -> str:
    artifacts = bench.make(sample, prepare(kind))
    kinds = (PDF,) if kind == PDF else (DOCX, HTML)
    return "，".join(f"{WORDS[made].strip()} {len(artifacts.files[made]) // 1024} KB" for made in kinds)


def _picture(sample: Sample, bench: Bench) -> str:
    """Draw the first page, and find the report's title on it."""
    content = bench.file(sample, PDF)
    from nianbao.media.pdf import pictures

    drawn = pictures.draw_page(content, 1)
    [spot] = pictures.find(content, [bench.report(sample).title])
    if drawn[:8] != PNG or spot is None or spot.page != 1:
        raise Ended(State.FAILS, "第一页画不出来，或者上面没有标题", "请把本页发给帮忙的人")
    width, height = struct.unpack(">II", drawn[16:24])
    return f"共 {pictures.count_pages(content)} 页，第一页 {width} × {height} 点，标题在上面"


def _charts(sample: Sample, bench: Bench) -> str:
    charts.require()
    return f"画出 {len(charts.chart(bench.report(sample), {}).drawings)} 张"


def _archive(sample: Sample, bench: Bench) -> str:
    path, root = bench.folder / sample.name, bench.folder / "归档"
    path.write_bytes(bench.book(sample))
    [kept] = keep_all([path], Archive(root), prepare(HTML))
    if kept.added is None:
        raise ProblemsFound(kept.problems)
    verified = verify(root)
    if verified.problems:
        raise ProblemsFound(verified.problems)
    return f"存了 {verified.revisions} 版、{verified.files} 个文件，逐字节核对完好"


def _libreoffice(sample: Sample, bench: Bench) -> str:
    """Print the sample by LibreOffice, where it is installed."""
    from nianbao.media import office

    if office.find() is None:
        told = (
            "没有安装，不影响填报和生成（只在读 .doc、.wps、.et 等旧文件，或用 --engine libreoffice 时要它）"
        )
        raise Ended(State.WITHOUT, told)
    [printed] = pdf_engines.print_all(pdf_engines.LIBREOFFICE, [(sample.name, bench.file(sample, DOCX))])
    if isinstance(printed, Exception):
        raise printed
    return f"印出 PDF {len(printed.pdf) // 1024} KB"

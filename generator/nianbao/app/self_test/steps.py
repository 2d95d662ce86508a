"""The steps of the self-test: a table. Each does something for real and says what it saw, or raises."""

from __future__ import annotations

import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nianbao.app import charts, fonts, pdf_engines, reading
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import verify
from nianbao.app.check import inspect
from nianbao.app.data_folder import data_folder
from nianbao.app.generate.archive import keep_all
from nianbao.app.generate.job import DOCX, HTML, PDF, prepare
from nianbao.app.outcome import problems
from nianbao.app.self_test import window
from nianbao.app.self_test.bench import Absent, Bench, Broken, NotDone, Sample, same, samples
from nianbao.app.self_test.machine import free_space
from nianbao.report import ProblemsFound, Severity

MEGABYTE = 2**20
LEAST = 100 * MEGABYTE  # that a report with its archive, and LibreOffice at work, fit into several times
DATABASE = "drafts.sqlite3"
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
    yield Step("数据文件夹", _data_folder)
    yield Step("空余空间", _space)
    yield Step("字体", _fonts)
    for sample in samples():
        of = f"{sample.edition} 版示例"
        yield Step(f"{of}：读入、检查", partial(_check, sample))
        yield Step(f"{of}：工作簿", partial(_workbook, sample))
        yield Step(f"{of}：Word、网页", partial(_make, sample, HTML))
        yield Step(f"{of}：读回 Word", partial(Bench.read_back, sample=sample, kind=DOCX))
        yield Step(f"{of}：读回网页", partial(Bench.read_back, sample=sample, kind=HTML))
        yield Step(f"{of}：PDF", partial(_make, sample, PDF), "pdf", "Word 和网页")
        read_pdf = partial(Bench.read_back, sample=sample, kind=PDF)
        yield Step(f"{of}：导入 PDF", read_pdf, "import", "填报和生成")
    newest = samples()[0]
    yield Step("版面图片", partial(_picture, newest), "web", "生成文件")
    yield Step("图解", partial(_charts, newest), "charts", "报告本身")
    yield Step("归档", partial(_archive, newest))
    yield Step("填报窗口", window.open_window, "web", "命令行")
    yield Step("LibreOffice", partial(_libreoffice, newest))


def _data_folder(bench: Bench) -> str:
    """Write a file where drafts are kept, and read it back; a folder that was made for it goes again."""
    folder = data_folder()
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    mend = "请核对这个文件夹的权限；临时要用的，可以用环境变量 NIANBAO_DATA 指定另一个文件夹"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".nianbao-", dir=folder) as room:
            file = Path(room) / "自检"
            file.write_bytes(PNG)
            if file.read_bytes() != PNG:
                raise Broken("写进去的和读出来的不一样", mend)
        return f"能读能写{_drafts(folder / DATABASE)}"
    except OSError as error:
        raise Broken(f"不能写（{problems(error)[0].what}），填的内容留不住", mend) from error
    finally:
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _drafts(path: Path) -> str:
    """What is said of the database with the drafts, of which nothing is told but that it is whole."""
    if not path.exists():
        return "，还没有草稿"
    mend = "请先把整个数据文件夹另存一份，再打开填报窗口，照页面上说的做"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as database:
            [sound] = database.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise Broken(f"草稿的数据库打不开（{error.sqlite_errorname}）", mend) from error
    if sound != "ok":
        raise Broken("草稿的数据库已损坏", mend)
    return "，草稿的数据库完好"


def _space(bench: Bench) -> str:
    short = {
        name: free
        for name, place in (("临时文件夹", Path(tempfile.gettempdir())), ("数据文件夹", data_folder()))
        if (free := free_space(place)) < LEAST
    }
    if short:
        told = "、".join(f"{name}只剩 {free / MEGABYTE:.1f} MB" for name, free in short.items())
        raise Broken(told, f"请清理磁盘，至少空出 {LEAST // MEGABYTE} MB")
    return f"够用（至少要 {LEAST // MEGABYTE} MB）"


def _fonts(bench: Bench) -> str:
    substitutions, problems = fonts.show()
    lacking = [one.asked for one in substitutions if one.found is None]
    problems = (*problems, *fonts.without_body())
    if problems:
        raise ProblemsFound(problems)
    if lacking:
        mend = "请装上这些字体，或装上程序自带的字体"
        raise Broken(f"{'、'.join(lacking)} 没有可用的字体，也没有可以代替的", mend)
    own = sum(one.real for one in substitutions)
    return (
        f"公文要用的 {len(substitutions)} 种都印得出：原字体 {own} 种，替代字体 {len(substitutions) - own} 种"
    )


def _check(sample: Sample, bench: Bench) -> str:
    report = reading.read_content(sample.content, f"示例-{sample.edition}.json")
    found = inspect(report).found.open
    if errors := [problem for problem in found if problem.severity is Severity.ERROR]:
        raise ProblemsFound(errors)
    bench.reports[sample] = report
    return f"没有错误，{len(report.figures)} 格"


def _workbook(sample: Sample, bench: Bench) -> str:
    from nianbao.media import workbook

    if sample not in bench.reports:
        raise NotDone("前面的示例没有读入")
    before = bench.reports[sample]
    content, lost = workbook.write(before)
    after = reading.read_content(content, sample.name)
    values = [{key: figure.value for key, figure in one.figures.items()} for one in (before, after)]
    texts = [[p.text for part in one.narratives.values() for p in part] for one in (before, after)]
    if lost or values[0] != values[1] or texts[0] != texts[1]:
        raise Broken("写进工作簿的和读出来的不一样", "请把本页发给帮忙的人")
    bench.reports[sample], bench.books[sample] = after, content
    return same(after)


def _make(sample: Sample, kind: str, bench: Bench) -> str:
    artifacts = bench.make(sample, prepare(kind))
    sizes = {DOCX: "Word", HTML: "网页", PDF: "PDF"}
    wanted = (PDF,) if kind == PDF else (DOCX, HTML)
    return "，".join(f"{sizes[each]} {len(artifacts.files[each]) // 1024} KB" for each in wanted)


def _picture(sample: Sample, bench: Bench) -> str:
    """Draw the first page, and find the report's title on it."""
    content = bench.file(sample, PDF)
    from nianbao.media.pdf import pictures

    drawn = pictures.draw_page(content, 1)
    [spot] = pictures.find(content, [bench.reports[sample].title])
    if drawn[:8] != PNG or spot is None or spot.page != 1:
        raise Broken("第一页画不出来，或者上面没有标题", "请把本页发给帮忙的人")
    width, height = struct.unpack(">II", drawn[16:24])
    return f"共 {pictures.count_pages(content)} 页，第一页 {width} × {height} 点，标题在上面"


def _charts(sample: Sample, bench: Bench) -> str:
    if sample not in bench.reports:
        raise NotDone("前面的示例没有读入")
    charts.require()
    return f"画出 {len(charts.chart(bench.reports[sample], {}).drawings)} 张"


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
        raise Absent(told)
    [printed] = pdf_engines.print_all([(sample.name, bench.file(sample, DOCX))])
    if isinstance(printed, Exception):
        raise printed
    return f"印出 PDF {len(printed.pdf) // 1024} KB"

"""The command line."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nianbao.app.outcome import DONE, PROBLEMS, Outcome, Usage, attempt
from nianbao.cli import help, messages
from nianbao.cli.archive import app as archive_app
from nianbao.report.problem import Severity

if TYPE_CHECKING:
    from nianbao.mandate import Mandate

app = typer.Typer(
    name="nianbao",
    cls=help.Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
template_app = typer.Typer(
    cls=help.Group,
    help="建立、检查 Word 模板，列出可用的标签。\n\n例：nianbao template build 2021 -o 我的模板.docx",
    no_args_is_help=True,
)
app.add_typer(template_app, name="template")
app.add_typer(archive_app, name="archive")

ANY = "工作簿（.xlsx）、交换文件（.json），或已发布的报告（Word、网页、PDF）"
Sources = Annotated[list[Path], typer.Argument(metavar="文件…", help=f"{ANY}，或放有它们的文件夹")]
AsJson = Annotated[bool, typer.Option("--json", help="在标准输出只印一个 JSON 文档")]
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的同名文件")]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"nianbao {version('nianbao')}")
        raise typer.Exit


@app.callback()
def nianbao(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """政府信息公开工作年度报告：填一份 Excel 工作簿，生成规定格式的 Word 与 PDF。

    例：nianbao new 2025.xlsx --year 2025 --organ 某某市财政局
    """


@app.command(cls=help.Command)
def new(
    book: Annotated[Path, typer.Argument(metavar="工作簿.xlsx", help="要建的工作簿")],
    year: Annotated[int | None, typer.Option(metavar="年度", help="报告年度，例如 2025")] = None,
    organ: Annotated[str, typer.Option(metavar="机关", help="机关全称")] = "",
    reporter: Annotated[str, typer.Option(metavar="类型", help="机关类型，例如 部门、县级政府汇总")] = "",
    source: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="把已有报告的内容填进去")
    ] = None,
    last_year: Annotated[
        Path | None,
        typer.Option(
            "--last-year", metavar="文件", help="上年的报告：带入机关、上年结转，上年的数列在各格批注中"
        ),
    ] = None,
    force: Force = False,
) -> None:
    """新建一份工作簿，空白的，或从已有报告填好的。

    例：nianbao new 2025.xlsx --year 2025 --organ 某某市财政局

    例：nianbao new 2025.xlsx --from 某某市财政局.json

    例：nianbao new 2026.xlsx --year 2026 --last-year 2025年报.docx
    """
    from nianbao.app import new

    if book.suffix.lower() != ".xlsx":
        raise Usage(f"工作簿的文件名应以 .xlsx 结尾，现为 {book.name}")
    if source is not None and last_year is not None:
        raise Usage("--from 与 --last-year 不能一起用：前者照填一份报告，后者为下一年新建")
    if last_year is not None and reporter:
        raise Usage("机关类型照上年报告，--reporter 不能与 --last-year 一起用")
    if source is None and last_year is None and (year is None or not organ):
        raise Usage("请给出 --year 和 --organ，或用 --from、--last-year 给出已有的报告")
    if last_year is not None:
        problems = new.begin(book, last_year, year, organ, force=force)
    elif source is not None:
        problems = new.carry(source, book, year, force=force)
    else:
        assert year is not None  # asked for above
        problems = new.blank(book, organ, year, reporter, force=force)
    messages.tell(problems)
    typer.echo(str(book))
    lost = any(problem.severity is not Severity.NOTICE for problem in problems)
    raise typer.Exit(PROBLEMS if lost else DONE)


@app.command(cls=help.Command)
def check(
    sources: Sources,
    last_year: Annotated[
        list[Path] | None,
        typer.Option(
            "--last-year", metavar="文件", help="上年的报告，核对跨年的数字和雷同；可以给多次，按机关对应"
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="样式", help="text（不给则用它）、json、html 或 sarif", show_default=False
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="把 html 或 sarif 写到哪里；不给则印在屏幕上"),
    ] = None,
    mark: Annotated[
        Path | None,
        typer.Option(metavar="标注.xlsx", help="另存一份标出问题的工作簿，可在其中核实；给原文件则标在原处"),
    ] = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """检查报告：勾稽关系、跨年、文字与表格、缺漏、日期、名称、语言，一次列出全部问题。

    例：nianbao check 2025.xlsx --last-year 2024.xlsx

    例：nianbao check 2025.xlsx --format html -o 检查结果.html

    例：nianbao check 2025.xlsx --mark 2025-标注.xlsx
    """
    from nianbao.app import check, files
    from nianbao.app import mark as marks
    from nianbao.app.sources import expand, names

    form = check.JSON if as_json else form or check.TEXT
    if form not in check.FORMATS:
        raise Usage(f"没有 {form} 这种样式，只有 {'、'.join(check.FORMATS)}")
    if output is not None and form not in (check.HTML, check.SARIF):
        raise Usage("-o 要与 --format html 或 --format sarif 一起用")
    sources = expand(sources)
    earlier = marks.earlier(marks.asked(sources, mark), mark) if mark else {}
    last = check.last_years(last_year or (), sources)
    inspected, alone = [], len(sources) == 1
    for source, name in messages.progress(list(zip(sources, names(sources), strict=True)), "检查"):
        inspected.append(one := check.inspect_file(source, name, last, alone=alone, earlier=earlier))
        if form == check.TEXT:
            messages.tell(one.found.open, err=False)
            typer.echo(f"{name}：{one.found.count()}")
    if form == check.TEXT and not alone:
        typer.echo(check.summary(inspected))
    marked = mark and marks.put(sources[0], mark, inspected[0], force=force)
    if marked and form == check.TEXT:
        typer.echo(str(mark))
    if form == check.JSON:
        messages.document(check.to_json(inspected))
    elif form != check.TEXT and output is None:
        messages.put_out(check.write(inspected, form))
    elif output is not None:
        files.put({output: check.write(inspected, form).encode("utf-8")}, force=force)
        typer.echo(str(output))
    raise typer.Exit(max(one.code for one in inspected))


@app.command(cls=help.Command)
def generate(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="文件…", help="工作簿（.xlsx）、交换文件（.json），或放有它们的文件夹"),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="文件夹", help="放在哪里；不给则放在 output", show_default=False
        ),
    ] = Path("output"),
    pdf: Annotated[bool, typer.Option("--pdf", help="同时生成 PDF")] = False,
    template: Annotated[Path | None, typer.Option(metavar="模板.docx", help="用自己的 Word 模板")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="有错误也生成，每页印“草稿”水印")] = False,
    html: Annotated[bool, typer.Option("--html", help="同时生成网页，可直接发布到网站")] = False,
    attach: Annotated[bool, typer.Option("--attach", help="把填报文件附在 PDF 中，供存档")] = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="程序",
            help="PDF 由谁转换：weasyprint（不给则用它），或已安装的 libreoffice",
            show_default=False,
        ),
    ] = "weasyprint",
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="个数", min=1, max=256, help="同时用几个进程；不给则按报告多少自动定"),
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="地址", help="在 Dask 集群上生成，例如 tcp://主机:8786")
    ] = "",
    charts: Annotated[
        bool, typer.Option("--charts", help="在报告后附图解：申请、办理结果、复议和诉讼")
    ] = False,
    last_year: Annotated[
        list[Path] | None,
        typer.Option(
            "--last-year", metavar="文件", help="往年的报告，图解画出各年的变化；可以给多次，按机关对应"
        ),
    ] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="生成后随即归档（连同 PDF 和网页），放在输出文件夹的 archive 中")
    ] = False,
    reason: Annotated[str, typer.Option(metavar="理由", help="已归档的要更正时，写明理由")] = "",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """生成 Word（和 PDF、网页）报告，放入 output/年度/机关/标题.docx。

    有错误的不生成，并一次列出全部错误；加 --draft 可先出带水印的草稿。
    给出文件夹的，生成其中全部报告；没有改动的不重做，中断后再运行即接着做。

    例：nianbao generate 2025.xlsx --pdf

    例：nianbao generate 各单位 --pdf --jobs 4

    例：nianbao generate 2025.xlsx --archive

    例：nianbao generate 2025.xlsx --pdf --charts --last-year 2024.xlsx --last-year 2023.xlsx
    """
    from nianbao.app.generate import Delivery, prepare
    from nianbao.app.pdf_engines import ENGINES, LIBREOFFICE, WEASYPRINT
    from nianbao.app.sources import expand
    from nianbao.cli import generate

    if engine not in ENGINES:
        raise Usage(f"没有 {engine} 这个转换程序，只有 {'、'.join(ENGINES)}")
    if attach and not (pdf and engine == WEASYPRINT):
        raise Usage("--attach 要与 --pdf 一起用，不能用 --engine libreoffice")
    if cluster and (jobs or engine == LIBREOFFICE):
        raise Usage("--cluster 不能与 --jobs 或 --engine libreoffice 一起用")
    if last_year and not charts:
        raise Usage("generate 的 --last-year 要与 --charts 一起用")
    if reason and not archive:
        raise Usage("--reason 要与 --archive 一起用")
    if archive and draft:
        raise Usage("草稿不归档，--archive 不能与 --draft 一起用")
    asked = {"html": html or archive, "pdf": pdf or archive}
    files = expand(sources, without=[output])
    job = prepare(
        *(kind for kind, wanted in asked.items() if wanted),
        template=template, earlier=last_year or (), sources=files,
        draft=draft, engine=engine, attach=attach, charts=charts,
    )  # fmt: skip
    delivery = Delivery(output, force, jobs, cluster, archive, reason)
    raise typer.Exit(generate.generate(files, sources, job, delivery, as_json=as_json))


def _problems(outcomes: Iterable[Outcome]) -> list[dict[str, object]]:
    return [problem.to_json() for outcome in outcomes for problem in outcome.problems]


@app.command(cls=help.Command)
def export(
    source: Annotated[Path, typer.Argument(metavar="文件", help=ANY)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="报告.json", help="写到哪里；不给则印在屏幕上")
    ] = None,
    force: Force = False,
) -> None:
    """把一份报告写成交换 JSON。

    例：nianbao export 2025.xlsx -o 2025.json
    """
    from nianbao.app import files, reading
    from nianbao.media import exchange

    report = reading.read(source)
    messages.tell(report.reading)
    text = exchange.write(report)
    if output is None:
        messages.put_out(text)
    else:
        files.put({output: text.encode("utf-8")}, force=force)
        typer.echo(str(output))
    wrong = any(problem.severity is Severity.ERROR for problem in report.reading)
    raise typer.Exit(PROBLEMS if wrong else DONE)


@app.command("import", cls=help.Command)
def import_published(
    source: Annotated[Path, typer.Argument(metavar="文件", help=ANY)],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="工作簿.xlsx",
            help="写成工作簿或交换文件（.json）；不给则用原来的文件名",
        ),
    ] = None,
    organ: Annotated[str, typer.Option(metavar="机关", help="机关全称；报告自己没有写明时用")] = "",
    year: Annotated[int | None, typer.Option(metavar="年度", help="报告年度；报告自己没有写明时用")] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """读入已发布的报告（Word、网页、有文字的 PDF），写成工作簿或交换文件。

    读不出的、与规定格式不同的逐一列出，不作猜测。

    例：nianbao import 2024年报.pdf -o 2024.xlsx
    """
    from nianbao.app import published

    output = output or Path(f"{source.stem}.xlsx")
    report, problems = published.take(source, output, organ, year, force=force)
    if as_json:
        messages.document(published.to_json(report, output, problems))
    else:
        messages.tell(problems)
        typer.echo(published.summary(report))
        typer.echo(str(output))
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    raise typer.Exit(PROBLEMS if wrong else DONE)


@app.command(cls=help.Command)
def rollup(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="文件夹或文件…", help="工作簿（.xlsx）、交换文件（.json）或其文件夹"),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="汇总.xlsx", help="汇总工作簿写到哪里")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(metavar="名册.xlsx", help="应报送机关的名册，核对谁没有报、谁逾期")
    ] = None,
    new_roster: Annotated[
        Path | None, typer.Option("--new-roster", metavar="名册.xlsx", help="由这些报告建一份名册")
    ] = None,
    organ: Annotated[str, typer.Option(metavar="机关", help="汇总机关全称；不给则由名册和成员推定")] = "",
    reporter: Annotated[
        str, typer.Option(metavar="类型", help="汇总机关类型，例如 县级政府汇总；不给则由成员推定")
    ] = "",
    skip_errors: Annotated[
        bool, typer.Option("--skip-errors", help="有错误的、读不出的不计入，并写明是谁")
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """汇总各机关的报告：逐格相加，列出每个单位的数、谁没有报、哪些数异常、哪些文字雷同。

    得到的汇总工作簿可以照常填写文字、检查、生成报告。任何一份有错误的不汇总，并一次列出全部错误。

    例：nianbao rollup 各单位 -o 汇总.xlsx --roster 名册.xlsx --organ 某某县人民政府
    """
    from nianbao.app import rollup as rolling

    options = rolling.Options(output, roster, new_roster, organ, reporter, skip_errors, force)
    outcome = rolling.rollup(sources, options, messages.progress)
    if as_json:
        messages.document(rolling.to_json(outcome))
    else:
        messages.tell(outcome.problems)
        if outcome.found is not None:
            typer.echo(rolling.summary(outcome.found))
        for path in outcome.made:
            typer.echo(str(path))
        if not outcome.made:
            typer.echo(f"有 {messages.count(outcome.problems)}，没有汇总", err=True)
    raise typer.Exit(outcome.code)


@app.command(cls=help.Command)
def compare(
    sources: Annotated[
        list[Path], typer.Argument(metavar="文件…", help=f"两份以上的报告：{ANY}，或放有它们的文件夹")
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="样式",
            help="text、json、xlsx 或 html；不给则看 -o 的结尾，印在屏幕上用 text",
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件", help="写到哪里；不给则印在屏幕上")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="没有变化的也列出；json 和 xlsx 总是列出全部")] = False,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """比较两份以上的报告：逐格的增减和百分比、比率、各部分文字的改动；网页还有图。

    可以比较一个机关的各年、同一年的草稿和发布稿、几个机关，两版格式也可以。

    例：nianbao compare 2023.pdf 2024.xlsx 2025.xlsx

    例：nianbao compare 2024.xlsx 2025.xlsx -o 比较.html

    例：nianbao compare 2024.xlsx 2025.xlsx -o 比较.xlsx
    """
    from nianbao.app import compare, files
    from nianbao.app.sources import expand

    if as_json and form not in ("", compare.JSON):
        raise Usage(f"--json 不能与 --format {form} 一起用")
    form = compare.form_of(compare.JSON if as_json else form, output)
    compared = compare.compare(expand(sources))
    messages.tell(compared.problems)
    if output is None and form == compare.TEXT:
        width = shutil.get_terminal_size((compare.WIDTH, 0)).columns
        typer.echo(compare.text(compared.comparison, width, every=every), nl=False)
    else:
        content, lacking = compare.write(compared.comparison, form, every=every)
        messages.tell(lacking)
        if output is None:
            messages.put_out(content.decode("utf-8"))
        else:
            files.put({output: content}, force=force)
            typer.echo(str(output))
    raise typer.Exit(compared.code)


@app.command("fonts", cls=help.Command)
def list_fonts(
    source: Annotated[
        Path | None,
        typer.Argument(metavar="文件", help="工作簿（.xlsx）或交换文件（.json）；不给则列出全部字体"),
    ] = None,
    template: Annotated[Path | None, typer.Option(metavar="模板.docx", help="用自己的 Word 模板")] = None,
    as_json: AsJson = False,
) -> None:
    """列出要用的字体有没有安装、由什么代替，报告里有没有印不出的字。

    例：nianbao fonts 2025.xlsx
    """
    from nianbao.app import fonts, missing_glyphs

    found = fonts.show(source, template)
    if as_json:
        problems = [problem.to_json() for problem in found.problems]
        messages.document({"fonts": list(map(missing_glyphs.to_json, found.fonts)), "problems": problems})
    else:
        for one in found.fonts:
            typer.echo(fonts.line(one))
        messages.tell(found.problems, err=False)
    wrong = any(problem.severity is Severity.ERROR for problem in found.problems)
    raise typer.Exit(PROBLEMS if wrong else DONE)


Edition = Annotated[str, typer.Argument(metavar="版本", help="2021（报告年度 2021 起）或 2019（2019、2020）")]


@template_app.command("build", cls=help.Command)
def template_build(
    edition: Edition = "2021",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="模板.docx", help="写到哪里")
    ] = None,
    force: Force = False,
) -> None:
    """按规定格式和 GB/T 9704 建立 Word 模板，之后可在 Word 中改样式。

    例：nianbao template build 2021 -o 我的模板.docx
    """
    from nianbao.app import files
    from nianbao.media import word

    path = output or Path(f"{edition}.docx")
    files.put({path: word.build(_mandate(edition))}, force=force)
    typer.echo(str(path))


@template_app.command("check", cls=help.Command)
def template_check(
    path: Annotated[Path, typer.Argument(metavar="模板.docx", help="要检查的模板")],
    edition: Annotated[str, typer.Option(metavar="版本", help="按哪一版检查；不给则取最接近的一版")] = "",
    as_json: AsJson = False,
) -> None:
    """检查模板：标签都认识，规定的标题和表格都在、次序对、没有改动。

    例：nianbao template check 我的模板.docx
    """
    from nianbao.mandate import editions
    from nianbao.media import word

    mandates = [_mandate(one) for one in ([edition] if edition else editions())]

    def look(path: Path) -> Outcome:
        template = word.Template(path.read_bytes(), path.name)
        found = {one.edition.key: word.check(template, one) for one in mandates}
        nearest = min(found, key=lambda one: (len(found[one]), -int(one)))
        return Outcome(path, found[nearest], PROBLEMS if found[nearest] else DONE, edition=nearest)

    outcome = attempt(look, path)
    if as_json:
        messages.document({"problems": _problems([outcome])})
    else:
        messages.tell(outcome.problems, err=False)
        by = f"按 {outcome.edition} 版检查，" if outcome.edition else ""
        typer.echo(f"{path.name}：{by}{messages.count(outcome.problems)}")
    raise typer.Exit(outcome.code)


@template_app.command("fields", cls=help.Command)
def template_fields(edition: Edition = "2021", as_json: AsJson = False) -> None:
    """列出模板可用的全部标签和意思。

    例：nianbao template fields 2021
    """
    from nianbao.media import word

    fields = word.fields(_mandate(edition))
    if as_json:
        messages.document(dict(fields))
    else:
        for tag, meaning in fields:
            typer.echo(f"{tag}\t{meaning}")


def _mandate(edition: str) -> Mandate:
    from nianbao.mandate import editions, load

    if edition not in editions():
        raise Usage(f"没有 {edition} 版，只有 {'、'.join(editions())}")
    return load(edition)

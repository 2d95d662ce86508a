"""`nianbao archive …` as people see it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nianbao.app.outcome import DONE, PROBLEMS, Usage, overall
from nianbao.cli import help, messages
from nianbao.report.problem import Severity

if TYPE_CHECKING:
    from nianbao.app.archive.index import Listed
    from nianbao.app.archive.manifest import Manifest
    from nianbao.app.archive.store import Archive
    from nianbao.app.archive.verify import Verified

app = typer.Typer(
    cls=help.Group,
    help="归档：每年的报告连同填报文件一起保存，可查、可核、可移交。\n\n例：nianbao archive add 2025.xlsx",
    no_args_is_help=True,
)
ROOT = Path("output", "archive")
HEAD = 12  # characters of a digest that people compare

Root = Annotated[
    Path,
    typer.Option(
        "--root", metavar="文件夹", help="归档放在哪里；不给则为 output/archive", show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="在标准输出只印一个 JSON 文档")]
Years = Annotated[str, typer.Option("--year", metavar="年度", help="一年或几年，例如 2024 或 2020-2024")]


@app.command("add", cls=help.Command)
def add(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件…", help="工作簿（.xlsx）、交换文件（.json）、已发布的报告，或放有它们的文件夹"
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="理由", help="已归档的要更正时，写明理由")] = "",
    docx: Annotated[
        Path | None, typer.Option(metavar="报告.docx", help="实际发布的 Word，代替生成的")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="报告.pdf", help="实际发布的 PDF，代替生成的")] = None,
    template: Annotated[Path | None, typer.Option(metavar="模板.docx", help="用自己的 Word 模板")] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="个数", min=1, max=256, help="同时用几个进程；不给则按报告多少自动定"),
    ] = None,
    root: Root = ROOT,
    as_json: AsJson = False,
) -> None:
    """归档：填报文件、Word、PDF、网页、交换文件和清单一起存为一版，以后不再改动。

    内容没有变的不另存；要更正已归档的，用 --reason 写明理由，另存为新的一版。

    例：nianbao archive add 2025.xlsx

    例：nianbao archive add 2025.xlsx --reason 复核后更正第三部分
    """
    from nianbao.app import sources as files
    from nianbao.app.archive.store import Archive
    from nianbao.app.generate import prepare
    from nianbao.app.generate.archive import keep_all

    given = {path.suffix.lower()[1:]: path for path in (docx, pdf) if path is not None}
    named = files.expand(sources, without=[root])
    if given and len(named) > 1:
        raise Usage("--docx、--pdf 只能与一个文件一起用")
    if (docx and docx.suffix.lower() != ".docx") or (pdf and pdf.suffix.lower() != ".pdf"):
        raise Usage("--docx 应给 .docx 文件，--pdf 应给 .pdf 文件")
    published = {kind: path.read_bytes() for kind, path in given.items()}
    job = prepare("html", "pdf", template=template)
    kept = keep_all(named, Archive(root), job, reason=reason, given=published, jobs=jobs)
    results = []
    for result in messages.progress(kept, "归档", len(named)):
        results.append(result)
        if not as_json:
            messages.tell(result.problems)
            if result.added:
                state = "已归档过，内容没有变" if result.added.unchanged else "已归档"
                typer.echo(f"{result.added.folder}：{state}")
    done = [result.added for result in results if result.added]
    if as_json:
        messages.document(
            {
                "added": [
                    {"folder": str(one.folder), "unchanged": one.unchanged, "manifest": one.manifest.digest}
                    for one in done
                ],
                "head": done[-1].head if done else "",
                "problems": [problem.to_json() for result in results for problem in result.problems],
            }
        )
    elif done:
        typer.echo(f"总账末行：{done[-1].head}")
    raise typer.Exit(overall(results, sources))


@app.command("list", cls=help.Command)
def list_kept(
    organ: Annotated[str, typer.Option(metavar="机关", help="机关名称，或其中一部分")] = "",
    year: Years = "",
    where: Annotated[
        str, typer.Option(metavar="条件", help='按数据查，例如 "本年新收.总计>100 且 上年结转.总计=0"')
    ] = "",
    text: Annotated[str, typer.Option(metavar="词", help="按文字部分里的词查")] = "",
    every: Annotated[bool, typer.Option("--all", help="也列出被更正的旧版")] = False,
    root: Root = ROOT,
    as_json: AsJson = False,
) -> None:
    """列出归档的报告，按机关、年度、数据或文字查。

    例：nianbao archive list --year 2020-2024

    例：nianbao archive list --where 本年新收.总计>100
    """
    from nianbao.app.archive import index
    from nianbao.app.archive.query import understand

    asked = index.Asked(organ, _years(year), understand(where) if where else None, text, every)
    archive = _there(root)
    found = index.find(archive, asked)
    if as_json:
        messages.document({"head": archive.ledger.head, "found": [one.to_json() for one in found]})
    else:
        for one in found:
            typer.echo(_line(one))
            for passage in one.passages:
                typer.echo(f"    {_around(passage, text)}")
        typer.echo(f"共 {len(found)} 份。总账末行：{archive.ledger.head}", err=True)
    raise typer.Exit(DONE)


def _line(one: Listed) -> str:
    reason = f"　{one.reason}" if one.reason else ""
    return f"{one.organ}　{one.year} 年　第 {one.revision} 版　{one.when[:10]}{reason}"


def _around(passage: str, word: str, width: int = 30) -> str:
    at = passage.find(word)
    start, end = max(0, at - width), at + len(word) + width
    return ("…" if start else "") + passage[start:end] + ("…" if end < len(passage) else "")


def _years(said: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{4})(?:\s*[-–—至到~]\s*(\d{4}))?", said.strip())
    if said and not match:
        raise Usage(f"--year 应是一年或几年，例如 2024 或 2020-2024，现为 {said}")
    return (int(match[1]), int(match[2] or match[1])) if match else None


@app.command("show", cls=help.Command)
def show(
    organ: Annotated[str, typer.Argument(metavar="机关", help="机关全称")],
    year: Annotated[int, typer.Argument(metavar="年度", help="报告年度")],
    revision: Annotated[int | None, typer.Option(metavar="版次", help="第几版；不给则为最新的")] = None,
    root: Root = ROOT,
    as_json: AsJson = False,
) -> None:
    """显示一份归档的清单：各版的时间和理由、文件、由什么生成、检查发现了什么、谁核实过。

    例：nianbao archive show 某某市财政局 2025
    """
    from nianbao.app.files import safe_name

    archive = _there(root)
    folder = safe_name(organ)
    kept = [(number, path, archive.manifest(path)) for number, path in archive.revisions(folder, year)]
    if not kept:
        raise Usage(f"归档中没有 {organ} {year} 年的报告；有哪些见 nianbao archive list")
    chosen = next((one for one in kept if one[0] == (revision or kept[-1][0])), None)
    if chosen is None:
        raise Usage(f"没有第 {revision} 版，只有第 {'、'.join(str(one[0]) for one in kept)} 版")
    if as_json:
        messages.document(
            {"folder": str(chosen[1]), "manifest": chosen[2].document, "digest": chosen[2].digest}
        )
    else:
        for line in _shown(chosen[1], chosen[2], [one[2] for one in kept]):
            typer.echo(line)
    raise typer.Exit(DONE)


def _shown(folder: Path, one: Manifest, every: list[Manifest]) -> list[str]:
    lines = [one.title, f"位置：{folder}", f"格式：{one.edition} 版，{one.document.get('decree', '')}"]
    lines += [
        f"第 {made.revision} 版：{made.when}　{made.reason or ('首次归档' if made.revision == 1 else '')}"
        for made in every
    ]
    lines.append(f"第 {one.revision} 版的文件：")
    lines += [f"  {name}　{said['size']} 字节　SHA-256 {said['sha256']}" for name, said in one.files.items()]
    program, template = one.by.get("program", {}), one.by.get("template", {}).get("name", "")
    lines.append(f"程序：nianbao {program.get('version', '')}{template and f'　模板：{template}'}")
    fonts = [f"{font['asked']}→{font['found']}" for font in one.by.get("fonts", ()) if not font.get("real")]
    if fonts:
        lines.append(f"替代字体：{'，'.join(fonts)}")
    lines.append(f"检查发现 {len(one.findings)} 处，核实 {len(one.decisions)} 处")
    lines += [f"  {found.get('message', found.get('what', ''))}" for found in one.findings]
    lines += [
        f"  已核实（{said['who']}）：{said['why']}　{said['finding']}" for said in one.decisions.values()
    ]
    return [*lines, f"清单 SHA-256：{one.digest}"]


@app.command("verify", cls=help.Command)
def verify(
    given: Annotated[
        list[str] | None, typer.Argument(metavar="机关或压缩包…", help="只核这些机关，或核移交的 .zip")
    ] = None,
    head: Annotated[str, typer.Option(metavar="SHA-256", help="以前记下的总账末行（或移交清单）")] = "",
    root: Root = ROOT,
    as_json: AsJson = False,
) -> None:
    """核对归档：每个文件的每个字节、每一版、前后的链条，有改动、缺失、多出的一一列出。

    例：nianbao archive verify

    例：nianbao archive verify 归档.zip
    """
    from nianbao.app.archive import transfer
    from nianbao.app.archive.verify import verify as look
    from nianbao.app.files import safe_name

    given = given or []
    zips = [Path(one) for one in given if one.lower().endswith(".zip")]
    if zips and len(given) > 1:
        raise Usage("压缩包请一次核对一个")
    if zips:
        found = transfer.verify(zips[0], head)
    else:
        archive = _there(root)
        found = look(archive.root, [safe_name(one) for one in given], head)
    wrong = any(one.severity is Severity.ERROR for one in found.problems)
    if as_json:
        messages.document(_verified(found))
    else:
        messages.tell(found.problems, err=False)
        state = f"有 {messages.count(found.problems)}" if wrong else "完好"
        typer.echo(f"核对 {found.revisions} 版、{found.files} 个文件、{found.size} 字节：{state}")
        typer.echo(f"总账末行：{found.head}")
    raise typer.Exit(PROBLEMS if wrong else DONE)


def _verified(found: Verified) -> dict[str, object]:
    return {
        "revisions": found.revisions,
        "files": found.files,
        "size": found.size,
        "head": found.head,
        "problems": [problem.to_json() for problem in found.problems],
    }


@app.command("export", cls=help.Command)
def export(
    organ: Annotated[str, typer.Argument(metavar="机关", help="机关全称；不给则为全部")] = "",
    year: Years = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="归档.zip", help="压缩包写到哪里；不给则为 归档.zip"),
    ] = None,
    root: Root = ROOT,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的同名文件")] = False,
) -> None:
    """把归档打成一个压缩包移交，所附清单足以证明全部内容。

    例：nianbao archive export --year 2025 -o 2025年归档.zip
    """
    from nianbao.app.archive import transfer
    from nianbao.app.files import safe_name

    archive = _there(root)
    years = _years(year)
    chosen = [
        one
        for one in archive.ledger.entries
        if (not organ or one.folder.startswith(f"{safe_name(organ)}/"))
        and (years is None or years[0] <= int(one.folder.split("/")[1]) <= years[1])
    ]
    if not chosen:
        raise Usage("归档中没有符合的报告；有哪些见 nianbao archive list")
    target = output or Path("归档.zip")
    digest = transfer.write(archive, chosen, target, force=force)
    typer.echo(f"{target}：{len(chosen)} 版")
    typer.echo(f"移交清单 SHA-256：{digest}")
    raise typer.Exit(DONE)


def _there(root: Path) -> Archive:
    from nianbao.app.archive.store import Archive

    if not root.is_dir():
        raise Usage(f"没有归档文件夹 {root}；先用 nianbao archive add 归档，或用 --root 指明位置")
    return Archive(root)

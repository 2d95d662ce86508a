"""`nianbao archive list` and `show`: what lies in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import DONE, Usage
from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, path, text
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.archive.index import Listed
    from nianbao.app.archive.manifest import Manifest
    from nianbao.app.archive.store import Archive

ROOT = path(
    "--root", "文件夹", "归档放在哪里；不给则为当前文件夹的 output/archive", Path("output", "archive")
)
YEARS = text("--year years", "年度", "一年或几年，例如 2024 或 2020-2024")


def read_years(given: str) -> tuple[int, int] | None:
    """Return the first and the last year of --year; raises Usage."""
    match = re.fullmatch(r"(\d{4})(?:\s*[-–—至到~]\s*(\d{4}))?", given.strip())
    if given and not match:
        raise Usage(f"--year 应是一年或几年，例如 2024 或 2020-2024，现为 {given}")
    return (int(match[1]), int(match[2] or match[1])) if match else None


def open_archive(root: Path) -> Archive:
    """Return the archive in a folder; raises Usage where there is no such folder."""
    from nianbao.app.archive.store import Archive

    if not root.is_dir():
        raise Usage(f"没有归档文件夹 {root.absolute()}；先用 nianbao archive add 归档，或用 --root 指明位置")
    return Archive(root)


@click.command("list", cls=Command)
@text("--organ", "机关", "机关名称，或其中一部分")
@YEARS
@text("--where", "条件", '按数据查，例如 "本年新收.总计>100 且 上年结转.总计=0"')
@text("--text word", "词", "按文字部分里的词查")
@click.option("--all", "every", is_flag=True, help="也列出被更正的旧版")
@ROOT
@AS_JSON
def list_revisions(
    organ: str, years: str, where: str, word: str, every: bool, root: Path, as_json: bool
) -> int:
    """列出归档的报告，按机关、年度、数据或文字查。

    例：nianbao archive list --year 2020-2024

    例：nianbao archive list --where 本年新收.总计>100
    """
    from nianbao.app.archive import index
    from nianbao.app.archive.query import understand

    asked = index.Asked(organ, read_years(years), understand(where) if where else None, word, every)
    archive = open_archive(root)
    revisions = index.find(archive, asked)
    if as_json:
        listed = [revision.to_json() for revision in revisions]
        messages.document({"head": archive.ledger.head, "found": listed})
        return DONE
    for revision in revisions:
        messages.say(_line(revision))
        for passage in revision.passages:
            messages.say(f"    {_around(passage, word)}")
    messages.say(f"共 {len(revisions)} 份。总账核对码：{archive.ledger.head}", err=True)
    return DONE


def _line(revision: Listed) -> str:
    reason = f"　{revision.reason}" if revision.reason else ""
    from nianbao.app.archive.manifest import local

    number, day = revision.revision, local(revision.when)[:10]
    return f"{revision.organ}　{revision.year} 年　第 {number} 版　{day}{reason}"


def _around(passage: str, word: str, width: int = 30) -> str:
    at = passage.find(word)
    start, end = max(0, at - width), at + len(word) + width
    return ("…" if start else "") + passage[start:end] + ("…" if end < len(passage) else "")


@click.command(cls=Command)
@click.argument("organ", metavar="机关", help="机关全称")
@click.argument("year", metavar="年度", type=int, help="报告年度")
@click.option("--revision", metavar="版次", type=int, help="第几版；不给则为最新的")
@ROOT
@AS_JSON
def show(organ: str, year: int, revision: int | None, root: Path, as_json: bool) -> int:
    """显示一份归档的清单：各版的时间和理由、文件、由什么生成、检查发现了什么、谁核实过。

    例：nianbao archive show 某某市财政局 2025
    """
    from nianbao.app.files import safe_name

    archive = open_archive(root)
    revisions = {
        number: (folder, archive.manifest(folder))
        for number, folder in archive.revisions(safe_name(organ), year)
    }
    if not revisions:
        raise Usage(f"归档中没有 {organ} {year} 年的报告；有哪些见 nianbao archive list")
    wanted = revision or max(revisions)
    if wanted not in revisions:
        raise Usage(f"没有第 {revision} 版，只有第 {'、'.join(map(str, revisions))} 版")
    folder, manifest = revisions[wanted]
    if as_json:
        messages.document({"folder": str(folder), "manifest": manifest.document, "digest": manifest.digest})
    else:
        for line in _shown(folder, manifest, [other for _, other in revisions.values()]):
            messages.say(line)
    return DONE


def _shown(folder: Path, manifest: Manifest, revisions: Sequence[Manifest]) -> Iterator[str]:
    from nianbao.app.archive.manifest import local

    yield manifest.title
    yield f"位置：{folder}"
    yield f"格式：{manifest.edition} 版，{manifest.document.get('decree', '')}"
    for revision in revisions:
        reason = revision.reason or ("首次归档" if revision.revision == 1 else "")
        yield f"第 {revision.revision} 版：{local(revision.when)}　{reason}"
    yield f"第 {manifest.revision} 版的文件："
    for name, file in manifest.files.items():
        yield f"  {name}　{file['size']} 字节　SHA-256 {file['sha256']}"
    program, template = manifest.by.get("program", {}), manifest.by.get("template", {}).get("name", "")
    yield f"程序：nianbao {program.get('version', '')}{template and f'　模板：{template}'}"
    fonts = manifest.by.get("fonts", ())
    if replaced := [f"{font['asked']}→{font['found']}" for font in fonts if not font.get("real")]:
        yield f"替代字体：{'，'.join(replaced)}"
    yield f"检查发现 {len(manifest.findings)} 处，核实 {len(manifest.decisions)} 处"
    for finding in manifest.findings:
        yield f"  {finding.get('message', finding.get('what', ''))}"
    for decision in manifest.decisions.values():
        yield f"  已核实（{decision['who']}）：{decision['why']}　{decision['finding']}"
    yield f"清单 SHA-256：{manifest.digest}"

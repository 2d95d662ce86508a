"""`nianbao archive show`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import DONE, Usage
from nianbao.cli import messages
from nianbao.cli.commands.archive.folder import ROOT, open_archive
from nianbao.cli.options import AS_JSON
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.archive.manifest import Manifest


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
            click.echo(line)
    return DONE


def _shown(folder: Path, manifest: Manifest, revisions: Sequence[Manifest]) -> Iterator[str]:
    yield manifest.title
    yield f"位置：{folder}"
    yield f"格式：{manifest.edition} 版，{manifest.document.get('decree', '')}"
    for each in revisions:
        reason = each.reason or ("首次归档" if each.revision == 1 else "")
        yield f"第 {each.revision} 版：{each.when}　{reason}"
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

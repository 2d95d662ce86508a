"""`nianbao template …`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import DONE, Usage, exit_code, problems
from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FORCE, PATH, output, text
from nianbao.cli.parser import Group
from nianbao.report.problem import Problem, Severity, tally

if TYPE_CHECKING:
    from nianbao.mandate import Mandate

EDITION = click.argument(
    "edition", metavar="[版本]", default="2021", help="2021（报告年度 2021 起）或 2019（2019、2020）"
)


@click.group(cls=Group)
def template() -> None:
    """建立、检查 Word 模板，列出可用的标签。

    例：nianbao template build 2021 -o 我的模板.docx
    """


@template.command("build")
@EDITION
@output("模板.docx", "写到哪里")
@FORCE
def build(edition: str, output: Path | None, force: bool) -> int:
    """按规定格式和 GB/T 9704 建立 Word 模板，之后可在 Word 中改样式。

    例：nianbao template build 2021 -o 我的模板.docx
    """
    from nianbao.app import files
    from nianbao.media import word

    path = output or Path(f"{edition}.docx")
    files.require(path, (".docx",), "模板的文件名应以 .docx 结尾")
    files.put({path: word.build(_mandate(edition))}, force=force)
    messages.say(str(path))
    return DONE


@template.command("check")
@click.argument("path", metavar="模板.docx", type=PATH, help="要检查的模板")
@text("--edition", "版本", "按哪一版检查；不给则取最接近的一版")
@AS_JSON
def check(path: Path, edition: str, as_json: bool) -> int:
    """检查模板：标签都认识，规定的标题和表格都在、次序对、没有改动；并说明什么不带入报告。

    例：nianbao template check 我的模板.docx
    """
    from nianbao.app.template_check import examine
    from nianbao.mandate import editions

    mandates = [_mandate(key) for key in ([edition] if edition else editions())]

    try:
        by_edition = examine(path, mandates)
        nearest = min(by_edition, key=lambda key: (_errors(by_edition[key]), -int(key)))
        faults, by = by_edition[nearest], f"按 {nearest} 版检查，"
        code = messages.exit_code(faults)
    except Exception as error:  # told where findings are told, also as JSON
        faults, by, code = problems(error, path), "", exit_code(error)
    if as_json:
        messages.document({"problems": [problem.to_json() for problem in faults]})
    else:
        messages.tell(faults, err=False)
        messages.say(f"{path.name}：{by}{tally(faults)}")
    return code


@template.command("fields")
@EDITION
@AS_JSON
def fields(edition: str, as_json: bool) -> int:
    """列出模板可用的全部标签和意思。

    例：nianbao template fields 2021
    """
    from nianbao.media import word

    meanings = word.fields(_mandate(edition))
    if as_json:
        messages.document(dict(meanings))
    else:
        for tag, meaning in meanings:
            messages.say(f"{tag}\t{meaning}")
    return DONE


def _errors(noted: Sequence[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in noted)


def _mandate(edition: str) -> Mandate:
    from nianbao.mandate import editions, load

    if edition not in editions():
        raise Usage(f"没有 {edition} 版，只有 {'、'.join(editions())}")
    return load(edition)

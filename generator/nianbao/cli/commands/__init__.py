"""The commands, a module for each; a command returns its exit code and only parses and prints."""

from __future__ import annotations

import click

from nianbao.cli.commands.archive import archive
from nianbao.cli.commands.check import check
from nianbao.cli.commands.compare import compare
from nianbao.cli.commands.completion import completion
from nianbao.cli.commands.export import export
from nianbao.cli.commands.fonts import fonts
from nianbao.cli.commands.generate import generate
from nianbao.cli.commands.import_ import import_published
from nianbao.cli.commands.new import new
from nianbao.cli.commands.pdf import pdf
from nianbao.cli.commands.rollup import rollup
from nianbao.cli.commands.self_test import self_test
from nianbao.cli.commands.serve import serve
from nianbao.cli.commands.template import template
from nianbao.cli.parser import Group

COMMANDS = (
    serve, new, check, generate, pdf, export, import_published, rollup, compare, fonts, template, archive,
    self_test, completion,
)  # fmt: skip


@click.group(cls=Group, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nianbao", message="%(prog)s %(version)s", help="显示版本")
def nianbao() -> None:
    """政府信息公开工作年度报告：填一份 Excel 工作簿，生成规定格式的 Word 与 PDF。

    例：nianbao new 2025.xlsx --year 2025 --organ 某某市财政局
    """

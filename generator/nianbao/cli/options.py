"""Arguments and options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

FILLED_IN = "工作簿（.xlsx）、交换文件（.json）"
ANY = f"{FILLED_IN}，或已发布的报告（Word、网页、PDF）"
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
PATH = click.Path(path_type=Path, readable=False)  # one that may not be read is told as any such file


def text(names: str, metavar: str, what: str) -> Decorator:
    """Return an option that takes words, "" where it is not given; `names` as in `--format form`."""
    return click.option(*names.split(), metavar=metavar, default="", help=what)


def path(names: str, metavar: str, what: str, default: Path | None = None) -> Decorator:
    """Return an option that takes a file or folder."""
    return click.option(*names.split(), metavar=metavar, type=PATH, default=default, help=what)


def sources(what: str, metavar: str = "文件…") -> Decorator:
    """Return the argument of one or more files and folders."""
    return click.argument("sources", metavar=metavar, type=PATH, nargs=-1, required=True, help=what)


def output(metavar: str, what: str, default: Path | None = None) -> Decorator:
    """Return the option that names the file or folder to write."""
    return path("-o --output", metavar, what, default)


def last_years(what: str, name: str = "last_year") -> Decorator:
    """Return the option of earlier reports, which may be given several times; `name` as in the program."""
    return click.option("--last-year", name, metavar="文件", type=PATH, multiple=True, help=what)


def in_full(folder: Path, sources: Iterable[Path]) -> Path:
    """Return a folder in full where some source lies elsewhere than below the folder people stand in.

    What is named relatively goes where they stand; it is then named so that they find it.
    """
    away = any(not _full(source).is_relative_to(Path.cwd()) for source in sources)
    return _full(folder) if away else folder


def _full(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay as people know them


SOURCE = click.argument("source", metavar="文件", type=PATH, help=ANY)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="在标准输出只印一个 JSON 文档")
YEAR = click.option("--year", metavar="年度", type=int, help="报告年度；报告自己没有写明时用")
FORCE = click.option("--force", is_flag=True, help="覆盖已有的同名文件")
TEMPLATE = path("--template", "模板.docx", "用自己的 Word 模板")
JOBS = click.option(
    "--jobs", metavar="个数", type=click.IntRange(1, 256), help="同时用几个进程；不给则按报告多少自动定"
)
REASON = text("--reason", "理由", "已归档的要更正时，写明理由")
ENGINE = click.option(
    "--engine",
    metavar="程序",
    default="weasyprint",
    help="PDF 由谁转换：weasyprint（不给则用它），已安装的 libreoffice，"
    "或 office（Windows 上已安装的 Word 或 WPS，还没有试过）",
)

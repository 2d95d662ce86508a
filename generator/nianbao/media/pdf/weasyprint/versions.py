"""The versions of WeasyPrint that its replaced parts were tried with, and what any other one is good for."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from nianbao.report import Problem, rule

TRIED = ("70.0",)  # `setup/weasyprint-versions` tries each, and the bounds of pyproject.toml


@cache
def installed() -> str:
    """The version of WeasyPrint that is installed; "" where there is none."""
    try:
        return version("weasyprint")
    except PackageNotFoundError:
        return ""


def is_tried() -> bool:
    """Whether the installed WeasyPrint may be replaced in part."""
    return installed() in TRIED


def notices() -> tuple[Problem, ...]:
    """What a PDF lacks that another version of WeasyPrint prints; nothing of one that was tried."""
    if is_tried() or not installed():
        return ()
    what = (
        f"WeasyPrint {installed()} 不是核对过的版本（{'、'.join(TRIED)}），PDF 改用通用方式生成："
        "无障碍标签和 PDF/A-3b 由 WeasyPrint 自己声明，没有核对过；各行右端不拉齐，制表位一律宽 1.5 个字，"
        "过高的页眉页脚不推开正文，一页放不下的表格可能与标题分开，跨页的表格可能缺边线，"
        "复制的文字里多出空格"
    )
    mend = f"需要这些的话，请运行 pip install weasyprint=={TRIED[-1]} 后重新生成"
    return (rule("plain-printing").broken(what, mend),)

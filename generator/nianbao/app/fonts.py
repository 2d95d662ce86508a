"""`nianbao fonts`: the families that reports ask for, what will not print, and a 仿宋 where there is none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app.missing_glyphs import SUBSTITUTED, lacking, replacements, unknown
from nianbao.app.pdf_engines import page_of
from nianbao.report import Problem, ProblemsFound, rule

if TYPE_CHECKING:
    from nianbao.media.fonts import Substitution

BODY, FREE = (
    "仿宋_GB2312",
    "FandolFang",
)  # what the body of a report is set in, and the free font of that design
_MENDS = {
    "win32": "请在 Windows 设置的“可选功能”里添加“简体中文补充字体”，里面有仿宋",
    "darwin": "请在“字体册”里下载“华文仿宋”（STFangsong）",
    "linux": "在用 apt 的系统上请运行 nianbao fonts --install debian，取一份自由的仿宋（下载 49 MB）",
}


def show(
    source: Path | None = None, template: Path | None = None
) -> tuple[tuple[Substitution, ...], tuple[Problem, ...]]:
    """The families that a report asks for, and what will not print; without a report, those of the table.

    Raises ProblemsFound as `generate` does where the report or the template cannot be read.
    """
    from nianbao.media import fonts

    if source is None:
        return fonts.substitutions(), () if fonts.faces() else (unknown(),)
    from nianbao.app import reading
    from nianbao.app.generate import RenderContext, prepare
    from nianbao.media import word

    report = reading.read(source)
    context = RenderContext(prepare(template=template))
    page = page_of(word.merge(context.template(report.mandate), report), report)
    thin = [problem for problem in replacements(page) if problem.code != SUBSTITUTED]  # the table says that
    return fonts.substitutions(page.families), (*thin, *lacking(report, page))


def line(substitution: Substitution) -> str:
    """One line of the table: asked → found."""
    if substitution.found is None:
        return f"{substitution.asked} → {manner(substitution)}"
    return f"{substitution.asked} → {substitution.shown}（{manner(substitution)}）"


def manner(substitution: Substitution) -> str:
    """How a family is served: by itself or another one, and whether that has a bold face; or not at all."""
    if substitution.found is None:
        return "没有可用的字体"
    return ("原字体" if substitution.real else "替代字体") + ("" if substitution.bold else "，无粗体")


def without_body() -> tuple[Problem, ...]:
    """That there is no 仿宋 for the body of reports, and how to get one: said before any page is made."""
    from nianbao.media import fonts

    [body] = fonts.substitutions([BODY])
    if body.real or body.found == FREE or not fonts.faces():
        return ()
    instead = f"用 {body.shown} 代替" if body.found else "没有字体可代替"
    what = f"没有找到仿宋（{BODY}），正文在 PDF 中{instead}"
    mend = _MENDS.get(sys.platform, _MENDS["linux"])
    more = "；单位已有仿宋字体文件的，也可运行 nianbao fonts --install 字体文件"
    return (rule("no-body-font").broken(what, mend + more),)


def install(source: str) -> Path:
    """Put a font where the program looks for fonts: a file, that in a Debian package, or "debian".

    Raises ProblemsFound where it cannot be had.
    """
    from nianbao.media import fonts

    try:
        return fonts.install(source)
    except fonts.NotInstalled as caught:
        mend = _MENDS.get(sys.platform, "请给出 FandolFang-Regular.otf 或单位已有的仿宋字体文件")
        raise ProblemsFound([rule("font-not-installed").broken(str(caught), mend)]) from caught

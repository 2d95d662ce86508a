"""`nianbao self-test`."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.app.outcome import Usage
from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FORCE, output, text
from nianbao.cli.parser import Command

TEXT, JSON, HTML = FORMATS = ("text", "json", "html")


@click.command("self-test", cls=Command)
@text("--format form", "样式", "text（不给则用它）、json 或 html")
@output("自检结果.html", "另把结果写成一个网页，可以发给帮忙的人")
@AS_JSON
@FORCE
def self_test(form: str, output: Path | None, as_json: bool, force: bool) -> int:
    """自检：用自带的示例把填报、生成、导入、归档、窗口都真做一遍，指出什么不能用、怎样办。

    需要的都正常，退出码是 0；有不正常的是 1；程序自己出错是 3。做出的文件都会删去。

    例：nianbao self-test

    例：nianbao self-test -o 自检结果.html
    """
    from nianbao.app import files, self_test
    from nianbao.media.self_test import write

    form = JSON if as_json else form or TEXT
    if form not in FORMATS:
        raise Usage(f"没有 {form} 这种样式，只有 {'、'.join(FORMATS)}")
    if output is not None and form == JSON:
        raise Usage("-o 写的是网页，不能与 json 一起用")
    if output is not None:
        files.require(output, (".html", ".htm"), "自检结果的文件名应以 .html 结尾")
    results = self_test.run(lambda result: messages.say(str(result)) if form == TEXT else None)
    if form == JSON:
        messages.document(results.to_json())
    elif form == HTML or output is not None:
        messages.deliver(write(results), output, force=force)
    if form == TEXT:
        messages.say(f"{results.verdict}。")
    return self_test.code(results.results)

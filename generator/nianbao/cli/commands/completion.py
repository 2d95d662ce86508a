"""`nianbao completion`."""

from __future__ import annotations

import click

from nianbao.app.outcome import DONE, Usage
from nianbao.cli import messages
from nianbao.cli.parser import Command

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", metavar="[终端]", default=SHELLS[0], help="bash（不给则用它）、zsh 或 fish")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """印出补全脚本，放进终端的配置文件后，按 Tab 键补全命令、选项和文件名。

    例：nianbao completion bash >> ~/.bashrc

    例：nianbao completion zsh >> ~/.zshrc

    例：nianbao completion fish > ~/.config/fish/completions/nianbao.fish
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell) if shell in SHELLS else None
    if complete is None:
        raise Usage(f"没有 {shell} 的补全脚本，只有 {'、'.join(SHELLS)}")
    program = ctx.find_root()
    messages.put_out(complete(program.command, {}, "nianbao", "_NIANBAO_COMPLETE").source())
    return DONE

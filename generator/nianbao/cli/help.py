"""Help in Chinese: the parser's own words, which it has in English."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the list of arguments and options."""
        _parameters(self, ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help is Chinese throughout."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the lists of options and commands."""
        _parameters(self, ctx, formatter)
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section("命令"):
            formatter.write_dl(
                [(name, one.get_short_help_str(200)) for name, one in commands.items() if one is not None]
            )


def _usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    arguments = [
        str(one.metavar) if one.required else f"[{one.metavar}]"
        for one in command.get_params(ctx)
        if isinstance(one, TyperArgument)
    ]
    words = ["[选项]", *arguments, *(["命令 …"] if isinstance(command, Group) else [])]
    formatter.write_usage(ctx.command_path, " ".join(words), prefix="用法：")


def _parameters(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for one in command.get_params(ctx):
        if isinstance(one, TyperArgument):
            arguments.append((str(one.metavar), one.help or ""))
        elif one.name == "help":
            options.append((", ".join(sorted(one.opts)), "显示这份说明"))
        elif (record := one.get_help_record(ctx)) is not None:
            options.append(record)
    for title, rows in (("参数", arguments), ("选项", options)):
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)

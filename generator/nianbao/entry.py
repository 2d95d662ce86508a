"""Where the program is entered: the command line, which is lent the pages, for no face knows another."""

from __future__ import annotations

from nianbao.cli import main as cli


def main() -> None:
    """Run the program by the words of its command line; without any, the pages are opened."""
    cli.main(_serve)


def _serve(*, browser: bool, port: int, idle: float) -> int:
    from nianbao.web import server

    return server.serve(browser=browser, port=port, idle=idle)


if __name__ == "__main__":
    main()

"""Where the program is entered: the command line, which is lent the pages, for no face knows another."""

from __future__ import annotations

from pathlib import Path

from nianbao.cli import main as cli
from nianbao.report import Problem


def main() -> None:
    """Run the program by the words of its command line; without any, the pages are opened."""
    cli.main(_Pages())


class _Pages:
    """The pages in the browser, which are loaded only once somebody asks for them."""

    def serve(self, *, browser: bool, port: int, idle: float, file: Path | None) -> int:
        """Serve one person's pages on this machine."""
        from nianbao.web import server

        return server.serve(browser=browser, port=port, idle=idle, file=file)

    def begin_office(self, folder: Path, year: int | None) -> tuple[str, str]:
        """Make the folder of an office; the name and first password of its administrator."""
        from nianbao.web.office import server

        return server.begin(folder, year)

    def serve_office(self, folder: Path, *, port: int, address: str, plain: bool) -> int:
        """Serve an office's pages."""
        from nianbao.web.office import server

        return server.serve(folder, port=port, address=address, plain=plain)

    def check_office(self, folder: Path) -> list[Problem]:
        """What is unsafe about an office's server."""
        from nianbao.web.office import server

        return server.check(folder)

    def back_up_office(self, folder: Path, target: Path) -> str:
        """Write all that an office keeps into one file; what is to be noted of it."""
        from nianbao.web.office import server

        return server.back_up(folder, target)

    def restore_office(self, source: Path, folder: Path) -> str:
        """Make an office out of such a file; what is to be compared with what was noted."""
        from nianbao.web.office import server

        return server.restore(source, folder)


if __name__ == "__main__":
    main()

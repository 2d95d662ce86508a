"""Make the sample workbooks anew from their sources: `.venv/bin/python data/make.py`."""

from __future__ import annotations

from pathlib import Path

from nianbao.cli.commands import app

HERE = Path(__file__).parent


def main() -> None:
    """Write data/NAME.xlsx for every data/sources/NAME.json, with `nianbao new --from`."""
    for source in sorted((HERE / "sources").glob("*.json")):
        book = HERE / f"{source.stem}.xlsx"
        app(["new", str(book), "--from", str(source), "--force"], standalone_mode=False)


if __name__ == "__main__":
    main()

"""Make the sample workbooks anew from their sources: `.venv/bin/python data/make.py`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from nianbao.cli import main

HERE = Path(__file__).parent


def make() -> None:
    """Write data/NAME.xlsx for every data/sources/NAME.json, with `nianbao new --from`."""
    for source in sorted((HERE / "sources").glob("*.json")):
        book = HERE / f"{source.stem}.xlsx"
        main.run(partial(main.program, ["new", str(book), "--from", str(source), "--force"]))


if __name__ == "__main__":
    make()

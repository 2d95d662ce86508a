"""What starts the program and what a desktop shows of it: launcher, entry in the menu, icon."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ICON = HERE.parents[1] / "generator/nianbao/web/workbench/static/icon.svg"
ENTRY = "nianbao.desktop"


def lay_out(root: Path, python: str) -> list[Path]:
    """Put into a folder what starts the program and what shows it; the files made."""
    share, launcher = root / "share", root / "nianbao"
    share.mkdir()
    # Not as PIE: old file managers take such a program for a library, and do not start it.
    options = ["-Os", "-s", "-no-pie", "-Wl,--build-id=none", f'-DPYTHON="{python}"']
    subprocess.run(["cc", *options, "-o", launcher, "launcher.c"], cwd=HERE, check=True)
    shutil.copyfile(ICON, share / "nianbao.svg")
    shutil.copyfile(HERE / "nianbao.desktop", share / ENTRY)
    shutil.copyfile(HERE / "使用说明.txt", root / "使用说明.txt")
    shutil.copyfile(HERE.parents[1] / "LICENSE", root / "LICENSE")
    menu = root / "加入菜单.sh"
    shutil.copyfile(HERE / "menu", menu)
    menu.chmod(0o755)
    return [launcher, share / "nianbao.svg", share / ENTRY, root / "使用说明.txt", root / "LICENSE", menu]

"""Folders of filled-in files to make reports of, and what came of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nianbao.app.generate.build_cache import FILE
from nianbao.media import exchange, workbook

Sound = Callable[..., dict[str, Any]]


def organ(number: int) -> str:
    return f"第{number:03d}局"


def document(sound: Sound, number: int, **particulars: Any) -> dict[str, Any]:
    """A report without any problem, with figures of its own."""
    found = sound(organ=organ(number), **particulars)
    for column in range(7):  # 本年新收 and 结转下年度 of one column may grow together
        for row in ("一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"):
            found["table3"][row][column] += number if column < 6 else 6 * number
    return found


def fill(folder: Path, sound: Sound, count: int) -> list[Path]:
    """So many reports in a folder, all without problems, as exchange JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    return [save(folder / f"{number:03d}.json", document(sound, number)) for number in range(count)]


def save(path: Path, content: dict[str, Any]) -> Path:
    text = json.dumps(content, ensure_ascii=False)
    if path.suffix == ".json":
        path.write_text(text, encoding="utf-8")
    else:
        path.write_bytes(workbook.write(exchange.read_content(text.encode(), "年报.json"))[0])
    return path


def report(number: int, *kinds: str) -> list[str]:
    name = organ(number)
    return [f"2025/{name}/{name}2025年政府信息公开工作年度报告.{kind}" for kind in kinds]


def made(output: Path) -> dict[str, str]:
    """Every file in a folder, hidden ones too, with its SHA-256; but for the record."""
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != FILE
    }


def cmdline(process: int) -> str:
    """What a process was started as, "" where it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""

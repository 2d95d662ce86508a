"""`nianbao self-test` as people run it: lines, a page to be sent, one JSON document, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.runner import nianbao, spawn
from tests.users import python_without

pytest.importorskip("django", reason="needs the extra web")


def test_all_that_is_needed_works_and_the_page_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, "NIANBAO_DATA": str(tmp_path / "甲的数据"), "PATH": "/nowhere"}

    code, out, err = spawn("self-test", "-o", tmp_path / "自检结果.html", env=environment)

    assert (code, err) == (0, "")
    *lines, path, verdict = out.splitlines()
    assert [line[0] for line in lines] == ["✓"] * 21 + ["—"]  # LibreOffice is on no path
    assert "✓ 填报窗口：打开了" in out
    same = [line.partition("（")[0].rpartition("：读回 ")[2] for line in lines if "全部相同" in line]
    assert same == ["200 个数、38 段文字，全部相同"] * 4 + ["198 个数、30 段文字，全部相同"] * 4
    assert path == str(tmp_path / "自检结果.html")
    assert verdict == "需要的都正常：21 项，没有安装的 1 项（不影响其他）。"
    page = (tmp_path / "自检结果.html").read_text(encoding="utf-8")
    assert page.count('<td class="state">✓ 正常</td>') == 21
    assert "路径只有数据文件夹一个" in page
    assert [name for name in ("<script", "http://", "https://", "某某") if name in page] == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["自检结果.html"]


def test_what_fails_is_the_exit_code_also_of_the_json(tmp_path: Path) -> None:
    (tmp_path / "数据").touch()
    environment = {**os.environ, "NIANBAO_DATA": str(tmp_path / "数据"), "PATH": "/nowhere"}
    optional = ("django", "waitress", "axes", "matplotlib", "pdfplumber", "weasyprint", "pypdfium2")
    python = python_without(tmp_path / "python", *optional)

    done = subprocess.run(
        [python, "-m", "nianbao.entry", "self-test", "--json"],
        env=environment,
        capture_output=True,
        check=False,
    )

    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, b"")
    assert document["verdict"] == "22 项中有 1 项不正常，没有安装的 8 项（不影响其他）"
    assert document["results"][0] | {"seconds": 0} == {
        "name": "数据文件夹",
        "state": "fails",
        "told": "不能写（路径中有一段是文件，不是文件夹），填的内容留不住",
        "mend": "请核对这个文件夹的权限；临时要用的，可以用环境变量 NIANBAO_DATA 指定另一个文件夹",
        "seconds": 0,
        "ours": False,
    }


def test_another_format_is_wrong_usage() -> None:
    assert nianbao("self-test", "--format", "pdf") == (
        2,
        "",
        "没有 pdf 这种样式，只有 text、json、html。用法见 nianbao --help\n",
    )
    assert nianbao("self-test", "--json", "-o", "甲.html") == (
        2,
        "",
        "-o 写的是网页，不能与 json 一起用。用法见 nianbao --help\n",
    )

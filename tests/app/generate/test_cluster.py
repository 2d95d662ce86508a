"""The same batch on a Dask cluster: two workers on this machine, one of which dies half-way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.generate.batch_samples import Count, Sound, fill, made, save
from tests.runner import PROGRAM, Run

pytest.importorskip("distributed")
MANY = 8


class Dask:
    """A scheduler and its workers, as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")

    def start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words]
        environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s", **variables}
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def worker(self, **variables: str) -> subprocess.Popen[bytes]:
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder))
        return self.start("worker", self.address, *words, **variables)

    def wait(self, count: int) -> None:
        """Wait for so many workers."""
        from distributed import Client

        with Client(self.address, timeout=30, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(count, timeout=60)

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def nianbao(process: Run) -> Run:
    """Each run is a process: the client of a cluster leaves threads behind."""
    return process


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    (tmp_path / "dask").mkdir()
    found = Dask(tmp_path / "dask")
    yield found
    found.end()


def test_a_cluster_that_loses_a_worker_makes_what_one_machine_makes(
    dask: Dask, nianbao: Run, count: Count, sound: Sound, tmp_path: Path
) -> None:
    fill(tmp_path / "各单位", sound, MANY)
    first, _ = dask.worker(), dask.worker()
    assert nianbao("generate", "各单位", "-o", "本机", "--pdf", "--jobs", "2")[0] == 0
    dask.wait(2)

    words = ["generate", "各单位", "-o", "集群", "--pdf", "--cluster", dask.address]
    process = subprocess.Popen(
        [PROGRAM, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    end = time.monotonic() + 120
    while len(made(tmp_path / "集群")) < MANY:  # half of the files
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    out, err = process.communicate(timeout=300)

    assert (process.returncode, len(out.splitlines())) == (0, 2 * MANY)
    assert "Traceback" not in err.decode()
    assert err.decode().splitlines()[-1].startswith(f"共 {MANY} 份：生成 {MANY} 份，用时 ")
    assert made(tmp_path / "集群") == made(tmp_path / "本机")

    code, found = count(*words)
    assert (code, found["count"]) == (0, {"made": 0, "unchanged": MANY, "refused": 0, "failed": 0})


def test_a_worker_with_other_fonts_is_found_out(
    dask: Dask, count: Count, sound: Sound, tmp_path: Path
) -> None:
    fill(tmp_path / "各单位", sound, 2)
    (tmp_path / "字体").mkdir()
    dask.worker(NIANBAO_FONTS=str(tmp_path / "字体"))
    dask.wait(1)

    code, found = count("generate", "各单位", "--pdf", "--cluster", dask.address)

    assert (code, found["count"]) == (3, {"made": 0, "unchanged": 0, "refused": 0, "failed": 2})
    assert {one["what"] for one in found["problems"]} == {
        "集群里有的计算机字体或 WeasyPrint 版本与本机不同，生成的报告会不一样，没有生成"
    }


def test_bad_files_among_good_ones_are_named_by_a_cluster_too(
    dask: Dask, count: Count, sound: Sound, tmp_path: Path
) -> None:
    sources = fill(tmp_path / "各单位", sound, 3)
    save(sources[1], sound(organ="乙局", date_line="2025年1月20日"))
    sources[2].write_bytes(b"{")
    dask.worker()
    dask.wait(1)

    code, found = count("generate", "各单位", "没有.json", "--cluster", dask.address)

    assert (code, [one["state"] for one in found["made"]]) == (3, ["made", "refused", "failed", "failed"])


def test_no_cluster_and_one_without_workers_are_told(
    dask: Dask, nianbao: Run, sound: Sound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "各单位", sound, 1)

    assert nianbao("generate", "各单位", "--cluster", dask.address) == (
        3,
        "",
        f"错误 {dask.address}：集群里没有正在运行的 worker。请先在各台计算机上启动 dask worker。\n",
    )
    code, out, err = nianbao("generate", "各单位", "--cluster", "不是地址")
    assert (code, out) == (3, "")
    assert err.startswith("错误 不是地址：连接不上集群。")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dask", "各单位"]


def test_a_cluster_goes_with_no_other_way_of_making(nianbao: Run) -> None:
    for words in (["--jobs", "2"], ["--engine", "libreoffice", "--pdf"]):
        code, _, err = nianbao("generate", "甲.json", "--cluster", "tcp://127.0.0.1:1", *words)
        assert (code, err) == (
            2,
            "--cluster 不能与 --jobs 或 --engine libreoffice、office 一起用。用法见 nianbao --help\n",
        )

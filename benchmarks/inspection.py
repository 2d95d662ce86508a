"""What the inspector finds in real published reports: `python -m benchmarks.inspection FOLDER`.

FOLDER holds reports as exchange JSON, each with the `problems` that a person has listed in it.
inspection.toml says for each listed problem which finding is the same, or why no program can know it
from the file, and for each other finding whether it is true on reading the text. Nothing is judged
here: a finding that nobody has judged is printed, and counts as false.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nianbao.app import reading
from nianbao.report import Problem, Report, Severity, check

VERDICTS = Path(__file__).with_suffix(".toml")


@dataclass
class Judged:
    """One report: its listed problems as they came out, and its findings with their verdicts."""

    name: str
    listed: list[tuple[int, str, str]] = field(default_factory=list)  # number, code, 找到 漏 不能知
    findings: list[tuple[Problem, str]] = field(default_factory=list)  # 列出 真 假 转录 未判


def main() -> None:
    """Print the table of every report, then recall and precision."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/reports"))
    folder = parser.parse_args().folder
    if not (paths := sorted(folder.glob("*.json"))):
        sys.exit(f"no reports in {folder}")
    verdicts = tomllib.loads(VERDICTS.read_text(encoding="utf-8"))
    reports = {path.name.partition("-")[0]: (path, reading.read(path)) for path in paths}
    judged = [
        judge(number, path, report, _last(report, reports), verdicts)
        for number, (path, report) in reports.items()
    ]
    for one in judged:
        show(one)
    totals(judged)


def _last(report: Report, reports: dict[str, tuple[Path, Report]]) -> Report | None:
    """The same organ's report of the year before, where it is among them."""
    every = (one for _, one in reports.values())
    return next((one for one in every if (one.organ, one.year) == (report.organ, report.year - 1)), None)


def judge(number: str, path: Path, report: Report, last: Report | None, verdicts: dict[str, Any]) -> Judged:
    """Match one report's findings with what is listed, and look up the verdict on the others."""
    found = check(report, last)
    problems = [one for one in found if one.severity is not Severity.NOTICE]
    result = Judged(path.stem)
    matched: set[int] = set()
    known = verdicts.get("listed", {}).get(number, {})
    for index in range(1, 1 + len(json.loads(path.read_text(encoding="utf-8")).get("problems", []))):
        entry = known.get(str(index), {})
        if "unknowable" in entry:
            result.listed.append((index, entry["unknowable"], "不能知"))
            continue
        hits = [id(one) for one in found if _same(one, entry)]
        matched.update(hits)
        result.listed.append((index, entry.get("code", "没有判"), "找到" if hits else "漏"))
    for problem in problems:
        verdict = "列出" if id(problem) in matched else _verdict(problem, number, verdicts)
        result.findings.append((problem, verdict))
    return result


def _same(problem: Problem, entry: dict[str, str]) -> bool:
    return problem.code == entry.get("code") and entry.get("says", "") in problem.what


def _verdict(problem: Problem, number: str, verdicts: dict[str, Any]) -> str:
    for entry in verdicts.get("judged", {}).get(number, []):
        if problem.code == entry["code"] and entry.get("says", "") in problem.what:
            return str(entry["verdict"])
    return "未判"


def show(one: Judged) -> None:
    """One report's table."""
    print(f"\n## {one.name}")
    for number, code, state in one.listed:
        print(f"  listed {number:>2}  {state}  {code}")
    for problem, verdict in one.findings:
        if verdict != "列出":
            print(f"  {problem.severity.value:8} {verdict}  {problem.code}: {problem.what}")


def totals(judged: list[Judged]) -> None:
    """Recall of what can be known, and precision by severity; notices are in neither."""
    states = Counter(state for one in judged for _, _, state in one.listed)
    knowable = states["找到"] + states["漏"]
    print(f"\nlisted {sum(states.values())}: found {states['找到']}, missed {states['漏']}, "
          f"not to be known from the file {states['不能知']}")  # fmt: skip
    print(f"recall {states['找到']}/{knowable} = {states['找到'] / knowable:.1%}")
    for severity in (Severity.ERROR, Severity.WARNING):
        verdicts = Counter(
            verdict for one in judged for problem, verdict in one.findings if problem.severity is severity
        )
        true, false = verdicts["列出"] + verdicts["真"], verdicts["假"] + verdicts["未判"]
        print(
            f"{severity.value}s: {true} true ({verdicts['列出']} listed), {false} false, of which "
            f"{verdicts['未判']} not judged, {verdicts['转录']} of the transcript's own marks; "
            f"precision {true / max(true + false, 1):.1%}"
        )
    for code, (true, false) in sorted(_by_code(judged)):
        print(f"  {code:24} {true} true, {false} false")


def _by_code(judged: list[Judged]) -> Iterator[tuple[str, tuple[int, int]]]:
    found = Counter(
        (problem.code, verdict in ("列出", "真"))
        for one in judged
        for problem, verdict in one.findings
        if verdict != "转录"
    )
    for code in {code for code, _ in found}:
        yield code, (found[code, True], found[code, False])


if __name__ == "__main__":
    main()

"""SARIF 2.1.0 (OASIS standard): what code hosts, editors and dashboards show as findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from nianbao.media.findings.findings import Findings
from nianbao.report import Place, Problem, Severity, rule
from nianbao.report.decision import Decision

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
FINGERPRINT = "nianbao/v1"


def write(files: Sequence[Findings], version: str) -> str:
    """All findings as one SARIF run; `version` is the program's. Settled ones are suppressed results."""
    problems = [problem for file in files for problem in file.open]
    problems += [problem for file in files for problem, _ in file.settled]
    codes = list(dict.fromkeys(problem.code for problem in problems))
    results: list[dict[str, Any]] = []
    for file in files:
        results += (_result(problem, file.file, codes) for problem in file.open)
        results += (_result(problem, file.file, codes, decision) for problem, decision in file.settled)
    driver = {
        "name": "nianbao",
        "version": version,
        "language": "zh-CN",
        "rules": [_rule(code) for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, Any]:
    known = rule(code)
    return {
        "id": code,
        "name": known.name,
        "shortDescription": {"text": known.name},
        "fullDescription": {"text": known.rule},
        "defaultConfiguration": {"level": LEVELS[known.severity]},
    }


def _result(
    problem: Problem, file: str, codes: Sequence[str], decision: Decision | None = None
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": LEVELS[problem.severity],
        "message": {"text": f"{problem.what}。{problem.mend}。"},
        "locations": [_location(place, file) for place in problem.places] or [_location(Place(file), file)],
        "partialFingerprints": {FINGERPRINT: problem.fingerprint},
    }
    if decision is not None:
        why = f"{decision.who}：{decision.why}"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _location(place: Place, file: str) -> dict[str, Any]:
    """The file, and within it sheet and cell: a workbook has no lines that a region could name."""
    same = place.file in ("", PurePath(file).name)
    path = PurePath(file if same else place.file)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path.as_posix().lstrip("/"), errors="surrogateescape")}
        }
    }
    where = [part for part in (place.sheet or place.part, place.spot) if part]
    if where:
        location["logicalLocations"] = [{"fullyQualifiedName": "!".join(where), "name": where[-1]}]
    return location

"""公布与归档: the files for the site, what was published held against what was approved, and the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import tee
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction

from nianbao.app import files, reading, workbench
from nianbao.app.archive import transfer
from nianbao.app.archive.store import Archive
from nianbao.app.generate.job import prepare
from nianbao.app.generate.pipeline import Artifacts, workers
from nianbao.app.outcome import Failure, Usage
from nianbao.app.workers import Task, processors
from nianbao.app.zipped import zipped
from nianbao.report.comparison.discrepancies import discrepancies
from nianbao.report.submission import ACTIONS, Action, State
from nianbao.web.office import earlier, events, filestore, jobs, submissions
from nianbao.web.office.events import Who
from nianbao.web.office.models import File, Job, Publication, Submission, Version
from nianbao.web.office.printing import wanted

SITE, ARCHIVE, EXPORT = "site", "archive", "export"  # kinds of jobs
APPROVED = (State.ACCEPTED, State.SUMMED, State.PUBLISHED, State.ARCHIVED)
KINDS = ("docx", "pdf", "html")  # what a site gets of each report


def site(payload: dict[str, Any]) -> dict[str, Any]:
    """The job: Word, PDF and web page of every report named, in a zip; those that are not made are told."""
    made: dict[str, bytes] = {}
    problems: list[str] = []
    for version, artifacts in _printed(payload["submissions"]):
        organ = files.safe_name(version.submission.organ.name)
        if isinstance(artifacts, Failure) or "pdf" not in artifacts.files:
            problems += [f"{organ}：{problem}" for problem in artifacts.problems]
            continue
        stem = artifacts.stem[-1]
        made |= {f"{organ}/{stem}.{kind}": artifacts.files[kind] for kind in KINDS}
    if not made:
        raise Usage("没有一份做成：" + "；".join(problems))
    file = filestore.keep(zipped(made))
    return {
        "file": file.sha256,
        "name": f"公布用的文件（{len(made) // len(KINDS)} 份）.zip",
        "problems": problems,
    }


def _printed(keys: Sequence[int]) -> Iterator[tuple[Version, Artifacts | Failure]]:
    """Each version with its files: made by the cluster, else by all processors but one, for the pages."""
    versions, asked = tee(_versions(keys))
    tasks = (
        Task(
            f"{version.submission.organ.name}.json",
            workbench.make,
            (version.report.encode(), wanted(version)),
        )
        for version in asked
    )
    crew = workers(prepare("html", "pdf"), len(keys), max(1, processors() - 1), settings.NIANBAO_CLUSTER)
    with crew:
        yield from zip(versions, crew.results(tasks), strict=True)


def archive(payload: dict[str, Any]) -> dict[str, Any]:
    """The job: keep every report named in the archive, and mark it; those that are not kept are told."""
    who = jobs.asked_by(payload)
    problems: list[str] = []
    kept = 0
    for version in _versions(payload["submissions"]):
        submission = version.submission
        if submission.state == State.ARCHIVED:  # since this was asked for: in an earlier try
            kept += 1
            continue
        if State(submission.state) not in ACTIONS[Action.ARCHIVE].before:
            problems.append(f"{submission.organ.name}：现在是“{submission.state}”，没有归档")
            continue
        told = _keep(version, payload["reason"], who)
        problems += [f"{submission.organ.name}：{problem}" for problem in told]
        kept += not told
    return {"kept": kept, "problems": problems}


def _keep(version: Version, reason: str, who: Who) -> Sequence[str]:
    """Keep one version in the archive; why it was not kept, empty where it was.

    Kept a second time after a kill, it is there already, and is only marked.
    """
    submission = version.submission
    values = earlier.values_of(version)
    upload = version.upload
    source = filestore.read(upload.file) if upload and workbench.is_own_workbook(upload.name) else None
    name = upload.name if upload and source else ""
    kept = workbench.keep(values, source, name, settings.NIANBAO_ARCHIVE, reason)
    if kept.added is None:
        return [str(problem) for problem in kept.problems]
    try:
        with transaction.atomic():
            submissions.act(submission, Action.ARCHIVE, who, submissions.Said(reason))
            events.record(who, "kept", submission, folder=str(kept.added.folder.name), head=kept.added.head)
    except submissions.Refused as error:  # it was opened again meanwhile
        return error.reasons
    return ()


def export(payload: dict[str, Any]) -> dict[str, Any]:
    """The job: the whole archive in a zip for handing over; the digest that proves it is told."""
    place = Archive(settings.NIANBAO_ARCHIVE)
    with TemporaryDirectory(prefix="nianbao-") as folder:
        target = Path(folder) / "archive.zip"
        digest = transfer.write(place, place.ledger.entries, target, force=False)
        file = filestore.keep(target.read_bytes())
    events.record(jobs.asked_by(payload), EXPORT, sha256=file.sha256, list=digest)
    return {"file": file.sha256, "name": "档案移交.zip", "digest": digest, "problems": []}


def result(job: Job) -> Mapping[str, Any]:
    """What came of a job; empty while it is not done."""
    return json.loads(job.result) if job.result else {}


def made_file(job: Job) -> tuple[bytes, str] | None:
    """The file that a job has made, and its name."""
    told = result(job)
    if "file" not in told:
        return None
    return filestore.read(File.objects.get(pk=told["file"])), str(told["name"])


def approved(found: Iterable[Submission]) -> list[dict[str, Any]]:
    """Submissions as the page of publication lists them, with the newest publication of each.

    One that was opened again since is `published` no more: what was published is an earlier version.
    """
    listed = list(found)
    known = Publication.objects.filter(submission__in=listed).select_related("version").order_by("pk")
    newest = {one.submission_id: one for one in known}
    return [
        {
            "submission": one,
            "publication": (last := newest.get(one.pk)),
            "published": last is not None and (last.version is None or last.version.number == one.number),
        }
        for one in listed
    ]


def differences(submission: Submission, content: bytes, name: str) -> list[str]:
    """How a published file differs from what was approved, a line each; raises as reading does, Usage."""
    version = submissions.last_version(submission)
    if version is None:
        raise Usage("还没有报送过，没有可以对照的")
    accepted = earlier.report_of(version, "审核通过的")
    published = reading.read_beside(content, name, accepted)
    return [str(problem) for problem in discrepancies(accepted, published)]


def _versions(keys: Sequence[int]) -> Iterable[Version]:
    """The newest version of each submission, in the order of the roster."""
    for submission in Submission.objects.filter(pk__in=keys).select_related("organ").order_by("organ_id"):
        version = submissions.last_version(submission)
        if version is not None:
            yield version

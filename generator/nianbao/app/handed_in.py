"""One report out of whatever was handed in: a file of any kind that is read, or a zip or a mail with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.app import content_kind, passed_over, workbench
from nianbao.app.outcome import Usage
from nianbao.app.passed_over import Passed, Reason
from nianbao.app.reading import FILLED_IN, KINDS, NOTHING, Given
from nianbao.app.workbench import Opened
from nianbao.app.workers.isolation import isolate
from nianbao.media import attachments, form
from nianbao.media.attachments import MAIL, Attachment
from nianbao.media.form import Values
from nianbao.report import Place, Problem, ProblemsFound, assemble, rule
from nianbao.report.comparison.discrepancies import discrepancies

ACCEPTED = KINDS + attachments.KINDS
MOST = 12  # files that are tried
_REPACK = "请解压后上传报告，或改打成 .zip"
_OTHERWISE = {
    ".rar": _REPACK,
    ".7z": _REPACK,
    ".msg": "请在邮件程序里另存为 .eml，或者把附件另存后上传",
}
_BESIDE = Reason("里面的报告已经读入，这 {} 个同处的文件没有读", "要报送其中另一个的，请单独上传")
_ORDER = {suffix: number for number, suffix in enumerate((*FILLED_IN, *KINDS))}


@dataclass(frozen=True)
class HandedIn:
    """A report put into the boxes, the file that it was in, and what came along and was not read.

    `counted` are the errors and warnings that are open in it beside last year's report.
    """

    opened: Opened
    counted: tuple[int, int]
    name: str
    content: bytes
    passed: tuple[Problem, ...] = ()


def take(content: bytes, name: str, given: Given = NOTHING, last: Values | None = None) -> HandedIn:
    """Take the one report out of a file, a zip or a mail.

    Workbooks and exchange files come before what was printed of them; of several files of one report that
    say the same the first kind is taken. Raises as reading does, and Usage where there is no report, or more
    than one.
    """
    if mend := _OTHERWISE.get(_suffix(name)):
        raise rule("file-kind").refusal(name, f"不能读 {_suffix(name)} 文件", mend)
    if _suffix(name) not in attachments.KINDS:
        return _opened(content, name, given, last)
    _prove(content, name)
    inside = isolate(name, _sorted_out, content, name)
    told = list(inside.told)
    for tier in inside.tiers:
        if len(tier) > MOST:
            raise Usage(f"{name} 里有 {len(tier)} 份像是报告的文件，请只留要报送的那一份，再上传")
        read, failed = _read(tier, given, last)
        told += failed
        if not read:
            continue
        chosen = _chosen(name, read)
        beside = [one for one in (*inside.tiers[0], *inside.tiers[1]) if _left(one, chosen, told)]
        told += passed_over.tell(Passed(Path(one.name), one.name, _BESIDE) for one in beside)
        return replace(chosen, passed=tuple(told))
    raise Usage(f"{name} 里没有读得出的报告", told)


@dataclass(frozen=True)
class _Inside:
    """The files that may be reports, those filled in first; and what is said of the others."""

    tiers: tuple[tuple[Attachment, ...], tuple[Attachment, ...]]
    told: tuple[Problem, ...]


def _sorted_out(content: bytes, name: str) -> _Inside:
    """What lies in a zip or a mail; each content once."""
    reports: dict[str, Attachment] = {}
    told: list[Problem] = []
    passed: list[Passed] = []
    for file in attachments.unpack(content, name):
        path = Path(file.name)
        own = file.name.rpartition(attachments.WITHIN)[2]
        if any(passed_over.is_known(part) for part in own.split("/")):
            continue
        if file.closed:
            what = rule("damaged").broken(file.closed, "请把报告单独上传", (Place(file.name),))
            told.append(what)
        elif reason := passed_over.of_kind(path):
            passed.append(Passed(path, file.name, reason))
        else:
            reports.setdefault(hashlib.sha256(file.content).hexdigest(), file)
    ordered = sorted(reports.values(), key=lambda file: _ORDER[_suffix(file.name)])
    first = tuple(file for file in ordered if _suffix(file.name) in FILLED_IN)
    printed = tuple(file for file in ordered if file not in first)
    return _Inside((first, printed), (*told, *passed_over.tell(passed)))


def _read(
    files: Sequence[Attachment], given: Given, last: Values | None
) -> tuple[list[HandedIn], list[Problem]]:
    """Those of the files that are reports, and why the others are none."""
    read, failed = [], list[Problem]()
    for file in files:
        try:
            read.append(_opened(file.content, file.name, given, last))
        except ProblemsFound as caught:
            failed += caught.problems
        except Usage as caught:
            failed.append(rule("wrong-file").broken(str(caught), "请核对文件", (Place(file.name),)))
    return read, failed


def _opened(content: bytes, name: str, given: Given, last: Values | None) -> HandedIn:
    """A report put into the boxes; raises ProblemsFound also for a text that has nothing of one."""
    opened, counted = workbench.open_counted(content, name, given, last)
    if not opened.values.figures and any(one.code == "heading-missing" for one in opened.problems):
        raise ProblemsFound(opened.problems)
    return HandedIn(opened, counted, name, content)


def _chosen(name: str, read: Sequence[HandedIn]) -> HandedIn:
    """The first of several files that are the same report; raises Usage where they are not."""
    first, *others = read
    report = assemble(form.enter(first.opened.values, first.name))
    for other in others:
        after = assemble(form.enter(other.opened.values, other.name))
        same = (report.organ, report.year) == (after.organ, after.year)
        if not same or any(discrepancies(report, after)):
            names = "、".join(one.name.removeprefix(f"{name}{attachments.WITHIN}") for one in read)
            raise Usage(
                f"{name} 里有 {len(read)} 份报告（{names}），内容不同，看不出报送哪一份。请只留一份，再上传"
            )
    return first


def _left(file: Attachment, chosen: HandedIn, told: Sequence[Problem]) -> bool:
    """Whether nothing was said yet of a file that was not taken."""
    said = {place.file for problem in told for place in problem.places}
    return file.name != chosen.name and file.name not in said


def _prove(content: bytes, name: str) -> None:
    """Raise Unreadable for a file that is called a zip and is something else of ours."""
    if not content:
        raise rule("damaged").refusal(name, "文件是空的，没有内容", "请重新取得或保存这个文件")
    kind = content_kind.kind_of(content)
    if kind is None or not kind.suffix or (kind is content_kind.MHT and _suffix(name) == MAIL):
        return
    if (
        content.startswith(b"PK")
        and b"[Content_Types].xml" not in content
        and b"opendocument" not in content[:200]
    ):
        return  # a folder in it is called as a part of an Office file is
    raise rule("wrong-file").refusal(name, f"扩展名是 {_suffix(name)}，内容却是{kind.name}", kind.mend)


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()

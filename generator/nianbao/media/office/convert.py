"""Word to PDF by LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from nianbao.media.office.dates import undated
from nianbao.media.office.running import PATIENCE, Job, Pause, find, run
from nianbao.media.office.scrub import scrub
from nianbao.report import Place, Problem, ProblemsFound, rule

EXPORT = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
JOB = Job(".docx", "MS Word 2007 XML", ".pdf", EXPORT)


class Converted(NamedTuple):
    """A PDF, and what was taken out of the document before LibreOffice saw it."""

    pdf: bytes
    problems: tuple[Problem, ...]


def convert_all(
    documents: Sequence[tuple[str, bytes]],
    fontconfig: Path | None = None,
    timeout: float = PATIENCE,
    waiting: Pause = nullcontext,
) -> list[Converted | ProblemsFound]:
    """Convert documents, each with its file's name for problems, in one run of LibreOffice.

    One that fails is a ProblemsFound in its place: where nothing is made for `timeout` seconds, the
    document that it is at. The one that a crash came at is tried again alone. Those after it go on
    together. Without `fontconfig`, fonts are the system's. The same document gives the same bytes.
    `waiting` is entered while LibreOffice works.
    """
    try:
        program = _program()
    except ProblemsFound as missing:
        return [_located(missing, file) for file, _ in documents]
    outcomes: dict[int, Converted | ProblemsFound] = {}
    sound: dict[int, tuple[bytes, tuple[Problem, ...]]] = {}
    for at, (file, document) in enumerate(documents):
        try:
            sound[at] = scrub(document, file)
        except ProblemsFound as caught:
            outcomes[at] = caught
    left, alone = list(sound), False
    while left:
        batch = left[:1] if alone else left
        pdfs, late = run(program, JOB, [sound[at][0] for at in batch], timeout, fontconfig, waiting)
        made = [pdf if pdf is not None and b"%%EOF" in pdf[-64:] else None for pdf in pdfs]
        done = [at for at, pdf in zip(batch, made, strict=True) if pdf is not None]
        for at, pdf in zip(batch, made, strict=True):
            if pdf is not None:
                outcomes[at] = Converted(undated(pdf), sound[at][1])
        if late:  # they are converted in their order
            for at in batch[batch.index(done[-1]) + 1 if done else 0 :][:1]:
                outcomes[at] = ProblemsFound([_late(documents[at][0], timeout)])
        elif len(batch) == 1 and not done:
            outcomes[batch[0]] = ProblemsFound([_failed(documents[batch[0]][0])])
        alone = not late and len(done) < len(batch) > 1
        left = [at for at in left if at not in outcomes]
    return [outcomes[at] for at in range(len(documents))]


def _program() -> str:
    program = find()
    if program is None:
        what = "没有安装 LibreOffice，不能用它转换 PDF"
        mend = (
            "在 Debian 上请运行 apt-get install libreoffice-writer-nogui，其他系统请从 LibreOffice"
            " 官方网站下载安装；或不加 --engine libreoffice"
        )
        raise ProblemsFound([rule("office-missing").broken(what, mend)])
    return program


def _located(caught: ProblemsFound, file: str) -> ProblemsFound:
    return ProblemsFound([replace(problem, places=_places(file)) for problem in caught.problems])


def _late(file: str, timeout: float) -> Problem:
    what = f"LibreOffice 在 {timeout:g} 秒内没有转换完，已中止"
    mend = "请看文件里是否有很大的图片或表格；或在 LibreOffice 中打开它，导出为 PDF"
    return rule("office-timeout").broken(what, mend, _places(file))


def _failed(file: str) -> Problem:
    what = "LibreOffice 没有转换出 PDF"
    mend = "请在 LibreOffice 中打开这份文件，看能否导出为 PDF；或不加 --engine libreoffice"
    return rule("office-failed").broken(what, mend, _places(file))


def _places(file: str) -> tuple[Place, ...]:
    return (Place(file),) if file else ()

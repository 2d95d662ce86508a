"""The output folder of one run: what lies there already, and putting in place what is new."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from nianbao.app import files, interrupt
from nianbao.app.archive.store import Archive
from nianbao.app.generate.build_cache import Digests, Record, digest
from nianbao.app.generate.job import Delivery
from nianbao.app.generate.pipeline import Artifacts
from nianbao.app.outcome import DONE, Outcome, exit_code, problems
from nianbao.app.staging import Staging, sweep
from nianbao.report import Place, Problem, ProblemsFound, rule

DRAFT = "（草稿）."  # before the suffix of a draft's files


class OutputFolder:
    """Where a run's reports go; close it in the end."""

    def __init__(self, delivery: Delivery, *, draft: bool) -> None:
        self.delivery, self.draft = delivery, draft
        self.record = Record(delivery.output)
        self.archive = Archive(delivery.output / "archive")
        self._new = not delivery.output.exists()
        self._staging = Staging(delivery.output)
        self._made: dict[tuple[str, ...], Path] = {}  # in this very run, with its source
        sweep(delivery.output)

    def unchanged(self, source: Path, key: str) -> Outcome | None:
        """The outcome of a report that lies there as it would be made, None where it does not."""
        made = self.record.find(key)
        if made is None:
            return None
        return Outcome(source, made.problems, made=tuple(made.files), unchanged=True)

    def place(self, source: Path, key: str, artifacts: Artifacts) -> Outcome:
        """Put one report's files in place, or tell why there are none; raises nothing."""
        try:
            return self._place(source, key, artifacts)
        except Exception as error:  # a full disk, or a bug: the others go on
            all_problems = (*artifacts.problems, *problems(error, source))
            return Outcome(source, all_problems, exit_code(error), blameless=True)

    def close(self) -> None:
        """Take away what is not to stay; Ctrl-C waits."""
        with interrupt.held():
            self.record.close()
            self._staging.close()
            if self._new:
                with suppress(OSError):  # it is not there, or not empty
                    self.delivery.output.rmdir()

    def _place(self, source: Path, key: str, artifacts: Artifacts) -> Outcome:
        earlier = self.record.of_source(source)
        if not artifacts.files:
            stale = _left(earlier, {}, draft=self.draft)
            all_problems = (*artifacts.problems, *_told(stale, "这份报告这次没有生成"))
            helps, blameless = artifacts.draft_helps, artifacts.blameless
            return Outcome(source, all_problems, artifacts.code, draft_helps=helps, blameless=blameless)
        stem = self.delivery.output.joinpath(*artifacts.stem)
        made = {stem.with_name(f"{stem.name}.{kind}"): content for kind, content in artifacts.files.items()}
        other = self._made.get(artifacts.stem)
        if other is not None and files.differ(made):  # --force does not reach what this run has made
            what = f"与 {other} 的机关、年度、标题都相同而内容不同，没有覆盖"
            mend = "请核对机关名称和标题，或分别放到不同的文件夹"
            raise ProblemsFound([rule("same-target").broken(what, mend, (Place(str(source)),))])

        self._keep_closed(source, artifacts)

        def remember() -> None:
            if artifacts.code == DONE:  # with its PDF, where one was asked for
                self.record.add(source, key, made, artifacts.problems)

        ours = _untouched(earlier, made)
        files.put(made, force=self.delivery.force, ours=ours, staging=self._staging, before=remember)
        self._made[artifacts.stem] = source
        stale = _left(earlier, made, draft=self.draft)
        all_problems = (*artifacts.problems, *_told(stale, "这份报告现在的文件名或种类不同"))
        return Outcome(source, all_problems, artifacts.code, tuple(made), blameless=artifacts.blameless)

    def _keep_closed(self, source: Path, artifacts: Artifacts) -> None:
        """Raise ProblemsFound where the year is archived with another text, and nobody says why."""
        from nianbao.app.archive.package import closed

        correcting = self.delivery.archive and self.delivery.reason
        if self.draft or correcting or not self.archive.root.is_dir():
            return
        problem = closed(self.archive, artifacts.stem, source.read_bytes(), artifacts.files["docx"])
        if problem is not None:
            raise ProblemsFound([problem])


def _untouched(earlier: list[Digests], made: Mapping[Path, bytes]) -> frozenset[Path]:
    """The targets where nothing lies but what this program has made from the same source."""
    known = {(path, wanted) for digests in earlier for path, wanted in digests.items()}
    return frozenset(path for path in made if (path, digest(path)) in known)


def _left(earlier: list[Digests], made: Mapping[Path, bytes], *, draft: bool) -> list[Path]:
    """What an earlier run has made from the same source, and this one has not made anew."""
    last = next((digests for digests in earlier if any(DRAFT in path.name for path in digests) == draft), {})
    return [path for path in last if path not in made and path.exists()]


def _told(left: list[Path], why: str) -> list[Problem]:
    if not left:
        return []
    what, mend = f"上次从同一填报文件生成的还在，{why}", "不再需要的请删去，不要误用"
    return [rule("earlier-output").broken(what, mend, tuple(Place(str(path)) for path in left))]

"""Running the self-test: every step, whatever became of those before, and all that is told of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from nianbao.app import data_folder
from nianbao.app.outcome import DONE, FILES, PROBLEMS, problems
from nianbao.app.self_test import machine
from nianbao.app.self_test.bench import Bench, Ended
from nianbao.app.self_test.extras import missing
from nianbao.app.self_test.steps import Step, steps
from nianbao.media.self_test import Result, Results, State
from nianbao.report.problem import in_order

OURS = frozenset({"internal-error", "check-failed"})  # problems that are mistakes of the program
Said = Callable[[Result], None]


def run(say: Said = lambda _: None, table: Iterable[Step] | None = None) -> Results:
    """Do every step, `say` what came of each as it ends, and tell all of it; nothing is left behind."""
    bench, done = Bench(), list[Result]()
    try:
        for step in steps() if table is None else table:
            result = _result(step, bench)
            done.append(result)
            say(result)
    finally:
        bench.clear()
    when = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return Results(when, tuple(machine.particulars()), machine.families(), tuple(done))


def code(results: Sequence[Result]) -> int:
    """The exit code: something needed does not work, or even by a mistake of ours."""
    if any(result.ours for result in results):
        return FILES
    return PROBLEMS if any(result.state is State.FAILS for result in results) else DONE


def _result(step: Step, bench: Bench) -> Result:
    begun = time.monotonic()
    state, told, mend, ours = _outcome(step, bench)
    seconds = round(time.monotonic() - begun, 2)
    return Result(step.name, state, data_folder.private(told), data_folder.private(mend), seconds, ours)


def _outcome(step: Step, bench: Bench) -> tuple[State, str, str, bool]:
    if step.extra and (lacking := missing(step.extra)):
        told = f"没有安装（{'、'.join(lacking)}），不影响{step.spared}"
        return State.WITHOUT, told, f'要用的话，请运行 pip install "nianbao[{step.extra}]"', False
    try:
        return State.WORKS, step.work(bench), "", False
    except Ended as ended:
        return ended.state, ended.told, ended.mend, False
    except Exception as error:  # whatever it is: the other steps go on
        return _failed(error)


def _failed(error: Exception) -> tuple[State, str, str, bool]:
    """What is told of an exception: its worst problem in full, and how many there are besides."""
    first, *others = found = in_order(problems(error))
    worst = sum(one.severity is first.severity for one in others)
    more = f"（还有 {worst} 处）" if worst else ""
    return State.FAILS, f"{first.what}{more}", first.mend, any(one.code in OURS for one in found)

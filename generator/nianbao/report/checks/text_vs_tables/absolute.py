"""What a sentence says of all or of none, against the tables: 全部办结, 均获维持, 未收到申请."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.disputes import blocks_of
from nianbao.report.checks.text_vs_tables.meaning import BOTH, TOTAL, Meaning
from nianbao.report.checks.text_vs_tables.phrase import COUNT
from nianbao.report.checks.text_vs_tables.saying import Saying
from nianbao.report.checks.text_vs_tables.scope import WHOLES, Scope
from nianbao.report.checks.text_vs_tables.subject import expand
from nianbao.report.checks.text_vs_tables.uniform import every_application, of_one_kind
from nianbao.report.checks.text_vs_tables.wording import Wording
from nianbao.report.figure import UNKNOWN, plain, total
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Count, Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_SPEAKS = regex("未|没|无|零|均|全[部系是为由]|皆|件件|都|办结率|不存在|悉数|一律")
_SAYS = regex(
    "(?:未|没|无|零|不存在)[^，。；]{0,40}(?:申请|复议|诉讼|起诉|结转|许可|处罚|强制|规范性|规章|纠正|审理|公开|提供|处理|补正|缴)"
    "|申请[^，。；]{0,6}(?:均|全部|都|全[系是为由]|皆|悉数|一律)|申请[^，。；]{0,4}为零|(?:复议|诉讼)[^，。；]{0,4}零发生|(?:均|全部|都|悉数|一律)[^，。；]{0,12}(?:办|复|处理|维持|审结|结案)|办结率"
)
_ALL = regex("全部|均|都|悉数|一律|件件|全[系是为由]|皆")
_REST = regex(
    "(?<!年)(?<!年度)结转(?!.{0,8}(?:均|全部|都))|转入|尚未|未办结|未到期|正在办理|其余|剩余|除|外|到期|应答复|应办结"
)
_NO_REST = regex("(?:无|没有|未有?|零)[^，。；]{0,4}结转")
_CLOSING = regex("办结|办毕|办理|答复|回复|办复|处理完毕")
_IN_TIME = regex("期限|时限|依法|依规|按期|按时|如期|及时|规定")
_CAME = WHOLES - {"concluded"}  # of what was concluded, all was
_COMES = frozenset({"received", "carried-in", "carried-out", "carried"})
_RESULTS = ("upheld", "corrected", "otherwise", "pending")


def speaks(text: str) -> bool:
    """Whether a sentence may say something of all or of none."""
    return bool(_SPEAKS.search(text) and _SAYS.search(text))


def saying(
    words: Wording, scope: Scope, text: str, before: tuple[Meaning, ...], *, negated: bool, listed: bool
) -> Saying | None:
    """What a clause says of all or none; None where it says nothing, or not with certainty.

    `text` is the sentence; `before` what the count before counted, `listed` where a list goes on behind
    the clause, `negated` where one that was negated does.
    """
    if words.unknown or scope.narrowed or scope.led or scope.year:
        return None
    if words.negated or negated:
        sums = _none(words, scope, text) if COUNT not in words.text else ()
        return Saying("prose-none", words.text, sums) if sums else None
    of_all = _ALL.search(words.text)
    single = _single(scope)
    if (of_all or single) and not listed and (of_kind := of_one_kind(words, scope, before)) is not None:
        return of_kind
    if of_all and not listed and (of_kind := every_application(words, scope, text)) is not None:
        return of_kind
    single = single and bool(before) and before[0].subject.kind == "block"
    if words.kind("result"):
        sums = _one_result(words, scope) if of_all or single else ()
    elif of_all and _concluded(words, scope, text):
        return _all_concluded(words, scope)
    else:
        sums = ()
    return Saying("prose-all", words.text, sums) if sums else None


def _all_concluded(words: Wording, scope: Scope) -> Saying | None:
    """All that came were concluded; after 共办理147件 only if these are all that there were to conclude."""
    last = scope.before
    if _whole(scope) or (COUNT not in words.text and "所有申请" in words.text):
        return Saying("prose-all", words.text, ("carried_out",))
    if last is None or last.row is None or last.column is not None or last.row.role != "concluded":
        return None
    return Saying("prose-all", words.text, ("carried_out",), TOTAL, last.count, (BOTH,))


def _none(words: Wording, scope: Scope, text: str) -> tuple[str, ...]:
    """None of these: 未收到政府信息公开申请, 没有被纠正的复议案件."""
    label = words.label
    if label is None or words.kind("column"):
        return ()
    if label.kind in ("block", "result") and not _whole(scope):
        return ()  # 予以公开的6件，申请人均未提起行政复议
    topics = words.topics
    if label.kind == "result":
        return tuple(label.readings[0].replace("{}", block) for block in _flat(blocks_of(words, scope)))
    if label.kind == "block" and topics <= {"disputes", "requests"} and not words.rows:
        return label.readings[:1]
    if label.kind == "decision" and topics == {"decisions"} and not words.rows:
        return label.readings[:1]
    if label.kind == "event" and topics | {scope.domain} <= {"documents"}:
        return _documents(words, scope)
    if topics - {"requests"} or (scope.domain != "requests" and not topics):
        return ()
    if label.kind == "row" and not words.kind("flow"):
        return label.readings[:1]
    if label.kind == "flow" and len(words.kind("flow")) == 1 and label.role in _COMES:
        both = label.role == "carried" and not _CLOSING.search(text)  # 全部办结，无结转: to the next year
        return label.readings if both else label.readings[:1]
    return ("received",) if label.kind == "noun" else ()


def _documents(words: Wording, scope: Scope) -> tuple[str, ...]:
    """None made or repealed: 没有制发和废止行政规范性文件, and after it 没有废止文件."""
    rules = next(iter(words.kind("document")), scope.document)
    if rules is None or rules.role == "regulation" or not (words.kind("document") or scope.named):
        return ()
    return (" + ".join(event.readings[0] for event in words.kind("event")),)


def _flat(ways: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(block for way in ways if len(way) == 1 for block in way))


def _one_result(words: Wording, scope: Scope) -> tuple[str, ...]:
    """All cases ended so: 均获维持, 均已审结."""
    results = words.kind("result")
    if len(results) != 1 or COUNT in words.text or scope.domain != "disputes":
        return ()
    if scope.result and (scope.result.role == "concluded-case" or results[0].role != "concluded-case"):
        return ()
    own = results[0].readings[0]
    left = [result for result in _RESULTS if f"{{}}.{result}" not in own]
    ways = blocks_of(words, scope)
    return tuple(" + ".join(f"{block}.{result}" for block in way for result in left) for way in ways)


def _concluded(words: Wording, scope: Scope, text: str) -> bool:
    """Whether a clause says that applications were concluded, all of them: 全部办结, 均已答复."""
    if scope.domain != "requests" or words.topics - {"requests"} or words.kind("row") or words.kind("column"):
        return False
    before, _, after = words.text.rpartition(_ALL.search(words.text)[0])  # type: ignore[index]
    rest = _REST.search(_NO_REST.sub("", text))
    if not _CLOSING.search(after) or _CLOSING.search(before) or rest or "结转" in words.text:
        return False
    if COUNT in words.text and not (words.kind("noun") or words.kind("flow")):
        return False
    if _IN_TIME.search(after) and not re.search("办[结毕完复]|已", words.text):
        return False  # 均在期限内答复: of those that were due
    return scope.governor is None


def _single(scope: Scope) -> bool:
    """Whether the count before was of one."""
    return scope.before is not None and scope.before.count is not None and scope.before.count.value == 1


def _whole(scope: Scope) -> bool:
    """Whether the count before, where there is one, was of all that came."""
    last = scope.before
    return last is None or (last.column is None and (last.row is None or last.row.role in _CAME))


def absolutes(sentence: Sentence, sayings: Iterable[Saying], report: Report) -> Iterator[Problem]:
    """Sayings of all or of none, where the tables know of some."""
    for saying in sayings:
        edition = report.mandate.edition.key
        ways = [
            reading
            for written in saying.sums
            if written not in saying.wholes or _as_many(saying.whole, written, report)
            for reading in expand(edition, "", (written,), saying.columns)
        ]
        if saying.wholes and not any(_as_many(saying.whole, written, report) for written in saying.wholes):
            continue
        figures = [report.figures[key] for way in ways for key in way.keys]
        if not ways or any(figure.state in UNKNOWN for figure in figures):
            continue
        if not all(total(report.figures[key] for key in way.keys) for way in ways):
            continue
        named = [key for key in ways[0].keys if report.figures[key].amount]
        some = total(report.figures[key] for key in named)
        names = "、".join(report.mandate.slots[key].name.removesuffix(".总计") for key in named)
        what = f"文中说“{quote(_said(sentence.text, saying))}”，表中{names}有 {plain(some)} 件"
        places = (sentence.place, *(report.figures[key].place for key in named))
        about = (sentence.text, saying.code, *named, plain(some))
        yield rule(saying.code).broken(what, "请核对文字和表格", places, about)


def _as_many(whole: Count | None, written: str, report: Report) -> bool:
    readings = expand(report.mandate.edition.key, "", (written,), TOTAL)
    return whole is not None and any(whole.agrees(value) for one in readings for value in one.values(report))


def _said(text: str, saying: Saying) -> str:
    """The clause as it is written, where it is found in the sentence; else as it was read."""
    clauses = re.split("[，；：。！？（）]", text)
    key = max(re.split("[#λΔ§]|我局|今年|上年|各方", saying.words), key=len)
    return next((clause for clause in clauses if key and key in clause), saying.words)

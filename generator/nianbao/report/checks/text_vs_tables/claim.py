"""Counts in sentences that say something of the tables: which figures they may mean.

A clause is read as a closed world: where a word is not known, nothing is said of its count, nor of
the parts that it governs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from nianbao.report.checks.text_vs_tables.absolute import Saying, saying, speaks
from nianbao.report.checks.text_vs_tables.clause import Clause, clauses, shares_predicate
from nianbao.report.checks.text_vs_tables.meaning import Meaning, meaning
from nianbao.report.checks.text_vs_tables.phrase import CHANGE, COUNT, LAST, OF, SAME
from nianbao.report.checks.text_vs_tables.scope import Scope
from nianbao.report.checks.text_vs_tables.subject import Subject, subjects
from nianbao.report.checks.text_vs_tables.wording import NOTHING, Wording
from nianbao.report.prose import Count, Sentence
from nianbao.report.report import Report

_CLAUSE = re.compile("[，；：。！？,;:!?（(）)]")
_RIGHT = re.compile("[，；：。！？,;:!?（(）)、]")
_GOES_ON = re.compile("在?其中|上述|以上|在?这些")
_NUMBERED = re.compile("[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、")
_NARROWS = re.compile(  # begins a clause without a count that says of which the next ones are
    "通过|针对|剔除|扣除|除|不含|不计|去除|排除|合并|今后|未来|下一?步|接下来|后续|就(?!业)|关于|依托|经由|涉|利用|对|在(?!.*(?:方面|下|上|中)$)"
    "|.*(?:[0-9某]月|季度|半年|以来|某年|近[0-9一二三四五]年|历年)"
)
_PLANS = re.compile("力争|争取|目标|计划|拟|确保|控制在|预计|力求|以内|以下|降至|压降")
_WHOLE = frozenset(("全年", "年内", "共", "共计", "总计", "合计", "一共", "总共", "累计", "本年度", "今年"))
_ASKED = re.compile("(?<!依)申请")
_SPEAKS = re.compile("申请|复议|诉讼|规范性|行政(?:许可|处罚|强制)|结转|公开|处理|提供|缴|办结|答复")
_TOPICS = (
    ("disputes", re.compile("复议|诉讼")),
    ("documents", re.compile("规范性")),
    ("requests", re.compile("信息公开申请|依申请公开|公开申请")),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A count in a sentence, and what it says of the tables: nothing where `meanings` is empty.

    `subject` names what it is about where a word does. `role` is "" for a count of the report year,
    "last" for one that is said to be last year's, "change" for a difference between the two, "other"
    for one of another year.
    """

    sentence: Sentence
    count: Count
    subject: Subject | None
    topics: frozenset[str]
    role: str = ""
    meanings: tuple[Meaning, ...] = ()

    @property
    def clause(self) -> str:
        """What stands around the count, up to the next ones; the count itself written #."""
        text, count, counts = self.sentence.text, self.count, self.sentence.counts
        done = max((other.end for other in counts if other.end <= count.start), default=0)
        following = min((other.start for other in counts if other.start >= count.end), default=len(text))
        cut = _RIGHT.search(text, count.end)
        right = text[count.end : min(following, cut.start() if cut else len(text))]
        return f"{_CLAUSE.split(text[done : count.start])[-1]}{COUNT}{right}"


def claims(sentences: Iterable[Sentence], report: Report) -> Iterator[tuple[Sentence, tuple[Claim, ...]]]:
    """Every sentence with its counts and their subjects, from left to right."""
    for statement in statements(sentences, report):
        yield statement.sentence, statement.claims


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its counts, those that are said of each of several (各2件), and what of all or none."""

    sentence: Sentence
    claims: tuple[Claim, ...] = ()
    each: tuple[Claim, ...] = ()
    sayings: tuple[Saying, ...] = ()


def statements(sentences: Iterable[Sentence], report: Report) -> Iterator[Statement]:
    """Every sentence with what it says of the tables.

    A sentence that goes on with 其中 speaks of what the one before it spoke of.
    """
    names = own_names(report)
    scope, section = Scope(), ""
    for sentence in sentences:
        if sentence.section != section or _NUMBERED.match(sentence.text):
            scope.topic, section = "", sentence.section
        if not _GOES_ON.match(sentence.text):
            scope.begin()
        if sentence.counts or sentence.each or speaks(sentence.text):
            sayings: list[Saying] = []
            found = list(_claims(sentence, scope, names, report.year, sayings))
            own, each = (
                [claim for claim in found if (claim.count in sentence.each) == of] for of in (False, True)
            )
            yield Statement(sentence, tuple(own), tuple(each), tuple(sayings))
            continue
        if topics := [name for name, pattern in _TOPICS if pattern.search(sentence.text)]:
            scope.topic = topics[0]
        yield Statement(sentence)


def _statement(sentence: Sentence, scope: Scope, names: tuple[str, ...], year: int) -> Statement:
    sayings: list[Saying] = []
    found = tuple(_claims(sentence, scope, names, year, sayings))
    own = tuple(claim for claim in found if claim.count not in sentence.each)
    each = tuple(claim for claim in found if claim.count in sentence.each)
    return Statement(sentence, own, each, tuple(sayings))


def own_names(report: Report) -> tuple[str, ...]:
    """What the organ is called in its own text, the longest first: 某县审计局, 县审计局, 局办公室."""
    organ = report.organ
    short = re.sub("^.*?(?=[省市县区旗].{3,}$)", "", organ, count=1)
    level = organ.removesuffix("人民政府")[-1:] if organ.endswith("人民政府") else ""
    levels = level or ("省市县区旗" if report.reporter.aggregate else "")
    governments = [f"{place}{name}" for place in levels for name in ("人民政府", "政府")]
    parts = ("办公室", "办", "本级", "") if report.reporter.aggregate else ("办公室", "")
    own = {
        organ,
        short,
        "局办公室",
        "委办公室",
        *(f"{name}{part}" for name in governments for part in parts),
    }
    return tuple(sorted((name for name in own if name), key=len, reverse=True))


def _claims(
    sentence: Sentence, scope: Scope, names: tuple[str, ...], year: int, sayings: list[Saying]
) -> Iterator[Claim]:
    silent = bool(_PLANS.search(sentence.text))
    same: list[Meaning] = []  # of names whose count is still to come
    before: tuple[Meaning, ...] = ()
    waiting = False  # a name without a number was listed
    negated = False  # a list that was negated goes on
    counts = sorted((*sentence.counts, *sentence.each), key=attrgetter("start"))
    pieces = clauses(sentence.text, counts, names, year)
    for position, clause in enumerate(pieces):
        words = (
            clause.words if clause.counts or _SPEAKS.search(clause.text) or clause.closed == OF else NOTHING
        )
        if clause.opened:
            scope.open()
        unnumbered = waiting and SAME not in clause.text  # 无法提供、不予处理48件: the number is of both
        waiting = (
            clause.closed == "、" and not clause.counts and bool(words.kinds) and SAME not in clause.text
        )
        alone = clause.closed != "、" and not scope.listed
        if COUNT not in clause.text:
            scope.turn_to_year(clause.text)
        if not clause.counts and SAME not in clause.text:
            _uncounted(clause, words, scope)
        if not silent and (said := saying(words, scope, sentence.text, negated=negated)) is not None:
            sayings.append(said)
        negated = (
            (negated or words.negated)
            and not words.unknown
            and clause.closed == "、"
            and COUNT not in clause.text
        )
        if clause.counts or SAME in clause.text:
            marks = [char for char in clause.text if char in (COUNT, LAST, CHANGE)]
            scope.text, scope.disclosed = sentence.text, "公开" in sentence.text
            scope.later = _later(pieces, position)
            found = _found(clause, words, scope)
            if unnumbered or shares_predicate(pieces, position):
                found = None
            if SAME in clause.text:
                same.extend([found] if found is not None else [])
            label = words.label if marks.count(COUNT) == 1 and scope.domain != "other" else None
            for mark, number in zip(marks, clause.counts, strict=True):
                meant: tuple[Meaning, ...] = ()
                if mark == COUNT and found is not None:
                    meant, same = (*same, found), []
                elif mark == LAST:
                    meant = (found,) if found is not None else () if words.unknown or not alone else before
                role = {LAST: "last", CHANGE: "change"}.get(mark, scope.year)
                yield _claim(
                    sentence, counts, number, scope, role, () if silent or mark == CHANGE else meant, label
                )
                if mark == COUNT:
                    before = meant if alone or clause.closed in "（(" else ()
            if clause.closed == OF:
                _govern(clause, words, scope)
        scope.listed = clause.closed == "、"
        if clause.closed in ("（", "("):
            scope.enter()
        elif clause.closed in ("）", ")"):
            scope.leave()
        elif clause.closed in ("；", ";"):
            scope.pause()
            before = ()


def _later(pieces: Sequence[Clause], position: int) -> bool:
    """Whether the disclosure of information is spoken of only after this clause: 诉讼…，其中信息公开…."""
    before = any("公开" in piece.text for piece in pieces[: position + 1])
    return not before and any("信息公开" in piece.text for piece in pieces[position + 1 :])


def _uncounted(clause: Clause, words: Wording, scope: Scope) -> None:
    """Take up what a clause without a count says of those that follow it."""
    if not clause.text:
        return
    scope.name(words)
    if words.view and not words.unknown:
        scope.look_anew()
    unknown = words.unknown or words is NOTHING
    if unknown and (clause.closed == OF or _NARROWS.match(clause.text)):
        scope.led = True
    elif unknown and clause.closed in tuple("（("):
        scope.restrict(clause.text)  # 各县（市、区）共收到 …
    elif clause.closed == OF:
        scope.govern(words)


def _govern(clause: Clause, words: Wording, scope: Scope) -> None:
    if words.unknown or clause.text.count(COUNT) != 1:
        scope.restrict(clause.text)
    else:
        scope.govern(words)


def _found(clause: Clause, words: Wording, scope: Scope) -> Meaning | None:
    """What the one count of a clause may mean; None, and the scope narrowed, where that is not certain."""
    scope.name(words)
    scope.turn_to_year(clause.text)
    if COUNT not in clause.text and SAME not in clause.text and (words.unknown or not words.kinds):
        return None  # a difference, or last year's count of the same
    if clause.text.count(COUNT) > 1 or words.unknown or words.negated:
        if not words.negated:
            scope.restrict(clause.text)
        return None
    if words.kind("flow") and words.kind("noun") and words.plain & _WHOLE:
        scope.look_anew()
    found = None if scope.narrowed or scope.led else meaning(words, scope)
    scope.had(words)
    return found


def _claim(
    sentence: Sentence,
    counts: Sequence[Count],
    number: int,
    scope: Scope,
    role: str,
    meanings: tuple[Meaning, ...],
    label: Subject | None,
) -> Claim:
    count = counts[number]
    if meanings and meanings[0].subject.kind == "decision" and count.unit in "项个":
        meanings = ()  # kinds of decisions
    if not (
        count.unit in subjects().units
        or (count.unit == "条" and _of_requests(meanings, sentence.text[: count.end + 8]))
    ):
        meanings = ()
    subject = meanings[0].subject if meanings else label
    return Claim(sentence, count, subject, frozenset({scope.domain}), role, meanings)


def _of_requests(meanings: tuple[Meaning, ...], text: str) -> bool:
    """Whether a count in 条 is of applications, not of what was published."""
    return all(one.subject.group == "flow" for one in meanings) and bool(_ASKED.search(text))

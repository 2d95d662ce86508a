"""Reads one sentence, clause by clause: a count is judged only where every word is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from nianbao.report.checks.text_vs_tables.absolute import saying
from nianbao.report.checks.text_vs_tables.applications import application
from nianbao.report.checks.text_vs_tables.clause import Clause, clauses, shares_predicate
from nianbao.report.checks.text_vs_tables.disclosure import decision, document
from nianbao.report.checks.text_vs_tables.disputes import dispute
from nianbao.report.checks.text_vs_tables.lookahead import added, counts_requests, left_over
from nianbao.report.checks.text_vs_tables.meaning import TOTAL, Meaning, plainly
from nianbao.report.checks.text_vs_tables.phrase import CHANGE, COUNT, LAST, OF, SAME
from nianbao.report.checks.text_vs_tables.saying import Saying
from nianbao.report.checks.text_vs_tables.scope import Scope
from nianbao.report.checks.text_vs_tables.statement import Claim, Likely, Statement
from nianbao.report.checks.text_vs_tables.subject import Subject, subjects
from nianbao.report.checks.text_vs_tables.wording import NOTHING, Wording
from nianbao.report.prose import Count, Sentence
from nianbao.report.regex import regex

_NARROWS = regex(  # begins a clause without a count that says of which the next ones are
    "通过|针对|剔除|扣除|除|不含|不计|去除|排除|合并|今后|未来|下一?步|接下来|后续|就(?!业)|关于|依托|经由|涉|利用|对(?![照标比])"
    "|.*(?:抽查|抽取|评查|随机)|.*(?:作为(?:行政)?复议机关|履行(?:行政)?复议)|在(?!.*(?:方面|下|上|中)$)|.*(?:[0-9某]月|季度|半年|以来|某年|近[0-9一二三四五]年|[二两三四五六七八九十]年来|历年)"
)
_PLANS = regex(
    "力争|争取|目标|计划|拟|确保|控制在|预计|力求|(?<=[件份条起宗次项个日天%])以[内下]|(?<![件份条起宗次项个])降至|压降"
)
_CLAUSE_END = regex("[，；。！？,;!?]")
_WHOLE = frozenset({"全年", "年内", "共", "共计", "总计", "合计", "一共", "总共", "累计", "本年度", "今年"})
_ASKED = regex("(?<!依)申请")
_SPEAKS = regex(
    "申请|复议|诉讼|起诉|规范性|行政(?:许可|处罚|强制)|结转|公开|处理|提供|缴|办结|答复|维持|纠正|审[结理]|结案|废止|制发|在办|办[完毕]"
)
_OF_ALL = regex("均|都|全部|悉数|一律|全[系是为由]|皆|[系为由].{0,4}(?:自然人|公民|个人|企业|机构|组织|法人)")
_RECEIVER = regex("(?<!我)(?:局|镇|乡|街道|部门|系统)[^#]{0,9}#")
_PLACE = regex("[全我本][省市县区旗镇乡局委系]")
_TOGETHER = frozenset(
    {"共", "共计", "合计", "总计", "一共", "总共", "相加", "相加得", "相加共", "合并后", "加起来"}
)
_MERGED = frozenset({"合并后", "两者", "二者", "两项", "相加", "相加共", "加起来", "合计"})
_NEW = frozenset({"received", "all", "handled"})  # roles of what came
_BARE = regex(f"今年(?:的|为|有|共|仅|只有|达|是|则为|则)*{COUNT}")
_ALL_YEAR = regex(f"(?:今年|全年|年内|本年度?)?(?:的|为|有|共|仅|只有|达|是|计|则|为|达到?)*{COUNT}")
_ALONE = regex(f"(?:有|为|达到?|计)?{COUNT}")
_MOST = regex("(?:最[多少]|居首|居多|次之)$|主要(?:原因)?是|其次是")
_TIMES = ("人次", "家次")  # in which applicants are told
_FROM = regex("(?:由|从)(?:原来|年初)?的?$")
_NAMES_END = (OF, "、", "（", "(")
_ROLES = {LAST: "last", CHANGE: "change"}


class Reader:
    """One sentence being read; what it leaves in its scope, the sentences after it may go on with."""

    def __init__(self, sentence: Sentence, scope: Scope, names: Sequence[str], year: int) -> None:
        self.sentence, self.scope = sentence, scope
        self.counts = sorted((*sentence.counts, *sentence.each), key=attrgetter("start"))
        self.clauses = clauses(sentence.text, self.counts, names, year)
        disclosed = [number for number, clause in enumerate(self.clauses) if "公开" in clause.text]
        self.first_disclosed = min(disclosed, default=-1)
        self.names_disclosure = any("信息公开" in self.clauses[number].text for number in disclosed)
        self.plans = bool(_PLANS.search(sentence.text))
        self.claims: list[Claim] = []
        self.sayings: list[Saying] = []
        self.same: list[Meaning] = []  # of names whose number is still to come: 甲§、乙#
        self.same_lost = False  # what one of these names means is not certain
        self.likely: Likely | None = None  # of the count that is read
        self.before: tuple[Meaning, ...] = ()  # of the count before, where last year's may be told beside it
        self.told: list[Meaning] = []  # of the counts since the last semicolon
        self.all_told: list[tuple[Meaning, ...]] = []  # of every count of this year
        self.spoken_of = NOTHING  # words of the clause before, whose counts are told for each year
        self.named = NOTHING  # words of a name whose number follows a mark: 自然人（27件）、公民：27件
        self.understood = False  # the count of the clause before
        self.waiting = NOTHING  # words of a name without a number that was listed before
        self.negated = False  # a list that was negated goes on

    def read(self) -> Statement:
        """All that the sentence says of the tables."""
        self.scope.text, self.scope.disclosed = self.sentence.text, "公开" in self.sentence.text
        if not (self.scope.domain and self.scope.named) and counts_requests(self.clauses):
            self.scope.domain = "requests"
        for position, clause in enumerate(self.clauses):
            needed = bool(clause.counts or clause.closed in _NAMES_END or _SPEAKS.search(clause.text))
            needed = needed or bool(self.before and _OF_ALL.search(clause.text))
            words = clause.words if needed else NOTHING
            counted = clause.counts or SAME in clause.text
            if clause.opened:
                self.scope.open(exhausted=self._exhausted(position))
            elif counted and self._lists_applicants(position, words):
                self.scope.open(exhausted=True)
            if COUNT not in clause.text:
                self.scope.turn_to_year(clause.text)
            self.scope.later = self._later(position)
            if not counted:
                self._uncounted(clause, words)
            self._say(clause, words)
            if counted:
                self._counted(position, clause, words)
            listed = clause.closed == "、" and not counted and not words.negated
            self.waiting = words if listed and _names(clause, words) else NOTHING
            self._close(clause)
        own, each = ([], []) if not self.claims else self._apart()
        return Statement(self.sentence, tuple(own), tuple(each), tuple(self.sayings))

    def _apart(self) -> tuple[list[Claim], list[Claim]]:
        of_each = self.sentence.each
        own = [claim for claim in self.claims if claim.count not in of_each]
        return own, [claim for claim in self.claims if claim.count in of_each] if of_each else []

    def _lists_applicants(self, position: int, words: Wording) -> bool:
        """Whether applicants of the count before are listed: 5件转入2026年，自然人4件、企业1件."""
        of = self.scope.before
        if not words.kind("column") or self.scope.governor or self.scope.columns or of is None:
            return False
        return of.row is not None and of.column is None and self._exhausted(position)

    def _exhausted(self, position: int) -> bool:
        """Whether applicants are listed from here on that add up to the count before."""
        whole = self.scope.before.count if self.scope.before is not None else None
        return whole is not None and added(self.clauses[position:], self.counts) == whole.value

    def _later(self, position: int) -> bool:
        """Whether disclosure is spoken of only after this clause: 诉讼25件，其中信息公开11件."""
        return position < self.first_disclosed and self.names_disclosure

    def _uncounted(self, clause: Clause, words: Wording) -> None:
        """Take up what a clause without a count says of those that follow it."""
        if not clause.text:
            return
        scope, unknown = self.scope, words.unknown or words is NOTHING
        if words.kinds or (unknown and not clause.text.startswith("上年")):
            self.spoken_of = words if not unknown and not words.negated else NOTHING
        scope.name(words)
        if words.view and not words.unknown:
            scope.look_anew()
        if unknown and (clause.closed == OF or _NARROWS.match(clause.text)):
            scope.led = True
        elif unknown and clause.closed in ("（", "("):
            scope.restrict(clause.text)  # 各县（市、区）共收到 …
        elif clause.closed == OF:
            scope.govern(words)

    def _say(self, clause: Clause, words: Wording) -> None:
        """Take up what a clause says of all or of none."""
        if not self.plans:
            listed, text = clause.closed == "、", self.sentence.text
            said = saying(words, self.scope, text, self.before, negated=self.negated, listed=listed)
            if said is not None and said.whole is None:  # it says more than 147件全部办结 does
                self.sayings = [
                    earlier for earlier in self.sayings if not (earlier.whole and earlier.sums == said.sums)
                ]
            if said is not None and all(said.sums != earlier.sums for earlier in self.sayings):
                self.sayings.append(said)
        goes_on = clause.closed == "、" and COUNT not in clause.text and not words.unknown
        self.negated = goes_on and (self.negated or words.negated)

    def _counted(self, position: int, clause: Clause, words: Wording) -> None:
        """Take up the counts of a clause: its own, last year's, differences."""
        scope, marks = self.scope, [char for char in clause.text if char in (COUNT, LAST, CHANGE)]
        alone = clause.closed != "、" and not scope.listed
        self.likely, certain = None, not (scope.narrowed or scope.led)
        found = self._meaning(clause, words)
        rest = certain and scope.domain == "requests" and (found is None or found.alone)
        if rest and left_over(self.clauses[position:]):
            left = subjects().of_role("carried-out")
            scope.take(left)
            found = plainly(left) if found is None else found._replace(otherwise=plainly(left))
        waiting = self.waiting is not NOTHING and self.waiting.label is not words.label
        if shares_predicate(self.clauses, position) or (waiting and SAME not in clause.text):
            found = self.likely = None  # 无法提供、不予处理48件: the number is of both
        following = self.clauses[position + 1 : position + 2]
        behind = clause.closed in ("（", "(") and not clause.text.endswith(COUNT)
        if behind and following and following[0].text == COUNT:
            found = self.likely = (
                None  # 6件来自科研机构（1件）、社会公益组织（2件）: the name is of the number behind it
            )
        self.understood = found is not None
        if SAME in clause.text:
            self.same.extend([found] if found is not None else [])
            self.same_lost = found is None
        label = words.label if marks.count(COUNT) == 1 and scope.domain != "other" else None
        for mark, number in zip(marks, clause.counts, strict=True):
            meant: tuple[Meaning, ...] = ()
            role = _ROLES.get(mark, scope.year)
            if mark == COUNT and found is not None:
                meant, self.same = (*self.same, found), []
            elif mark == LAST and found is not None:
                meant = (found,)
            elif mark == CHANGE and found is not None and self._became(number, clause):
                meant, role = (found,), "before"
            elif mark == LAST and alone and not words.unknown:
                meant = self._last_of()
            due = mark == COUNT and found is not None and found.subject.role == "due"
            if due and role == "last" and "年" not in clause.text:
                role = "either"  # 上年没有收尾的1件，合计应办24件: what came this year may be in it
            claim = self._claim(number, role, meant, label)
            if mark == COUNT and self.likely is not None and not (meant or role or self.same_lost):
                claim = self._perhaps(claim, self.likely)
            self.claims.append(claim)
            if mark == COUNT:
                self.all_told.append(meant)
                self.same_lost = False
                self.before = meant if alone or clause.closed in ("（", "(") else ()
                self.told.extend(meant)
        if clause.closed == OF and (words.unknown or marks.count(COUNT) != 1):
            scope.restrict(clause.text)
        elif clause.closed == OF:
            scope.govern(words, self.counts[clause.counts[0]] if clause.counts else None)

    def _became(self, number: int, clause: Clause) -> bool:
        """Whether a count is what another came from that stands behind it: 由126件增至132件."""
        return f"{CHANGE}{COUNT}" in clause.text and bool(
            _FROM.search(self.sentence.text, 0, self.counts[number].start)
        )

    def _together(self, words: Wording) -> Meaning | None:
        """What came this year and last year's rest: 收到132件，加上结转的15件，共147件."""
        if words.plain.isdisjoint(_TOGETHER) or words.kinds.keys() - {"noun", "short"}:
            return None
        *_, first, second = ((), (), *self.all_told)
        due, roles = subjects().of_role("due"), {meant.subject.role for meant in (*first, *second)}
        added = roles - _NEW == {"carried-in"} or (roles - _NEW == {"carried"} and "加" in self.sentence.text)
        if len(first) == len(second) == 1 and added and roles & _NEW:
            return plainly(due) if all(meant.accepted[0][1] == TOTAL for meant in (*first, *second)) else None
        merged = not words.plain.isdisjoint(_MERGED) and roles == {"carried-in"} and len(self.all_told) == 1
        return plainly(due) if merged else None

    def _last_of(self) -> tuple[Meaning, ...]:
        """What last year's number beside a count may be of: of that count, or of one before it.

        复议3件，维持2件，其他结果1件，比上年的7件少4件: of all three.
        """
        if len(self.before) != 1 or self.scope.outside is not None:
            return self.before
        accepted = {written: None for one in self.told for written in one.accepted}
        return (self.before[0]._replace(accepted=tuple(accepted)),)

    def _meaning(self, clause: Clause, words: Wording) -> Meaning | None:
        """What the one count of a clause may mean; None where that is not certain."""
        scope = self.scope
        scope.name(words)
        scope.turn_to_year(clause.text)
        if COUNT not in clause.text and SAME not in clause.text and (words.unknown or not words.kinds):
            return None  # a difference, or last year's count of the same
        if clause.text.count(COUNT) > 1 or words.unknown or words.negated:
            if not words.negated:
                scope.restrict(clause.text)
                self.likely = self._likely(clause, words, known=False)
            return None
        if words.kind("flow") and words.kind("noun") and words.plain & _WHOLE:
            scope.look_anew()
        other = "我局" in clause.text and self._shared() and not self._of_all(clause)
        scope.count = self.counts[clause.counts[0]] if clause.counts else None
        if (
            self.scope.headed is not NOTHING
            and clause is self.clauses[0]
            and _ALL_YEAR.fullmatch(clause.text)
        ):
            words = self.scope.headed
            scope.name(words)
        elif _BARE.fullmatch(clause.text):
            words = self.spoken_of
        elif self.named is not NOTHING and _ALONE.fullmatch(clause.text):
            words = self.named
        found = None
        if not (scope.narrowed or scope.led or other):
            found = self._together(words) or meaning(words, scope)
        elif not other:
            self.likely = self._likely(clause, words, known=True)
        scope.had(words, self.counts[clause.counts[0]] if clause.counts else None)
        return found

    def _likely(self, clause: Clause, words: Wording, *, known: bool) -> Likely | None:
        """What the one count of a clause would mean if the words that are not known changed nothing."""
        if clause.text.count(COUNT) != 1 or SAME in clause.text or not words.kinds or words.foreign:
            return None
        kept = replace(self.scope)  # to read it so leaves no trace
        meant = meaning(words, kept)
        return Likely(meant, self.scope.restrictions, known) if meant is not None else None

    def _shared(self) -> bool:
        """Whether other organs' counts are told besides: 县政府68件、部门132件."""
        return any(_RECEIVER.search(clause.text) for clause in self.clauses)

    def _of_all(self, clause: Clause) -> bool:
        """Whether the count is said of the whole place: 全县收到249件, not 县政府收到68件、部门收到132件."""
        number = next(iter(clause.counts), 0)
        begins = self.counts[number - 1].end if number else 0
        return bool(_PLACE.search(self.sentence.text, begins, self.counts[number].start))

    def _claim(self, number: int, role: str, meant: tuple[Meaning, ...], label: Subject | None) -> Claim:
        count, text = self.counts[number], self.sentence.text
        if role == "change" or (self.plans and self._planned(count)):
            meant = ()
        elif meant and meant[0].subject.kind == "decision" and count.unit in "项个":
            meant = ()  # kinds of decisions
        elif count.unit == "条":  # of applications, or of what was published
            flows = all(one.subject.group == "flow" for one in meant)
            meant = meant if flows and _ASKED.search(text[: count.end + 8]) else ()
        elif count.unit in _TIMES:
            meant = meant if meant and meant[0].subject.group == "applicants" else ()
        elif count.unit not in subjects().units:
            meant = ()
        subject = meant[0].subject if meant else label
        begins = self.counts[number - 1].end if number else 0
        ends = self.counts[number + 1].start if number + 1 < len(self.counts) else len(text)
        topics = frozenset({self.scope.domain})
        return Claim(self.sentence, count, subject, topics, role, meant, begins, ends)

    def _perhaps(self, claim: Claim, likely: Likely) -> Claim:
        meant = self._claim(self.counts.index(claim.count), claim.role, (likely.meaning,), None).meanings
        return replace(claim, likely=likely) if meant and claim.count.unit != "条" else claim

    def _planned(self, count: Count) -> bool:
        """Whether a count is what is aimed at: a plan is told of before it, or beside it."""
        end = _CLAUSE_END.search(self.sentence.text, count.end)
        return bool(_PLANS.search(self.sentence.text, 0, end.start() if end else len(self.sentence.text)))

    def _close(self, clause: Clause) -> None:
        """What the mark at the end of a clause does."""
        self.scope.listed = clause.closed == "、"
        named = clause.closed in ("（", "(", "：", ":")
        named = named or (clause.closed in ("，", ",") and bool(_MOST.search(clause.text)))
        named = named and not clause.counts and SAME not in clause.text
        named = named and (self.understood or not self.claims)  # else it may be one of a part's parts
        words = clause.words if named else NOTHING
        self.named = NOTHING if words.unknown or words.negated or not words.kinds else words
        if clause.closed in ("（", "("):
            self.scope.enter(counted=COUNT in clause.text, known=self.understood)
        elif clause.closed in ("）", ")"):
            self.scope.leave()
        elif clause.closed in ("：", ":") and COUNT in clause.text and not clause.words.unknown:
            self.scope.itemize()
        elif clause.closed in ("；", ";"):
            self.scope.pause()
            self.before, self.told = (), []


def _names(clause: Clause, words: Wording) -> bool:
    """Whether a member of a list names something that a count is still to come of."""
    label = words.label
    return "上年" in clause.text or (label is not None and label.role != "handled")


def meaning(words: Wording, scope: Scope) -> Meaning | None:
    """What the one count of a clause whose words are all known may mean; None where that is not certain."""
    topics = words.topics
    if "disputes" in topics or (words.kind("result") and scope.domain == "disputes"):
        if topics <= {"disputes", "requests"}:
            return dispute(words, scope)
        scope.restrict(words.text)  # 因行政处罚被申请行政复议8件，被提起诉讼3件
        return None
    if "decisions" in topics:
        return decision(words) if topics == {"decisions"} else None
    if "documents" in topics or (words.kind("event") and scope.domain == "documents"):
        return document(words, scope) if topics <= {"documents"} else None
    if words.kind("event") or words.kind("result"):
        return None
    if "requests" in topics:
        told = words.kind("flow") or words.kind("row") or words.kind("column")
        if not told and (scope.domain == "other" or "信息" in words.plain):
            return None
        return application(words, scope)
    return application(words, scope) if scope.domain == "requests" else None

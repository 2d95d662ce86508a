"""What the clauses before a count leave open: of what it is spoken, and of which part of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from nianbao.report.checks.text_vs_tables.subject import Subject
from nianbao.report.checks.text_vs_tables.wording import NOTHING, Wording
from nianbao.report.prose import Count
from nianbao.report.regex import regex

WHOLES = frozenset({"all", "received", "due", "handled", "concluded"})  # roles of what has all outcomes
CARRIED = frozenset({"carried-in", "carried-out", "carried"})  # roles
SPECIFIC = frozenset(
    {"refusals", "unavailable", "unprocessed", "others"}
)  # groups of what only applications have
_AKIN = {  # words of what may be meant although another thing is named
    "requests": regex(""),
    "disputes": regex(""),
    "documents": regex("文件|清理|备案|审查|规范|规章|政策|制度"),
    "decisions": regex("案|许可|处罚|强制|执法|检查|立案|企业|审批|监管"),
}


_COMPARED = regex(  # last year's rest, and what is only compared with last year: 是上年的两倍
    "上年结转|上年(?:度|的|工作|政府信息公开)*(?:报告|年报)|(?:[较比与和同跟及于过是为达近似]|相当于|超)上年|上年(?:[^#，；]{0,4}(?:提出|指出|列出|查出|查摆|摆出|反映|梳理|排查|自查|点出|剖析|存在)[出的到过])|上年(?:同期|全年|[底末])?(?:的?[^#，]{0,5}倍|相比|持平|水平)"
)


@dataclass(frozen=True, slots=True)
class Governor:
    """What the counts of a list are parts of; `strict` where it was said beside them (…的16件中)."""

    row: Subject | None
    column: Subject | None
    strict: bool
    new: bool = False  # of those that came this year, not of those carried over
    result: Subject | None = None  # of disputes that ended so
    count: Count | None = None  # how many they are


@dataclass
class Scope:
    """The state of reading; `topic` outlives a sentence, everything else begins with it."""

    topic: str = ""
    known_topic: str = ""  # the topic with which the sentence began
    domain: str = ""
    headed: Wording = NOTHING  # what the heading before the sentence names
    narrowed: bool = False  # an unknown word has restricted what is counted
    restriction: str = ""  # the clause in which it stands
    restrictions: int = 0  # how many such clauses were read
    text: str = ""  # of the sentence
    disclosed: bool = False  # the sentence speaks of the disclosure of information
    later: bool = False  # but only after this clause
    led: bool = False  # so did a clause without a count, for the whole sentence
    afresh: bool = False  # after a semicolon
    named: bool = False  # the sentence itself has said of what it speaks
    year: str = ""  # "" the report year, else "last" or "other"
    blocks: list[Subject] = field(default_factory=list)
    counted_blocks: list[Subject] = field(default_factory=list)  # that had counts, since a semicolon
    all_blocks: list[Subject] = field(default_factory=list)  # of the whole sentence
    resulted: bool = False  # a result was told of them
    document: Subject | None = None
    event: Subject | None = None
    seen: list[Subject] = field(default_factory=list)  # flows and outcomes that had counts
    columns: list[Subject] = field(default_factory=list)
    column: Subject | None = None  # the applicants of the count before
    count: Count | None = None  # that is being read
    listed: bool = False  # the clause is a member of a list, and not its first
    result: Subject | None = None  # of the disputes that the count before told of
    before: Governor | None = None  # what the last count was of
    governor: Governor | None = None
    outside: tuple[bool, Governor | None, Governor | None] | None = None  # what held before a bracket

    def begin(self) -> None:
        """A sentence begins that goes on with nothing but the topic."""
        self.known_topic = self.topic
        self.domain = self.topic if self.topic != "other" else ""
        self.narrowed = self.led = self.afresh = self.named = False
        self.year = ""
        self.seen, self.columns, self.blocks, self.all_blocks = [], [], [], []
        self.counted_blocks = []
        self.resulted = False
        self.document = self.document if self.topic == "documents" else None
        self.result, self.listed = None, False
        self.event = self.column = self.before = self.governor = self.outside = None

    def look_anew(self) -> None:
        """A list begins that looks at the whole from another side: 从申请人看."""
        self.narrowed = self.led = False
        self.governor = None

    def open(self, *, exhausted: bool) -> None:
        """其中: what follows is of what the last count counted, surely where its parts add up to it."""
        self.governor = self.before
        if len(self.counted_blocks) == 1:
            self.blocks = list(self.counted_blocks)
        if exhausted and self.before is not None:
            self.governor = replace(self.before, strict=True)

    def enter(self, *, counted: bool, known: bool) -> None:
        """A bracket opens: what restricts the counts in it restricts none after it.

        Behind a count it tells of what was counted, and of nothing where that is not `known`.
        """
        self.outside = (self.narrowed, self.governor, self.before)
        if counted and not known:
            self.restrict("")
        elif counted and self.before is not None:
            self.governor = replace(self.before, strict=True)

    def itemize(self) -> None:
        """A colon: what follows are parts of a result, an outcome or applicants: 纠正4件：复议、诉讼各2件."""
        of = self.before
        if of is not None and (of.result or of.column or (of.row is not None and of.row.kind == "row")):
            self.governor = replace(of, strict=True)

    def leave(self) -> None:
        """The bracket closes."""
        self.narrowed, self.governor, self.before = self.outside or (self.narrowed, None, self.before)
        self.outside = None

    def take(self, row: Subject) -> None:
        """The count that was read is of these, though its own words do not say so."""
        self.before = Governor(row, self.column, strict=False, count=self.count)
        self.seen.append(row)

    def pause(self) -> None:
        """A semicolon ends what was governed."""
        self.governor, self.afresh, self.year, self.counted_blocks = None, True, "", []

    def govern(self, words: Wording, count: Count | None = None) -> None:
        """…的16件中, 申请中: what follows is of these."""
        rows, columns = words.rows, words.kind("column")
        if blocks := words.kind("block"):
            self.blocks = list(blocks[:1])
        if results := words.kind("result"):
            result = results[0] if len(results) == 1 else None
            self.governor = Governor(None, None, strict=True, result=result)
            return
        if words.topics & {"disputes"}:
            return
        if words.view and not rows and not columns:
            self.look_anew()
            return
        if len(rows) <= 1 and len(columns) <= 1 and (rows or columns or "requests" in words.topics):
            row = rows[0] if rows else None
            new = row is not None and row.role == "received" and "新" in words.text
            column = columns[0] if columns else None
            self.governor = Governor(row, column, strict=True, new=new, count=count)
        else:
            self.restrict(words.text)

    def name(self, words: Wording) -> None:
        """Take up what the words of a clause speak of."""
        topics = words.topics
        if words.foreign and not topics:
            self.domain = "other"
            self.topic = self.topic if self.named else "other"
        if (
            topics == {"requests"}
            and self.domain == "other"
            and not (words.kind("flow") and words.kind("noun"))
        ):
            return  # 标注主动公开的 96 件、依申请公开的 514 件
        if self.afresh and not topics and self.domain in ("disputes", "documents") and of_requests(words):
            self.domain = self.topic = "requests"  # 行政复议增加到10件；重复申请9件
        carried = any(flow.role in CARRIED for flow in words.kind("flow"))
        if self.afresh and self.domain == "requests" and (words.kind("row") or carried):
            self.narrowed = self.afresh = False
        if (
            not topics
            and (self.domain == "" or (self.domain != "other" and not self.named))
            and of_requests(words)
        ):
            self.domain = "requests"
        if topics:
            self.named = True
            main = next(
                topic for topic in ("disputes", "decisions", "documents", "requests") if topic in topics
            )
            if self.afresh or (main != self.domain and self._apart(main, words.text)):
                self.narrowed = False
                if self.afresh:
                    self.blocks, self.led = [], self.led and main != "disputes"
            self.afresh = False
            self.topic = self.domain = main
        if blocks := words.kind("block"):
            self.all_blocks.extend(block for block in blocks if block not in self.all_blocks)
            if self.resulted and not words.kind("result"):
                self.blocks, self.resulted = [], False  # of those named before, the results are told
            self.blocks.extend(block for block in blocks if block not in self.blocks)
        if documents := words.kind("document"):
            self.document = documents[0]

    def _apart(self, topic: str, text: str) -> bool:
        """Whether what restricted the clauses before cannot restrict one that speaks of another thing."""
        return "公开" in text or not _AKIN[topic].search(self.restriction)

    def restrict(self, text: str) -> None:
        """An unknown word in this clause may restrict those after it."""
        self.narrowed, self.restriction = True, text
        self.restrictions += 1

    def turn_to_year(self, text: str) -> None:
        """The year that the clauses from here on speak of."""
        if "年" not in text:
            return
        if "某年" in text or "历年" in text or "下年" in text.replace("结转下年", ""):
            self.year = "other"
        elif "今年" in text or "本年" in text or "截至年底" in text:
            self.year = ""
        elif "上年" in text and "上年" in _COMPARED.sub("", text):
            self.year = "last"

    def had(self, words: Wording, count: Count | None) -> None:
        """A count was read whose words were these."""
        rows = words.rows
        columns = words.kind("column")
        new_blocks = [block for block in words.kind("block") if block not in self.counted_blocks]
        self.counted_blocks.extend(new_blocks)
        self.seen.extend(row for row in rows if row not in self.seen)
        self.columns.extend(column for column in columns if column not in self.columns)
        self.column = columns[0] if columns else None
        self.result = next(iter(words.kind("result")), None)
        self.resulted = self.resulted or (self.result is not None and self.result.role != "concluded-case")
        self.event = next(iter(words.kind("event")), self.event)
        row = rows[0] if rows else None
        self.before = Governor(row, self.column, strict=False, result=self.result, count=count)


def of_requests(words: Wording) -> bool:
    """Whether an outcome is named that nothing but applications have."""
    return any(row.group in SPECIFIC or row.role == "of-requests" for row in words.kind("row"))

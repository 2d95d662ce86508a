"""How many changes that nobody planted by hand are found: right texts, spoilt in one place after another.

`python -m benchmarks.recall [FOLDER] [--every N] [--seed N] [--kinds A,B] [--missed]`: each sentence of the
narratives of tests/narratives is changed in its numbers, names, years and letters, one at a time, and the
whole report checked. A number is changed only where the tables, or other numbers of the text, say what it
must be. Every Nth change is tried (20: some two minutes); `--missed` prints those that are not found. A
changed number may by chance be right in another reading, so that not quite all of them can be found.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from random import Random

from nianbao.report import Report
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.subject import subjects
from nianbao.report.prose import Sentence, sentences

from tests.narratives import FOLDER, YEAR, Mistake, Narrative, narratives
from tests.reports import take

TELLING = 10  # a smaller number may be a figure's by chance
_FORM = re.compile(
    "自然人|公民|个人|企业|科研|公益|法律服务|其他组织|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|维持|纠正|其他结果|审结"
    "|结转|复议|诉讼|起诉|重复|信访|补正|掌握|案卷|规范性文件|许可|处罚|强制|新收|收到|受理|办结|答复"
)
_LAST = re.compile("上年|去年|上一年|2024年|[由从]")
_CHANGED = re.compile("(?:增|减|升|降|多|少|高|低)[加少长了出幅到]*$")
_WAYS = {
    "增加": "减少",
    "减少": "增加",
    "增长": "下降",
    "下降": "增长",
    "上升": "下降",
    "提高": "降低",
    "降低": "提高",
}
_NAMES = (
    ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"),
    ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理"),
    ("行政复议", "行政诉讼"),
    ("维持", "纠正"),
    ("制发", "废止"),
)
_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")
_HAN = re.compile("[一-鿿]{4,}")
_ORDINARY = re.compile("[0-9一二三四五六七八九十百千万亿零〇两年月日第]")


@dataclass(frozen=True)
class Change:
    """Words of a sentence, and what is put in their place."""

    kind: str
    part: str  # of the narrative
    sentence: Sentence
    start: int
    end: int
    wrong: str

    @property
    def text(self) -> str:
        """The sentence with the change in it."""
        return self.sentence.text[: self.start] + self.wrong + self.sentence.text[self.end :]

    @property
    def shown(self) -> str:
        """The sentence with what was and what is."""
        text = self.sentence.text
        return f"{text[: self.start]}【{text[self.start : self.end]}→{self.wrong}】{text[self.end :]}"


def main() -> None:
    """Print how many changes of each kind are found, before that those that are missed if asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--missed", action="store_true")
    given = parser.parse_args()
    kinds = frozenset(filter(None, given.kinds.split(",")))
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    print(f"seed {given.seed}, every {given.every}th change")
    for narrative in narratives(given.folder):
        random = Random(f"{given.seed} {narrative.path.name}")
        tried = list(changes(narrative, random))[random.randrange(given.every) :: given.every]
        for change in tried:
            if kinds and change.kind not in kinds:
                continue
            made[change.kind] += 1
            mistake = Mistake(change.kind, change.part, change.sentence.text, change.text, "")
            if narrative.found(mistake):
                found[change.kind] += 1
            elif given.missed:
                print(f"{narrative.path.stem} {change.kind}: {change.shown}")
    for kind, number in (*sorted(made.items()), ("all", made.total())):
        right = found[kind] if kind != "all" else found.total()
        print(f"  {right:>5} of {number:>5}  {right / max(number, 1):6.1%}  {kind}")


def changes(narrative: Narrative, random: Random) -> Iterator[Change]:
    """Every change of a narrative, sentence by sentence; of sentences that stand there twice, none."""
    report, texts = take(narrative.document), narrative.document["sections"]
    known, last = figures(report), figures(narrative.last)
    before: tuple[Sentence, Outline] | None = None
    for sentence in sentences(report.narratives):
        outlined = outline(sentence.text, YEAR)
        earlier = before[1] if before and before[0].paragraph == sentence.paragraph else None
        before = sentence, outlined
        part = next((name for name, text in texts.items() if text.count(sentence.text) == 1), None)
        if part is None:
            continue
        kinds = [(one, understood(one, outlined, earlier, known, last)) for one in outlined.quantities]
        for one, kind in kinds:
            for start, end, wrong in numbers(kind, sentence.text, one, random, (*known, *last)):
                yield Change(kind, part, sentence, start, end, wrong)
        for kind, start, end, wrong in (
            *(words(sentence.text, random) if any(kind for _, kind in kinds) else ()),
            *letters(sentence.text, random),
        ):
            yield Change(kind, part, sentence, start, end, wrong)


def figures(report: Report) -> Counter[Decimal]:
    """Every figure of a report and every sum that people name, with how many there are of it."""
    amounts = {key: Decimal(figure.amount) for key, figure in report.figures.items()}
    values = Counter(amounts.values())
    requests = {
        key.removeprefix("requests."): value for key, value in amounts.items() if key.startswith("requests.")
    }
    for rows in subjects().groups.values():
        for column in {key.split(".")[1] for key in requests}:
            values[sum((requests.get(f"{row}.{column}", Decimal(0)) for row in rows), Decimal(0))] += 1
    values[requests["received.total"] + requests["carried_in.total"]] += 1
    values[requests["received.total"] - requests["received.natural_person"]] += 1
    for column in ("upheld", "corrected", "otherwise", "pending", "total"):
        direct, after = (
            amounts[f"disputes.{block}.{column}"]
            for block in ("litigation_direct", "litigation_after_review")
        )
        values[direct + after] += 1
    return values


def understood(
    one: Quantity,
    outlined: Outline,
    earlier: Outline | None,
    known: Mapping[Decimal, int],
    last: Mapping[Decimal, int],
) -> str:
    """By what a number is said besides the sentence's own word; "" where by nothing."""
    if one.rough or one.distributed or not one.value:
        return ""
    left = outlined.left(one)[-16:]
    clause = re.split("[，；。：]", outlined.left(one))[-1] + re.split("[，；。：、]", outlined.right(one))[0]
    counts = [
        other
        for other in outlined.quantities
        if other is not one and other.unit == one.unit and not other.rough
    ]
    if one.unit in "%倍点":
        pool = [other.value for other in outlined.quantities if other.unit not in "%倍点天"]
        pool += [
            other.value for other in (earlier.quantities if earlier else ()) if other.unit not in "%倍点天"
        ]
        every = {*pool, *(value for value in known if value > 20)}
        if one.unit == "%" and one.step > 1:
            return ""
        grown = bool(_CHANGED.search(left))
        for part in pool:
            for whole in every:
                if whole and part != whole:
                    rate = (abs(part - whole) if grown else part) * 100 / whole
                    if abs(rate - (one.value * 100 if one.unit == "倍" else one.value)) <= one.step / 2:
                        return "growth rate" if grown else "share"
        return ""
    if one.unit in subjects().units and _FORM.search(clause):
        if _LAST.search(left) and one.value in last:
            return "count of last year"
        if one.value in known:
            return "count" if one.value >= TELLING else "small count"
    if _CHANGED.search(left) and any(
        abs(a.value - b) == one.value
        for a in counts
        for b in (*(c.value for c in counts), *(v for v in last if v >= TELLING))
    ):
        return "growth"
    values = [other.value for other in counts]
    index = outlined.index(one.mark)
    after = [other.value for other in outlined.quantities[index + 1 :] if other.unit == one.unit]
    before = [other.value for other in reversed(outlined.quantities[:index]) if other.unit == one.unit]
    if one.value in list(accumulate(after))[1:] or one.value in list(accumulate(before))[1:]:
        return "sum"
    for place, whole in enumerate(values):
        rest = values[place + 1 :]
        for size in range(1, len(rest)):
            if one.value in (
                whole - sum(rest[start : start + size], Decimal(0)) for start in range(len(rest) - size + 1)
            ):
                return "part"
    return ""


def numbers(
    kind: str, text: str, one: Quantity, random: Random, figures: Sequence[Decimal]
) -> Iterator[tuple[int, int, str]]:
    """The number written otherwise: one digit changed, two changed about, another figure's."""
    written = text[one.start : one.end]
    digits = _NUMBER.search(written)
    if not kind or digits is None or "," in written:
        return
    start, end, was = one.start + digits.start(), one.start + digits.end(), digits[0]
    place = random.choice([place for place, char in enumerate(was) if char != "."])
    digit = random.choice([digit for digit in "123456789" if digit != was[place]])
    spoilt = {was[:place] + digit + was[place + 1 :]}
    if len(was) > 1 and was[0] != was[1] and was[1] not in "0.":
        spoilt.add(was[1] + was[0] + was[2:])
    if kind.endswith("count") and "." not in was:
        spoilt.add(str(random.choice([value for value in figures if value > 0 and value == int(value)])))
    for wrong in sorted(spoilt - {was}):
        yield start, end, wrong


def words(text: str, random: Random) -> Iterator[tuple[str, int, int, str]]:
    """A direction turned round, an applicant or outcome called another."""
    for was, wrong in _WAYS.items():
        for match in re.finditer(f"{was}(?=[0-9])", text):
            yield "direction", *match.span(), wrong
    for family in _NAMES:
        for name in family:
            for match in re.finditer(f"{name}(?=[0-9])|(?<=件){name}(?=[、，。；])", text):
                others = [other for other in family if other != name and other not in text]
                if others:
                    yield "name of a row", *match.span(), random.choice(others)


def letters(text: str, random: Random) -> Iterator[tuple[str, int, int, str]]:
    """A character left out, a word doubled, a year and a number of a decree changed."""
    for match in re.finditer(f"{YEAR}年", text):
        yield "year", *match.span(), f"{YEAR + random.choice((-2, -1, 1))}年"
    for match in re.finditer("711号|〔2021〕30号|〔2020〕109号", text):
        wrong = match[0].replace("711", "117").replace("〕30", "〕13").replace("109", "190")
        yield "document number", *match.span(), wrong
    for match in _HAN.finditer(text):
        place = match.start() + random.randrange(1, len(match[0]) - 2)
        piece = text[place : place + 2]
        if not _ORDINARY.search(piece):
            yield "dropped character", place, place + 1, ""
            yield "doubled word", place, place + 2, piece * 2


if __name__ == "__main__":
    main()

"""The documents that the report is made by: the number in force for its year, the title, the articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from nianbao.mandate import Document, documents
from nianbao.report.catalogue import rule
from nianbao.report.checks.citations.mentions import Cited, Title, numbers, titles, within
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex
from nianbao.report.report import PREFACE

# An earlier document may be spoken of as what it was; of a revision only beside the number in force.
_HISTORY = regex(
    "旧|原[《条格令]|原来|此前|以前|曾|废止|取代|替代|替换|不再|停止|修[订改]前|以来|施行|历史|沿革|改为|调整为|相比|较之|变化"
)
_ORDER = "令"
_REVISED = regex("修[订正改]|公布|颁布|发布")
_ARTICLE = regex("第(?P<article>[一二三四五六七八九十百零]{1,5}|[0-9]{1,3})条")
_CLAUSE = regex("[，；。]")
NEAR = 2  # articles
FORMER = (31, 32)  # on the yearly report in the decree of 2007
Outdated = dict[tuple[str, str], list[Sentence]]  # number cited and number in force → where it is cited
_MAKES = regex(
    "(?:编制|编写|撰写|形成|制作|公布|发布|提交)[^，。；]{0,24}(?:报告|年报)|编制(?=[，。；]|$)|本报告"
)


def basis(inspection: Inspection) -> Iterator[Problem]:
    """Documents cited with a number that is not theirs or no longer, a title misspelt, another article."""
    year = inspection.report.year
    outdated: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for sentence in inspection.sentences:
        text = sentence.text
        if "号" in text or "《" in text or "条例" in text:
            named = titles(text)
            cited = list(numbers(text, named)) if "号" in text else []
            told: set[str] = set()
            yield from _numbers(sentence, cited, year, told, outdated)
            yield from _titles(sentence, named, cited, year, told, outdated)
            if named and "条" in text:
                yield from _articles(sentence, named)
    for (wrong, right), sentences in outdated.items():
        what = f"引用的依据是“{wrong}”，{year} 年的报告适用“{right}”"
        places = tuple(dict.fromkeys(sentence.place for sentence in sentences))
        about = (wrong, year, *dict.fromkeys(sentence.text for sentence in sentences))
        mend = f"请改为“{right}”，并核对内容是否按它编写"
        found = [_instead(sentence, wrong, right, alone=True) for sentence in sentences]
        trial = any("试行" in sentence.text for sentence in sentences)  # which is part of the title
        corrections = [] if trial or not all(found) else [right for one in found for right in one]
        yield rule("other-basis").broken(what, mend, places, about, corrections)


def _numbers(
    sentence: Sentence, cited: list[Cited], year: int, told: set[str], outdated: Outdated
) -> Iterator[Problem]:
    """Numbers that are not the document's; those of another year go to `outdated`, what is told to `told`."""
    for number in cited:
        document = _owner(number) or _meant(number, cited, sentence, year)
        right = document.number(year) if document else ""
        if document is None or document.title in told or right in ("", number.number):
            continue
        told.add(document.title)
        if all(number.number != known.text for known in document.numbers):
            yield _wrong(sentence, number.number, f"，应为“{right}”", right)
        elif not _is_history(sentence.text, right, cited):
            outdated[number.number, right].append(sentence)


def _titles(
    sentence: Sentence, named: list[Title], cited: list[Cited], year: int, told: set[str], outdated: Outdated
) -> Iterator[Problem]:
    """Titles that are misspelt; those of an edition on trial go to `outdated`."""
    for title in named:
        document = title.document
        if document.title in told:
            continue
        if title.trial and (trial := _trial(document, year)):
            told.add(document.title)
            if not _is_history(sentence.text, document.number(year), cited):
                outdated[trial].append(sentence)
        elif not title.exact:
            told.add(document.title)
            near = within(title.written, document.title, document.slack)
            right = f"《{document.title}》" if near else ""
            yield _wrong(sentence, f"《{title.written}》", f"，应为《{document.title}》", right)


def _owner(number: Cited) -> Document | None:
    """The document whose title stands beside the number, if it has numbers of that kind."""
    document = number.title.document if number.title else None
    return document if document and (_ORDER in number.issuer) == (_ORDER in document.issuer) else None


def _meant(number: Cited, cited: list[Cited], sentence: Sentence, year: int) -> Document | None:
    """The document meant by a number without a title beside it: its own, or one nearly right.

    The preface, and what speaks of a format, cite no other of the issuer's documents.
    """
    by_format = sentence.section == PREFACE or "格式" in sentence.text
    for document in documents():
        if any(number.number == known.text for known in document.numbers):
            return document
        right = document.number(year)
        told = document.cited.search(sentence.text) or (by_format and number.issuer == document.issuer)
        if "〔" not in right or not told:
            continue
        if number.issuer != document.issuer and number.number.partition("〔")[2] != right.partition("〔")[2]:
            continue
        if all(other.number != right for other in cited) and _is_near(number.number, right):
            return document
    return None


def _is_near(number: str, right: str) -> bool:
    """Whether the year or the ordinal is the same: 〔2021〕31号, 〔2012〕30号 for 〔2021〕30号."""
    (year, ordinal), (right_year, right_ordinal) = (one.split("〔")[1].split("〕") for one in (number, right))
    return year == right_year or ordinal == right_ordinal


def _is_history(text: str, right: str, cited: list[Cited]) -> bool:
    beside = any(number.number == right for number in cited) and _REVISED.search(text)
    return bool(beside or _HISTORY.search(text))


def _trial(document: Document, year: int) -> tuple[str, str] | None:
    """The number of the edition on trial and the one in force, where a later one took its place."""
    first, last = document.numbers[0], document.number(year)
    return (first.text, last) if len(document.numbers) > 1 and last not in ("", first.text) else None


def _articles(sentence: Sentence, named: list[Title]) -> Iterator[Problem]:
    """Articles that the document does not have, or that say nothing of the report that is made by them."""
    starts = [title.start for title in named[1:]] + [len(sentence.text)]
    for title, end in zip(named, starts, strict=True):
        document, follows = title.document, sentence.text[title.end :]
        if not document.articles:
            continue
        clause = _CLAUSE.split(sentence.text[title.end : end])[0]
        articles = {match.group(): _value(match["article"]) for match in _ARTICLE.finditer(clause)}
        over = next((written for written, value in articles.items() if value > document.articles), "")
        if over:
            yield _wrong(sentence, over, f"：《{document.title}》一共只有 {document.articles} 条")
        elif (
            articles
            and _MAKES.search(follows)
            and all(_is_mistaken(value, document.reporting) for value in articles.values())
        ):
            right = "、".join(f"第{article}条" for article in document.reporting)
            yield _wrong(sentence, next(iter(articles)), f"：《{document.title}》规定年度报告的是{right}")


def _value(article: str) -> int:
    return int(article) if article.isascii() else int(chinese(article) or 0)


def _is_mistaken(article: int, reporting: tuple[int, ...]) -> bool:
    """Whether it is one beside those on the report, or one of the decree before, but none of them."""
    near = range(reporting[0] - NEAR, reporting[-1] + NEAR + 1)
    return article not in reporting and (article in near or article in FORMER)


def _wrong(sentence: Sentence, written: str, why: str, right: str = "") -> Problem:
    what, mend = f"“{quote(written)}”不对{why}", "请照文件核对文号、名称和条款"
    corrections = _instead(sentence, written, right) if right else []
    return rule("wrong-citation").broken(what, mend, (sentence.place,), (written, sentence.text), corrections)


def _instead(sentence: Sentence, written: str, right: str, *, alone: bool = False) -> list[Correction]:
    """The right number or title in place of the one that stands once in a sentence, word for word."""
    if sentence.text.count(written) != 1:
        return []
    start = sentence.text.index(written)
    return [Correction.of(sentence, start, start + len(written), right, alone=alone)]

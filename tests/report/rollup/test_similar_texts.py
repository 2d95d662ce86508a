"""Copied between organs: the same sentences, texts largely alike, and what was given to everybody."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from nianbao.report.rollup import Asked, Member, roll_up, similar_texts

from tests.report.rollup.rollup_samples import COUNTY, codes, member, organs, save, table
from tests.runner import nianbao

PLANTED = "档案室的三台旧电脑年内换成了新的，纸质目录一并扫描入库。"


def members(documents: Any) -> list[Member]:
    return [member(one) for one in documents]


def write(document: Any, *lines: str) -> None:
    document["sections"] = document["sections"] | {"五": "\n".join((document["sections"]["五"], *lines))}


def test_different_texts_have_nothing_in_common() -> None:
    found = similar_texts.compare(members(organs(100)))

    assert found.pairs == ()
    assert [one for one in found.sentences if not one.common] == []


def test_a_sentence_of_two_organs_is_found_with_its_places() -> None:
    documents = organs(50)
    write(documents[3], PLANTED)
    write(documents[40], PLANTED)

    found = similar_texts.compare(members(documents))

    [one] = [one for one in found.sentences if not one.common]
    assert one.text == PLANTED.rstrip("。")
    assert [one.organ for one in one.members] == [documents[3]["organ"], documents[40]["organ"]]
    assert [str(place.cell) for place in one.places] == ["五 第 2 段", "五 第 2 段"]
    assert found.pairs == ()  # one sentence does not make the texts alike


def test_numbers_years_marks_and_each_organs_own_name_make_no_difference() -> None:
    documents = organs(30)
    first, second = documents[2], documents[25]
    write(first, f"2025年，{first['organ']}走访了12个档案窗口，发现目录不全的立即补齐。")
    write(second, f"（一）二〇二五年{second['organ']}走访了3个档案窗口；发现目录不全的，立即补齐。")
    write(first, "我局再把补齐之后的目录印成小册子，放在大厅。")
    write(second, "3.我镇再把补齐之后的目录印成小册子放在大厅。")
    write(documents[5], f"{first['organ']}再把补齐之后的目录印成小册子，放在大厅。")  # another's name stays

    found = [one for one in similar_texts.compare(members(documents)).sentences if not one.common]

    assert [(one.text, len(one.members)) for one in found] == [
        ("我局再把补齐之后的目录印成小册子，放在大厅", 2)
    ]


def test_a_text_taken_over_whole_makes_a_pair_and_a_warning_and_is_on_the_sheet(tmp_path: Path) -> None:
    documents = organs(40)
    documents[30]["sections"] = dict(documents[8]["sections"])
    save(documents, tmp_path / "in")
    path = tmp_path / "汇总.xlsx"

    code, _, err = nianbao("rollup", tmp_path / "in", "-o", path, "--organ", COUNTY)

    names = (documents[8]["organ"], documents[30]["organ"])
    rows = table(path, "文字雷同")
    assert code == 0
    assert f"“{names[0]}”、“{names[1]}”的文字大体相同：有 12 句相同，占一方自己文字的 100%" in err
    first = rows[0]
    assert (first["情形"], first["机关"], first["另一机关"]) == ("大体相同", *names)
    assert (first["相同句数"], first["占前者"], first["占后者"]) == (12, 1, 1)
    same = [row for row in rows if row["情形"] == "同一句"]
    assert len(same) == 12
    assert {(row["机关"], row["另一机关"], row["机关数"]) for row in same} == {(*names, 2)}
    assert [row["机关数"] for row in rows if row["情形"] == "通用语"] == [40]


def test_less_than_half_of_a_text_makes_no_pair() -> None:
    documents = organs(20)
    mine, theirs = documents[1]["sections"], documents[2]["sections"]
    lines = mine["一"].split("\n")
    documents[1]["sections"] = mine | {"一": "\n".join([*theirs["一"].split("\n")[:2], *lines[2:]])}

    found = similar_texts.compare(members(documents))

    assert len([one for one in found.sentences if not one.common]) == 4
    assert found.pairs == ()


def test_what_a_fifth_of_the_organs_have_is_a_formula_of_all_and_makes_nobody_alike() -> None:
    documents = organs(60)
    given = [f"各单位照县里统一的安排把第{word}类目录重新梳理了一遍。" for word in "甲乙丙丁戊己庚辛"]
    for document in documents[:13]:
        document["sections"] = {**document["sections"], "一": "\n".join(given)}
    for document in documents[20:24]:
        write(document, PLANTED)

    found = similar_texts.compare(members(documents))

    assert {one.text for one in found.sentences if not one.common} == {PLANTED.rstrip("。")}
    assert len([one for one in found.sentences if len(one.members) == 13]) == len(given)
    assert found.pairs == ()


def test_among_few_organs_nothing_is_a_formula() -> None:
    documents = organs(5)
    for document in documents:
        write(document, PLANTED)

    found = similar_texts.compare(members(documents))

    assert PLANTED.rstrip("。") in {one.text for one in found.sentences if not one.common}


def test_many_organs_with_one_text_are_one_warning() -> None:
    documents = organs(300)
    for document in documents[100:140]:
        document["sections"] = dict(documents[100]["sections"])

    found = roll_up(members(documents), (), None, Asked("汇总.xlsx", COUNTY))

    [problem] = [one for one in found.problems if one.code == "copied-between"]
    assert " 等 40 个的文字大体相同：其中" in problem.what
    assert len(problem.places) == 40
    pairs = len(found.likeness.pairs)  # apart: what a failure would print of it has no end
    assert pairs == 39  # of so many each with the first: no 780 lines
    assert codes(found.problems).count("copied-sentences") == 1


def test_the_last_section_in_which_all_have_nothing_to_report_is_not_compared() -> None:
    documents = organs(4)
    for document in documents:
        document["sections"]["六"] = (
            "没有收取信息处理费。本年没有其他需要专门在这里报告的事项，各项工作都写在前面。"
        )

    found = similar_texts.compare(members(documents)).sentences
    assert [one.text[:6] for one in found] == ["工作考核按月"]


def test_three_thousand_organs_are_compared_in_seconds() -> None:
    many = members(organs(300)) * 10

    start = time.process_time()
    similar_texts.compare(many)

    assert time.process_time() - start < 5

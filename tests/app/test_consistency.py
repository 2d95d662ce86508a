"""`nianbao rollup --against`: a published sum held against its organs' reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.report.rollup.rollup_samples import COUNTY, organs, save
from tests.runner import nianbao

NEW = "一、本年新收政府信息公开申请数量"
OUT = "四、结转下年度继续办理"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine organs' reports."""
    save(organs(9), tmp_path / "各单位")
    return tmp_path


def publish(folder: Path, documents: list[dict[str, Any]], *, kind: str = "json") -> Path:
    """The sum of these as it is published: exchange JSON, or Word."""
    save(documents, folder / "算")
    book = folder / "算.xlsx"
    words = ("-o", book, "--organ", COUNTY, "--reporter", "县级政府汇总", "--force")
    assert nianbao("rollup", folder / "算", *words)[0] == 0
    exported = folder / "公布.json"
    assert nianbao("export", book, "-o", exported, "--force")[0] in (0, 1)
    if kind == "json":
        return exported
    assert nianbao("generate", book, "--draft", "-o", folder / "output")[0] == 0
    [word] = (folder / "output").rglob("*.docx")
    word.replace(folder / "公布.docx")
    return folder / "公布.docx"


def change(path: Path, table: str, row: str, column: int | str, by: int) -> None:
    """Publish one figure otherwise than it was summed."""
    document = json.loads(path.read_text(encoding="utf-8"))
    document[table][row][column] += by
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def hold(folder: Path, against: Path, *words: str | Path) -> tuple[int, str, str]:
    return nianbao("rollup", folder / "各单位", "--against", against, *words)


@pytest.mark.parametrize("kind", ["json", "docx"])
def test_a_sum_that_is_right_agrees_in_every_figure(folder: Path, kind: str) -> None:
    path = publish(folder, organs(9), kind=kind)

    code, out, _ = hold(folder, path)

    assert (code, out) == (0, f"{COUNTY} 2025 年：9 个单位之和与 公布.{kind} 核对 200 项，全部相符\n")


@pytest.mark.parametrize("kind", ["json", "docx"])
def test_an_organ_that_was_left_out_is_named_once_for_all_its_figures(folder: Path, kind: str) -> None:
    documents = organs(9)
    missing = documents.pop(4)
    path = publish(folder, documents, kind=kind)

    code, out, err = hold(folder, path)

    count = sum(1 for number in numbers(missing) if number)
    first, last = out.splitlines()
    assert code == 1
    assert "错误" not in err
    assert last == (
        f"{COUNTY} 2025 年：9 个单位之和与 公布.{kind} 核对 200 项，相符 {200 - count} 项，不符 {count} 项"
    )
    assert f"：像是“{missing['organ']}”整个没有计入：公布的有 {count} 项正好少它的数，例如 “" in first
    assert first.endswith("请核对汇总时是不是漏了它；撤并了的，说明从哪一年起不计。")


def test_an_organ_is_named_for_its_figures_though_one_more_differs(folder: Path) -> None:
    documents = organs(9)
    missing = documents.pop(4)
    path = publish(folder, documents)
    change(path, "table3", NEW, 0, 1000)

    code, out, _ = hold(folder, path)

    count = sum(1 for number in numbers(missing) if number)
    whole, other, _ = out.splitlines()
    assert code == 1
    assert f"公布的有 {count - 1} 项正好少它的数" in whole
    assert "“本年新收.自然人”公布的是 " in other


def numbers(document: dict[str, Any]) -> list[Any]:
    rows = [row for table in ("table2", "table3", "table4") for row in document[table].values()]
    return [number for row in rows for number in (row.values() if isinstance(row, dict) else row)]


def test_an_organ_counted_twice_is_named_and_json_has_every_figure(folder: Path) -> None:
    documents = organs(9)
    again = documents[2] | {"organ": "某某县另一局", "issued_by": "某某县另一局"}
    path = publish(folder, [*documents, again])

    code, out, _ = hold(folder, path, "--json")

    against = json.loads(out)["against"]
    count = sum(1 for number in numbers(again) if number)
    assert code == 1
    assert (against["organ"], against["year"], against["members"], against["compared"]) == (
        COUNTY, 2025, 9, 200
    )  # fmt: skip
    [whole] = against["wholes"]
    assert (whole["why"], whole["organ"], len(whole["keys"])) == ("twice", documents[2]["organ"], count)
    assert len(against["differences"]) == count
    received = next(one for one in against["differences"] if one["key"] == "requests.received.natural_person")
    own = documents[2]["table3"][NEW][0]
    total = sum(one["table3"][NEW][0] for one in documents)
    assert received == {
        "key": "requests.received.natural_person",
        "name": "本年新收.自然人",
        "sum": total,
        "published": str(total + own),
        "difference": own,
        "explanations": [{"why": "twice", "organ": documents[2]["organ"], "number": own}],
    }
    assert [one["code"] for one in json.loads(out)["problems"]] == ["sum-differs"]


def test_one_figure_of_one_organ_is_told_by_itself(folder: Path) -> None:
    documents = organs(9)
    for at, one in enumerate(documents):
        one["table2"]["行政许可"] = {"本年处理决定数量": 100 + at * at}
    save(documents, folder / "各单位")
    path = publish(folder, documents)
    change(path, "table2", "行政许可", "本年处理决定数量", -149)

    code, out, _ = hold(folder, path)

    first, last = out.splitlines()
    total = sum(100 + at * at for at in range(9))
    assert code == 1
    assert first.endswith(
        f"公布的是 {total - 149}，9 个单位之和是 {total}，少 149："
        f"像是没有计入“{documents[7]['organ']}”的 149。请与该单位的报告核对。"
    )
    assert last.endswith("相符 199 项，不符 1 项")


def test_what_no_organ_explains_and_what_many_would(folder: Path) -> None:
    documents = organs(9)
    for one in documents:
        one["table2"]["行政许可"] = {"本年处理决定数量": 7}
        one["table2"]["行政处罚"] = {"本年处理决定数量": 50}
    save(documents, folder / "各单位")
    path = publish(folder, documents)
    change(path, "table2", "行政许可", "本年处理决定数量", 7)
    change(path, "table2", "行政处罚", "本年处理决定数量", 3)

    code, out, _ = hold(folder, path)

    many, none, _ = out.splitlines()
    assert code == 1
    assert "多 7：可能是把“某某县财政局”的 7 计了两次；把“某某县教育局”的 7 计了两次；" in many
    assert many.endswith(" 等 9 种可能。请与该单位的报告核对。")
    assert none.endswith("是 450，多 3。请逐个单位核对这一项。")


def test_last_years_number_that_was_kept_is_found(folder: Path) -> None:
    documents, last = organs(9), organs(9, seed=2, year=2024)
    for at, (one, before) in enumerate(zip(documents, last, strict=True)):
        one["table2"]["行政许可"] = {"本年处理决定数量": 100 * 2**at}
        before["table2"]["行政许可"] = {"本年处理决定数量": 100 * 2**at + 3**at}
        one["table2"]["行政处罚"] = {"本年处理决定数量": 11 * 2**at}
        before["table2"]["行政处罚"] = {"本年处理决定数量": 13 * 2**at}
    save(documents, folder / "各单位")
    save(last, folder / "上年")
    path = publish(folder, documents)
    change(path, "table2", "行政许可", "本年处理决定数量", 3**5)
    whole = sum(2 * 2**at for at in range(9))
    change(path, "table2", "行政处罚", "本年处理决定数量", whole)

    code, out, _ = hold(folder, path, "--last-year", folder / "上年", "--json")

    first, second = json.loads(out)["against"]["differences"]
    assert code == 1
    assert first["explanations"] == [
        {"why": "last_year", "organ": documents[5]["organ"], "number": 3200 + 3**5}
    ]
    assert second["explanations"] == [{"why": "last_year", "organ": "", "number": 13 * 511}]
    assert nianbao("rollup", folder / "各单位", "-o", folder / "a.xlsx", "--last-year", folder) == (
        2, "", "rollup 的 --last-year 要与 --against 一起用。用法见 nianbao --help\n"
    )  # fmt: skip


def test_an_amount_that_is_only_rounded_agrees_and_one_in_yuan_does_not(folder: Path) -> None:
    path = publish(folder, organs(9))
    document = json.loads(path.read_text(encoding="utf-8"))
    [(row, cells)] = [(row, cells) for row, cells in document["table2"].items() if "收费" in row]
    [(column, amount)] = cells.items()
    document["table2"][row][column] = round(float(amount), 2)
    path.write_text(json.dumps(document), encoding="utf-8")

    code, out, _ = hold(folder, path)
    assert (code, out.splitlines()[0][:37]) == (
        0,
        "提示 公布.json：另有 1 项只差四舍五入，算作相符：“行政事业性收费",
    )
    assert out.splitlines()[1].endswith("200 项，全部相符")

    document["table2"][row][column] = float(amount) * 10_000
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "像是以元填报，大了一万倍" in hold(folder, path)[1]


def test_members_with_errors_still_count_and_files_that_cannot_be_read_do_not(folder: Path) -> None:
    documents = organs(9)
    path = publish(folder, documents)
    documents[1]["sections"] = {}
    save(documents, folder / "各单位")

    code, out, err = hold(folder, path)
    assert (code, out.splitlines()[-1].endswith("全部相符")) == (0, True)
    assert err == (
        "警告 0001.json：这 1 个单位的报告有错误，仍按报告里的数核对。请另用 nianbao check 检查。\n"
    )

    (folder / "各单位" / "0002.json").write_text("[", encoding="utf-8")
    assert hold(folder, path)[:2] == (3, "")
    code, out, err = hold(folder, path, "--skip-errors")
    assert code == 1
    assert "没有计入：不是合格的 JSON" in err


def test_another_year_the_sum_among_its_parts_and_a_report_that_is_none(folder: Path) -> None:
    documents = organs(9)
    path = publish(folder, documents)
    save(organs(9, year=2024), folder / "各单位")
    code, out, err = hold(folder, path)
    assert (code, out) == (1, "")
    assert "错误 公布.json › year：这是 2025 年的报告，各单位的是 2024 年的。" in err

    save(documents, folder / "各单位")
    (folder / "各单位" / "汇总.json").write_bytes(path.read_bytes())
    code, _, err = hold(folder, path)
    assert (code, "就是要做的这一份，不能再计入" in err) == (1, True)
    (folder / "各单位" / "汇总.json").unlink()

    code, _, err = hold(folder, folder / "各单位" / "0000.json")
    assert (code, "这是“部门”的报告，不是汇总的" in err) == (1, True)


def test_who_of_the_roster_is_not_among_the_reports_is_told(folder: Path) -> None:
    documents = organs(9)
    path = publish(folder, documents)
    nianbao("rollup", folder / "各单位", "--new-roster", folder / "名册.xlsx")
    (folder / "各单位" / "0005.json").unlink()

    code, out, err = hold(folder, path, "--roster", folder / "名册.xlsx")

    assert code == 1
    assert f"名册上的“{documents[5]['organ']}”没有报送" in err
    figures = sum(1 for number in numbers(documents[5]) if number)
    assert out.splitlines()[-1].endswith(f"不符 {figures} 项")
    assert " 项不等于 8 个单位之和，没有一个单位的数能说明：" in out.splitlines()[-2]
    assert "像是" not in out  # of so many differences some are explained by chance


def test_a_sum_is_made_and_held_against_the_published_one_at_once(folder: Path) -> None:
    documents = organs(9)
    path = publish(folder, documents)
    documents[3]["sections"] = {}
    save(documents, folder / "各单位")
    book = folder / "汇总.xlsx"

    code, out, _ = hold(folder, path, "-o", book, "--organ", COUNTY, "--skip-errors")

    count = sum(1 for number in numbers(documents[3]) if number)
    assert (code, book.exists()) == (1, True)
    assert f"像是“{documents[3]['organ']}”整个计入了，这次没有计入：公布的有 {count} 项正好多它的数" in out

"""Looking things up: by organ, year, figure and word; the index may be lost or spoilt at any time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from nianbao.app.archive import index, query
from nianbao.app.archive.index import Asked
from nianbao.app.archive.own_files import INDEX
from nianbao.app.archive.store import Archive
from nianbao.app.outcome import Usage

from tests.app.archive.archive_samples import kept


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = Archive(tmp_path_factory.mktemp("archive"))
    for organ in ("某某市财政局", "某某县教育局"):
        for year in (2019, 2020, 2023, 2024):
            made.add(kept(organ, year))
    made.add(kept("某某市财政局", 2024, received=500), "更正新收")
    return made


def folders(archive: Archive, asked: Asked) -> list[str]:
    return [one.folder for one in index.find(archive, asked)]


def test_the_newest_revision_of_every_year_is_listed_by_organ_and_year(archive: Archive) -> None:
    found = folders(archive, Asked())

    assert found == [
        *(f"某某县教育局/{year}/r1" for year in (2019, 2020, 2023, 2024)),
        *(f"某某市财政局/{year}/r1" for year in (2019, 2020, 2023)),
        "某某市财政局/2024/r2",
    ]
    assert len(folders(archive, Asked(all=True))) == 9


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Asked(organ="财政", years=(2020, 2023)), ["某某市财政局/2020/r1", "某某市财政局/2023/r1"]),
        (Asked(where=query.understand("本年新收.自然人>100")), ["某某市财政局/2024/r2"]),
        (
            Asked(where=query.understand("requests.received.natural_person ≥ 500")),
            ["某某市财政局/2024/r2"],
        ),
        (
            Asked(where=query.understand("本年新收.自然人=500 且 上年结转.自然人=0")),
            ["某某市财政局/2024/r2"],
        ),
        (Asked(where=query.understand("本年新收.自然人=500 且 上年结转.自然人=1")), []),
        (
            Asked(organ="教育", where=query.understand("逾期未缴费.自然人>=0 或 本年新收.自然人>100")),
            ["某某县教育局/2023/r1", "某某县教育局/2024/r1"],
        ),
        (Asked(text="%"), []),
        (Asked(organ="' OR 1=1 --"), []),
    ],
)
def test_what_is_asked_for_is_found(asked: Asked, wanted: list[str], archive: Archive) -> None:
    assert folders(archive, asked) == wanted


def test_words_are_found_with_the_paragraphs_they_stand_in(archive: Archive) -> None:
    [found] = index.find(archive, Asked(organ="财政", years=(2023, 2023), text="逐件审查"))

    assert found.passages == ("公开前逐件审查。",)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("本年新收.总数>1", "本年新收.总计"),
        ("总计", "读不懂"),
        ("本年新收.总计>很多", "读不懂"),
        ("", "读不懂"),
    ],
)
def test_a_condition_that_cannot_be_understood_is_told(said: str, hint: str) -> None:
    with pytest.raises(Usage, match=hint):
        query.understand(said)


@pytest.mark.parametrize("spoil", ["missing", "rubbish", "version", "other archive", "read-only folder"])
def test_the_answers_are_the_same_whatever_became_of_the_index(
    spoil: str, archive: Archive, tmp_path: Path
) -> None:
    wanted = index.find(archive, Asked(all=True))
    path = archive.root / INDEX
    if spoil == "missing":
        path.unlink()
    elif spoil == "rubbish":
        path.write_bytes(b"not a database" * 1000)
    elif spoil == "version":
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
    elif spoil == "other archive":
        other = Archive(tmp_path)
        other.add(kept("别的局", 2024))
        index.find(other, Asked())
        path.write_bytes((tmp_path / INDEX).read_bytes())
    else:
        path.unlink()
        path.mkdir()
    try:
        assert index.find(archive, Asked(all=True)) == wanted
    finally:
        if path.is_dir():
            path.rmdir()


def test_what_is_added_later_is_in_the_index_at_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(kept("甲局", 2023))
    assert len(index.find(archive, Asked())) == 1
    Archive(tmp_path).add(kept("乙局", 2023))

    assert [one.organ for one in index.find(archive, Asked())] == ["乙局", "甲局"]

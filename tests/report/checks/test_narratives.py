"""Ordinary texts raise nothing, and what is planted in them is found."""

from __future__ import annotations

import pytest

from tests.narratives import Narrative, narratives

ALL = list(narratives())


@pytest.mark.parametrize("narrative", ALL, ids=lambda narrative: narrative.path.stem)
def test_what_is_right_raises_nothing(narrative: Narrative) -> None:
    assert list(map(str, narrative.alarms)) == []


@pytest.mark.parametrize("narrative", ALL, ids=lambda narrative: narrative.path.stem)
def test_a_planted_mistake_is_found(narrative: Narrative) -> None:
    missed = {mistake.was for mistake in narrative.mistakes if not narrative.found(mistake)}
    assert missed == {mistake.was for mistake in narrative.mistakes if mistake.missed}

"""A word is put in another's place only where good Chinese is left around it."""

from __future__ import annotations

import pytest
from nianbao.report.prose.replacement import fits


@pytest.mark.parametrize(
    ("text", "wrong", "right", "good"),
    [
        ("主动公工信息若干条", "主动公工", "主动公开", True),
        ("推进耕地力保护", "耕地力", "耕地地力", True),
        ("推进耕地力地力保护", "耕地力", "耕地地力", False),
        ("推进耕地地力保护", "地力", "耕地地力", False),
        ("收到政府信公开申请", "政府信公开", "政府信息公开", True),
        ("落实落实政府信公开", "政府信公开", "政府信息公开", True),  # doubled before, and elsewhere
    ],
)
def test_nothing_gets_doubled(text: str, wrong: str, right: str, good: bool) -> None:
    at = text.find(wrong)

    assert fits(text, at, at + len(wrong), right) == good

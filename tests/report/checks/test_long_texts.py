"""What has no end is looked at in no time: nothing takes the square of a text's length."""

from __future__ import annotations

import json
import time

import pytest
from nianbao.media import exchange
from nianbao.report import check

from tests.reports import sound

LONG = {
    "years": "2024年" * 20_000,
    "numbers": "5件、" * 33_000,
    "shares": "占5%，" * 25_000,
    "paragraphs": "甲\n" * 30_000,
    "names": "{本年新收.总计}" * 8_000,
    "sentences": "甲。" * 50_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_checked_in_time(name: str) -> None:
    document = sound()
    document["sections"]["一"] += LONG[name]
    content = json.dumps(document).encode()
    begun = time.process_time()

    check(exchange.read_content(content, "年报.json"))

    assert time.process_time() - begun < 6

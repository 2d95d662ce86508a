"""Characters that look like Chinese ones and are radicals: what is copied out of a PDF is full of them.

A font that draws a character and a radical with one glyph lets a PDF say either. The pairs are those of
Unicode's EquivalentUnifiedIdeograph.txt; of the supplement only radicals that are whole characters too.
There ⼾ goes with 戶; fonts for simplified Chinese draw it and 户 with one glyph, and no report has 戶.
Compatibility ideographs are doubles of characters that some fonts draw so too; people do not type them.
"""

from __future__ import annotations

import unicodedata

_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {0x2F3E: "户"}
_SUPPLEMENT = dict(
    zip(
        map(
            ord,
            "⺁⺄⺈⺊⺌⺍⺎⺐⺒⺓⺗⺜⺝⺞⺟⺠⺧⺩⺫⺬⺶⺻⺼⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        ),
        "厂乙刀卜小小兀尢巳幺心日月歺母民牛王目示羊聿肉虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
UNIFIED = _KANGXI | _SUPPLEMENT  # the character that each radical is read as, by code point
_COMPATIBLE = {code: unicodedata.normalize("NFC", chr(code)) for code in range(0xF900, 0xFAE0)}
_READ = UNIFIED | _COMPATIBLE


def unified(text: str) -> str:
    """The text with characters in place of radicals and of compatibility ideographs."""
    return text.translate(_READ)

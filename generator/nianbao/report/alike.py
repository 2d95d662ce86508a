"""Names that people take for the same though their signs are others: invisible ones, and look-alikes."""

from __future__ import annotations

import unicodedata

from nianbao.report.invisible import UNSEEN

_FOLDS = (  # the plain sign, then those that look like it; no two by which names differ
    ("a", "аα"), ("b", "ьвβ"), ("c", "с"), ("e", "еε"), ("h", "һ"), ("i", "іι1l|"), ("j", "ј"), ("k", "кκ"),
    ("m", "м"), ("n", "ν"), ("o", "оο0〇○◯"), ("p", "рρ"), ("s", "ѕ"), ("t", "тτ"), ("x", "хχ"), ("y", "уγ"),
    ("z", "ζ"), ("一", "-‐‑‒–—―−ーㄧㅡ"), ("口", "囗ロ"), ("二", "ニ"), ("八", "ハ"), ("力", "カ"),
    ("夕", "タ"), ("工", "エ"), ("卜", "ト"), ("匕", "ヒ"), ("千", "チ"), ("日", "曰"), ("戌", "戍"),
    ("已", "己巳"), (".", "。·・•‧∙⋅"),
    ("'", "‘’`´"), ('"', "“”„"), ("青", "靑"), ("户", "戸戶"), ("内", "內"),
)  # fmt: skip
_PLAIN = {ord(sign): plain for plain, signs in _FOLDS for sign in signs}
_RADICALS = range(0x2E80, 0x2FE0)


def look(name: str) -> str:
    """The name as it looks: two names with the same look are taken for one another."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return UNSEEN.sub("", folded).translate(_PLAIN)


def foreign(name: str) -> str:
    """The signs of a name that no organ's or person's name is written with, as they are numbered."""
    signs = dict.fromkeys(sign for sign in name if not _usual(sign))
    return "、".join(f"U+{ord(sign):04X}" for sign in signs)


def _usual(sign: str) -> bool:
    if ord(sign) in _RADICALS:
        return False  # parts of signs, which look like whole ones
    kind = unicodedata.category(sign)
    if kind[0] == "L":
        return kind == "Lo" or unicodedata.name(sign, "").startswith(("LATIN", "FULLWIDTH LATIN"))
    return (
        kind in ("Nd", "Nl", "No", "Pd", "Ps", "Pe", "Po", "Pi", "Pf", "Mn", "Mc", "Pc", "Sm")
        or sign in " \u3000"
    )

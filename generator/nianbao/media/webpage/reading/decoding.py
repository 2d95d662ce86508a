"""The text of a page's bytes: many pages say another code than they have."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from nianbao.report import Place, Problem, rule

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,30})""", re.IGNORECASE)
_NATIONAL = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "hz-gb-2312")  # all are read by what contains them
_WRONG = "\ufffd"


def decode(content: bytes, file: str, named: str = "") -> tuple[str, list[Problem]]:
    """The page's text, and a problem where characters could not be read; `named` is the code told outside it.

    UTF-8 comes first whatever the page says: a page saved by a browser may still name its old code, and
    Chinese in any other code is hardly ever valid UTF-8.
    """
    for mark, code in _MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(code, "replace"), file)
    declared = _CHARSET.search(content[:4096])
    named = (declared[1].decode("ascii") if declared else named).lower()
    for code in ("utf-8", "gb18030" if named in _NATIONAL else named, "gb18030"):
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(code), []
    tried = [content.decode(code, "replace") for code in ("utf-8", "gb18030")]
    return _checked(min(tried, key=lambda text: text.count(_WRONG)), file)


def _checked(text: str, file: str) -> tuple[str, list[Problem]]:
    wrong = text.count(_WRONG)
    if not wrong:
        return text, []
    what, mend = f"有 {wrong} 个字的编码读不通，以 {_WRONG} 代替", "请重新保存网页，编码选 UTF-8"
    return text, [rule("encoding").broken(what, mend, (Place(file),))]

"""How the organ can be reached: postcodes, telephones and e-mail addresses that can be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.regex import regex

FILE = Path(__file__).with_name("areas.toml")
_IS = r"(?:号码|地址)?\s*(?:[为是：:]|\s)\s*"
_POSTCODE = regex(rf"(?:邮政编码|邮编){_IS}(?P<said>[0-9][0-9 ]*)")
_TELEPHONE = regex(rf"(?:电话|传真|热线)(?:及传真)?{_IS}(?P<said>[（(]?[0-9][0-9（）()\-－—–~转 ]*)")
_EMAIL = regex(rf"(?:邮箱|邮件){_IS}(?P<said>[A-Za-z0-9][A-Za-z0-9._@＠#+-]*)")
_ADDRESS = regex(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.(?!con$|cm$|comn$)[A-Za-z]{2,}")
_SERVICE = regex("1[0-9]{2}|1[0-9]{4}|9[0-9]{4,5}|[48]00[0-9]{7}")  # 110, 12345, 95598, 400-…
_MOBILE = regex("(?:86)?1[3-9][0-9]{9}")
_EXTENSION = regex("转.*|[-－—–][0-9]{1,4}$")
_LOCAL = "[2-9][0-9]{6,7}"
_APART = regex("[/、，,；;]|或")
_NOT_DIGITS = regex("[^0-9]")


def contacts(inspection: Inspection) -> Iterator[Problem]:
    """Numbers and addresses with a digit or a sign too many or too few."""
    report = inspection.report
    for key, judge in (("postcode", _postcode), ("telephone", _telephone), ("email", _email)):
        written = report.contact.get(key, "")
        if written:
            for number in map(str.strip, _APART.split(written)):
                yield from _say(judge(number), number, written, report.place(key))
    for sentence in inspection.sentences:
        if "邮" not in sentence.text and "电话" not in sentence.text and "传真" not in sentence.text:
            continue
        for pattern, judge in ((_POSTCODE, _postcode), (_TELEPHONE, _telephone), (_EMAIL, _email)):
            for match in pattern.finditer(sentence.text):
                written = match["said"].rstrip(" -－—–.（(")
                yield from _say(judge(written), written, sentence.text, sentence.place)


def _say(flaw: str, written: str, about: str, place: Place) -> Iterator[Problem]:
    if flaw:
        yield rule("contact").broken(f"“{quote(written)}”{flaw}", "请核对后改正", (place,), (written, about))


def _postcode(written: str) -> str:
    digits = written.replace(" ", "")
    return "" if re.fullmatch("[0-9]{6}", digits) else "不是六位数字的邮政编码"


def _telephone(written: str) -> str:
    """What is wrong with a telephone number; blank where it can be right."""
    bare = _EXTENSION.sub("", written) if "转" in written else written
    digits = _NOT_DIGITS.sub("", bare)
    if not digits or _plausible(digits):
        return ""
    shorter = _NOT_DIGITS.sub("", _EXTENSION.sub("", bare))
    if shorter != digits and len(shorter) >= len("1234567") and _plausible(shorter):
        return ""
    if (area := _area(digits)) and len(digits) == len(area) + 7:
        return f"少一位：区号 {area} 的电话是八位"
    return "不像电话号码：应是区号加七八位号码、十一位手机号码，或者短号"


def _plausible(digits: str) -> bool:
    if _SERVICE.fullmatch(digits) or _MOBILE.fullmatch(digits) or re.fullmatch(_LOCAL, digits):
        return True
    if area := _area(digits):
        rest = digits[len(area) :]
        return bool(re.fullmatch("[2-9][0-9]{7}", rest) or _SERVICE.fullmatch(rest))
    return bool(re.fullmatch(rf"0[3-9][0-9]{{2}}(?:{_LOCAL}|12[0-9]{{3}})", digits))


def _email(written: str) -> str:
    return "" if _ADDRESS.fullmatch(written) else "不像电子邮箱"


def _area(digits: str) -> str:
    """The area code that a number begins with, if all its numbers have eight digits; else blank."""
    return next((code for code in _areas() if digits.startswith(code)), "")


@cache
def _areas() -> tuple[str, ...]:
    codes: list[str] = tomllib.loads(FILE.read_text(encoding="utf-8"))["eight_digits"]
    return tuple(codes)

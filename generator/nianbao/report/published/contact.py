"""How the organ can be reached, where a report says it once and plainly."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.report.published.document import Line
from nianbao.report.raw_report import Value
from nianbao.report.regex import regex

_IS = r"\s*[为是：:]\s*"
_ENDS = r"[^，,；;。（）()\s]"
_PATTERNS = {
    "address": regex(rf"(?:联系|通讯|通信|办公)?地址{_IS}({_ENDS}{{4,60}})"),
    "postcode": regex(rf"(?:邮政编码|邮编){_IS}([0-9]{{6}})(?![0-9])"),
    "telephone": regex(rf"(?:联系|咨询|办公)?电话(?:号码)?{_IS}([0-9][0-9\-－—转]{{5,24}})"),
    "email": regex(rf"(?:电子)?(?:邮箱|邮件)(?:地址)?{_IS}([A-Za-z0-9._+-]+@[A-Za-z0-9.-]+[A-Za-z0-9])"),
}


def find(lines: Iterable[Line]) -> dict[str, Value]:
    """The contact's parts, by the keys of CONTACTS; of what is told in two ways, none."""
    values: dict[str, dict[str, Value]] = {}
    for line in lines:
        for key, pattern in _PATTERNS.items():
            for match in pattern.finditer(line.text):
                text = match[1].rstrip("-－—")
                values.setdefault(key, {}).setdefault(text, Value(text, line.place))
    return {key: next(iter(texts.values())) for key, texts in values.items() if len(texts) == 1}

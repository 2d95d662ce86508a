"""The particulars of a report: what the form asks beside figures and texts, in the words that clerks read."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.mandate import Mandate
from nianbao.mandate.edition import Edition
from nianbao.report.report import CONTACTS, ELEMENTS

ORGAN, YEAR = "organ", "year"
SHEET = "基本信息"
ADVICE = {  # on the elements of GB/T 9704
    "seal": "选“是”，署名和日期按加盖印章排，留出盖章的地方；不盖章的选“否”",
    "letterhead": "印红头的填，如 某某市人民政府文件；不印的留空",
    "document_number": "例如 某政〔2026〕3号；没有的留空",
    "addressees": "印在标题之下，例如 市人民政府；没有的留空",
    "copied_to": "印在最后的版记里；没有的留空",
    "printed_by": "印在最后的版记里，例如 某某市人民政府办公室；没有的留空",
    "printed_on": "印在最后的版记里，写作 2026年1月23日 的样子；没有的留空",
    "contact_note": "选“是”，上面的联系方式印在成文日期之下",
}


class Line(NamedTuple):
    """One particular: its key, the word beside it, and advice."""

    key: str
    name: str
    advice: str


def lines(mandate: Mandate) -> list[Line]:
    """What is asked for, in the order of asking."""
    kinds = "；".join(f"{kind.name}（{kind.month}月{kind.day}日前）" for kind in mandate.reporters)
    years, latest = years_covered(mandate.edition), mandate.edition.last_year or 2025
    return [
        Line(ORGAN, "机关名称", "机关全称"),
        Line("reporter", "机关类型", f"决定报告期限：{kinds}"),
        Line(YEAR, "报告年度", f"四位数的年份（{years}），例如 {latest}"),
        Line("title", "标题", "按机关名称和年度自动写出；需要时可以改"),
        Line("issued_by", "署名", "印在正文之后；不署名的留空"),
        Line("date_line", "成文日期", "写作 2026年1月23日 的样子；不署日期的留空"),
        *(Line(key, name, "可以在文字部分用 {" + name + "} 插入") for key, name in CONTACTS.items()),
        *(Line(key, name, ADVICE[key]) for key, name in ELEMENTS.items()),
    ]


def years_covered(edition: Edition) -> str:
    """The report years of an edition, in words."""
    first, last = edition.first_year, edition.last_year
    return f"{first} 至 {last}" if last else f"{first} 及以后"

"""Why a page has no report on it although a browser shows one: scripts, attachments and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from nianbao.mandate import Mandate
from nianbao.report import Unreadable, rule
from nianbao.report.published.label_matching import bare

_LEAST = 200  # characters of a page that says something itself
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ATTACHED = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_SMALL = 300  # pixels: a picture that is less wide shows no report
_MOST = 2_000_000  # characters of scripts that are looked at
_BROWSER = "请用浏览器打开网页，等正文显示后另存为“网页，单个文件”（.mhtml），或者打印成 PDF"


def refusal(root: HtmlElement, texts: Iterable[str], mandate: Mandate, file: str) -> Unreadable | None:
    """Where the report is that a page without its headings shows or offers; None where nobody can tell."""
    headings = [bare(section.heading) for section in mandate.sections]
    scripts = bare("".join(script.text or "" for script in root.iter("script"))[:_MOST])
    written = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), scripts)
    if sum(heading in written for heading in headings) > 1:
        what = "报告的正文写在网页的脚本里，要由浏览器显示，文件里没有可以读的正文"
        return rule("elsewhere").refusal(file, what, _BROWSER)
    said = "".join(texts)
    attached = [link for link in root.iter("a") if _ATTACHED.search(link.get("href", "").strip())]
    named = [link for link in attached if "报告" in f"{link.text_content()}{link.get('title', '')}"]
    if named or (attached and len(said) < _LEAST):
        name = bare((named or attached)[0].text_content())[:40]
        what = f"网页里没有报告的正文，只有附件“{name}”"
        return rule("elsewhere").refusal(file, what, "请下载这个附件，导入附件")
    if len(said) < _LEAST and any(map(_is_large, root.iter("img"))):
        what, mend = "网页里的报告是图片，没有文字", "请用文字版的报告；没有的，请在工作簿中填写"
        return rule("elsewhere").refusal(file, what, mend)
    if len(said) < _LEAST and next(root.iter("script"), None) is not None:
        what = "网页的正文要由脚本取来显示，文件里没有"
        return rule("elsewhere").refusal(file, what, _BROWSER)
    return None


def _is_large(picture: HtmlElement) -> bool:
    width = picture.get("width", "").removesuffix("px").strip()
    return not (width.isdecimal() and len(width) < 6 and int(width) < _SMALL)

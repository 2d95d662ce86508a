"""The report as a fragment with its styles on every element, for editors that take no style sheet: 公众号."""

from __future__ import annotations

from lxml import etree, html

from nianbao.media.webpage.page import write as write_page
from nianbao.report import Report

_TEXT = "margin:0.5em 0;line-height:1.8;font-size:16px;"
_CELL = "border:1px solid #767676;padding:4px;font-size:13px;line-height:1.4;text-align:center;"
STYLES = {  # by element; what such an editor takes out (positions, classes, ids) is not used
    "h1": "margin:1em 0;font-size:22px;line-height:1.4;text-align:center;font-weight:bold;",
    "h2": "margin:1.5em 0 0.5em;font-size:18px;line-height:1.5;font-weight:bold;",
    "h3": "margin:1em 0 0.5em;font-size:17px;font-weight:bold;",
    "h4": "margin:1em 0 0.5em;font-size:16px;font-weight:bold;",
    "h5": "margin:1em 0 0.5em;font-size:16px;font-weight:bold;",
    "p": f"{_TEXT}text-indent:2em;",
    "table": "width:100%;border-collapse:collapse;",
    "td": _CELL,
    "th": f"{_CELL}background-color:#f3f4f6;font-weight:bold;",
    "footer": "margin-top:2em;text-align:right;",
}
LABEL = "text-align:left;font-weight:normal;"  # of a row
_KEPT = frozenset({"colspan", "rowspan", "datetime"})  # attributes
_WIDE = "overflow-x:auto;"  # round a table: on a phone it scrolls by itself


def write(report: Report, *, draft: bool = False) -> str:
    """The article of the report's page, each element with its own style, without ids, classes and scripts."""
    page = html.document_fromstring(write_page(report, draft=draft))
    article = page.find(".//article")
    assert article is not None  # the page has one
    etree.strip_elements(article, "caption", with_tail=False)
    signed = set(article.findall("footer/p"))
    for element in article.iter():
        if not isinstance(element.tag, str):
            continue
        style = STYLES.get(element.tag, "")
        if "label" in element.get("class", "").split():
            style += LABEL
        if "scroll" in element.get("class", "").split():
            style = _WIDE
        if element in signed:
            style = _TEXT
        for name in [name for name in element.attrib if name not in _KEPT]:
            del element.attrib[name]
        if style:
            element.set("style", style)
    article.tag = "section"
    return etree.tostring(article, encoding="unicode", method="html") + "\n"

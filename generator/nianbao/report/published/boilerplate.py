"""What a site or a printer puts around a report: source and date of publication, buttons, page numbers."""

from __future__ import annotations

from nianbao.report.regex import regex

_NAMED = (  # what stands before a colon in the line below a title, and in lists of other pages
    r"(?:信息|文章|稿件)?来源|发布(?:时间|日期|机构|单位)|发文(?:日期|机关|字号)|成文日期|索引号?|公开日期|日期|时间|作者|责任编辑|编辑|"
    r"(?:浏览|点击|阅读)(?:次数|量|数)?|访问量|字[体号]|文字大小|分享(?:到|至)?|上一[篇条]|下一[篇条]|(?:您?(?:现在|当前)(?:的)?)?(?:所在)?位置"
)
_BUTTONS = r"特?[大中小]|打印(?:本页|此页)?|关闭(?:窗口|本页)?|收藏|分享|纠错|朗读|返回(?:顶部)?|繁體|简体"
_FURNITURE = regex(
    rf"(?:{_NAMED})\s*[:：].{{0,90}}|"
    rf"[\[【（(]?\s*(?:{_BUTTONS})(?:[\s|｜/\]\[】【）（]*(?:{_BUTTONS}))*\s*[\]】）)]?|"
    r"扫一扫.{0,30}|相关(?:链接|文档|附件|解读|阅读|新闻|信息).{0,60}|首页\s*[>＞»].{0,90}|附件下载.{0,30}|"
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:\s+[0-9:]{4,8})?|(?:全真版|文字版|图解版?)(?:下载)?|"
    r"[—–―－\-]+\s*[0-9０-９]{1,3}\s*[—–―－\-]+|第?\s*[0-9]{1,3}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,3}\s*页)?"
)


def is_furniture(text: str) -> bool:
    """Whether a line is no part of a report, wherever on a page it stands."""
    return _FURNITURE.fullmatch(text) is not None

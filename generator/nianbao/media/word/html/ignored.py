"""Elements that stand among letters and say nothing, or nothing that can be printed."""

from __future__ import annotations

SILENT = frozenset(
    [
        "w:pPr",
        "w:rPr",
        "w:proofErr",
        "w:bookmarkEnd",
        "w:lastRenderedPageBreak",
        "w:permStart",
        "w:permEnd",
        "w:del",
        "w:moveFrom",
        "w:moveFromRangeStart",
        "w:moveFromRangeEnd",
        "w:moveToRangeStart",
        "w:moveToRangeEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:commentReference",
        "w:annotationRef",
        "w:softHyphen",
        "w:instrText",
        "w:separator",
        "w:continuationSeparator",
        "w:noBreakHyphen",
        "w:delText",
        "w:smartTagPr",
        "w:customXmlPr",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:fldData",
    ]
)
THROUGH = frozenset(
    ["w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent", "w:sdt", "w:dir", "w:bdo"]
)
NAMED = {
    "m:oMath": "公式没有带入",
    "m:oMathPara": "公式没有带入",
    "w:object": "嵌入对象没有带入",
    "w:ruby": "拼音指南没有带入，只保留了文字",
}
EFFECTS = {
    "w:outline": "空心",
    "w:shadow": "阴影",
    "w:emboss": "阳文",
    "w:imprint": "阴文",
    "w:effect": "动态效果",
    "w:eastAsianLayout": "双行合一或纵横混排",
}

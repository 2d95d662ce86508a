"""Which properties of WordprocessingML the page leaves out: those that say nothing to it, others by name.

`w:rPr` and `w:pPr` stand in layers, and so what they say is told where it is used, by `Character.rest` and
`Paragraph.rest`; of tables, rows, cells and sections it is told where they are read. What stands in none of
these lists and is not read is told by its own name.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.media.word.html.wordml import Element, attribute, child, descendant, is_on, local, name

Rest = tuple[tuple[str, bool], ...]  # elements that nobody reads, and whether each is on


def _names(words: str) -> frozenset[str]:
    return frozenset(name(f"{word}" if ":" in word else f"w:{word}") for word in words.split())


_REVISIONS = "ins del moveFrom moveTo cellIns cellDel cellMerge rPrChange pPrChange tblPrChange trPrChange"
# Read elsewhere, or for scripts, editors and browsers other than the printed page.
PASSED = {
    "w:rPr": _names(
        f"{_REVISIONS} rStyle bCs iCs szCs cs lang noProof snapToGrid webHidden specVanish oMath"
        " w14:ligatures w14:numForm w14:numSpacing w14:stylisticSets w14:cntxtAlts"
    ),
    # LibreOffice keeps words whole whatever w:wordWrap says, and so should a figure stay.
    "w:pPr": _names(
        f"{_REVISIONS} rPr sectPr cnfStyle divId suppressLineNumbers suppressAutoHyphens adjustRightInd"
        " textboxTightWrap suppressOverlap wordWrap w15:collapsed"
    ),
    "w:tblPr": _names(
        f"{_REVISIONS} tblPrExChange tblStyle tblpPr tblOverlap tblStyleRowBandSize tblStyleColBandSize tblW"
        " jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "w:tblPrEx": _names(
        f"{_REVISIONS} tblPrExChange jc tblBorders tblCellMar tblLook tblLayout tblW tblInd shd"
    ),
    "w:trPr": _names(
        f"{_REVISIONS} cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader hidden"
        " jc"
    ),
    # w:noWrap widens a column only while Word works its width out, which the grid then has.
    "w:tcPr": _names(
        f"{_REVISIONS} tcPrChange cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar"
        " textDirection vAlign hideMark headers"
    ),
    "w:sectPr": _names(
        f"{_REVISIONS} sectPrChange headerReference footerReference footnotePr endnotePr type pgSz pgMar"
        " paperSrc pgBorders pgNumType cols formProt noEndnote titlePg docGrid printerSettings"
    ),
}
_NAMED = {
    "w:outline": "文字效果“空心”没有带入",
    "w:shadow": "文字效果“阴影”没有带入",
    "w:emboss": "文字效果“阳文”没有带入",
    "w:imprint": "文字效果“阴文”没有带入",
    "w:rtl": "从右向左的文字按从左向右排",
    "w:effect": "文字效果“动态效果”没有带入",
    "w14:textOutline": "文字效果“文本轮廓”没有带入",
    "w14:textFill": "文字效果“渐变填充”没有带入",
    "w14:shadow": "文字效果“阴影”没有带入",
    "w14:glow": "文字效果“发光”没有带入",
    "w14:reflection": "文字效果“映像”没有带入",
    "w14:props3d": "文字效果“三维格式”没有带入",
    "w14:scene3d": "文字效果“三维旋转”没有带入",
    "w:framePr": "图文框或首字下沉按普通段落排",
    "w:kinsoku": "段落不按中文习惯控制首尾字符，改为照常控制",
    "w:topLinePunct": "行首标点没有压缩",
    "w:mirrorIndents": "奇偶页对称的缩进改为左右缩进",
    "w:bidiVisual": "从右向左排列的表格改为从左向右",
    "w:tblCellSpacing": "单元格之间的间距没有带入",
    "w:tcFitText": "单元格的“适应文字”没有带入",
    "w:lnNumType": "行号没有带入",
    "w:vAlign": "页面的垂直对齐方式没有带入，正文从页面上边排起",
    "w:textDirection": "竖排的正文改为横排",
    "w:bidi": "从右向左的段落按从左向右排",
    "w:rtlGutter": "装订线在右边，改为在左边",
}  # fmt: skip
_NEUTRAL = {
    "w:vAlign": ("top",),
    "w:textDirection": ("lrTb", "tb"),
    "w14:shadow": ("none",),
}
_REVERSED = frozenset({"w:kinsoku"})  # what is told of is that it is off


def unread(element: Element) -> tuple[str, bool]:
    """The name of an element that nobody reads, and whether it changes anything on the page."""
    tag = local(element)
    if tag in _REVERSED:
        return tag, not is_on(element)
    if tag == "w:framePr":
        # LibreOffice and others write one without an extent for every paragraph.
        placed = (attribute(element, f"w:{key}") for key in ("dropCap", "wrap", "hAnchor", "w"))
        return tag, any(setting not in (None, "none", "0") for setting in placed)
    if tag == "w14:textFill":
        return tag, descendant(element, "w14:gradFill") is not None
    if tag == "w14:textOutline":
        return tag, child(element, "w14:noFill") is None
    return tag, is_on(element) and attribute(element, "w:val") not in _NEUTRAL.get(tag, ())


def named(rest: Rest) -> Iterator[str]:
    """What is lost of elements that are on, as people call it."""
    return (_NAMED.get(tag) or f"格式 {tag} 没有带入" for tag, on in rest if on)


def left_out(properties: Element | None) -> Iterator[str]:
    """What is lost of a `w:tblPr`, `w:tblPrEx`, `w:trPr`, `w:tcPr` or `w:sectPr`."""
    if properties is None:
        return iter(())
    passed = PASSED[local(properties)]
    return named(tuple(unread(element) for element in properties if element.tag not in passed))

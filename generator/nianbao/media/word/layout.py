"""GB/T 9704-2012 as numbers, and the Word styles that carry it.

Lengths are twips (1/20 pt), font sizes half-points, as WordprocessingML wants them.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 1440 / 25.4
PAGE = (round(210 * MM), round(297 * MM))
TOP, BOTTOM, LEFT, RIGHT = (round(side * MM) for side in (37, 35, 28, 26))
TYPE_AREA = PAGE[0] - LEFT - RIGHT  # 156 mm
PITCH = 579  # 225 mm in 22 lines: 28.95 pt
TIGHTER = -5  # 156 mm in 28 characters is 15.79 pt, and 3号 is 16 pt
TITLE_CHARACTERS = 20  # 2号 is 22 pt
INDENT = 632  # two characters
FOOTER = round(24.8 * MM)  # the dash stands 7 mm below the type area
PAGE_NUMBER_PITCH = 360
ONE_NUMBER_CHARACTER = 280  # 4号
LETTERHEAD_TOP = round(35 * MM)  # below the upper edge of the type area
LETTERHEAD_SIZE = 104  # half-points, at most; a longer name is set smaller, on one line
LETTERHEAD_LINE = 11  # twips a half-point of its size: the letters begin at the upper edge of their line
THICK, THIN = 8, 6  # eighths of a point: 0.35 and 0.25 mm, the rules of 版记
IMPRINT_PITCH, ABOVE_RULE = 460, 80
IMPRINT_MARGIN = ONE_NUMBER_CHARACTER  # on either side of what stands in 版记, which is of 4号
IMPRINT_WIDTH = TYPE_AREA - 2 * IMPRINT_MARGIN - 20  # a stop on the very edge falls beyond it in rounding
COLON = 3 * ONE_NUMBER_CHARACTER  # further lines of 抄送 begin behind its colon
HEADER_RULE_GAP = round(2.8 * MM)  # below a line with 1.2 mm under its letters: 4 mm from 发文字号
RED = "FF0000"
SMALL_SONG = "方正小标宋简体"
FANG, KAI, HEI, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
DIGITS = FANG  # of figures: all of one width, also in what stands in for it, which those for 宋体 are not
FONTS = (SMALL_SONG, FANG, KAI, HEI, SONG)

CELL_MARGIN = 28
CELL_AIR = 30  # between a rule and the first or last of several lines
TABLE_AIR = 80  # between a table and the headings around it
OUTER_LABELS = (600, 800)  # of labels within labels, all columns but the innermost
NUMBER_COLUMN = 620  # five digits
LABEL_INDENT = 60
ROW_HEIGHT = 350  # 6.2 mm: table 三 and its heading fit a page
TABLE_PITCH = 260
FEWEST_ABOVE, FEWEST_BELOW = 5, 2  # rows on either side of a page's end
LONGEST_GROUP = 1 / 3  # of a table's rows: a label for more does not keep them together,
FEWEST_LABELLED = 6  # but for so many, beside which its words have room

TITLE, BODY, SIGNATURE, DATE = "Title", "BodyText", "Signature", "Date"
HEADINGS = {1: "Heading1", 2: "Heading2", 3: "Heading3", 4: "Heading4"}
SECTION_HEADINGS = {  # of level 1, by whether a table stands above, and below
    (False, False): HEADINGS[1], (False, True): "HeadingAboveTable",
    (True, True): "HeadingBetweenTables", (True, False): "HeadingBelowTable",
}  # fmt: skip
RUN_IN = {2: "RunIn2", 3: "RunIn3", 4: "RunIn4"}
LEAD, FIGURE_TAG = "Lead2", "FigureTag"
TABLE_TEXT, TABLE_LABEL, TABLE_FIGURE, TABLE_GRID = "TableText", "TableLabel", "TableFigure", "TableGrid"
LETTERHEAD, DOCUMENT_NUMBER, HEADER_RULE = "Letterhead", "DocumentNumber", "HeaderRule"
ADDRESSEES, CONTACT_NOTE, IMPRINT, COPIED_TO = "Addressees", "ContactNote", "Imprint", "CopiedTo"
IMPRINT_TABLE, AFTER_TABLE = "ImprintTable", "AfterTable"
TABLE_STYLES = {TABLE_GRID: "Table Grid", IMPRINT_TABLE: "版记"}
FOOTER_ODD, FOOTER_EVEN, HEADER = "FooterOdd", "FooterEven", "Header"


@dataclass(frozen=True)
class Style:
    """One Word style; blanks are inherited."""

    id: str
    name: str
    kind: str = "paragraph"
    based_on: str = "Normal"
    next: str = ""
    font: str = ""
    latin: str = ""  # the font of digits and Latin letters, where it is another
    size: int = 0
    spacing: int | None = None
    align: str = ""
    line: tuple[int, str] | None = None
    before: int = 0
    after: int = 0
    first_line: int | None = None
    left: int = 0
    right: int = 0
    keep_next: bool = False
    outline: int | None = None
    hanging: int = 0
    color: str = ""
    rule: tuple[int, str] | None = None  # below: eighths of a point, and a colour
    tab: int = 0  # a right stop


_TITLE, _IMPRINT = (720, "exact"), (IMPRINT_PITCH, "exact")
_RULE, _LETTERHEAD = (HEADER_RULE_GAP, "exact"), (LETTERHEAD_SIZE * LETTERHEAD_LINE, "exact")
STYLES = (  # one a line
    Style(TITLE, "Title", font=SMALL_SONG, size=44, spacing=0, align="center", line=_TITLE, after=PITCH),
    Style(HEADINGS[1], "heading 1", next=BODY, font=HEI, first_line=INDENT, keep_next=True, outline=0),
    Style(SECTION_HEADINGS[False, True], "表前标题", based_on=HEADINGS[1], next=BODY, after=TABLE_AIR),
    Style(SECTION_HEADINGS[True, True], "表间标题", based_on=HEADINGS[1], next=BODY, before=TABLE_AIR,
          after=TABLE_AIR),
    Style(SECTION_HEADINGS[True, False], "表后标题", based_on=HEADINGS[1], next=BODY, before=TABLE_AIR),
    Style(HEADINGS[2], "heading 2", next=BODY, font=KAI, first_line=INDENT, keep_next=True, outline=1),
    Style(HEADINGS[3], "heading 3", next=BODY, first_line=INDENT, keep_next=True, outline=2),
    Style(HEADINGS[4], "heading 4", next=BODY, first_line=INDENT, keep_next=True, outline=3),
    Style(BODY, "Body Text", first_line=INDENT),
    Style(RUN_IN[2], "二级标题段", based_on=BODY, next=BODY, outline=1),
    Style(RUN_IN[3], "三级标题段", based_on=BODY, next=BODY, outline=2),
    Style(RUN_IN[4], "四级标题段", based_on=BODY, next=BODY, outline=3),
    Style(SIGNATURE, "Signature", next=DATE, align="right", before=PITCH, right=INDENT, keep_next=True),
    Style(DATE, "Date", align="right", right=INDENT),
    Style(LETTERHEAD, "发文机关标志", font=SMALL_SONG, size=LETTERHEAD_SIZE, spacing=0, align="center",
          line=_LETTERHEAD, before=LETTERHEAD_TOP, after=2 * PITCH, color=RED),
    Style(DOCUMENT_NUMBER, "发文字号", align="center"),
    Style(HEADER_RULE, "版头分隔线", size=12, line=_RULE, after=2 * PITCH, rule=(12, RED)),
    Style(ADDRESSEES, "主送机关", next=BODY),
    Style(CONTACT_NOTE, "附注", align="left", first_line=INDENT),
    Style(COPIED_TO, "抄送机关", size=28, spacing=0, line=_IMPRINT, left=COLON, hanging=COLON,
          keep_next=True),
    Style(IMPRINT, "印发机关和印发日期", size=28, spacing=0, line=_IMPRINT, tab=IMPRINT_WIDTH),
    Style(AFTER_TABLE, "表后", size=2, line=(10, "exact")),
    Style(TABLE_TEXT, "表格文字", font=SONG, size=21, spacing=0, align="center", line=(TABLE_PITCH, "exact")),
    Style(TABLE_LABEL, "表格行标签", based_on=TABLE_TEXT, align="left", left=LABEL_INDENT),
    Style(TABLE_FIGURE, "表格数字", based_on=TABLE_TEXT, latin=DIGITS),
    Style(HEADER, "header", size=18, spacing=0, line=(240, "auto")),
    Style("Footer", "footer", font=SONG, size=28, spacing=0, line=(PAGE_NUMBER_PITCH, "exact")),
    Style(FOOTER_ODD, "单页页码", based_on="Footer", align="right", right=ONE_NUMBER_CHARACTER),
    Style(FOOTER_EVEN, "双页页码", based_on="Footer", align="left", left=ONE_NUMBER_CHARACTER),
    Style(FIGURE_TAG, "数据标签", kind="character", based_on="", size=2, color="808080"),
    Style(LEAD, "二级标题字", kind="character", based_on="", font=KAI),
)  # fmt: skip

"""GB/T 9704-2012 as numbers, and the names of the Word styles that carry it.

Lengths are twips (1/20 pt), font sizes half-points, as WordprocessingML wants them.
"""

from __future__ import annotations

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
SMALL_SONG = "方正小标宋简体"
FANG, KAI, HEI, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
FONTS = (SMALL_SONG, FANG, KAI, HEI, SONG)

CELL_MARGIN = 28
OUTER_LABELS = (600, 800)  # of labels within labels, all columns but the innermost
NUMBER_COLUMN = 620  # five digits
LABEL_INDENT = 60
ROW_HEIGHT = 380  # 6.7 mm: table 三 and its heading fill a page
TABLE_PITCH = 260

TITLE, BODY, SIGNATURE, DATE = "Title", "BodyText", "Signature", "Date"
HEADINGS = {1: "Heading1", 2: "Heading2", 3: "Heading3", 4: "Heading4"}
RUN_IN = {2: "RunIn2", 3: "RunIn3", 4: "RunIn4"}
LEAD = "Lead2"
TABLE_TEXT, TABLE_LABEL, TABLE_FIGURE, TABLE_GRID = "TableText", "TableLabel", "TableFigure", "TableGrid"
FOOTER_ODD, FOOTER_EVEN, HEADER = "FooterOdd", "FooterEven", "Header"

"""What is left out of a file is told once for each reason and part; what is unclear names its cell."""

from nianbao.report import Place
from nianbao.report.left_out import LeftOut, Reason, tell, unclear


def at(cell: str, part: str = "正文") -> Place:
    return Place("甲.docx", part=part, cell=cell)


def test_one_notice_for_each_reason_and_part() -> None:
    found = tell(
        [
            LeftOut(Reason.STRUCK, "5", at("表 1 第 4 行第 2 列")),
            LeftOut(Reason.NOTE_MARK, "1", at("表 1 第 4 行第 2 列")),
            LeftOut(Reason.STRUCK, "旧的一句。", at("第 3 段")),
            LeftOut(Reason.STRUCK, "5", at("第 9 段", "页脚")),
        ]
    )
    assert [(problem.code, str(problem)) for problem in found] == [
        (
            "not-read",
            "甲.docx › 正文 › 表 1 第 4 行第 2 列、第 3 段：删除线划去的文字没有读入：“5”“旧的一句。”。"
            "请核对；要作为报告内容的，请改为普通文字。",
        ),
        (
            "not-read",
            "甲.docx › 正文 › 表 1 第 4 行第 2 列：上标的注号没有读入：“1”。"
            "请核对；要作为报告内容的，请改为普通文字。",
        ),
        (
            "not-read",
            "甲.docx › 页脚 › 第 9 段：删除线划去的文字没有读入：“5”。"
            "请核对；要作为报告内容的，请改为普通文字。",
        ),
    ]


def test_more_than_five_texts_are_told_in_short() -> None:
    [found] = tell(LeftOut(Reason.HIDDEN, f"第{n}句", at(f"第 {n} 段")) for n in range(1, 8))
    assert found.what == "隐藏的文字没有读入：“第1句”“第2句”“第3句”“第4句”“第5句”等"
    assert len(found.places) == 7


def test_an_unclear_cell_is_an_error_with_its_reason() -> None:
    found = unclear("两个字的大小不同", "58", at("表 1 第 4 行第 2 列"))
    assert (found.code, str(found)) == (
        "unclear-figure",
        "甲.docx › 正文 › 表 1 第 4 行第 2 列：这一格的“58”读不准：两个字的大小不同，没有读入。"
        "请对照原件，填写这一格的数。",
    )

"""The proofreader: sound paragraphs raise nothing, slips are said to the letter."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nianbao.report.checks.language import CHECKS, slips
from nianbao.report.checks.language.lexicon import lexicon

from tests.report.checks.examples import Example, found
from tests.reports import found_by, sound, take

ORDINARY = Path(__file__).with_name(
    "ordinary.txt"
)  # a sentence or more a line, as clerks of every kind write

SOUND = [
    "全年上网的文件都配了解读，群众问得最多的三件事做成了图解：怎么办、找谁办、多久办好。",
    "我局与市审计局、省财政厅共用一套目录，重复的栏目合并了，合并和平移都有记录。",
    "依照《关于印发〈某某办法〉的通知》（某政办〔2025〕12号），来件当天登记；“先登记、后办理”已成习惯。",
    "一是一、二是二，台账上的数与系统里的数逐条核对，核对之后再报送。",
    "第一季度改版，第二、三季度试运行，第四季度验收，验收会在12月20日至22日召开。",
    "公众可以致电0591-87654321（工作日9:00—17:00），也可以写信到a.b@mm.gov.cn，邮编350400。",
    "网址https://www.mm.gov.cn/zfxxgk/index.html?id=3&p=2，手机扫码也行。",
    "来件有三条路：1.网上；2.信函；3.当面。哪条都行，（1）留名，（2）留电话，（3）写清要什么。",
    "答复书统一用A4纸，附上《须知》；须知分“怎么看”“怎么问”“问谁”三栏……",
    "谁起草谁解读、谁公开谁负责，层层把关、步步留痕，人人都有账号，天天都有人看。",
    "我市市级部门、我市市场主体、我市市民都能查；我省省级平台也能查。",
    "其中两处是链接打不开，三处是错字；之所以错，原因之一是人手紧，之二是校对少。",
    "其一是目录，其二是指南，其三是年报；统一是为了好查，唯一是要求。",
    "群众的的确确方便了；窗口时间为9:30，地点:A座。",
    "村村通上了网，户户领到了卡；县县有专区，镇镇有窗口；大大小小、林林总总都上墙。",
    "做到了了如指掌；以及及时更新，涉及及早处理；存在在线答复偏慢，参与与否自愿。",
    "一是办事指南好找，另一是政策好懂。",
    "程序是：a)登记；b)转办；c)答复。案号为（2024）某01行初12号，地址在一号路2号楼。",
    "做法是：登记—转办—答复——归档；截止日期为每月5日。",
    "组织开展政务公开公开日活动，信息信息员队伍有专人，服务服务对象是本分，也学学习强国的做法。",
    "“三审三校”、“一网通办”、“双公示”（含“跨省通办”）都已上线（见附件）。",
    "坚持公开为常态、不公开为例外，公平公正公开，能公开的都公开。",
    "标准化规范化标准已经印发，二十二十一两条专线并网，研究研究再定的事不拖。",
]


def said(section: str, *paragraphs: str) -> list[str]:
    """What is found where these paragraphs are added to a sound report."""
    edits = tuple(("", section, "+", one) for one in paragraphs)
    return [str(one) for one in found(Example("", "", edits, broken=True))]


BOUNDARIES = [
    "把政务公开作为依法行政的抓手，对政务公开作了部署，就政务公开作专题辅导，政务公开做到常抓不懈。",
    "县长对政府信息公开作出批示，政府信息公开度逐年提高，信息公开员到岗，成立政务公开领导组。",
    "公开财政决算12份、财政预算12份；依法主动公开内容，市政门户网站和民政门户网站互相链接。",
    "现有有效文件12件，没有有关投诉，所有有关单位、具有有效资质的机构都在册，仍有有待改进之处。",
    "应对对外窗口的咨询，把把关人的名字写上；成就就此归档；从从业者到群众都能查。",
    "引进一部自助终端，改进一部分栏目，离群众更近一步；再进一步，进一步规范。",
    "推行“采4篇记2分”的办法，推行“一事多申”合并办理，免申即享的政策应享尽享，应申尽申，被采纳12条、采用4条。",
    "力推精品、强服务，着力提质效；全面推开，深入推介，稳步推行，有序推送，扎实推动公开提质。",
    "严把审核关、发布关，把好内容审核关；在县政府网站设专栏3个，该栏目置首页，了解信息公开请致电。",
    "编印政策读本12册，食药品监管信息120条；规范理赔信息，数据计入台账，会审制度和技改措施公开。",
    "XX项目的环评报告书已公示。",
    "对调整该栏目的建议作了答复，修整该路段的公告已发布；（七）余论。",
    "韩𬭎、石𬒗两同志专职办理；𠮷林村的专栏𬭎与😀两字都能显示。",  # signs beyond the first 65,536
]


@pytest.mark.parametrize("text", BOUNDARIES)
def test_words_that_only_meet_are_no_slips(text: str) -> None:
    assert read("来件当天登记。", text) == []


LACKING = [
    ("全年新收申净增418件。", "申"),
    ("逾期未缴纳费用，按放弃申处理。", "申"),
    ("全年共审息301条。", "息"),
    ("报送信息12篇，被采4篇。", "采"),
    ("隐患排查中发现患4处。", "患"),
]


@pytest.mark.parametrize(("text", "character"), LACKING, ids=[text for text, _ in LACKING])
def test_a_character_that_has_lost_its_other_half_is_told(text: str, character: str) -> None:
    [told] = read("来件当天登记。", text)

    assert f"“{character}”的前后漏了字" in told


COUNTED = [
    ("梳理出“培训偏少”“形式单一”四个问题。", "“培训偏少”“形式单一”四个问题”说的是 4，前面列了 2 个"),
    ("设置“我要看”、“我要问”和“我要查”2个专栏。", "说的是 2，前面列了 3 个"),
    ("主要存在以下三个问题：一是培训偏少；二是解读偏少。", "说的是 3，后面分了 2 条"),
    (
        "存在两方面不足。一是解读偏少。二是培训偏少。三是更新偏慢。",
        "存在两方面不足。”说的是 2，后面分了 3 条",
    ),
    ("下一步做好2项工作：第一，补齐目录。第二，多配图解。第三，加强培训。", "说的是 2，后面分了 3 条"),
    ("存在以下四点不足：\n一是解读偏少。\n二是培训偏少。", "说的是 4，后面分了 2 条"),
]


@pytest.mark.parametrize(("text", "said"), COUNTED, ids=[text for text, _ in COUNTED])
def test_a_list_has_as_many_things_as_it_is_said_to_have(text: str, said: str) -> None:
    [told] = read("来件当天登记。", *text.split("\n"))

    assert said in told


@pytest.mark.parametrize(
    "text",
    [
        "梳理出“培训偏少”“形式单一”两个问题，设置“我要看”等3个专栏，推广“甲”“乙”等4个栏目。",
        "“互联网+政务服务”“互联网+监管”15项任务都已完成，“一网通办”“跨省通办”各3个专区。",
        "主要存在以下两个问题：一是培训偏少；二是解读偏少。",
        "主要存在三个问题：一是培训偏少；二是解读偏少；此外，更新偏慢。",
        "对上年指出的三个问题逐项整改：一是补齐目录；二是多配图解。",
        "召开推进会3次。一是部署任务；二是通报情况。办理了2件建议：一是目录建议；二是解读建议；三是培训建议。",
        "全县32个单位参加，分两个方面、21项任务：一是公开；二是解读；三是回应。",
        "三个问题都已整改。一是培训偏少的，增加两期；二是解读偏少的，补发9篇。",
        "5个栏目、3个方面等：一是公开；二是解读。",
    ],
)
def test_a_list_that_is_not_all_that_is_counted_is_left_alone(text: str) -> None:
    assert read("来件当天登记。", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "建立检查结果共享机制，避免多头检查、重复检查。全年依托平台，共享检查",
        "与市有关部门建立检查结果共享的机制，避免多头检查和重复检查，共享检查",
    ],
)
def test_a_paragraph_that_breaks_off_is_told(text: str) -> None:
    assert read("来件当天登记。", text) == [
        "一段的末尾没有标点，像是没有写完：“…共享检查”。请把话写完，补上句号"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "强化组织领导，压实工作责任，确保政务公开的各项工作落到实处\n局长任组长。",
        "（一）强化组织领导，压实工作责任，确保政务公开各项工作落到实处",
        "联系地址：某某县某某街道中心路1号。邮政编码：350400，联系人：政务公开股",
        "本报告的电子版可以在网站下载。网址为www.mm.gov.cn/zfxxgk",
        "主要做法有三条。来件当天登记，当天转办，逾期的逐件通报，办法如下：",
        "推进公开标准化。强调“谁起草、谁解读，谁公开、谁负责，谁审查、谁签字”",
    ],
)
def test_a_line_that_needs_no_full_stop_is_left_alone(text: str) -> None:
    assert read("来件当天登记。", *text.split("\n")) == []


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_paragraph_is_left_alone(text: str) -> None:
    assert said("一", text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "会上传达了有关的精神精神，并作部署。",
            "“精神”连写了两遍：“…传达了有关的精神精神，并作部署。…”。请删去一个“精神”。",
        ),
        (
            "差距：一是目录不全；三是指引不清；三是人手不够。",
            "分条的序号不连续：“一是……三是……三是”（缺第 2 条，“三是”有 2 处）。请改正序号，或补上漏掉的一条。",
        ),
        (
            "还要完善机制、一是补目录；二是写指引。",
            "“一是”之前的标点是“、”：“…还要完善机制、一是补目录；二是”。请改为冒号或句号。",
        ),
        (
            "网站（含手机版)同步更新。",
            "“（”与“)”配成一对：“（含手机版)”。请改为“（”与“）”。",
        ),
        (
            "按照某政办[2025]012号文件办理。",
            "文号“[2025]012号”的年份没有用六角括号、的序号编了虚位。请写作“〔2025〕12号”。",
        ),
        (
            "转发了《关于印发<办法>的通知》。",
            "书名号里层的“办法”没有用〈〉。请写作“〈办法〉”。",
        ),
        (
            "电子版见https//www.mm.gov.cn。",
            "网址“https//www.mm.gov.cn”写得不对（“https//”）。请核对冒号、斜线和点，在浏览器中试着打开。",
        ),
        (
            "其余的依法不子公开。",
            "“不子公开”有错漏字：“…其余的依法不子公开。…”。请改为“不予公开”。",
        ),
    ],
)
def test_a_slip_is_said_to_the_letter(text: str, problem: str) -> None:
    assert said("一", text) == [f"报告.json › sections › 一 第 11 段：{problem}"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["不足：一是目录不全；二是指引不清。打算：一是补目录；三是加人手。"],
        ["（一）不足", "一是目录不全；二是指引不清。", "（二）打算", "三是加人手。"],
        ["一是补目录：一是查，三是列；二是写指引。"],
        ["一要补目录，三要写指引。"],
        ["原因有三：其一，目录不全；其三，人手不够。"],
    ],
)
def test_a_list_does_not_go_on_from_another_one(paragraphs: list[str]) -> None:
    [problem] = said("五", *paragraphs)

    assert "分条的序号不连续" in problem


@pytest.mark.parametrize(
    "address",
    [
        "www.mm..gov.cn",
        "wwww.mm.gov.cn",
        "www，mm.gov.cn",
        "www.mm.gov，cn",
        "http:///mm.gov.cn",
        "https：//mm.cn",
    ],
)
def test_an_address_that_no_browser_opens_is_told_once(address: str) -> None:
    [problem] = said("一", f"电子版见{address}。")

    assert "写得不对" in problem


def test_half_width_marks_are_told_once_for_a_section_with_their_number() -> None:
    assert said("一", "登记,转办,答复都留痕。", "网站(含手机版)同步更新。") == [
        "报告.json › sections › 一 第 11 段、一 第 12 段：有 3 处半角标点夹在汉字之间，如“…登记,转办,答复都…”。请改为全角标点。"
    ]


@pytest.mark.parametrize(
    ("paragraphs", "wrong"),
    [
        (["（1）登记。", "（2）转办。", "（4）答复。"], "“（2）”之后是“（4）”"),
        (["1、登记。", "2、转办。", "4、答复。"], "“2、”之后是“4、”"),
        (["2.登记。"], "从“2.”开始"),
        (["（七）其他方面"], "“（五）”之后是“（七）”"),
        (["（六）其他方面", "1.登记。", "（七）余论", "2.转办。"], "从“2.”开始"),
    ],
)
def test_numbering_that_jumps_is_told_with_the_number_before(paragraphs: list[str], wrong: str) -> None:
    [problem] = said("一", *paragraphs)

    assert f"分段的序号不连续：{wrong}" in problem


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            "（六）其他方面",
            "1.登记。",
            "（1）网上。",
            "（2）窗口。",
            "2.转办。",
            "（1）当日。",
            "（七）余论",
            "1.答复。",
        ],
        ["（一）另起", "（二）再起"],
        ["10多个栏目改版。", "3.5万人看过。"],
    ],
)
def test_numbering_that_goes_on_or_begins_anew_is_not_told(paragraphs: list[str]) -> None:
    assert said("一", *paragraphs) == []


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["措施有三。一是补目录。[…略]三是加人手。"],
        ["一是补目录。", "[…以下略]", "四是加人手。五是查漏。"],
        ["[…略] 二是写指引，三是（[…略]）加人手。"],
    ],
)
def test_what_says_that_it_is_abridged_is_not_blamed_for_its_gaps(paragraphs: list[str]) -> None:
    assert said("五", *paragraphs) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("开设“问政“栏目。", "“"),
        ("开设问政”栏目。", "”"),
        ("开设（问政【新）】栏目。", "【"),
        ("按照《办法的规定。", "《"),
        ("按照办法》的规定。", "》"),
        ("某政办〔2025 12号。", "〔"),
        ("说“先‘登记”。", "‘"),
    ],
)
def test_the_bracket_that_stands_alone_is_the_one_that_is_told(text: str, mark: str) -> None:
    [problem] = said("一", text)

    assert f"“{mark}”没有与它成对的" in problem


def test_a_slip_in_the_table_changes_the_text_and_its_mend_is_no_slip() -> None:
    known = slips.table()["slips"] | slips.table()["beginnings"]

    assert [wrong for wrong, right in known.items() if wrong == right or wrong in right] == []
    assert [right for right in known.values() if any(wrong in right for wrong in known)] == []
    assert [wrong for wrong in known if not re.fullmatch("[一-鿿“”、]{2,12}", wrong)] == []


def read(*paragraphs: str) -> list[str]:
    """What the proofreader says of these paragraphs alone."""
    document = sound(2025)
    document["sections"]["一"] = "\n".join(paragraphs)
    return [f"{one.what}。{one.mend}" for one in found_by(CHECKS, take(document))]


def test_ordinary_sentences_raise_nothing() -> None:
    assert read(*ORDINARY.read_text(encoding="utf-8").splitlines()) == []


SLIPS = [  # a paragraph with a slip, what is told of it, and what it is after the mend
    ("本局严格按照政府信公开条例办理。", "政府信公开条例", "本局严格按照政府信息公开条例办理。"),
    ("加强政信息管理，逐件认定属性。", "政信息管理", "加强政府信息管理，逐件认定属性。"),
    ("依申公开方面，来件当日登记。", "依申公开", "依申请公开方面，来件当日登记。"),
    ("行政复3件，均已审结。", "行政复", "行政复议3件，均已审结。"),
    ("政务新体运行平稳。", "政务新体", "政务新媒体运行平稳。"),
    ("政务息信公开专栏每周更新。", "息信", "政务信息公开专栏每周更新。"),
    ("有关工作由办公室布署。", "布署", "有关工作由办公室部署。"),
    ("个别单位对此认识不祖。", "不祖", "个别单位对此认识不足。"),
    ("平台建社方面，完成网站升级。", "平台建社", "平台建设方面，完成网站升级。"),
    ("公开渠到不够丰富。", "公开渠到", "公开渠道不够丰富。"),
    ("县人民政政府办公室印发通知。", "政", "县人民政府办公室印发通知。"),
    ("国务院院办公厅印发的文件及时转发。", "院", "国务院办公厅印发的文件及时转发。"),
    ("严格落落实三审三校制度。", "落", "严格落实三审三校制度。"),
    ("做好政策解读读工作。", "读", "做好政策解读工作。"),
    ("推进重点领域域信息公开。", "域", "推进重点领域信息公开。"),
    ("全年组织培训训3次。", "训", "全年组织培训3次。"),
    ("办件质量有所提升升。", "升", "办件质量有所提升。"),
    ("全年办结来信12件件。", "件", "全年办结来信12件。"),
    ("接待群众160余余人。", "余", "接待群众160余人。"),
    ("年报由由办公室编制。", "由", "年报由办公室编制。"),
    ("要求召开召开会议研究。", "召开", "要求召开会议研究。"),
    ("今后进一步进一步补齐目录。", "进一步", "今后进一步补齐目录。"),
    ("年报可在在县政府网站查阅。", "在", "年报可在县政府网站查阅。"),
    ("严格保密审察，逐件签字。", "保密审察", "严格保密审查，逐件签字。"),
    ("公开指由办公室维护。", "公开指", "公开指南由办公室维护。"),
    ("市市政府的网站同步更新。", "市", "市政府的网站同步更新。"),
    ("主动公开的意识仍有有差距。", "有", "主动公开的意识仍有差距。"),
    ("目录与清单未未按月更新。", "未", "目录与清单未按月更新。"),
    ("对发现的问题逐项整该，逐条销号。", "整该", "对发现的问题逐项整改，逐条销号。"),
    ("培训次数有待进一部增加。", "进一部", "培训次数有待进一步增加。"),
    ("答复书由法制人员复和后送达。", "复和", "答复书由法制人员复核后送达。"),
    ("公开内容更加祥实。", "祥实", "公开内容更加详实。"),
    ("栏目更加清淅。", "清淅", "栏目更加清晰。"),
    ("公开方式近一步增多。", "近一步", "公开方式进一步增多。"),
    ("今年以来扎实推公开工作。", "扎实推", "今年以来扎实推进公开工作。"),
]


@pytest.mark.parametrize(("text", "wrong", "right"), SLIPS, ids=[slip[1] for slip in SLIPS])
def test_a_slip_is_told_once_and_its_mend_leaves_nothing_to_tell(text: str, wrong: str, right: str) -> None:
    [told] = read(text)
    misprint, doubling = re.search("请改为“(.+)”", told), re.search("请删去一个“(.+)”", told)
    if misprint:
        mended = text.replace(wrong, misprint[1])
    else:
        assert doubling is not None
        mended = text.replace(2 * wrong, doubling[1])

    assert told.startswith(f"“{wrong}”")
    assert (mended, read(mended)) == (right, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "公布耕地力地力保护补贴的发放情况。",
            "“地力”连写了两遍：“…公布耕地力地力保护补贴的发…”。请核对前后的字，删去多写的",
        ),
        (
            "各单位构进行登记。",
            "“构”的前后漏了字：“…各单位构进行登记。…”。请补上漏掉的字",
        ),
    ],
)
def test_no_word_is_proposed_where_it_is_not_sure(text: str, told: str) -> None:
    assert read(text) == [told]


def test_a_term_cut_short_at_the_end_of_a_sentence_is_told_though_it_stands_whole_elsewhere() -> None:
    assert read("清理文件，做好主动公开政府信。各科室及时主动公开政府信息。") == [
        "“主动公开政府信。”有错漏字：“…理文件，做好主动公开政府信。各科室及时主…”。请改为“主动公开政府信息。”"
    ]


def test_what_is_wrong_at_the_beginning_of_a_word_is_right_within_another() -> None:
    assert read("年末收到的来件，由经办人自己完成登记，群众感受里外如一。") == []
    assert read("各科室末收到举报。") == ["“末收到”有错漏字：“…各科室末收到举报。…”。请改为“未收到”"]


def test_the_same_slip_is_told_once_for_a_paragraph() -> None:
    assert len(read("事项都作了布署。", "栏目由办公室布署，培训由人事科布署。")) == 2


def test_what_stands_in_quotation_marks_is_a_play_upon_words() -> None:
    assert read("好风景带来好“钱景”，小窗口当好“办式员”。") == []


@pytest.mark.parametrize(
    ("paragraphs", "twice"),
    [
        (["来件当天登记，次日转办。来件当天登记，次日转办。"], "来件当天登记，次日转办"),
        (["重视程度不够，重视程度不够，更新偏慢。"], "重视程度不够"),
        (["1.窗口每周收两次信函，由专人拆封、登记、编号，再转办。", "2.窗口每周收两次信函，由专人拆封、登记、编号，再转办。"],
         "窗口每周收两次信函，由专人拆封、登记、编号，再转办"),
    ],
)  # fmt: skip
def test_a_sentence_that_stands_twice_is_told(paragraphs: list[str], twice: str) -> None:
    assert read(*paragraphs) == [f"同一句话写了两遍：“{twice}”。请删去一遍"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["复议方面，没有逾期答复。", "诉讼方面，没有逾期答复。"],
        ["能公开的公开，该公开的公开，应公开的公开。"],
        ["来件中企业及其他组织3件，其他组织3件。"],
        ["全年没有收到这类申请。", "窗口照常开放。", "全年没有收到这类申请。"],
    ],
)
def test_what_is_short_or_a_formula_may_be_said_again(paragraphs: list[str]) -> None:
    assert read(*paragraphs) == []


@pytest.mark.parametrize(
    ("paragraphs", "flaw"),
    [
        (["一、登记", "当天登记。", "三、转办", "次日转办。"], "“一、”之后是“三、”"),
        (["①登记。", "②转办。", "④答复。"], "“②”之后是“④”"),
        (["1）登记。", "3）转办。"], "“1）”之后是“3）”"),
        (["程序：（1）登记；（3）转办。"], "“（1）”之后是“（3）”"),
        (["程序：①登记；②转办；②答复。"], "“②”之后是“②”"),
        (["1.登记。2.转办。", "4.答复。"], "“2.”之后是“4.”"),
    ],
)
def test_numbers_of_every_style_are_counted(paragraphs: list[str], flaw: str) -> None:
    [told] = read(*paragraphs)

    assert f"的序号不连续：{flaw}" in told


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["1.2025年登记。", "2.转办。"],
        ["1.登记", "（一）网上", "（二）窗口", "2.转办", "（一）科室"],
        ["1.登记。2.转办。", "3.答复。"],
        ["程序：①登记；②转办。步骤：①摸底；②清理。"],
        ["依据是条例第二十条第（一）项、第（三）项；（五）项另有规定。"],
        ["六、其他需要报告的事项"],
    ],
)
def test_numbers_that_go_on_in_their_own_style_are_not_told(paragraphs: list[str]) -> None:
    assert read(*paragraphs) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("，来件当天登记。", "以标点“，”开头"),
        ("材料（登记、转办、）都留痕。", "“、）”连用"),
        ("材料（，登记）都留痕。", "“（，”连用"),
    ],
)
def test_marks_beside_a_bracket_or_before_a_line_are_told(text: str, mark: str) -> None:
    [told] = read(text)

    assert mark in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026年×月底前补齐目录。", "里的“×”还没有填。请填上数或日期"),
        ("定于3月X日开班。", "里的“X”还没有填。请填上数或日期"),
        ("收到×件来信。", "里的“×”还没有填。请填上数或日期"),
        ("图解××篇。", "里的“××”还没有填。请填上数或日期"),
        ("（待补充）", "还留着模板的字样“（待补充”"),
        ("除此之外，XX机关没有其他需要报告的事项。", "里的“XX”还没有填。请写上机关的名称"),
        ("2025年××县人民政府未收取信息处理费。", "里的“××”还没有填。请写上机关的名称"),
        ("＊＊局没有其他需要报告的事项。", "里的“＊＊”还没有填。请写上机关的名称"),
        ("全年没有减免情况XX。", "里的“XX”还没有填。请删去这些字，写上本机关的情况"),
    ],
)
def test_a_blank_of_the_template_that_nobody_filled_is_told(text: str, said: str) -> None:
    [told] = read("来件当天登记。", text)

    assert said in told


@pytest.mark.parametrize(
    "text",
    [
        "申请人要求公开XX街道的拆迁补偿标准，已书面答复。",
        "对“XX局在哪里办公”一类的咨询，当场说明。",
        "统一使用“关于××市××局的答复”作标题。",
        "档案盒上写XX-2025-001的编号。",
        "申请人李XX、某公司XX，均已答复；证明人XX。",
    ],
)
def test_a_name_that_is_left_out_on_purpose_is_no_blank(text: str) -> None:
    assert read("来件当天登记。", text) == []


@pytest.mark.parametrize("text", ["费用等于单价×件数。", "图版3×5厘米，X射线机2台。", "宣传车*2。"])
def test_signs_that_stand_for_something_are_no_blanks(text: str) -> None:
    assert read("来件当天登记。", text) == []


def test_every_slip_and_every_term_can_be_found() -> None:
    words, known = lexicon(), slips.table()["slips"] | slips.table()["beginnings"]
    pairs = {wrong: [wrong[at : at + 2] for at in range(len(wrong) - 1)] for wrong in known}

    assert [wrong for wrong, two in pairs.items() if words.words.issuperset(two)] == []
    assert [word for word in words.words if len(word) != len("二字")] == []
    terms = {right for by in words.broken.values() for variants in by.values() for _, right in variants}
    assert read(*(f"{term}。" for term in sorted(terms))) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("没有收取信息处理费，没有别的事项。（文字描述，收取信息处理费情况在此处报告。）", ["left-over"]),
        ("没有收取信息处理费，接到来信XX件。", ["unfilled"]),
        ("没有收取信息处理费，没有别的事项。", []),
    ],
)
def test_what_is_left_of_the_template_is_told_in_a_section_of_one_paragraph(
    text: str, codes: list[str]
) -> None:
    document = sound(2025)
    document["sections"]["六"] = text

    assert [problem.code for problem in found_by(CHECKS, take(document))] == codes

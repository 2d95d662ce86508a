"""Where a text names the organ that reports: who compiles, whom to ask, whose year it is, who does it all."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from nianbao.report.regex import regex

_NAME = "(?P<who>[一-鿿]{2,26}?)"
_OFFICE = (
    "(?:(?:党组|党政|综合|党政综合|政务公开|信息公开|政府信息公开|政务公开工作)?"
    "(?:办公室|办公厅|综合科|公开办|办))?"
)
_NEAR = 30  # characters
_YEAR = "(?:20[0-9]{2}|二〇[一-鿿〇]{2})年"
_START = "(?:^|(?<=[，。；：、\\s）)]))"


_ELSEWHERE = regex(  # the sentence speaks of dealings with others, or of the past
    "学习|考察|借鉴|赴|对标|交流|协作|合作|毗邻|相邻|邻近|周边|兄弟|转[送交办至来]|移送|移交|[发来去复致]函|函[告询请转复]|征求|会同|联合|跨|共建|共享"
    "|对口|例如|比如|譬如|等地|等县|等市|先进|经验|协查|协同|互认|来访|观摩|参观|两地|三地|携手|联动|签订|签署"
    "|更名|改名|前身|撤销|并入|划[转入出归]|挂牌|机构改革|合并"
)


def is_elsewhere(text: str, at: int) -> bool:
    """Whether what is said about a name at a character is of dealings with others, or of the past."""
    start = max(text.rfind("。", 0, at) + 1, at - _NEAR)
    end = text.find("。", at)
    return bool(_ELSEWHERE.search(text, start, min(end if end >= 0 else len(text), at + _NEAR)))


class Role(Enum):
    """What is said of whom."""

    COMPILES = "编制报告"
    CONTACT = "联系"
    ITSELF = "报告的主体"
    SUBJECT = "做了全年的事"
    ACTOR = "做了本地的事"
    DOER = "办了本机关的事"
    SITE = "网站"
    FACILITY = "本地的场所"
    DOCUMENT = "自己的文件"
    ACCOUNT = "自己的账号"
    PEOPLE = "群众"
    GOVERNMENT = "本地的政府"
    PLACE = "本地"


class Mention(NamedTuple):
    """A name where only the reporting organ, or its place, has its place."""

    role: Role
    name: str
    at: int


_PATTERNS = (
    (
        Role.COMPILES,
        regex(
            f"(?:由|，|。|：|^|规定|要求|精神|通知|条例){_NAME}{_OFFICE}"
            "(?:负责|组织|统一|牵头|结合实际|特|现)*(?:汇总|综合)?(?:编制|编写|撰写|起草|编印|编成)"
            f"(?:而成|完成|形成|了?(?:本|{_YEAR})|[。，；])",
            "编制|编写|撰写|起草|编印|编成",
        ),
    ),
    (
        Role.COMPILES,
        regex(
            f"(?:由|，|。|^){_NAME}{_OFFICE}(?:负责)?(?:综合|汇总)(?:而成|全[省市县区]|各|所属|编|形成)",
            "综合|汇总",
            "而成|全|各|所属|编|形成",
        ),
    ),
    (
        Role.COMPILES,
        regex(
            f"(?:由|，|。|^){_NAME}{_OFFICE}(?=(?:根据|依据|按照|依照)[^。；]{{4,160}}(?:编制|编写|汇总))",
            "编制|编写|汇总",
            "根据|依据|按照|依照",
        ),
    ),
    (
        Role.COMPILES,
        regex(
            f"(?:由|，|。|^){_NAME}{_OFFICE}(?:编制|编写)了?{_YEAR}度?(?:政府信息公开工作)?年度报告",
            "编制|编写",
            "年度报告",
        ),
    ),
    (
        Role.CONTACT,
        regex(
            f"(?:(?:请|可|欢迎)(?:直接|及时|径)?(?:与|同|向|致电|联系|拨打)){_NAME}(?:（[^）]*）)?{_OFFICE}"
            "(?:（[^）]*）)?(?:联系|咨询|反映|查询|。|，|（|\\()",
            "请|可|欢迎",
            "与|同|向|致电|联系|拨打",
        ),
    ),
    (
        Role.CONTACT,
        regex(
            f"(?:联系(?:单位|部门|科室|机构)|承办单位)(?:[:：]|[为是]){_NAME}{_OFFICE}(?=[。，；（(]|$)",
            "联系单位|联系部门|联系科室|联系机构|承办单位",
        ),
    ),
    (
        Role.ITSELF,
        regex(
            f"(?:结合|根据|立足){_NAME}(?:工作|的工作|公开工作)?实际",
            "实际",
            "结合|根据|立足",
        ),
    ),
    (
        Role.ITSELF,
        regex(
            f"(?:现将|以下是|现就|现公布|公布|发布){_NAME}(?:关于)?{_YEAR}(?:度)?(?:政府信息|政务)公开",
            "现将|以下是|现就|公布|发布",
            "政府信息公开|政务公开",
        ),
    ),
    (
        Role.ITSELF,
        regex(
            f"{_START}(?:本报告是|这是)?{_NAME}{_YEAR}度?政府信息公开工作年度报告",
            "政府信息",
            "年度报告",
        ),
    ),
    (
        Role.ITSELF,
        regex(
            f"{_START}(?:由|是|为|现将|根据)?{_NAME}[（(](?:以下|下)?简?称"
            "[“‘「]?(?:[省市县区州旗](?:局|委|厅)|[我本](?:[局委厅办县市区镇乡]|机关|单位|街道))",
            "称",
            "（|(",
        ),
    ),
    (
        Role.SITE,
        regex(
            f"(?:在|通过|登录|登陆|访问|依托|查阅|到|可在|可登录|(?:登载|刊登|刊载|发布|公布|公开|上传)[于至]){_NAME}(?:人民政府|政府)(?:门户|官方)?网站?",
            "政府网|政府门户网|政府官方网",
        ),
    ),
    (
        Role.SITE,
        regex(
            f"(?:网站|网|平台)(?:的|[“‘])?{_NAME}(?:[”’])?(?:专栏|栏目|网页|子站)",
            "专栏|栏目|网页|子站",
            "网|平台",
        ),
    ),
    (
        Role.SITE,
        regex(
            f"(?:在|通过|登录|登陆|访问|依托|查阅|浏览|于){_NAME}(?=(?:官方|门户|政务)*(?:网站|官网|网页))",
            "网站|官网|网页",
        ),
    ),
    (
        Role.FACILITY,
        regex(
            f"{_START}(?:在|依托)?(?P<who>[一-鿿]{{2,12}}?(?:[县区旗镇乡]|街道))"
            "(?:便民|党群|政务|综合|公共|社区|文化)*(?:服务中心|服务大厅|服务站|档案馆|图书馆|文化站|综治中心)"
            "(?:共|全年|新|均|内|还)*(?:设[立置有]?|开设|增设|建[立成有]?|配[备置]|接待|受理|提供|查阅)",
            "服务中心|服务大厅|服务站|档案馆|图书馆|文化站|综治中心",
            "县|区|旗|镇|乡|街道",
        ),
    ),
    (
        Role.GOVERNMENT,
        regex(
            "(?:由|在|经|按照|根据|接受|对照|落实)(?P<who>[一-鿿]{2,3}?[县区旗])"
            "(?:[县区旗]?委、?(?:[县区旗]政府)?|(?:人民)?政府)(?:办公室|办)?"
            "(?:的?(?:正确|坚强|统一|具体|有力)?(?:领导|指导|部署|组织|要求|检查|同意|批准|审定)|统一|统筹|牵头|负责)",
            "县委|区委|旗委|县政府|区政府|旗政府|县人民政府|区人民政府|旗人民政府|县县|县区|县旗|区县|区区|区旗|旗县|旗区|旗旗",
        ),
    ),
    (
        Role.GOVERNMENT,
        regex(
            f"(?:{_START}(?:{_YEAR}度?)?)(?P<who>[一-鿿]{{2,3}}[县区旗])(?:人民)?政府(?:办公室|办)?(?=针对)",
            "针对",
            "政府",
            "县|区|旗",
        ),
    ),
    (
        Role.GOVERNMENT,
        regex(
            "(?:以来|[印制]发|出台|历年|现行|有效|年)的?(?P<who>(?:(?![的以来各及])[一-鿿]){2,3}[县区旗])(?:人民)?政府(?:及[^，。；]{1,6}办)?的?(?:行政)?(?:规范性)?文件",
            "文件",
            "县政府|区政府|旗政府|县人民政府|区人民政府|旗人民政府",
        ),
    ),
    (
        Role.PLACE,
        regex(
            f"{_START}(?P<who>[一-鿿]{{2,5}}?(?:[县区旗镇乡]|街道))(?:现|共|下|总共)?(?:管)?辖(?:有)?(?=[0-9]+个)",
            "辖",
        ),
    ),
    (
        Role.PEOPLE,
        regex(
            f"(?:与|离|同|距|距离|对照|满足|回应|和|为了|聚焦|围绕|，|。|^){_NAME}"
            "(?:人民群众|广大群众|企业和群众|企业群众|群众|市民|居民|百姓|人民)的?(?:期待|期盼|需求|需要|要求|获得感|满意|关切)",
            "群众|市民|居民|百姓|人民",
            "期待|期盼|需求|需要|要求|获得感|满意|关切",
        ),
    ),
)
_DOES = (
    "认真|严格|积极|深入|坚持|全面|始终|高度重视|持续|切实|紧紧围绕|围绕|坚决|扎实|进一步|不断|稳步|着力|聚焦"
    "|在[^，。；]{2,24}(?:的?(?:正确|坚强|统一|有力)?(?:领导|指导|支持))下"
    "|全年|本年|没有收取|共|累计|主动公开|收到|受理|新收|办结|制发|依法|依规|未收到|没有收到|没有发生|未发生|贯彻|按照|根据|依据|以|于?20[0-9]{2}年"
)
_ACTS = "梳理|推进|完善|健全|组织|开展|建立|加强|加大|强化|优化|规范|将|把|制定|更新|印发|落实|通过|利用|依托"
_UNDER = "(?:(?:在|按照|根据|依照|对照|遵照)[^。，；]{4,40}，)?"  # 在…的领导下，按照…的部署，
_OPENING = (
    "(?:^|(?<=。))\\s*(?:[（(][一二三四五六七八九十]{1,3}[）)][^。，]{0,12}。?|[0-9]{1,2}[.．、])?"
    f"(?:{_YEAR}(?:度|以来|内|中)?[，,]?|一年来[，,]?|全年[，,]?|过去一年[，,]?|本年度?[，,]?)?"
)
_SUBJECT = regex(f"{_OPENING}(?P<who>[一-鿿]{{2,26}}?)(?=(?:{_DOES}))")
_DOER = regex(
    "(?:^|(?<=[，；。]))(?P<who>[一-鿿]{2,10}[县区旗](?!政府|人民|委|直|内|域|级)[一-鿿]{2,12}?(?:局|委员会|中心))"
    f"(?=于20|承办|承担|负责|{_DOES})",
    "县|区|旗",
    "局|委员会|中心",
)
_ACTOR = regex(
    f"{_OPENING}{_UNDER}(?P<who>[一-鿿]{{2,26}}?(?:政府|[县区旗镇乡]))(?=(?:{_DOES}|{_ACTS}|各级|各部门))"
)
_OWN_DOCUMENT = regex(
    "(?:编制|编印|印发|制定|修订|出台|制发)了?《(?P<who>[一-鿿]{2,8}?(?:[县区旗镇乡]|街道))(?![委长级民直]|人大|政协)[^《》]{2,40}》"
    "|《(?P<gazette>[一-鿿]{2,8}?[市州盟县区旗])(?:人民)?政府公报》",
    "制《|印《|发《|定《|订《|台《|制了《|印了《|发了《|定了《|订了《|台了《|政府公报》",
)
_ACCOUNT = regex(
    "“(?P<who>[一-鿿]{3,8})”(?:政务|官方)?(?:微信)?(?:公众号|微博|视频号|抖音号|头条号)(?:全年|累计|共|等|新|本年|上)*"
    "(?:推送|发布|推文|更新|粉丝|关注|刊发|编发|阅读)",
    "”",
)


def quoted(text: str) -> Iterator[Mention]:
    """Names within titles of documents that the reporter made, and of accounts that it runs."""
    for match in _OWN_DOCUMENT.finditer(text):
        name = match.lastgroup or "who"
        yield Mention(Role.DOCUMENT, match[name], match.start(name))
    for match in _ACCOUNT.finditer(text):
        yield Mention(Role.ACCOUNT, match["who"], match.start("who"))


def mentions(text: str) -> Iterator[Mention]:
    """Every such name in a sentence, in the order of the patterns; most are cut short or are no names."""
    for role, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Mention(role, match["who"], match.start("who"))
    if subject := _SUBJECT.match(text):
        yield Mention(Role.SUBJECT, subject["who"], subject.start("who"))
    for doer in _DOER.finditer(text):
        yield Mention(Role.DOER, doer["who"], doer.start("who"))
    if actor := _ACTOR.match(text):
        yield Mention(Role.ACTOR, actor["who"], actor.start("who"))

"""Which kind of reporter an organ can be, by its name, its signature and what its text sums up.

A kind is certain where only one is left; of several nothing is concluded that not all of them share.
"""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.mandate import Mandate, Reporter
from nianbao.report.regex import regex

_SPACE = regex(r"\s+")
_BRACKET = regex("[（(]([^（）()]*)[）)]")
_SUBORDINATE = regex("(?:镇|(?<!城)乡|苏木)(?:(?:人民)?政府)?$|街道(?:办事处|办)?$")
_OWN_OFFICE = regex("(?:人民政府|政府|[省市县区州旗])(?:办公厅|办公室|府办|政府办)$")
_GOVERNMENT = regex("(?P<level>[省市县区州旗盟])(?:人民政府|政府)?$")
_ZONE = regex(  # rules a place without being its government: what it is, its founders say
    "(?<!监督)(?<!城市)管理委员会|管委会|执行委员会|行政公署|地区$|兵团|师市?$"
    "|(?:新区|开发区|实验区|试验区|保税区|示范区|合作区|产业区|高新区|经开区|景区|园区|港区)$"
)
_SYSTEM = regex(
    "税务|海关|海事|气象|证监|金融监管|金融监督|邮政管理|烟草|调查总?队|人民银行|出入境|铁路|民航"
    "|矿山安全|煤矿安全|通信管理|银保监|消防救援|地震局"
)
_LOW = regex("(?:[县旗镇乡]|(?<!自治)区)(?!域)")
_DEPARTMENT = regex(
    "(?:局|厅|委员会|委|办公室|办|部|院|处|队|支队|大队|总队|中心|馆|站|署|行|会|社|台|校|大学|学院|公司|集团|所)$"
)
_MUNICIPALITY = regex("北京|天津|上海|重庆")
_WHOLE = regex(  # the text sums up the organs of the place
    "汇总|本行政区域|各级(?:行政机关|各部门|人民政府|政府)|全[省市县区旗州]各"
    "|各(?:乡镇|镇|县|区|乡)[^。；]{0,12}(?:部门|单位)|各部门[^。；]{0,8}各(?:乡镇|镇|县|区|街道)"
    "|全[省市县区旗州](?:行政机关|政府系统|范围)"
)
_CITY = regex("各县[（(]?[市区]|各区[（(]?县|各[市]?县区|所辖县|各旗县")  # it has counties below it
_OWN = regex("本级|本机关|办公[厅室]")


def kinds(
    mandate: Mandate, organ: str, signed: str, texts: Iterable[str] = (), title: str = ""
) -> tuple[Reporter, ...]:
    """The kinds of reporter that the organ can be, in the mandate's order; all of them where nothing tells.

    `texts` are read for a government only; one pass is enough.
    """
    bare = _SPACE.sub("", organ or signed)
    keys = _keys(_BRACKET.sub("", bare), _BRACKET.findall(bare), texts, _SPACE.sub("", title))
    possible = tuple(kind for kind in mandate.reporters if kind.key in keys)
    return possible or mandate.reporters


def _keys(name: str, inside: list[str], texts: Iterable[str], title: str) -> set[str]:
    """The keys of the kinds that an organ of this name can be; none where nothing tells."""
    if _SUBORDINATE.search(name):
        return {"township"}
    if _ZONE.search(name) and not _DEPARTMENT.search(_ZONE.sub("", name)[-3:]):
        return set()
    if _OWN_OFFICE.search(name):
        return {"government_office"}
    if government := _GOVERNMENT.search(name):
        return _government(name, government["level"], inside, "\n".join(texts), title)
    if _DEPARTMENT.search(name):
        if _SYSTEM.search(name) and not _LOW.search(name):
            return {"department", "vertical_system"}
        return {"department"}
    return set()


def _government(name: str, level: str, inside: list[str], text: str, title: str) -> set[str]:
    """A government reports for its own office, or for all below it; which, its text may tell."""
    if any(_OWN.search(part) for part in (*inside, *_BRACKET.findall(title))):
        return {"government_office"}
    if level == "省" or name.removesuffix("人民政府").endswith("自治区"):
        wholes = {"province"}
    elif level in "州盟":
        wholes = {"city"}
    elif level == "市":
        wholes = {"province"} if _MUNICIPALITY.match(name) else {"county", "city"}
        if _CITY.search(text):
            wholes.discard("county")
    else:
        wholes = {"county", "city"} if _MUNICIPALITY.match(name) else {"county"}
    whole = any("汇总" in part for part in inside) or _WHOLE.search(text)
    return wholes if whole else {"government_office", *wholes}

"""Which characters are read alike: what somebody who types by sound takes for one another.

Tones are left out of account, and a character has one reading only. The 3755 common characters of GB/T 2312
stand there in the order of their sounds, so the first one of each syllable tells all.
"""

from __future__ import annotations

from functools import cache

_FIRST = (  # from a to zuo
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻哺擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗"
    "蹿摧村磋搭呆耽当刀德蹬堤颠碉跌丁丢东兜都端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该干冈篙哥给根耕工钩辜刮乖"
    "棺光瑰辊锅哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸"
    "块宽匡亏坤括垃莱蓝琅捞勒雷棱厘俩联粮撩列琳玲溜龙楼芦驴峦掠抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇"
    "拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴女暖虐挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡扑期掐牵枪橇切钦青琼"
    "秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜嗽酸"
    "虽孙蓑塌胎坍汤掏特藤梯天挑贴厅通偷凸湍推吞拖挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰"
    "一茵英哟拥幽淤鸳曰耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专桩椎谆捉兹鬃邹租钻嘴尊昨"
)
_ROWS = range(0xB0, 0xD8)
_CELLS = range(0xA1, 0xFF)


@cache
def syllables() -> dict[int, str]:
    """The first character of its syllable for each common character, as `str.translate` takes it."""
    firsts, first, table = set(_FIRST), "", {}
    for row in _ROWS:
        for character in bytes(byte for cell in _CELLS for byte in (row, cell)).decode("gb2312", "ignore"):
            first = character if character in firsts else first
            table[ord(character)] = first
    return table


@cache
def homophones() -> dict[str, str]:
    """All characters of a syllable, by the first one."""
    alike: dict[str, str] = {}
    for code, first in syllables().items():
        alike[first] = alike.get(first, "") + chr(code)
    return alike

"""What is taken out of a template, and what it is refused for, gathered while its parts are gone through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from lxml import etree

from nianbao.media.ooxml import Element, parse
from nianbao.media.word.language import DOCUMENT
from nianbao.media.word.outline import spots
from nianbao.media.word.oxml import qn
from nianbao.report import Place, Problem, rule
from nianbao.report.problem import quote

_P = qn("p")


class Seen(Enum):
    """What shows in a template, and not or otherwise in its reports; docs/templates.md lists it."""

    REVISION = "修订"
    HIDDEN = "隐藏文字"
    PICTURE = "链接的图片"
    LINK = "打不开的链接"
    SIGNATURE_LINE = "签名行"
    BESIDE = "整段整行的标签旁的文字"


_ALTERED = {  # what a person reads of it, with how to mend it
    Seen.REVISION: (
        "有 {count} 处修订还没有处理，报告按全部接受后的样子生成",
        "请在 Word 或 WPS 的“审阅”中接受或拒绝全部修订后保存",
    ),
    Seen.HIDDEN: ("有隐藏文字“{quoted}”，不带入报告", "要印的请在 Word 中取消“隐藏”，不要的请删去"),
    Seen.PICTURE: (
        "图片是链接到“{quoted}”的，没有存在模板里，不带入报告",
        "请在 Word 中删去它，改为插入图片",
    ),
    Seen.LINK: ("链接“{quoted}”只在本机或内网打得开，报告里只留下文字", "要留的请改为公开的网址"),
    Seen.BESIDE: (
        "{{%p … %}} 或 {{%tr … %}} 所在的整段、整行不印，旁边的“{quoted}”不带入报告",
        "要印的请另写一段或一行",
    ),
    Seen.SIGNATURE_LINE: ("有 Word 的签名行，不带入报告", "要电子签名的，请在生成的 Word 文件里另加"),
}


@dataclass
class Removals:
    """What a template loses on its way into a report.

    `unseen` are words for what no reader sees, as keys; `seen` is where what shows is altered, with what
    stood there; `refused` keeps the template from being used.
    """

    file: str
    unseen: dict[str, None] = field(default_factory=dict)
    seen: dict[Seen, list[tuple[Place, str]]] = field(default_factory=dict)
    refused: dict[tuple[str, str, str], list[Place]] = field(default_factory=dict)

    def told(self) -> tuple[Problem, ...]:
        """One problem for each kind of thing."""
        problems = []
        for kind, met in self.seen.items():
            what, mend = _ALTERED[kind]
            told = what.format(count=len(met), quoted=quote(met[0][1]))
            places = tuple(dict.fromkeys(place for place, _ in met))
            problems.append(rule("template-altered").broken(told, mend, places))
        if self.unseen:
            what, mend = f"{'、'.join(self.unseen)}不带入报告", "不必改动模板"
            problems.append(rule("template-left-out").broken(what, mend, (Place(self.file),)))
        return tuple(problems)

    def refusals(self) -> tuple[Problem, ...]:
        """What keeps the template from being used; one problem for each reason, with all its places."""
        kinds = {
            "tag-deleted": rule("tag-deleted"),
            "tag-hidden": rule("tag-hidden"),
            "tag-not-merged": rule("tag-not-merged"),
            "embedded-document": rule("embedded-document"),
        }
        return tuple(
            kinds[code].broken(what, mend, dict.fromkeys(places))
            for (code, what, mend), places in self.refused.items()
        )


class Part:
    """One part while it is gone through: its tree, and what a person calls it and its places."""

    def __init__(self, name: str, kind: str, root: Element, removals: Removals) -> None:
        self.name, self.kind, self.root, self.removals = name, kind, root, removals
        self._content = etree.tostring(root)  # as it came: what is taken out still counts for a person
        self._numbers = (
            {paragraph: number for number, paragraph in enumerate(root.iter(_P))} if name == DOCUMENT else {}
        )
        self._spots: list[str] = []

    def place(self, element: Element) -> Place:
        """Where a person finds an element: by its paragraph, or the first of its row or cell."""
        around = (element, *element.iterancestors())
        paragraphs = (above if above.tag == _P else next(above.iter(_P), None) for above in around)
        paragraph = next((paragraph for paragraph in paragraphs if paragraph is not None), None)
        return Place(self.removals.file, part=self.kind, cell=self._spot(paragraph))

    def _spot(self, paragraph: Element | None) -> str:
        if paragraph not in self._numbers:  # it stands in another part
            return ""
        if not self._spots:
            body = parse(self._content).find(qn("body"))
            self._spots = [""] * len(self._numbers) if body is None else spots(body)
        return self._spots[self._numbers[paragraph]]

    @property
    def changed(self) -> bool:
        """Whether anything was taken out."""
        return etree.tostring(self.root) != self._content

    def see(self, kind: Seen, element: Element, words: str = "") -> None:
        """Note that what shows here is altered."""
        self.removals.seen.setdefault(kind, []).append((self.place(element), words))

    def refuse(self, code: str, what: str, mend: str, elements: Iterable[Element]) -> None:
        """Note what the template is refused for."""
        self.removals.refused.setdefault((code, what, mend), []).extend(map(self.place, elements))

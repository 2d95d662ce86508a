"""XML: its nodes, attributes and texts, and what stands round them."""

from __future__ import annotations

import re
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

from benchmarks.fuzz.mutations.plain import in_bytes, inserted, replaced, word

MOST_NODES, MOST_BYTES = 100_000, 50 * 2**20  # of what is made: the readers refuse more by its size alone
_LAUGHS = b"".join(b'<!ENTITY l%d "%b">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
_HEADS = (
    b'<?xml version="1.0" encoding="UTF-16"?>',
    b'<?xml version="1.0" encoding="GB18030"?>',
    b'<?xml version="1.1" encoding="none"?>',
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' + _LAUGHS + b"]>",
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    b'<?xml version="1.0"?><?xml-stylesheet href="file:///etc/passwd"?>' + b"<!-- -->" * 2000,
    b"\xff\xfe",
)
_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>")
_TEXT = re.compile(rb"(?<=>)[^<>]{1,200}(?=<)")
_SPACE = re.compile(rb'(?<=xmlns)(:\w+)?="[^"]*"')
_OPENING = re.compile(rb"<[A-Za-z][\w:]*(?=[ />])")
_TARGETS = (
    "file:///etc/passwd", "http://127.0.0.1:1/x", "\\\\host\\share\\x", "../../../../etc/passwd", "/", "",
    ".", "document.xml", "/word/document.xml", "styles.xml#a", "worksheets/sheet1.xml", "%00",
    "media/none.png",
)  # fmt: skip


def in_xml(random: Random, content: bytes) -> bytes:
    """Nodes dropped, doubled, moved or nested, attributes and texts replaced; bytes where it is no XML."""
    try:
        root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return in_bytes(random, content)
    for _ in range(random.randint(1, 5)):
        nodes: list[Any] = [node for node in root.iter() if isinstance(node.tag, str)]
        _spoil(random, random.choice(nodes), nodes)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if len(written) > MOST_BYTES:
        return content
    return _round_it(random, written) if random.random() < 0.2 else written


def _spoil(random: Random, node: Any, nodes: list[Any]) -> None:
    parent = node.getparent()
    match random.randrange(11):
        case 0 if parent is not None:
            parent.remove(node)
        case 1 if parent is not None:
            times = random.choice((1, 1, 3, 400))
            for _ in range(min(times, MOST_NODES // len(list(node.iter())))):
                parent.insert(parent.index(node), deepcopy(node))
        case 2 if parent is not None:
            target = random.choice(nodes)
            if node not in (target, *target.iterancestors()):
                target.append(node)
        case 3 if parent is not None:
            wrapped = deepcopy(node)
            for _ in range(random.choice((1, 5, 150))):
                outer = etree.Element(node.tag, node.attrib, node.nsmap)
                outer.append(wrapped)
                wrapped = outer
            parent.replace(node, wrapped)
        case 4:
            node.tag = random.choice(nodes).tag
        case 5:
            node.text = word(random)
        case 6:
            for name, value in random.choice(nodes).attrib.items():
                node.set(name, random.choice((value, word(random))))
        case 7 if "Target" in node.attrib:
            node.set("Target", random.choice(_TARGETS))
            if random.random() < 0.4:
                node.set("TargetMode", "External")
        case _ if node.attrib:
            name = random.choice(list(node.attrib))
            if random.random() < 0.3:
                del node.attrib[name]
            else:
                node.set(name, word(random))
        case _:
            node.text = word(random)


def _round_it(random: Random, content: bytes) -> bytes:
    """What no tree holds: entities, encodings that lie, foreign namespaces, nodes 10,000 deep."""
    match random.randrange(4):
        case 0:
            head = random.choice(_HEADS)
            bare = _DECLARATION.sub(b"", content)
            if b"l9" in head:
                bare = replaced(random, bare, _TEXT, b"&l9;")
            return head + bare
        case 1:
            return replaced(random, content, _SPACE, b'="urn:x"', b':w="urn:x"', b'=""', b':xml="urn:x"')
        case 2:
            name = random.choice(_OPENING.findall(content) or [b"<a"])
            return inserted(
                random, content, _OPENING, (name + b">") * 10_000 + (b"</" + name[1:] + b">") * 10_000
            )
        case _:
            attributes = b"".join(b' a%d="1"' % number for number in range(20_000))
            return replaced(
                random, content, _OPENING, b"<a" + attributes, b'<a b="1" b="2"', b"<a x:y='1'", b"<"
            )

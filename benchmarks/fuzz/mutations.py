"""Ways to spoil a file: bytes, members of a zip, nodes of XML, values of JSON, objects of a PDF."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

Mutation = Callable[[Random, bytes], bytes]
WORDS = (
    "", "0", "-1", "1e308", "-0.0", "NaN", "9" * 400, "2147483648", "4294967296", "1" * 20_000, "1/0", "=1+1",
    "true", "null", "\x00", "\ufeff", "\u202e", "😀", "{{ a }}", "{本年新收.自然人}", "（" * 2000, "#REF!",
)  # fmt: skip
_NUMBER = re.compile(rb"(?<![\w#<])-?\d+(?:\.\d+)?")
_OBJECT = re.compile(rb"\d+ 0 obj\b(.*?)endobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_STREAM = re.compile(rb"/Length \d+(.*?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{1,400}>")


def in_bytes(random: Random, content: bytes) -> bytes:
    """A few bytes flipped, cut, doubled, overwritten or moved."""
    spoilt = bytearray(content)
    for _ in range(random.randint(1, 6)):
        if not spoilt:
            break
        start = random.randrange(len(spoilt))
        end = min(len(spoilt), start + random.choice((1, 1, 2, 16, 300, 5000)))
        match random.randrange(6):
            case 0 | 1:
                spoilt[start] ^= 1 << random.randrange(8)
            case 2:
                del spoilt[start:end]
            case 3:
                spoilt[end:end] = spoilt[start:end] * random.choice((1, 2, 50))
            case 4:
                spoilt[start:end] = random.randbytes(end - start)
            case _:
                chunk = bytes(spoilt[start:end])
                del spoilt[start:end]
                at = random.randrange(len(spoilt) + 1)
                spoilt[at:at] = chunk
    return bytes(spoilt[: random.randrange(len(spoilt) + 1)] if random.random() < 0.05 else spoilt)


def in_xml(random: Random, content: bytes) -> bytes:
    """Nodes dropped, doubled, moved or nested, attributes and texts replaced; bytes where it is no XML."""
    try:
        root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return in_bytes(random, content)
    for _ in range(random.randint(1, 5)):
        nodes: list[Any] = [node for node in root.iter() if isinstance(node.tag, str)]
        _spoil(random, random.choice(nodes), nodes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _spoil(random: Random, node: Any, nodes: list[Any]) -> None:
    parent = node.getparent()
    match random.randrange(9):
        case 0 if parent is not None:
            parent.remove(node)
        case 1 if parent is not None:
            for _ in range(random.choice((1, 1, 3, 400))):
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
            node.text = _word(random)
        case _ if node.attrib:
            name = random.choice(list(node.attrib))
            if random.random() < 0.3:
                del node.attrib[name]
            else:
                node.set(name, _word(random))
        case _:
            node.text = _word(random)


def _word(random: Random) -> str:
    return re.sub("[\x00-\x08\ud800-\udfff\ufffe\uffff]", "", random.choice(WORDS))


def in_package(random: Random, content: bytes) -> bytes:
    """A zip with members spoilt, dropped, doubled, renamed, emptied or taken for one another."""
    if random.random() < 0.1:
        return in_bytes(random, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(parts))
        name, part = parts[at]
        match random.randrange(12):
            case 0 if len(parts) > 1:
                del parts[at]
            case 1:
                parts.append((name, part))
            case 2:
                parts[at] = (random.choice((name.upper(), name.replace("/", "\\"), f"/{name}", "../x")), part)
            case 3:
                parts[at] = (name, b"")
            case 4:
                parts[at] = (name, random.choice(parts)[1])
            case 5:
                parts[at] = (name, in_bytes(random, part))
            case _:
                parts[at] = (name, in_xml(random, part))
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name may stand there twice
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def in_json(random: Random, content: bytes) -> bytes:
    """Values swapped, dropped, nested or replaced by others of another kind; or bytes."""
    if random.random() < 0.15:
        return in_bytes(random, content)
    document = json.loads(content)
    for _ in range(random.randint(1, 4)):
        holder: Any = document
        while True:
            key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            if not isinstance(holder[key], dict | list) or not holder[key] or random.random() < 0.3:
                break
            holder = holder[key]
        match random.randrange(5):
            case 0 if len(holder) > 1:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[_word(random)] = holder[key]
            case 2:
                for _ in range(random.choice((1, 3, 200))):
                    holder[key] = random.choice(([holder[key]], {"a": holder[key]}))
            case 3:
                holder[key] = random.choice(WORDS)
            case _:
                values: tuple[Any, ...] = (
                    None,
                    True,
                    [],
                    {},
                    -1,
                    1e308,
                    10**400,
                    0.1,
                    ["x"] * 3000,
                    "字" * 50_000,
                )
                holder[key] = random.choice(values)
        if not document:
            break
    return json.dumps(document, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def in_page(random: Random, content: bytes) -> bytes:
    """Tags dropped, doubled, moved or replaced, attributes added; or bytes."""
    if random.random() < 0.15:
        return in_bytes(random, content)
    tags = list(_TAG.finditer(content))
    for _ in range(random.randint(1, 6)):
        tag, other = random.choice(tags), random.choice(tags)
        more = random.choice(
            (b"", tag[0], tag[0] * 300, other[0], tag[0] + other[0], _attribute(random, tag[0]))
        )
        content = content[: tag.start()] + more + content[tag.end() :]
    return content


def _attribute(random: Random, tag: bytes) -> bytes:
    name = random.choice(("colspan", "rowspan", "style", "class", "hidden", "value", "width"))
    return tag.rstrip(b"/>") + f' {name}="{_word(random)}">'.encode()


def in_pdf(random: Random, content: bytes) -> bytes:
    """Objects swapped, references turned, numbers made huge, streams unpacked and spoilt; or bytes."""
    for _ in range(random.randint(1, 4)):
        match random.randrange(6):
            case 0:
                content = in_bytes(random, content)
            case 1:
                content = _replaced(random, content, _NUMBER, lambda: random.choice(WORDS[1:10]).encode())
            case 2:
                content = _replaced(random, content, _REFERENCE, lambda: b"%d 0 R" % random.randrange(60))
            case 3 if objects := list(_OBJECT.finditer(content)):
                one, other = random.choice(objects), random.choice(objects)
                content = content[: one.start(1)] + other[1] + content[one.end(1) :]
            case _:
                content = _in_stream(random, content)
    return content


def _replaced(random: Random, content: bytes, pattern: re.Pattern[bytes], word: Callable[[], bytes]) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    one = random.choice(found)
    return content[: one.start()] + word() + content[one.end() :]


def _in_stream(random: Random, content: bytes) -> bytes:
    streams = list(_STREAM.finditer(content))
    if not streams:
        return in_bytes(random, content)
    one = random.choice(streams)
    try:
        bare = zlib.decompress(one[2])
    except zlib.error:
        return in_bytes(random, content)
    spoilt = in_bytes(random, bare)
    if random.random() < 0.5:
        spoilt = _replaced(random, spoilt, _NUMBER, lambda: random.choice(WORDS[1:10]).encode())
    if random.random() < 0.1:
        spoilt *= random.choice((2, 30))
    packed = zlib.compress(spoilt)
    head = b"/Length %d%b>>\nstream\n" % (len(packed), one[1])
    return content[: one.start()] + head + packed + b"\nendstream" + content[one.end() :]

"""PDF: its objects, what they refer to, their streams, and where they are said to lie."""

from __future__ import annotations

import re
import zlib
from random import Random

from benchmarks.fuzz.mutations.plain import NUMBER, in_bytes, inserted, replaced

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_STREAM = re.compile(rb"/Length \d+([^<>]*)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FILTER = re.compile(rb"/Filter /FlateDecode")
_NAME = re.compile(rb"/[A-Z][A-Za-z0-9]+")
_VALUE = re.compile(rb"(?<=[A-Za-z] )(\[[^\[\]]*\]|\([^()]*\)|-?\d+(?:\.\d+)?)(?=[/>])")
_OPERATOR = re.compile(rb"\b(Tm|Td|Tf|Tj|TJ|BT|ET|cm|q|Q|re|m|l|gs|Tr|Ts|Tz|Do|BDC|EMC|W|n|f|S)\b")
_NUMBERS = (
    b"0",
    b"-1",
    b"1e308",
    b"-0.0",
    b"2147483648",
    b"4294967296",
    b"9" * 400,
    b"NaN",
    b"1000000000",
    b"0.0000001",
)
_VALUES = (
    b"[" * 10_000, b"<<" * 3000, b"(" * 3000, b"null", b"true", b"[]", b"<</a 1 0 R>>", b"/X",
    b"<" + b"00" * 9000 + b">", b"[0 0 0 0]", b"[1e9 1e9 -1e9 -1e9]", b"[0 0 1e9 1e9]", b"90", b"()",
    b"[" + b"0 " * 50_000 + b"]",
)  # fmt: skip
_FILTERS = (
    b"/Filter [/FlateDecode /FlateDecode]", b"/Filter /LZWDecode", b"/Filter /ASCII85Decode",
    b"/Filter /RunLengthDecode", b"/Filter /ASCIIHexDecode",
    b"/Filter /CCITTFaxDecode/DecodeParms <</K -1/Columns 1000000000>>", b"/Filter /DCTDecode",
    b"/Filter /FlateDecode/DecodeParms <</Predictor 12/Columns 1000000000>>", b"/Filter /JBIG2Decode",
    b"/Filter /Crypt", b"/Filter /FlateDecode/DecodeParms <</Predictor 2/Colors 0/Columns 0>>",
    b"/Filter 7", b"/F (file:///etc/passwd)", b"",
)  # fmt: skip
_OPERATORS = (
    b"q " * 20_000, b"Q " * 20_000, b"BT", b"ET", b"3 Tr", b"0 Tz", b"1e9 Ts", b"0 0 0 0 0 0 cm",
    b"/Fm0 Do", b"/F9 1e9 Tf", b"BI /W 1000000 /H 1000000 /BPC 8 /CS /G ID x EI", b"BI ID",
    b"/A <</MCID 1e9>> BDC", b"0 0 m " + b"1 1 l " * 20_000, b"-1 0 0 -1 0 0 Tm", b"W n",
    b"[(a)-1e308(b)] TJ", b"1 0 0 1 1e308 1e308 Tm", b"(", b"<00", b"%",
)  # fmt: skip


def in_pdf(random: Random, content: bytes) -> bytes:
    """Objects swapped, references turned, values made wild, streams spoilt or untrue; or bytes."""
    for _ in range(random.randint(1, 4)):
        match random.randrange(10):
            case 0:
                content = in_bytes(random, content)
            case 1:
                content = replaced(random, content, NUMBER, *_NUMBERS)
            case 2 | 3:
                content = replaced(random, content, _REFERENCE, b"%d 0 R" % random.randrange(500))
            case 4 if objects := list(_OBJECT.finditer(content)):
                match, other = random.choice(objects), random.choice(objects)
                content = content[: match.start(2)] + other[2] + content[match.end(2) :]
            case 5:
                content = replaced(random, content, _VALUE, *_VALUES)
            case 6:
                names = _NAME.findall(content[:200_000]) or [b"/A"]
                content = replaced(random, content, _NAME, random.choice(names))
            case 7:
                content = replaced(random, content, _FILTER, *_FILTERS)
            case _:
                content = _in_stream(random, content)
    return _listed(content) if random.random() < 0.7 else content


def _in_stream(random: Random, content: bytes) -> bytes:
    """A stream spoilt as it is unpacked: a page's, a font's or a map's; its length now and then untrue."""
    streams = list(_STREAM.finditer(content))
    if not streams:
        return in_bytes(random, content)
    match = random.choice(streams[:8] if random.random() < 0.5 else streams)  # the pages come first
    try:
        spoilt = zlib.decompress(match[2])
    except zlib.error:
        return in_bytes(random, content)
    for _ in range(random.randint(1, 3)):
        match random.randrange(4):
            case 0:
                spoilt = in_bytes(random, spoilt)
            case 1:
                spoilt = replaced(random, spoilt, NUMBER, *_NUMBERS)
            case 2:
                spoilt = inserted(random, spoilt, _OPERATOR, random.choice(_OPERATORS) + b" ")
            case _:
                spoilt = replaced(random, spoilt, _OPERATOR, *(_OPERATOR.findall(spoilt) or [b"Q"]))
    if random.random() < 0.1:
        spoilt *= random.choice((2, 30))
    packed = zlib.compress(spoilt)
    length = random.choice((0, 1, 10**9, -1)) if random.random() < 0.1 else len(packed)
    head = b"/Length %d%b>>\nstream\n" % (length, match[1])
    return content[: match.start()] + head + packed + b"\nendstream" + content[match.end() :]


def _listed(content: bytes) -> bytes:
    """The file with a list of where its objects now lie, so that readers need not search for them."""
    body = content[: content.rfind(b"\nxref")] if b"\nxref" in content else content
    trailer = (
        content[content.rfind(b"trailer") :].partition(b"startxref")[0] if b"trailer" in content else b""
    )
    places = {int(match[1][:6]): match.start() for match in _OBJECT.finditer(body)}
    lines = [
        f"{places.get(n, 0):010d} 00000 {'n' if n in places else 'f'} \n"
        for n in range(max(places, default=0) + 1)
    ]
    table = f"\nxref\n0 {len(lines)}\n{''.join(lines)}".encode()
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(body) + 1)

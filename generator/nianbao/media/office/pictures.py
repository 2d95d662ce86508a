"""Pictures as LibreOffice may load them: it goes by what they hold, whatever they are called.

SVG names other files, PostScript is a program, and either may stand within a metafile.
"""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from io import BytesIO

from nianbao.media.ooxml import drawing, is_svg

LARGEST = 50 * 2**20  # bytes, unpacked
BLANK = base64.b64decode(  # what stands for a picture that is not admitted: one point that is not seen
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)
_PACKED = b"\x1f\x8b"
_POINTS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_METAFILES = (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0")
WITHIN = re.compile(  # what would be loaded as a picture of another kind, in one byte a letter or in two
    rb"<\0?s\0?v\0?g|<\0?!\0?D\0?O\0?C|%\0?!\0?P\0?S|\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]",
    re.DOTALL,
)


def admitted(content: bytes) -> tuple[bytes, tuple[str, ...]] | None:
    """A picture of a kind that names nothing else, with what was cut from it; None for any other."""
    if is_svg(content):
        made = drawing(content, tiled=True)
        return None if made is None else (made.content, made.cut)
    if content.startswith(_PACKED):
        content = _unpacked(content)
    if content.startswith(_POINTS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return content, ()
    is_metafile = content.startswith(_METAFILES) or content[40:44] == b" EMF"
    return (content, ()) if is_metafile and not WITHIN.search(content) else None


def _unpacked(content: bytes) -> bytes:
    try:
        unpacked = gzip.GzipFile(fileobj=BytesIO(content)).read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        return b""
    return unpacked if len(unpacked) <= LARGEST else b""

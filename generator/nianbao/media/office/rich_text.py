"""An RTF file without anything that would make LibreOffice open another file or address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nianbao.media.office.fetching import FETCHING
from nianbao.media.office.pictures import WITHIN, admitted

_TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.DOTALL)
_DROPPED = frozenset((  # destinations that name files, hold what is not text, or data of other programs
    b"objdata", b"objalias", b"objsect", b"objtopic", b"objitem", b"template", b"filetbl", b"file",
    b"mailmerge", b"datafield", b"datastore", b"themedata", b"colorschememapping", b"nextfile",
    b"fontemb", b"fontfile", b"linkval", b"userprops", b"hlinkbase", b"xmlnstbl", b"oleclsid", b"private",
    b"docvar", b"wgrffmtfilter", b"mmdatasource", b"mmheadersource", b"mmconnectstr", b"mmquery",
    b"mmudl", b"subdocument", b"hl", b"hlsrc", b"hlloc",
))  # fmt: skip
_WORDS = re.compile(rb"objautlink|objlink|objupdate|linkself")  # that say so by themselves
_NAMES = re.compile(r"blipname|pibname|pihl|script", re.IGNORECASE)  # of properties of shapes
_TOLD_APART = _DROPPED | {b"fldinst", b"pict", b"sn", b"sp"}
_COLLECTED = {b"fldinst", b"pict", b"sn"}
_DEEPEST = 100  # groups within one another, of what is collected
_HEX = re.compile("[0-9a-fA-F]+")


@dataclass
class _Group:
    """A group that is open: where it begins in what is written, what it is for, and what is said in it."""

    start: int
    skipped: int = 1  # characters behind one that is given by its number
    collected: bool = False  # what is said counts
    destination: bytes = b""
    text: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)  # of a picture
    property: str = ""  # of a shape
    unclear: bool = False  # too much is nested in it to be told


def without_links(content: bytes) -> bytes:
    """The same text without fields that fetch, linked objects, templates and pictures from elsewhere."""
    written: list[bytes] = []
    groups, at, skip = [_Group(0)], 0, 0
    while token := _TOKEN.match(content, at):
        at = token.end()
        word, number, _, _, brace, _ = token.groups()
        group = groups[-1]
        if brace == b"{":
            groups.append(_Group(len(written), group.skipped, group.collected))
            written.append(brace)
        elif brace:
            written.append(brace)
            if len(groups) > 1:
                _close(groups, written)
        elif word == b"bin":
            start, at = at, at + max(int((number or b"0")[:9]), 0)
            group.raw.append(content[start:at])
            written += [token[0], content[start:at]]
        elif not word or not _WORDS.fullmatch(word):
            if word in _TOLD_APART and group.destination not in _DROPPED:
                group.destination = word
                group.collected |= word in _COLLECTED
            skip = _read(group, token, skip)
            written.append(token[0])
    return b"".join(written)


def _read(group: _Group, token: re.Match[bytes], skip: int) -> int:
    """Take down what a token says, but for the characters to be skipped; return how many are left to skip."""
    word, number, byte, sign, _, text = token.groups()
    if word == b"uc":
        group.skipped = int((number or b"1")[:3])
    if word == b"u" and number:
        said, skip = chr(int(number[:7]) & 0xFFFF), 0
    else:
        said = (
            chr(int(byte, 16)) if byte else ((sign if sign != b"*" else b"") or text or b"").decode("latin-1")
        )
        said = said.translate(_ENDS)
        said, skip = said[skip:], max(skip - len(said), 0)
    if group.collected:
        group.text.append(said)
    return group.skipped if word == b"u" and number else skip


_ENDS = {10: None, 13: None, 0: None}  # of lines, which mean nothing


def _close(groups: list[_Group], written: list[bytes]) -> None:
    """End a group: keep it, change it, or take it out of what is written."""
    group, outer = groups.pop(), groups[-1]
    text = "".join(group.text)
    if group.destination in _DROPPED or (group.destination == b"sp" and _NAMES.search(group.property)):
        del written[group.start :]
    elif group.destination == b"fldinst" and (group.unclear or FETCHING.search(text)):
        written[group.start :] = [b"{\\*\\fldinst }"]
    elif group.destination == b"pict" and not _is_admitted(text, b"".join(group.raw)):
        del written[group.start :]
    else:
        outer.property += text if group.destination == b"sn" else group.property
        outer.unclear |= group.collected and (group.unclear or len(groups) > _DEEPEST)
        if outer.collected and not outer.unclear:
            outer.text.append(text)


def _is_admitted(text: str, raw: bytes) -> bool:
    """Whether the data of a picture may be loaded; a bitmap of Windows may begin with anything."""
    digits = "".join(_HEX.findall(text))
    content = raw or bytes.fromhex(digits[: len(digits) // 2 * 2])
    picture = admitted(content)
    return not WITHIN.search(content) if picture is None else picture == (content, ())

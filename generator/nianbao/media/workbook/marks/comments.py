"""Comments on cells: the findings are written after whatever a comment says already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from lxml import etree

from nianbao.media.ooxml import Element
from nianbao.media.workbook.marks import boxes
from nianbao.media.workbook.marks.package import MAIN, Package, main, parse
from nianbao.report import Severity
from nianbao.report.problem import SETTLED

HEAD = "—— nianbao 检查结果 ——"
AUTHOR = "nianbao"
THREAD = "tc="  # how Excel names the author of what is only the shadow of a threaded comment
LONGEST = 6_000  # characters in one comment; nobody reads more
_BLOCK = re.compile(
    rf"(?:_x000D_|\r)*\n?({HEAD}"
    rf"(?:(?:_x000D_|\r)*\n【(?:{'|'.join([*(severity.word for severity in Severity), SETTLED])})】[^\n]*)*)"
)
_PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


def add(package: Package, part: str, texts: Mapping[str, Sequence[str]]) -> None:
    """Hang lines on a sheet's cells by address, after what a comment there says already.

    Where the sheet's boxes are no XML, nothing is hung.
    """
    try:
        drawing = boxes.drawing(package, part)
    except etree.XMLSyntaxError:
        return
    authors, listed = _comments(package, part)
    comments = {comment.get("ref", ""): comment for comment in listed}
    names = [author.text or "" for author in authors]
    for cell, lines in texts.items():
        block = "\n".join([HEAD, *(" ".join(line.split()) for line in lines)])[:LONGEST]
        comment = comments.get(cell)
        if comment is None:
            if AUTHOR not in names:
                etree.SubElement(authors, main("author")).text = AUTHOR
                names.append(AUTHOR)
            comment = etree.SubElement(listed, main("comment"), ref=cell, authorId=str(names.index(AUTHOR)))
            _append(comment, block)
            boxes.draw(drawing, cell, block)
        elif not _author(comment, names).startswith(THREAD):
            _append(comment, block)
            if (box := boxes.box(drawing, cell)) is not None:
                boxes.grow(box, block)
            else:
                boxes.draw(drawing, cell, _text(comment))


def remove(package: Package, part: str) -> None:
    """Take out of a sheet's comments what was hung on them, and those that say nothing else."""
    name = package.related(part, "comments")
    if not name or not any(HEAD in _text(comment) for comment in package.look(name).iter(main("comment"))):
        return
    authors, listed = _comments(package, part)
    names = [author.text or "" for author in authors]
    drawing: Element | None = None
    with suppress(etree.XMLSyntaxError):  # nothing of ours is in it
        drawing = package.tree(vml) if (vml := boxes.find(package, part)) else None
    for comment in list(listed):
        block = _cut(comment)
        box = boxes.box(drawing, comment.get("ref", "")) if block and drawing is not None else None
        if block and not _text(comment).strip() and _author(comment, names).strip() in ("", AUTHOR):
            listed.remove(comment)
            if box is not None:
                box.getparent().remove(box)  # type: ignore[union-attr] # found below the root
        elif box is not None:
            boxes.grow(box, block, -1)
    used = {int(comment.get("authorId", "0")) for comment in listed}
    if names and names[-1] == AUTHOR and len(names) - 1 not in used:
        authors.remove(authors[-1])
    if not len(listed):
        package.remove(name)
        if drawing is not None:
            boxes.remove_if_empty(package, part)


def _comments(package: Package, part: str) -> tuple[Element, Element]:
    """The lists of authors and of comments of a sheet; one without comments gets empty ones."""
    name = package.related(part, "comments")
    if not name:
        name = package.free("xl/comments{}.xml")
        root = parse(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
        package.add(name, root, _MIME)
        package.relate(part, "comments", name)
    comments = package.tree(name)
    return comments[0], comments[1]


def _author(comment: Element, names: Sequence[str]) -> str:
    at = int(comment.get("authorId", "0"))
    return names[at] if at < len(names) else ""


def _append(comment: Element, block: str) -> None:
    """Write after what a comment says, in the way in which it says it: plain, or in runs."""
    text = comment.find(main("text"))
    if text is None:
        text = etree.SubElement(comment, main("text"))
    if runs := text.findall(main("r")):
        run = etree.Element(main("r"))
        runs[-1].addnext(run)
        etree.SubElement(run, main("t"), _PRESERVE).text = f"\n{block}"
    else:
        plain = text.find(main("t"))
        if plain is None:
            plain = etree.Element(main("t"), _PRESERVE)
            text.insert(0, plain)
        plain.text = f"{plain.text}\n{block}" if plain.text else block


def _cut(comment: Element) -> str:
    """Take the findings out of a comment's text, across its runs; return them, "" where there are none."""
    block = _BLOCK.search(_text(comment))
    if not block:
        return ""
    at = 0
    for piece in _pieces(comment):
        text = piece.text or ""
        start, end = max(block.start() - at, 0), min(block.end() - at, len(text))
        at += len(text)
        if start < end:
            piece.text = text[:start] + text[end:]
            holder = piece.getparent()
            if not piece.text and holder is not None:
                empty = holder if holder.tag == main("r") else piece
                empty.getparent().remove(empty)  # type: ignore[union-attr] # below comment
    return re.sub(r"_x000D_|\r", "", block[1])


def _pieces(comment: Element) -> list[Element]:
    """The pieces of a comment's text; what only says how it is pronounced is none."""
    text = main("text")
    plain, runs = f"{text}/{main('t')}", f"{text}/{main('r')}/{main('t')}"
    return [*comment.iterfind(plain), *comment.iterfind(runs)]


def _text(comment: Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(comment))

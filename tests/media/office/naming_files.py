"""Sixty documents that name local files: twenty docx, fifteen rtf, fifteen odt, ten doc.

`python -m tests.media.office.naming_files FOLDER` makes of those in a folder what we make of them, so that
somebody else may watch which files are opened meanwhile.
"""

# ruff: noqa: E501 - markup stands here as it is in the files

from __future__ import annotations

import base64
import gzip
import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from nianbao.media import office
from nianbao.media.office import older, running
from nianbao.media.office.links import without_links
from PIL import Image

from tests import libreoffice
from tests.media.office.office_samples import DOCX, RELATION, chunk, edited, field, linked, word

WORDS = "不该读到的字"
NAMES = ("secret.png", "secret.txt", "secret.docx", "secret.dot", "secret.svg", "secret.css", "secret.html")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">{}</svg>'
EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
OPEN = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        **{
            name: f"urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"
            for name, rest in {
                "office": "office", "text": "text", "draw": "drawing", "style": "style", "table": "table",
                "script": "script", "form": "form", "presentation": "presentation", "meta": "meta",
                "manifest": "manifest", "config": "config", "svg": "svg-compatible",
                "fo": "xsl-fo-compatible",
            }.items()
        },
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xi": "http://www.w3.org/2001/XInclude",
        "xforms": "http://www.w3.org/2002/xforms",
    }.items()
)  # fmt: skip


def secrets(folder: Path) -> dict[str, str]:
    """Put files that nobody is to open into a folder; their addresses by the ends of their names."""
    Image.new("RGB", (40, 40), "red").save(folder / "secret.png")
    (folder / "secret.txt").write_text(WORDS, encoding="utf-8")
    for name in ("secret.docx", "secret.dot"):
        (folder / name).write_bytes(word(lambda made: made.add_paragraph(WORDS)))
    (folder / "secret.svg").write_text(SVG.format('<g id="x"><rect width="50" height="50"/></g>'))
    (folder / "secret.css").write_text("rect { fill: red }")
    (folder / "secret.html").write_text(f"<p>{WORDS}</p>", encoding="utf-8")
    return {name.rpartition(".")[2]: (folder / name).as_uri() for name in NAMES}


def documents(folder: Path) -> dict[str, dict[str, bytes]]:
    """The documents by their kind and name; what they name is put into the folder."""
    at = secrets(folder)
    return {"docx": docx_files(at), "rtf": rtf_files(at), "odt": odt_files(at), "doc": doc_files(at, folder)}


def docx_files(at: Mapping[str, str]) -> dict[str, bytes]:
    """Drawings within a docx, fields, objects, templates and parts that name other files."""
    inner = data("svg+xml", SVG.format(f'<image xlink:href="{at["png"]}" width="40" height="40"/>'))
    drawings = {
        "image": f'<image href="{at["png"]}" width="40" height="40"/>',
        "image-xlink": f'<image xlink:href="{at["png"]}" width="40" height="40"/>',
        "use": f'<use xlink:href="{at["svg"]}#x"/>',
        "nested": f'<image xlink:href="{inner}" width="40" height="40"/>',
        "style": f'<style>@import url("{at["css"]}");</style><rect width="9" height="9"/>',
        "escaped": f'<rect width="9" height="9" style="fill: u\\72l({at["svg"]}#x)"/>',
        "filter": f'<filter id="f"><feImage xlink:href="{at["png"]}"/></filter><rect filter="url(#f)"/>',
        "font": f"<style>@font-face {{ font-family: a; src: url({at['txt']}) }}</style><text>字</text>",
        "base": f'<g xml:base="{at["png"].rpartition("/")[0]}/"><image xlink:href="secret.png" width="9"/></g>',
        "html": f'<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="{at["png"]}"/></foreignObject>',
    }
    made = {f"svg-{name}": drawn(SVG.format(drawing).encode()) for name, drawing in drawings.items()}
    entity = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{at["txt"]}">]>' + SVG.format("<text>&a;</text>")
    sheet = f'<?xml-stylesheet href="{at["css"]}"?>' + SVG.format('<rect width="9" height="9"/>')
    made["svg-entity"], made["svg-sheet"] = drawn(entity.encode()), drawn(sheet.encode())
    made["svg-packed"] = drawn(gzip.compress(SVG.format(drawings["image"]).encode()))
    made["svg-as-png"] = drawn(SVG.format(drawings["image"]).encode("utf-16"), "a.png")
    made["eps"] = drawn(f"%!PS-Adobe-3.0 EPSF-3.0\n({at['txt'][7:]}) (r) file\n".encode(), "a.eps")
    made["linked"] = word(linked(at["png"]))
    made["hyperlink"] = word(linked(at["png"], "hyperlink"))
    made["field"] = word(field(' INCLUDE"', f'{at["docx"]}"'), field(f' INCLUDEPICTURE "{at["png"]}" \\d '))
    made["chunk"] = chunk(f'<p><img src="{at["png"]}"></p>'.encode(), "html", "text/html")
    made["object"] = chunk(word(linked(at["png"])), "docx", DOCX)
    return made


def drawn(content: bytes, name: str = "a.svg") -> bytes:
    """A document with a picture whose content is this, also as the drawing that stands behind a picture."""
    ending = name.rpartition(".")[2]
    kinds = {"svg": "image/svg+xml", "png": "image/png", "eps": "image/x-eps"}
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "blue").save(picture, "png")
    document = word(lambda made: made.add_picture(io.BytesIO(picture.getvalue())))

    def body(part: bytes) -> bytes:
        behind = (
            f'<a:extLst><a:ext uri="{EXTENSION}"><asvg:svgBlip r:embed="rIdA" xmlns:asvg='
            '"http://schemas.microsoft.com/office/drawing/2016/SVG/main"/></a:ext></a:extLst></a:blip>'
        ).encode()
        start = part.index(b"<a:blip")
        whole = part.index(b"/>", start)
        part = part[:whole] + b">" + behind + part[whole + 2 :]
        inline = part[part.index(b"<w:drawing>") : part.index(b"</w:drawing>") + len(b"</w:drawing>")]
        alone = (
            inline[: inline.index(b"<a:blip")]
            + b'<a:blip r:embed="rIdA"/>'
            + inline.partition(b"</a:blip>")[2]
        )
        return part.replace(inline, inline + b"</w:r><w:r>" + alone)

    return edited(
        document,
        **{
            "word/document.xml": body,
            f"word/media/{name}": lambda _: content,
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"</Relationships>",
                f'<Relationship Id="rIdA" Type="{RELATION}/image" Target="media/{name}"/></Relationships>'.encode(),
            ),
            "[Content_Types].xml": lambda part: part.replace(
                b"<Override",
                f'<Override PartName="/word/media/{name}" ContentType="{kinds[ending]}"/><Override'.encode(),
                1,
            ),
        },
    )


def data(kind: str, content: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content.encode()).decode()}"


def rtf_files(at: Mapping[str, str]) -> dict[str, bytes]:
    """Fields, objects, templates and shapes of RTF."""
    plain = {kind: address[7:] for kind, address in at.items()}
    shape = (
        "{{\\shp{{\\*\\shpinst\\shpleft0\\shptop0\\shpright2000\\shpbottom2000"
        "{{\\sp{{\\sn shapeType}}{{\\sv 75}}}}{{\\sp{{\\sn {0}}}{{\\sv {1}}}}}{{\\sp{{\\sn {0}Flags}}{{\\sv 10}}}}}}}}"
    )
    made = {
        "includepicture": _field(f'INCLUDEPICTURE "{at["png"]}" \\\\d'),
        "includepicture-path": _field(f'INCLUDEPICTURE "{plain["png"]}" \\\\* MERGEFORMAT \\\\d'),
        "includetext": _field(f'INCLUDETEXT "{plain["txt"]}"'),
        "include": _field(f'INCLUDE "{plain["docx"]}"'),
        "hidden-letters": _field(f'I\\\'4eCLUDEP\\u73 ?CTURE "{at["png"]}" \\\\d'),
        "split": _field(f'INC}}{{\\b LUDEPIC}}{{TURE "{at["png"]}" }}{{\\\\d'),
        "nested": _field("IF 1 = 1 " + _field(f"INCLUDEPICTURE {plain['png']}") + ' ""'),
        "dde": _field(f'DDEAUTO soffice "{plain["docx"]}" a'),
        "link": _field(f'LINK Word.Document.8 "{plain["docx"]}" a \\\\a \\\\r'),
        "import": _field(f'IMPORT "{at["png"]}"'),
        "object-link": (
            "{\\object\\objautlink\\objw2000\\objh2000{\\*\\objclass Word.Document.8}{\\*\\objdata "
            + _linked_object(plain["docx"])
            + "}{\\result{\\pard old\\par}}}"
        ),
        "template": f"{{\\*\\template {plain['dot']}}}",
        "shape": shape.format("pibName", at["png"]),
        "fill": shape.format("fillBlipName", at["png"]),
        "files": f"{{\\*\\filetbl{{\\file\\fid1\\fosnum0 {plain['docx']}}}}}{{\\*\\subdocument1 {plain['docx']}}}",
    }
    return {name: _rich(content) for name, content in made.items()}


def _rich(content: str) -> bytes:
    return b"{\\rtf1\\ansi " + _rtf(content).encode("ascii") + b" text\\par}"


def _field(instruction: str) -> str:
    return f"{{\\field{{\\*\\fldinst {{{instruction}}}}}{{\\fldrslt old}}}}"


def _rtf(text: str) -> str:
    return "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in text)


def _linked_object(path: str) -> str:
    """The data of an OLE 1.0 object that is linked to a file, in hexadecimal."""

    def text(words: str) -> bytes:
        return (len(words) + 1).to_bytes(4, "little") + words.encode() + b"\0"

    head = (0x501).to_bytes(4, "little") + (1).to_bytes(4, "little")
    return (head + text("Word.Document.8") + text(path) + text("a") + bytes(12)).hex()


def odt_files(at: Mapping[str, str]) -> dict[str, bytes]:
    """Frames, sections, objects, forms, sheets and parts of ODF."""
    size = 'svg:width="3cm" svg:height="3cm" text:anchor-type="paragraph"'
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    plain = at["txt"][7:]
    bodies = {
        "image": f'<text:p><draw:frame {size}><draw:image xlink:href="{at["png"]}" {link}/></draw:frame></text:p>',
        "image-path": f'<text:p><draw:frame {size}><draw:image xlink:href="{at["png"][7:]}" {link}/></draw:frame></text:p>',
        "image-up": f'<text:p><draw:frame {size}><draw:image xlink:href="../../../../../../..{at["png"][7:]}"/></draw:frame></text:p>',
        "svg": f'<text:p><draw:frame {size}><draw:image xlink:href="Pictures/a.svg" {link}/></draw:frame></text:p>',
        "section": f'<text:section text:name="a"><text:section-source xlink:href="{at["docx"]}"/><text:p>old</text:p></text:section>',
        "section-text": f'<text:section text:name="a"><text:section-source xlink:href="{at["txt"]}" text:filter-name="Text"/><text:p>old</text:p></text:section>',
        "dde": f'<text:section text:name="a"><office:dde-source office:dde-application="soffice" office:dde-topic="{plain}" office:dde-item="a" office:automatic-update="true"/><text:p>old</text:p></text:section>',
        "object": f'<text:p><draw:frame {size}><draw:object xlink:href="{at["docx"]}" {link}/></draw:frame></text:p>',
        "object-ole": f'<text:p><draw:frame {size}><draw:object-ole xlink:href="{at["docx"]}" {link}/></draw:frame></text:p>',
        "floating": f'<text:p><draw:frame {size}><draw:floating-frame xlink:href="{at["html"]}" {link}/></draw:frame></text:p>',
        "plugin": f'<text:p><draw:frame {size}><draw:plugin xlink:href="{at["png"]}" draw:mime-type="image/png" {link}/></draw:frame></text:p>',
        "fill": "<text:p>old</text:p>",
        "button": f'<office:forms><form:form xlink:href="{at["docx"]}"><form:image form:image-data="{at["png"]}" form:id="c"/></form:form></office:forms><text:p><draw:control draw:control="c" {size}/></text:p>',
        "master": f'<text:p><text:a xlink:href="{at["html"]}">a</text:a></text:p>',
        "nested": f'<text:p><draw:frame {size}><draw:object xlink:href="./Object 1" {link}/></draw:frame></text:p>',
    }
    made = {}
    for name, body in bodies.items():
        parts = {"content.xml": content(body)}
        if name == "svg":
            parts["Pictures/a.svg"] = SVG.format(
                f'<image xlink:href="{at["png"]}" width="40" height="40"/>'
            ).encode()
        if name == "fill":
            parts["styles.xml"] = (
                f'<office:document-styles {SPACES} office:version="1.2"><office:styles><draw:fill-image draw:name="a" '
                f'xlink:href="{at["png"]}" {link}/><style:default-style style:family="paragraph"><style:paragraph-properties>'
                f'<style:background-image xlink:href="{at["png"]}" {link}/></style:paragraph-properties>'
                "</style:default-style></office:styles></office:document-styles>"
            ).encode()
        if name == "master":
            parts["meta.xml"] = (
                f'<office:document-meta {SPACES} office:version="1.2"><office:meta><meta:template xlink:href="{at["dot"]}" '
                f'xlink:type="simple"/><meta:auto-reload xlink:href="{at["html"]}" meta:delay="PT0S"/></office:meta></office:document-meta>'
            ).encode()
        if name == "nested":
            parts["Object 1/content.xml"] = content(bodies["image"])
        made[name] = packed(parts)
    return made


def content(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body>'
        f"<office:text>{body}<text:p>text</text:p></office:text></office:body></office:document-content>"
    ).encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    listed = {"/": OPEN, **{name: "text/xml" if name.endswith(".xml") else "image/svg+xml" for name in parts}}
    if "Object 1/content.xml" in parts:
        listed["Object 1/"] = OPEN
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in listed.items()
    )
    manifest = f'<manifest:manifest {SPACES} manifest:version="1.2">{entries}</manifest:manifest>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", OPEN)
        for name, part in {**parts, "META-INF/manifest.xml": manifest.encode()}.items():
            archive.writestr(name, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def doc_files(at: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """Fields and pictures of binary Word files, which LibreOffice writes while they still mean nothing."""
    plain = {kind: address[7:] for kind, address in at.items()}
    instructions = {
        "includepicture": f'INCLUDEPICTURE "{at["png"]}" \\d',
        "includepicture-path": f"INCLUDEPICTURE {plain['png']}",
        "includetext": f'INCLUDETEXT "{plain["txt"]}"',
        "include": f'INCLUDE "{plain["docx"]}"',
        "ddeauto": f'DDEAUTO soffice "{plain["docx"]}" a',
        "link": f'LINK Word.Document.8 "{plain["docx"]}" a \\a',
        "import": f'IMPORT "{at["png"]}"',
    }
    for name, instruction in instructions.items():
        (folder / f"{name}.rtf").write_bytes(_rich(_field("X" + instruction[1:])))
    (folder / "linked.docx").write_bytes(word(linked(at["png"])))
    (folder / "floating.docx").write_bytes(word(linked(at["png"], "hyperlink")))
    noise = io.BytesIO()
    Image.effect_noise((40, 40), 90).save(noise, "png")
    (folder / "drawn.docx").write_bytes(word(lambda made: made.add_picture(io.BytesIO(noise.getvalue()))))
    sources = sorted(
        path for path in folder.iterdir() if path.suffix in (".rtf", ".docx") and path.stem != "secret"
    )
    made = {
        path.stem: path.read_bytes()
        for path in libreoffice.convert(folder / "doc", *sources, kind="doc:MS Word 97")
    }
    for name, instruction in instructions.items():
        placeholder = ("X" + instruction[1:6]).encode("utf-16-le")
        assert placeholder in made[name], f"LibreOffice has not kept the field of {name}"
        made[name] = made[name].replace(placeholder, instruction[:6].encode("utf-16-le"))
    drawing = SVG.format(f'<image xlink:href="{at["png"]}" width="40" height="40"/>').encode()
    start = made["drawn"].index(b"\x89PNG")
    end = made["drawn"].index(b"IEND", start) + 8
    made["drawn"] = made["drawn"][:start] + drawing.ljust(end - start) + made["drawn"][end:]
    return made


def convert(folder: Path) -> None:
    """Make of each document what the program makes of its kind: a PDF of a docx, a docx of any other."""
    made = folder / "made"
    made.mkdir()
    program, documents = running.find(), sorted(folder.glob("*.docx"))
    assert program is not None
    for path, outcome in zip(
        documents, office.convert_all([(path.name, path.read_bytes()) for path in documents]), strict=True
    ):
        assert isinstance(outcome, office.Converted), (path.name, outcome.problems)
        (made / f"{path.name}.pdf").write_bytes(outcome.pdf)
    for kind in ("rtf", "odt", "doc"):
        paths = sorted(folder.glob(f"*.{kind}"))
        alone = [without_links(f".{kind}", path.read_bytes(), path.name) for path in paths]
        job = older.JOBS[f".{kind}"]
        for path, content in zip(paths, running.run(program, job, alone, 120)[0], strict=True):
            assert content is not None, path.name
            (made / f"{path.name}.docx").write_bytes(content)


if __name__ == "__main__":
    convert(Path(sys.argv[1]))

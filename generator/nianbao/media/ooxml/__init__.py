"""The zipped XML that xlsx and docx are: opened with limits, read part by part, written the same way twice.

The one folder of media/ that others there import: what holds for every Office file.
"""

from nianbao.media.ooxml.container import is_package, pack, parts_of, salvage, unpack
from nianbao.media.ooxml.package import CONTENT_TYPES, Package, Relation, owner, relations_of
from nianbao.media.ooxml.svg import MOST_WORK, Drawing, drawing, is_svg
from nianbao.media.ooxml.wrappings import is_compound, older_kind
from nianbao.media.ooxml.xml import REL, TYPES, XML, Element, Malformed, R, parse, serialize

__all__ = [
    "CONTENT_TYPES", "MOST_WORK", "REL", "TYPES", "XML", "Drawing", "Element", "Malformed", "Package",
    "R", "Relation", "drawing", "is_compound", "is_package", "is_svg", "older_kind", "owner", "pack",
    "parse", "parts_of", "relations_of", "salvage", "serialize", "unpack",
]  # fmt: skip

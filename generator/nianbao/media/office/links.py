"""A file of any kind that LibreOffice is to read, without what would make it open another."""

from __future__ import annotations

from nianbao.media.office import compound_file, open_document, rich_text


def without_links(ending: str, content: bytes, file: str) -> bytes:
    """The same file as far as it stands alone; `ending` is of the kind that it is, whatever it is called.

    Raises Unreadable for what is damaged or has a password.
    """
    if ending in (".odt", ".ods"):
        return open_document.without_links(content, file)
    if ending == ".rtf":
        return rich_text.without_links(content)
    return compound_file.without_links(content) if content.startswith(compound_file.MAGIC) else content

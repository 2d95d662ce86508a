"""A file that the program was started with, as a file manager does: read, and put into a new draft."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs

from nianbao.app import files, workbench
from nianbao.app.outcome import Usage
from nianbao.media.attachments import names
from nianbao.web.settings import MOST_BYTES
from nianbao.web.words import catalogue
from nianbao.web.workbench import drafts


def named(query: str) -> Path | None:
    """The file that is named in the address by which the pages are entered; None where there is none."""
    paths = parse_qs(query, errors="surrogateescape").get("file")
    return Path(paths[0]) if paths else None


def opened(file: Path) -> str:
    """Put a file into the boxes of a new draft: the path of its page.

    Raises Usage where it is too large, OSError, and what reading raises.
    """
    content = files.read(file)
    if len(content) > MOST_BYTES:
        raise Usage(catalogue()["start"]["too_large"])
    name = names.shown(names.decoded(os.fsencode(file.name), file.name))  # GBK on an old disk
    draft = drafts.begin(workbench.open_file(content, name), name, content)
    return f"/draft/{draft.pk}"

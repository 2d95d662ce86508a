"""Many files as one zip, for taking home: the same files give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by their paths in it, in their order."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, file in files.items():
            package.writestr(zipfile.ZipInfo(name, _DATE), file, zipfile.ZIP_DEFLATED)
    return content.getvalue()

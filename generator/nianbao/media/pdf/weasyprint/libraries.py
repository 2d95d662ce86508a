"""Where WeasyPrint's libraries are looked for: by the names that Linux has, with no compiler started."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nianbao.media.pdf.weasyprint.monkeypatch import replaced


@contextmanager
def by_file_name() -> Iterator[None]:
    """Let nobody ask ctypes for a library while a module is imported.

    WeasyPrint tries `libgobject-2.0-0`, a name of Windows, before `libgobject-2.0.so.0`; for such a
    name CPython runs ldconfig and, where there is one, gcc: 0.15 s on each start, and temporary files
    (its issue 1125).
    """
    search = ctypes.util.find_library
    with replaced(ctypes.util, find_library=(lambda _: None) if sys.platform == "linux" else search):
        yield

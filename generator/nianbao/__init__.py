"""nianbao: from one filled-in workbook to the official yearly report in Word and PDF.

What programs may use of it stands in nianbao.app.api, and is told in docs/api.md. Nothing is imported
before it is used: `import nianbao` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nianbao.app.api import *  # noqa: F403 - the names stand once, in its __all__


def __getattr__(name: str) -> object:
    if not name.startswith("_") or name == "__all__":
        from nianbao.app import api

        if name in ("__all__", *api.__all__):
            return getattr(api, name)
    raise AttributeError(f"module 'nianbao' has no attribute {name!r}")


def __dir__() -> list[str]:
    from nianbao.app import api

    return api.__all__

"""nianbao: from one filled-in workbook to the official yearly report in Word and PDF.

What programs may use of it is named here, and told in docs/api.md. Nothing is imported before it is
used: `import nianbao` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nianbao.app.api import (
        Artifacts,
        Comparison,
        Decision,
        Place,
        Problem,
        ProblemsFound,
        Report,
        Rollup,
        Severity,
        Unreadable,
        Usage,
        check,
        compare,
        generate,
        import_published,
        read,
        rollup,
        write,
    )

__all__ = [
    "Artifacts",
    "Comparison",
    "Decision",
    "Place",
    "Problem",
    "ProblemsFound",
    "Report",
    "Rollup",
    "Severity",
    "Unreadable",
    "Usage",
    "check",
    "compare",
    "generate",
    "import_published",
    "read",
    "rollup",
    "write",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'nianbao' has no attribute {name!r}")
    from nianbao.app import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return __all__

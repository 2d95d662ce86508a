"""What libraries say by themselves, on standard error and in English: nobody is helped by it."""

from __future__ import annotations

import sys


def silence() -> None:
    """Keep warnings and log messages of libraries to themselves, unless Python was told to show them (-W).

    So too what goes wrong while they clean up behind an exception that is told: openpyxl upon a full disk.
    """
    import logging
    import warnings

    if not sys.warnoptions:
        warnings.simplefilter("ignore")
        if sys.unraisablehook is sys.__unraisablehook__:
            sys.unraisablehook = _nothing
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())  # without any, Python itself writes what is a warning


def _nothing(_: sys.UnraisableHookArgs) -> None:
    """Say nothing of an exception that nobody can catch."""

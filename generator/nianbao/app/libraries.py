"""What libraries say by themselves, on standard error and in English: nobody is helped by it."""

from __future__ import annotations

import sys


def silence() -> None:
    """Keep warnings and log messages of libraries to themselves, unless Python was told to show them (-W)."""
    import logging
    import warnings

    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())  # without any, Python itself writes what is a warning

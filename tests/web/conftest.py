"""The tests of what the server answers share one that runs."""

import pytest

pytest.importorskip("django", reason="needs the extra web")

from tests.web.serving import server

__all__ = ["server"]

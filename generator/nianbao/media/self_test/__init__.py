"""What a self-test has found: as values, as JSON, and as a page to be sent to whoever helps."""

from nianbao.media.self_test.page import write
from nianbao.media.self_test.results import Family, Particular, Result, Results, State

__all__ = ["Family", "Particular", "Result", "Results", "State", "write"]

"""`self-test`: both samples made and checked for real, and what of the machine matters to that."""

from nianbao.app.self_test.run import code, run
from nianbao.app.self_test.steps import Step, steps

__all__ = ["Step", "code", "run", "steps"]

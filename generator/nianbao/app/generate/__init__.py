"""`generate`: one report or ten thousand, on this machine or on many."""

from nianbao.app.generate.making import Bench
from nianbao.app.generate.order import Options, order
from nianbao.app.generate.run import generate_all

__all__ = ["Bench", "Options", "generate_all", "order"]

"""`generate`: one report or ten thousand, on this machine or on many."""

from generator.app.generate.making import Bench
from generator.app.generate.order import Options, order
from generator.app.generate.run import generate_all

__all__ = ["Bench", "Options", "generate_all", "order"]

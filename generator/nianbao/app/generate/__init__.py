"""`generate`: one report or ten thousand, on this machine or on many."""

from nianbao.app.generate.job import Delivery, Job, prepare
from nianbao.app.generate.pipeline import RenderContext
from nianbao.app.generate.run import generate_all

__all__ = ["Delivery", "Job", "RenderContext", "generate_all", "prepare"]

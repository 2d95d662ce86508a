"""Floor 1: what the authority prescribes.

The TOML files beside this module ARE the form; `load` turns one into a frozen `Mandate`.
"""

from nianbao.mandate.documents import Document, documents
from nianbao.mandate.duties import Duties, Fee, Share, Topic
from nianbao.mandate.edition import Edition, Mandate
from nianbao.mandate.entry import MandateError
from nianbao.mandate.form import Block, Cell, Kind, Node, Reporter, Role, Section, Slot, Table
from nianbao.mandate.load import LAST_YEAR, editions, for_year, load
from nianbao.mandate.relations import CrossYear, Equation
from nianbao.mandate.succession import Succession

__all__ = [
    "LAST_YEAR", "Block", "Cell", "CrossYear", "Document", "Duties", "Edition", "Equation", "Fee", "Kind",
    "Mandate", "MandateError", "Node", "Reporter", "Role", "Section", "Share", "Slot", "Succession", "Table",
    "Topic", "documents", "editions", "for_year", "load",
]  # fmt: skip

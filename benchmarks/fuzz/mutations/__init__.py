"""Ways to spoil a file, each a function of a source of chance and the file's bytes."""

from benchmarks.fuzz.mutations.document import in_json, in_older
from benchmarks.fuzz.mutations.package import in_package
from benchmarks.fuzz.mutations.page import in_page, in_saved
from benchmarks.fuzz.mutations.pdf import in_pdf
from benchmarks.fuzz.mutations.plain import Mutation, in_bytes
from benchmarks.fuzz.mutations.tags import in_template

__all__ = [
    "Mutation",
    "in_bytes",
    "in_json",
    "in_older",
    "in_package",
    "in_page",
    "in_pdf",
    "in_saved",
    "in_template",
]

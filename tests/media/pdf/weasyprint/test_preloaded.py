"""What is worked out before processes are started is not worked out again by what they print."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)

PRINTING = """
from importlib import import_module
from nianbao.media import fonts, pdf
for name in pdf.PRELOADED:
    import_module(name)
from nianbao.media.pdf.weasyprint.fast import style_sheet
from weasyprint.text.ffi import ffi
before, sheets = set(ffi._parsed_types), style_sheet.cache_info().misses
html = "<html><head><title>年报</title></head><body><p>年报 2025</p></body></html>"
pdf.write(html, "年报", fonts.configure())
lengths = {name for name in ffi._parsed_types if name.startswith("hb_codepoint_t[") and name[-2] != "["}
print(sheets, style_sheet.cache_info().misses, sorted(set(ffi._parsed_types) - before - lengths))
"""


def test_a_print_reads_neither_the_style_sheet_nor_a_type_again() -> None:
    done = subprocess.run([sys.executable, "-c", PRINTING], capture_output=True, text=True, timeout=120)

    assert (done.stdout, done.stderr) == ("1 1 []\n", "")

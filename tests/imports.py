"""Everything that processes of the program import: for the server that those of the tests come out of."""

from contextlib import suppress
from importlib import import_module

from nianbao.app.generate.pipeline import MAKING
from nianbao.app.workers.isolation import PRELOAD
from nianbao.media import pdf, word

WHEN_USED = (
    "nianbao.media.charts.plot",
    "nianbao.media.pages.templates",
    "nianbao.media.webpage",
    "nianbao.media.word.html",
    "nianbao.media.word.reading",
    "nianbao.report.checks.all_checks",
)

for name in (*MAKING, *PRELOAD, *word.PRELOADED, *pdf.PRELOADED, *WHEN_USED):
    with suppress(ImportError, OSError):  # of an extra, or of Pango, which need not be there
        import_module(name)

"""Run every benchmark: `python -m benchmarks`."""

from benchmarks import generate, pdf

generate.main()
pdf.main()

"""Run every benchmark: `python -m benchmarks`."""

from benchmarks import checks, generate, pdf

checks.main()
generate.main()
pdf.main()

"""Run every benchmark: `python -m benchmarks`."""

import subprocess
import sys

# Each in a process of its own: what one holds would count as memory of those that the next one starts.
failed = [
    name
    for name in (
        "checks",
        "reading",
        "merging",
        "generate",
        "batch",
        "peers",
        "pdf",
        "scaling",
        "archive",
        "workbench",
        "office",
    )
    if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
]
if failed:
    sys.exit(f"not done: {', '.join(failed)}")

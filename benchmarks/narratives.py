"""How much of what is wrong is found, and how much of what is right is doubted, in ordinary texts.

`python -m benchmarks.narratives [FOLDER]`: the narratives of tests/narratives, or of another folder. Every
finding in a narrative as it is counts as a false alarm; a planted mistake is found where it makes a
finding that was not there before.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.narratives import FOLDER, narratives


def main() -> None:
    """Print every false alarm, every mistake that is missed, and the counts of both."""
    counts: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for narrative in narratives(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        counts["sentences"] += sum(text.count("。") for text in narrative.document["sections"].values())
        for problem in narrative.alarms:
            counts["alarms"] += 1
            print(f"{narrative.path.name} alarm {problem.severity.value} {problem.code}: {problem.what}")
        for mistake in narrative.mistakes:
            planted[mistake.kind] += 1
            if narrative.found(mistake):
                found[mistake.kind] += 1
            else:
                print(f"{narrative.path.name} missed {mistake.kind}: {mistake.was} → {mistake.wrong}")
    print(f"\n{counts['sentences']} sentences: {counts['alarms']} false alarms")
    print(f"{planted.total()} mistakes of {len(planted)} kinds: {found.total()} found")
    for kind, number in sorted(planted.items()):
        print(f"  {found[kind]:>3} of {number:>3}  {kind}")


if __name__ == "__main__":
    main()

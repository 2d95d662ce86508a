"""What of the folder for Windows would not work there, as far as its files can tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from setup.bundle import materials
from setup.windows import embeddable, modules, names, pe


def wrong(root: Path, python: tuple[int, int]) -> Iterator[str]:
    """What would not work on Windows, as far as files can tell: a line each."""
    yield from names.refused(f"{root.name}/{path}" for path in materials.files(root))
    ours = (path for path in materials.files(root) if not path.startswith(f"{embeddable.FOLDER}/"))
    binaries = {path: (root / path).read_bytes() for path in ours if path.lower().endswith(pe.LIBRARIES)}
    yield from pe.unmet(binaries, python)
    there = modules.modules(root / "site")
    standard = modules.standard(python)
    own = {name: path for name, path in there.items() if name.partition(".")[0] == "nianbao"}
    for asked in modules.walk(own, there):
        dispensable = asked.optional or (asked.late and asked.by not in own)
        if not (dispensable or modules.found(asked, there, standard)):
            yield f"{asked.by}: no module {asked.names[-1]}"

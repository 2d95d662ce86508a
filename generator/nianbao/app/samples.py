"""The samples that come with the program, as exchange JSON."""

from __future__ import annotations

from nianbao.app.build_id import TEMPLATES

_PACKAGED, _CHECKED_OUT = TEMPLATES.with_name("samples"), TEMPLATES.parent / "data" / "sources"


def content(edition: str) -> bytes:
    """The sample of an edition; raises OSError where it does not lie beside the program."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKED_OUT
    return (folder / f"示例-{edition}.json").read_bytes()

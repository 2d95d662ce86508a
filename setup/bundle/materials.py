"""The bill of materials of what an office gets: where each file comes from, and under which licence."""

from __future__ import annotations

import hashlib
import uuid
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import OutputFormat, SchemaVersion
from license_expression import get_spdx_licensing  # type: ignore[import-untyped] # it ships no types
from packageurl import PackageURL

FORMAT, SCHEMA = OutputFormat.JSON, SchemaVersion.V1_6
BILL = "bill.cdx.json"  # in the bundle
TEXTS = "licences"  # the folder of the licences' own texts, in the bundle
_NAMESPACE = uuid.UUID("8d0f0e67-54f9-5c0c-9b7e-0f6d1f9f2a11")  # of the serial numbers of our bills


@dataclass(frozen=True)
class Material:
    """One package in a bundle: its licence as an SPDX expression, the licence's own texts, and its files.

    `files` has the SHA-256 of each by its path in the bundle, with slashes.
    """

    name: str
    version: str
    licence: str
    origin: str
    purl: str
    files: Mapping[str, str]
    texts: tuple[Path, ...] = ()


class Unaccounted(Exception):  # noqa: N818 - it says what was found
    """Files or materials of which the origin or the licence is not known: all of them, a line each."""


def account(root: Path, used: Iterable[Material], product: str, epoch: int) -> None:
    """Put the bill of what is in a folder into it, and the licences' texts; our own package is among it.

    Raises Unaccounted.
    """
    materials = [with_texts(material, root) for material in used]
    [version] = [material.version for material in materials if material.name == "nianbao"]
    (root / BILL).write_bytes(bill(materials, product, version, epoch))
    refuse(unclaimed(root, materials, but=[BILL]))


def bill(materials: Sequence[Material], product: str, version: str, epoch: int) -> bytes:
    """A CycloneDX bill in JSON, the same for the same materials in any order; `epoch` is its date.

    Raises Unaccounted with every material that lacks something.
    """
    refuse(wanting(materials))
    ordered = sorted(materials, key=lambda material: (material.name.lower(), material.purl))
    bom = Bom(serial_number=_serial(ordered, product, version))
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    bom.metadata.component = Component(
        name=product, version=version, type=ComponentType.APPLICATION, bom_ref=product
    )
    for material in ordered:
        bom.components.add(_component(material))
    bom.register_dependency(bom.metadata.component, bom.components)
    with warnings.catch_warnings(action="ignore"):  # of names that its own schema allows
        text = JsonV1Dot6(bom).output_as_string(indent=1)
    return f"{text}\n".encode()


def wanting(materials: Iterable[Material]) -> Iterator[str]:
    """What materials lack: an origin, a licence that SPDX knows, its text, files."""
    spdx = get_spdx_licensing()
    for material in materials:
        known = material.licence and not spdx.validate(material.licence).errors
        lacks = {
            "origin": not material.origin,
            "licence by a name of SPDX": not known,
            "text of the licence": not material.texts,
            "files": not material.files,
        }
        yield from (
            f"{material.name} {material.version}: no {what}" for what, is_so in lacks.items() if is_so
        )


def unclaimed(root: Path, materials: Iterable[Material], but: Iterable[str] = ()) -> Iterator[str]:
    """The files of a bundle that no material names, or several do, or that are not as they were named."""
    claims = [claim for material in materials for claim in material.files.items()]
    times, named = Counter(path for path, _ in claims), dict(claims)
    present = set(files(root)) - set(but)
    yield from (f"{path}: of unknown origin" for path in sorted(present - named.keys()))
    yield from (f"{path}: not in the bundle" for path in sorted(named.keys() - present))
    yield from (f"{path}: of {count} origins" for path, count in sorted(times.items()) if count > 1)
    changed = (path for path in sorted(present & named.keys()) if digest(root / path) != named[path])
    yield from (f"{path}: changed since" for path in changed)


def refuse(lines: Iterable[str]) -> None:
    """Raise Unaccounted with all lines, where there are any."""
    if said := list(lines):
        raise Unaccounted("\n".join(said))


def files(root: Path) -> Iterator[str]:
    """The files and links below a folder, by path with slashes, sorted."""
    paths = sorted(path for path in root.rglob("*") if path.is_symlink() or path.is_file())
    return (path.relative_to(root).as_posix() for path in paths)


def digest(path: Path) -> str:
    """The SHA-256 of a file; of a link, that of where it leads."""
    content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
    return hashlib.sha256(content).hexdigest()


def with_texts(material: Material, root: Path) -> Material:
    """Copy a material's licence texts into the bundle's folder for them; the material with these files."""
    folder = root / TEXTS / f"{material.name}-{material.version}".replace(":", "_")
    folder.mkdir(parents=True, exist_ok=True)
    copied = {}
    for text in material.texts:
        copy = folder / text.name
        if copy.exists() and copy.read_bytes() != text.read_bytes():  # of two parts of one package
            copy = folder / f"{text.parent.name}-{text.name}"
        copy.write_bytes(text.read_bytes())
        copied[copy.relative_to(root).as_posix()] = digest(copy)
    return replace(material, files={**material.files, **copied})


def _component(material: Material) -> Component:
    return Component(
        name=material.name,
        version=material.version,
        type=ComponentType.LIBRARY,
        purl=PackageURL.from_string(material.purl) if material.purl else None,
        bom_ref=material.purl or f"{material.name}@{material.version}",
        publisher=material.origin,
        licenses=[LicenseExpression(material.licence)],
        components=[
            Component(
                name=path,
                type=ComponentType.FILE,
                bom_ref=f"file:{path}",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256)],
            )
            for path, sha256 in sorted(material.files.items())
        ],
    )


def _serial(materials: Iterable[Material], product: str, version: str) -> uuid.UUID:
    """A number that stays while nothing of the bill changes."""
    words = hashlib.sha256(f"{product}\0{version}\0".encode())
    for material in materials:
        words.update(f"{material.purl}\0{material.licence}\0{sorted(material.files.items())}\0".encode())
    return uuid.uuid5(_NAMESPACE, words.hexdigest())

import json
from dataclasses import replace
from pathlib import Path

import pytest

from setup.bundle import distributions, materials
from setup.bundle.materials import Material, Unaccounted


def material(root: Path, name: str, *paths: str) -> Material:
    """A material with files of a bundle, which are made where they are not there."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    text = root.parent / f"{name}.txt"
    text.write_text(f"the licence of {name}")
    return Material(
        name, "1.0", "MIT OR Apache-2.0", "PyPI", f"pkg:pypi/{name}@1.0",
        {path: materials.digest(root / path) for path in paths}, (text,),
    )  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "bundle").mkdir()
    return tmp_path / "bundle"


def test_a_bill_names_each_package_with_its_licence_and_the_sum_of_each_file(root: Path) -> None:
    bill = json.loads(materials.bill([material(root, "a", "lib/甲.py")], "nianbao", "26.1", 1764374400))

    [component] = bill["components"]
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["timestamp"]) == (
        "CycloneDX", "1.6", "2025-11-29T00:00:00+00:00",
    )  # fmt: skip
    assert bill["metadata"]["component"] == {
        "bom-ref": "nianbao", "name": "nianbao", "type": "application", "version": "26.1",
    }  # fmt: skip
    assert component == {
        "bom-ref": "pkg:pypi/a@1.0", "name": "a", "version": "1.0", "type": "library", "publisher": "PyPI",
        "purl": "pkg:pypi/a@1.0", "licenses": [{"expression": "MIT OR Apache-2.0"}],
        "components": [{
            "bom-ref": "file:lib/甲.py", "name": "lib/甲.py", "type": "file",
            "hashes": [{"alg": "SHA-256", "content": materials.digest(root / "lib/甲.py")}],
        }],
    }  # fmt: skip


def test_the_same_materials_in_another_order_make_the_same_bytes(root: Path) -> None:
    first, second = material(root, "b", "b.py", "a.py"), material(root, "A", "c.py")
    turned = replace(first, files=dict(reversed(list(first.files.items()))))

    assert materials.bill([first, second], "p", "1", 0) == materials.bill([second, turned], "p", "1", 0)
    assert materials.bill([first, second], "p", "1", 0) != materials.bill([first], "p", "1", 0)


def test_all_that_materials_lack_is_named_at_once(root: Path) -> None:
    whole = material(root, "whole", "whole.py")
    nowhere = replace(whole, name="nowhere", origin="")
    unknown = replace(whole, name="unknown", licence="BSD License", texts=())
    empty = replace(whole, name="empty", files={}, licence="")

    with pytest.raises(Unaccounted) as caught:
        materials.bill([whole, nowhere, unknown, empty], "p", "1", 0)

    assert str(caught.value).splitlines() == [
        "nowhere 1.0: no origin",
        "unknown 1.0: no licence by a name of SPDX",
        "unknown 1.0: no text of the licence",
        "empty 1.0: no licence by a name of SPDX",
        "empty 1.0: no files",
    ]


def test_every_file_of_a_bundle_has_to_have_one_origin(root: Path) -> None:
    first, second = (
        material(root, "a", "a.py", "both.py"),
        material(root, "b", "both.py", "gone.py", "new.py"),
    )
    (root / "gone.py").unlink()
    (root / "new.py").write_text("other")
    (root / "stray.so").write_text("")
    (root / "link").symlink_to("a.py")
    (root / "bill.json").write_text("")

    assert list(materials.unclaimed(root, [first, second], but=["bill.json"])) == [
        "link: of unknown origin",
        "stray.so: of unknown origin",
        "gone.py: not in the bundle",
        "both.py: of 2 origins",
        "new.py: changed since",
    ]


def test_the_words_of_each_licence_are_copied_and_belong_to_their_package(root: Path) -> None:
    made = material(root, "a", "a.py")
    inner = root.parent / "inner" / "a.txt"
    inner.parent.mkdir()
    inner.write_text("of a part")

    copied = materials.with_texts(replace(made, texts=(*made.texts, inner)), root)

    assert sorted(copied.files) == ["a.py", "licences/a-1.0/a.txt", "licences/a-1.0/inner-a.txt"]
    assert (root / "licences/a-1.0/a.txt").read_text() == "the licence of a"
    assert (root / "licences/a-1.0/inner-a.txt").read_text() == "of a part"
    assert list(materials.unclaimed(root, [copied])) == []


def test_the_packages_of_a_folder_are_told_with_licence_texts_and_files(root: Path) -> None:
    site = root / "lib" / "site-packages"
    for path, text in {
        "et_xmlfile/__init__.py": "",
        "et_xmlfile/__pycache__/__init__.cpython-311.pyc": "",
        "et_xmlfile-2.0.0.dist-info/METADATA": "Name: et_xmlfile\nVersion: 2.0.0\nLicense: MIT\n",
        "et_xmlfile-2.0.0.dist-info/licenses/LICENCE.rst": "words",
        "et_xmlfile-2.0.0.dist-info/RECORD": "et_xmlfile/__init__.py,,\net_xmlfile/removed.py,,\n"
        "et_xmlfile-2.0.0.dist-info/METADATA,,\net_xmlfile-2.0.0.dist-info/licenses/LICENCE.rst,,\n"
        "et_xmlfile-2.0.0.dist-info/RECORD,,\n../../bin/gone,,\n",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)

    [told] = distributions.of(site, root)

    assert (told.name, told.version, told.origin, told.purl) == (
        "et_xmlfile", "2.0.0", "PyPI", "pkg:pypi/et-xmlfile@2.0.0",
    )  # fmt: skip
    assert told.licence == "MIT AND PSF-2.0"
    assert [text.name for text in told.texts] == ["LICENCE.rst"]
    assert list(materials.wanting([told])) == []
    assert sorted(told.files) == [
        f"lib/site-packages/{path}"
        for path in (
            "et_xmlfile-2.0.0.dist-info/METADATA",
            "et_xmlfile-2.0.0.dist-info/RECORD",
            "et_xmlfile-2.0.0.dist-info/licenses/LICENCE.rst",
            "et_xmlfile/__init__.py",
            "et_xmlfile/__pycache__/__init__.cpython-311.pyc",
        )
    ]

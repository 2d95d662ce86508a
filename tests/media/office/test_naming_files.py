"""Documents that name local files: nothing of these is opened, and nothing of them is in what is made."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nianbao.media import office
from nianbao.media.office.links import without_links
from PIL import Image

from tests.media.office import naming_files
from tests.media.office.office_samples import with_soffice
from tests.paths import ROOT

pytestmark = with_soffice
STRACE = shutil.which("strace")
CALLS = "open,openat,stat,lstat,newfstatat,statx,access,readlink,connect"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents, below that of what they name, converted while every file is watched."""
    secrets = tmp_path_factory.mktemp("named")
    folder = tmp_path_factory.mktemp("documents")
    for kind, documents in naming_files.documents(secrets).items():
        for name, content in documents.items():
            (folder / f"{name}.{kind}").write_bytes(content)
    watched = (
        [STRACE, "-f", "--seccomp-bpf", "-s", "400", "-e", f"trace={CALLS}", "-o", str(folder / "calls")]
        if STRACE
        else []
    )
    command = [*watched, sys.executable, "-m", "tests.media.office.naming_files", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.skipif(STRACE is None, reason="needs strace")
def test_none_of_sixty_documents_makes_libreoffice_look_for_what_it_names(files: Path) -> None:
    calls = (files / "calls").read_text(errors="replace").splitlines()

    assert len(list(files.glob("*.*"))) == 60
    assert sum(".odt" in call and "soffice" not in call for call in calls) > 15
    assert [call for call in calls if "secret." in call] == []


def test_nothing_of_what_they_name_is_in_what_is_made(files: Path) -> None:
    made = sorted((files / "made").iterdir())

    assert len(made) == 60
    assert [path.name for path in made if path.suffix == ".docx" and shows(path.read_bytes())] == []
    assert [path.name for path in made if path.suffix == ".pdf" and is_red(path)] == []


def shows(document: bytes) -> bool:
    """Whether a docx has the words or the picture that are nobody's business."""
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    pictures = [part for name, part in parts.items() if "/media/" in name]
    return naming_files.WORDS.encode() in b"".join(parts.values()) or any(map(is_red_picture, pictures))


def is_red_picture(content: bytes) -> bool:
    try:
        return has_red(Image.open(io.BytesIO(content)))
    except OSError:  # it was made unreadable
        return False


def is_red(path: Path) -> bool:
    drawn = subprocess.run(["pdftoppm", "-r", "30", path], capture_output=True, check=True).stdout
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    return naming_files.WORDS in text or has_red(Image.open(io.BytesIO(drawn)))


def has_red(picture: Image.Image) -> bool:
    colours = picture.convert("RGB").getcolors(1 << 24) or []
    return any(red > 200 and green < 60 and blue < 60 for _, (red, green, blue) in colours)  # type: ignore[misc]


def test_what_they_name_is_cut_before_libreoffice_sees_them(files: Path) -> None:
    """The barrier is not there on every system, nor the settings in every version."""
    left = {
        path.name
        for kind in ("rtf", "odt", "doc")
        for path in files.glob(f"*.{kind}")
        if any(
            b"secret" in part for part in contents(without_links(f".{kind}", path.read_bytes(), path.name))
        )
    }

    assert left == {"master.odt", "drawn.doc"}  # a hyperlink, and a picture that is none any more


def contents(document: bytes) -> Iterator[bytes]:
    """A file, or what is in it where it is packed; text in two bytes a letter as in one."""
    if not document.startswith(b"PK"):
        yield document.replace(b"\0", b"")
        return
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        yield from map(opened.read, opened.namelist())


def test_of_a_word_document_it_is_said_what_was_cut(files: Path) -> None:
    told = {
        path.stem: [problem.what for problem in office.scrub(path.read_bytes(), path.name)[1]]
        for path in sorted(files.glob("*.docx"))
    }

    assert [name for name, said in told.items() if not said] == []
    assert told["svg-use"][0].startswith("SVG 图片中引用的内容“file:///")
    assert told["eps"] == [
        "画不出、画不完或会另取内容的图片“word/media/a.eps”没有取用：用 LibreOffice 转换时只用文件本身的内容"
    ]

"""A release is one command: all of it happens, or nothing."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.paths import ROOT

CHANGELOG = "# Changelog\n\n## {}\n\n### Added\n\n- What is new.\n\n## 25.4 – 2025-11-02\n\n- What was new.\n"
MAKEFILE = """test:
\ttest $$NIANBAO_TRIALS = all
bundle:
\tmkdir -p dist/folder && echo program >dist/folder/b && grep version pyproject.toml >dist/a
\tsetup/sums dist
wheelhouse:
\techo wheels >dist/w && setup/sums dist
"""
WHO = {"GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.org", "HOME": "/nonexistent"}


def git(repository: Path, *words: str) -> str:
    asked = ["git", "-C", str(repository), *words]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "仓 库"
    (folder / "setup" / "bundle").mkdir(parents=True)
    for script in ("release", "sums"):
        shutil.copy(ROOT / "setup" / script, folder / "setup" / script)
    prove = folder / "setup" / "bundle" / "prove"
    prove.write_text("#!/bin/sh\necho proved >dist/proof\n", encoding="utf-8")
    prove.chmod(0o755)
    (folder / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (folder / ".gitignore").write_text("dist/\n.cache\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text('[project]\nversion = "25.4"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(CHANGELOG.format("25.5 – unreleased"), encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "n")
    git(folder, "config", "user.email", "n@example.org")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def release(repository: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [repository / "setup" / "release", *words], capture_output=True, text=True, env=os.environ | WHO
    )
    return done.returncode, done.stderr


def state(repository: Path) -> tuple[str, str, str, bool]:
    """The last commit's title, the tags, what is not committed, and whether anything lies in dist/."""
    return (
        git(repository, "log", "-1", "--format=%s"),
        git(repository, "tag"),
        git(repository, "status", "--porcelain"),
        (repository / "dist").exists(),
    )


UNTOUCHED = ("first", "", "", False)


def test_a_release_is_a_commit_a_tag_and_its_files_with_checksums(repository: Path) -> None:
    code, told = release(repository, "26.1")
    assert code == 0, told
    assert state(repository) == ("release: 26.1", "26.1", "", True)
    today = date.today().isoformat()
    assert (repository / "CHANGELOG.md").read_text(encoding="utf-8") == CHANGELOG.format(f"26.1 – {today}")
    assert (repository / "pyproject.toml").read_text(encoding="utf-8") == '[project]\nversion = "26.1"\n'
    assert git(repository, "tag", "-l", "--format=%(contents)") == "### Added\n\n- What is new."
    made = repository / "dist" / "26.1"
    sums = (made / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in sums] == ["a", "w"]
    assert sorted(path.name for path in made.iterdir()) == [
        "SHA256SUMS",
        "a",
        *([] if os.getuid() else ["proof"]),
        "w",
    ]
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=made).returncode == 0
    assert (made / "a").read_text(encoding="utf-8") == 'version = "26.1"\n'


@pytest.mark.parametrize(
    ("words", "spoiling", "message"),
    [
        ((), "", "release: say which version: make release VERSION=26.2\n"),
        (("v26",), "", "release: say which version: make release VERSION=26.2\n"),
        (("26.1",), "echo >>Makefile", "release: there are changes that are not committed\n"),
        (("26.1",), "touch new", "release: there are changes that are not committed\n"),
        (
            ("26.1",),
            "sed -i '3s/.*/## 25.5 – 2026-01-05/' CHANGELOG.md; git commit -qam first",
            "release: CHANGELOG.md begins with “25.5 – 2026-01-05”, not with “26.1 – unreleased”\n",
        ),
    ],
)
def test_what_is_not_ready_is_said(
    repository: Path, words: tuple[str, ...], spoiling: str, message: str
) -> None:
    subprocess.run(spoiling, shell=True, check=True, cwd=repository)
    assert release(repository, *words) == (1, message)
    assert state(repository)[:2] == UNTOUCHED[:2]
    assert not (repository / "dist").exists()


def test_a_version_is_released_once(repository: Path) -> None:
    assert release(repository, "26.1")[0] == 0
    assert release(repository, "26.1") == (1, "release: 26.1 exists already\n")


@pytest.mark.parametrize("target", ["test", "bundle", "wheelhouse"])
def test_what_fails_leaves_nothing(repository: Path, target: str) -> None:
    makefile = repository / "Makefile"
    makefile.write_text(MAKEFILE.replace(f"{target}:\n", f"{target}:\n\tfalse\n"), encoding="utf-8")
    git(repository, "commit", "-qam", "first")
    assert release(repository, "26.1")[0] == 2
    assert state(repository) == UNTOUCHED

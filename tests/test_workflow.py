"""The workflow's steps, run as they stand against a bare repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """渡口茶馆重新开张

歇业半年的渡口茶馆昨日重新开张，街坊们一早就来占座。店主说，价钱不变，每碗仍是三分。

读书好 好读书 读好书
"""


@pytest.fixture
def archive(repository: Path, tmp_path: Path) -> Path:
    """A clone of a user's repository to which a page of text was just uploaded."""
    origin, clone = tmp_path / "origin.git", tmp_path / "clone"
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", origin], check=True)
    subprocess.run(["git", "clone", "-q", origin, clone], check=True, capture_output=True)
    for name in ("sources", "content", "templates", ".github"):
        shutil.copytree(repository / name, clone / name)
    for name in ("broadsheet.yaml", ".gitignore"):
        shutil.copy(repository / name, clone)
    source = clone / "sources/1998-01-05/03.txt"
    source.parent.mkdir()
    source.write_text(PAGE, encoding="utf-8")
    subprocess.run([*git, "add", "-A"], cwd=clone, check=True)
    subprocess.run([*git, "commit", "-qm", "Upload a page"], cwd=clone, check=True)
    subprocess.run([*git, "push", "-q", "origin", "HEAD:main"], cwd=clone, check=True)
    return clone


def step(archive: Path, script: str) -> subprocess.CompletedProcess[str]:
    programs = archive.parent / "bin"
    programs.mkdir(exist_ok=True)
    python = programs / "python"
    python.unlink(missing_ok=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return subprocess.run(
        ["bash", f".github/scripts/{script}"],
        cwd=archive,
        env={
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(archive.parent / "summary.md"),
        },
        capture_output=True,
        text=True,
    )


def pushed(archive: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=archive.parent / "origin.git", check=True, capture_output=True, text=True
    ).stdout


def test_an_uploaded_page_is_converted_committed_and_built(archive: Path) -> None:
    converted = step(archive, "convert.sh")
    assert converted.returncode == 0, converted.stderr
    files = pushed(archive, "ls-tree", "-r", "--name-only", "main").split()
    assert "content/1998-01-05/03/_page.md" in files
    assert len([name for name in files if name.startswith("content/1998-01-05/03/0")]) == 2
    summary = (archive.parent / "summary.md").read_text(encoding="utf-8")
    assert "1998-01-05" in summary
    built = step(archive, "build.sh")
    assert built.returncode == 0, built.stderr
    assert (archive / "site/1998-01-05/03/index.html").is_file()
    assert (archive / "site/.nojekyll").is_file()


def test_nothing_new_makes_no_commit(archive: Path) -> None:
    step(archive, "convert.sh")
    before = pushed(archive, "rev-parse", "main")
    assert step(archive, "convert.sh").returncode == 0
    assert pushed(archive, "rev-parse", "main") == before


def test_an_edited_file_is_kept(archive: Path) -> None:
    step(archive, "convert.sh")
    piece = next((archive / "content/1998-01-05/03").glob("01-*.md"))
    edited = piece.read_text(encoding="utf-8").replace("三分", "叁分")
    piece.write_text(edited, encoding="utf-8")
    step(archive, "convert.sh")
    assert piece.read_text(encoding="utf-8") == edited


def test_a_bad_page_fails_the_run_after_the_others_are_kept(archive: Path) -> None:
    (archive / "sources/1998-01-05/04.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    converted = step(archive, "convert.sh")
    assert converted.returncode == 1
    assert "04.txt" in (archive.parent / "summary.md").read_text(encoding="utf-8")
    assert "content/1998-01-05/03/_page.md" in pushed(
        archive, "ls-tree", "-r", "--name-only", "main"
    )


def test_a_site_that_fails_check_is_not_deployed(archive: Path) -> None:
    step(archive, "convert.sh")
    piece = next((archive / "content/1998-01-05/03").glob("01-*.md"))
    text = piece.read_text(encoding="utf-8")
    piece.write_text(text.replace("街坊们一早就来占座", ""), encoding="utf-8")
    built = step(archive, "build.sh")
    assert built.returncode == 1
    assert "sources/1998-01-05/03.txt:3" in built.stderr

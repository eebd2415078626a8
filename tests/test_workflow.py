"""The workflow's steps, run as they stand against a bare repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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


def test_an_edited_file_is_committed_as_the_person_left_it(archive: Path) -> None:
    """The source changes after a person has corrected a piece: the piece stays, others follow."""
    step(archive, "convert.sh")
    piece = next((archive / "content/1998-01-05/03").glob("01-*.md"))
    edited = piece.read_text(encoding="utf-8").replace("三分", "叁分")
    piece.write_text(edited, encoding="utf-8")
    source = archive / "sources/1998-01-05/03.txt"
    source.write_text(PAGE.replace("读书好 好读书 读好书", "植树造林 绿化家园"), encoding="utf-8")
    assert step(archive, "convert.sh").returncode == 0
    name = piece.relative_to(archive).as_posix()
    assert pushed(archive, "show", f"main:{name}") == edited
    files = pushed(archive, "ls-tree", "-r", "--name-only", "main").split()
    slogans = [file for file in files if file.startswith("content/1998-01-05/03/02-")]
    assert len(slogans) == 1
    assert "植树造林" in pushed(archive, "show", f"main:{slogans[0]}")


def test_with_what_an_earlier_run_left_the_bytes_are_those_of_a_clean_build(
    archive: Path,
) -> None:
    """The workflow keeps .broadsheet/ and site/ between its runs."""
    step(archive, "convert.sh")
    step(archive, "build.sh")
    source = archive / "sources/1998-01-06/01.txt"
    source.parent.mkdir()
    source.write_text(PAGE.replace("渡口茶馆", "西街书店"), encoding="utf-8")
    step(archive, "convert.sh")
    assert step(archive, "build.sh").returncode == 0
    kept = files_of(archive / "site")
    for folder in ("site", ".broadsheet"):
        shutil.rmtree(archive / folder)
    step(archive, "build.sh")
    assert files_of(archive / "site") == kept


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", ["pages.yml", "audit.yml", "test.yml"])
def test_the_workflows_run_scripts_that_are_there(repository: Path, name: str) -> None:
    workflow = yaml.safe_load((repository / ".github/workflows" / name).read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    for script in re.findall(r"bash (\S+)", " ".join(step.get("run", "") for step in steps)):
        assert (repository / script).is_file(), script


@pytest.mark.parametrize(
    ("said", "installed"),
    [
        ({}, "broadsheet"),
        ({"BROADSHEET": ""}, "broadsheet"),
        ({"BROADSHEET": "broadsheet==1.2"}, "broadsheet==1.2"),
    ],
)
def test_the_program_comes_from_where_the_repository_says(
    repository: Path, tmp_path: Path, said: dict[str, str], installed: str
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["bash", repository / ".github/scripts/install.sh"],
        cwd=tmp_path,
        env={**os.environ, **said, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["-m", "pip", "install", "--quiet", installed]

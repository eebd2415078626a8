"""Publishing: tried against a bare repository on disk; nothing unfit is ever pushed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.publish import examine


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def published(real_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real archive in a repository whose `origin` is a bare one on disk."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Tester")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "tester@example.org")
    git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    git(real_project, "init", "--quiet", "--initial-branch=main")
    git(real_project, "remote", "add", "origin", str(tmp_path / "origin.git"))
    with (real_project / "broadsheet.yaml").open("a", encoding="utf-8") as settings:
        settings.write("cname: papers.example.org\nbase_url: https://papers.example.org/\n")
    return real_project


def on_branch(project: Path) -> list[str]:
    bare = project.parent / "origin.git"
    names = git(bare, "ls-tree", "-r", "--name-only", "-z", "gh-pages").split("\0")
    return [name for name in names if name]


def test_the_site_is_pushed_whole(published: Path, run: Callable) -> None:
    assert run("-C", published, "build").code == 0
    done = run("-C", published, "publish")
    assert done.code == 0, done.err
    names = set(on_branch(published))
    site = {
        path.relative_to(published / "site").as_posix()
        for path in (published / "site").rglob("*")
        if path.is_file()
    }
    assert names == site | {".nojekyll", "CNAME"}
    bare = published.parent / "origin.git"
    assert git(bare, "show", "gh-pages:CNAME") == "papers.example.org"
    assert git(bare, "log", "-1", "--format=%s", "gh-pages") == (
        "Publish the archive up to 2025-12-05"
    )


def test_one_commit_a_build(published: Path, run: Callable) -> None:
    run("-C", published, "build")
    run("-C", published, "publish")
    again = run("-C", published, "publish")
    assert "Nothing new" in again.out
    assert git(published.parent / "origin.git", "rev-list", "--count", "gh-pages") == "1"


def test_a_dry_run_pushes_nothing(published: Path, run: Callable) -> None:
    run("-C", published, "build")
    done = run("-C", published, "publish", "--dry-run")
    assert done.code == 0
    assert "Would push" in done.out
    assert git(published.parent / "origin.git", "branch", "--list") == ""


def test_a_site_that_is_not_the_contents_is_refused(published: Path, run: Callable) -> None:
    run("-C", published, "build")
    piece = next((published / "content").rglob("01-*.md"))
    piece.write_text(piece.read_text(encoding="utf-8") + "\n又一段。\n", encoding="utf-8")
    done = run("-C", published, "publish")
    assert done.code == 1
    assert "not the current content's" in done.err


def test_a_site_that_fails_check_is_refused(published: Path, run: Callable) -> None:
    run("-C", published, "build")
    (published / "site/index.html").write_text('<a href="gone.html">gone</a>')
    done = run("-C", published, "publish")
    assert done.code == 1
    assert "gone.html" in done.err
    assert git(published.parent / "origin.git", "branch", "--list") == ""


def test_no_remote_is_a_clear_line(real_project: Path, run: Callable) -> None:
    git(real_project, "init", "--quiet")
    run("-C", real_project, "build")
    done = run("-C", real_project, "publish")
    assert done.code == 1
    assert "git knows no remote 'origin'" in done.err


def test_a_folder_outside_git_is_a_clear_line(real_project: Path, run: Callable) -> None:
    run("-C", real_project, "build")
    done = run("-C", real_project, "publish")
    assert done.code == 1
    assert "is not in a git repository" in done.err


def test_a_branch_that_is_checked_out_is_left_alone(published: Path, run: Callable) -> None:
    run("-C", published, "build")
    git(published, "symbolic-ref", "HEAD", "refs/heads/gh-pages")
    done = run("-C", published, "publish")
    assert done.code == 1
    assert "'gh-pages' is checked out here" in done.err


def test_from_a_detached_head(published: Path, run: Callable) -> None:
    git(published, "add", "content")
    git(published, "commit", "--quiet", "-m", "Content")
    git(published, "checkout", "--quiet", "--detach")
    run("-C", published, "build")
    assert run("-C", published, "publish").code == 0
    assert "index.html" in on_branch(published)


def test_nobody_is_the_author_of_a_publication(
    published: Path, run: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GIT_COMMITTER_NAME")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "none"))
    run("-C", published, "build")
    done = run("-C", published, "publish")
    assert done.code == 1
    assert "user.name is not set" in done.err


def test_a_remote_that_refuses_is_heard_and_tried_again(published: Path, run: Callable) -> None:
    hook = published.parent / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'the library is closed today'\nexit 1\n")
    hook.chmod(0o755)
    run("-C", published, "build")
    done = run("-C", published, "publish")
    assert done.code == 1
    assert "the library is closed today" in done.err
    assert "nothing was published" in done.err
    hook.unlink()
    again = run("-C", published, "publish")
    assert "Pushed" in again.out
    assert git(published.parent / "origin.git", "rev-list", "--count", "gh-pages") == "1"


def test_what_others_published_meanwhile_is_built_upon(published: Path, run: Callable) -> None:
    run("-C", published, "build")
    run("-C", published, "publish")
    other = published.parent / "other"
    git(published.parent, "clone", "--quiet", "--branch", "gh-pages", "origin.git", str(other))
    (other / "index.html").write_text("another's")
    git(other, "commit", "--quiet", "--all", "-m", "Another's")
    git(other, "push", "--quiet")
    done = run("-C", published, "publish")
    assert "Pushed" in done.out
    assert git(published.parent / "origin.git", "rev-list", "--count", "gh-pages") == "3"


def test_the_limits_of_github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text("x" * 500)
    (tmp_path / "scan.png").write_text("x" * 400)
    monkeypatch.setattr("broadsheet.publish.WARN_FROM", 800)
    monkeypatch.setattr("broadsheet.publish.LARGEST", 450)
    fitness = examine(tmp_path)
    assert [problem.file for problem in fitness.problems] == ["site/page.html"]
    assert "the limit of GitHub Pages is 1 GB" in fitness.warnings[0]
    monkeypatch.setattr("broadsheet.publish.REFUSE_FROM", 900)
    assert {problem.file for problem in examine(tmp_path).problems} == {"site", "site/page.html"}


def test_names_that_other_file_systems_confuse(tmp_path: Path) -> None:
    for name in ("a.html", "A.html", "e\u0301.html", "\u00e9.html"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.html").symlink_to("a.html")
    fitness = examine(tmp_path)
    assert [problem.file for problem in fitness.problems] == [
        "site/a.html",
        "site/link.html",
        "site/\u00e9.html",
    ]
    assert (fitness.files, fitness.size) == (4, 4)

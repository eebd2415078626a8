"""Publish: push site/ to the branch that GitHub Pages serves, once it is fit to be seen."""

from __future__ import annotations

import contextlib
import os
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from broadsheet.archive.lock import locked
from broadsheet.config import FILE, Config
from broadsheet.problems import Problem, Problems

#: Bytes. A published site may have 1 GB, which GitHub does not enforce at once: warn before, and
#: refuse what it can never be. A file of more than 100 MiB is blocked when it is pushed.
#: docs.github.com: "GitHub Pages limits", "About large files on GitHub".
WARN_FROM = 800_000_000
LARGEST = 100 * 1024 * 1024
REFUSE_FROM = 10_000_000_000


class Fitness(msgspec.Struct, frozen=True):
    """What GitHub Pages will make of the site."""

    files: int
    size: int  #: bytes
    problems: list[Problem]
    warnings: list[str]


def publish(
    root: Path,
    config: Config,
    *,
    dry_run: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Push site/ to `publish_branch` of `publish_remote`; nothing is pushed when anything is wrong.

    Raises Problems when the site is not the current content's, fails `check`, breaks a rule of
    GitHub Pages, when git cannot do its part, or when the site is being built.
    """
    with locked(root, "publication"):
        _publish(root, config, dry_run, say)


def _publish(root: Path, config: Config, dry_run: bool, say: Callable[[str], None]) -> None:
    from broadsheet.check import check
    from broadsheet.site.build import newest_issue, pending

    if reason := pending(root, config):
        hint = "build it first, then look at it: python build.py serve"
        raise Problems([Problem("site", 0, f"is not the current content's: {reason}", hint)])
    fitness = examine(root / "site")
    problems = [*check(root, config), *fitness.problems, *_git_problems(root, config)]
    if problems:
        raise Problems(problems)
    for warning in fitness.warnings:
        say(f"Warning: {warning}")
    message = f"Publish the archive up to {newest_issue(root) or 'its first page'}"
    where = f"{config.publish_branch} of {config.publish_remote}"
    size = f"{fitness.files:,} files, {fitness.size / 1e6:,.1f} MB"
    if dry_run:
        say(f"Would push {size} to {where}: “{message}”.")
        return
    pushed = _push(root, config, message)
    say(f"Pushed {size} to {where}." if pushed else f"Nothing new to push to {where}.")


def examine(site: Path) -> Fitness:
    """Measure the site against the rules of GitHub Pages and of other file systems."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    files = size = 0
    for path in _walk(site):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            hint = "GitHub Pages serves no symbolic links; put the file itself there"
            problems.append(Problem(f"site/{name}", 0, "is a symbolic link", hint))
            continue
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            found = f"differs from {seen[key]} by case or Unicode form only"
            hint = "Windows and macOS keep one of them; rename one of the content files"
            problems.append(Problem(f"site/{name}", 0, found, hint))
        seen[key] = name
        files += 1
        own = path.stat().st_size
        size += own
        if own > LARGEST:
            hint = "GitHub takes no file of more than 100 MiB; make it smaller"
            problems.append(Problem(f"site/{name}", 0, f"is {own / 1e6:,.0f} MB", hint))
    if size >= REFUSE_FROM:
        hint = "GitHub Pages is for sites of up to 1 GB; publish years as archives of their own"
        problems.append(Problem("site", 0, f"is {size / 1e9:.1f} GB", hint))
    warnings = []
    if WARN_FROM <= size < REFUSE_FROM:
        warnings.append(f"the site is {size / 1e6:,.0f} MB; the limit of GitHub Pages is 1 GB.")
    return Fitness(files, size, problems, warnings)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file and symbolic link below `folder`, hidden files left out, in order."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


def _git_problems(root: Path, config: Config) -> list[Problem]:
    try:
        inside = _git(root, "rev-parse", "--git-dir").returncode == 0
    except FileNotFoundError:
        return [Problem("git", 0, "is not installed", "publishing pushes with git")]
    if not inside:
        return [Problem(".", 0, "is not in a git repository", "git init, then git remote add")]
    if _git(root, "remote", "get-url", config.publish_remote).returncode:
        found = f"publish_remote: git knows no remote {config.publish_remote!r}"
        hint = f"git remote add {config.publish_remote} ADDRESS"
        return [Problem(FILE, 0, found, hint)]
    if _git(root, "symbolic-ref", "--short", "HEAD").stdout.strip() == config.publish_branch:
        found = f"publish_branch: {config.publish_branch!r} is checked out here"
        hint = "it holds the site alone; git switch to the branch of the archive"
        return [Problem(FILE, 0, found, hint)]
    return [
        Problem("git", 0, f"user.{key} is not set", f"git config --global user.{key} ...")
        for key in ("name", "email")
        if not (
            f"GIT_COMMITTER_{key.upper()}" in os.environ
            or _git(root, "config", f"user.{key}").stdout.strip()
        )
    ]


def _push(root: Path, config: Config, message: str) -> bool:
    """Commit site/ to the branch and push it; False when it holds the same files already."""
    from ghp_import import GhpError, ghp_import

    remote, branch = config.publish_remote, config.publish_branch
    there = f"refs/remotes/{remote}/{branch}"
    if _git(root, "fetch", "--quiet", remote, f"+refs/heads/{branch}:{there}").returncode:
        _git(root, "update-ref", "-d", there)  # not there yet, or not any more
    before = _git(root, "rev-parse", "--verify", "--quiet", there).stdout
    try:
        with contextlib.chdir(root):
            ghp_import(
                os.fspath(root / "site"),
                mesg=message,
                remote=remote,
                branch=branch,
                nojekyll=True,
                cname=config.cname or None,
            )
    except GhpError as error:
        raise Problems([Problem("git", 0, str(error.message))]) from None
    if _unchanged(root, branch):
        _git(root, "update-ref", f"refs/heads/{branch}", f"{branch}~1")
    pushed = _git(root, "push", "--quiet", remote, branch)
    if pushed.returncode:
        hint = "nothing was published; mend it and publish again"
        raise Problems([Problem("git", 0, _reason(pushed.stderr), hint)])
    return _git(root, "rev-parse", branch).stdout != before


def _reason(stderr: str) -> str:
    """What git and the remote said, without addresses and advice."""
    lines = [line.strip() for line in stderr.splitlines()]
    told = [line for line in lines if line and not line.startswith(("To ", "hint:"))]
    return "; ".join(told[:4]) or "git push failed"


def _unchanged(root: Path, branch: str) -> bool:
    """Whether the branch's newest commit has the same files as the one before it."""
    trees = [_git(root, "rev-parse", f"{commit}^{{tree}}") for commit in (branch, f"{branch}~1")]
    return trees[1].returncode == 0 and trees[0].stdout == trees[1].stdout

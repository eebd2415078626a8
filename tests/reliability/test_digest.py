"""`build --digest`: the same archive gives the same bytes wherever and however it is built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from any_change import DATES, KINDS, piece

#: A locale that has other rules for upper and lower case, if the machine has it.
ELSEWHERE = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many issues that several processes make them."""
    root = tmp_path_factory.mktemp("digest") / "archive"
    for date in [*DATES, "2021-01-01", "2021-01-02", "2021-01-03"]:
        for number, kind in enumerate(KINDS, 1):
            path = root / "content" / date / "A01" / f"{number:02}-x.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = piece(kind, "Istanbul İ ı 新桥", "要闻", "安娜", "一段正文。", date)
            path.write_text(text, encoding="utf-8")
    return root


def digest(root: Path, *options: str, umask: int = 0o022, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet", "-C", str(root), "-q", "build", "--digest", *options],
        env={**os.environ, **environment}, umask=umask, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_two_machines_get_the_same(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "another place, 别处"
    shutil.copytree(archive, other)
    for path in sorted(other.rglob("*.md"), reverse=True):
        path.touch()
    here = digest(archive, "--jobs", "1", PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8")
    there = digest(
        other, "--jobs", "2", umask=0o077, PYTHONHASHSEED="2", TZ="America/St_Johns", **ELSEWHERE
    )
    assert here == there


def test_it_is_that_of_the_lines_of_sha256sum(archive: Path) -> None:
    site = archive / "site"
    before = digest(archive)
    names = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    lines = subprocess.run(["sha256sum", *names], cwd=site, capture_output=True, check=True).stdout
    assert before == hashlib.sha256(lines).hexdigest()


def test_any_change_changes_it(archive: Path) -> None:
    before = digest(archive)
    path = next(archive.glob("content/*/*/01-x.md"))
    path.write_text(path.read_text(encoding="utf-8").replace("正文", "文"), encoding="utf-8")
    assert digest(archive) != before

"""What the system refuses is told in one line with exit code 1, and the site stands as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from any_change import piece, read_site
from kills import assert_made_good, disturbed, edit, reread, said, small_archive

from broadsheet.config import load
from broadsheet.problems import Problems
from broadsheet.site.build import build

FERRY = "content/2024-05-09/A01/01-ferry.md"
SOURCE = "sources/2024-05-08/01.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_archive(tmp_path_factory.mktemp("built") / "archive")
    build(root, load(root), jobs=1)
    return root


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Path:
    """A small archive with its site."""
    return shutil.copytree(built, tmp_path / "archive")


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that a command says when it cannot do its work."""
    assert done.returncode == 1, done.stderr or done.stdout
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


# A full disk.


@pytest.mark.parametrize("nth", [1, 40, 80])
def test_a_disk_that_fills_up_while_it_builds(tmp_path: Path, nth: int) -> None:
    root = small_archive(tmp_path / "archive")
    edit(root)
    before = read_site(root)
    line = told(disturbed(root, "full", nth, "build", "--jobs", "1"))
    assert "No space left on device" in line
    midway = read_site(root)
    assert_made_good(root, ("build", "--jobs", "1"))
    after = read_site(root)
    torn = [path for path in midway if midway[path] not in (before.get(path), after.get(path))]
    assert torn == []


def test_a_disk_that_fills_up_while_it_converts(archive: Path) -> None:
    reread(archive)
    line = told(disturbed(archive, "full", 4, "convert", "--jobs", "1"))
    assert "No space left on device" in line
    assert_made_good(archive, ("convert", "--jobs", "1"))


@pytest.mark.parametrize("kilobytes", [200, 900])
def test_a_small_disk(tmp_path: Path, kilobytes: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs"):
        root = small_archive(disk / "archive")
        line = told(said(root, "build", "--jobs", "1"))
        assert "No space left on device" in line or "disk is full" in line
        assert read_site(root) == {}


# No permission, nothing there.


@pytest.mark.parametrize("command", ["build", "convert", "add", "publish"])
def test_a_folder_that_cannot_be_written_to(archive: Path, command: str) -> None:
    edit(archive)
    reread(archive)
    text = archive.parent / "page.txt"
    text.write_text("一页的正文，够长的一行。\n", encoding="utf-8")
    arguments = {"add": [str(text), "--date", "2024-06-01", "--page", "1"]}.get(command, [])
    with mounted(archive, "--bind", "-o", "ro", str(archive)):
        line = told(said(archive, command, *arguments))
    assert "Read-only file system" in line


@pytest.mark.parametrize(
    ("command", "path"),
    [("build", FERRY), ("check", FERRY), ("build", "content/2024-05-09"), ("convert", SOURCE),
     ("build", "broadsheet.yaml")],
)  # fmt: skip
def test_what_may_not_be_read(archive: Path, command: str, path: str) -> None:
    (archive / FERRY).write_text(piece("article", "改", "", "李明", "", ""), encoding="utf-8")
    before = read_site(archive)
    line = told(disturbed(archive, "deny", path, command))
    assert path in line
    assert "Permission denied" in line
    assert read_site(archive) == before


@pytest.mark.parametrize(("command", "path"), [("build", FERRY), ("convert", SOURCE)])
def test_a_file_that_disappears_while_it_is_read(archive: Path, command: str, path: str) -> None:
    (archive / FERRY).write_text(piece("article", "改", "", "李明", "", ""), encoding="utf-8")
    before = read_site(archive)
    line = told(disturbed(archive, "vanish", path, command))
    assert path in line
    assert read_site(archive) == before


def gone(folder: str) -> Callable[[Path], None]:
    return lambda root: shutil.rmtree(root / folder)


def link(path: str, target: str) -> Callable[[Path], None]:
    return lambda root: (root / path).symlink_to(target)


def named(path: bytes) -> Callable[[Path], None]:
    """A file whose name is not UTF-8."""
    return lambda root: shutil.copy(root / FERRY, root / os.fsdecode(path))


def twice(name: str, other: str) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        for file in (name, other):
            shutil.copy(root / FERRY, root / "content/2024-05-09/A01" / file)

    return write


def a_pipe(path: str) -> Callable[[Path], None]:
    return lambda root: os.mkfifo(root / path)


def a_file(path: str) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        shutil.rmtree(root / path, ignore_errors=True)
        (root / path).touch()

    return write


ODD: dict[str, tuple[Callable[[Path], None], tuple[str, ...], str]] = {
    "content is gone": (gone("content"), ("build", "check"), "content: "),
    "sources are gone": (gone("sources"), ("convert",), "sources: is not there"),
    "content is a file": (a_file("content"), ("build", "check", "convert"), "content"),
    "memory is a file": (a_file(".broadsheet"), ("build", "convert"), ".broadsheet: File exists"),
    "a link to itself": (
        link("content/2024-05-09/A01/02-x.md", "02-x.md"), ("build", "check"), "02-x.md: "),
    "a folder that links to itself": (
        link("content/2024-05-09/A01/x", "x"), ("build", "check"), "A01/x: "),
    "a link to the folder above": (
        link("content/2024-05-09/A01/x", "."), ("check",), "A01/x/"),
    "a link that leads nowhere": (
        link("content/2024-05-09/A01/02-x.md", "no"), ("build", "check"), "02-x.md: No such file"),
    "a name that is not UTF-8": (
        named(b"content/2024-05-09/A01/02-\xff.md"), ("build", "check"),
        r"content/2024-05-09/A01/02-\xff.md: its name is not UTF-8"),
    "a source's name that is not UTF-8": (
        named(b"sources/2024-05-08/\xfe.txt"), ("convert",),
        r"sources/2024-05-08/\xfe.txt: its name is not UTF-8"),
    "names that differ by case": (
        twice("02-x.md", "02-X.md"), ("build", "check"), "differs from content/2024-05-09/A01/02"),
    "names that differ by Unicode form": (
        twice("02-\u00e9.md", "02-e\u0301.md"), ("build", "check"), "by case or Unicode form"),
    "a pipe that nobody writes to": (
        a_pipe("content/2024-05-09/A01/02-x.md"), ("build", "check"), "02-x.md: is no file"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "commands", "expected"), ODD.values(), ids=ODD)
def test_an_odd_file_system(
    archive: Path,
    run: Callable,  # type: ignore[type-arg]
    damage: Callable[[Path], None],
    commands: tuple[str, ...],
    expected: str,
) -> None:
    before = read_site(archive)
    damage(archive)
    for command in commands:
        done = run("-C", archive, "-q", command)
        assert done.code == 1
        lines = done.err.splitlines()
        assert any(expected in line for line in lines), lines
        assert len(lines) <= 4
        assert read_site(archive) == before


def test_publishing_that_failed_midway_is_finished_later(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the build decided on must not be forgotten when the last steps fail."""
    edit(archive)
    real, left = os.replace, 3

    def failing(source: str, target: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise PermissionError(13, "Permission denied", target)
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing)
        with pytest.raises((OSError, Problems)):
            build(archive, load(archive), jobs=1)
    assert_made_good(archive, ("build", "--jobs", "1"))


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Something mounted on a folder; skipped where that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("mounts as Linux does")
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"may not mount: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)

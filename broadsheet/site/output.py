"""Files into site/: staged first, published together, and only where bytes differ.

A page that differs from the one in the site is written below `.broadsheet/staging/`. When all of
them are there and nothing is wrong, the store's commit decides; only then each is renamed to its
place. A build that is killed before leaves the site as it was, one that is killed after is
finished by the next build.
"""

# Every page passes through here: plain strings cost half of what Path does.
# ruff: noqa: PTH103, PTH105, PTH112, PTH118

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from broadsheet import plain_files

SITE, MEMORY = "site", ".broadsheet"
STAGING = f"{MEMORY}/staging"


#: So many folders are kept in mind, however large the archive is.
_MOST = 1000


class Stage:
    """Where a build puts its files. Several processes may stage at once, never the same file."""

    def __init__(self, root: Path) -> None:
        self._site = os.path.join(root, SITE)
        self._staging = os.path.join(root, STAGING)
        self._known: dict[str, bool] = {}  #: folder -> whether the site has had it before
        self._made: set[str] = set()
        self.written = 0  #: files that differ from those of the site
        self.same = 0

    def put(self, path: str, content: bytes) -> None:
        """Stage a file of the site, unless the site has the same bytes."""
        folder = path.rpartition("/")[0]
        is_old = self._known.get(folder)
        if is_old is None:
            if len(self._known) >= _MOST:
                self._known.clear()
                self._made.clear()
            is_old = self._known[folder] = os.path.isdir(f"{self._site}/{folder}")
        if is_old and self._has(path, content):
            self.same += 1
            return
        self.written += 1
        if folder not in self._made:
            os.makedirs(f"{self._staging}/{folder}", exist_ok=True)
            self._made.add(folder)
        plain_files.write(f"{self._staging}/{path}", content)

    def _has(self, path: str, content: bytes) -> bool:
        try:
            return plain_files.read(f"{self._site}/{path}") == content
        except OSError:
            return False


def discard(root: Path) -> None:
    """Forget what was staged."""
    shutil.rmtree(root / STAGING, ignore_errors=True)


def publish(root: Path, removals: Iterable[str]) -> int:
    """Move every staged file to its place and remove what nothing owns; how many were removed.

    May be repeated: what has been moved already is not there any more.
    """
    staging, site = root / STAGING, root / SITE
    site.mkdir(parents=True, exist_ok=True)
    if staging.is_dir():
        _move(str(staging), str(site))
        shutil.rmtree(staging, ignore_errors=True)
    return sum(remove(site, path) for path in removals)


def _move(source: str, target: str) -> None:
    """Rename files into `target`; a folder that is not there yet is renamed as a whole."""
    for entry in list(os.scandir(source)):
        place = os.path.join(target, entry.name)
        if entry.is_dir(follow_symlinks=False) and os.path.isdir(place):
            _move(entry.path, place)
            continue
        try:
            os.replace(entry.path, place)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(entry.path, place)


def _copy(source: str, target: str) -> None:
    """site/ lies on another file system: copy beside the place, then rename there."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
        _move(source, target)
        return
    shutil.copyfile(source, f"{target}.new")
    os.replace(f"{target}.new", target)


def remove(site: Path, path: str) -> bool:
    """Remove a file of the site, and the folders that it leaves empty."""
    target = site / path
    try:
        target.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    for folder in target.parents:
        if folder == site:
            break
        try:
            folder.rmdir()
        except OSError:
            break
    return True


def digest(root: Path) -> str:
    """One SHA-256 of all files that the build owns in the site: two equal sites have the same.

    It is that of the lines which `sha256sum` prints for them, in the order of their paths.
    """
    from broadsheet.archive.store import Store

    whole = hashlib.sha256()
    with Store(root / MEMORY / "store.sqlite") as store:
        for path in sorted(set(store.outputs())):
            own = hashlib.sha256((root / SITE / path).read_bytes()).hexdigest()
            whole.update(f"{own}  {path}\n".encode())
    return whole.hexdigest()


def clean(root: Path) -> int:
    """Remove what the build wrote: its files in site/, and its memory; how many files."""
    from broadsheet.archive.store import Store

    path = root / MEMORY / "store.sqlite"
    if not path.is_file():
        shutil.rmtree(root / MEMORY, ignore_errors=True)
        return 0
    with Store(path) as store:
        removed = sum(remove(root / SITE, output) for output in store.outputs())
    shutil.rmtree(root / MEMORY, ignore_errors=True)
    return removed

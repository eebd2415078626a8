"""A small archive of every type of piece, with templates that show every value of a view."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.config import load
from broadsheet.site.build import Summary, build

HERE = Path(__file__).parent

#: Path in the site -> bytes.
Site = dict[str, bytes]


def read_site(root: Path) -> Site:
    """Every file of a site."""
    folder = root / "site"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy of the small archive; nothing is built."""
    target = tmp_path / "archive"
    shutil.copytree(HERE / "project", target)
    shutil.copytree(HERE / "bare", target / "templates")
    return target


@pytest.fixture
def site_of() -> Callable[[Path], Site]:
    """Every file of a project's site: path -> bytes."""
    return read_site


@pytest.fixture
def made() -> Callable[[Path], Summary]:
    """Build in this process."""
    return lambda root: build(root, load(root), jobs=1)


@pytest.fixture
def clean_site(tmp_path: Path) -> Callable[[Path], Site]:
    """What a clean build of an archive's present content gives."""

    def build_clean(root: Path) -> Site:
        fresh = tmp_path / "clean"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", ".broadsheet"))
        build(fresh, load(fresh), jobs=1)
        return read_site(fresh)

    return build_clean

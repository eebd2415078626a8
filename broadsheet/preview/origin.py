"""From a page of the site back to the files it was made from, for the person who corrects them."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from broadsheet import frontmatter


def content_file(root: Path, path: str) -> str:
    """The content file of the site's page at `path`, relative to the project; "" for a list.

    A piece stands at its own file's path; a newspaper page is its folder's `_page.md`.
    """
    page = PurePosixPath("content") / path
    file = page.with_name("_page.md") if page.name == "index.html" else page.with_suffix(".md")
    return file.as_posix() if (root / file).is_file() else ""


def source_file(root: Path, path: str) -> str:
    """The source of the newspaper page that the site's page at `path` is or belongs to."""
    file = root / PurePosixPath("content", path).with_name("_page.md")
    try:
        return _source_of(file, file.stat().st_mtime_ns)
    except OSError:
        return ""


@functools.lru_cache(maxsize=64)
def _source_of(file: Path, changed: int) -> str:
    """The key `source` of a `_page.md`; `changed` makes an edited one another question."""
    parts = frontmatter.split(file.read_text(encoding="utf-8", errors="replace"))
    lines = parts[0].splitlines() if parts else []
    return next((line[7:].strip(" '\"") for line in lines if line.startswith("source:")), "")

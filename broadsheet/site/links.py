"""Addresses. A page's address is a function of its own record, never of what else exists.

Paths are relative to the site (`section/guoji-5ce1/2025-12.html`); what a page shows are links
relative to itself, so that the site works from a folder, under a sub-path and at a root.
"""

from __future__ import annotations

from urllib.parse import quote


def root_from(path: str) -> str:
    """The relative way from a page to the site's root: "", "../", "../../"."""
    return "../" * path.count("/")


def relative(start: str, target: str) -> str:
    """The link from the page at `start` to `target`, which may end in #anchor."""
    folder, _, _ = start.rpartition("/")
    target_folder, _, name = target.rpartition("/")
    link = name if folder == target_folder else root_from(start) + target
    return link if link.isascii() and " " not in link else quote(link, safe="/#.-_~")


def absolute(base_url: str, target: str) -> str:
    """The address under which the site is published; "" when that is not known."""
    if not base_url:
        return ""
    return f"{base_url.rstrip('/')}/{quote(target.removesuffix('index.html'), safe='/#.-_~')}"


def piece(date: str, page: str, stem: str) -> str:
    return f"{date}/{page}/{stem}.html"


def newspaper_page(date: str, page: str) -> str:
    return f"{date}/{page}/index.html"


def issue(date: str) -> str:
    return f"{date}/index.html"


def section(slug: str) -> str:
    return f"section/{slug}/index.html"


def section_month(slug: str, month: str) -> str:
    return f"section/{slug}/{month}.html"


def edit(repository: str, branch: str, file: str) -> str:
    """The repository's own editor for a file; "" when there is no repository."""
    if not repository:
        return ""
    middle = "-/edit" if "gitlab" in repository else "edit"
    return f"{repository.rstrip('/')}/{middle}/{branch}/{quote(file)}"

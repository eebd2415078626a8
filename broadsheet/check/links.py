"""Links: every one that stays in the site leads to a file, and to an anchor that is there."""

# Plain strings: a site has millions of links, and Path would take most of the time.
# ruff: noqa: PTH118, PTH120, PTH123, PTH208

from __future__ import annotations

import html
import os
import posixpath
import re
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from broadsheet.problems import Problem

#: Names of attributes that lead elsewhere.
_LINKS = ("href", "src")

#: Text between tags, so that it is passed over; or an attribute that counts, with its value.
_FOUND = re.compile(r'>[^<]*|\s(id|href|src)="([^"]*)"')
#: What `_FOUND` would misread: comments, a `>` in a value, attributes written in another way.
UNUSUAL = re.compile(r'<!--|="[^">]*>|\s(?!(?:id|href|src)=")(?i:id|href|src)\s*=|(?i:<base\b)')


class Links(NamedTuple):
    """What of a page counts here."""

    ids: frozenset[str]
    links: tuple[str, ...]  #: each once, in the order of the page
    based: bool = False  #: <base>: they are not relative to the file


class Page(HTMLParser):
    """The ids of any page, and its links with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: dict[str, int] = {}
        self.based = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.add(value)
            elif name == "href" and tag == "base":
                self.based = bool(value)
            elif name in _LINKS and value:
                self.links.setdefault(value, self.getpos()[0])


class _Files:
    """The files of a site: each is looked at once."""

    def __init__(self) -> None:
        self.is_there = lru_cache(maxsize=1 << 16)(os.path.isfile)
        self.links_of = lru_cache(maxsize=512)(links_of)


def folders(site: Path) -> list[tuple[str, str]]:
    """(the site, a folder of it) for each folder that there is, in order."""
    return sorted((str(site), folder) for folder, _, _ in os.walk(site))


def broken_links(place: tuple[str, str]) -> list[Problem]:
    """Links in the pages of a folder of the site that lead nowhere. External ones are not followed.

    `place`: the site and the folder, as `folders` gives them.
    """
    site, folder = place
    files = _Files()
    found: list[Problem] = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".html"):
            found += _broken_links_of(files, site, folder, name)
    return found


def _broken_links_of(files: _Files, site: str, folder: str, name: str) -> list[Problem]:
    path = os.path.join(folder, name)
    page = files.links_of(path)
    if page.based:
        return []
    wrong = {link: why for link in page.links if (why := _fault(files, site, folder, path, link))}
    if not wrong:
        return []
    lines = parse(_read(path)).links
    shown = os.path.relpath(path, os.path.dirname(site)).replace(os.sep, "/")
    return [Problem(shown, lines[link], *why) for link, why in wrong.items()]


def _fault(files: _Files, site: str, folder: str, path: str, link: str) -> tuple[str, ...]:
    """What is wrong with a link on the page `path`, and the reason; () when all is well."""
    target, fragment = _target(site, folder, link)
    if target is None:
        return (f"the link {link!r} leaves the site",)
    if target and not files.is_there(target):
        return f"the link {link!r} leads nowhere", "no such file"
    target = target or path
    if fragment and target.endswith(".html") and fragment not in files.links_of(target).ids:
        return f"the link {link!r} leads to no anchor", f"no element has id={fragment!r}"
    return ()


@lru_cache(maxsize=1 << 16)
def _target(site: str, folder: str, link: str) -> tuple[str | None, str]:
    """(file, anchor) of a link in a folder: no file for this page itself or for another host."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return "", ""
    fragment = unquote(parts.fragment)
    if not parts.path:
        return "", fragment
    target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    inside = target == site or target.startswith(site + "/")
    return (target if inside else None), fragment


def links_of(path: str) -> Links:
    """What `Page` finds, by a regular expression where that is sure to see the same."""
    text = _read(path)
    if UNUSUAL.search(text):
        page = parse(text)
        return Links(frozenset(page.ids), tuple(page.links), page.based)
    found: dict[str, list[str]] = {"id": [], "href": [], "src": [], "": []}
    for name, value in _FOUND.findall(f">{text}"):
        found[name].append(value)
    links = dict.fromkeys(filter(None, map(_unescaped, (*found["href"], *found["src"]))))
    return Links(frozenset(map(_unescaped, found["id"])), tuple(links))


def _unescaped(value: str) -> str:
    return html.unescape(value) if "&" in value else value


def parse(text: str) -> Page:
    page = Page()
    page.feed(text)
    return page


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()

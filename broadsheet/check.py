"""Look for problems without building: front matter, links in the site, text that was lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadsheet import conservation
from broadsheet.archive import scan
from broadsheet.archive.reader import CONTENT, PAGE_FILE, Issue, read_issue
from broadsheet.config import Config
from broadsheet.conservation import Printed
from broadsheet.problems import Problem, Problems
from broadsheet.source import read_source

SITE = "site"


def check(root: Path, config: Config) -> list[Problem]:
    """Every problem of the project in `root`, in the order of its files."""
    problems, issues = _read_all(root)
    problems += _lost_text(root, issues)
    problems += broken_links(root / SITE)
    return sorted(set(problems))


def _read_all(root: Path) -> tuple[list[Problem], list[Issue]]:
    """All issues, and everything that is wrong with their files."""
    if not (root / CONTENT).is_dir():
        hint = "expected the folder of the content files"
        return [Problem(CONTENT, 0, "is not there", hint)], []
    try:
        dates = sorted(scan.issue_folders(root))
    except Problems as found:
        return list(found.problems), []
    problems: list[Problem] = []
    issues: list[Issue] = []
    for date in dates:
        try:
            files = scan.issue_files(root, date)
        except Problems as found:
            problems += found.problems
            continue
        reading = read_issue(root, date, files)
        problems += reading.problems
        if reading.issue is not None:
            issues.append(reading.issue)
    return problems, issues


# Conservation: every character of a source stands once in the content that names it.


def _lost_text(root: Path, issues: Iterable[Issue]) -> Iterator[Problem]:
    for source, files in sorted(_by_source(issues).items()):
        try:
            lines = dict(enumerate(read_source(root / source, root).lines, 1))
        except Problems as found:
            yield from found.problems
            continue
        for difference in conservation.differences(source, lines, files):
            yield Problem(
                difference.file,
                difference.line,
                str(difference),
                "text of a source stands once in its content files",
            )


def _by_source(issues: Iterable[Issue]) -> dict[str, list[Printed]]:
    """Source -> the printed text of all content files made from it."""
    found: dict[str, list[Printed]] = defaultdict(list)
    for issue in issues:
        for page in issue.pages:
            if page.page.source:
                file = f"{CONTENT}/{issue.date.isoformat()}/{page.name}/{PAGE_FILE}"
                text = conservation.printed(file, page.page, page.furniture)
                found[page.page.source].append(text)
            for piece in page.pieces:
                source = piece.piece.source
                if source:
                    text = conservation.printed(piece.file, piece.piece, piece.body)
                    found[source].append(text)
    return found


# Links: every one that stays in the site leads to a file, and to an anchor that is there.


class _Page(HTMLParser):
    """The ids of a page, and its links with their lines."""

    _LINKS = ("href", "src")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: list[tuple[int, str]] = []
        self.base = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.add(value)
            elif name == "href" and tag == "base":
                self.base = value or ""
            elif name in self._LINKS and value:
                self.links.append((self.getpos()[0], value))


def _parse(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8", errors="replace"))
    return page


def broken_links(site: Path) -> Iterator[Problem]:
    """Links in the HTML of a site that lead nowhere. External ones are not followed."""

    @lru_cache(maxsize=4096)
    def ids_of(path: Path) -> frozenset[str]:
        return frozenset(_parse(path).ids)

    for path in sorted(site.rglob("*.html")):
        page = _parse(path)
        if page.base:
            continue  # its links are not relative to the file
        shown = path.relative_to(site.parent).as_posix()
        for line, link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_relative_to(site.resolve()):
                yield Problem(shown, line, f"the link {link!r} leaves the site")
            elif not target.is_file():
                yield Problem(shown, line, f"the link {link!r} leads nowhere", "no such file")
            elif parts.fragment and target.suffix == ".html":
                ids = page.ids if target == path else ids_of(target)
                if unquote(parts.fragment) not in ids:
                    found = f"the link {link!r} leads to no anchor"
                    yield Problem(shown, line, found, f"no element has id={parts.fragment!r}")

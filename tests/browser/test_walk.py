"""A newcomer opens site/index.html by a double click and goes everywhere by clicking."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Browser
from sites import REPOSITORY, built, kind_of, one_of_each_kind
from watched import Watched

from broadsheet.site.pages import PAGES

#: Pages that no link leads to: for machines, for who is lost, and the search page's own tests.
NOT_WALKED = {"feed", "sitemap", "sitemap-year", "robots", "404", "opensearch"}
#: Pages that an archive of one newspaper page does not have.
OF_OTHERS = {"about", "notice", "photo", "people-list", "obituaries-letter"} | {
    "people-list-year", "obituaries-month", "obituaries-letter-year", "slogans-month",
}  # fmt: skip
KINDS = {kind.name for kind in PAGES if kind.template.endswith(".html")} - NOT_WALKED


@pytest.fixture
def real_site(tmp_path: Path) -> Path:
    """A copy of this project with its real page, built."""
    root = tmp_path / "a copy"
    root.mkdir()
    for folder in ("sources", "content", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copy(REPOSITORY / "broadsheet.yaml", root)
    return built(root)


def walk(watched: Watched, start: str) -> dict[str, set[str]]:
    """Click every link whose page is new, in whichever view it stands; kind -> addresses."""
    page = watched.page
    page.goto(start)
    seen: dict[str, set[str]] = {}
    been: set[str] = set()

    def visit() -> None:
        here = urldefrag(page.url).url
        been.add(here)
        seen.setdefault(page.evaluate("document.body.dataset.page"), set()).add(here)
        links = page.eval_on_selector_all(
            "a[href]:not([download])",
            "all => all.map(a => new URL(a.getAttribute('href'), location).href)",
        )
        for n, address in enumerate(links):
            target = urldefrag(address).url
            inside = target.startswith(start.rsplit("/", 1)[0]) and target.endswith(".html")
            if target in been or not inside:
                continue
            link = page.locator("a[href]:not([download])").nth(n)
            views = iter(page.query_selector_all("[data-switch] a"))
            while not link.is_visible() and (view := next(views, None)):
                view.click()
            if not link.is_visible():
                continue
            link.click()
            page.wait_for_load_state()
            assert urldefrag(page.url).url == target, f"{address} was clicked on {here}"
            visit()
            page.go_back()
            page.wait_for_load_state()

    visit()
    return seen


def test_from_home_to_every_kind_of_page_of_the_real_archive(
    real_site: Path, watched: Watched
) -> None:
    home = (real_site / "index.html").as_uri()
    seen = walk(watched, home)
    missing = KINDS - set(seen) - OF_OTHERS
    assert not missing, "no click leads to these kinds of page"
    assert watched.faults == []
    outside = [url for url in watched.requested if not url.startswith(real_site.as_uri())]
    assert outside == []


def test_every_kind_of_page_is_linked_to(site: Path, long_site: Path) -> None:
    assert reachable(site) | reachable(long_site) >= KINDS


def reachable(site: Path) -> set[str]:
    """Kinds of the pages that some page of the site links to."""
    import html5lib

    found: set[str] = set()
    targets: set[Path] = set()
    for file in site.rglob("*.html"):
        tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        for link in tree.iter("a"):
            href = urldefrag(link.get("href", "")).url
            if href.endswith(".html") and "://" not in href:
                targets.add((file.parent / href).resolve())
    for target in targets:
        found.add(kind_of(target.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("place", ["served", "served_at_root"])
def test_every_page_works_from_a_server(
    place: str, site: Path, watched: Watched, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(place)
    for file in one_of_each_kind(site).values():
        watched.page.goto(address + file.relative_to(site).as_posix())
    assert watched.faults == []
    assert [url for url in watched.requested if not url.startswith(address)] == []


def test_every_page_reads_without_script(site: Path, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind, file in one_of_each_kind(site).items():
        page.goto(file.as_uri())
        assert page.locator("h1").first.is_visible(), kind
        assert page.locator(".script:visible").count() == 0, f"{kind}: a button that does nothing"
        if kind == "page":
            assert page.locator("#layout").is_visible()
            assert page.locator("#source").is_visible()
    context.close()


def test_an_empty_archive_says_so_on_every_page(empty_site: Path, watched: Watched) -> None:
    home = (empty_site / "index.html").as_uri()
    seen = walk(watched, home)
    assert {"home", "latest", "sections", "obituaries", "slogans", "archive"} <= set(seen)
    for addresses in seen.values():
        for address in addresses:
            watched.page.goto(address)
            assert watched.page.locator("main").inner_text().strip()
    assert watched.faults == []

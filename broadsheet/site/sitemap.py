"""Sitemaps (sitemaps.org): an index of years, and for each year every page of its issues.

A sitemap holds absolute addresses only, so there is none without `base_url`.
"""

from __future__ import annotations

from broadsheet.archive.store import Store
from broadsheet.site import links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.views import SitemapEntry, SitemapView

INDEX = "sitemap.xml"


def year_path(year: str) -> str:
    return f"sitemap/{year}.xml"


def sitemap_index(desk: Desk, store: Store, _: str) -> PageContent:
    years = [year for year, _ in store.counts("address")]
    entries = tuple(_entry(desk, year_path(year)) for year in years)
    return PageContent(SitemapView(entries=entries, index=True), "")


def sitemap_year(desk: Desk, store: Store, year: str) -> PageContent:
    paths = [path for row in store.rows("address", year) for path in records.read(row, str)]
    entries = tuple(_entry(desk, path) for path in paths)
    return PageContent(SitemapView(entries=entries, index=False), "")


def _entry(desk: Desk, path: str) -> SitemapEntry:
    return SitemapEntry(address=links.absolute(desk.config.base_url, path), lastmod="")

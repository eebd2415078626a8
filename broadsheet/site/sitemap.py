"""Sitemaps (sitemaps.org): an index of months, and for each month every page of its issues.

A sitemap holds absolute addresses only, so there is none without `base_url`.
"""

from __future__ import annotations

from broadsheet.archive.store import Store
from broadsheet.site import links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.views import SitemapEntry, SitemapView

INDEX = "sitemap.xml"


def month_path(month: str) -> str:
    return f"sitemap/{month}.xml"


def sitemap_index(desk: Desk, store: Store, _: str) -> PageContent:
    months = store.keys_of("address")
    entries = tuple(_entry(desk, month_path(month)) for month in months)
    return PageContent(SitemapView(entries=entries, index=True), "")


def sitemap_month(desk: Desk, store: Store, month: str) -> PageContent:
    paths = [path for row in store.rows("address", month) for path in records.read(row, str)]
    entries = tuple(_entry(desk, path) for path in paths)
    return PageContent(SitemapView(entries=entries, index=False), "")


def _entry(desk: Desk, path: str) -> SitemapEntry:
    return SitemapEntry(address=links.absolute(desk.config.base_url, path), lastmod="")

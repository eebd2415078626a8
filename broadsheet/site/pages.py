"""PAGES: every kind of page that the site has. Read this table first.

A kind with a list shows what issues contribute to it (records.py): `key` says which of its pages a
key of the list belongs to. When an issue changes, the keys whose records changed are known, and so
are the pages to render: `key` of each, nothing else. Where a page also shows that a neighbour
exists (the issue before, the other months of the year), `beside` names the keys whose pages look
at this one when it comes or goes. A kind without a list belongs to the issue, and is rendered by
the worker that reads it; a `fixed` one has a single page whatever the archive holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import msgspec

from broadsheet.archive.store import Store
from broadsheet.config import Config
from broadsheet.site import (
    archive_pages,
    feed,
    home_page,
    issue_pages,
    links,
    obituary_pages,
    people_pages,
    search_pages,
    section_pages,
    sitemap,
    slogan_pages,
    views,
)
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.long_lists import parts_touched, whole

#: None: there is nothing to show (any more).
Compose = Callable[[Desk, Store, str], PageContent | None]
Beside = Callable[[Store, str], Iterable[str]]
Files = Callable[[Desk, Store, str], Iterable[tuple[str, bytes]]]
Gather = Callable[[Store, Collection[str]], Iterable[tuple[str, tuple[bytes, ...]]]]
Unpack = Callable[[str, tuple[bytes, ...]], Iterable[tuple[str, bytes]]]
Touched = Callable[[Store, Collection[str]], Iterable[str]]


def itself(key: str) -> str:
    return key


def all_in_one(key: str) -> str:
    return ""


def year(key: str) -> str:
    return key[:4]


def before_slash(key: str) -> str:
    """guoji-5ce1/2025-12 -> guoji-5ce1/"""
    return key.partition("/")[0] + "/"


def always(config: Config) -> bool:
    return True


def with_address(config: Config) -> bool:
    return bool(config.base_url)


def adjacent(name: str) -> Beside:
    """The keys before and after."""
    return lambda store, key: [other for other in store.neighbours(name, key) if other]


def same_letter(name: str) -> Beside:
    """The other decades of a letter."""
    return lambda store, key: store.keys_of(name, before_slash(key))


def months_beside(store: Store, key: str) -> Iterable[str]:
    """The section's other months of the year, and the months before and after in other years."""
    around = store.neighbours("section", key, before_slash(key))
    return [*store.keys_of("section", key[:-2]), *(other for other in around if other)]


def ten_days(date: str) -> str:
    """2025-12-05 -> 2025-12-0"""
    return date[:9]


def after_slash(key: str) -> str:
    """guoji-5ce1/2025-12 -> 2025-12"""
    return key.partition("/")[2]


class PageKind(msgspec.Struct, frozen=True):
    """A row of PAGES."""

    name: str
    template: str = ""
    view: type[views.View] | None = None  #: what the template sees; None: `site` and `page` alone
    nav: str = ""  #: the entry of the main navigation that is current
    list: str = ""  #: whose records it shows; "" for the pages that an issue has alone
    key: Callable[[str], str] = itself  #: key of the list -> key of the page
    path: Callable[[str], str] | None = None  #: key of the page -> its path in the site
    compose: Compose | None = None
    beside: Beside | None = None
    files: Files | None = None  #: several files in place of a template and a view; `path` is one
    gather: Gather | None = None  #: like `files`, for work that another process may do: keys -> key
    unpack: Unpack | None = None  #: and what it needs; key and what it needs -> files, and without
    #: a path what the store keeps of it for the kinds below
    together: Callable[[str], str] | None = None  #: pages that another process may make: those of a
    #: group at once, from the entries of their keys and the keys `beside` them, and
    refers: str = ""  #: from the entries of this list that the same issues have
    touched: Touched | None = None  #: changed keys of the list -> keys of pages, in place of `key`
    fixed: bool = False  #: one page, with the key "", even in an empty archive
    when: Callable[[Config], bool] = always


def _only(path: str) -> Callable[[str], str]:
    return lambda key: path


def _nothing(desk: Desk, store: Store, key: str) -> PageContent:
    """A page that is its template alone."""
    return PageContent(None, "")


def _not_found(desk: Desk, store: Store, key: str) -> PageContent:
    return PageContent(None, desk.t("missing.title"))


def _section_month(key: str) -> str:
    slug, _, month = key.partition("/")
    return links.section_month(slug, month)


def _section(key: str) -> str:
    return links.section(key.rstrip("/"))


# fmt: off
PAGES: tuple[PageKind, ...] = (
    # What an issue has alone.
    PageKind("article", "article.html", views.PieceView, nav="latest"),
    PageKind("obituary", "obituary.html", views.PieceView, nav="obituaries"),
    PageKind("slogan", "slogan.html", views.PieceView, nav="slogans"),
    PageKind("notice", "notice.html", views.PieceView, nav="latest"),
    PageKind("photo", "photo.html", views.PieceView, nav="latest"),
    PageKind("page", "page.html", views.NewspaperPageView, nav="latest"),

    # By date.
    PageKind("issue", "issue.html", views.IssueView, nav="latest", list="issue",
             path=links.issue, compose=issue_pages.issue_page, beside=adjacent("issue"),
             together=ten_days),
    PageKind("latest", "issue.html", views.IssueView, nav="latest", list="issue", key=all_in_one,
             path=_only(issue_pages.LATEST), compose=issue_pages.latest_page, fixed=True),
    PageKind("home", "home.html", views.HomeView, nav="home", list="issue", key=all_in_one,
             path=_only(home_page.PATH), compose=home_page.home_page, fixed=True),
    PageKind("feed", "feed.xml", views.FeedView, list="issue", key=all_in_one,
             path=_only(feed.PATH), compose=feed.feed_page, fixed=True),
    PageKind("archive-year", "archive-year.html", views.ArchiveYearView, nav="archive",
             list="day", key=year, path=archive_pages.year_path,
             compose=archive_pages.year_page, beside=adjacent("day")),
    PageKind("archive", "archive.html", views.ArchiveView, nav="archive", list="day",
             key=all_in_one, path=_only(archive_pages.INDEX),
             compose=archive_pages.archive_page, fixed=True),

    # By section.
    PageKind("section", "section.html", views.SectionMonthView, nav="section", list="section",
             path=_section_month, compose=section_pages.section_month_page, beside=months_beside,
             together=after_slash, refers="issue"),
    PageKind("section-index", "section-index.html", views.SectionView, nav="section",
             list="section", key=before_slash, path=_section, compose=section_pages.section_page),
    PageKind("sections", "sections.html", views.SectionsView, nav="section", list="section",
             key=all_in_one, path=_only(section_pages.INDEX),
             compose=section_pages.sections_page, fixed=True),

    # By type and name.
    PageKind("obituaries-year", "obituaries-list.html", views.RegisterView, nav="obituaries",
             list="obituary", key=whole, path=obituary_pages.path,
             compose=obituary_pages.year_page, beside=adjacent("obituary")),
    PageKind("obituaries-month", "obituaries-list.html", views.RegisterView, nav="obituaries",
             list="obituary", touched=parts_touched("obituaries-month", "obituary"),
             path=obituary_pages.path, compose=obituary_pages.month_page),
    PageKind("obituaries-letter", "obituaries-list.html", views.RegisterView, nav="obituaries",
             list="surname", key=whole, path=obituary_pages.path,
             compose=obituary_pages.letter_page, beside=same_letter("surname")),
    PageKind("obituaries-letter-year", "obituaries-list.html", views.RegisterView,
             nav="obituaries", list="surname",
             touched=parts_touched("obituaries-letter-year", "surname"),
             path=obituary_pages.path, compose=obituary_pages.letter_year_page),
    PageKind("obituaries", "obituaries.html", views.ObituariesView, nav="obituaries",
             list="obituary", key=all_in_one, path=_only(obituary_pages.INDEX),
             compose=obituary_pages.obituaries_page, fixed=True),
    PageKind("slogans-year", "slogans.html", views.SloganWallView, nav="slogans", list="slogan",
             key=whole, path=slogan_pages.path, compose=slogan_pages.year_page,
             beside=adjacent("slogan")),
    PageKind("slogans-month", "slogans.html", views.SloganWallView, nav="slogans", list="slogan",
             touched=parts_touched("slogans-month", "slogan"), path=slogan_pages.path,
             compose=slogan_pages.month_page),
    PageKind("slogans", "slogans-index.html", views.SlogansView, nav="slogans", list="slogan",
             key=all_in_one, path=_only(slogan_pages.INDEX),
             compose=slogan_pages.slogans_page, fixed=True),
    PageKind("people-list", "people-list.html", views.PeopleView, nav="archive", list="person",
             key=whole, path=people_pages.path, compose=people_pages.list_page,
             beside=same_letter("person")),
    PageKind("people-list-year", "people-list.html", views.PeopleView, nav="archive",
             list="person", touched=parts_touched("people-list-year", "person"),
             path=people_pages.path, compose=people_pages.list_year_page),
    PageKind("people", "people.html", views.PeopleView, nav="archive", list="person",
             key=all_in_one, path=_only(people_pages.INDEX),
             compose=people_pages.people_page, fixed=True),

    # Search.
    PageKind("search", "search.html", nav="search", path=_only(search_pages.PATH),
             compose=search_pages.search_page, fixed=True, when=search_pages.wanted),
    PageKind("search-client", list="search", key=all_in_one, path=_only(search_pages.SEGMENTS),
             files=search_pages.client_files, fixed=True, when=search_pages.wanted),
    PageKind(search_pages.KIND, list="search", path=search_pages.segment_path,
             gather=search_pages.segment_days, unpack=search_pages.segment_files,
             touched=search_pages.touched, when=search_pages.wanted),
    PageKind(search_pages.GROUP, list="search", path=search_pages.group_path,
             gather=search_pages.group_shares, unpack=search_pages.group_files,
             touched=search_pages.touched_groups, when=search_pages.wanted),
    PageKind("opensearch", "opensearch.xml", path=_only(search_pages.OPENSEARCH),
             compose=search_pages.opensearch_page, fixed=True,
             when=search_pages.wanted_with_address),

    # For machines, and for whoever is lost.
    PageKind("sitemap-month", "sitemap.xml", views.SitemapView, list="address",
             path=sitemap.month_path, compose=sitemap.sitemap_month, when=with_address),
    PageKind("sitemap", "sitemap.xml", views.SitemapView, list="address", key=all_in_one,
             path=_only(sitemap.INDEX), compose=sitemap.sitemap_index, fixed=True,
             when=with_address),
    PageKind("robots", "robots.txt", path=_only("robots.txt"), compose=_nothing, fixed=True),
    PageKind("404", "404.html", path=_only("404.html"), compose=_not_found, fixed=True),
    PageKind("about", "about.html", views.AboutView, path=_only("about.html"), fixed=True),
)
# fmt: on

KINDS = {kind.name: kind for kind in PAGES}


def pages_of(name: str, key: str) -> list[tuple[PageKind, str]]:
    """The pages that show this key of a list."""
    return [
        (kind, kind.key(key))
        for kind in PAGES
        if kind.list == name and name and kind.touched is None
    ]


def pages_touched(store: Store, changed: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """(kind, key) of the pages whose kind looks at all changed keys of its list at once."""
    keys: dict[str, set[str]] = {}
    for name, key in changed:
        keys.setdefault(name, set()).add(key)
    return {
        (kind.name, key)
        for kind in PAGES
        if kind.touched is not None
        for key in kind.touched(store, keys.get(kind.list, ()))
    }


def pages_beside(store: Store, name: str, key: str) -> list[tuple[PageKind, str]]:
    """The pages that show that this key of a list exists, now that it came or went."""
    return [
        (kind, kind.key(other))
        for kind in PAGES
        if kind.list == name and kind.beside is not None
        for other in kind.beside(store, key)
    ]

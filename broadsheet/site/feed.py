"""The feed: the newest pieces as Atom (RFC 4287).

Without `base_url` the site has no address: links stay relative to the feed, and the identifiers
are tag: URIs (RFC 4151) of a name that belongs to nobody else.
"""

from __future__ import annotations

import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from broadsheet.archive.store import Store
from broadsheet.site import headlines, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.records import IssueRecord, ItemRecord
from broadsheet.site.views import FeedEntry, FeedView

PATH = "feed.xml"

#: When there is no issue yet; a feed must say when it was updated.
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def feed_page(desk: Desk, store: Store, _: str) -> PageContent:
    config = desk.config
    pieces: list[ItemRecord] = []
    for row in islice(store.newest("issue"), config.feed_items):
        issue = records.read(row, IssueRecord)[0]
        pieces += [piece for page in issue.pages for piece in page.items]
        if len(pieces) >= config.feed_items:
            break
    entries = tuple(_entry(desk, piece) for piece in pieces[: config.feed_items])
    view = FeedView(
        id=links.absolute(config.base_url, "") or "tag:broadsheet.invalid,2025:feed",
        updated=max((entry.updated for entry in entries), default=_NEVER),
        entries=entries,
    )
    return PageContent(view, config.title, config.description)


def _entry(desk: Desk, piece: ItemRecord) -> FeedEntry:
    """A piece of the feed; it was updated when it was printed, not when it was built."""
    day = datetime.datetime.fromisoformat(piece.date)
    return FeedEntry(
        title=headlines.plain(piece.words),
        address=links.absolute(desk.config.base_url, piece.path)
        or links.relative(PATH, piece.path),
        id=links.absolute(desk.config.base_url, piece.path)
        or f"tag:broadsheet.invalid,2025:{piece.path}",
        summary=piece.summary or piece.meta,
        updated=day.replace(tzinfo=ZoneInfo(desk.config.timezone)),
        author="",
    )

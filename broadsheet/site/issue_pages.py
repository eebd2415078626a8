"""An issue's page, and the newest one again at `latest.html`."""

from __future__ import annotations

from broadsheet.archive.store import Store
from broadsheet.site import items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import IssueRecord
from broadsheet.site.views import IssueView, Link

LATEST = "latest.html"


def issue_page(desk: Desk, store: Store, date: str) -> PageContent:
    record = records.read(next(store.rows("issue", date)), IssueRecord)[0]
    return _content(desk, store, record, links.issue(date))


def latest_page(desk: Desk, store: Store, _: str) -> PageContent:
    """The newest issue at an address that stays, so that the navigation need not change."""
    newest = next(store.newest("issue"), None)
    if newest is None:
        return PageContent(None, desk.t("issue.none"))
    record = records.read(newest, IssueRecord)[0]
    return _content(desk, store, record, LATEST)


def _content(desk: Desk, store: Store, record: IssueRecord, path: str) -> PageContent:
    view = issue_view(desk, store, record, path)
    description = f"{view.day.text} {view.day.weekday} {view.counts}"
    return PageContent(view, view.day.text, description, canonical=links.issue(record.date))


def issue_view(desk: Desk, store: Store, record: IssueRecord, path: str) -> IssueView:
    previous, following = store.neighbours("issue", record.date)
    year = record.date[:4]
    return IssueView(
        day=desk.day(record.date, record.estimated),
        year=link(path, f"archive/{year}.html", items.year_text(desk, year)),
        counts=items.issue_counts(desk, record),
        pages=tuple(items.page_group(desk, page, path) for page in record.pages),
        previous=_issue_link(desk, previous, path),
        following=_issue_link(desk, following, path),
    )


def _issue_link(desk: Desk, date: str, path: str) -> Link | None:
    return link(path, links.issue(date), desk.day(date).text) if date else None

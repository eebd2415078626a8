"""An issue's page, and the newest one again at `latest.html`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from broadsheet.archive.store import Store
from broadsheet.site import items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import IssueRecord
from broadsheet.site.views import IssueView, Link, PageGroup

LATEST = "latest.html"

#: A06 of one issue, 12 of another: the part of the paper, and the number in it.
_LABEL = re.compile(r"([^\d\s]*)(\d+)$")
#: A paper that numbers its pages through the year begins an issue with 341: no page is missing.
_MOST_MISSING = 40


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
        pages=tuple(_leaves([items.page_group(desk, page, path) for page in record.pages])),
        previous=_issue_link(desk, previous, path),
        following=_issue_link(desk, following, path),
    )


def _leaves(pages: Sequence[PageGroup]) -> Iterator[PageGroup]:
    """The pages, and those that their numbers show to be missing: 3 and 4, where 1, 2 and 5 are.

    Where a page's own number is not known, nothing is said to be missing.
    """
    numbered = [_number(page) for page in pages]
    known: dict[str, set[int]] = {}
    for part, number, _ in filter(None, numbered):
        known.setdefault(part, set()).add(number)
    for page, label in zip(pages, numbered, strict=True):
        if label:
            part, number, width = label
            before = [n for n in range(1, number) if n not in known[part]]
            known[part] |= set(before)
            if len(before) <= _MOST_MISSING:
                yield from (_missing(f"{part}{n:0{width}}") for n in before)
        yield page


def _number(page: PageGroup) -> tuple[str, int, int] | None:
    """A07 -> A, 7, 2 digits; None where the paper's own number is not known or is no number."""
    found = _LABEL.fullmatch(page.label) if page.label == page.heading else None
    return (found[1], int(found[2]), len(found[2])) if found else None


def _missing(label: str) -> PageGroup:
    return PageGroup(
        label=label, heading=label, section="", href="", counts="", schematic=Markup(),
        items=(), missing=True,
    )  # fmt: skip


def _issue_link(desk: Desk, date: str, path: str) -> Link | None:
    return link(path, links.issue(date), desk.day(date).text) if date else None

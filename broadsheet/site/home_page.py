"""The front page: the newest issue's first report, its digest, and the way to all the others."""

from __future__ import annotations

from markupsafe import escape

from broadsheet.archive.store import Store
from broadsheet.site import issue_pages, items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import FrontRecord, IssueRecord, ItemRecord
from broadsheet.site.views import FigureView, HomeView, Item, Paragraph, SheetPart

PATH = "index.html"

#: What the front page holds of each.
DIGEST, SLOGANS, YEARS = 12, 3, 6


def home_page(desk: Desk, store: Store, _: str) -> PageContent:
    config = desk.config
    newest = next(store.newest("issue"), None)
    if newest is None:
        empty = HomeView(issue=None, lead=None, second=None, digest=(), obituary=None,
                         slogans=(), years=())  # fmt: skip
        return PageContent(empty, "", config.description)
    record = records.read(newest, IssueRecord)[0]
    pieces = [piece for page in record.pages for piece in page.items]
    shown = [items.item(desk, piece, PATH) for piece in pieces]
    lead = _lead(desk, record, record.front) if record.front else None
    view = HomeView(
        issue=issue_pages.issue_view(desk, store, record, PATH),
        lead=lead,
        second=_second(pieces, shown, lead),
        digest=tuple(shown[:DIGEST]),
        obituary=next((piece for piece in shown if piece.type == "obituary"), None),
        slogans=tuple([piece for piece in shown if piece.type == "slogan"][:SLOGANS]),
        years=items.bars(desk, _years(desk, store)),
    )
    return PageContent(view, "", config.description)


def _years(desk: Desk, store: Store) -> list[tuple[str, str, int]]:
    """The newest years with their pieces."""
    years = items.by_year(store.counts("issue"))
    return [
        (f"archive/{year}.html", items.year_text(desk, year), count)
        for year, count in sorted(years.items(), reverse=True)[:YEARS]
    ]


def _second(pieces: list[ItemRecord], shown: list[Item], lead: SheetPart | None) -> Item | None:
    """The longest report after the lead."""
    first = lead.item.href if lead else ""
    others = [
        (-piece.characters, n)
        for n, piece in enumerate(pieces)
        if piece.type == "article" and shown[n].href != first
    ]
    return shown[min(others)[1]] if others else None


def _lead(desk: Desk, record: IssueRecord, front: FrontRecord) -> SheetPart:
    piece = next(p for p in record.pages[front.page].items if p.number == front.number)
    figure = FigureView(
        caption=escape(front.caption),
        credit=front.credit,
        src=links.relative(PATH, front.picture) if front.picture else "",
        alt=front.alt,
        width=front.width,
        height=front.height,
    )
    return SheetPart(
        slot="lead",
        item=items.item(desk, piece, PATH),
        lead=tuple(Paragraph(html=escape(text), anchor="", lines="") for text in front.lead),
        sections=(),
        figures=(figure,) if front.has_figure else (),
        subheads=tuple(
            link(PATH, f"{piece.path}#{anchor}", text) for anchor, text in front.subheads
        ),
        more="",
        more_href=links.relative(PATH, piece.path),
        columns=2,
        span=8,
    )

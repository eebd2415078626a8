"""A newspaper page: the composed sheet, the source beside it, and all its pieces as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from broadsheet.site import items, links, paragraphs, source_view
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.headlines import plain
from broadsheet.site.items import link
from broadsheet.site.records import ItemRecord
from broadsheet.site.sheet import Place, compose, set_within
from broadsheet.site.typeset import SetPage, SetPiece
from broadsheet.site.views import Link, NewspaperPageView, SheetPart

SOURCE, DATA = "source.txt", "pieces.json"

#: In which order the places of a sheet are read.
_SLOTS = ("lead", "second", "side", "flow", "filler")

_encode = msgspec.json.Encoder().encode


def newspaper_page(
    desk: Desk, page: SetPage, records: Sequence[ItemRecord], pages: Sequence[SetPage]
) -> PageContent:
    """`records` are of its pieces; `pages` are all of the issue, for the way to its neighbours."""
    at = next(n for n, other in enumerate(pages) if other.path == page.path)
    folder = page.path.rpartition("/")[0]
    places = compose([items.shape(record) for record in records])
    placed = list(zip(places, page.pieces, records, strict=True))
    placed.sort(key=lambda found: (_SLOTS.index(found[0].slot), found[1].number))
    data = page.page.page
    view = NewspaperPageView(
        label=page.label,
        heading=page.heading,
        section=page.section,
        section_href=_section_href(desk, page),
        newspaper=page.newspaper,
        day=desk.day(page.date, page.estimated),
        issue=link(page.path, links.issue(page.date), desk.day(page.date).text),
        editors=data.editors,
        furniture=page.page.furniture,
        image=links.relative(page.path, f"{folder}/{data.image}") if data.image else "",
        parts=tuple(
            _part(desk, page, piece, record, place)
            for place, piece, record in placed
            if place.slot != "filler"
        ),
        fillers=tuple(
            items.item(desk, record, page.path)
            for place, _, record in placed
            if place.slot == "filler"
        ),
        source=source_view.source_lines(desk, page) if page.source else (),
        legend=source_view.legend(desk, page) if page.source else (),
        account=source_view.account(desk, page) if page.source else "",
        source_download=SOURCE if page.source else "",
        previous=_page_link(page, pages[at - 1]) if at else None,
        following=_page_link(page, pages[at + 1]) if at + 1 < len(pages) else None,
    )  # fmt: skip
    title = f"{page.where} {page.date}"
    headlines = " · ".join(plain(piece.words) for piece in page.pieces[:4])
    return PageContent(view, title, headlines or title)


def _section_href(desk: Desk, page: SetPage) -> str:
    """The page's section, if any of its pieces is in it: only then that section has a page."""
    if page.section and any(piece.section == page.section for piece in page.pieces):
        return links.relative(page.path, links.section(desk.slug(page.section)))
    return ""


def _page_link(page: SetPage, other: SetPage) -> Link:
    return link(page.path, other.path, other.where)


def _part(
    desk: Desk, page: SetPage, piece: SetPiece, record: ItemRecord, place: Place
) -> SheetPart:
    lengths = [[len(p.text) for p in section.paragraphs] for section in piece.sections]
    kept = set_within(lengths, place.room)
    shown = [
        [paragraphs.plain(desk, paragraph) for paragraph in section.paragraphs[:count]]
        for section, count in zip(piece.sections, kept, strict=False)
    ]
    href = links.relative(page.path, piece.path)
    cut = [len(section) for section in lengths] != kept
    return SheetPart(
        slot=place.slot,
        item=items.item(desk, record, page.path),
        lead=tuple(paragraphs.plain(desk, paragraph) for paragraph in piece.lead),
        sections=paragraphs.sections(piece.sections[: len(kept)], shown),
        figures=tuple(paragraphs.figure(piece, f, page.path, None) for f in piece.figures),
        subheads=tuple(
            Link(href=f"{href}#{anchor}", text=text, language=piece.language)
            for anchor, text in piece.subheads
        ),
        more=_more(desk, len(lengths) - len(kept), cut),
        more_href=href,
        columns=place.columns,
        span=place.span,
    )


def _more(desk: Desk, sections: int, cut: bool) -> str:
    if not cut:
        return ""
    return desk.t("sheet.more_sections", count=sections) if sections else desk.t("sheet.more")


def pieces_as_data(page: SetPage) -> bytes:
    """All pieces of the page as JSON, one a line: front matter, and the text with the lines that it
    came from."""
    data = {
        "date": page.date,
        "date_estimated": page.estimated,
        "page": page.label,
        "section": page.section,
        "newspaper": page.newspaper,
        "source": page.page.source.file if page.page.source else "",
    }
    pieces = b",\n".join(_encode(_piece_as_data(piece)) for piece in page.pieces)
    return _encode(data)[:-1] + b',"pieces":[\n' + pieces + b"\n]}\n"


def _piece_as_data(piece: SetPiece) -> dict[str, Any]:
    stated: dict[str, Any] = msgspec.to_builtins(piece.piece)
    kept = {key: value for key, value in stated.items() if value and key != "converted"}
    body: list[dict[str, Any]] = [{"text": p.text, "lines": p.lines} for p in piece.lead]
    for section in piece.sections:
        if section.subhead:
            body.append(
                {"subhead": section.subhead, "lines": [section.line] if section.line else []}
            )
        body += [{"text": p.text, "lines": p.lines} for p in section.paragraphs]
    return {"type": piece.piece.type, "file": piece.file.file, **kept, "body": body}

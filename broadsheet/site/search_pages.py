"""Search in the build: what is searched of a piece, the index's files, the page that asks it.

The list `search` keeps the documents of each issue. A segment of the index (search/segments.py) is
made of the issues of its days and of nothing else, so that a change makes one segment anew; its
group is made of what the store keeps of each of its segments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from urllib.parse import quote

import msgspec

from broadsheet.archive.store import Entry, Store
from broadsheet.config import Config
from broadsheet.piece import PIECE_TYPES, Obituary
from broadsheet.search.document import Document
from broadsheet.search.segments import groups, names_over, segments
from broadsheet.site import headlines, links
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.paragraphs import Anchors
from broadsheet.site.typeset import SetIssue, SetPage, SetPiece

LIST, KIND, GROUP = "search", "search-segment", "search-group"
PATH, OPENSEARCH, SEGMENTS = "search.html", "opensearch.xml", "search/segments.js"

#: The sentences that the client says.
SAID = (
    "found", "all", "sofar", "none", "none_try", "none_filtered", "more", "failed", "untitled",
    "no_section", "quick", "marks", "marked",
)  # fmt: skip

#: Issues whose headlines and names the quick box suggests, and how many of each at most.
QUICK_ISSUES, QUICK_HEADLINES, QUICK_NAMES = 30, 300, 200

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Document]).decode


def wanted(config: Config) -> bool:
    return config.search


def wanted_with_address(config: Config) -> bool:
    """A browser adds a search engine by its absolute address."""
    return config.search and bool(config.base_url)


def entry(issue: SetIssue) -> Entry:
    """What the list of the searched keeps of an issue."""
    found = [document(page, piece) for page in issue.pages for piece in page.pieces]
    return Entry(LIST, issue.date, len(found), _encode(found))


# What is searched.


def document(page: SetPage, piece: SetPiece) -> Document:
    """A piece as it is printed: headline, body, captions, credits, names."""
    own = piece.piece
    return Document(
        href=piece.path,
        date=page.date,
        page=page.heading,
        section=piece.section,
        type=own.type,
        title=_title(piece),
        paragraphs=tuple((anchor, text) for anchor, text in _paragraphs(piece) if text),
        people=_people(piece),
        language=piece.language,
    )


def _title(piece: SetPiece) -> str:
    """Kicker, headline and subtitle; where nothing is printed as a headline, "" or a name."""
    own = piece.piece
    name = own.person.name if isinstance(own, Obituary) else ""
    shown = "" if own.type == "slogan" else headlines.plain(piece.words) if name else own.title
    parts = (getattr(own, "kicker", ""), shown, getattr(own, "subtitle", ""))
    return "\u3000".join(part for part in parts if part)


def _paragraphs(piece: SetPiece) -> Iterator[tuple[str, str]]:
    """(anchor on the piece's page, text), the lead first, what is set in small print last."""
    anchors = Anchors()
    for paragraph in piece.lead:
        yield anchors.take(paragraph.lines[0] if paragraph.lines else 0), paragraph.text
    captions = [
        (anchors.take(found.line), f"{found.figure.caption}\u3000{found.figure.credit}".strip())
        for found in piece.figures
    ]
    named = 0
    for section in piece.sections:
        named += bool(section.subhead)
        yield f"s{named}", section.subhead
        for paragraph in section.paragraphs:
            yield anchors.take(paragraph.lines[0] if paragraph.lines else 0), paragraph.text
    yield from captions
    own = piece.piece
    if isinstance(own, Obituary):
        yield "", own.title
    for key in ("byline", "credit", "dateline", "kind", "issuer"):
        yield "", getattr(own, key, "")


def _people(piece: SetPiece) -> tuple[str, ...]:
    own = piece.piece
    deceased = (own.person.name,) if isinstance(own, Obituary) else ()
    return tuple(dict.fromkeys(name for name in (*deceased, *own.people) if name))


# The index.


def cut(store: Store) -> dict[str, tuple[str, ...]]:
    """The segments of the archive as it is now, each with its days."""
    return segments({day: count for day, count in store.counts(LIST) if count})


def touched(store: Store, days: Collection[str]) -> set[str]:
    """The segments to make or to drop after a change of these days."""
    if not days:
        return set()
    now, before = set(cut(store)), set(store.page_keys(KIND))
    return (now ^ before) | (now & set(chain.from_iterable(map(names_over, days))))


def touched_groups(store: Store, days: Collection[str]) -> set[str]:
    """The groups to make or to drop: those of the touched segments."""
    now, before = set(groups(cut(store))), set(store.page_keys(GROUP))
    return (now ^ before) | (now & set(groups(sorted(touched(store, days)))))


def segment_path(name: str) -> str:
    return f"search/{name}/segment.js"


def group_path(name: str) -> str:
    return f"search/{name}/group.js"


def segment_days(store: Store, names: Collection[str]) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Each segment and the records of its days; none when the archive is cut otherwise now."""
    now = cut(store)
    for name in names:
        days = now.get(name, ())
        yield name, tuple(row.records for day in days for row in store.rows(LIST, day))


def segment_files(name: str, days: tuple[bytes, ...]) -> Iterator[tuple[str, bytes]]:
    """The files of a segment; made in whatever process there is."""
    from broadsheet.search.index import segment_files as files

    documents: list[Document] = [document for day in days for document in _decode(day)]
    if documents:
        yield from files(name, documents)


def group_shares(store: Store, names: Collection[str]) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Each group and what the store keeps of its segments; none when it is no group now."""
    now = groups(cut(store))
    for name in names:
        yield name, tuple(store.kept(KIND, f"{name}/{inside}") for inside in now.get(name, ()))


def group_files(name: str, shares: tuple[bytes, ...]) -> Iterator[tuple[str, bytes]]:
    """The files of a group; made in whatever process there is."""
    from broadsheet.search.index import group_files as files

    if shares:
        yield from files(name, shares)


def client_files(desk: Desk, store: Store, _: str) -> Iterator[tuple[str, bytes]]:
    """What the client needs beside the segments."""
    from broadsheet.search import scripts

    newest = [row for row, _ in zip(store.newest(LIST), range(QUICK_ISSUES), strict=False)]
    recent = [document for row in newest for document in _decode(row.records)]
    yield scripts.segments_script(cut(store))
    yield scripts.setup_script(sentences(desk))
    yield scripts.quick_script(store.keys_of(LIST), _names(desk, recent), _headlines(recent))


def sentences(desk: Desk) -> dict[str, str]:
    """What the client says, in the interface's language."""
    said = {name: desk.t(f"search.say.{name}") for name in SAID}
    return said | {f"type.{kind}": desk.type_name(kind) for kind in PIECE_TYPES}


def _names(desk: Desk, recent: list[Document]) -> list[tuple[str, str, str]]:
    """Sections and people of the newest issues: (text, what it is, address)."""
    sections = dict.fromkeys(document.section for document in recent if document.section)
    people = dict.fromkeys(name for document in recent for name in document.people)
    found = [(name, desk.t("nav.section"), links.section(desk.slug(name))) for name in sections]
    found += [(name, desk.t("foot.people"), f"{PATH}?person={quote(name)}") for name in people]
    return found[:QUICK_NAMES]


def _headlines(recent: list[Document]) -> list[tuple[str, str, str]]:
    return [(d.title, d.date, d.href) for d in recent if d.title][:QUICK_HEADLINES]


# The pages.


def search_page(desk: Desk, store: Store, _: str) -> PageContent:
    return PageContent(None, desk.t("search.title"), desk.t("search.how"))


def opensearch_page(desk: Desk, store: Store, _: str) -> PageContent:
    return PageContent(None, desk.t("search.title"))

"""Drafts -> typed pieces: every front matter field is read here, or in the module named for it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

import msgspec

from broadsheet import mends
from broadsheet.convert import wraps
from broadsheet.convert.body import Body, Paragraph, dropped_hyphens, read_body, rows_of
from broadsheet.convert.bylines import read_byline, read_dateline
from broadsheet.convert.death_notices import read_death_notice
from broadsheet.convert.draft import Block, Draft, Placed, Role
from broadsheet.convert.headlines import headline_parts
from broadsheet.convert.notices import issuer_of, kind_of
from broadsheet.convert.obituaries import read_obituary
from broadsheet.escaping import escape
from broadsheet.piece import (
    Article,
    Figure,
    Language,
    NewspaperPage,
    Notice,
    Obituary,
    Photo,
    Piece,
    Slogan,
    format_lines,
)

#: Roles whose blocks go to `_page.md` and not into a piece.
PAGE_ROLES: frozenset[Role] = frozenset({"furniture", "repeat"})


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the page beside the piece's own words."""

    source: str  #: path relative to the project
    language: Language
    date: datetime.date | None = None
    date_estimated: bool = False
    label: str = ""
    words: wraps.Words = frozenset()


class Composed(msgspec.Struct, frozen=True):
    """A piece as it will be written."""

    piece: Piece
    body: str  #: Markdown
    warnings: tuple[str, ...] = ()


def compose(draft: Draft, context: Context) -> Composed:
    """A draft -> the piece and its body. A draft of type furniture has no piece of its own."""
    placed = [place for place in draft.placed if place.role not in PAGE_ROLES]
    compose_type = _COMPOSERS[draft.type]
    piece, body, head_joins, warnings = compose_type(placed, context)
    piece = msgspec.structs.replace(
        piece,
        date=context.date,
        date_estimated=context.date_estimated,
        page=context.label,
        source=context.source,
        lines=_lines(place.block for place in placed),
        joins=head_joins + body.joins,
        gaps=body.gaps,
    )
    return Composed(piece, body.markdown, tuple(warnings))


Parts = tuple[Piece, Body, tuple[str, ...], list[str]]  # with joins in the head, and warnings


def _article(placed: list[Placed], context: Context) -> Parts:
    placed = _credits_told_apart(headline_parts(placed))
    head, rest = _split(
        placed, {"kicker", "headline", "subtitle", "byline", "credit", "caption"}, context.words
    )
    body = read_body(rest, context.words)
    figures, credits = _figures(head.texts)
    dateline = read_dateline(next(iter(body.paragraphs), Paragraph("")).text)
    names = read_byline(*_byline_rows(placed), *credits)
    piece = Article(
        title=head.text("headline"),
        kicker=head.text("kicker"),
        subtitle=head.text("subtitle"),
        byline=head.text("byline"),
        credit=" ".join(credits),
        dateline=dateline.text,
        agency=names.agency or dateline.agency,
        reporters=names.reporters,
        photographers=names.photographers,
        places=(dateline.place,) if dateline.place else (),
        figures=figures,
        lead=_has_lead(placed),
    )
    return piece, body, head.joins, []


def _obituary(placed: list[Placed], context: Context) -> Parts:
    head, rest = _split(placed, {"kicker", "headline", "heading", "subtitle"}, context.words)
    body = read_body(rest, context.words)
    read = read_death_notice if context.language == "en" else read_obituary
    said = read(head.text(), *_signed_apart(body), context.date)
    piece = Obituary(
        title=head.text(), person=said.person, service=said.service, signed=said.signed
    )
    line = placed[0].block.lines[0]
    return piece, body, head.joins, [f"line {line}: {warning}" for warning in said.warnings]


def _notice(placed: list[Placed], context: Context) -> Parts:
    head, rest = _split(placed, {"kicker", "headline", "heading", "subtitle"}, context.words)
    body = read_body(rest, context.words)
    paragraphs, signature = _signed_apart(body)
    piece = Notice(
        title=head.text(),
        kind=kind_of(head.text(), body.text),
        issuer=issuer_of(signature, paragraphs),
    )
    return piece, body, head.joins, []


#: A line of a signature: short, and no sentence.
_SIGNATURE = re.compile(r"(?!.*[特专專谨謹哀]此)[^。！？!?；;]{2,40}$")
#: Lines of a signature that nothing marks as one.
_LONGEST_SIGNATURE = 4


def _signed_apart(body: Body) -> tuple[list[str], list[str]]:
    """(paragraphs, lines of the signature): what is marked as one, else what ends like one."""
    marked = [row for p in body.paragraphs if p.kind == "signature" for row in p.text.split("\n")]
    texts = [p.text for p in body.paragraphs if p.kind != "signature"]
    if not marked:
        while len(texts) > 1 and len(marked) < _LONGEST_SIGNATURE and _SIGNATURE.match(texts[-1]):
            marked.insert(0, texts.pop())
    return texts, marked


def _slogan(placed: list[Placed], context: Context) -> Parts:
    return Slogan(), read_body(placed, context.words), (), []


def _photo(placed: list[Placed], context: Context) -> Parts:
    head, rest = _split(placed, {"kicker", "headline", "subtitle", "credit"}, context.words)
    body = read_body(rest, context.words)
    names = read_byline(head.text("credit"))
    piece = Photo(
        title=head.text("kicker", "headline", "subtitle"),
        credit=head.text("credit"),
        agency=names.agency,
        photographers=names.photographers,
    )
    return piece, body, head.joins, []


_COMPOSERS = {
    "article": _article,
    "obituary": _obituary,
    "slogan": _slogan,
    "notice": _notice,
    "photo": _photo,
}


class Head(msgspec.Struct, frozen=True):
    """The blocks of a piece that go to its front matter, in printed order."""

    texts: tuple[tuple[Role, str], ...]
    joins: tuple[str, ...]

    def text(self, *roles: Role) -> str:
        """The blocks of these roles (of all, without any) as one text.

        Parts of a headline that were printed apart get a space between.
        """
        return " ".join(text for role, text in self.texts if not roles or role in roles)


def _split(placed: list[Placed], roles: set[Role], words: wraps.Words) -> tuple[Head, list[Placed]]:
    """(blocks of the front matter, blocks of the body).

    A block that continues another goes where that one went.
    """
    texts: list[tuple[Role, str]] = []
    joins: list[str] = []
    at: dict[int, int] = {}
    body: list[Placed] = []
    for place in placed:
        block = place.block
        if place.continues in at:
            position = at[place.continues]
            role, before = texts[position]
            texts[position] = role, wraps.join(before, block.text, words)
            joins.append(mends.describe(before, block.text, texts[position][1]))
        elif place.role in roles and place.continues is None:
            position = len(texts)
            texts.append((place.role, block.text))
        else:
            body.append(place)
            continue
        at[block.index] = position
        joins += [mends.describe(*ends, block.text) for ends in dropped_hyphens(block)]
    return Head(tuple(texts), tuple(joins)), body


def _credits_told_apart(placed: list[Placed]) -> list[Placed]:
    """Bylines that name nobody are credits: 文/图 新华社, 本报综合报道."""
    named = {
        place.block.index
        for place in placed
        if place.role == "byline" and any(_people(_byline_rows([place])))
    }
    letter = any(place.role == "byline" and place.block.index - 1 in named for place in placed)
    return [
        msgspec.structs.replace(place, role="credit")
        if place.role == "byline" and not letter and place.block.index not in named
        else place
        for place in placed
    ]


def _byline_rows(placed: Iterable[Placed]) -> list[str]:
    """The rows of bylines, each for itself: a name, and where its bearer works or lives."""
    return [row.strip() for p in placed if p.role == "byline" for row in p.block.rows]


def _people(rows: list[str]) -> tuple[str, ...]:
    named = read_byline(*rows)
    return named.reporters + named.photographers


def _figures(texts: Iterable[tuple[Role, str]]) -> tuple[tuple[Figure, ...], list[str]]:
    """(figures, credits of the article): a credit right after a caption is the picture's."""
    figures: list[Figure] = []
    credits: list[str] = []
    previous: Role | None = None
    for role, text in texts:
        if role == "caption":
            figures.append(Figure(caption=text))
        elif role == "credit" and previous == "caption":
            figures[-1] = Figure(caption=figures[-1].caption, credit=text)
        elif role == "credit":
            credits.append(text)
        previous = role
    return tuple(figures), credits


#: A lead longer than this is the article itself.
_LONGEST_LEAD = 3


def _has_lead(placed: list[Placed]) -> bool:
    """Whether the paragraphs before the first subhead are a lead.

    They are when they are few and something printed parts them from the rest: the credit, a
    caption, or subheads that divide all that follows (at least two).
    """
    roles = [place.role for place in placed]
    if "subhead" not in roles:
        return False
    before = roles[: roles.index("subhead")]
    lead = [i for i, role in enumerate(before) if role == "paragraph"]
    if not 1 <= len(lead) <= _LONGEST_LEAD:
        return False
    parted = any(role in ("credit", "caption", "byline") for role in before[lead[-1] :])
    return parted or roles.count("subhead") > 1


def furniture(drafts: Iterable[Draft]) -> list[str]:
    """The text of each block of furniture, its rows on one line."""
    return [
        " ".join(rows_of(place.block))
        for draft in drafts
        for place in draft.placed
        if place.role == "furniture"
    ]


def compose_page(
    drafts: Iterable[Draft], page: NewspaperPage, words: wraps.Words
) -> tuple[NewspaperPage, str]:
    """What is known of the page, and as its body what is printed outside the pieces.

    Running headers, footers and contact lines keep their rows; headlines and leads that are
    printed a second time follow them, so that each printed character stands somewhere.
    """
    places = [
        (place.role == "repeat", place.block)
        for draft in drafts
        for place in draft.placed
        if draft.type == "furniture" or place.role in PAGE_ROLES
    ]
    places.sort(key=lambda place: (place[0], place[1].index))
    texts = [
        text
        for is_repeat, block in places
        for text in ((block.text,) if is_repeat and not dropped_hyphens(block) else rows_of(block))
    ]
    page = msgspec.structs.replace(
        page,
        lines=_lines(block for _, block in places) or None,
        repeats=_lines(block for is_repeat, block in places if is_repeat) or None,
    )
    return page, "\n\n".join(map(escape, texts))


def _lines(blocks: Iterable[Block]) -> str:
    """The source lines of blocks, in their order."""
    return format_lines([number for block in blocks for number in block.lines])

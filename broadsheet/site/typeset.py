"""Pieces and pages, set: read once, then shown on the piece's page, the sheet, and in lists.

Nothing here depends on where it will be shown; links are paths relative to the site.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

import msgspec
from markupsafe import Markup

from broadsheet import mends
from broadsheet.archive.reader import Issue, Page, PieceFile
from broadsheet.conservation import squeeze
from broadsheet.piece import Article, Figure, Notice, Obituary, Photo, Piece, parse_lines
from broadsheet.site import body, links, provenance
from broadsheet.site.desk import Desk
from broadsheet.site.provenance import NOWHERE, Placement


class Join(msgspec.Struct, frozen=True, gc=False):
    """A mended column break in a paragraph."""

    offset: int  #: in its plain text, of the first character after the break
    before: int  #: source line, 0 when not known
    after: int


class SetParagraph(msgspec.Struct, frozen=True, gc=False):
    text: str
    html: Markup
    kind: str  #: text, sign, block
    lines: tuple[int, ...] = ()
    joins: tuple[Join, ...] = ()
    lost: tuple[int, ...] = ()  #: offsets in its plain text where text is lost


class SetSection(msgspec.Struct, frozen=True, gc=False):
    subhead: str
    line: int  #: of the subhead, 0 when not known
    paragraphs: tuple[SetParagraph, ...]


class SetFigure(msgspec.Struct, frozen=True, gc=False):
    figure: Figure
    line: int  #: of the caption, 0 when not known
    size: tuple[int, int] = (0, 0)  #: width and height of its picture, 0 when not known


class LineRole(msgspec.Struct, frozen=True, gc=False):
    """What a source line became: a role, and the place on the piece's page."""

    line: int
    role: str  #: headline, lead, paragraph, subhead, caption, signature ...
    anchor: str  #: "" for the head of the page


class SetPiece(msgspec.Struct, frozen=True, gc=False):
    """A piece, ready for every page that shows it."""

    file: PieceFile
    path: str  #: of its page, relative to the site
    language: str
    section: str
    estimated: bool
    words: str  #: headline, marked where it may break; of a slogan its text
    lead: tuple[SetParagraph, ...]
    sections: tuple[SetSection, ...]
    figures: tuple[SetFigure, ...]
    summary: str  #: the beginning of its text, whole sentences where they are short enough
    characters: int  #: non-space characters of the body
    roles: tuple[LineRole, ...]
    lines: tuple[int, ...]  #: of the source, in reading order
    unplaced: tuple[int, ...]  #: lines whose text stands nowhere in the piece
    strangers: int  #: paragraphs that stand nowhere in the source; 0 without a source

    @property
    def piece(self) -> Piece:
        return self.file.piece

    @property
    def number(self) -> int:
        return self.file.number

    @property
    def paragraphs(self) -> Iterator[SetParagraph]:
        yield from self.lead
        for section in self.sections:
            yield from section.paragraphs

    @property
    def subheads(self) -> list[tuple[str, str]]:
        """(anchor, subhead) of every section that has one."""
        named = (section.subhead for section in self.sections if section.subhead)
        return [(f"s{n}", subhead) for n, subhead in enumerate(named, 1)]


class SetPage(msgspec.Struct, frozen=True, gc=False):
    """A newspaper page, ready for its sheet and its source view."""

    page: Page
    path: str
    date: str
    label: str  #: A07; the folder's name where the paper's own number is not known
    heading: str  #: A07, or 版面 01
    section: str
    where: str  #: A07 国际, 版面 01 国际
    language: str
    newspaper: str
    estimated: bool
    source: tuple[str, ...]  #: lines
    extent: range  #: of the lines that are this page's; a source may hold several pages
    pieces: tuple[SetPiece, ...]


class SetIssue(msgspec.Struct, frozen=True, gc=False):
    date: str
    estimated: bool
    pages: tuple[SetPage, ...]


def set_issue(desk: Desk, issue: Issue) -> SetIssue:
    date = issue.date.isoformat()
    pages = _part(tuple(set_page(desk, date, page) for page in issue.pages))
    return SetIssue(date, any(page.estimated for page in pages), pages)


def _part(pages: tuple[SetPage, ...]) -> tuple[SetPage, ...]:
    """Where one source holds several pages, each page has the lines that its files state."""
    files = [page.page.source.file for page in pages if page.page.source]
    return tuple(
        msgspec.structs.replace(page, extent=_stated(page))
        if page.page.source and files.count(page.page.source.file) > 1
        else page
        for page in pages
    )


def _stated(page: SetPage) -> range:
    """From the first to the last line that a file of the page states."""
    lines = parse_lines(page.page.page.lines or "")
    for piece in page.pieces:
        lines += piece.lines
    return range(min(lines, default=1), min(max(lines, default=0), len(page.source)) + 1)


def set_page(desk: Desk, date: str, page: Page) -> SetPage:
    data = page.page
    label = data.label or page.name
    heading = data.label or desk.t("page.unnumbered", name=page.name)
    language = data.language or desk.config.language
    source = tuple(page.source.lines) if page.source else ()
    pieces = tuple(_set_piece(desk, date, page, language, source, file) for file in page.pieces)
    return SetPage(
        page=page,
        path=links.newspaper_page(date, page.name),
        date=date,
        label=label,
        heading=heading,
        section=data.section,
        where=f"{heading} {data.section}".rstrip(),
        language=language,
        newspaper=data.newspaper or desk.config.newspaper,
        estimated=data.date_estimated or any(piece.estimated for piece in pieces),
        source=source,
        extent=range(1, len(source) + 1),
        pieces=pieces,
    )


def _set_piece(
    desk: Desk, date: str, page: Page, language: str, source: Sequence[str], file: PieceFile
) -> SetPiece:
    piece = file.piece
    desk.clock.lap("set")
    blocks = body.read(file.body, desk.config.shortcuts)
    desk.clock.lap("markdown")
    if page.source and piece.source not in ("", page.source.file):
        source = ()  # it came from another file, which has no view of its own
    lines = tuple(parse_lines(piece.lines)) if piece.lines and source else ()
    parts = _parts(piece, blocks)
    placement = provenance.place([part[1] for part in parts], lines, source) if source else NOWHERE
    paragraphs = _paragraphs(piece, blocks, parts, placement)
    lead, sections = _sections(piece, blocks, paragraphs, parts, placement)
    figures = _figures(file, parts, placement)
    return SetPiece(
        file=file,
        path=links.piece(date, page.name, file.stem),
        language=piece.language or language,
        section=piece.section or desk.default_section(piece.type, page.page.section),
        estimated=piece.date_estimated or page.page.date_estimated,
        words=desk.words(_headline(desk, piece, blocks)),
        lead=lead,
        sections=sections,
        figures=figures,
        summary=_summary(paragraphs),
        characters=sum(len("".join(block.text.split())) for block in blocks),
        roles=_roles(parts, placement) if source else (),
        lines=lines,
        unplaced=placement.unplaced,
        strangers=_strangers(parts, placement),
    )


#: A part of a piece that stands in the source: role, text, index of its block or -1.
Part = tuple[str, str, int]


def _parts(piece: Piece, blocks: Sequence[body.Block]) -> list[Part]:
    """Everything of a piece that was printed, as `provenance` lays it upon the source."""
    head = {"obituary": "heading", "notice": "heading"}.get(piece.type, "headline")
    parts: list[Part] = [
        ("kicker", getattr(piece, "kicker", ""), -1),
        (head, piece.title, -1),
        ("subtitle", getattr(piece, "subtitle", ""), -1),
        ("byline", getattr(piece, "byline", ""), -1),
        ("credit", getattr(piece, "credit", ""), -1),
    ]
    in_lead = isinstance(piece, Article) and piece.lead
    for n, block in enumerate(blocks):
        in_lead = in_lead and block.kind != "subhead"
        parts.append((_block_role(piece, block, in_lead), block.text, n))
    for figure in getattr(piece, "figures", ()):
        parts += [("caption", figure.caption, -1), ("credit", figure.credit, -1)]
    return parts


def _block_role(piece: Piece, block: body.Block, in_lead: bool) -> str:
    if block.kind == "subhead":
        return "subhead"
    if in_lead:
        return "lead"
    if piece.type == "photo":
        return "caption"
    if piece.type == "slogan":
        return "slogan"
    return "signature" if _is_signature(piece, block.text) else "paragraph"


_CLOSING = re.compile(r"[率同合全家泣哀敬谨謹]{0,4}[泣叩稽哀敬谨謹][血首告启啟啓谢謝颡顙]{1,4}|同?[泣叩]")


def _is_signature(piece: Piece, text: str) -> bool:
    """A short line that names one who signs the obituary, or the issuer of the notice.

    So is the word with which a family closes: 泣告, 同叩.
    """
    if len(text) > 40:
        return False
    if isinstance(piece, Obituary):
        return any(signer.name in text for signer in piece.signed) or bool(_CLOSING.fullmatch(text))
    return isinstance(piece, Notice) and bool(piece.issuer) and text.strip() == piece.issuer


def _headline(desk: Desk, piece: Piece, blocks: Sequence[body.Block]) -> str:
    """What names a piece in lists: its headline, or what stands for one."""
    text = blocks[0].text if blocks else ""
    if isinstance(piece, Obituary):
        name = piece.person.name
        return desk.t("obituary.titled", name=name) if name else piece.title or _opening(desk, text)
    if piece.type == "slogan":
        return " ".join(block.text for block in blocks) or piece.title or desk.t("piece.untitled")
    return piece.title or _opening(desk, text)


#: Where a piece has no headline, this many characters of its text stand for one.
_OPENING = 16


def _opening(desk: Desk, text: str) -> str:
    if not text:
        return desk.t("piece.untitled")
    return text if len(text) <= _OPENING else f"{text[:_OPENING]}……"


def _paragraphs(
    piece: Piece, blocks: Sequence[body.Block], parts: Sequence[Part], placement: Placement
) -> list[SetParagraph | None]:
    """For each block its paragraph, with lines, joins and gaps; None for a subhead."""
    part_of = {part[2]: n for n, part in enumerate(parts) if part[2] >= 0}
    joins = list(piece.joins)
    gaps = list(piece.gaps)
    out: list[SetParagraph | None] = []
    for n, block in enumerate(blocks):
        if block.kind == "subhead":
            out.append(None)
            continue
        at = part_of[n]
        found = tuple(_joins(block.text, joins, placement, at)) if joins else ()
        out.append(
            SetParagraph(
                text=block.text,
                html=block.html,
                kind="sign" if parts[at][0] == "signature" else block.kind,
                lines=tuple(placement.lines(at)) if placement.parts else (),
                joins=found,
                lost=tuple(_lost(block.text, gaps)) if gaps else (),
            )
        )
    return out


def _joins(text: str, joins: list[str], placement: Placement, part: int) -> Iterator[Join]:
    """The joins that lie in this paragraph; each is taken from the list, and stands once."""
    for join in tuple(joins):
        mend = mends.find(text, join)
        if mend is None:
            continue
        joins.remove(join)
        before = after = 0
        if placement.parts:
            seam = len(squeeze(text[: mend.seam]))
            before = placement.line_at(part, seam - 1)
            after = placement.line_at(part, seam)
        yield Join(mend.seam, before, after)


def _lost(text: str, gaps: list[str]) -> Iterator[int]:
    """Where text of this paragraph is lost; each gap stands once."""
    for gap in tuple(gaps):
        before, _, after = gap.partition("|")
        at = text.find(after) if after else text.find(before)
        if at >= 0:
            gaps.remove(gap)
            yield at if after else at + len(before)


def _sections(
    piece: Piece,
    blocks: Sequence[body.Block],
    paragraphs: Sequence[SetParagraph | None],
    parts: Sequence[Part],
    placement: Placement,
) -> tuple[tuple[SetParagraph, ...], tuple[SetSection, ...]]:
    """The lead, and the rest of the body parted at its subheads."""
    line_of = {
        part[2]: placement.lines(n)[0]
        for n, part in enumerate(parts)
        if part[2] >= 0 and placement.parts and placement.parts[n]
    }
    sections: list[tuple[str, int, list[SetParagraph]]] = [("", 0, [])]
    for n, (block, paragraph) in enumerate(zip(blocks, paragraphs, strict=True)):
        if paragraph is None:
            sections.append((block.text, line_of.get(n, 0), []))
        else:
            sections[-1][2].append(paragraph)
    lead: tuple[SetParagraph, ...] = ()
    if isinstance(piece, Article) and piece.lead:
        lead = tuple(sections.pop(0)[2])
    kept = [s for s in sections if s[0] or s[2]]
    return lead, tuple(SetSection(a, b, tuple(c)) for a, b, c in kept)


def _figures(file: PieceFile, parts: Sequence[Part], placement: Placement) -> tuple[SetFigure, ...]:
    """An article's pictures; of a photo, itself."""
    piece, sizes = file.piece, file.pictures
    if isinstance(piece, Photo):
        own = Figure(credit=piece.credit, image=piece.image, alt=piece.alt)
        return (SetFigure(own, 0, sizes.get(own.image, (0, 0))),)
    if not isinstance(piece, Article):
        return ()
    captions = [n for n, part in enumerate(parts) if part[0] == "caption"]
    found: list[SetFigure] = []
    for figure, n in zip(piece.figures, captions, strict=True):
        lines = placement.lines(n) if placement.parts else []
        size = sizes.get(figure.image, (0, 0))
        found.append(SetFigure(figure, lines[0] if lines else 0, size))
    return tuple(found)


def _roles(parts: Sequence[Part], placement: Placement) -> tuple[LineRole, ...]:
    """For every line that was placed, what it became and where it stands."""
    roles: list[LineRole] = []
    subheads = 0
    for n, (role, _, block) in enumerate(parts):
        subheads += role == "subhead"
        lines = placement.lines(n)
        anchor = f"s{subheads}" if role == "subhead" else f"p{lines[0]}" if lines else ""
        shown = anchor if (block >= 0 or role == "caption") and role != "slogan" else ""
        roles += [LineRole(line, role, shown) for line in lines]
    return tuple(roles)


def _strangers(parts: Sequence[Part], placement: Placement) -> int:
    """Paragraphs of the body that no line of the source was found for."""
    if not placement.parts:
        return 0
    return sum(
        1
        for part, stretches in zip(parts, placement.parts, strict=True)
        if part[2] >= 0 and part[1].strip() and not stretches
    )


#: Characters of a summary at most, and whole sentences.
_LONGEST = 100
_SENTENCES = re.compile(r".*[。！？.!?]", re.DOTALL)


def _summary(paragraphs: Sequence[SetParagraph | None]) -> str:
    text = next((p.text.replace("\n", " ") for p in paragraphs if p and p.text), "")
    if len(text) <= _LONGEST:
        return text
    whole = _SENTENCES.match(text, 0, _LONGEST)
    if whole and whole.end() > _LONGEST // 3:
        return whole[0]
    return f"{text[: _LONGEST * 2 // 3]}……"


def machine_time(time: str, zone: str) -> datetime.datetime | None:
    """2025-12-11T13:00 at the newspaper's place -> a time with its offset; None without hours."""
    if "T" not in time:
        return None
    from zoneinfo import ZoneInfo

    return datetime.datetime.fromisoformat(time).replace(tzinfo=ZoneInfo(zone))

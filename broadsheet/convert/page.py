"""One newspaper page, the whole way: its text -> the content files made from it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from broadsheet import conservation, frontmatter
from broadsheet.conservation import Difference
from broadsheet.convert import wraps
from broadsheet.convert.blocks import join_rows, read_blocks
from broadsheet.convert.body import rows_of
from broadsheet.convert.draft import Block, Box, Draft, Placed
from broadsheet.convert.fields import (
    PAGE_ROLES,
    Composed,
    Context,
    compose,
    compose_page,
    furniture,
)
from broadsheet.convert.figures import attach_figures
from broadsheet.convert.page_header import PageHeader, read_header
from broadsheet.convert.reading import Reading, read_text
from broadsheet.convert.writer import PAGE_FILE, ContentFile, content_file, piece_name
from broadsheet.escaping import body_lines
from broadsheet.piece import PIECE_TYPES, Doubt, Language, NewspaperPage, Piece, Sidecar
from broadsheet.problems import Problem, Problems
from broadsheet.source import PageText

#: Control characters and the line ends that no editor counts are layout, as space is.
_LAYOUT = dict.fromkeys(
    (*range(0x0A), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " "
)


#: Marks without width; a soft hyphen at the end of a row says that a word goes on below.
_WITHOUT_WIDTH = re.compile(r"[\u200b\u2060\ufeff]|\u00ad(?![ \t]*(?:[\r\n]|\Z))")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a page before its text is read."""

    source: str  #: path relative to the project
    date: datetime.date | None = None  #: that the source's folder states
    newspaper: str = ""
    sidecar: Sidecar = Sidecar()
    boxes: dict[int, Box] = {}  #: by first line of each block, where the source has geometry


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it will be written."""

    date: datetime.date | None
    files: tuple[ContentFile, ...]
    pieces: tuple[Composed, ...]
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()


def convert_page(page: PageText, given: Given) -> Converted:
    """Text -> content files, every printed character in exactly one of them.

    Where a piece would lose or repeat text, as where a scan is so bad that nobody can tell later
    which hyphens were dropped, the page is read once more with every hyphen kept. If that does
    not help, it is kept as it came, unjoined, as one article without a headline. Raises Problems
    if even that would lose text.
    """
    page = _without_layout(page)
    lines = page.numbered_lines()
    for words in (wraps.page_words(page.text), None):
        reading = _read(page, given, words)
        converted = _composed(reading, page, given, words)
        lost = _lost(converted, lines, given.source)
        if not lost:
            return converted
    whole = _compose([_as_it_came(lines)], [], reading.language, page, given, None)
    still_lost = _lost(whole, lines, given.source)
    if still_lost:
        raise Problems(Problem(d.file, d.line, str(d)) for d in still_lost)
    warning = f"kept as it came: line {lost[0].line}: {lost[0]}"
    return msgspec.structs.replace(whole, warnings=(*whole.warnings, warning))


def read(page: PageText, given: Given) -> Reading:
    """The page through all stages, with the blocks' places where they are known."""
    page = _without_layout(page)
    return _read(page, given, wraps.page_words(page.text))


def _read(page: PageText, given: Given, words: wraps.Words) -> Reading:
    return read_text(page.text, given.sidecar.language, _blocks(page, given.boxes, words))


def _composed(reading: Reading, page: PageText, given: Given, words: wraps.Words) -> Converted:
    """A reading, its lines counted as those of the whole file, as content files."""
    drafts = [_shifted(draft, page.offset) for draft in reading.drafts]
    doubts = [
        msgspec.structs.replace(doubt, line=doubt.line + page.offset) for doubt in reading.doubts
    ]
    return _compose(drafts, doubts, reading.language, page, given, words)


def _without_layout(page: PageText) -> PageText:
    text = _WITHOUT_WIDTH.sub("", page.text.translate(_LAYOUT))
    return msgspec.structs.replace(page, text=text)


def _blocks(page: PageText, boxes: dict[int, Box], words: wraps.Words) -> list[Block]:
    """The blocks of the page, hyphens at line ends mended, with their boxes where known."""
    blocks = []
    for block in read_blocks(page.text, boxed=bool(boxes)):
        box = boxes.get(block.lines[0] + page.offset)
        text = join_rows(block.rows, wrapped=True) if box and box.wrapped else block.text
        text = wraps.without_hyphens(text, rows_of(block), words)
        blocks.append(msgspec.structs.replace(block, text=text, box=box))
    return blocks


def _compose(
    drafts: Sequence[Draft],
    doubts: Sequence[Doubt],
    language: Language,
    page: PageText,
    given: Given,
    words: wraps.Words,
) -> Converted:
    """Drafts -> pieces in the order in which they begin on the page, and their files."""
    header = read_header(furniture(drafts))
    context = Context(
        source=given.source,
        language=language,
        date=given.date or header.date,
        date_estimated=given.sidecar.date_estimated,
        label=given.sidecar.label or header.label,
        words=words,
    )
    drafts = attach_figures(drafts)
    pieces = [
        compose(draft, context)
        for draft in sorted(drafts, key=_beginning)
        if draft.type != "furniture" and any(place.role not in PAGE_ROLES for place in draft.placed)
    ]
    known = NewspaperPage(
        label=context.label,
        date=context.date,
        date_estimated=context.date_estimated,
        section=given.sidecar.section or header.section,
        newspaper=given.sidecar.newspaper or given.newspaper or header.newspaper,
        editors=header.editors,
        language=language,
        source=given.source,
        image=given.sidecar.image,
        doubts=tuple(doubts),
    )
    page_file = content_file(PAGE_FILE, *compose_page(drafts, known, words))
    files = [
        content_file(piece_name(number, piece.piece, _first_words(piece)), piece.piece, piece.body)
        for number, piece in enumerate(pieces, start=1)
    ]
    return Converted(
        date=context.date,
        files=(page_file, *files),
        pieces=tuple(pieces),
        doubts=tuple(doubts),
        warnings=(
            *_date_warning(given, header),
            *(warning for piece in pieces for warning in piece.warnings),
        ),
    )


def _date_warning(given: Given, header: PageHeader) -> list[str]:
    if given.date is None or header.date in (None, given.date):
        return []
    return [f"its folder says {given.date}, the page's header {header.date}"]


def _beginning(draft: Draft) -> int:
    return min(place.block.index for place in draft.placed)


def _first_words(piece: Composed) -> str:
    return next(iter(body_lines(piece.body)), "")


def _shifted(draft: Draft, offset: int) -> Draft:
    """The draft with the line numbers of the source, of which the page is a part."""
    if not offset:
        return draft
    placed = (
        msgspec.structs.replace(
            place,
            block=msgspec.structs.replace(
                place.block, lines=tuple(line + offset for line in place.block.lines)
            ),
        )
        for place in draft.placed
    )
    return msgspec.structs.replace(draft, placed=tuple(placed))


def _lost(converted: Converted, lines: dict[int, str], source: str) -> list[Difference]:
    """How the files differ from the page, as anyone would find who reads them."""
    files = (printed_of(file.name, file.text) for file in converted.files)
    return conservation.differences(source, lines, files)


def printed_of(file: str, text: str) -> conservation.Printed:
    """The printed text of a content file. Raises Problems when its front matter is faulty."""
    head, body, _ = frontmatter.split(text) or ("", text, 1)
    data = frontmatter.parse_yaml(head, file, 2)
    kind: type[Piece | NewspaperPage] = PIECE_TYPES.get(str(data.pop("type", "")), NewspaperPage)
    return conservation.printed(file, frontmatter.convert(data, kind, file, head, 2), body)


def _as_it_came(lines: dict[int, str]) -> Draft:
    """The page as one article without a headline, its lines as its paragraphs."""
    placed = [
        Placed(Block(index, (number,), (line,), line.strip()), "paragraph")
        for index, (number, line) in enumerate(lines.items())
        if conservation.squeeze(line)
    ]
    return Draft("article", tuple(placed), headless=True)

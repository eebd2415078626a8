"""`search WORDS`: the index of the site, asked from the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from broadsheet.problems import Problem, Problems
from broadsheet.search.query import Segment, parse, read_segments


class Hit(msgspec.Struct, frozen=True):
    """A piece that was found."""

    date: str
    page: str
    title: str  #: as printed; of a piece without one the beginning of its text
    type: str
    section: str
    path: str  #: relative to the site

    def __str__(self) -> str:
        return f"{self.date}  {self.page}  {self.title}  {self.path}"


def search(root: Path, line: str) -> list[Hit]:
    """The pieces that a question asks for, newest first, on one day in printed order.

    Raises Problems when the site has no index.
    """
    question = parse(line)
    hits: list[Hit] = []
    for segment in _segments(root):
        hits += _newest_first(segment, segment.answer(question))
    return hits


def _segments(root: Path) -> Iterator[Segment]:
    try:
        yield from read_segments(root / "site" / "search")
    except FileNotFoundError:
        hint = "build the site first, with `search: true` in the settings"
        raise Problems([Problem("site/search/segments.js", 0, "not found", hint)]) from None


def _newest_first(segment: Segment, found: set[int]) -> Iterator[Hit]:
    end = segment.count
    for count in reversed(segment.days):
        for piece in range(end - count, end):
            if piece in found:
                yield _hit(segment, piece)
        end -= count


def _hit(segment: Segment, piece: int) -> Hit:
    href, date, page, _, title, _, *paragraphs = segment.text(piece)
    beginning = next((text for text in paragraphs[1::2] if text), "")
    return Hit(
        date=date,
        page=page,
        title=title or beginning[:30],
        type=segment.types[segment.type_of[piece]],
        section=segment.sections[segment.section_of[piece]],
        path=href,
    )


def as_text(hits: Sequence[Hit], *, as_json: bool) -> str:
    """A line for each hit, or all of them as a JSON list."""
    if as_json:
        return msgspec.json.format(msgspec.json.encode(hits), indent=2).decode()
    return "\n".join(map(str, hits))

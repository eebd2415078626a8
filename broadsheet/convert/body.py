"""The blocks of a piece -> its paragraphs: column breaks mended, each mend and gap recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from broadsheet import mends
from broadsheet.convert import wraps
from broadsheet.convert.draft import Block, Placed, Role
from broadsheet.convert.verse import is_verse
from broadsheet.escaping import escape, escape_subhead

#: Characters of the text beside a gap that the front matter quotes.
_GAP_QUOTE = 8


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, subhead, stanza or signature, as printed; the last two have several lines."""

    text: str
    kind: Literal["paragraph", "subhead", "signature", "verse"] = "paragraph"


class Body(msgspec.Struct, frozen=True):
    """The text of a piece, with what was mended in it and what is missing."""

    paragraphs: tuple[Paragraph, ...] = ()
    joins: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def markdown(self) -> str:
        """One paragraph per line, a blank line between; signatures and stanzas keep their lines.

        Two spaces end a line of verse, which is how Markdown breaks a line.
        """
        return "\n\n".join(
            escape_subhead(p.text)
            if p.kind == "subhead"
            else ("  \n" if p.kind == "verse" else "\n").join(map(escape, p.text.split("\n")))
            for p in self.paragraphs
        )

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)


def read_body(placed: Iterable[Placed], words: wraps.Words) -> Body:
    """Blocks in reading order -> paragraphs. `words` are the page's, to mend hyphens by."""
    texts: list[list[str]] = []  # of each paragraph, its parts
    kinds: list[Role | Literal["verse"]] = []
    paragraph_of: dict[int, int] = {}
    gaps: list[str] = []
    for place in placed:
        block = place.block
        target = paragraph_of.get(place.continues) if place.continues is not None else None
        if target is None:
            target = len(texts)
            kind = "verse" if place.role == "paragraph" and is_verse(block.rows) else place.role
            lines = kind in ("signature", "verse")
            texts.append(["\n".join(rows_of(block)) if lines else block.text])
            kinds.append(kind)
        else:
            texts[target].append(block.text)
        paragraph_of[block.index] = target
        gaps += gaps_of(place)
    joined = [_joined(parts, words) for parts in texts]
    whole = "\n".join(joined)
    joins = [
        mends.describe(before, after, whole)
        for parts in texts
        for before, after in _breaks(parts, words)
    ]
    joins += [
        mends.describe(before, after, whole)
        for place in placed
        for before, after in dropped_hyphens(place.block)
    ]
    paragraphs = tuple(
        Paragraph(text, _KINDS.get(kind, "paragraph"))
        for text, kind in zip(joined, kinds, strict=True)
    )
    return Body(paragraphs, tuple(joins), tuple(gaps))


_KINDS: dict[Role | Literal["verse"], Literal["subhead", "signature", "verse"]] = {
    "subhead": "subhead",
    "signature": "signature",
    "verse": "verse",
}


def rows_of(block: Block) -> tuple[str, ...]:
    """The lines of a block, without layout space."""
    return tuple(row.strip() for row in block.rows if row.strip())


def gaps_of(place: Placed) -> list[str]:
    """How the front matter names lost text: `|text after` or `text before|`."""
    text = place.block.text
    before = [f"|{text[:_GAP_QUOTE]}"] if place.lost_beginning else []
    return before + ([f"{text[-_GAP_QUOTE:]}|"] if place.lost_end else [])


def _joined(parts: list[str], words: wraps.Words) -> str:
    text = parts[0]
    for part in parts[1:]:
        text = wraps.join(text, part, words)
    return text


def _breaks(parts: list[str], words: wraps.Words) -> Iterable[tuple[str, str]]:
    """The (text before, text after) of each column break inside a paragraph."""
    text = parts[0]
    for part in parts[1:]:
        yield text, part
        text = wraps.join(text, part, words)


def dropped_hyphens(block: Block) -> list[tuple[str, str]]:
    """(row, next row) where the block's text lacks the hyphen that ends the row."""
    return wraps.dropped_hyphens(block.text, rows_of(block))

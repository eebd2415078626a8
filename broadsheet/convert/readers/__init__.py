"""Readers: a file with text and geometry -> its pages as blocks in reading order.

Every reader has one shape, `read(raw, file) -> list[ReadPage]`, and raises Problems for what it
cannot read. The blocks then become a plain source text, see `convert/originals.py`.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from pathlib import PurePath

import msgspec

from broadsheet.convert.draft import Box
from broadsheet.problems import Problem, Problems


class Area(msgspec.Struct, frozen=True):
    """A rectangle in the file's own units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


def around(areas: Sequence[Area]) -> Area:
    """The smallest rectangle that holds all areas, of which there is one at least."""
    return Area(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )


class ReadBlock(msgspec.Struct, frozen=True):
    """A text box of the file."""

    rows: tuple[str, ...]
    area: Area | None = None
    type_size: float = 0.0  #: height of its type in the file's units; 0 when unknown
    wrapped: bool = False  #: its rows fill its width: they are lines of one paragraph


class ReadPage(msgspec.Struct, frozen=True):
    """A page of the file; its width and height in the file's units, 0 when unknown."""

    blocks: tuple[ReadBlock, ...]
    width: float = 0.0
    height: float = 0.0

    def boxes(self) -> list[Box | None]:
        """The place of each block as shares of the page, its type as a multiple of the median."""
        sizes = [block.type_size for block in self.blocks if block.type_size > 0]
        median = statistics.median(sizes) if sizes else 0.0
        return [self._box(block, median) for block in self.blocks]

    def _box(self, block: ReadBlock, median: float) -> Box | None:
        if block.area is None or self.width <= 0 or self.height <= 0:
            return None
        return Box(
            x=round(block.area.left / self.width, 4),
            y=round(block.area.top / self.height, 4),
            width=round((block.area.right - block.area.left) / self.width, 4),
            height=round((block.area.bottom - block.area.top) / self.height, 4),
            size=round(block.type_size / median, 3) if median and block.type_size > 0 else 1.0,
            wrapped=block.wrapped,
        )


Reader = Callable[[bytes, str], list[ReadPage]]

#: Larger files are refused before they are parsed.
LARGEST = 200_000_000
_ALTO = re.compile(rb"<(?:\w+:)?alto[\s>]", re.IGNORECASE)
_PAGE_XML = re.compile(rb"<(?:\w+:)?PcGts[\s>]")
_HOCR = re.compile(rb"class\s*=\s*[\"'][^\"']*\bocr_(?:page|line|par|carea)\b")
#: Where a file says what it is.
_HEAD = 20_000


def read(raw: bytes, file: str) -> list[ReadPage]:
    """Read a file by what it is. Raises Problems when it is of no known kind."""
    if len(raw) > LARGEST:
        raise Problems([Problem(file, 0, f"is larger than {LARGEST // 1_000_000} MB")])
    pages = _reader_of(raw, file)(raw, file)
    if not any(block.rows for page in pages for block in page.blocks):
        hint = "a scan needs its text recognised first, by an OCR program"
        raise Problems([Problem(file, 0, "has no text in it", hint)])
    return pages


def suffix_of(raw: bytes) -> str:
    """What the name of a file with geometry ends with, by what it is; empty for other files."""
    head = raw.replace(b"\x00", b"")[:_HEAD]
    if raw.startswith(b"%PDF"):
        return ".pdf"
    if _ALTO.search(head) or _PAGE_XML.search(head):
        return ".xml"
    return ".hocr" if _HOCR.search(head) else ""


def _reader_of(raw: bytes, file: str) -> Reader:
    from broadsheet.convert.readers import alto, hocr, page_xml, pdf

    head = raw.replace(b"\x00", b"")[:_HEAD]
    if raw.startswith(b"%PDF") or PurePath(file).suffix.lower() == ".pdf":
        return pdf.read
    if _ALTO.search(head):
        return alto.read
    if _PAGE_XML.search(head):
        return page_xml.read
    if _HOCR.search(head) or PurePath(file).suffix.lower() == ".hocr":
        return hocr.read
    message = "is neither ALTO, PAGE XML nor hOCR"
    raise Problems([Problem(file, 0, message, "or put the page's text in a .txt file")])


def is_column_of_text(character: str) -> bool:
    """Whether a character is set without a space to its neighbours: Chinese, Japanese."""
    return bool(
        re.match(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]", character)
    )


def joined_words(words: list[str]) -> str:
    """Words of a line -> the line; a space between, but not between Chinese characters."""
    line = ""
    for word in filter(None, (word.strip() for word in words)):
        apart = line and not (is_column_of_text(line[-1]) and is_column_of_text(word[0]))
        line += f" {word}" if apart else word
    return line

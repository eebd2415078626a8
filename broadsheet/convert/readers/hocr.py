"""hOCR, as Tesseract writes it: HTML whose classes and titles say what is where.

http://kba.github.io/hocr-spec/1.2/
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from html.parser import HTMLParser

from broadsheet.convert.readers import Area, ReadBlock, ReadPage
from broadsheet.convert.readers.paragraphs import Line, area_of, block_of, part_paragraphs
from broadsheet.decoding import decode

_LINES = frozenset(
    [
        "ocr_line",
        "ocrx_line",
        "ocr_textfloat",
        "ocr_header",
        "ocr_footer",
        "ocr_caption",
        "ocr_pageno",
    ]
)
_BLOCKS = frozenset(["ocr_par", "ocr_carea", "ocrx_block", "ocr_column", "ocr_float"])
_BOX = re.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_SIZE = re.compile(r"\bx_f?size\s+(\d+(?:\.\d+)?)")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)


def read(raw: bytes, file: str) -> list[ReadPage]:
    """One page for each ocr_page; its paragraphs (or areas, or lines) in the file's order."""
    parser = _Parser()
    parser.feed(decode(raw, file)[1])
    parser.close()
    return parser.pages()


class _Line:
    def __init__(self, area: Area | None, size: float) -> None:
        self.area, self.size, self.text = area, size, ""


class _Parser(HTMLParser):
    """Collects lines into the innermost block that is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []  # (tag, what it is: page, block, line or "")
        self._pages: list[tuple[Area | None, list[list[_Line]]]] = []
        self._line: _Line | None = None
        self._fresh = True  # the next line begins a block

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        values = {name: value or "" for name, value in attrs}
        classes = set(values.get("class", "").split())
        title = values.get("title", "")
        kind = ""
        if "ocr_page" in classes:
            kind = "page"
            self._pages.append((_area(title), []))
            self._fresh = True
        elif classes & _BLOCKS:
            kind, self._fresh = "block", True
        elif classes & _LINES and self._line is None:
            kind = "line"
            self._begin_line(title)
        self._open.append((tag, kind))

    def _begin_line(self, title: str) -> None:
        size = _SIZE.search(title)
        self._line = _Line(_area(title), float(size.group(1)) if size else 0.0)
        if not self._pages:
            self._pages.append((None, []))
        blocks = self._pages[-1][1]
        if self._fresh or not blocks:
            blocks.append([])
            self._fresh = False
        blocks[-1].append(self._line)

    def handle_endtag(self, tag: str) -> None:
        if tag not in (opened for opened, _ in self._open):
            return
        while self._open:
            opened, kind = self._open.pop()
            if kind == "line":
                self._line = None
            elif kind == "block":
                self._fresh = True
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._line is not None:
            self._line.text += data

    def pages(self) -> list[ReadPage]:
        out = []
        for area, blocks in self._pages:
            read_blocks = tuple(part for lines in blocks for part in _parts(lines))
            width, height = (area.right, area.bottom) if area else (0.0, 0.0)
            out.append(ReadPage(read_blocks, width, height))
        return out


def _parts(lines: list[_Line]) -> Iterator[ReadBlock]:
    """The paragraphs of a block; a program may tell areas only, of several each."""
    sizes = [line.size or (line.area.bottom - line.area.top if line.area else 0) for line in lines]
    sizes = [size for size in sizes if size > 0]
    size = statistics.median(sizes) if sizes else 0.0
    rows = [(row, line.area) for line in lines if (row := " ".join(line.text.split()))]
    if rows:
        for part in part_paragraphs([Line(row, area, size) for row, area in rows]):
            area = area_of(part)
            yield block_of(part, area, size)


def _area(title: str) -> Area | None:
    box = _BOX.search(title)
    return Area(*map(float, box.groups())) if box else None

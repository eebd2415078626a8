"""PDF with a text layer, read with pypdfium2 (extra `pdf`).

PDFium gives characters in the order of the file, with their boxes and type size, and a line end
where a line of print ends; two mistakes of its own are mended: it takes lines of neighbouring
columns on one height for one line, and each character of vertical text for a line. Lines that
follow each other in one column and one size are a block.
"""

from __future__ import annotations

import ctypes
import itertools
import statistics
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from broadsheet.convert.readers import Area, ReadBlock, ReadPage, around
from broadsheet.convert.readers.paragraphs import are_wrapped
from broadsheet.problems import Problem, Problems

#: Lines further apart than this many type sizes, from baseline to baseline, are two blocks.
_LINE_DISTANCE = 1.9
#: Type that differs by more than this share is another block.
_SAME_SIZE = 0.12
#: An indent of more type sizes than this ends a block: the next paragraph begins.
_INDENT = 1.4
#: A gap of more type sizes than this may be the space between two columns.
_GUTTER = 1.0


class _Character(msgspec.Struct, frozen=True):
    text: str
    area: Area
    size: float


class _Line(msgspec.Struct, frozen=True):
    text: str
    area: Area
    size: float
    upright: bool = False  #: of vertical text, from the top down; the next line is to its left


def read(raw: bytes, file: str) -> list[ReadPage]:
    """One page for each page of the PDF, its lines gathered into blocks in the file's order."""
    pdfium = _pdfium(file)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise Problems([Problem(file, 0, f"cannot be read as a PDF: {error}")]) from None
    try:
        pages = [_read_page(pdfium, document, index, file) for index in range(len(document))]
    finally:
        document.close()
    if not any(page.blocks for page in pages):
        hint = "its pages are pictures: let an OCR program add the text first"
        raise Problems([Problem(file, 0, "has no text layer", hint)])
    return pages


def _pdfium(file: str) -> Any:
    try:
        import pypdfium2
    except ImportError:
        hint = "install it: pip install 'broadsheet[pdf]'"
        raise Problems([Problem(file, 0, "reading PDF needs pypdfium2", hint)]) from None
    return pypdfium2


def _read_page(pdfium: Any, document: Any, index: int, file: str) -> ReadPage:
    try:
        return _page(pdfium, document[index])
    except pdfium.PdfiumError as error:
        message = f"page {index + 1} of {len(document)} is damaged: {error}"
        hint = "repair the file with a PDF program, or save its whole pages as a file of their own"
        raise Problems([Problem(file, 0, message, hint)]) from None


def _page(pdfium: Any, page: Any) -> ReadPage:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        runs = list(_runs(pdfium.raw, textpage, height))
    finally:
        textpage.close()
        page.close()
    starts = sorted(run[0].area.left for run in runs)
    lines = [_line(part) for run in runs for part in _at_gutters(run, starts)]
    return ReadPage(tuple(_blocks(_upright(lines))), width, height)


def _runs(raw: Any, textpage: Any, height: float) -> Iterator[list[_Character]]:
    """The characters up to each line end; a space belongs to the character before it."""
    run: list[_Character] = []
    for index in range(textpage.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(textpage, index))
        if text in "\r\n":
            if run:
                yield run
            run = []
            continue
        text = "-" if text in "\x02\ufffe" else text  # how PDFium marks a hyphen
        area = _character_box(raw, textpage, index, height)
        if area and not text.isspace():
            run.append(_Character(text, area, raw.FPDFText_GetFontSize(textpage, index)))
        elif run:
            run[-1] = msgspec.structs.replace(run[-1], text=run[-1].text + text)
    if run:
        yield run


def _character_box(raw: Any, textpage: Any, index: int, height: float) -> Area | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    if not found:
        return None
    return Area(left.value, height - top.value, right.value, height - bottom.value)


def _at_gutters(run: list[_Character], starts: Sequence[float]) -> Iterator[list[_Character]]:
    """A run, parted where another line of the page begins inside a wide gap: a column."""
    part: list[_Character] = []
    for character in run:
        if part and _is_gutter(part[-1], character, starts):
            yield part
            part = []
        part.append(character)
    yield part


def _is_gutter(last: _Character, character: _Character, starts: Sequence[float]) -> bool:
    left, right = last.area.right, character.area.left
    size = character.size if character.size > 1 else character.area.bottom - character.area.top
    if right - left <= _GUTTER * size:
        return False
    following = bisect(starts, left)
    return following < len(starts) and starts[following] <= right + size / 4


def _line(characters: list[_Character]) -> _Line:
    area = around([character.area for character in characters])
    size = statistics.median(character.size for character in characters)
    text = " ".join("".join(character.text for character in characters).split())
    upright = len(characters) > 1 and all(
        itertools.starmap(_is_below, itertools.pairwise(characters))
    )
    return _Line(text, area, size if size > 1 else area.bottom - area.top, upright)


def _upright(lines: list[_Line]) -> Iterator[_Line]:
    """Lines of one character, one below the other, put together as one line of vertical text."""
    column: list[_Line] = []
    for line in lines:
        if column and not _is_next_below(column[-1], line):
            yield _put_together(column)
            column = []
        column.append(line)
    if column:
        yield _put_together(column)


def _is_next_below(last: _Line, line: _Line) -> bool:
    return len(last.text) == len(line.text) == 1 and _is_below(last, line)


def _is_below(last: _Character | _Line, one: _Character | _Line) -> bool:
    """Whether one stands right below the other, in the middle of the same column."""
    if abs(one.size - last.size) > _SAME_SIZE * max(one.size, last.size):
        return False
    aside = abs(one.area.left + one.area.right - last.area.left - last.area.right) / 2
    distance = one.area.bottom - last.area.bottom
    return aside < 0.6 * one.size and 0 < distance < 1.6 * one.size


def _put_together(column: list[_Line]) -> _Line:
    if len(column) == 1:
        return column[0]
    text = "".join(line.text for line in column)
    return _Line(text, around([line.area for line in column]), column[0].size, upright=True)


def _blocks(lines: Iterator[_Line]) -> Iterator[ReadBlock]:
    gathered: list[_Line] = []
    for line in lines:
        if gathered and not _goes_on(gathered, line):
            yield _block(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _block(gathered)


def _goes_on(block: list[_Line], line: _Line) -> bool:
    """Whether a line stands right below the block, in its column and its size.

    Of vertical text: right to its left, in its row of columns.
    """
    last = block[-1]
    if abs(line.size - last.size) > _SAME_SIZE * max(line.size, last.size):
        return False
    if last.upright and len(line.text) == 1:  # a last line of one character
        line = msgspec.structs.replace(line, upright=True)
    if line.upright != last.upright:
        return False
    before, after = _as_if_level(last), _as_if_level(line)
    distance = after.bottom - before.bottom
    if not 0 < distance <= _LINE_DISTANCE * max(line.size, last.size):
        return False
    if after.left > before.right or after.right < before.left:
        return False
    edge = min(_as_if_level(above).left for above in block)
    return len(block) == 1 or after.left - edge <= _INDENT * line.size


def _as_if_level(line: _Line) -> Area:
    """The area of a line, that of vertical text turned by a quarter."""
    area = line.area
    return Area(area.top, -area.right, area.bottom, -area.left) if line.upright else area


def _block(lines: list[_Line]) -> ReadBlock:
    size = statistics.median(line.size for line in lines)
    wrapped = are_wrapped([_as_if_level(line) for line in lines], size)
    area = around([line.area for line in lines])
    return ReadBlock(tuple(line.text for line in lines), area, size, wrapped)

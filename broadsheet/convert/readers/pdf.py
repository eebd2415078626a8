"""PDF with a text layer, read with pypdfium2 (extra `pdf`).

PDFium gives characters in the order of the file, with their boxes and type size, and a line end
where a line of print ends. Lines that follow each other in one column and one size are a block.
"""

from __future__ import annotations

import ctypes
import statistics
from collections.abc import Iterator
from typing import Any

import msgspec

from broadsheet.convert.readers import Area, ReadBlock, ReadPage
from broadsheet.problems import Problem, Problems

#: Lines further apart than this many type sizes, from baseline to baseline, are two blocks.
_LINE_DISTANCE = 1.9
#: Type that differs by more than this share is another block.
_SAME_SIZE = 0.12
#: An indent of more type sizes than this ends a block: the next paragraph begins.
_INDENT = 1.4


class _Line(msgspec.Struct, frozen=True):
    text: str
    area: Area
    size: float


def read(raw: bytes, file: str) -> list[ReadPage]:
    """One page for each page of the PDF, its lines gathered into blocks in the file's order."""
    pdfium = _pdfium(file)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise Problems([Problem(file, 0, f"cannot be read as a PDF: {error}")]) from None
    try:
        pages = [_page(pdfium, document[index]) for index in range(len(document))]
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


def _page(pdfium: Any, page: Any) -> ReadPage:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        lines = list(_lines(pdfium.raw, textpage, height))
    finally:
        textpage.close()
        page.close()
    return ReadPage(tuple(_blocks(lines)), width, height)


def _lines(raw: Any, textpage: Any, height: float) -> Iterator[_Line]:
    """The lines of print: characters up to a line end; positions with y downwards."""
    text = ""
    boxes: list[Area] = []
    sizes: list[float] = []
    for index in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, index))
        if character in "\r\n":
            if text.strip() and boxes:
                yield _line(text, boxes, sizes)
            text, boxes, sizes = "", [], []
            continue
        text += "-" if character in "\x02\ufffe" else character  # how PDFium marks a hyphen
        box = _character_box(raw, textpage, index, height)
        if box and not character.isspace():
            boxes.append(box)
            sizes.append(raw.FPDFText_GetFontSize(textpage, index))
    if text.strip() and boxes:
        yield _line(text, boxes, sizes)


def _character_box(raw: Any, textpage: Any, index: int, height: float) -> Area | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    if not found:
        return None
    return Area(left.value, height - top.value, right.value, height - bottom.value)


def _line(text: str, boxes: list[Area], sizes: list[float]) -> _Line:
    area = _around(boxes)
    size = statistics.median(sizes)
    return _Line(" ".join(text.split()), area, size if size > 1 else area.bottom - area.top)


def _around(areas: list[Area]) -> Area:
    return Area(
        min(a.left for a in areas),
        min(a.top for a in areas),
        max(a.right for a in areas),
        max(a.bottom for a in areas),
    )


def _blocks(lines: list[_Line]) -> Iterator[ReadBlock]:
    gathered: list[_Line] = []
    for line in lines:
        if gathered and not _goes_on(gathered, line):
            yield _block(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _block(gathered)


def _goes_on(block: list[_Line], line: _Line) -> bool:
    """Whether a line stands right below the block, in its column and its size."""
    last = block[-1]
    if abs(line.size - last.size) > _SAME_SIZE * max(line.size, last.size):
        return False
    distance = line.area.bottom - last.area.bottom
    if not 0 < distance <= _LINE_DISTANCE * max(line.size, last.size):
        return False
    if line.area.left > last.area.right or line.area.right < last.area.left:
        return False
    edge = min(above.area.left for above in block)
    return len(block) == 1 or line.area.left - edge <= _INDENT * line.size


def _block(lines: list[_Line]) -> ReadBlock:
    return ReadBlock(
        tuple(line.text for line in lines),
        _around([line.area for line in lines]),
        statistics.median(line.size for line in lines),
    )

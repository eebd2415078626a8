"""Originals: ALTO, PAGE XML, hOCR and PDF files beside the source text made from them.

`A07.xml` becomes `A07.txt`, its blocks parted by blank lines and its pages by form feeds, and
`A07.boxes.json`, where each block stood. The text is then a source like any other: a person may
correct it. The original is never touched. It is read again when it has changed, unless the text
made from it has been corrected meanwhile: then the text counts, and the report says so.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from broadsheet.convert import readers
from broadsheet.convert.draft import Box
from broadsheet.convert.readers import ReadPage
from broadsheet.problems import Problem, Problems, shown
from broadsheet.source import Source, read_source, split_lines

#: Suffixes of originals; where several share a name, the first is read.
SUFFIXES = (".xml", ".hocr", ".html", ".htm", ".pdf")
TEXT = ".txt"
_BOXES = ".boxes.json"


class Geometry(msgspec.Struct, frozen=True):
    """`A07.boxes.json`: from which file a text was made, and where its blocks stood."""

    original: str  #: name of the file
    original_digest: str  #: SHA-256 of its bytes
    text_digest: str  #: SHA-256 of the text as it was made
    lines: int  #: of the text as it was made
    boxes: dict[int, Box]  #: by the line on which each block begins


class Loaded(msgspec.Struct, frozen=True):
    """A source text, with the geometry that its original gave it."""

    source: Source
    boxes: dict[int, Box] = {}
    warnings: tuple[str, ...] = ()


def load(path: Path, root: Path, *, write: bool = True) -> Loaded:
    """Read a source, or the text made from an original (`write` it beside the original).

    Raises Problems when it cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        return _load_text(path, root, _geometry(path))
    text_path = path.with_suffix(TEXT)
    known = _geometry(text_path)
    if not text_path.exists():
        return _make(path, root, write)
    if known is None:
        told = f"{path.name} is not read: {text_path.name} was not made from it"
        return msgspec.structs.replace(_load_text(text_path, root, None), warnings=(told,))
    if known.original_digest == _digest(_bytes(path, root)):
        return _load_text(text_path, root, known)
    if known.text_digest == _digest(text_path.read_bytes()):
        return _make(path, root, write)
    told = f"{path.name} has changed, but {text_path.name} was corrected: the text is kept"
    return msgspec.structs.replace(_load_text(text_path, root, known), warnings=(told,))


def _load_text(path: Path, root: Path, geometry: Geometry | None) -> Loaded:
    source = read_source(path, root)
    fits = geometry is not None and geometry.lines == len(split_lines(source.text))
    return Loaded(source, geometry.boxes if geometry and fits else {})


def _geometry(text_path: Path) -> Geometry | None:
    path = text_path.with_suffix(_BOXES)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Geometry)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _make(path: Path, root: Path, write: bool) -> Loaded:
    """Read the original and write the text and its geometry beside it."""
    raw = _bytes(path, root)
    text, boxes = as_text(_read(raw, shown(path, root)))
    text_path = path.with_suffix(TEXT)
    if write:
        geometry = Geometry(
            original=path.name,
            original_digest=_digest(raw),
            text_digest=_digest(text.encode()),
            lines=len(split_lines(text)),
            boxes=boxes,
        )
        encoded = msgspec.json.format(msgspec.json.encode(geometry), indent=1)
        _replace(text_path.with_suffix(_BOXES), encoded + b"\n")
        _replace(text_path, text.encode())  # last: without it the original is read again
    return Loaded(Source(shown(text_path, root), "utf-8", text), boxes)


def _read(raw: bytes, file: str) -> list[ReadPage]:
    """The pages of a file; one that a reader stumbles over must not end the work on an archive."""
    try:
        return readers.read(raw, file)
    except Problems:
        raise
    except Exception as error:
        fault = f"reading it failed: {type(error).__name__}: {error}"
        hint = "a fault of the program: please report it, with this file"
        raise Problems([Problem(file, 0, fault, hint)]) from error


def as_text(pages: list[ReadPage]) -> tuple[str, dict[int, Box]]:
    """Pages -> (text: blocks parted by blank lines, pages by form feeds; boxes by first line)."""
    parts: list[str] = []
    boxes: dict[int, Box] = {}
    line = 1
    for page in pages:
        written: list[str] = []
        for block, box in zip(page.blocks, page.boxes(), strict=True):
            rows = [clean for row in block.rows if (clean := " ".join(row.split()))]
            if not rows:
                continue
            if box:
                boxes[line] = box
            written.append("\n".join(rows) + "\n")
            line += len(rows) + 1
        parts.append("\n".join(written) + "\n" if written else "")
    return "\f".join(parts), boxes


def _bytes(path: Path, root: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problems(
            [Problem(shown(path, root), 0, f"cannot be read: {error.strerror}")]
        ) from None


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _replace(path: Path, raw: bytes) -> None:
    temporary = path.with_name(f".{path.name}.writing")
    temporary.write_bytes(raw)
    temporary.replace(path)

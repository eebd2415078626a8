"""What a conversion did, page by page, and how it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from unicodedata import east_asian_width

import msgspec

from broadsheet.convert.writer import Kept, Written
from broadsheet.piece import Doubt
from broadsheet.problems import Problem


class PieceReport(msgspec.Struct, frozen=True):
    """What was made of one piece, as a row of a table."""

    file: str  #: name of its content file
    type: str
    title: str  #: headline, else the first words
    paragraphs: int
    joins: int
    gaps: int


class PageReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one newspaper page."""

    source: str
    folder: str = ""  #: of its content files, relative to the project
    encoding: str = "utf-8"
    pieces: tuple[PieceReport, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()  #: what a person should look at
    written: Written = Written()
    problems: tuple[Problem, ...] = ()  #: why the page could not be converted


class Report(msgspec.Struct, frozen=True):
    """What became of all pages that were asked for."""

    pages: tuple[PageReport, ...] = ()
    dry_run: bool = False

    @property
    def problems(self) -> list[Problem]:
        """Why pages could not be converted; empty when all were."""
        return [problem for page in self.pages for problem in page.problems]

    def lines(self, *, verbose: bool = False, diff: bool = False) -> Iterator[str]:
        """The report for a person: what needs a look first, the summary last.

        `verbose` adds each page, its files and its doubts; `diff` how the files that a person
        edited differ from what the converter would write.
        """
        for page in self.pages:
            if verbose and not page.problems:
                yield from _details(page, self.dry_run)
            yield from _needs_a_look(page, diff)
        yield from self._summary()

    def _summary(self) -> Iterator[str]:
        done = [page for page in self.pages if not page.problems]
        pieces = [piece for page in done for piece in page.pieces]
        types = Counter(piece.type for piece in pieces)
        files = Counter[str]()
        for page in done:
            files["written"] += len(page.written.written)
            files["unchanged"] += len(page.written.unchanged)
            files["removed"] += len(page.written.removed)
            files["kept as edited"] += len(page.written.kept)
        told = ", ".join(_count(number, name) for name, number in types.items())
        yield f"{_count(len(done), 'page')}: {told or 'no pieces'}"
        mended = {
            "joins": sum(piece.joins for piece in pieces),
            "gaps": sum(piece.gaps for piece in pieces),
            "doubts": sum(len(page.doubts) for page in done),
        }
        yield ", ".join(f"{number} {name}" for name, number in mended.items())
        verb = "would be written" if self.dry_run else "written"
        yield "files: " + (_list(files).replace("written", verb) or "none")
        failed = len(self.pages) - len(done)
        if failed:
            yield f"{_count(failed, 'page')} could not be converted"


#: What a doubt is about, in words; any other name is the role that a line was read as.
_DOUBTS = {
    "beginning": "its beginning is lost: {0.text} ({0.confidence:.2f})",
    "join": "joined to what stands before: {0.text} ({0.confidence:.2f})",
    "place": "placed in its piece by its words: {0.text} ({0.confidence:.2f})",
}
_DOUBTED_ROLE = "read as {0.about}: {0.text} ({0.confidence:.2f})"


def _details(page: PageReport, dry_run: bool) -> Iterator[str]:
    encoding = "" if page.encoding == "utf-8" else f" ({page.encoding})"
    yield f"{page.source}{encoding} -> {page.folder}"
    yield from _table(page)
    for file in page.written.written:
        yield f"  {'would write' if dry_run else 'wrote'} {file}"
    for file in page.written.removed:
        yield f"  {'would remove' if dry_run else 'removed'} {file}"
    for doubt in page.doubts:
        yield f"  line {doubt.line}: {_DOUBTS.get(doubt.about, _DOUBTED_ROLE).format(doubt)}"


#: Heads of the table of pieces, and the most columns of a terminal that a headline takes.
_HEADS = ("file", "type", "headline", "paragraphs", "joins", "gaps")
_TITLE_WIDTH = 36


def _table(page: PageReport) -> Iterator[str]:
    """The pieces of a page, a row each, in columns as wide as their content."""
    rows = [_HEADS] + [
        (p.file, p.type, _short(p.title), str(p.paragraphs), str(p.joins), str(p.gaps))
        for p in page.pieces
    ]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEADS))]
    for row in rows:
        cells = (
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        )
        yield "  " + "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _short(text: str) -> str:
    if _width(text) <= _TITLE_WIDTH:
        return text
    while _width(text) >= _TITLE_WIDTH:
        text = text[:-1]
    return text + "…"


def _needs_a_look(page: PageReport, diff: bool) -> Iterator[str]:
    if page.encoding != "utf-8" and not page.problems:
        yield f"{page.source}: read as {page.encoding}"
    for warning in page.warnings:
        yield f"{page.source}: {warning}"
    for kept in page.written.kept:
        yield f"{kept.file}: edited, kept as it is"
        if diff:
            yield from _diff(kept)


def _diff(kept: Kept) -> Iterator[str]:
    return (f"  {line}" for line in kept.diff)


def _count(number: int, noun: str) -> str:
    many = "obituaries" if noun == "obituary" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number)

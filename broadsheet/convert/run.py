"""Whole archives: every page of every source through the converter, over the cores."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import msgspec

from broadsheet import conservation
from broadsheet.archive.lock import locked
from broadsheet.config import Config
from broadsheet.convert import originals
from broadsheet.convert.originals import Loaded
from broadsheet.convert.page import Converted, Given, convert_page, printed_of, read
from broadsheet.convert.report import PageReport, PieceReport, Report
from broadsheet.convert.sources import find_sources, read_sidecar
from broadsheet.convert.writer import write_page
from broadsheet.escaping import body_lines
from broadsheet.problems import Problem, Problems, is_text, shown
from broadsheet.progress import Stage, silent
from broadsheet.source import PageText, Source, date_of, page_name, pages_of

__all__ = ["convert_source", "convert_sources", "explain_source", "find_sources"]

#: Sources below this number are converted in this process: starting others takes longer.
_FEW = 8


class Order(msgspec.Struct, frozen=True):
    """What every source of a conversion is converted with."""

    root: Path
    newspaper: str
    overwrite: bool
    dry_run: bool


def convert_sources(
    root: Path,
    config: Config,
    sources: Sequence[Path] | None = None,
    *,
    overwrite: bool = False,
    dry_run: bool = False,
    jobs: int | None = None,
    progress: Stage = silent,
) -> Report:
    """Convert the pages of `sources` (files or folders; all of sources/ without).

    A source that cannot be converted is reported, and the others are converted all the same.
    Raises Problems only when there is nothing to convert, a source is not one of the project's,
    or another process is at work.
    """
    paths, reports = _told_apart(root, find_sources(root, sources))
    order = Order(root, config.newspaper, overwrite, dry_run)
    convert = functools.partial(convert_source, order)
    alone = nullcontext() if dry_run else locked(root, "conversion")
    with alone, progress("Converting", len(paths)) as advance:
        for pages in _map(convert, paths, jobs or os.cpu_count() or 1):
            reports += pages
            advance(1)
    return Report(tuple(reports), dry_run)


def _told_apart(root: Path, paths: list[Path]) -> tuple[list[Path], list[PageReport]]:
    """(sources with a page of their own, reports of those whose page another has taken)."""
    taken: dict[tuple[str, str], str] = {}
    apart: list[Path] = []
    reports: list[PageReport] = []
    for path in paths:
        file = shown(path, root)
        page = (path.parent.name, page_name(file).casefold())
        if date_of(file) and page in taken:
            found = f"would become the same page as {taken[page]}"
            problem = Problem(file, 0, found, "give one of them another name")
            reports.append(PageReport(source=file, problems=(problem,)))
        else:
            taken[page] = file
            apart.append(path)
    return apart, reports


def _map(
    convert: functools.partial[list[PageReport]], paths: list[Path], jobs: int
) -> Iterator[list[PageReport]]:
    """The reports of each source in order, over `jobs` processes where that pays."""
    if jobs == 1 or len(paths) < _FEW:
        yield from map(convert, paths)
        return
    with ProcessPoolExecutor(min(jobs, len(paths))) as pool:
        yield from pool.map(convert, paths, chunksize=4)


def convert_source(order: Order, path: Path) -> list[PageReport]:
    """One source file -> what became of each of its pages."""
    file = shown(path, order.root)
    if not is_text(file):
        found = Problem(file, 0, "its name is not UTF-8", "rename it")
        return [PageReport(source=file, problems=(found,))]
    try:
        loaded = originals.load(path, order.root, write=not order.dry_run)
        return [_convert_page(order, path, loaded, page) for page in pages_of(loaded.source)]
    except Problems as found:
        return [PageReport(source=file, problems=tuple(found.problems))]


def _convert_page(order: Order, path: Path, loaded: Loaded, page: PageText) -> PageReport:
    source = loaded.source
    try:
        converted = convert_page(page, _given(order, path, loaded, page))
        folder = _folder(order.root, source, converted, page)
    except Problems as found:
        return PageReport(source=source.file, problems=tuple(found.problems))
    except Exception as error:  # a fault of the converter must not end the work on an archive
        fault = f"the converter failed: {type(error).__name__}: {error}"
        hint = "a fault of the program: please report it, with this source"
        return PageReport(source=source.file, problems=(Problem(source.file, 0, fault, hint),))
    written = write_page(
        folder,
        converted.files,
        order.root,
        source=source.file,
        overwrite=order.overwrite,
        dry_run=order.dry_run,
    )
    corrected = _corrected(order, folder, source, page) if written.kept else []
    return PageReport(
        source=source.file,
        folder=shown(folder, order.root),
        encoding=source.encoding,
        pieces=_pieces(converted),
        doubts=converted.doubts,
        warnings=(*loaded.warnings, *converted.warnings, *corrected),
        written=written,
    )


def _corrected(order: Order, folder: Path, source: Source, page: PageText) -> list[str]:
    """How the page's files, some of them a person's, differ from the source, line by line."""
    files = []
    for path in sorted(folder.glob("*.md")):
        text = path.read_text("utf-8", "replace")
        try:
            files.append(printed_of(shown(path, order.root), text))
        except Problems as found:
            return [str(problem) for problem in found.problems]
    lines = page.numbered_lines()
    return [
        f"line {found.line}: {found}" if found.line else f"{found.file}: {found}"
        for found in conservation.differences(source.file, lines, files)
    ]


def _pieces(converted: Converted) -> tuple[PieceReport, ...]:
    """A row per piece; the files stand in the pieces' order, behind that of the page."""
    return tuple(
        PieceReport(
            file=file.name,
            type=piece.type,
            title=piece.title or next(iter(body_lines(composed.body)), ""),
            paragraphs=len(body_lines(composed.body)),
            joins=len(piece.joins),
            gaps=len(piece.gaps),
        )
        for file, composed in zip(converted.files[1:], converted.pieces, strict=True)
        for piece in [composed.piece]
    )


def _given(order: Order, path: Path, loaded: Loaded, page: PageText) -> Given:
    return Given(
        source=loaded.source.file,
        date=date_of(loaded.source.file),
        boxes=loaded.boxes,
        newspaper=order.newspaper,
        sidecar=read_sidecar(path, page.name, order.root),
    )


def _folder(root: Path, source: Source, converted: Converted, page: PageText) -> Path:
    if converted.date is None:
        hint = "put the source into a folder named by its date, sources/YYYY-MM-DD/"
        raise Problems(
            [Problem(source.file, 0, "neither its folder nor the page says a date", hint)]
        )
    return root / "content" / converted.date.isoformat() / page.name


def explain_source(path: Path, root: Path) -> str:
    """Every stage's result for a source, for reading."""
    from broadsheet.convert.explain import explain

    loaded = originals.load(path, root, write=False)
    order = Order(root, newspaper="", overwrite=False, dry_run=True)
    return "\n".join(
        explain(read(page, _given(order, path, loaded, page))) for page in pages_of(loaded.source)
    )

"""A site of the search page alone, made straight from documents, as the build makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from broadsheet.config import Config
from broadsheet.search.document import Document
from broadsheet.search.index import segment_files
from broadsheet.search.scripts import quick_script, segments_script, setup_script
from broadsheet.search.segments import MOST, segments
from broadsheet.site import search_pages, strings
from broadsheet.site.assets import assets
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import template_folders
from broadsheet.site.pages import KINDS
from broadsheet.site.render import Renderer

ROOT = Path(__file__).parents[2]


def write_site(folder: Path, pieces: Sequence[Document], most: int = MOST) -> None:
    """The search page, its assets and all its scripts; `pieces` in printed order."""
    desk = Desk(Config(title="样报"), strings.load(template_folders(ROOT), "zh-Hans"))
    for path, text in _files(pieces, most, desk):
        _write(folder / path, text)
    for path, content in assets(ROOT).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    renderer = Renderer(ROOT, desk, folder / ".templates")
    content = PageContent(None, desk.t("search.title"))
    (folder / "search.html").write_bytes(renderer.render(KINDS["search"], "search.html", content))


def write_lists(folder: Path, cut: Mapping[str, Sequence[str]]) -> None:
    """The list of segments, for whoever writes the segments themselves."""
    path, text = segments_script(cut)
    _write(folder / path, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _files(pieces: Sequence[Document], most: int, desk: Desk) -> Iterator[tuple[str, str]]:
    cut = segments(Counter(piece.date for piece in pieces), most)
    segment_of = {day: name for name, days in cut.items() for day in days}
    for name, inside in groupby(pieces, key=lambda piece: segment_of[piece.date]):
        yield from segment_files(name, list(inside))
    yield segments_script(cut)
    yield setup_script(search_pages.sentences(desk))
    dates = sorted({piece.date for piece in pieces})
    newest = [(piece.title, piece.date, piece.href) for piece in pieces[-50:] if piece.title]
    yield quick_script(dates, [("王小明", "人物", "search.html?person=王小明")], newest)

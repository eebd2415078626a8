"""A site of the search page alone, made straight from documents, as the build makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from broadsheet.config import Config
from broadsheet.search.document import Document
from broadsheet.search.index import group_files, segment_files
from broadsheet.search.scripts import quick_script, segments_script, setup_script
from broadsheet.search.segments import MOST, TOGETHER, groups, segments
from broadsheet.site import search_pages, strings
from broadsheet.site.assets import assets
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import template_folders
from broadsheet.site.pages import KINDS
from broadsheet.site.render import Renderer

ROOT = Path(__file__).parents[2]


def write_site(
    folder: Path, pieces: Sequence[Document], most: int = MOST, together: int = TOGETHER
) -> None:
    """The search page, its assets and all its scripts; `pieces` in printed order."""
    desk = Desk(Config(title="样报"), strings.load(template_folders(ROOT), "zh-Hans"))
    write_index(folder, pieces, most, together)
    for path, content in _client_files(pieces, desk):
        _write(folder / path, content)
    for path, content in assets(ROOT).items():
        _write(folder / path, content)
    renderer = Renderer(ROOT, desk, folder / ".templates")
    content = PageContent(None, desk.t("search.title"))
    _write(folder / "search.html", renderer.render(KINDS["search"], "search.html", content))


def write_index(
    folder: Path, pieces: Sequence[Document], most: int = MOST, together: int = TOGETHER
) -> None:
    """The segments, their groups and the list of them; `pieces` in printed order."""
    cut = segments(Counter(piece.date for piece in pieces), most, together)
    segment_of = {day: name for name, days in cut.items() for day in days}
    inside = groupby(pieces, key=lambda piece: segment_of[piece.date])
    shares = {name: write_segment(folder, name, list(some)) for name, some in inside}
    write_groups(folder, shares)
    write_lists(folder, cut)


def write_segment(folder: Path, name: str, pieces: Sequence[Document]) -> bytes:
    """The files of a segment; what its group needs of it."""
    share = b""
    for path, content in segment_files(name, pieces):
        if path:
            _write(folder / path, content)
        else:
            share = content
    return share


def write_groups(folder: Path, shares: Mapping[str, bytes]) -> None:
    for group, names in groups(shares).items():
        for path, content in group_files(group, [shares[f"{group}/{name}"] for name in names]):
            _write(folder / path, content)


def write_lists(folder: Path, cut: Mapping[str, Sequence[str]]) -> None:
    """The list of segments, for whoever writes the segments themselves."""
    path, content = segments_script(cut)
    _write(folder / path, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _client_files(pieces: Sequence[Document], desk: Desk) -> Iterator[tuple[str, bytes]]:
    yield setup_script(search_pages.sentences(desk))
    dates = sorted({piece.date for piece in pieces})
    newest = [(piece.title, piece.date, piece.href) for piece in pieces[-50:] if piece.title]
    yield quick_script(dates, [("王小明", "人物", "search.html?person=王小明")], newest)

"""A site of the search page alone, made straight from documents, as the build makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader

from broadsheet.search.document import Document
from broadsheet.search.index import segment_files
from broadsheet.search.scripts import quick_script, segments_script, setup_script
from broadsheet.search.segments import MOST, segments

ROOT = Path(__file__).parents[2]


def write_site(folder: Path, pieces: Sequence[Document], most: int = MOST) -> None:
    """The search page, its assets and all its scripts; `pieces` in printed order."""
    sentences = yaml.safe_load((ROOT / "templates/strings/zh-Hans.yaml").read_text("utf-8"))
    for path, text in _files(pieces, most, sentences):
        _write(folder / path, text)
    for asset in (ROOT / "templates/assets").iterdir():
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        (folder / "assets" / asset.name).write_bytes(asset.read_bytes())
    (folder / "search.html").write_text(_page(sentences), "utf-8")


def write_lists(folder: Path, cut: Mapping[str, Sequence[str]]) -> None:
    """The list of segments, for whoever writes the segments themselves."""
    path, text = segments_script(cut)
    _write(folder / path, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _page(sentences: dict[str, str]) -> str:
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    page = {"root": "", "kind": "search", "title": sentences["search.title"], "nav": "search"}
    site = {"title": "样报", "language": "zh-Hans", "has_search": True}
    environment.globals.update(
        t=lambda key, **values: sentences[key], page=page, site=site, view=None
    )
    return environment.get_template("search.html").render()


def _files(
    pieces: Sequence[Document], most: int, sentences: dict[str, str]
) -> Iterator[tuple[str, str]]:
    cut = segments(Counter(piece.date for piece in pieces), most)
    segment_of = {day: name for name, days in cut.items() for day in days}
    for name, inside in groupby(pieces, key=lambda piece: segment_of[piece.date]):
        yield from segment_files(name, list(inside))
    yield segments_script(cut)
    prefix = "search.say."
    said = {k.removeprefix(prefix): v for k, v in sentences.items() if k.startswith(prefix)}
    yield setup_script(said | {k: v for k, v in sentences.items() if k.startswith("type.")})
    dates = sorted({piece.date for piece in pieces})
    newest = [(piece.title, piece.date, piece.href) for piece in pieces[-50:] if piece.title]
    names = [("王小明", "人物", "search.html?person=王小明")]
    yield quick_script(dates, names, newest)

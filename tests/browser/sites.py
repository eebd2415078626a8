"""Built sites, and the pages of theirs that a test looks at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadsheet.cli import main

REPOSITORY = Path(__file__).parent.parent.parent


def built(root: Path) -> Path:
    """Build the archive in `root` and give its site."""
    try:
        main(["-C", str(root), "-q", "build"])
    except SystemExit as ended:
        assert not ended.code, "the build found problems"
    return root / "site"


def kind_of(text: str) -> str:
    """The kind of page that an HTML text says it is."""
    return text.partition('data-page="')[2].partition('"')[0]


def one_of_each_kind(site: Path) -> dict[str, Path]:
    """Kind of page -> the longest page of that kind."""
    found: dict[str, Path] = {}
    for file in sorted(site.rglob("*.html")):
        kind = kind_of(file.read_text(encoding="utf-8"))
        if kind not in found or file.stat().st_size > found[kind].stat().st_size:
            found[kind] = file
    return found


def views(site: Path) -> Iterator[tuple[str, str]]:
    """Every kind of page, and every view of those that have two: (name, address)."""
    for kind, file in one_of_each_kind(site).items():
        yield kind, file.as_uri()
        for view in ("source", "names"):
            if f'id="{view}"' in file.read_text(encoding="utf-8"):
                yield f"{kind}#{view}", f"{file.as_uri()}#{view}"

"""A long list is shown in parts: no page grows with the archive, and its address stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.site import long_lists
from broadsheet.site.build import Summary

Make = Callable[[Path], Summary]
SiteOf = Callable[[Path], dict[str, bytes]]

LISTS = ("obituaries/", "slogans/", "people/")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has three rows at most."""
    monkeypatch.setattr(long_lists, "LONG", 3)


def obituary(root: Path, date: str, name: str = "林月华") -> Path:
    path = root / f"content/{date}/A01/09-obituary.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntype: obituary\ntitle: 讣告\nperson:\n  name: {name}\n---\n\n{name}逝世。\n", "utf-8"
    )
    return path


def slogan(root: Path, date: str) -> None:
    path = root / f"content/{date}/A01/08-slogan.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntype: slogan\n---\n\n植树造林，{date}！\n", "utf-8")


def lists(site: dict[str, bytes]) -> list[str]:
    """Registers, walls and lists of people, without their indexes."""
    return [p for p in site if p.startswith(LISTS) and not p.endswith("index.html")]


@pytest.mark.usefixtures("few")
def test_a_year_beyond_the_limit_is_shown_by_months(
    archive: Path, made: Make, site_of: SiteOf
) -> None:
    for month in range(1, 6):
        obituary(archive, f"2003-{month:02}-10")
        slogan(archive, f"2003-{month:02}-10")
    made(archive)
    site = site_of(archive)
    year = site["obituaries/2003.html"].decode()
    assert "林月华" not in year
    assert all(f"2003-{month:02}.html" in year for month in range(1, 6))
    assert "林月华" in site["obituaries/2003-04.html"].decode()
    assert "林月华" in site["obituaries/L-2000s-2003.html"].decode()
    assert "林月华" in site["people/L-2000s-2003.html"].decode()
    assert "2003-05-10" in site["slogans/2003-05.html"].decode()
    assert "2003-05-10/" not in site["slogans/2003.html"].decode()


@pytest.mark.usefixtures("few")
def test_growing_and_shrinking_over_the_limit_gives_what_a_clean_build_gives(
    archive: Path, made: Make, clean_site: SiteOf, site_of: SiteOf
) -> None:
    made(archive)
    before = site_of(archive)
    for month in range(1, 7):
        obituary(archive, f"2003-{month:02}-10")
        slogan(archive, f"2003-{month:02}-10")
        made(archive)
        assert site_of(archive) == clean_site(archive)
    assert "obituaries/2003-01.html" in site_of(archive)
    obituary(archive, "2003-02-10", "秦远山")
    made(archive)
    assert site_of(archive) == clean_site(archive)
    for month in range(6, 0, -1):
        shutil.rmtree(archive / f"content/2003-{month:02}-10")
        made(archive)
        assert site_of(archive) == clean_site(archive)
    assert site_of(archive) == before


def test_an_archive_of_a_few_pieces_has_no_parts(
    archive: Path, made: Make, site_of: SiteOf
) -> None:
    obituary(archive, "2003-02-10")
    made(archive)
    assert not [path for path in lists(site_of(archive)) if path.count("-") > 1]

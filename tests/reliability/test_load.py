"""The preview is read while it rebuilds: every page is whole, missing are only removed ones."""

from __future__ import annotations

from pathlib import Path

from kills import small_archive
from load import under_load


def test_no_page_is_torn_while_it_rebuilds(tmp_path: Path) -> None:
    root = small_archive(tmp_path / "archive")
    readers = under_load(root, clients=16, rebuilds=5)
    assert readers.torn == []
    assert readers.answers[200] > 50
    assert readers.lost() == []

"""A build after any sequence of changes gives the same bytes as a clean build."""

from __future__ import annotations

from any_change import changes


def test_incremental_equals_clean_whatever_changes() -> None:
    changes(steps=25, examples=4)

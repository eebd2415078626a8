"""Killed while it writes: the next run goes on, nothing is lost, the site equals a clean one."""

from __future__ import annotations

from pathlib import Path

import pytest
from kills import kill_after, kill_at


@pytest.mark.parametrize(
    ("work", "nth"),
    [("build", 90), ("rebuild", 4), ("rebuild", 75), ("convert", 6), ("publish", 2)],
)
def test_killed_at_a_change_of_a_file(tmp_path: Path, work: str, nth: int) -> None:
    kill_at(tmp_path, work, nth)


@pytest.mark.parametrize("work", ["rebuild", "convert"])
def test_killed_after_some_time(tmp_path: Path, work: str) -> None:
    kill_after(tmp_path, work, 0.3)

"""Traditional characters and their simplified forms, as simplified.txt lists them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def pairs() -> dict[str, str]:
    """Traditional -> simplified characters, single ones only."""
    table = files("broadsheet").joinpath("simplified.txt").read_text("utf-8")
    rows = (row for row in table.splitlines() if not row.startswith("#"))
    return {pair[0]: pair[1] for row in rows for pair in row.split()}

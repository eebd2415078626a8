"""The stretches of the calendar that the index is cut into.

A segment is a calendar year; where that would hold more than MOST pieces, its halves, quarters,
months, thirds of a month or days. It is a function of how many pieces each day has, so that an
incremental build and a clean one cut alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: Pieces in a segment at most, unless one day alone has more. Memory follows the segment: 5,000
#: pieces of a thousand characters are indexed in 350 MB.
MOST = 5_000


def _half(month: int, day: int) -> str:
    return f"h{(month + 5) // 6}"


def _quarter(month: int, day: int) -> str:
    return f"q{(month + 2) // 3}"


def _month(month: int, day: int) -> str:
    return f"{month:02}"


def _third(month: int, day: int) -> str:
    return f"{month:02}{'abc'[min((day - 1) // 10, 2)]}"


def _day(month: int, day: int) -> str:
    return f"{month:02}{day:02}"


#: From the coarsest to the finest; each cuts inside the one before.
_CUTS: tuple[Callable[[int, int], str], ...] = (_half, _quarter, _month, _third, _day)


def segments(counts: Mapping[str, int], most: int = MOST) -> dict[str, tuple[str, ...]]:
    """Pieces of each day (ISO) -> segment name (2025, 2025-q1, 2025-01 ...) -> its days, in order.

    The segments are in the order of the calendar.
    """
    years: dict[str, list[str]] = {}
    for day in sorted(counts):
        years.setdefault(day[:4], []).append(day)
    found: dict[str, tuple[str, ...]] = {}
    for year, days in years.items():
        found |= _cut(year, year, days, counts, most, _CUTS)
    return found


def _cut(
    name: str,
    year: str,
    days: list[str],
    counts: Mapping[str, int],
    most: int,
    cuts: tuple[Callable[[int, int], str], ...],
) -> dict[str, tuple[str, ...]]:
    if not cuts or sum(counts[day] for day in days) <= most:
        return {name: tuple(days)}
    parts: dict[str, list[str]] = {}
    for day in days:
        parts.setdefault(f"{year}-{cuts[0](int(day[5:7]), int(day[8:]))}", []).append(day)
    found: dict[str, tuple[str, ...]] = {}
    for part, inside in parts.items():
        found |= _cut(part, year, inside, counts, most, cuts[1:])
    return found

"""The stretches of the calendar that the index is cut into.

A segment holds at most MOST pieces, if one day alone does not hold more: the whole archive while
that is enough, else its decades, and where those are too large years, halves, quarters, months,
thirds of a month, days. It is a function of how many pieces each day has, so that an incremental
build and a clean one cut alike; a change moves a boundary only where a total passes MOST.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

#: Pieces in a segment at most, unless one day alone has more. Memory follows the segment: 5,000
#: pieces of a thousand characters are indexed in 350 MB.
MOST = 5_000


#: From the coarsest to the finest, each inside the one before: a day -> the name.
_CUTS: tuple[Callable[[str], str], ...] = (
    lambda day: "all",
    lambda day: f"{day[:3]}0s",
    lambda day: day[:4],
    lambda day: f"{day[:4]}-h{(_month(day) + 5) // 6}",
    lambda day: f"{day[:4]}-q{(_month(day) + 2) // 3}",
    lambda day: day[:7],
    lambda day: f"{day[:7]}{'abc'[min((int(day[8:]) - 1) // 10, 2)]}",
    lambda day: day,
)


def _month(day: str) -> int:
    return int(day[5:7])


def segments(counts: Mapping[str, int], most: int = MOST) -> dict[str, tuple[str, ...]]:
    """Pieces of each day (ISO) -> segment (all, 1990s, 1998, 1998-q1, 1998-01 ...) -> its days.

    Segments and days are in the order of the calendar.
    """
    return dict(_cut(tuple(sorted(counts)), counts, most, _CUTS))


def _cut(
    days: tuple[str, ...],
    counts: Mapping[str, int],
    most: int,
    cuts: tuple[Callable[[str], str], ...],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, inside in groupby(days, cuts[0]):
        found = tuple(inside)
        if len(cuts) == 1 or sum(counts[day] for day in found) <= most:
            yield name, found
        else:
            yield from _cut(found, counts, most, cuts[1:])


def names_over(day: str) -> set[str]:
    """Every segment that could hold a day."""
    return {cut(day) for cut in _CUTS}

"""The stretches of the calendar that the index is cut into.

A segment holds at most MOST pieces, if one day alone does not hold more: the whole archive while
that is enough, else its decades, and where those are too large years, halves, quarters, months,
thirds of a month, days. At least FEWEST segments that together hold at most TOGETHER pieces are a
group, cut in the same way. Names are 2025, or GROUP/SEGMENT: 2020s/2025. The cut is a function of
how many pieces each day has, so that an incremental build and a clean one cut alike; a change moves
a boundary only where a total passes one of these numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import itemgetter

#: Pieces in a segment at most, unless one day alone has more. Memory follows the segment: 5,000
#: pieces of a thousand characters are indexed in 350 MB.
MOST = 5_000

#: Pieces in a group at most. A browser asks for a rare term once in each group; a change makes the
#: files of its group anew.
TOGETHER = 40_000
FEWEST = 4  #: segments in a group: to ask three of them is no more than it would save

_Cut = Callable[[str], str]

#: From the coarsest to the finest, each inside the one before: a day -> the name.
_CUTS: tuple[_Cut, ...] = (
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


def segments(
    counts: Mapping[str, int], most: int = MOST, together: int = TOGETHER
) -> dict[str, tuple[str, ...]]:
    """Pieces of each day (ISO) -> segment (all, 1990s, 1990s/1998 ...) -> its days.

    Segments and days are in the order of the calendar.
    """
    found: dict[str, tuple[str, ...]] = {}
    for group, days, cuts in _cut(tuple(sorted(counts)), counts, max(most, together), _CUTS):
        inside = list(_cut(days, counts, most, cuts))
        prefix = f"{group}/" if len(inside) >= FEWEST else ""
        found |= {f"{prefix}{name}": some for name, some, _ in inside}
    return found


def _cut(
    days: tuple[str, ...], counts: Mapping[str, int], most: int, cuts: Sequence[_Cut]
) -> Iterator[tuple[str, tuple[str, ...], Sequence[_Cut]]]:
    """(name, days, the cuts from this one on) of the coarsest stretches that are small enough."""
    for name, inside in groupby(days, cuts[0]):
        found = tuple(inside)
        if len(cuts) == 1 or sum(counts[day] for day in found) <= most:
            yield name, found, cuts
        else:
            yield from _cut(found, counts, most, cuts[1:])


def groups(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names of segments -> group -> its segments' names without it; none for those alone."""
    inside = (name.split("/") for name in names if "/" in name)
    return {
        group: tuple(name for _, name in some) for group, some in groupby(inside, itemgetter(0))
    }


def names_over(day: str) -> set[str]:
    """Every segment that could hold a day."""
    names = [cut(day) for cut in _CUTS]
    return {*names, *(f"{group}/{name}" for group, name in combinations(names, 2))}

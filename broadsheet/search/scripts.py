"""The scripts that the client needs beside the segments: its words, their list, the quick box.

search/setup.js     the folding's pairs of characters, and the interface's words
search/segments.js  the segments' names, newest first, and the first and last year
search/quick.js     days with issues, sections, people and the newest headlines
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from broadsheet.search.codes import encode
from broadsheet.search.fold import EAST_ASIAN, simplified_pairs
from broadsheet.search.index import script

#: (text, small print, address relative to the site)
Suggestion = tuple[str, str, str]


def setup_script(strings: Mapping[str, str]) -> tuple[str, bytes]:
    """`strings` -> (path, content); each under its name without `search.`."""
    pairs = "".join(map("".join, sorted(simplified_pairs().items())))
    data = {"pairs": pairs, "ranges": EAST_ASIAN, "strings": dict(strings)}
    return script("setup", data)


def segments_script(cut: Mapping[str, Sequence[str]]) -> tuple[str, bytes]:
    """Segments and their days, in the order of the calendar -> (path, content)."""
    days = [day for inside in cut.values() for day in inside]
    years = [int(days[0][:4]), int(days[-1][:4])] if days else [1, 0]
    return script("segments", {"names": list(cut)[::-1], "years": years})


def quick_script(
    dates: Iterable[str], names: Sequence[Suggestion], headlines: Sequence[Suggestion]
) -> tuple[str, bytes]:
    """Days with issues (ISO, in order), names and newest headlines -> (path, content)."""
    days: dict[str, list[int]] = {}
    for date in dates:
        days.setdefault(date[:4], []).append(int(date[5:7]) * 32 + int(date[8:]))
    issues = {year: encode(found) for year, found in days.items()}
    return script("quick", {"issues": issues, "names": names, "headlines": headlines})

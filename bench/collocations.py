#!/usr/bin/env python3
"""Make the tables of words that stand together, from what is known of the languages.

    bench/collocations.py zh lm_sc.arpa       from the language model of libime (LGPL-2.1-or-later):
                                              `apt-get source libime`, data/lm_sc.arpa-*.tar.xz
    bench/collocations.py en wordsegment/     from the counts of Google's trillion words that the
                                              package wordsegment (Apache-2.0) holds:
                                              `pip download wordsegment`, unigrams.txt, bigrams.txt

Both write broadsheet/convert/weights/. Of all pairs those are kept that say most: how often a pair
occurs, times how far it is from what the table answers without it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from pathlib import Path

from broadsheet.convert.collocations import format_table

WEIGHTS = Path(__file__).parent.parent / "broadsheet" / "convert" / "weights"
#: Pairs that a table holds at most: twice as many make joins hardly better.
MOST_PAIRS = 700_000
#: Words that stand in no pair are kept down to this share (log10): they part text into words.
RAREST_WORD = -6.5
LONGEST_WORD = 5

Shares = dict[str, float]
Affinities = dict[tuple[str, str], float]


def read_arpa(path: Path) -> tuple[Shares, Affinities]:
    """Words and pairs of a language model in the ARPA format (log10 throughout)."""
    shares: Shares = {}
    pairs: Affinities = {}
    for order, probability, words in _rows(path):
        if order == 1 and len(words[0]) <= LONGEST_WORD:
            shares[words[0]] = probability
        elif order == 2 and words[0] in shares and words[1] in shares:
            pairs[words[0], words[1]] = probability - shares[words[1]]
    return shares, pairs


def _rows(path: Path) -> Iterator[tuple[int, float, list[str]]]:
    order = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("\\"):
                order = int(line[1]) if line[1].isdigit() else 0
                if order > 2:
                    return
            elif order and "\t" in line:
                probability, words = line.rstrip("\n").split("\t")[:2]
                yield order, float(probability), words.split(" ")


def read_counts(folder: Path) -> tuple[Shares, Affinities]:
    """Words and pairs from `unigrams.txt` and `bigrams.txt`: words, a tab, how often."""
    words = dict(_counts(folder / "unigrams.txt"))
    total = sum(words.values())
    shares = {word: math.log10(count / total) for word, count in words.items()}
    pairs: Affinities = {}
    for both, count in _counts(folder / "bigrams.txt"):
        first, second = both.split(" ")
        if first in shares and second in shares:
            by_chance = shares[first] + shares[second]
            pairs[first, second] = math.log10(count / total) - by_chance
    return shares, pairs


def _counts(path: Path) -> Iterator[tuple[str, float]]:
    for line in path.read_text("utf-8").splitlines():
        words, count = line.split("\t")
        yield words, float(count)


def most_telling(shares: Shares, pairs: Affinities) -> Affinities:
    def tells(item: tuple[tuple[str, str], float]) -> float:
        (first, second), affinity = item
        by_chance: float = 10 ** (shares[first] + shares[second] + affinity)
        return by_chance * abs(affinity)

    return dict(sorted(pairs.items(), key=tells, reverse=True)[:MOST_PAIRS])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=["zh", "en"])
    parser.add_argument("source", type=Path)
    arguments = parser.parse_args()
    read = read_arpa if arguments.language == "zh" else read_counts
    shares, pairs = read(arguments.source)
    kept = most_telling(shares, pairs)
    used = {word for pair in kept for word in pair}
    words = {w: share for w, share in shares.items() if w in used or share >= RAREST_WORD}
    table = format_table(words, kept)
    (WEIGHTS / f"{arguments.language}.collocations").write_bytes(table)
    print(f"{len(words):,} words, {len(kept):,} pairs, {len(table):,} bytes")


if __name__ == "__main__":
    main()

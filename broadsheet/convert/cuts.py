"""Where a column cut a sentence: evidence that one block continues another.

A pair is a tail (a block whose last sentence is open) and a head (a later block). Each evidence is
a named function in EVIDENCE or a step of SCALES; the weights file gives it a number, and their sum
is the log odds that the head continues the tail. The decision is made in `pieces`, together with
all others.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from broadsheet.convert.collocations import across
from broadsheet.convert.facts import Facts, first_word, last_word
from broadsheet.convert.weights import Weights

#: How far back a tail is looked for, in blocks; an article rarely resumes later on its page.
REACH = 40
#: Open tails considered for one head, the latest first.
MOST_TAILS = 10

#: Steps of `collocations.across`, log10 of how many times likelier than by chance.
_BELONGS = (-1.0, -0.5, -0.2, 0.02, 0.3, 0.7, 1.2, 1.8, 2.5, 3.5)
_LEANING = "的和在与对把将为是从向以及等不一这那其所被让由于并或至到而因就也都则据按经给使跟同了"
#: What a column leaves of a sentence is seldom shorter.
_HEADING_WORDS = 8
_UNITS = (
    "年月日时分秒元亿万千百十个名人次项％%点度平方公里吨米岁号余多家位件条"
    "斤担亩石尺匹头只台辆座所张封幢栋间枚盏"
)
_NUMERALS = "0123456789〇零一二三四五六七八九十百千万亿两"
#: One Chinese numeral alone is most often part of a word: 统一.
_ENDS_IN_NUMBER = re.compile(rf"(?:[0-9]|[{_NUMERALS}]{{2,}})$")
_LEANING_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "and",
        "or",
        "but",
        "at",
        "by",
        "from",
        "as",
        "that",
        "than",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "his",
        "her",
        "its",
        "their",
        "our",
        "your",
        "my",
        "this",
        "these",
        "those",
        "who",
        "which",
        "into",
        "over",
        "under",
        "about",
        "after",
        "before",
        "between",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "very",
        "more",
        "most",
        "such",
    ]
)


#: Marks that close a quotation, by the mark that opens it.
_CLOSES = dict(zip("“《〈（(「『【", "”》〉）)」』】", strict=True))


class Page(NamedTuple):
    """What pairs are judged against: the facts of all blocks and what recurs on the page."""

    facts: list[Facts]
    english: bool
    grams: frozenset[str]  #: runs of two to four characters, or pairs of words, inside blocks
    begins: list[int]  #: per block, how much it begins like a paragraph: 0 not at all .. 4
    ends_cut: list[int]  #: per block, how much it ends like a cut line: 0 like a heading .. 4
    open_before: list[int]  #: per block, how many before it end in mid-sentence


class Evidence(NamedTuple):
    """One reason to believe (or not) that `head` continues `tail`."""

    name: str
    reason: str
    holds: Callable[[Page, Facts, Facts], bool]


class Scale(NamedTuple):
    """How much there is of one thing; each step, `name-0` and so on, is evidence of its own."""

    name: str
    reason: str
    steps: int
    step: Callable[[Page, Facts, Facts], int]  #: -1 where nothing can be said


def read_page(facts: list[Facts], english: bool, weights: Weights) -> Page:
    grams: set[str] = set()
    for fact in facts:
        grams.update(_word_pairs(fact.text) if english else _grams(fact.text))
    begins = [_word_step(first_word(f.text), 0, weights.openers) for f in facts]
    ends = [_word_step(last_word(f.text), -1, weights.enders) for f in facts]
    cut = (f.is_open and f.shape in ("open", "short") for f in facts)
    open_before = list(itertools.accumulate(cut, initial=0))
    return Page(facts, english, frozenset(grams), begins, ends, open_before)


def _word_step(word: str, side: int, table: dict[str, float]) -> int:
    """The word's log odds in five steps; those of its first (last) character when unknown."""
    odds = table.get(word, table.get(word[side] if word else "", 0.0))
    return bisect_left((-1.5, -0.5, 0.5, 1.5), odds)


def _grams(text: str) -> Iterator[str]:
    for size in (2, 3, 4):
        yield from (text[i : i + size] for i in range(len(text) - size + 1))


def _word_pairs(text: str) -> Iterator[str]:
    words = text.lower().split()
    return (f"{a} {b}" for a, b in itertools.pairwise(words))


def _recurs(page: Page, tail: Facts, head: Facts, size: int) -> bool:
    """Whether a run of `size` characters across the cut also stands inside a block."""
    if page.english:
        return False
    end, start = tail.text[-3:], head.text[:3]
    return any(
        end[-left:] + start[: size - left] in page.grams
        for left in range(1, size)
        if len(end) >= left
        and len(start) >= size - left
        and _plain(end[-left:] + start[: size - left])
    )


def _plain(run: str) -> bool:
    return run.isalnum()


def _word_pair_recurs(page: Page, tail: Facts, head: Facts) -> bool:
    if not page.english:
        return False
    last, first = tail.text.lower().split()[-1:], head.text.lower().split()[:1]
    return bool(last and first) and f"{last[0]} {first[0]}" in page.grams


def _ends_in_number(tail: Facts) -> bool:
    return bool(_ENDS_IN_NUMBER.search(tail.text[-4:]))


def _begins_with_unit(head: Facts) -> bool:
    """Whether the first word is one of units alone: 万元, but not 人民."""
    return bool(head.text) and all(c in _UNITS for c in first_word(head.text) or head.text[0])


def _last_word(tail: Facts) -> str:
    return re.sub(r"[^a-z]", "", tail.text.lower().split()[-1]) if tail.text.split() else ""


def _open_between(page: Page, tail: Facts, head: Facts) -> int:
    return page.open_before[head.block.index] - page.open_before[tail.block.index + 1]


def _belonging(page: Page, tail: Facts, head: Facts) -> int:
    belonging = across(tail.text, head.text, page.english)
    return -1 if belonging is None else bisect_left(_BELONGS, belonging)


EVIDENCE = (
    Evidence("recurs-2", "the two characters across the cut stand together elsewhere on the page",
             lambda p, t, h: _recurs(p, t, h, 2)),
    Evidence("recurs-3", "three characters across the cut stand together elsewhere on the page",
             lambda p, t, h: _recurs(p, t, h, 3)),
    Evidence("recurs-4", "four characters across the cut stand together elsewhere on the page",
             lambda p, t, h: _recurs(p, t, h, 4)),
    Evidence("word-pair-recurs", "the two words across the cut stand together elsewhere",
             _word_pair_recurs),
    Evidence("quote-closed", "the head closes the quotation that the tail left open",
             lambda p, t, h: bool(t.opens and h.closes)
             and _CLOSES.get(t.opens[-1]) == h.closes[0]),
    Evidence("quote-never-closed", "the tail leaves a quotation open that the head does not close",
             lambda p, t, h: bool(t.opens) and not h.closes),
    Evidence("quote-never-opened", "the head closes a quotation that the tail has not opened",
             lambda p, t, h: bool(h.closes) and not t.opens),
    Evidence("number-split", "a number stands across the cut",
             lambda p, t, h: t.text[-1:].isdigit() and h.text[:1] in "．.0123456789"),
    Evidence("number-and-unit", "a number before the cut, its unit after it",
             lambda p, t, h: _ends_in_number(t) and _begins_with_unit(h)),
    Evidence("number-without-unit", "a number before the cut and no unit after it",
             lambda p, t, h: not p.english and _ends_in_number(t)
             and not _begins_with_unit(h) and h.text[:1] not in _NUMERALS),
    Evidence("tail-leans", "the last word before the cut asks for another",
             lambda p, t, h: _last_word(t) in _LEANING_ENGLISH if p.english
             else t.text[-1:] in _LEANING),
    Evidence("tail-hyphen", "a hyphen at the end of the tail",
             lambda p, t, h: t.text.endswith("-")),
    Evidence("tail-comma", "the tail ends after a comma", lambda p, t, h: "ends-comma" in t.names),
    Evidence("tail-colon", "the tail ends after a colon", lambda p, t, h: "ends-colon" in t.names),
    Evidence("tail-stop", "the tail ends with a full stop", lambda p, t, h: "ends-stop" in t.names),
    Evidence("tail-bracket", "the tail ends with a bracket",
             lambda p, t, h: "ends-bracket" in t.names),
    Evidence("tail-heading", "the tail looks like a heading",
             lambda p, t, h: t.shape == "short" and not p.english),
    Evidence("tail-few-words", "the tail has as few words as a heading of its own",
             lambda p, t, h: p.english and t.length <= _HEADING_WORDS),
    Evidence("tail-comma-inside", "the tail is as short as a heading, but few have a comma inside",
             lambda p, t, h: t.shape == "short" and "comma-inside" in t.names and not p.english),
    Evidence("tail-other", "the tail looks like a byline, a signature, a page header",
             lambda p, t, h: t.shape not in
             ("short", "open", "closed", "dateline", "short-stop", "tail")),
    Evidence("head-small-letter", "the head begins with a small letter",
             lambda p, t, h: p.english and h.text[:1].islower()),
    Evidence("head-capital", "the head begins with a capital",
             lambda p, t, h: p.english and h.text[:1].isupper()),
    Evidence("head-capitals", "the head is in capitals throughout, as the headings of old papers",
             lambda p, t, h: "all-capitals" in h.names),
    Evidence("tail-capitals", "the tail is in capitals throughout, as the headings of old papers",
             lambda p, t, h: "all-capitals" in t.names),
    Evidence("tail-noise", "the tail is noise of a scan, whose end says nothing",
             lambda p, t, h: "noise" in t.names),
    Evidence("head-noise", "the head is noise of a scan", lambda p, t, h: "noise" in h.names),
    Evidence("head-closing", "the head begins with a mark that begins no sentence",
             lambda p, t, h: "starts-closing" in h.names),
    Evidence("head-midword", "the head begins with a word that begins no sentence",
             lambda p, t, h: "midword" in h.names),
    Evidence("head-opens", "the head begins as reports do: a dateline, a day, a source",
             lambda p, t, h: bool(h.names & {"dateline", "reports", "attributes", "date-start",
                                             "kin-start"})),
    Evidence("head-saying", "the head begins with a saying whose speaker stands before it",
             lambda p, t, h: "saying" in h.names),
    Evidence("head-connects", "the head begins with a word that joins sentences",
             lambda p, t, h: "connects" in h.names),
    Evidence("head-quote", "the head begins with a quotation",
             lambda p, t, h: "quote-start" in h.names),
    Evidence("head-heading", "the head looks like a heading: short, no full stop",
             lambda p, t, h: h.shape == "short"),
    Evidence("head-other", "the head looks like a byline, a caption, a signature, a notice",
             lambda p, t, h: h.shape not in ("short", "open", "closed", "short-stop", "tail")),
    Evidence("next-block", "the head is the very next block",
             lambda p, t, h: h.block.index == t.block.index + 1),
    Evidence("one-between", "one block stands between",
             lambda p, t, h: h.block.index == t.block.index + 2),
    Evidence("few-between", "up to five blocks stand between",
             lambda p, t, h: 3 <= h.block.index - t.block.index <= 6),
    Evidence("many-between", "more than twelve blocks stand between",
             lambda p, t, h: h.block.index - t.block.index > 13),
    Evidence("no-tail-between", "no other open block stands between",
             lambda p, t, h: _open_between(p, t, h) == 0),
    Evidence("tails-between", "two or more open blocks stand between",
             lambda p, t, h: _open_between(p, t, h) >= 2),
    Evidence("shared-word", "tail and head share a word", lambda p, t, h: bool(t.words & h.words)),
    Evidence("shared-words", "tail and head share three words",
             lambda p, t, h: len(t.words & h.words) >= 3),
)  # fmt: skip

SCALES = (
    Scale("belongs", "how much the words on both sides of the cut belong together: 0 they shun each"
          " other, 3 nothing is known, 10 they make one", 11, _belonging),
    Scale("head-begins", "how much the first word begins paragraphs: 0 never, 4 often", 5,
          lambda p, t, h: p.begins[h.block.index]),
    Scale("tail-cut", "how much the last word ends cut lines: 0 headings end so, 4 cuts do", 5,
          lambda p, t, h: p.ends_cut[t.block.index]),
)  # fmt: skip

#: The name of every evidence -> its reason.
REASONS = {e.name: e.reason for e in EVIDENCE} | {
    f"{scale.name}-{step}": scale.reason for scale in SCALES for step in range(scale.steps)
}


def evidence_of(page: Page, tail: Facts, head: Facts) -> list[str]:
    """The names of the evidence that holds for this pair."""
    names = [e.name for e in EVIDENCE if e.holds(page, tail, head)]
    for scale in SCALES:
        step = scale.step(page, tail, head)
        if step >= 0:
            names.append(f"{scale.name}-{step}")
    return names


def log_odds(names: list[str], weights: dict[str, float]) -> float:
    return weights.get("always", 0.0) + sum(weights.get(name, 0.0) for name in names)


def probability(odds: float) -> float:
    """Log odds -> probability, safe for any size."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

"""What no weight may decide: which decisions on a block what is printed leaves open.

`ONLY` is a table of facts that leave but a few; the functions below it hold the rules that need
more than one fact. Where the rules leave nothing, the block begins a piece without a headline.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.convert.facts import LONG, Facts
from broadsheet.convert.labels import LABEL, Label
from broadsheet.convert.language import HAN

if TYPE_CHECKING:
    from broadsheet.convert.pieces import Open

_ANY = frozenset(LABEL)
_GO_ON_AS_TEXT = "para obit-para notice-para"
_TEXT = "headless death", "para join obit-para obit-join notice-para notice-join photo-para"


class Only(NamedTuple):
    """The decisions that a fact leaves open, and why."""

    begin: frozenset[str]  #: labels that may begin a piece
    go_on: frozenset[str]  #: labels that may go on with one
    reason: str


def _only(begin: str, go_on: str, reason: str) -> Only:
    return Only(_labels(begin), _labels(go_on), reason)


def _labels(names: str) -> frozenset[str]:
    return _ANY if names == "*" else frozenset(names.split())


ONLY: dict[str, Only] = {
    "saying": _only("headless", "*", "its speaker stands elsewhere"),
    "salutation": _only(*_TEXT, "a greeting heads nothing"),
    "interview": _only(*_TEXT, "nor does a speaker's part"),
    "data-line": _only(*_TEXT, "nor a line of a box of facts"),
    "timetable": _only(*_TEXT, "nor an hour of a programme"),
    "continued-from": _only("headless", "para obit-para notice-para", "text from another page"),
    "old-item": _only("headless", "para", "its heading runs into its text"),
    "jump-line": _only(
        "furniture headless", "para obit-para notice-para", "a text says where it goes on"
    ),
    "notice-opening": _only("notice", "*", "a small notice names its kind"),
    "family-notice": _only("obituary death", "*", "set words of a family, which no report uses"),
    "kin-names": _only("headless obituary death", "*", "kin sign, and begin nothing"),
    "heads-deaths": _only("furniture", "", "the section of deaths; each has a name above it"),
    "in-deaths": _only("obituary", "", "such a name: the next of several"),
    "death-entry": _only("death", "obit-para", "each entry in the column of deaths is one of them"),
    "imprint": _only("furniture", "", "the paper of itself"),
    "masthead": _only("furniture", "", "the paper's name in other letters"),
    "pictured": _only("caption", "photo-para", "the line below or above names a photographer"),
    "names-photographer": _only("caption", "photo-para", "a photographer above a caption"),
    "heads-picture": _only("picture", "", "a heading above a caption and its photographer"),
    "picture-above": _only("", "credit photo-para", "a caption's photographer"),
    "names-writer": _only("", "byline", "a name right below a headline"),
    "running-head": _only("furniture", "", "the paper, its day and the number of the page"),
    "letter-above": _only("", "byline", "who wrote a letter stands below it, in its box"),
    "below-head": _only("", "*", "text goes with what heads its box"),
    "row-again": _only("", _GO_ON_AS_TEXT, "a row goes with the row above it"),
    "below-table-head": _only("", _GO_ON_AS_TEXT, "nor does the first row below its heading"),
    "first-row": _only("headless", _GO_ON_AS_TEXT, "figures head nothing"),
    "heads-table": _only("notice", "title", "prices, rates, hours stand below it"),
    "heads-results": _only("article", "title", "who won stands below it"),
    "page-number": _only("furniture", "", "a number between dashes is the page's"),
    "kin-and-friends": _only("", "obit-para obit-join sign", "whom a family tells of a death"),
    "names-the-dead": _only("obituary", "", "a name above a death and a funeral"),
    "pure-notice": _only("notice furniture repeat", "title", "its last word says what it is"),
    "counts-on": _only("", "*", "2 goes with 1, and 1 with what announces it"),
    "verse": _only("headless slogan", _GO_ON_AS_TEXT, "a poem heads nothing, and is headed"),
    "first-verse": _only("headless", _GO_ON_AS_TEXT, "nor does its first line"),
    "verse-again": _only("", _GO_ON_AS_TEXT, "a line of a poem goes with the one above it"),
    "advertises": _only("notice", "notice-para", "an advertisement is no report"),
    "heads-advertisement": _only("notice", "", "who advertises stands above it"),
    "below-advertiser": _only("", "notice-para", "and what he says below him"),
    "item-again": _only("", "*", "an item with the sign of the one above goes with it"),
    "item-in-box": _only("", "*", "an item goes with the list above it"),
    "box-heading": _only("article furniture repeat", "", "a box beside a report begins"),
}

#: What opens so does not go on with a sentence.
BEGINS_ANEW = frozenset(
    {
        "notice-opening",
        "family-notice",
        "jump-line",
        "continued-from",
        "old-item",
        "contents",
        "salutation",
        "interview",
        "bracketed",
        "below-head",
        "row-again",
        "first-row",
        "counts-on",
        "verse",
        "first-verse",
        "verse-again",
        "advertises",
    }
)
#: What is said or shaped so ends where it ends: no column cut it.
ENDS = frozenset({"jump-line", "ends-signed", "table-row", "verse", "first-verse", "verse-again"})
#: What says so goes with the block right before it.
_WITH_THE_LAST = frozenset(
    {"below-head", "item-in-box", "item-again", "row-again", "below-table-head", "counts-on"}
    | {"verse-again", "below-advertiser"}
)
#: What opens so stands first in its piece, below a headline or without one.
_FIRST = frozenset({"continued-from", "old-item", "notice-opening", "salutation", "death-entry"})
#: Only its heading, its words or those below the heading make a notice one of a death.
_TELLS_A_DEATH = frozenset({"death-words", "kin-start", "funeral", "death-heading", "death-below"})
#: Headings with a full stop are those of old papers: DIED. or a name in capitals.
_DEATH_HEADINGS = frozenset({"death-heading", "all-capitals"})
#: What opens so is a sentence of its own, though it may be short.
_OPENS = frozenset({"dateline", "opens-sentence"})
#: A short line many of whose words come again right below heads that text: no sentence goes on so,
#: nobody signs so, and a slogan stands beside whatever is printed there.
_NAMES_WHAT_FOLLOWS = frozenset({"words-below-4", "words-below-5", "words-next-4", "words-next-5"})
#: What is told or signed so stands under a picture, not in an article.
_OF_PICTURES = frozenset({"picture-start", "photographer"})
#: Headings of notices that may run into the sentence below them.
_RUN_IN = frozenset({"notice-heading", "notice-opening", "thanks"})
#: Right below an English headline stands what it heads: a deck, who wrote it, its text.
_BELOW_A_HEADLINE = frozenset({"last-label=article", "last-label=title", "below-bulletin"})
#: How reports open.
_REPORTS = frozenset({"dateline", "reports", "happened"})
#: The names of sections, boxes and series stand above text; they are not longer than this.
_STANDS_ABOVE = frozenset({"bulletin", "box-heading", "section-heading", "heads-list"})
_LONGEST_SECTION = 8
#: Who signs: kin, an office, whom to ask.
_SIGNERS = frozenset({"kin-signature", "office-signature", "contact", "contact-line", "byline"})
#: What stands above reports and letters, not above a notice.
_OF_ARTICLES = frozenset({"bulletin", "section-heading", "box-heading"})
#: Roles of what heads a text, and of text and what stands below it.
_HEADING_ROLES = frozenset({"headline", "heading", "subhead", "slogan"})
_TEXT_ROLES = frozenset({"paragraph", "caption", "signature", "credit", "slogan"})
#: Of a line so shaped that gives a number after a colon: where to call, or to write.
_CONTACTS = frozenset({"contact-line", "contact"})
_GIVES_NUMBER = frozenset({"colon-inside", "number-in"})
#: A text longer than this with a full stop inside is no headline, be it a deck: characters in
#: Chinese, words in English.
_LONGEST_DECK = 48
#: Nor is a shorter one in Chinese, where the full stop stands inside.
_LONGEST_STOPPED = 16
#: Words of a line in capitals that heads what stands below it.
_CAPITALS = 6
#: Nothing further down goes on with a line.
_NOT_GONE_ON = frozenset({"no-head-ahead", "open-line-0"})
#: A Chinese heading with a space inside and of so many characters is set in two rows.
_TWO_ROWS = 14
#: A sentence longer than this is no slogan.
_LONGEST_SLOGAN = 36
#: A line as short as this, without a full stop, heads an item in a series of short ones.
_LONGEST_ITEM = 20
#: A line that says who wrote a report, or where it comes from, is not longer than this.
_LONGEST_BYLINE = 40

_BEGIN = [label for label in LABEL.values() if label.begins]
_GO_ON = [label for label in LABEL.values() if not label.begins]


def beginnings(fact: Facts, evidence: Mapping[str, float]) -> list[Label]:
    """The labels with which the block may begin a piece."""
    kept = _ANY.intersection(*(ONLY[name].begin for name in ONLY.keys() & evidence.keys()))
    known = len(kept) == 1
    return [
        label
        for label in _BEGIN
        if label.name in kept and (known or _may_begin(label, fact, evidence))
    ]


def continuations(piece: Open, fact: Facts, evidence: Mapping[str, float]) -> list[Label]:
    """The labels with which the block may go on with `piece`."""
    kept = _ANY.intersection(*(ONLY[name].go_on for name in ONLY.keys() & evidence.keys()))
    if not kept or not _may_follow(piece, fact, evidence):
        return []
    return [
        label for label in _GO_ON if label.name in kept and _may_go_on(label, piece, fact, evidence)
    ]


def _names_what_follows(evidence: Mapping[str, float]) -> bool:
    return not _NAMES_WHAT_FOLLOWS.isdisjoint(evidence)


def may_join(tail: Facts, head: Facts) -> bool:
    """Whether `head` may go on with the last sentence of `tail`.

    What a quotation left open is not opened again before it is closed, but by a paragraph; a
    dateline opens a report, and a common word with a capital letter a sentence. A short line that
    begins with a capital and ends without a stop is a heading: what a column left of a sentence
    begins small, or goes on to its end.
    """
    if not head.names.isdisjoint(_OPENS):
        return False
    if head.shape == "short" and "ends-open" in head.names and head.text[:1].isupper():
        return HAN.search(head.text) is not None
    return not (tail.opens and head.text.startswith(tail.opens[-1]))


def _may_begin(label: Label, fact: Facts, evidence: Mapping[str, float]) -> bool:
    if not _may_be(label, fact, evidence):
        return False
    if label.kind == "obituary" and _TELLS_A_DEATH.isdisjoint(evidence):
        return False
    if label.name == "obituary" and "ends-stop" in fact.names:
        return not fact.names.isdisjoint(_DEATH_HEADINGS)
    if "contents" in fact.names:
        return label.name == ("headless" if "ends-stop" in fact.names else "furniture")
    match label.name:
        case "notice" if not fact.names.isdisjoint(_RUN_IN):
            return True
        case "notice" if fact.shape == "short" and not fact.names.isdisjoint(_OF_ARTICLES):
            return False
        case "furniture" if "page-header" in fact.names:
            return True  # an old paper ends its running head with a full stop
        case "furniture" if "section-heading" in fact.names:
            return False
        case "furniture" | "notice":  # no heading and no running head is a sentence
            return "ends-stop" not in fact.names
        case "slogan":
            deck = not HAN.search(fact.text) and not _BELOW_A_HEADLINE.isdisjoint(evidence)
            return _may_be_slogan(fact) and not deck and not _names_what_follows(evidence)
        case "caption":  # without a word of a picture it reads as a report does
            return not fact.names.isdisjoint(("photo", "photographer"))
        case "article":
            return "first-item" not in evidence
        case "repeat":
            return "copy-above" in evidence or "copy-below" in evidence
    return True


def _may_be(label: Label, fact: Facts, evidence: Mapping[str, float]) -> bool:
    """Whether a block may have the label's role, wherever it goes."""
    if label.role in _HEADING_ROLES and _heads_nothing(fact):
        return False
    if label.role == "paragraph" and _can_only_head(fact, evidence):
        return False
    if not _stands_above(fact):
        return True
    return label.role not in _TEXT_ROLES and (label.role != "byline" or fact.shape == "byline")


def _heads_nothing(fact: Facts) -> bool:
    """Whether a text cannot head another: by what it says, or because it is sentences at length."""
    if "signed-off" in fact.names:
        return True
    if not fact.names.isdisjoint(_RUN_IN):
        return False  # of a small notice all may stand in its heading
    if not fact.names.isdisjoint(("bracketed", "ends-grammar")):
        return True
    if "editors" in fact.names and "sentences" not in fact.names:
        return True
    if fact.shape in _CONTACTS and fact.names >= _GIVES_NUMBER:
        return True
    if fact.length > _LONGEST_STOPPED and "。" in fact.text[:-1]:
        return True
    return "sentences" in fact.names and fact.length > _LONGEST_DECK


def _can_only_head(fact: Facts, evidence: Mapping[str, float]) -> bool:
    """Whether a line is no text: a few words in capitals, or what stands right above a dateline.

    The latter unless its sentence goes on further down: then a column was cut there.
    """
    if "all-capitals" in fact.names and "noise" not in fact.names:
        return fact.length <= _CAPITALS
    if fact.block.box or "after=dateline" not in evidence:
        return False
    short = fact.shape == "short" and fact.length <= _LONGEST_ITEM
    return short and bool(HAN.search(fact.text)) and not _NOT_GONE_ON.isdisjoint(evidence)


def _stands_above(fact: Facts) -> bool:
    """Whether it is the name of a section or box, or the first line of a box, above its text."""
    short = fact.shape == "short" and fact.length <= _LONGEST_SECTION
    return "heads-box" in fact.names or (short and not fact.names.isdisjoint(_STANDS_ABOVE))


def _may_be_slogan(fact: Facts) -> bool:
    """A slogan reports nothing that has happened; no sentence follows a full stop; it is short.

    It is no aside in brackets either: that is a word to what stands above; and no item of a list.
    """
    if not fact.names.isdisjoint((*_REPORTS, "list-start", "latin")):
        return False
    if "。" in fact.text[:-1] or fact.text[:1] in "（(":
        return False
    return "ends-stop" not in fact.names or fact.length <= _LONGEST_SLOGAN


def _may_follow(piece: Open, fact: Facts, evidence: Mapping[str, float]) -> bool:
    """Whether the block may go on with the piece at all."""
    if not fact.names.isdisjoint(_WITH_THE_LAST) and piece.last != fact.block.index - 1:
        return False
    if piece.paragraphs and not fact.names.isdisjoint(_FIRST):
        return False
    if "dateline" in fact.names and piece.dated and not piece.headed:
        return False  # agencies' briefs stand below one another without headlines
    if "dateline" in fact.names and piece.paragraphs and piece.kind in ("notice", "obituary"):
        return False  # news opens with it
    if piece.ended and piece.kind == "notice" and not fact.names.isdisjoint(LONG):
        return False  # a notice ends with who signs it
    if "family-notice" in fact.names and piece.kind != "obituary":
        return False
    if "contents" in fact.names and (piece.tail is None or "contents" not in piece.tail.names):
        return False
    if "interview" in fact.names and piece.kind != "article":
        return False
    if "picture-above" in evidence:
        return piece.kind == "photo" and piece.last == fact.block.index - 1
    return piece.letter or "letter-above" not in evidence


def _may_go_on(label: Label, piece: Open, fact: Facts, evidence: Mapping[str, float]) -> bool:
    if label.kind is not None and label.kind != piece.kind:
        return False
    if not _may_be(label, fact, evidence):
        return False
    if piece.credited and label.role != "credit" and piece.role == "credit":
        return False  # what names its source in brackets of their own has ended
    if label.name in ("para", "join") and not _may_be_paragraph(piece, fact):
        return False
    if label.joins:
        if fact.shape == "short" and _names_what_follows(evidence):
            return False
        tail = piece.tail
        return tail is not None and fact.names.isdisjoint(BEGINS_ANEW) and may_join(tail, fact)
    if label.role in ("byline", "credit") and fact.length > _LONGEST_BYLINE:
        return False
    if label.role in ("byline", "signature") and _names_what_follows(evidence):
        return False
    match label.name:
        case "obit-para" | "notice-para" if fact.text[:1].islower():
            return False  # it goes on with a sentence, and of a notice the sentence is there
        case "title":
            heading = piece.headed and not piece.paragraphs and not piece.bulletin
            return heading and piece.kind in ("article", "obituary")
        case "sign":
            signs = piece.kind in ("obituary", "notice") and piece.paragraphs > 0
            return signs and _may_sign(fact)
        case "credit":
            return piece.kind in ("article", "photo") and piece.paragraphs > 0
        case "subhead":
            return _may_have_subhead(piece, fact, evidence)
        case "photo-para":
            return piece.role == "picture" or "pictured" in evidence
    return True


def _may_sign(fact: Facts) -> bool:
    """Whether a line can be a signature: in Latin letters it says whose, or is all names."""
    if HAN.search(fact.text) or not fact.names.isdisjoint(_SIGNERS):
        return True
    return all(not word[0].islower() or word == "and" for word in fact.text.split())


def _may_be_paragraph(piece: Open, fact: Facts) -> bool:
    """Whether it may be a paragraph of an article."""
    if not fact.names.isdisjoint(_OF_PICTURES):
        return False
    if "closes-box" in fact.names and fact.shape in ("byline", "credit"):
        return False
    item = piece.bulletin and fact.shape == "short" and fact.length <= _LONGEST_ITEM
    return not item or not fact.names.isdisjoint(("timetable", "interview"))


def is_plain(fact: Facts) -> bool:
    """Whether a Chinese heading is short and of one row: 乡亲有了新渡口."""
    return fact.length < _TWO_ROWS and "space-inside" not in fact.names


def _is_in_two_rows(fact: Facts) -> bool:
    """Whether a Chinese heading is of two halves, set in a row each: 俄称击退进攻 乌称夺回村庄."""
    two = fact.length >= _TWO_ROWS and "space-inside" in fact.names
    return two and bool(HAN.search(fact.text))


def _may_have_subhead(piece: Open, fact: Facts, evidence: Mapping[str, float]) -> bool:
    """Whether a heading may be one of the piece's subheads.

    What is printed twice is a headline: no teaser is made of a subhead. Letters have none. The
    subheads of one article are set alike: after short ones of one row, a heading of two halves is
    a headline.
    """
    if piece.plain and _is_in_two_rows(fact):
        return False
    twice = "copy-above" in evidence or "copy-below" in evidence
    closed = piece.credited or (piece.tail is not None and "attended" in piece.tail.names)
    return piece.kind in ("article", "notice") and not (twice or closed or piece.letter)

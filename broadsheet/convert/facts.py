"""Block -> facts: what can be said of one block by looking at it alone.

A fact is a short name (`ends-open`, `dateline`, `length-3`). Patterns find some: see `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set

import msgspec

from broadsheet.convert.draft import Block
from broadsheet.convert.language import HAN, fold
from broadsheet.convert.marks import CHINESE_MARKS, ENGLISH_MARKS, Mark
from broadsheet.convert.page_header import is_running_head
from broadsheet.convert.verse import is_verse
from broadsheet.piece import Language


class Facts(msgspec.Struct, frozen=True):
    """What is known of one block before its neighbours are looked at."""

    block: Block
    text: str  #: folded, for patterns and the dictionary
    length: int  #: characters without spaces (Chinese), words (English)
    names: frozenset[str]  #: the facts that hold
    shape: str  #: the one word that sums the block up for its neighbours
    words: frozenset[str]  #: content words, for cohesion
    closes: str  #: marks that close at its start what an earlier block opened
    opens: str  #: marks that are open at its end

    @property
    def is_open(self) -> bool:
        """Whether its last sentence goes on elsewhere."""
        return "ends-open" in self.names or "ends-comma" in self.names

    @property
    def is_speck(self) -> bool:
        """Whether it has no letter and no digit: dirt that a scan read, or a rule."""
        return not any(map(str.isalnum, self.text))


#: Marks that end a sentence, and those that may stand after them.
_STOP = "。！？!?…．"
#: Ends of a report from the time when one mark served as comma and as full stop.
_OLD_STOPS = (".", "云、", "钦此", "矣、", "焉、")
_CLOSING = "”’」』》〉）)】]\"'"
#: Words that no sentence begins with, as a dictionary parts them.
_BEGINS_NO_SENTENCE = re.compile(
    "[的了着们过得地之性化等和与及或者里内间时所员度率量区市县省年月日亿万元个名次项来出则就称]|"
    "以及|等等|方面|之间|以来|以上|以下|期间|左右|千米|公里|公斤|万元|亿元|人民币"
)
#: An office of the place where the paper is printed does begin one: 县农科站, 市卫健委, 省里.
_OFFICE = re.compile(
    r"[省市县区](?:里|[\u4e00-\u9fff]{1,10}?(?:局|委|厅|院|站|社|部|会|办|处|所|队|府|馆|公司|中心))"
)
#: A saying whose speaker stands elsewhere.
_SAYING = re.compile("(?:说|道|称|表示|指出|认为|强调|介绍)[，,：:“]|[问答](?:[，,]|[：:]?“)")
#: An aside that is a block of its own.
_BRACKETED = re.compile("[（(][^（）()]{2,40}[）)]")
#: Words that tie what follows to what stands before, and characters from which on a line that ends
#: with one was cut: shorter headings end with anything.
_ENDS_NO_HEADING = re.compile("[在和与及把被向将而并使于以]|[一这那几两]个|以及|关于|对于|由于")
_HEADING = 12
#: The name of a Chinese paper in Latin letters stands among so many first blocks.
_MASTHEAD = 4
#: A short heading is spread over its column: 声　明.
_SPREAD = re.compile(r"\S(?: \S){1,4}")
_CHINESE_LENGTHS = (4, 8, 13, 18, 24, 32, 48, 90)
_ENGLISH_LENGTHS = (2, 4, 6, 9, 12, 16, 25, 50)
#: Words of the longest heading in capitals, and the share of its letters that are.
_LONGEST_HEADING, _CAPITALS = 20, 0.75
_PAIRS = {
    "”": "“",
    "》": "《",
    "〉": "〈",
    "）": "（",
    ")": "(",
    "」": "「",
    "』": "『",
    "】": "【",
}
_OPENING = frozenset(_PAIRS.values())
#: The first that holds sums a block up.
_SHAPES = (
    "page-header",
    "death-heading",
    "notice-heading",
    "credit",
    "byline",
    "contact-line",
    "contact",
    "photo",
    "funeral",
    "kin-signature",
    "office-signature",
    "dateline",
)
_SHORT_SHAPES = frozenset({"kin-signature", "office-signature"})
#: Longer than any line.
LONG = frozenset({"length-6", "length-7", "length-8"})


def observe(blocks: list[Block], language: Language) -> list[Facts]:
    """The facts of every block. `language` chooses the marks and how length is counted."""
    look = _observe_english if language == "en" else _observe_chinese
    return [look(block) for block in blocks]


def _observe_chinese(block: Block) -> Facts:
    text = fold(block.text)
    length = len(re.sub(r"\s", "", text))
    names = {f"length-{_bin(length, _CHINESE_LENGTHS)}"}
    spaced = re.sub(r"[ \u3000]+", " ", text)
    if _SPREAD.fullmatch(spaced):
        spaced = spaced.replace(" ", "")
    names |= _marks(spaced, length, CHINESE_MARKS) | _ends(text) | _common(block, text)
    if text[:1] in "，。、；：！？,;:!?" + _CLOSING:
        names.add("starts-closing")
    if length <= 60 and re.search(r"\S[ \u3000]+\S", text):
        names.add("space-inside")
    if length <= 40:
        names |= _parallels(text)
    if _BEGINS_NO_SENTENCE.fullmatch(first_word(text)) and not _OFFICE.match(text):
        names.add("midword")
    if _SAYING.match(text):
        names |= {"midword", "saying"}
    if _BRACKETED.fullmatch(text):
        names.add("bracketed")
    if is_running_head(text):
        names |= {"page-header", "running-head"}
    if length >= _HEADING and _ENDS_NO_HEADING.fullmatch(last_word(text)):
        names.add("ends-grammar")
    if re.search("[A-Za-z]", text) and not HAN.search(text):
        names.add("latin")
        if block.index < _MASTHEAD and not names & LONG:
            names.add("masthead")
    return _facts(block, text, length, names, _chinese_words)


def _parallels(text: str) -> set[str]:
    """Parts of equal length, or beginning alike, as slogans and couplets have them."""
    parts = re.split(r"[ \u3000，,；;]+", text.strip("。！!"))
    if len(parts) < 2:
        return set()
    names = {"equal-halves"} if len({len(part) for part in parts}) == 1 else set()
    return names | ({"begin-alike"} if len({part[:1] for part in parts}) == 1 else set())


def _observe_english(block: Block) -> Facts:
    text = block.text
    words = text.split()
    names = {f"length-{_bin(len(words), _ENGLISH_LENGTHS)}"}
    names |= _marks(text, len(words), ENGLISH_MARKS) | _ends(text) | _common(block, text)
    if text[:1] in ",.;:!?)]”’":
        names.add("starts-closing")
    if len(words) <= _LONGEST_HEADING and _in_capitals(text):
        names.add("all-capitals")
    if "jump-line" in names:
        names.discard("page-header")  # the page that it names is another
    return _facts(block, text, len(words), names, _english_words)


def _in_capitals(text: str) -> bool:
    """Headings of old papers are in capitals; a scan misreads some of them as small letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) >= max(3, _CAPITALS * len(letters))


def first_word(text: str) -> str:
    """The first word, as the dictionary parts Chinese; empty when there is none."""
    if text[:1].isascii():
        return next(iter(text.split(maxsplit=1)), "")
    import rjieba

    words = rjieba.cut(text[:8], False)
    return words[0] if words else ""


def last_word(text: str) -> str:
    """The last word, as the dictionary parts Chinese; empty when there is none."""
    if text[-1:].isascii():
        return next(iter(reversed(text.rsplit(maxsplit=1))), "")
    import rjieba

    words = rjieba.cut(text[-8:], False)
    return words[-1] if words else ""


def _facts(
    block: Block, text: str, length: int, names: set[str], words: Callable[[str], frozenset[str]]
) -> Facts:
    closes, opens = _balance(text)
    names |= {"closes-early"} if closes else set()
    names |= {"leaves-open"} if opens else set()
    shape = shape_of(names)
    return Facts(block, text, length, frozenset(names), shape, words(text), closes, opens)


def _marks(text: str, length: int, marks: tuple[Mark, ...]) -> set[str]:
    return {m.name for m in marks if length <= m.longest and m.pattern.search(text)}


def _ends(text: str) -> set[str]:
    """How the block ends: with a full stop, a comma, a colon, a bracket, or in mid-sentence."""
    core = text.rstrip(_CLOSING + " ")
    if (core[-1:] and core[-1] in _STOP) or core.endswith(_OLD_STOPS):
        return {"ends-stop"}
    if core[-1:] and core[-1] in "：:":
        return {"ends-colon"}
    if core[-1:] and core[-1] in "，、；,;—":
        return {"ends-comma"}
    return {"ends-bracket", "ends-open"} if text.endswith(("）", ")")) else {"ends-open"}


def _common(block: Block, text: str) -> set[str]:
    names = set()
    if len(block.rows) > 1:
        names.add("many-rows" if len(block.rows) > 3 else "few-rows")
    if is_verse(block.rows):
        names.add("verse")
    if re.search(r"[，,；;]", text):
        names.add("comma-inside")
    if re.search(r"[。！？]\S|[.!?] +[A-Z]", text):
        names.add("sentences")
    if "……" in text or "..." in text:
        names.add("ellipsis")
    if _noise(text):
        names.add("noise")
    return names


def _noise(text: str) -> bool:
    """Whether less than two thirds of the characters are letters, digits or spaces: bad OCR."""
    plain = sum(c.isalnum() or c.isspace() for c in text)
    return len(text) > 5 and plain < 0.67 * len(text)


def shape_of(names: Set[str]) -> str:
    """The one word that sums up a block with these facts."""
    short = not (names & LONG)
    for shape in _SHAPES:
        if shape in names and (short or shape not in _SHORT_SHAPES):
            return shape
    if "midword" in names and "starts-closing" in names:
        return "tail"
    stop = "ends-stop" in names
    if short:
        return "short-stop" if stop else "short"
    return "closed" if stop else "open"


def _balance(text: str) -> tuple[str, str]:
    """(closing marks whose opening is missing, opening marks left open), in order.

    Single quotes are left out, they are apostrophes too. A straight quote opens after a space.
    """
    opened: list[str] = []
    closes = ""
    before = " "
    for character in text:
        mark = character
        if mark == '"':
            mark = "“" if before in " (—-[" else "”"
        if mark in _OPENING:
            opened.append(mark)
        elif mark in _PAIRS:
            if opened and opened[-1] == _PAIRS[mark]:
                opened.pop()
            elif mark not in ")）" or not opened:
                closes += mark
        before = character
    return closes, "".join(opened)


def _bin(value: int, limits: tuple[int, ...]) -> int:
    return sum(value > limit for limit in limits)


def _chinese_words(text: str) -> frozenset[str]:
    import rjieba

    return frozenset(w for w in rjieba.cut(text) if len(w) > 1 and (HAN.match(w) or len(w) > 2))


_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}")
_COMMON_ENGLISH = frozenset(
    [
        "the",
        "and",
        "for",
        "that",
        "with",
        "was",
        "were",
        "are",
        "his",
        "her",
        "she",
        "they",
        "has",
        "had",
        "have",
        "been",
        "from",
        "this",
        "but",
        "not",
        "who",
        "will",
        "said",
        "their",
        "which",
        "would",
        "there",
        "when",
        "what",
        "about",
        "more",
        "than",
        "also",
        "after",
        "into",
        "could",
        "one",
        "all",
        "out",
        "its",
        "our",
        "you",
        "your",
        "some",
        "other",
        "over",
        "them",
        "can",
        "him",
        "did",
        "may",
        "two",
        "said",
        "new",
        "where",
        "being",
        "made",
        "upon",
        "such",
        "these",
        "those",
        "very",
        "any",
        "only",
        "most",
        "then",
        "while",
        "before",
        "under",
        "between",
        "through",
        "during",
        "much",
        "many",
        "how",
        "just",
        "like",
    ]
)


def _english_words(text: str) -> frozenset[str]:
    found = (word.lower().split("'")[0].split("’")[0] for word in _ENGLISH_WORD.findall(text))
    return frozenset(w.rstrip("s") for w in found if w not in _COMMON_ENGLISH)

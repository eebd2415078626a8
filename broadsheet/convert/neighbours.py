"""Facts -> facts: what a block's neighbours tell of it.

Text boxes are what a page keeps of its layout: a line that shares a box with text heads or closes
it. A sign opens the items of a list, or points from a caption; in a conversation the same speakers
come again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from broadsheet.convert.dates import number
from broadsheet.convert.facts import LONG, Facts, shape_of
from broadsheet.convert.verse import is_verse

#: What points from a caption to the picture, or opens each item of a list.
_POINTER = re.compile("[▲▼△▽◀▶]")
#: What opens an item of a list.
_SIGN = re.compile("[●○□■◆◇★☆▲△▼▽※]")
#: Who speaks, before each part of a conversation.
_SPEAKER = re.compile(r"([^，。：:“”、\s\d]{1,8})[：:]")
#: A line of a box of facts: 停航：一九九六年.
_DATA = re.compile(r"[^，。：:]{1,10}[：:][^，。]{1,60}")
#: Lines that stand below one another.
_ITEMS = frozenset({"timetable", "list-start", "interview"})
#: What is no line that heads or closes a text; a family notice sets the name of the dead apart.
_NO_LINE = LONG | _ITEMS | {"ends-stop", "ends-comma", "ends-colon", "noise", "kin-start"}
#: Nor is a line of this length with sentences in it; a shorter one has initials: Walter H. Stroud.
_TWO_SENTENCES = frozenset({"sentences", "length-5"})
#: What the paper says of itself is no text below a heading.
_OF_THE_PAPER = frozenset({"page-header", "contact-line"})
#: Characters or words of the longest line that is no text though a full stop ends it.
_LINE = 6
#: What stands below one another: figures, and hours with what begins then.
_ROWS = frozenset({"table-row", "timetable"})
#: A word with a capital letter, and one in small letters that begins no block.
_CAPITAL = re.compile(r"[A-Z][a-z']*(?![\w-])")
_SMALL_WORD = re.compile(r"(?<=[\w,;] )[a-z]+(?![\w'’-])")
#: Words that no name begins with.
_FUNCTION_WORD = re.compile(
    "an?|the|this|that|these|those|in|on|at|of|to|by|for|from|with|after|before|when|while|as|if|but"
    "|and|or|so|he|she|it|we|they|you|his|her|its|our|their|there|here|not|no|what|who|how|why|where"
)
#: Who won, and how the match ended: ①李望; Boston 2, Detroit 1.
_RESULT = re.compile(r"①|^[A-Z].* \d{1,3}[,;] [A-Z].* \d{1,3}\.?$")
#: The number of a paragraph or item: 一、, 2．, （三）.
_NUMBER = re.compile(r"[（(]?([一二三四五六七八九十]{1,3}|\d{1,2})[、．.）)](?!\d)")
#: Lines of the shortest poem of which each is a block of its own.
_POEM = 4
#: What is no line of a poem.
_NO_VERSE = frozenset(
    {"byline", "names-only", "page-header", "notice-heading", "death-heading", "table-row", "photo"}
    | {"office-signature", "kin-signature", "contact", "contact-line", "list-start", "credit"}
)
#: What the line above an advertisement looks like.
_ADVERTISERS = frozenset({"short", "notice-heading", "office-signature"})
#: Where boxes have more blocks than this, blank lines were not kept, and they tell little.
_BLOCKS_OF_A_BOX = 5


def look_around(facts: list[Facts]) -> list[Facts]:
    """The facts of every block, with those that its neighbours give."""
    facts = _lists_told_apart(facts)
    told = map(
        _all,
        _places_in_boxes(facts),
        _conversations(facts),
        _signed_items(facts),
        _tables(facts),
        _numbered(facts),
        _poems(facts),
        _advertisements(facts),
        _sentences_opened(facts),
    )
    return [
        msgspec.structs.replace(fact, names=_with(fact.names, more)) if more else fact
        for fact, more in zip(facts, told, strict=True)
    ]


def _all(*names: set[str]) -> set[str]:
    return set().union(*names)


def _with(names: frozenset[str], more: set[str]) -> frozenset[str]:
    """Both, but text below a name is no entry in the column of deaths."""
    return names | more if "below-head" not in more else names - {"death-entry"} | more


def _lists_told_apart(facts: list[Facts]) -> list[Facts]:
    """▲ points from a caption to its picture; where a neighbour has one too, it opens an item."""
    pointed = [False, *(bool(_POINTER.match(fact.text)) for fact in facts), False]
    return [
        _as_item(fact) if pointed[number] and (pointed[number - 1] or pointed[number + 1]) else fact
        for number, fact in enumerate(facts, start=1)
    ]


def _as_item(fact: Facts) -> Facts:
    names = fact.names - {"photo", "picture-start"} | {"list-start"}
    return msgspec.structs.replace(fact, names=names, shape=shape_of(names))


def _signed_items(facts: list[Facts]) -> list[set[str]]:
    """Which items open with the sign of the one above, and which line stands above the first.

    市场扫描, below it △活鱼跌价 and △羽绒服上市. Before modern punctuation each was a report.
    """
    signs = [
        match[0] if (match := _SIGN.match(fact.text)) and "old-item" not in fact.names else ""
        for fact in facts
    ]
    found = []
    for fact, above, here, below in zip(facts, ["", *signs], signs, [*signs[1:], ""], strict=False):
        heads = below and not here and fact.names.isdisjoint(_NO_LINE)
        found.append(
            {"item-again"} if here and here == above else {"heads-list"} if heads else set()
        )
    return found


def _conversations(facts: list[Facts]) -> list[set[str]]:
    """Which blocks are parts of a conversation: someone speaks again and again, and asks."""
    said: dict[str, set[str]] = {}
    speakers = [match[1] if (match := _SPEAKER.match(fact.text)) else "" for fact in facts]
    for fact, speaker in zip(facts, speakers, strict=True):
        said.setdefault(speaker, set()).add(fact.text)
    said.pop("", None)
    if not any(sum(text.endswith("？") for text in texts) > 1 for texts in said.values()):
        return [set() for _ in facts]
    return [{"interview"} if len(said.get(speaker, ())) > 1 else set() for speaker in speakers]


def _tables(facts: list[Facts]) -> list[set[str]]:
    """Which rows of a table follow one another, and which line stands above the first.

    昨日菜价, below it 单位：元, 黄瓜　2.80 and 豇豆　4.10. A single row is a line like any other.
    """
    rows = [False, *(not _ROWS.isdisjoint(fact.names) for fact in facts), False]
    found: list[set[str]] = [set() for _ in facts]
    for index in range(len(facts)):
        here, above, below = rows[index + 1], rows[index], rows[index + 2]
        if here and above:
            found[index] = {"row-again"}
        elif here and below:
            found[index] = {"first-row"}
            units = index > 0 and "units" in facts[index - 1].names
            head = index - 1 - units
            if head >= 0 and _may_head(facts[head]):
                results = _RESULT.search(facts[index].text)
                found[head] = {"heads-results" if results else "heads-table"}
                for under in range(head + 1, index + 1):
                    found[under].add("below-table-head")
    return found


def _may_head(fact: Facts) -> bool:
    return fact.names.isdisjoint(_NO_LINE | {"table-row", "page-header"})


def _numbered(facts: list[Facts]) -> list[set[str]]:
    """Which paragraphs count on: 一、 below 事项如下：, 二、 below 一、."""
    numbers = [_number_of(fact.text) for fact in facts]
    colons = ["ends-colon" in fact.names for fact in facts]
    return [
        {"counts-on"} if (here == 1 and colon) or (here > 1 and here == above + 1) else set()
        for above, colon, here in zip([0, *numbers], [False, *colons], numbers, strict=False)
    ]


def _number_of(text: str) -> int:
    """The number that a paragraph opens with; 0 when there is none."""
    match = _NUMBER.match(text)
    return (number(match[1]) or 0) if match else 0


def _poems(facts: list[Facts]) -> list[set[str]]:
    """Which lines of a poem are blocks of their own: several in a row that are verse together."""
    found: list[set[str]] = [set() for _ in facts]
    for index in range(1, len(facts)):
        if "verse" in facts[index - 1].names & facts[index].names:
            found[index] = {"verse-again"}  # the next stanza
    start = 0
    while start < len(facts):
        end = start
        while end < len(facts) and _may_be_line_of_verse(facts[end]):
            end += 1
        if end - start >= _POEM and is_verse([fact.text for fact in facts[start:end]]):
            found[start] = {"first-verse"}
            found[start + 1 : end] = [{"verse-again"} for _ in range(start + 1, end)]
        start = max(end, start + 1)
    return found


def _may_be_line_of_verse(fact: Facts) -> bool:
    return len(fact.block.rows) == 1 and fact.names.isdisjoint(LONG | _NO_VERSE)


def _advertisements(facts: list[Facts]) -> list[set[str]]:
    """Which line stands above an advertisement: the shop, the theatre, what is sold."""
    found: list[set[str]] = [set() for _ in facts]
    for index in range(1, len(facts)):
        above, here = facts[index - 1], facts[index]
        line = above.shape in _ADVERTISERS and _may_head(above)
        if line and "advertises" in here.names - above.names:
            found[index - 1] = {"heads-advertisement"}
            found[index] = {"below-advertiser"}
    return found


def _sentences_opened(facts: list[Facts]) -> list[set[str]]:
    """Which blocks open with a common word in a capital letter: one printed small elsewhere."""
    opened = [match[0] if (match := _CAPITAL.match(fact.text)) else "" for fact in facts]
    if not any(opened):
        return [set() for _ in facts]
    small = {word for fact in facts for word in _SMALL_WORD.findall(fact.text)}
    common = {word for word in opened if word and _is_common(word.lower(), small)}
    return [{"opens-sentence"} if word in common else set() for word in opened]


def _is_common(word: str, small: set[str]) -> bool:
    return word in small or bool(_FUNCTION_WORD.fullmatch(word))


def _places_in_boxes(facts: list[Facts]) -> list[set[str]]:
    """What its box tells of each block: which lines head the text in it and which close it.

    A row that does not fill its column ends a paragraph; where no full stop ends it, it is none.
    What stands below a head in a box belongs to it, and so do items to the list above them.
    """
    boxes = list(_boxes(facts))
    kept = len(boxes) * _BLOCKS_OF_A_BOX >= len(facts)
    return [names for box in boxes for names in _places_in_box(box, kept)]


def _places_in_box(box: list[Facts], kept: bool) -> Iterator[set[str]]:
    """The names of each block of one box; `kept`: whether blank lines part the page's boxes."""
    lines = [fact.names.isdisjoint(_NO_LINE) and not fact.names >= _TWO_SENTENCES for fact in box]
    text = next((n for n, is_line in enumerate(lines) if not is_line), len(box))
    named = "box-heading" in box[0].names and lines[0]
    if named and len(box) > 1:
        text = 1  # whatever stands below it
    closing = len(box) - next((n for n, is_line in enumerate(lines[::-1]) if not is_line), 0)
    headed = 0 < text < len(box) and (named or _is_text(box[text]))
    pictured = _captions(box, lines)
    below = headed
    for place, fact in enumerate(box):
        names = set()
        if headed and place < text:
            photographer = "photographer" in fact.names
            above = "names-photographer" if photographer else "heads-picture"
            names |= {"heads-box", above} if text in pictured else {"heads-box"}
        if text < closing <= place:
            names.add("closes-box")
        below = below and (place <= text or named or (kept and not lines[place]))
        if below and place >= text:
            names.add("below-head")
            if _DATA.fullmatch(fact.text):
                names.add("data-line")
        if place and not _ITEMS.isdisjoint(fact.names & box[place - 1].names):
            names.add("item-in-box")
        if place in pictured:
            names |= {"pictured", "photo"}
        yield names


def _captions(box: list[Facts], lines: list[bool]) -> set[int]:
    """The places of captions: the line below, the last of the box, names who took the picture.

    In English papers the line with the photographer stands above as often.
    """
    found = set()
    if len(box) in (2, 3) and lines[-1] and not lines[-2] and "photo" in box[-1].names:
        found.add(len(box) - 2)
    if lines[0] and "photographer" in box[0].names:
        found |= {place for place in range(1, len(box)) if not lines[place]}
    return found


def _is_text(fact: Facts) -> bool:
    if not fact.names.isdisjoint(_OF_THE_PAPER):
        return False
    sentence = "ends-stop" in fact.names and fact.length > _LINE
    return sentence or not fact.names.isdisjoint(LONG | _ITEMS)


def _boxes(facts: list[Facts]) -> Iterator[list[Facts]]:
    """The blocks of each box: no blank line stands between them."""
    box: list[Facts] = []
    for fact in facts:
        if box and box[-1].block.lines[-1] + 1 < fact.block.lines[0]:
            yield box
            box = []
        box.append(fact)
    if box:
        yield box

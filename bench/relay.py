"""Lay the pieces of pages with golds out anew: other neighbours, other cuts, the same texts.

Weights that were fitted on few pages know their accidents. New layouts of the same pieces show the
evidence in many more situations. A layout follows what printed pages do: sentences are cut where a
column ends, articles resume after others, slogans and notices stand between, headlines get lost.
"""

from __future__ import annotations

import itertools
import random
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

#: Share of paragraphs that are cut, of articles that are interrupted, of headlines that are lost,
#: of pages that print a headline twice, of pages with a header and with a footer.
CUT, INTERRUPTED, LOST, TWICE, HEADER, FOOTER = 0.36, 0.5, 0.05, 0.05, 0.5, 0.3
#: Share of English pages that look like the scans of a nineteenth-century paper.
OLD = 0.35
#: Share of Chinese pages that open reports as papers before the 1990s did; of their reports that
#: say so in brackets; of the others that are agencies' briefs, which stand below one another
#: without headlines.
OLD_CHINESE, BRACKETED, BRIEF = 0.2, 0.6, 0.5
_BRACKETS = (
    "【本报讯】", "【本报讯】", "（本报讯）", "〔本报讯〕", "【本报花河讯】",
    "【本报记者周小满报道】", "【本报广州五日电】", "【东京八日电】", "（新华社花河五日电）",
)  # fmt: skip
_AGENCIES = (
    "新华社北京三日电　", "新华社花河十五日电 ", "据新华社日内瓦八日电 ", "中央社东京十二日电　",
    "本报县城二十日讯　", "新华社二十九日讯　",
)  # fmt: skip
_DATELINE = re.compile(r"(?:据)?(?:新华社|中新社|本报)[^，。]{0,12}?[电讯](?:（[^）]*）|[ 　])+")
#: Chance, three times for each page, that a small piece of the kind stands on it.
INSERTS = {
    "slogan": 0.45,
    "notice": 0.25,
    "obituary": 0.2,
    "caption": 0.25,
    "furniture": 0.05,
    "article": 0.12,
}
#: Share of articles that go on on another page and say so, and of English ones with a second
#: headline below the first: a sentence of their own text without its full stop.
JUMPED, DECK = 0.06, 0.2
_JUMPS = ("（下转第二版）", "（下转第三版）", "（下转A7版）", "（下转第四版）")
_ENGLISH_JUMPS = ("Continued on Page 9", "See HARBOUR, page 4", "(Continued on page 7.)")
#: Words of a second headline.
_DECK_WORDS = range(5, 15)
#: Share of interruptions that fall between two paragraphs, with nothing to join.
BETWEEN_PARAGRAPHS = 0.3


#: Share of old headings that run into their paragraph, of those that name a day or place beside
#: their subject, of old paragraphs whose last letters are torn off, and of those after which the
#: scan reads a speck as letters.
RUN_IN, BESIDE, TORN, SPECK = 0.25, 0.1, 0.1, 0.08
_BESIDE = ("Monday.", "Tuesday.", "Wednesday.", "Saturday.", "This day.", "Yesterday.", "No. 2.")

#: What a scan makes of letters.
_MISREAD = "il1t.,'-;:_~e•*ocn"


class Item(NamedTuple):
    """A piece taken from a page: its type, and the role and text of its elements in order."""

    kind: str
    elements: tuple[tuple[str, str], ...]


class Box(NamedTuple):
    """A block of a new layout, as a gold describes it."""

    piece: int
    role: str
    text: str
    joined: bool


def items_of(gold: dict[str, Any]) -> list[Item]:
    """The pieces of a gold, their paragraphs whole again."""
    kinds = {piece["id"]: piece["type"] for piece in gold["pieces"]}
    latin = gold["lang"] == "en"
    elements: dict[int, list[tuple[str, str]]] = {}
    for block in gold["blocks"]:
        mine = elements.setdefault(block["piece"], [])
        text = block["text"].strip()
        if block["role"] == "dup":
            continue
        if "join" in block and mine:
            role, before = mine[-1]
            mine[-1] = role, before + (" " if latin else "") + text
        else:
            mine.append((block["role"], text))
    return [Item(kinds[n], tuple(e)) for n, e in elements.items() if e]


def own_items(latin: bool) -> list[Item]:
    """Small pieces in words of their own, from `inserts.zh.txt` and `inserts.en.txt`."""
    text = Path(__file__).with_name(f"inserts.{'en' if latin else 'zh'}.txt").read_text("utf-8")
    items = []
    for entry in text.split("\n\n")[1:]:
        kind, *elements = entry.splitlines()
        pairs = (element.split(": ", 1) for element in elements)
        items.append(Item(kind, tuple((role, words) for role, words in pairs)))
    return items


def lay_out(
    items: list[Item], own: list[Item], latin: bool, chance: random.Random
) -> dict[str, Any]:
    """A new page made of some of the items, as the dictionary that a gold file holds.

    Most articles are those of pages; of our `own`, which are short, few stand on a page.
    """
    articles = [i for i in items if i.kind == "article" and i.elements[0][0] == "title"]
    small = {kind: [i for i in [*items, *own] if i.kind == kind] for kind in INSERTS}
    small["article"] = [i for i in own if i.kind == "article"]
    small = {kind: found or articles[:1] for kind, found in small.items()}
    furniture = [i for i in [*items, *own] if i.kind == "furniture"]
    pool = chance.sample(articles, min(len(articles), chance.choice((2, 3, 3, 4, 4, 5, 6))))
    old = chance.random() < (OLD if latin else OLD_CHINESE)
    for kind, share in INSERTS.items():
        pool += [chance.choice(small[kind]) for _ in range(3) if chance.random() < share]
    chance.shuffle(pool)
    restyle = (_in_old_print if latin else _in_old_chinese) if old else None
    page = [_dressed(item, latin, chance) for item in pool]
    page = [restyle(item, chance) if restyle else item for item in page]
    boxes = list(_flow(page, latin, chance))
    for share, place in ((HEADER, 0), (FOOTER, len(boxes))):
        if furniture and chance.random() < share:
            item = chance.choice(furniture)
            page.append(item)
            place = 0 if place == 0 else len(boxes)
            boxes.insert(place, Box(len(page) - 1, *item.elements[0], False))
    if page and chance.random() < TWICE and page[0].kind == "article":
        boxes = _printed_twice(boxes)
    return _as_gold(page, boxes, latin)


def _dressed(item: Item, latin: bool, chance: random.Random) -> Item:
    """An article with a second headline or with a line that says where it goes on, now and then."""
    elements = list(item.elements)
    if item.kind != "article" or len(elements) < 4 or elements[0][0] != "title":
        return item
    if chance.random() < JUMPED:
        jump = chance.choice(_ENGLISH_JUMPS if latin else _JUMPS)
        elements = [e for e in elements if e[0] != "credit"] + [("para", jump)]
    if latin and elements[1][0] != "title" and chance.random() < DECK:
        text = " ".join(words for role, words in elements if role == "para")
        sentences = re.findall(r"[A-Z][^.!?\"“”]+(?=\.)", text)
        short = [s for s in sentences if len(s.split()) in _DECK_WORDS]
        if short:
            deck = chance.choice(short)
            elements.insert(1, ("title", deck.upper() if chance.random() < 0.3 else deck))
    return Item(item.kind, tuple(elements))


def _in_old_print(item: Item, chance: random.Random) -> Item:
    """Headings in capitals with a full stop, narrow hard-wrapped columns, misread letters."""
    noise = chance.choice((0.0, 0.01, 0.03, 0.08))
    elements: list[tuple[str, str]] = []
    for role, text in item.elements:
        if role in ("title", "subhead"):
            elements.append((role, _old_heading(text, noise, chance)))
            continue
        if role == "para" and elements and elements[-1][0] == "title" and chance.random() < RUN_IN:
            text = f"{elements.pop()[1].rstrip('.')}.—{text}"
        elements.append((role, _scanned(text, noise, chance)))
        if role == "para" and noise and chance.random() < SPECK:
            elements.append((role, "".join(chance.choices(_MISREAD, k=chance.randrange(1, 7)))))
    return Item(item.kind, tuple(elements))


def _in_old_chinese(item: Item, chance: random.Random) -> Item:
    """A report that opens with a bracketed dateline, or an agency's brief without a headline."""
    first = next((n for n, (role, _) in enumerate(item.elements) if role == "para"), None)
    if item.kind != "article" or first is None or item.elements[0][0] != "title":
        return item
    text = _DATELINE.sub("", item.elements[first][1])
    bracketed = chance.random() < BRACKETED
    elements = list(item.elements)
    text = chance.choice(_BRACKETS if bracketed else _AGENCIES) + text
    if not bracketed and chance.random() < BRIEF:
        return Item(item.kind, (("para", text), *elements[first + 1 : first + 2]))
    elements[first] = ("para", text)
    return Item(item.kind, tuple(elements))


def _old_heading(text: str, noise: float, chance: random.Random) -> str:
    """A heading in capitals, with a full stop when it is short, as a scan reads it."""
    heading = text.upper().rstrip(".")
    if len(text) <= 45:
        beside = f"—{chance.choice(_BESIDE)}" if chance.random() < BESIDE else ""
        heading += "." + beside
    return _misread(heading, noise / 2, chance)


def _misread(text: str, noise: float, chance: random.Random) -> str:
    return "".join(chance.choice(_MISREAD) if chance.random() < noise else c for c in text)


def _scanned(text: str, noise: float, chance: random.Random) -> str:
    """A paragraph as a scan reads it."""
    if len(text) > 60 and chance.random() < TORN:
        text = text[: -chance.randrange(2, 15)].rstrip()
    text = _misread(text, noise, chance)
    return "\n".join(textwrap.wrap(text, 52, break_on_hyphens=False)) or text


def _flow(page: list[Item], latin: bool, chance: random.Random) -> Iterator[Box]:
    """The boxes of all pieces: one run after another, some resumed after others."""
    waiting = [(number, _runs(number, item, latin, chance)) for number, item in enumerate(page)]
    active: list[list[list[Box]]] = []
    while waiting or active:
        resumes = active and (not waiting or chance.random() < 0.6)
        runs = active.pop(chance.randrange(len(active))) if resumes else waiting.pop(0)[1]
        yield from runs[0]
        if len(runs) > 1:
            held = runs[1:]
            # Something must stand between two runs of an article.
            if waiting:
                yield from _insert(waiting, active, chance)
            active.append(held)


def _insert(waiting: list[Any], active: list[Any], chance: random.Random) -> Iterator[Box]:
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if waiting:
            runs = waiting.pop(0)[1]
            yield from runs[0]
            if runs[1:]:
                active.append(runs[1:])


def _runs(number: int, item: Item, latin: bool, chance: random.Random) -> list[list[Box]]:
    """The boxes of a piece, in one run or in two or three."""
    elements = list(item.elements)
    if item.kind == "article" and chance.random() < LOST:
        elements = _without_beginning(elements, latin, chance)
    boxes: list[Box] = []
    for role, text in elements:
        for i, part in enumerate(_cut(role, text, latin, chance)):
            boxes.append(Box(number, role, part, i > 0))
    places = [i for i in range(2, len(boxes)) if boxes[i].role in ("para", "subhead")]
    if item.kind not in ("article", "obituary") or len(places) < 2:
        return [boxes]
    if chance.random() > (INTERRUPTED if item.kind == "article" else 0.06):
        return [boxes]
    joined = [i for i in places if boxes[i].joined]
    breaks: set[int] = set()
    for _ in range(chance.choice((1, 1, 2))):
        between = chance.random() < BETWEEN_PARAGRAPHS or not joined
        breaks.add(chance.choice(places if between else joined))
    edges = [0, *sorted(breaks), len(boxes)]
    return [boxes[a:b] for a, b in itertools.pairwise(edges)]


def _without_beginning(
    elements: list[tuple[str, str]], latin: bool, chance: random.Random
) -> list[tuple[str, str]]:
    """The headline and the first words of the text are lost."""
    rest = [e for e in elements if e[0] not in ("title", "byline")]
    first = next((i for i, (role, _) in enumerate(rest) if role == "para"), None)
    if first is None or len(rest) - first < 2:
        return elements
    role, text = rest[first]
    places = _places(text, latin)
    if places:
        text = text[chance.choice(places) :].strip()
    return [(role, text), *rest[first + 1 :]]


def _cut(role: str, text: str, latin: bool, chance: random.Random) -> list[str]:
    """A paragraph in the boxes that columns leave of it."""
    unit = 5 if latin else 1
    if role != "para" or len(text) < 26 * unit or chance.random() > CUT:
        return [text]
    places = _places(text, latin)
    if chance.random() < 0.2:
        places = [p for p in places if text[p - 1] in "，、；,;"] or places
    elif chance.random() < 0.85:
        places = [p for p in places if text[p - 1] not in "，、；,;"] or places
    near_start = [p for p in places if 8 * unit < p < 18 * unit]
    near_end = [p for p in places if 2 * unit < len(text) - p < 13 * unit]
    wanted = chance.choices((near_start, near_end, places), (0.25, 0.2, 0.55))[0] or places
    if not wanted:
        return [text]
    place = chance.choice(wanted)
    head, tail = text[:place].strip(), text[place:].strip()
    if not head or not tail:
        return [text]
    more = _cut(role, tail, latin, chance) if len(tail) > 80 * unit else [tail]
    return [head, *more]


def _places(text: str, latin: bool) -> list[int]:
    """Where a column may cut: between words in Latin text, anywhere in Chinese; no full stop."""
    if latin:
        return [m.end() for m in re.finditer(r"(?<![.!?”\"])\s", text)]
    return [p for p in range(2, len(text) - 1) if _may_cut(text[p - 1], text[p], p)]


def _may_cut(before: str, after: str, place: int) -> bool:
    """A closing mark begins a column only now and then."""
    closing = after in "”》）" and place % 3 > 0
    return before not in "。！？" and after not in "，。、；：！？" and not closing


def _printed_twice(boxes: list[Box]) -> list[Box]:
    """A teaser: the first headline and its lead stand at the top of the page as well."""
    first = next((i for i, box in enumerate(boxes) if box.role == "title"), None)
    if first is None or first + 1 >= len(boxes):
        return boxes
    lead = next((b for b in boxes[first + 1 : first + 4] if b.role == "para"), None)
    copies = [boxes[first]] + ([lead] if lead else [])
    return [box._replace(role="dup", joined=False) for box in copies] + boxes


def _as_gold(page: list[Item], boxes: list[Box], latin: bool) -> dict[str, Any]:
    last: dict[int, int] = {}
    blocks = []
    for index, box in enumerate(boxes):
        block: dict[str, Any] = {"piece": box.piece, "role": box.role, "text": box.text}
        if box.joined and box.piece in last:
            block["join"] = last[box.piece]
        if box.role == "para":
            last[box.piece] = index
        blocks.append(block)
    pieces = [{"id": number, "type": item.kind} for number, item in enumerate(page)]
    return {"lang": "en" if latin else "zh", "pieces": pieces, "blocks": blocks}

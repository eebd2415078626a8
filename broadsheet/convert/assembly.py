"""Decisions -> drafts: the pieces in the order in which they first appear, and what is doubtful."""

from __future__ import annotations

import msgspec

from broadsheet.convert import rules
from broadsheet.convert.confidence import Sureness
from broadsheet.convert.draft import Block, Draft, Placed
from broadsheet.convert.facts import Facts
from broadsheet.convert.pieces import Step
from broadsheet.piece import Doubt

#: A decision less sure than this is a doubt. Joins are held to more: a wrong one is worse than a
#: missing one.
SURE_JOIN = 0.985
SURE_PLACE = 0.6
SURE_ROLE = 0.6
#: What has an end without a full stop: an hour of a programme, the price of a seat.
_NO_SENTENCE = rules.ENDS | {"timetable", "advertises", "units"}
#: Characters of a block that name it in a doubt.
_WORDS_SHOWN = 16


def assemble(
    facts: list[Facts], steps: list[Step], sureness: list[Sureness]
) -> tuple[list[Draft], list[Doubt]]:
    """Drafts in the order of first appearance, and doubts in the order of lines."""
    placed: dict[int, list[Placed]] = {}
    kinds: dict[int, str] = {}
    repeats: list[Placed] = []
    for step, sure in zip(steps, sureness, strict=True):
        item = _placed(facts, step, sure, placed.get(step.number, []))
        if item.role == "repeat":
            repeats.append(item)
            continue
        placed.setdefault(step.number, []).append(item)
        if step.chosen.label.begins:
            kinds[step.number] = step.chosen.label.kind or "article"
    _give_back(repeats, placed, kinds)
    drafts = [_draft(kinds[number], _ends_marked(facts, items)) for number, items in placed.items()]
    drafts.sort(key=lambda draft: min(p.block.index for p in draft.placed))
    doubts = [doubt for draft in drafts for item in draft.placed for doubt in _doubts(draft, item)]
    return drafts, sorted(doubts, key=lambda doubt: (doubt.line, doubt.about))


def _placed(facts: list[Facts], step: Step, sure: Sureness, earlier: list[Placed]) -> Placed:
    label, piece = step.chosen.label, step.chosen.piece
    joins = label.joins and piece is not None and piece.tail is not None
    return Placed(
        block=facts[step.block].block,
        role=label.role,
        continues=piece.tail.block.index if joins and piece and piece.tail else None,
        lost_beginning=not joins and _begins_midway(facts, step.block, label.name, earlier),
        role_confidence=round(sure.role, 4),
        place_confidence=round(sure.place, 4),
        join_confidence=round(sure.join, 4),
    )


def _begins_midway(facts: list[Facts], index: int, label: str, earlier: list[Placed]) -> bool:
    """Whether a paragraph that continues nothing is the end of one whose beginning is lost.

    Marks and words that begin no sentence tell it. So does its place: where a piece resumes after
    others, a single short sentence is what is left of a paragraph that a column broke; a printed
    page would hardly give it a column's head of its own.
    """
    fact = facts[index]
    if label not in ("headless", "para", "obit-para", "notice-para") or fact.is_speck:
        return False
    if fact.names & {"starts-closing", "midword"} or fact.closes:
        return True
    if label != "para" or not earlier or earlier[-1].block.index == index - 1:
        return False
    between = facts[earlier[-1].block.index + 1 : index]
    alone = len(between) > 2 and "sentences" not in fact.names and fact.shape == "closed"
    return alone and "length-6" in fact.names


def _ends_marked(facts: list[Facts], items: list[Placed]) -> list[Placed]:
    """The paragraphs whose last sentence is open and was never continued lose their end.

    Not so the line of a family notice that names the dead and nothing else: 先父何公讳守义府君.
    """
    continued = {item.continues for item in items}
    return [
        msgspec.structs.replace(item, lost_end=True)
        if item.role == "paragraph"
        and "ends-open" in facts[item.block.index].names
        and facts[item.block.index].names.isdisjoint(("ends-bracket", "ends-credit"))
        and item.block.index not in continued
        and facts[item.block.index].shape in ("open", "short")
        and not facts[item.block.index].is_speck
        and facts[item.block.index].names.isdisjoint(_NO_SENTENCE)
        and not _names_the_dead(facts[item.block.index])
        and not _gives_data(facts[item.block.index])
        else item
        for item in items
    ]


def _gives_data(fact: Facts) -> bool:
    """Whether it is a line of a box of data: 停航：一九九六年."""
    return "colon-inside" in fact.names and not fact.names & {"comma-inside", "sentences"}


def _names_the_dead(fact: Facts) -> bool:
    return fact.shape == "short" and "kin-start" in fact.names and "comma-inside" not in fact.names


def _give_back(
    repeats: list[Placed], placed: dict[int, list[Placed]], kinds: dict[int, str]
) -> None:
    """A repeat goes with the piece that holds the other copy; without one it is furniture."""
    for item in repeats:
        number = _holder(item.block, placed)
        if number is None:
            number = -1 - item.block.index
            kinds[number] = "furniture"
        placed.setdefault(number, []).append(item)


def _holder(block: Block, placed: dict[int, list[Placed]]) -> int | None:
    key = "".join(block.text.split())
    for number, items in placed.items():
        if any("".join(p.block.text.split()) == key and p.role != "repeat" for p in items):
            return number
    return None


def _draft(kind: str, items: list[Placed]) -> Draft:
    headed = any(p.role in ("headline", "heading") for p in items)
    headless = kind in ("article", "obituary") and not headed
    return Draft(kind, tuple(items), headless)  # type: ignore[arg-type]


def _doubts(draft: Draft, item: Placed) -> list[Doubt]:
    found: list[tuple[str, float]] = []
    if item.lost_beginning:
        found.append(("beginning", item.place_confidence))
    if item.continues is not None and item.join_confidence < SURE_JOIN:
        found.append(("join", item.join_confidence))
    elif item.place_confidence < SURE_PLACE:
        found.append(("place", item.place_confidence))
    if item.role_confidence < SURE_ROLE:
        found.append((item.role, item.role_confidence))
    line, text = item.block.lines[0], item.block.text
    words = text if len(text) <= _WORDS_SHOWN else f"{text[:_WORDS_SHOWN]}…"
    return [
        Doubt(line=line, about=about, text=words, confidence=round(confidence, 2))
        for about, confidence in found
    ]

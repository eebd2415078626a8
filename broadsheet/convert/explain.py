"""What every stage made of a page, for a person who wants to know why."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.convert import cuts, pieces
from broadsheet.convert.pieces import Choice, Reader, State, Step
from broadsheet.convert.reading import Reading

#: Pairs less likely than this are not worth a line.
_LIKELY = 0.05
_SHOWN = 28


def explain(reading: Reading) -> str:
    """Blocks, facts, evidence of cuts and roles, pieces and doubts, as plain text."""
    sections = (
        (f"LANGUAGE {reading.language}", iter(())),
        ("BLOCKS: line, shape, facts", _blocks(reading)),
        ("CUTS: probability, tail | head, evidence", _cuts(reading.reader)),
        ("DECISIONS: block, what was decided, what else might have been", _decisions(reading)),
        ("PIECES", _pieces(reading)),
        (
            "DOUBTS",
            (f"line {d.line}: {d.about}: {d.text} ({d.confidence:.2f})" for d in reading.doubts),
        ),
    )
    return "\n".join(line for title, body in sections for line in ("", title, *body)) + "\n"


def _blocks(reading: Reading) -> Iterator[str]:
    for fact in reading.facts:
        names = " ".join(sorted(fact.names))
        index, line = fact.block.index, fact.block.lines[0]
        yield f"{index:4d} line {line:<5d} {_words(reading, index)}"
        yield f"     {fact.shape}: {names}"


def _cuts(reader: Reader) -> Iterator[str]:
    for (tail, head), odds in sorted(reader.odds.items()):
        chance = cuts.probability(odds)
        if chance >= _LIKELY:
            before, after = reader.page.facts[tail], reader.page.facts[head]
            names = " ".join(cuts.evidence_of(reader.page, before, after))
            ends = f"{before.block.text[-10:]}|{after.block.text[:10]}"
            yield f"{chance:.2f} {tail:4d} {head:4d} {ends}  {names}"


def _decisions(reading: Reading) -> Iterator[str]:
    state = pieces.START
    for step in reading.steps:
        best = sorted(step.choices, key=lambda c: -c.probability)
        others = [c for c in best if c is not step.chosen and c.probability > 0.02][:3]
        rest = "; ".join(_choice(c) for c in others)
        yield f"{step.block:4d} {_words(reading, step.block)}"
        yield f"     {_choice(step.chosen)}" + (f"   or {rest}" if rest else "")
        yield f"     {_reasons(reading.reader, state, step)}"
        state = pieces.advance(reading.reader, state, step.block, step.chosen, [])


def _choice(choice: Choice) -> str:
    where = "" if choice.piece is None else f" of piece {choice.piece.number + 1}"
    return f"{choice.label.name}{where} {choice.probability:.2f}"


def _reasons(reader: Reader, state: State, step: Step) -> str:
    """The evidence that weighed most for the decision, and against it."""
    column = pieces.NUMBER[step.chosen.label.name]
    rows = reader.weights.pieces
    weighed = sorted(
        (
            (value * rows[name][column], name)
            for name, value in _evidence(reader, state, step).items()
            if name in rows
        ),
        key=lambda w: -abs(w[0]),
    )
    return "by " + ", ".join(f"{name} {weight:+.1f}" for weight, name in weighed[:6])


def _evidence(reader: Reader, state: State, step: Step) -> dict[str, float]:
    """All that spoke for or against the decision; a second look may have gone another way."""
    label, piece = step.chosen.label, step.chosen.piece
    number = piece.number if piece else None
    for option, onto, shared, own in pieces.weighed_options(reader, state, step.block):
        if option is label and (onto.number if onto else None) == number:
            return shared | own
    return dict.fromkeys(reader.block_evidence[step.block], 1.0)


def _pieces(reading: Reading) -> Iterator[str]:
    for number, draft in enumerate(reading.drafts, start=1):
        yield f"{number}. {draft.type}" + (" (headline lost)" if draft.headless else "")
        for item in draft.placed:
            notes = [f"continues {item.continues}"] if item.continues is not None else []
            notes += ["beginning lost"] if item.lost_beginning else []
            notes += ["end lost"] if item.lost_end else []
            shown = _words(reading, item.block.index)
            yield f"   {item.role:10s} {item.block.index:4d} {shown} {', '.join(notes)}".rstrip()


def _words(reading: Reading, index: int) -> str:
    text = reading.blocks[index].text
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 6]}…{text[-5:]}"

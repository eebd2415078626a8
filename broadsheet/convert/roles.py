"""Evidence for the role of a block: its own facts, the shapes around it, the words it shares.

Nothing in a text tells a headline from a subhead but words and neighbours. Roles are not decided
here: the names that hold are weighed in `pieces`, together with where the block might belong.
"""

from __future__ import annotations

import re

from broadsheet.convert.cuts import Page
from broadsheet.convert.facts import Facts

#: Blocks below and above a heading whose words are compared with it.
_NEAR = 3
_SHORT = frozenset({"short", "short-stop"})
#: Characters in which a death notice names its dead.
_FIRST_WORDS = 120
#: A block longer than this is running text: characters in Chinese, words in English.
_TEXT, _TEXT_ENGLISH = 30, 10
#: How the text below a heading opens: a report with its day or source, a part of one by leaning on
#: what was said before.
_OPENINGS = frozenset({"dated", "date-start", "reports", "attributes", "connects", "quote-start"})


def evidence_of(page: Page, index: int) -> list[str]:
    """The names of the evidence about block `index` that its page alone gives."""
    facts = page.facts
    fact = facts[index]
    before, after, second = (_shape(facts, index + step) for step in (-1, 1, 2))
    names = ["always", *sorted(fact.names), f"shape={fact.shape}"]
    names += [f"before={before}", f"after={after}", f"second={second}"]
    names += [f"{fact.shape}>{after}", f"{before}<{fact.shape}"]
    names += [f"{name}&{after}" for name in ("length-2", "length-3") if name in fact.names]
    names += [f"begins-{page.begins[index]}", f"ends-cut-{page.ends_cut[index]}"]
    if fact.shape in _SHORT:
        names += _heading_evidence(page, index)
    if "deaths" in fact.names and _name_above_death(facts, index + 1):
        names.append("heads-deaths")
    if _names_the_dead(facts, index):
        names.append("names-the-dead")
    if "heads-box" in fact.names and _name_above_death(facts, index) and _in_deaths(facts, index):
        names.append("in-deaths")
    names += _repeat_evidence(facts, index)
    return names


def _shape(facts: list[Facts], index: int) -> str:
    return facts[index].shape if 0 <= index < len(facts) else "edge"


def _heading_evidence(page: Page, index: int) -> list[str]:
    """A headline's words come back in what stands below it, a subhead's in both directions."""
    facts, least = page.facts, _TEXT_ENGLISH if page.english else _TEXT
    below = _share(facts[index], _bodies(facts, range(index + 1, index + 9), least))
    above = _share(facts[index], _bodies(facts, range(index - 1, index - 9, -1), least))
    names = [f"words-below-{_step(below)}", f"words-above-{_step(above)}"]
    if index + 1 < len(facts) and facts[index + 1].shape != "short":
        names.append(f"words-next-{_step(_share(facts[index], facts[index + 1 : index + 2]))}")
    if below == above == 0:
        names.append("words-nowhere-near")
    elif below > above:
        names.append("words-rather-below")
    elif above > below:
        names.append("words-rather-above")
    following = next(iter(_bodies(facts, range(index + 1, index + 4), least)), None)
    if following is not None:
        names += [f"below={name}" for name in sorted(_OPENINGS & following.names)]
        if following is facts[index + 1] and "death-words" in following.names:
            names.append("death-below")  # the heading may be a name alone
    return names


def _name_above_death(facts: list[Facts], index: int) -> bool:
    """Whether a name stands there as the head of a box that tells of a death, or an entry does."""
    if index >= len(facts):
        return False
    heads = index + 1 < len(facts) and "heads-box" in facts[index].names
    tells = heads and "death-words" in facts[index + 1].names
    return tells or "death-entry" in facts[index].names


#: MRS. HANNAH VAIL; Gerald T. Whitcombe.
_WHOLE_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Miss|Ms|Dr|Rev|Capt|Col|Gen|Judge|Sir|Lady|MR|MRS|MISS|DR|REV|CAPT|COL|GEN"
    r"|JUDGE)\.? )?(?:[A-Z][\w'’-]*\.? ){1,3}[A-Z][\w'’-]+\.?"
)
#: ASHBY, and below it: Dorothy Jean, peacefully at home, aged 93.
_SURNAME = re.compile(r"[A-Z][A-Z'’-]{2,}")
_DEATH_ENTRY = re.compile(r"^[A-Z][a-z]+.*\b(?:aged|peacefully|suddenly)\b")
_SECTIONS = frozenset({"deaths", "death-heading", "section-heading", "notice-heading"})
_TOLD_OF_A_DEATH = frozenset({"death-words", "funeral"})


def _names_the_dead(facts: list[Facts], index: int) -> bool:
    """Whether a line is a name, in English, and the text below it says so, of a death."""
    name = facts[index].text
    if index + 1 == len(facts):
        return False
    below = facts[index + 1]
    if _SURNAME.fullmatch(name) and facts[index].names.isdisjoint(_SECTIONS):
        return below.names >= _TOLD_OF_A_DEATH and bool(_DEATH_ENTRY.search(below.text))
    if not _WHOLE_NAME.fullmatch(name):
        return False
    surname = name.rstrip(".").rpartition(" ")[2].lower()
    return below.names >= _TOLD_OF_A_DEATH and surname in below.text[:_FIRST_WORDS].lower()


def _in_deaths(facts: list[Facts], index: int) -> bool:
    """Whether a name stands in the section of deaths: below its heading, or below another death."""
    for above in range(index - 1, -1, -1):
        if "deaths" in facts[above].names:
            return True
        if "heads-box" in facts[above].names and "death-words" not in facts[above + 1].names:
            return False
    return False


def _bodies(facts: list[Facts], indexes: range, least: int) -> list[Facts]:
    """The nearest blocks of running text in that direction."""
    inside = (facts[i] for i in indexes if 0 <= i < len(facts))
    return [f for f in inside if f.length > least][:_NEAR]


def _share(heading: Facts, bodies: list[Facts]) -> float:
    """Share of the heading's pairs of characters (words, in English) that the bodies hold."""
    grams = _heading_grams(heading)
    if not grams or not bodies:
        return 0.0
    text = "\n".join(body.text for body in bodies).lower()
    return sum(gram in text for gram in grams) / len(grams)


def _heading_grams(heading: Facts) -> set[str]:
    if heading.text.isascii():
        return set(re.findall(r"[a-z][a-z'-]{3,}", heading.text.lower()))
    runs = re.findall(r"\w+", heading.text.lower())
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def _step(share: float) -> int:
    return sum(share > limit for limit in (0.0, 0.12, 0.25, 0.4, 0.6))


def _repeat_evidence(facts: list[Facts], index: int) -> list[str]:
    """A headline printed twice: the same words stand again further down, or stood above."""
    block = facts[index].block
    if block.repeats is not None:
        return ["copy-above"]
    ahead = any(f.block.repeats == block.index for f in facts[index + 1 : index + 80])
    return ["copy-below"] if ahead else []

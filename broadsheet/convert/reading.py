"""One page through all stages: text -> drafts and doubts, with what led there."""

from __future__ import annotations

import msgspec

from broadsheet.convert.assembly import assemble
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.confidence import sureness_of
from broadsheet.convert.cuts import read_page
from broadsheet.convert.draft import Block, Draft
from broadsheet.convert.facts import Facts, observe
from broadsheet.convert.headings import part_headings
from broadsheet.convert.language import language_of
from broadsheet.convert.neighbours import look_around
from broadsheet.convert.pieces import Reader, Step, decide, prepare
from broadsheet.convert.runs import rejoin
from broadsheet.convert.weights import weights_for
from broadsheet.piece import Doubt, Language


class Reading(msgspec.Struct, frozen=True):
    """All that is known of a page after the last stage."""

    language: Language
    blocks: list[Block]
    facts: list[Facts]
    reader: Reader
    steps: list[Step]
    drafts: list[Draft]
    doubts: list[Doubt]


def read_text(
    text: str, language: Language | None = None, blocks: list[Block] | None = None
) -> Reading:
    """Read one page. `blocks` replaces the blocks of the text, where geometry is known."""
    language = language or language_of(text)
    blocks = read_blocks(text) if blocks is None else blocks
    facts = look_around(observe(blocks, language))
    weights = weights_for(language)
    reader = prepare(read_page(facts, language == "en", weights), weights)
    steps = rejoin(reader, part_headings(reader, decide(reader)))
    sureness = sureness_of(steps, reader.odds, weights.confidence)
    drafts, doubts = assemble(facts, steps, sureness)
    return Reading(language, blocks, facts, reader, steps, drafts, doubts)

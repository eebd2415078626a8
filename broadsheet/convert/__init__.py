"""The converter: raw text of one newspaper page -> pieces. STAGES is all of it, top to bottom."""

from __future__ import annotations

import msgspec

from broadsheet.convert.assembly import assemble
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.cuts import read_page
from broadsheet.convert.draft import Block, Draft
from broadsheet.convert.facts import Facts, observe
from broadsheet.convert.language import language_of
from broadsheet.convert.pieces import Step, decide, prepare
from broadsheet.convert.weights import weights_for
from broadsheet.piece import Doubt, Language

STAGES = [
    read_blocks,  # text -> blocks with line numbers
    observe,  # block -> facts: length, how it starts and ends, what marks it bears
    prepare,  # facts -> evidence: of roles, and of sentences that a column cut
    decide,  # evidence -> roles, joins and pieces, decided together
    assemble,  # decisions -> drafts of pieces, and doubts
]


class Converted(msgspec.Struct, frozen=True):
    """All that is known of a page after the last stage, and what led there."""

    language: Language
    blocks: list[Block]
    facts: list[Facts]
    steps: list[Step]
    drafts: list[Draft]
    doubts: list[Doubt]


def convert_page(
    text: str, language: Language | None = None, blocks: list[Block] | None = None
) -> Converted:
    """Read one page. `blocks` replaces the blocks of the text, where geometry is known."""
    language = language or language_of(text)
    blocks = read_blocks(text) if blocks is None else blocks
    facts = observe(blocks, language)
    reader = prepare(read_page(facts, language == "en"), weights_for(language))
    steps = decide(reader)
    drafts, doubts = assemble(facts, steps)
    return Converted(language, blocks, facts, steps, drafts, doubts)

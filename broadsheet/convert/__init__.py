"""The converter: raw text of one newspaper page -> pieces. STAGES is all of it, top to bottom."""

from __future__ import annotations

from broadsheet.convert.assembly import assemble
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.confidence import sureness_of
from broadsheet.convert.cuts import read_page
from broadsheet.convert.explain import explain
from broadsheet.convert.facts import observe
from broadsheet.convert.headings import part_headings
from broadsheet.convert.neighbours import look_around
from broadsheet.convert.pieces import decide, prepare
from broadsheet.convert.reading import read_text as convert_page
from broadsheet.convert.runs import rejoin

__all__ = ["STAGES", "convert_page", "explain"]

STAGES = [
    read_blocks,  # text -> blocks with line numbers
    observe,  # block -> facts: length, how it starts and ends, what marks it bears
    look_around,  # -> and what its neighbours tell: lists, conversations, lines that head a box
    read_page,  # facts -> what recurs on the page, how blocks begin and end
    prepare,  # -> evidence: of roles, and of sentences that a column cut
    decide,  # evidence -> roles, joins and pieces, decided together
    part_headings,  # -> headings that were joined to what they stand above, parted from it
    rejoin,  # -> parts of articles that began a piece of their own, given back
    sureness_of,  # -> how sure each decision is
    assemble,  # decisions -> drafts of pieces, and doubts
]

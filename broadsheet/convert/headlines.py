"""The parts of a headline: kicker (引题) above it, subtitle (副题) below it.

Where the type size is known, the largest is the headline. In text alone only words tell: a series'
label or a box's name is a kicker, a line that begins with a dash or with what was stressed is a
subtitle. What neither tells stays part of the headline, for a headline may run over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from broadsheet.convert.draft import Placed, Role
from broadsheet.convert.language import fold
from broadsheet.convert.marks import ENGLISH_SECTION, NAMES_A_BOX, SECTION

_DASH = re.compile(r"^(?:——|—|–|--|－－)")
_STRESSED = re.compile(
    r"^(?:[强強][调調]|指出|要求|[审審][议議]|研究《|[并並][发發]表|[并並]致[辞辭]|主持[会會][议議])"
)
_LABEL = re.compile(
    r"^【[^】]{2,20}】$|^[\u3400-\u9fff“”]{2,14}·[\u3400-\u9fff“”]{2,14}$|^[\u3400-\u9fff]{2,8}[：:]$"
)
#: Type smaller than this share of the headline's is another part.
_SMALLER = 0.85


def headline_parts(placed: Sequence[Placed]) -> list[Placed]:
    """The blocks of a piece with the parts of its headline told apart by their roles."""
    blocks = [place for place in placed if place.role == "headline"]
    if len(blocks) < 2 or any(place.role in ("kicker", "subtitle") for place in placed):
        return list(placed)
    roles = _by_size(blocks) or _by_words(blocks)
    named = {place.block.index: role for place, role in zip(blocks, roles, strict=True)}
    return [
        msgspec.structs.replace(place, role=named[place.block.index])
        if place.block.index in named
        else place
        for place in placed
    ]


def _by_size(blocks: Sequence[Placed]) -> list[Role] | None:
    sizes = [place.block.box.size for place in blocks if place.block.box]
    if len(sizes) < len(blocks) or min(sizes) > _SMALLER * max(sizes):
        return None
    large = [i for i, size in enumerate(sizes) if size > _SMALLER * max(sizes)]
    return [
        "kicker" if i < large[0] else "subtitle" if i > large[-1] else "headline"
        for i in range(len(blocks))
    ]


def _names_a_section(text: str) -> bool:
    """Whether it is the name of a section or a box, 相关链接, which headlines stand below."""
    solid = fold("".join(text.split()))
    return bool(SECTION.match(solid) or NAMES_A_BOX.fullmatch(solid) or ENGLISH_SECTION.match(text))


def _by_words(blocks: Sequence[Placed]) -> list[Role]:
    roles: list[Role] = ["headline"] * len(blocks)
    if _LABEL.match(blocks[0].block.text) or _names_a_section(blocks[0].block.text):
        roles[0] = "kicker"
    for i, place in enumerate(blocks[1:], start=1):
        words = place.block.text
        if roles[i - 1] == "subtitle" or _DASH.match(words) or _STRESSED.match(words):
            roles[i] = "subtitle"
    return roles

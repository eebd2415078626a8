"""What can be decided about a block: it begins a piece of some kind, or goes on with one.

A label is a decision without its target. The weights have one column for each.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from broadsheet.convert.draft import Role

Kind = Literal["article", "obituary", "notice", "slogan", "photo", "furniture", "repeat"]


class Label(msgspec.Struct, frozen=True):
    """A decision: the kind of piece it concerns, the block's role in it, how it gets there."""

    name: str
    kind: Kind | None  #: None: any kind
    role: Role
    begins: bool = False  #: opens a new piece
    joins: bool = False  #: continues the last sentence of the piece


_ALL = (
    Label("article", "article", "headline", begins=True),
    Label("headless", "article", "paragraph", begins=True),
    Label("obituary", "obituary", "heading", begins=True),
    Label("death", "obituary", "paragraph", begins=True),
    Label("notice", "notice", "heading", begins=True),
    Label("slogan", "slogan", "slogan", begins=True),
    Label("caption", "photo", "caption", begins=True),
    Label("picture", "photo", "headline", begins=True),
    Label("furniture", "furniture", "furniture", begins=True),
    Label("repeat", "repeat", "repeat", begins=True),
    Label("title", None, "headline"),
    Label("para", "article", "paragraph"),
    Label("join", "article", "paragraph", joins=True),
    Label("obit-para", "obituary", "paragraph"),
    Label("obit-join", "obituary", "paragraph", joins=True),
    Label("notice-para", "notice", "paragraph"),
    Label("notice-join", "notice", "paragraph", joins=True),
    Label("photo-para", "photo", "caption"),
    Label("subhead", None, "subhead"),
    Label("byline", "article", "byline"),
    Label("credit", None, "credit"),
    Label("sign", None, "signature"),
)

LABELS: tuple[str, ...] = tuple(label.name for label in _ALL)
LABEL: dict[str, Label] = {label.name: label for label in _ALL}

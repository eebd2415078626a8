"""What the index knows of a piece."""

from __future__ import annotations

import msgspec


class Document(msgspec.Struct, frozen=True):
    """A piece as it is searched and shown; every field is as printed."""

    href: str  #: relative to the site: 2025-12-05/A07/02-slug.html
    date: str  #: ISO
    page: str  #: A07, as results show it
    section: str
    type: str  #: article, obituary, slogan, notice, photo
    title: str  #: kicker, headline and subtitle; a slogan's is empty
    paragraphs: tuple[tuple[str, str], ...] = ()  #: (anchor or "", text): body, captions, bylines
    people: tuple[str, ...] = ()  #: names, also a filter
    language: str = ""  #: of the text, as an HTML attribute says it

    @property
    def fields(self) -> tuple[str, ...]:
        """Everything that is searched, in order. No phrase reaches from one field to the next."""
        return (self.title, *(text for _, text in self.paragraphs), *self.people)

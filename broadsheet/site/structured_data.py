"""Schema.org data of a piece (https://schema.org/NewsArticle), for search engines."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from broadsheet.piece import Obituary
from broadsheet.site import headlines, links
from broadsheet.site.citations import author
from broadsheet.site.desk import Desk
from broadsheet.site.typeset import SetPage, SetPiece

Value = str | dict[str, "Value"]

_encode = msgspec.json.Encoder().encode


def json_ld(desk: Desk, page: SetPage, piece: SetPiece) -> Markup:
    """The body of a <script type="application/ld+json">; `<` is escaped, so no tag can end it."""
    data: dict[str, Value] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if piece.piece.type == "article" else "Article",
        "headline": headlines.plain(piece.words),
        "datePublished": page.date,
        "inLanguage": piece.language,
    }
    if piece.section:
        data["articleSection"] = piece.section
    if piece.summary:
        data["description"] = piece.summary
    name = author(piece)
    if name:
        is_agency = name == getattr(piece.piece, "agency", "")
        data["author"] = {"@type": "Organization" if is_agency else "Person", "name": name}
    if isinstance(piece.piece, Obituary) and piece.piece.person.name:
        data["about"] = _person(piece.piece)
    if page.page.page.label:
        data["printPage"] = page.label
    if page.newspaper:
        data["isPartOf"] = {"@type": "Newspaper", "name": page.newspaper}
    address = links.absolute(desk.config.base_url, piece.path)
    if address:
        data["url"] = data["mainEntityOfPage"] = address
    encoded = _encode(data).decode().replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(encoded.replace("&", "\\u0026"))  # noqa: S704 - JSON without < > &


def _person(obituary: Obituary) -> dict[str, Value]:
    person = obituary.person
    data: dict[str, Value] = {"@type": "Person", "name": person.name}
    if person.born:
        data["birthDate"] = person.born
    if person.died:
        data["deathDate"] = person.died
    return data

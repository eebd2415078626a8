"""A piece's own page: article, obituary, slogan, notice or photo."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from broadsheet.piece import Obituary, Person, Photo, Service, format_lines
from broadsheet.site import calendar_file, headlines, links, paragraphs, typeset
from broadsheet.site.citations import citations
from broadsheet.site.content import PageContent
from broadsheet.site.dates import same_lunar_day
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.newspaper_page import DATA, SOURCE
from broadsheet.site.paragraphs import Anchors
from broadsheet.site.records import age_text, people
from broadsheet.site.structured_data import json_ld
from broadsheet.site.typeset import SetPage, SetPiece, SetSection
from broadsheet.site.views import Fact, Headline, Link, PieceView


def piece_page(desk: Desk, page: SetPage, piece: SetPiece) -> PageContent:
    own = piece.piece
    anchors = Anchors()
    lead = tuple(paragraphs.marked(desk, p, anchors) for p in piece.lead)
    figures = tuple(paragraphs.figure(piece, f, piece.path, anchors) for f in piece.figures)
    shown = [
        [paragraphs.marked(desk, paragraph, anchors) for paragraph in section.paragraphs]
        for section in piece.sections
    ]
    text = headlines.plain(piece.words)
    at = piece.number - 1
    view = PieceView(
        type=own.type,
        type_name=desk.type_name(own.type),
        number=piece.number,
        language=piece.language,
        headline=Headline(
            text=text,
            html=headlines.html(piece.words),
            kicker=getattr(own, "kicker", ""),
            subtitle=getattr(own, "subtitle", ""),
        ),
        section=_section_link(desk, piece),
        newspaper_page=Link(href="index.html", text=page.where),
        page_heading=_page_heading(desk, page),
        issue=Link(href="../index.html", text=desk.day(page.date).text),
        day=desk.day(page.date, piece.estimated),
        byline=getattr(own, "byline", ""),
        credit=getattr(own, "credit", ""),
        lead=lead,
        figures=() if isinstance(own, Photo) else figures,
        sections=paragraphs.sections(piece.sections, shown),
        characters=piece.characters,
        provenance=tuple(_provenance(desk, page, piece)),
        source_link=f"index.html#L{piece.lines[0]}" if page.source and piece.lines else "",
        edit_link=links.edit(desk.config.repository, desk.config.branch, piece.file.file),
        file=piece.file.file,
        citations=citations(desk, page, piece),
        downloads=_downloads(desk, page),
        people=tuple(_person_link(desk, page, piece, name) for name in people(piece)),
        tags=own.tags,
        previous=_beside(page, piece, at - 1) if at else None,
        following=_beside(page, piece, at + 1) if at + 1 < len(page.pieces) else None,
        picture=figures[0] if isinstance(own, Photo) else None,
        kind=getattr(own, "kind", ""),
        issuer=getattr(own, "issuer", ""),
        **_obituary(desk, piece),
        **_slogan(page, piece),
    )
    description = piece.summary or text
    return PageContent(view, text, description, json_ld=json_ld(desk, page, piece))


def _section_link(desk: Desk, piece: SetPiece) -> Link:
    if not piece.section:
        return Link(href="", text="")
    return link(piece.path, links.section(desk.slug(piece.section)), piece.section)


def _page_heading(desk: Desk, page: SetPage) -> str:
    """A07版, or 版面 01."""
    return desk.t("page.numbered", label=page.label) if page.page.page.label else page.heading


def _downloads(desk: Desk, page: SetPage) -> tuple[Link, ...]:
    data = Link(href=DATA, text=desk.t("download.data"))
    source = Link(href=SOURCE, text=desk.t("download.source"))
    return (data, source) if page.source else (data,)


def _person_link(desk: Desk, page: SetPage, piece: SetPiece, name: str) -> Link:
    target = f"people/{desk.initial(name)}-{page.date[:3]}0s.html"
    return Link(href=links.relative(piece.path, target), text=name, language=piece.language)


def _beside(page: SetPage, piece: SetPiece, at: int) -> Link:
    """A neighbour on the newspaper page."""
    other = page.pieces[at]
    href = links.relative(piece.path, other.path)
    return Link(href=href, text=headlines.plain(other.words), language=other.language)


# What was done to the text, in sentences.


def _provenance(desk: Desk, page: SetPage, piece: SetPiece) -> list[str]:
    t = desk.t
    joins = gaps = 0
    for paragraph in piece.paragraphs:
        joins += len(paragraph.joins)
        gaps += len(paragraph.lost)
    out: list[str] = []
    if joins:
        out.append(t("provenance.joins", count=joins))
    if gaps:
        out.append(t("provenance.gaps", count=gaps))
    if page.source and piece.lines and not joins and not gaps:
        out.append(t("provenance.whole"))
    if page.source and piece.lines:
        out.append(t("provenance.lines", lines=_shown_lines(desk, piece.lines)))
    out += _moves(desk, piece.sections)
    if any(not figure.figure.image for figure in piece.figures):
        out.append(t("provenance.picture_lost"))
    if piece.strangers:
        out.append(t("provenance.strangers", count=piece.strangers))
    if piece.unplaced:
        out.append(t("provenance.unplaced", lines=format_lines(list(piece.unplaced))))
    if piece.estimated:
        out.append(t("day.estimated_long"))
    return out


def _shown_lines(desk: Desk, lines: Sequence[int]) -> str:
    """Lines as a reader cites them: 3–61、71–89, blank lines between parts counted in."""
    ordered = sorted(lines)
    runs: list[list[int]] = [[ordered[0], ordered[0]]]
    for line in ordered[1:]:
        if line <= runs[-1][1] + 2:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return desk.enumerate([f"{a}" if a == b else f"{a}–{b}" for a, b in runs])


def _moves(desk: Desk, sections: Sequence[SetSection]) -> list[str]:
    """Sections that stand before others here, and after them in the source."""
    out: list[str] = []
    for section, following in pairwise(sections):
        if section.line > following.line > 0 and section.subhead and following.subhead:
            lines = [section.line, *(n for p in section.paragraphs for n in p.lines)]
            moved = {"moved": section.subhead, "before": following.subhead}
            shown = _shown_lines(desk, lines)
            out.append(desk.t("provenance.moved", lines=shown, **moved))
    return out


# What only obituaries and slogans have.


def _obituary(desk: Desk, piece: SetPiece) -> dict[str, Any]:
    own = piece.piece
    if not isinstance(own, Obituary):
        return {}
    time = own.service.time
    died = desk.partial(own.person.died) if own.person.died else ""
    shown = [desk.t("obituary.died_on", date=died) if died else "", own.person.native_place]
    return {
        "name": own.person.name,
        "heading": own.title if own.person.name else "",
        "summary": age_text(desk, own),
        "circumstance": " · ".join(text for text in shown if text),
        "facts": (*_person_facts(desk, own.person), *_service_facts(desk, own)),
        "calendar": calendar_file.calendar_path(piece).rpartition("/")[2] if time else "",
        "service_over": calendar_file.service_over(desk.config, time) if time else "",
    }


def _person_facts(desk: Desk, person: Person) -> list[Fact]:
    facts: list[Fact] = []
    if person.died:
        facts.append(
            Fact(
                term=desk.t("fact.died"),
                text=_with_weekday(desk, person.died),
                note=_lunar_note(desk, person.died, person.died_lunar),
                datetime=person.died,
            )
        )
    if person.born:
        facts.append(
            Fact(term=desk.t("fact.born"), text=desk.partial(person.born), datetime=person.born)
        )
    if person.native_place:
        facts.append(Fact(term=desk.t("fact.native_place"), text=person.native_place))
    return facts


def _service_facts(desk: Desk, own: Obituary) -> list[Fact]:
    service: Service = own.service
    facts: list[Fact] = []
    if service.time:
        date, _, hour = service.time.partition("T")
        time = typeset.machine_time(service.time, desk.config.timezone)
        facts.append(
            Fact(
                term=desk.t("fact.service"),
                text=f"{_with_weekday(desk, date)} {hour}".rstrip(),
                note=_lunar_note(desk, date, service.lunar),
                datetime=time.isoformat(timespec="minutes") if time else date,
                service=True,
            )
        )
    if service.place or service.address:
        place = service.place or service.address
        note = service.address if service.place else ""
        facts.append(Fact(term=desk.t("fact.place"), text=place, note=note))
    if own.signed:
        names = [f"{signer.relation} {signer.name}".strip() for signer in own.signed]
        facts.append(Fact(term=desk.t("fact.signed"), text=desk.enumerate(names)))
    return facts


def _with_weekday(desk: Desk, date: str) -> str:
    if len(date) < 10:
        return desk.partial(date)
    day = desk.day(date)
    return f"{day.weekday}, {day.text}" if desk.language == "en" else f"{day.text} {day.weekday}"


def _lunar_note(desk: Desk, date: str, printed: str) -> str:
    """The lunar day, and what is printed where the calendar says otherwise."""
    computed = desk.day(date).lunar if len(date) == 10 else ""
    if not printed:
        return computed
    if not computed:
        return printed
    if same_lunar_day(printed, computed):
        return computed
    return f"{computed} · {desk.t('fact.lunar_printed', printed=printed)}"


def _slogan(page: SetPage, piece: SetPiece) -> dict[str, Any]:
    if piece.piece.type != "slogan":
        return {}
    clauses = headlines.clauses(headlines.plain(piece.words))
    return {
        "clauses": clauses,
        "wide": headlines.is_wide(clauses),
        "siblings": tuple(
            _beside(page, piece, n)
            for n, other in enumerate(page.pieces)
            if other.piece.type == "slogan" and other is not piece
        ),
    }

"""The source of a newspaper page, line by line: what each line became, and where it stands now."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from broadsheet.conservation import squeeze
from broadsheet.piece import parse_lines
from broadsheet.site import headlines, links
from broadsheet.site.desk import Desk
from broadsheet.site.typeset import SetPage, SetPiece
from broadsheet.site.views import LegendEntry, SourceLine

TINTS = 6


class Fate(msgspec.Struct, frozen=True):
    """What a line became."""

    piece: SetPiece | None  #: None for furniture
    role: str
    anchor: str


def fates(page: SetPage) -> dict[int, Fate]:
    """Line number -> what it became; a line that went nowhere is not there."""
    found: dict[int, Fate] = {}
    for line in parse_lines(page.page.page.lines or ""):
        found[line] = Fate(None, "furniture", "")
    for piece in page.pieces:
        for role in piece.roles:
            found.setdefault(role.line, Fate(piece, role.role, role.anchor))
    return found


def tints(page: SetPage, found: dict[int, Fate]) -> dict[int, int]:
    """Piece number -> tint 1-6; pieces that touch in the source differ, as far as six suffice."""
    order = [fate.piece.number for _, fate in sorted(found.items()) if fate.piece]
    beside: dict[int, set[int]] = {piece.number: set() for piece in page.pieces}
    for one, other in pairwise(order):
        if one != other:
            beside[one].add(other)
            beside[other].add(one)
    chosen: dict[int, int] = {}
    for number in beside:
        taken = {chosen.get(other) for other in beside[number]}
        wheel = [(number - 1 + turn) % TINTS + 1 for turn in range(TINTS)]
        chosen[number] = next((tint for tint in wheel if tint not in taken), wheel[0])
    return chosen


def source_lines(desk: Desk, page: SetPage) -> tuple[SourceLine, ...]:
    found = fates(page)
    tint_of = tints(page, found)
    joins = _join_notes(desk, page)
    gaps = _gap_notes(desk, page)
    doubts = _doubt_notes(desk, page)
    out: list[SourceLine] = []
    for number in page.extent:
        fate = found.get(number)
        piece = fate.piece if fate else None
        out.append(
            SourceLine(
                number=number,
                text=page.source[number - 1],
                piece=piece.number if piece else 0,
                tint=tint_of[piece.number] if piece else 0,
                href=_place(page, piece, fate.anchor) if piece and fate else "",
                label=_label(desk, piece, number) if piece else "",
                role=desk.t(f"role.{fate.role}") if fate else "",
                join=joins.get(number, ""),
                gap=gaps.get(number, ""),
                doubt=doubts.get(number, ""),
            )
        )
    return tuple(out)


def _doubt_notes(desk: Desk, page: SetPage) -> dict[int, str]:
    """line -> what the converter was not sure of there, each with how sure it was."""
    notes: dict[int, list[str]] = {}
    for doubt in page.page.page.doubts:
        if doubt.about in ("beginning", "join", "place"):
            about = desk.t(f"doubt.{doubt.about}")
        elif doubt.about:
            about = desk.t("doubt.role", role=desk.t(f"role.{doubt.about}") or doubt.about)
        else:
            about = doubt.text
        notes.setdefault(doubt.line, []).append(
            desk.t("doubt.sure", about=about, percent=round(doubt.confidence * 100))
        )
    return {line: desk.t("doubt.and").join(found) for line, found in notes.items()}


def _place(page: SetPage, piece: SetPiece, anchor: str) -> str:
    return links.relative(page.path, piece.path) + (f"#{anchor}" if anchor else "")


def _label(desk: Desk, piece: SetPiece, line: int) -> str:
    title = headlines.plain(piece.words)
    return desk.t("source.label", number=str(piece.number), title=title, line=str(line))


def _join_notes(desk: Desk, page: SetPage) -> dict[int, str]:
    """The note after each line whose end was mended."""
    return {
        join.before: desk.t("join.after_line", before=str(join.before), after=str(join.after))
        for piece in page.pieces
        for paragraph in piece.paragraphs
        for join in paragraph.joins
        if join.before and join.after
    }


def _gap_notes(desk: Desk, page: SetPage) -> dict[int, str]:
    """The note before each line in front of which text is lost, and after which it is."""
    notes: dict[int, str] = {}
    for piece in page.pieces:
        for paragraph in piece.paragraphs:
            if not (paragraph.lost and paragraph.lines):
                continue
            if 0 in paragraph.lost:
                notes[paragraph.lines[0]] = desk.t("gap.source_before")
            if any(offset >= len(paragraph.text.rstrip()) for offset in paragraph.lost):
                notes[paragraph.lines[-1] + 1] = desk.t("gap.source_after")
    return notes


def legend(desk: Desk, page: SetPage) -> tuple[LegendEntry, ...]:
    found = fates(page)
    tint_of = tints(page, found)
    return tuple(
        LegendEntry(
            number=piece.number,
            tint=tint_of[piece.number],
            href=links.relative(page.path, piece.path),
            title=headlines.plain(piece.words),
            meta=_legend_meta(desk, piece),
        )
        for piece in page.pieces
    )


def _legend_meta(desk: Desk, piece: SetPiece) -> str:
    lines = len({role.line for role in piece.roles})
    shown = [
        desk.type_name(piece.piece.type),
        desk.t("count.lines", count=lines) if lines else "",
        desk.t("count.characters", count=piece.characters),
    ]
    return " · ".join(text for text in shown if text)


def account(desk: Desk, page: SetPage) -> str:
    """How many lines the source has, how many hold text, and how many of those were placed."""
    found = fates(page)
    with_text = [n for n in page.extent if squeeze(page.source[n - 1])]
    placed = sum(n in found for n in with_text)
    figures = {
        "lines": len(page.extent),
        "text": len(with_text),
        "placed": placed,
        "pieces": len(page.pieces),
        "unplaced": len(with_text) - placed,
    }
    key = "account.placed" if placed == len(with_text) else "account.unplaced"
    joins = sum(len(p.joins) for piece in page.pieces for p in piece.paragraphs)
    gaps = sum(len(p.lost) for piece in page.pieces for p in piece.paragraphs)
    mended = desk.t("account.mended", joins=joins, gaps=gaps) if joins or gaps else ""
    return desk.t(key, **figures) + mended

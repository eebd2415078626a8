"""Set paragraphs -> the paragraphs that templates see, with or without the marks of mending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from broadsheet.piece import format_lines
from broadsheet.site import body, links
from broadsheet.site.desk import Desk
from broadsheet.site.typeset import Join, SetFigure, SetParagraph, SetPiece, SetSection
from broadsheet.site.views import FigureView, Paragraph, Section


class Anchors:
    """Anchors of one page; a line that two paragraphs share names only the first."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def take(self, line: int) -> str:
        anchor = f"p{line}" if line else ""
        if anchor in self._used:
            return ""
        self._used.add(anchor)
        return anchor


def marked(desk: Desk, paragraph: SetParagraph, anchors: Anchors) -> Paragraph:
    """For the piece's own page: joins, gaps, anchor, and the way to its source line."""
    if not (paragraph.lines or paragraph.joins or paragraph.lost):
        return plain(desk, paragraph)
    first = paragraph.lines[0] if paragraph.lines else 0
    places = [(join.offset, _join(desk, join)) for join in paragraph.joins]
    places += _lost(desk, paragraph)
    headless = 0 in paragraph.lost
    return Paragraph(
        html=body.insert(paragraph.html, places),
        anchor=anchors.take(first),
        lines=format_lines(sorted(paragraph.lines)),
        kind="gap-before" if headless else paragraph.kind,
        gap_note=_gap_note(desk, first) if headless else "",
        source=f"index.html#L{first}" if first else "",
    )


def plain(desk: Desk, paragraph: SetParagraph) -> Paragraph:
    """For the composed sheet and the front page: lost text is marked, joins are not."""
    html = body.insert(paragraph.html, _lost(desk, paragraph)) if paragraph.lost else paragraph.html
    return Paragraph(html=html, anchor="", lines="", kind=paragraph.kind)


def _join(desk: Desk, join: Join) -> Markup:
    if not (join.before and join.after):
        note = escape(desk.t("join.unknown"))
        return Markup('<a class="jn" title="{0}" aria-label="{0}"></a>').format(note)
    note = escape(desk.t("join.note", before=str(join.before), after=str(join.after)))
    return Markup(
        '<a class="jn" href="index.html#L{0}" data-l="{0} │ {1}" title="{2}" aria-label="{2}"></a>'
    ).format(join.before, join.after, note)


def _lost(desk: Desk, paragraph: SetParagraph) -> list[tuple[int, Markup]]:
    out: list[tuple[int, Markup]] = []
    for offset in paragraph.lost:
        key = "piece.gap_after" if offset >= len(paragraph.text.rstrip()) else "piece.gap_before"
        out.append((offset, Markup('<span class="lost">{}</span>').format(desk.t(key))))
    return out


def _gap_note(desk: Desk, line: int) -> str:
    return desk.t("gap.before", line=str(line)) if line else desk.t("gap.before_unknown")


def sections(
    parts: Iterable[SetSection], paragraphs: Iterable[Sequence[Paragraph]]
) -> tuple[Section, ...]:
    """A piece's sections with their paragraphs; those with a subhead are s1, s2 ..."""
    out: list[Section] = []
    named = 0
    for section, shown in zip(parts, paragraphs, strict=True):
        named += bool(section.subhead)
        out.append(
            Section(
                anchor=f"s{named}" if section.subhead else "",
                subhead=section.subhead,
                subhead_line=section.line,
                paragraphs=tuple(shown),
            )
        )
    return tuple(out)


def figure(piece: SetPiece, found: SetFigure, path: str, anchors: Anchors | None) -> FigureView:
    """A picture as the page at `path` shows it."""
    own = found.figure
    folder = piece.path.rpartition("/")[0]
    width, height = found.size
    return FigureView(
        caption=escape(own.caption),
        credit=own.credit,
        src=links.relative(path, f"{folder}/{own.image}") if own.image else "",
        alt=own.alt,
        width=width,
        height=height,
        anchor=anchors.take(found.line) if anchors else "",
    )

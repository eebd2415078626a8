"""Headlines break by clause and by word, as an editor would set them.

A headline is kept as one text in which a zero-width space stands wherever a line may end between
words. From it come the plain text and the HTML: a clause is a `<span class="cl">`, the printed
space between two clauses a `<span class="cs">`, a break between words a `<wbr>`.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from broadsheet.site.straight_code import as_markup, shown

BREAK = "\u200b"

_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—\U00020000-\U0003ffff]"
_CLAUSES = re.compile(rf"(?<={_HAN}) +| +(?={_HAN})")
#: Quoted words of up to six characters stay together.
_TOGETHER = re.compile(r"[“‘「『《〈][^“”‘’「」『』《》〈〉]{1,6}[”’」』》〉]")
_NO_BREAK_BEFORE = re.compile(rf"{BREAK}(?=[^\w“‘「『《〈（【]|_)")
_NO_BREAK_AFTER = re.compile(rf"(?<=[“‘「『《〈（【]){BREAK}")
_HAS_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SLOGAN_CLAUSE = re.compile(r"[^\s，,；;！!。：:]+[，,；;！!。：:]*")


def mark(text: str) -> str:
    """A headline with a zero-width space wherever it may break between two words."""
    if not _HAS_HAN.search(text):
        return text
    if " " not in text:
        return _mark_clause(text)
    return " ".join(_mark_clause(clause) for clause in _CLAUSES.split(text))


def _mark_clause(clause: str) -> str:
    out, at = [], 0
    for quoted in _TOGETHER.finditer(clause):
        out += [*_cut(clause[at : quoted.start()]), quoted.group()]
        at = quoted.end()
    marked = BREAK.join([*out, *_cut(clause[at:])])
    return _NO_BREAK_AFTER.sub("", _NO_BREAK_BEFORE.sub("", marked))


def _cut(text: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(text)) if text else []


def plain(marked: str) -> str:
    return marked.replace(BREAK, "")


def html(marked: str) -> Markup:
    """A marked headline as HTML; one without Chinese is set as it is."""
    if not _HAS_HAN.search(marked):
        return escape(marked)
    joined = shown(marked).replace(BREAK, "<wbr>")
    if " " in marked:
        joined = _CLAUSES.sub('</span><span class="cs"> </span><span class="cl">', joined)
    return as_markup(f'<span class="cl">{joined}</span>')


def clauses(text: str) -> tuple[str, ...]:
    """A slogan's lines: it is split at spaces and after commas (有你有我; 产业因人才而兴。)."""
    if not _HAS_HAN.search(text):
        return (text,)
    return tuple(_SLOGAN_CLAUSE.findall(text)) or (text,)


#: Characters of an upright line, and how many lines: beyond that a slogan is set horizontally.
UPRIGHT_LONGEST, UPRIGHT_CLAUSES = 12, 2


def is_wide(parts: tuple[str, ...]) -> bool:
    """Whether a slogan is too long, or not Chinese enough, to be set upright."""
    return (
        len(parts) > UPRIGHT_CLAUSES
        or any(len(part) > UPRIGHT_LONGEST for part in parts)
        or not any(_HAS_HAN.search(part) for part in parts)
    )

"""The judge: which pieces a question asks for, found by reading every text, without an index.

It shares no code with the program. Its table of characters is the printed list itself, its notion
of a word comes from regular expressions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from broadsheet.search.document import Document

_ROWS = (Path(__file__).parents[2] / "broadsheet/simplified.txt").read_text("utf-8")
_PAIRS = {
    ord(pair[0]): pair[1]
    for row in _ROWS.splitlines()
    if not row.startswith("#")
    for pair in row.split()
    if pair[0] not in "乾夥徵摺麽瞭藉"
}
_HAN = (
    "\u1100-\u11ff\u2e80-\u2fdf々〆〇〡-〩〱-〼\u3041-\u30ff\u3105-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003fffd"
)
_INSIDE_WORD = re.compile(rf"(?:(?![{_HAN}_])[\w\u0300-\u036f])")


def plain(text: str) -> str:
    """Folded text, with every break as one space and every field end as a newline."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_PAIRS)
    return re.sub(rf"(?:(?![{_HAN}])[^\w\n\u0300-\u036f]|_|゠|・|・)+", " ", text)


def _pattern(phrase: str) -> re.Pattern[str]:
    left = rf"(?<!{_INSIDE_WORD.pattern})" if _INSIDE_WORD.match(phrase[0]) else ""
    right = rf"(?!{_INSIDE_WORD.pattern})" if _INSIDE_WORD.match(phrase[-1]) else ""
    return re.compile(left + re.escape(phrase) + right)


class Scan:
    """The texts of some pieces."""

    def __init__(self, pieces: Sequence[Document]) -> None:
        self.texts = {
            piece.href: "\n".join(plain(field.replace("\n", " ")) for field in piece.fields)
            for piece in pieces
        }

    def hits(self, question: str) -> set[str]:
        """Addresses of the pieces that a question asks for."""
        sides = [self._side(side) for side in re.split("[|｜]", question) if side.strip(" 　")]
        given = [side for side in sides if side is not None]
        return set().union(*given) if given else set(self.texts)

    def _side(self, side: str) -> set[str] | None:
        wanted: list[str] = []
        unwanted: list[str] = []
        while side := side.lstrip():
            target = wanted
            if side[0] in "-－":
                target, side = unwanted, side[1:]
            match = re.match(
                r'["＂](.*?)(?:["＂]|$)|“(.*?)(?:”|$)|「(.*?)(?:」|$)', side, re.DOTALL
            )
            if match:
                target.append(plain("".join(filter(None, match.groups()))).strip())
                side = side[match.end() :]
            elif side:
                chunk = re.split(r'[\s"＂“「]', side, maxsplit=1)[0]
                if not chunk:
                    continue
                target += plain(chunk).split()
                side = side[len(chunk) :]
        wanted, unwanted = [w for w in wanted if w], [u for u in unwanted if u]
        if not wanted and not unwanted:
            return None
        found = set(self.texts)
        for phrase in wanted:
            found = {href for href in found if _pattern(phrase).search(self.texts[href])}
        for phrase in unwanted:
            found = {href for href in found if not _pattern(phrase).search(self.texts[href])}
        return found

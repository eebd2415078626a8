"""A source: the raw text of one newspaper page, decoded, its lines numbered as an editor does.

Both pipelines read sources through here: the converter to mend the page, the build to show the
page's source view. The file itself is never changed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from broadsheet.decoding import decode
from broadsheet.problems import Problem, Problems, shown
from broadsheet.slugs import slug


class Source(msgspec.Struct, frozen=True):
    """The text of one source file."""

    file: str  #: path relative to the project, `/` between
    encoding: str  #: utf-8, utf-16, utf-32, gb18030, big5, shift_jis
    text: str  #: decoded, without byte order mark, line ends as they came

    @property
    def lines(self) -> list[str]:
        """The lines without their line ends; line n of the file is `lines[n - 1]`."""
        return split_lines(self.text)


_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
#: Characters without which a text may be blank though it has some.
_BLANK = " \t\r\n\f\v\u00a0\u3000\u200b\u2060\ufeff\x1a"
_LINE_END = re.compile(r"\r\n|\n|\r")


def split_lines(text: str) -> list[str]:
    """Lines as an editor counts them: CRLF, LF and CR end a line, nothing else does."""
    lines = _LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def read_source(path: Path, root: Path) -> Source:
    """Read and decode a source file below the project folder `root`.

    Raises Problems when the file cannot be read, is empty, or is not text in a known encoding.
    """
    file = shown(path, root)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Problems([Problem(file, 0, f"cannot be read: {error.strerror}")]) from None
    encoding, text = decode(raw, file)
    if not text.strip(_BLANK):
        raise Problems([Problem(file, 0, "is empty", "put the page's text in it, or remove it")])
    return Source(file, encoding, text)


class PageText(msgspec.Struct, frozen=True):
    """The text of one newspaper page, a whole source or a part of it."""

    name: str  #: of the page's folder
    text: str
    offset: int = 0  #: lines of the source before the text

    def numbered_lines(self) -> dict[int, str]:
        """The lines of the text by their numbers in the source."""
        return dict(enumerate(split_lines(self.text), start=self.offset + 1))


def pages_of(source: Source) -> list[PageText]:
    """The pages of a source: one, or as many as form feeds part, without blank ones.

    The parts are named by their place, `<page>-1`, `<page>-2` ...; a form feed after the last
    text makes no page.
    """
    parts = [(n, *part) for n, part in enumerate(_parts(source.text), 1) if part[0].strip(_BLANK)]
    name = page_name(source.file)
    if len(parts) == 1:
        return [PageText(name, *parts[0][1:])]
    return [PageText(f"{name}-{n}", text, offset) for n, text, offset in parts]


def page_name(file: str) -> str:
    """The folder of a source's page: `sources/2025-12-05/01.txt` -> `01`.

    A source that lies in no folder of a date is named by its whole path, for its date is read
    from the page, where pages of other folders may meet it: `sources/new/01.txt` -> `new-01`.
    """
    path = PurePosixPath(file)
    parts = [path.stem]
    if date_of(file) is None:
        parts = [*path.parts[1:-1], path.stem]
    names = (part if _PLAIN_NAME.fullmatch(part) else slug(part) for part in parts)
    return "-".join(name for name in names if name) or "page"


def date_of(file: str) -> datetime.date | None:
    """The date that the folder of a source states: sources/2025-12-05/01.txt."""
    try:
        return datetime.date.fromisoformat(PurePosixPath(file).parent.name)
    except ValueError:
        return None


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """(text, lines before it) of each part between form feeds."""
    offset = 0
    for part in text.split("\f"):
        yield part, offset
        offset += len(_LINE_END.findall(part))

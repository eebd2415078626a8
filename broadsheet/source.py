"""A source: the raw text of one newspaper page, decoded, its lines numbered as an editor does.

Both pipelines read sources through here: the converter to mend the page, the build to show the
page's source view. The file itself is never changed.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from broadsheet.problems import Problem, Problems, shown


class Source(msgspec.Struct, frozen=True):
    """The text of one source file."""

    file: str  #: path relative to the project, `/` between
    encoding: str  #: utf-8, utf-16, gb18030, big5, shift_jis
    text: str  #: decoded, without byte order mark, line ends as they came

    @property
    def lines(self) -> list[str]:
        """The lines without their line ends; line n of the file is `lines[n - 1]`."""
        return split_lines(self.text)


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
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        hint = "put the page's text in it, or remove it"
        raise Problems([Problem(file, 0, "is empty", hint)])
    return Source(file, *decode(raw, file))


def decode(raw: bytes, file: str) -> tuple[str, str]:
    """Bytes -> (encoding, text). UTF-8 first; raises Problems rather than guess in the dark."""
    try:
        return "utf-8", raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16", raw.decode("utf-16")
        hint = "save the file as UTF-8"
        where = f"not UTF-8 (byte {error.start} is 0x{raw[error.start]:02x})"
        raise Problems([Problem(file, 0, where, hint)]) from None

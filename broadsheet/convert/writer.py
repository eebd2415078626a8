"""Pieces -> content files: what is written, what is left alone, what is removed.

A file that the converter wrote carries a fingerprint of itself. While it still fits, nobody has
edited the file and a better conversion may replace or remove it. A file that it does not fit, or
that has none, is a person's: it is kept, and stands for the pieces made from the same lines.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from broadsheet import frontmatter
from broadsheet.piece import NewspaperPage, Obituary, Piece, parse_lines
from broadsheet.problems import Problems, shown
from broadsheet.slugs import slug

PAGE_FILE = "_page.md"
_TEMPORARY = ".writing"
#: The line of the fingerprint, after the other lines of the front matter.
_CONVERTED = re.compile(r"\A(---\n(?:(?!---\n).*\n)*?)converted: *(.*)\n")


class ContentFile(msgspec.Struct, frozen=True):
    """A content file as the converter would write it."""

    name: str
    text: str
    lines: frozenset[int]  #: of the source


class Kept(msgspec.Struct, frozen=True):
    """A person's file that was left alone."""

    file: str  #: path relative to the project
    diff: tuple[str, ...]  #: unified: from the person's text to what the converter would write


class Written(msgspec.Struct, frozen=True):
    """What became of a page's folder; files relative to the project."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()


def content_file(name: str, value: Piece | NewspaperPage, body: str) -> ContentFile:
    """A piece or page and its body (Markdown) -> the file, with its fingerprint."""
    text = frontmatter.dump(value.type, value, body)
    mark = fingerprint(text)
    quoted = f"'{mark}'" if mark.isdigit() else mark
    text = text.replace("\n---\n", f"\nconverted: {quoted}\n---\n", 1)
    return ContentFile(name, text, frozenset(parse_lines(value.lines or "")))


def piece_name(number: int, piece: Piece, text: str) -> str:
    """`02-mei-teshi.md`: reading order on the page, and what the piece is called.

    An obituary is called by the deceased, a piece without a headline by its first words (`text`).
    """
    person = piece.person.name if isinstance(piece, Obituary) else ""
    words = slug(person) or slug(piece.title) or slug(text)
    return f"{number:02d}-{words}.md" if words else f"{number:02d}.md"


def fingerprint(text: str) -> str:
    """Twelve digits of the digest of a content file, whatever its line ends, without themselves."""
    text = _CONVERTED.sub(r"\1", _plain_line_ends(text))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def is_untouched(text: str) -> bool:
    """Whether a content file is as the converter wrote it."""
    line = _CONVERTED.match(_plain_line_ends(text))
    return line is not None and line[2].strip(" '\"") == fingerprint(text)


def _was_converted(text: str) -> bool:
    return _CONVERTED.match(_plain_line_ends(text)) is not None


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").removeprefix("\ufeff")


def write_page(
    folder: Path,
    files: Sequence[ContentFile],
    root: Path,
    *,
    source: str,
    overwrite: bool = False,
    dry_run: bool = False,
) -> Written:
    """Make `folder` hold `files`, and leave what a person edited alone unless `overwrite` says.

    New files are written before old ones are removed, each by renaming: whenever the work is cut
    off, every piece is there whole, and the next conversion finishes it.
    """
    existing = _read_folder(folder)
    edited = {
        name: text
        for name, text in existing.items()
        if not is_untouched(text) and not (overwrite and _was_converted(text))
    }
    claims = {name: _claimed_lines(text, source) for name, text in edited.items()}
    replaced = {file.name: _stand_in(file, claims) for file in files}
    wanted = [file for file in files if replaced[file.name] is None]
    changed = [file for file in wanted if _differs(file, existing)]
    names = {file.name for file in wanted}
    removed = [name for name in existing if name not in names and name not in edited]
    if not dry_run:
        _clear_temporary(folder)
        for file in changed:
            _replace(folder / file.name, file.text)
        for name in removed:
            (folder / name).unlink()
        _remove_if_empty(folder)
    at = shown(folder, root)
    return Written(
        written=tuple(f"{at}/{file.name}" for file in changed),
        unchanged=tuple(f"{at}/{file.name}" for file in wanted if file not in changed),
        removed=tuple(f"{at}/{name}" for name in removed),
        kept=tuple(
            _kept(f"{at}/{name}", text, [file for file in files if replaced[file.name] == name])
            for name, text in edited.items()
        ),
    )


def _read_folder(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    paths = sorted(path for path in folder.glob("*.md") if path.is_file())
    return {path.name: path.read_bytes().decode("utf-8", "replace") for path in paths}


def _claimed_lines(text: str, source: str) -> frozenset[int]:
    """The lines of `source` for which a person's file stands; none when it cannot be read."""
    parts = frontmatter.split(text)
    if parts is None:
        return frozenset()
    try:
        data = frontmatter.parse_yaml(parts[0], "")
    except Problems:
        return frozenset()
    if data.get("source") != source:
        return frozenset()
    return frozenset(parse_lines(str(data.get("lines") or "")))


def _stand_in(file: ContentFile, claims: dict[str, frozenset[int]]) -> str | None:
    """The person's file that stands for `file`: of its name, or with most of its lines."""
    if file.name in claims:
        return file.name
    if file.name == PAGE_FILE or not file.lines:
        return None
    shares = {name: len(file.lines & lines) for name, lines in claims.items()}
    if 2 * sum(shares.values()) <= len(file.lines):
        return None
    return max(shares, key=lambda name: shares[name])


def _differs(file: ContentFile, existing: dict[str, str]) -> bool:
    return file.name not in existing or _plain_line_ends(existing[file.name]) != file.text


def _kept(file: str, text: str, instead_of: Iterable[ContentFile]) -> Kept:
    now = "".join(file.text for file in instead_of)
    diff = difflib.unified_diff(
        _plain_line_ends(text).splitlines(), now.splitlines(), file, "converted now", lineterm=""
    )
    return Kept(file, tuple(diff))


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{_TEMPORARY}")
    temporary.write_bytes(text.encode())
    temporary.replace(path)


def _clear_temporary(folder: Path) -> None:
    """Remove what a conversion that was cut off left half-written."""
    for path in folder.glob(f".*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()

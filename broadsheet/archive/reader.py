"""From the files of an issue to its pages and pieces, with every fault in them.

An issue is a folder `content/<date>/`, a newspaper page a folder in it, a piece one file
`<nn>-<slug>.md`; `_page.md` says what is known of the page. Other files are pictures.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from broadsheet import frontmatter, plain_files
from broadsheet.archive import plain_yaml
from broadsheet.archive.pictures import picture_size
from broadsheet.clock import Clock
from broadsheet.piece import PIECE_TYPES, Article, NewspaperPage, Obituary, Photo, Piece
from broadsheet.problems import Problem, Problems
from broadsheet.source import Source, read_source

CONTENT = "content"
PAGE_FILE = "_page.md"

Typed = TypeVar("Typed", bound=msgspec.Struct)

_PIECE_FILE = re.compile(r"\d+(?:-[^/]+)?\.md$")  # a piece of marks alone has no slug


class PieceFile(msgspec.Struct, frozen=True):
    """A piece and the file it came from."""

    file: str  #: relative to the project, `/` between
    number: int  #: reading order on its page, from 1
    piece: Piece
    body: str
    pictures: dict[str, tuple[int, int]]  #: each that it names -> width and height, 0 if not known

    @property
    def stem(self) -> str:
        """02-slug: with its page's folder, its identity and its address."""
        return self.file.rsplit("/", 1)[1][:-3]


class Page(msgspec.Struct, frozen=True):
    """A newspaper page: a folder of pieces."""

    name: str  #: of the folder: A07, 01
    page: NewspaperPage
    furniture: str
    pieces: tuple[PieceFile, ...]
    source: Source | None


class Issue(msgspec.Struct, frozen=True):
    """The newspaper of one day."""

    date: datetime.date
    pages: tuple[Page, ...]


class Reading(msgspec.Struct, frozen=True):
    """What came of reading an issue: without problems it has an issue."""

    issue: Issue | None
    digests: dict[str, str]  #: file -> digest of its bytes; "" for one that does not exist
    problems: tuple[Problem, ...]


def digest(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=12).hexdigest()


def read_issue(
    root: Path,
    date: str,
    files: Iterable[str],
    *,
    shortcuts: bool = True,
    clock: Clock | None = None,
) -> Reading:
    """Read the issue `content/<date>/`; `files` are its files, relative to the project.

    `shortcuts`: front matter that is plain is read without PyYAML.
    """
    reader = _Reader(root, date, shortcuts, clock or Clock())
    folders: dict[str, list[str]] = {}
    files = sorted(files)
    reader.problems += _alike(files)
    for file in files:
        folder, _, name = file.removeprefix(f"{CONTENT}/{date}/").rpartition("/")
        folders.setdefault(folder, []).append(name)
    ordered = sorted(folders.items(), key=lambda item: _page_order(item[0]))
    pages = [reader.page(folder, names) for folder, names in ordered]
    problems = tuple(sorted(reader.problems))
    known = tuple(page for page in pages if page is not None)
    issue = None if problems else Issue(datetime.date.fromisoformat(date), known)
    return Reading(issue, reader.digests, problems)


def _page_order(folder: str) -> list[str | int]:
    """As a reader counts: 2 before 10, A07 before A10, A10 before B01."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", folder)]


def _alike(files: list[str]) -> Iterator[Problem]:
    """Files whose names other systems confuse: Windows and macOS would keep one of them."""
    seen: dict[str, str] = {}
    for file in files:
        other = seen.setdefault(unicodedata.normalize("NFC", file).casefold(), file)
        if other != file:
            found = f"differs from {other} by case or Unicode form only"
            yield Problem(file, 0, found, "rename one of them")


class _Reader:
    """Reads the files of one issue, and keeps their digests and faults."""

    def __init__(self, root: Path, date: str, shortcuts: bool, clock: Clock) -> None:
        self.root, self.date = root, date
        self.shortcuts, self.clock = shortcuts, clock
        self.digests: dict[str, str] = {}
        self.problems: list[Problem] = []

    def page(self, folder: str, names: list[str]) -> Page | None:
        base = f"{CONTENT}/{self.date}/{folder}" if folder else f"{CONTENT}/{self.date}"
        texts = [name for name in names if name.endswith(".md")]
        for name in names:
            if name not in texts:
                self._bytes(f"{base}/{name}")
        if not folder or "/" in folder:
            hint = f"expected {CONTENT}/<date>/<page>/<nn>-<slug>.md"
            self.problems += [Problem(f"{base}/{name}", 0, "not in a page's folder", hint)
                              for name in texts]  # fmt: skip
            return None
        if not texts:
            return None
        page, furniture = NewspaperPage(), ""
        if PAGE_FILE in texts:
            page, furniture = self._page_file(f"{base}/{PAGE_FILE}")
        pieces: list[PieceFile] = []
        for name in texts:
            if name != PAGE_FILE:
                found = self._piece_file(f"{base}/{name}", len(pieces) + 1)
                if found is not None:
                    pieces.append(found)
        return Page(folder, page, furniture, tuple(pieces), self._page_source(page, pieces, base))

    def _page_source(
        self, page: NewspaperPage, pieces: list[PieceFile], base: str
    ) -> Source | None:
        """The source that the page names, or its first piece; all that are named must be there."""
        files = {f"{base}/{PAGE_FILE}": page.source}
        files |= {item.file: item.piece.source for item in pieces}
        first: dict[str, str] = {}
        for file, name in files.items():
            if name:
                first.setdefault(name, file)
        found = [self._source(name, file) for name, file in first.items()]
        return found[0] if found else None

    def _bytes(self, file: str) -> bytes | None:
        try:
            raw = plain_files.read(f"{self.root}/{file}")
        except OSError as error:
            self.digests[file] = ""
            self.problems.append(Problem(file, 0, f"cannot be read: {error.strerror}"))
            return None
        self.digests[file] = digest(raw)
        return raw

    def _text(self, file: str) -> str | None:
        self.clock.lap("parse")
        raw = self._bytes(file)
        self.clock.lap("read")
        if raw is None:
            return None
        try:
            return raw.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            found = f"not UTF-8 (byte 0x{raw[error.start]:02x})"
            self.problems.append(Problem(file, line, found, "save the file as UTF-8"))
            return None

    def _fields(self, file: str) -> tuple[dict[str, object], str, str] | None:
        """A content file -> its front matter as a mapping, the same as YAML, and its body."""
        text = self._text(file)
        if text is None:
            return None
        parts = frontmatter.split(text)
        if parts is None:
            hint = "expected a line ---, lines of `key: value`, a line ---, then the text"
            self.problems.append(Problem(file, 1, "no front matter", hint))
            return None
        source, body, _ = parts
        data: dict[str, object] | None = None
        if self.shortcuts:
            data = plain_yaml.read(source)  # type: ignore[assignment]
        if data is None:
            try:
                data = frontmatter.parse_yaml(source, file, 2)
            except Problems as found:
                self.problems += found.problems
                return None
        return data, source, body

    def _page_file(self, file: str) -> tuple[NewspaperPage, str]:
        fields = self._fields(file)
        if fields is None:
            return NewspaperPage(), ""
        data, source, body = fields
        if data.pop("type", NewspaperPage.type) != NewspaperPage.type:
            self._fault(file, source, "type", "not a page", "expected type: page")
        page = self._typed(data, NewspaperPage, file, source)
        if page is None:
            return NewspaperPage(), ""
        self._check_date(page.date, file, source)
        self._check_picture(page.image, file, source)
        return page, body.strip()

    def _piece_file(self, file: str, number: int) -> PieceFile | None:
        if not _PIECE_FILE.match(file.rsplit("/", 1)[1]):
            hint = "expected <nn>-<slug>.md, or _page.md"
            self.problems.append(Problem(file, 0, "not the name of a piece", hint))
        fields = self._fields(file)
        if fields is None:
            return None
        data, source, body = fields
        name = data.pop("type", None)
        kind = PIECE_TYPES.get(name) if isinstance(name, str) else None
        if kind is None:
            found = "type is missing" if name is None else f"type: {name!r} is not a type of piece"
            self._fault(file, source, "type", found, f"expected {', '.join(PIECE_TYPES)}")
            return None
        piece = self._typed(data, kind, file, source)
        if piece is None:
            return None
        self._check_date(piece.date, file, source)
        if isinstance(piece, Article) and not (piece.title or piece.gaps or piece.source):
            hint = "expected title: the headline as printed; or gaps, where it is lost"
            self._fault(file, source, "title", "an article without title", hint)
        for key, time in _times(piece):
            if not _is_day(time):
                found = f"{key}: {time!r} is not a day of the calendar"
                self._fault(file, source, key, found, "expected YYYY-MM-DD")
        images = _images(piece)
        for image in images:
            self._check_picture(image, file, source)
        return PieceFile(file, number, piece, body, self._sizes(file, images))

    def _sizes(self, file: str, images: list[str]) -> dict[str, tuple[int, int]]:
        if not images:
            return {}
        folder = (self.root / file).parent
        return {image: picture_size(folder / image) for image in images}

    def _typed(
        self, data: dict[str, object], kind: type[Typed], file: str, source: str
    ) -> Typed | None:
        try:
            return msgspec.convert(data, kind, strict=False)
        except msgspec.ValidationError:
            try:
                return frontmatter.convert(data, kind, file, source, 2)
            except Problems as found:
                self.problems += found.problems
                return None

    def _check_date(self, date: datetime.date | None, file: str, source: str) -> None:
        if date is not None and date.isoformat() != self.date:
            hint = f"expected {self.date}, the date of its folder"
            self._fault(file, source, "date", f"date: {date.isoformat()!r} differs", hint)

    def _check_picture(self, image: str, file: str, source: str) -> None:
        if not image:
            return
        folder = (self.root / file).parent
        path = (folder / image).resolve()
        if not path.is_relative_to(folder.resolve()):
            hint = "expected a path below the file's own folder"
            self._fault(file, source, "image", f"image: {image!r} lies elsewhere", hint)
        elif not path.is_file():
            hint = "expected a path relative to this file"
            self._fault(file, source, "image", f"image: {image!r} does not exist", hint)

    def _source(self, name: str, file: str) -> Source | None:
        """Read a source that the content file `file` names."""
        path = self.root / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            hint = "expected a path inside the project"
            self.problems.append(Problem(file, 0, f"source: {name!r} lies elsewhere", hint))
            return None
        try:
            self.digests[name] = digest(path.read_bytes())
            return read_source(path, self.root)
        except OSError as error:
            self.digests[name] = ""
            hint = "expected the source's path relative to the project"
            found = f"source: {name!r} cannot be read: {error.strerror}"
            self.problems.append(Problem(file, 0, found, hint))
        except Problems as found_in_source:
            self.problems += found_in_source.problems
        return None

    def _fault(self, file: str, source: str, key: str, found: str, hint: str) -> None:
        rows = source.split("\n")
        line = next((n for n, row in enumerate(rows, 2) if row.lstrip(" -").startswith(key)), 1)
        self.problems.append(Problem(file, line, found, hint))


def _images(piece: Piece) -> list[str]:
    if isinstance(piece, Article):
        return [figure.image for figure in piece.figures if figure.image]
    return [piece.image] if isinstance(piece, Photo) and piece.image else []


def _times(piece: Piece) -> list[tuple[str, str]]:
    """(key, date) of the dates that front matter keeps as text: some are of a year or month."""
    if not isinstance(piece, Obituary):
        return []
    named = (
        ("born", piece.person.born),
        ("died", piece.person.died),
        ("time", piece.service.time),
    )
    return [(key, time) for key, time in named if time]


def _is_day(time: str) -> bool:
    """Whether a date exists; a year or a month alone does."""
    try:
        datetime.date.fromisoformat((time + "-01-01")[:10])
    except ValueError:
        return False
    return True

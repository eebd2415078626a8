"""One issue: its files -> all pages that belong to it alone, and the records for the lists.

This is what a worker does; it depends on the issue and on nothing else in the archive.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from broadsheet.archive.reader import read_issue
from broadsheet.archive.store import Entry
from broadsheet.config import Config
from broadsheet.piece import Article, Photo
from broadsheet.problems import Problem, Problems
from broadsheet.site import calendar_file, records, search_pages, strings, typeset
from broadsheet.site.allocation import give_back_large_blocks
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import template_folders
from broadsheet.site.newspaper_page import DATA, SOURCE, newspaper_page, pieces_as_data
from broadsheet.site.output import MEMORY, Stage
from broadsheet.site.pages import KINDS, PAGES, PageKind
from broadsheet.site.piece_page import piece_page
from broadsheet.site.records import IssueRecord
from broadsheet.site.render import Renderer
from broadsheet.site.typeset import SetIssue, SetPage


class Task(msgspec.Struct, frozen=True):
    """Issues for one worker; small enough to travel."""

    root: str
    config: Config
    has_about: bool
    issues: tuple[tuple[str, tuple[str, ...]], ...]  #: (date, files) of each


class Made(msgspec.Struct, frozen=True):
    """What came of an issue. With problems it has neither outputs nor entries."""

    date: str
    digests: dict[str, str]
    problems: tuple[Problem, ...]
    outputs: tuple[str, ...] = ()
    size: int = 0  #: of the outputs, in bytes
    entries: tuple[Entry, ...] = ()
    learned: dict[str, str] = {}
    changed: int = 0
    same: int = 0
    saved: int = 0  #: bytes that minifying saved
    seconds: dict[str, float] = {}  #: by kind of work


class Bundle(msgspec.Struct, frozen=True):
    """A page of several files for one worker, with all that it is made of."""

    root: str
    config: Config
    has_about: bool
    kind: str
    key: str
    parts: tuple[bytes, ...]


class Bundled(msgspec.Struct, frozen=True):
    """What came of a bundle."""

    kind: str
    key: str
    sizes: dict[str, int]  #: path in the site -> bytes
    kept: bytes  #: for the making of other bundles
    changed: int
    seconds: float


#: The pages that other processes make: those that an issue has alone, and many that show lists.
_MANY = tuple(kind for kind in PAGES if kind.together or not (kind.list or kind.fixed))


class Press:
    """A project's templates, sentences and stage, ready to make issues."""

    def __init__(self, root: Path, desk: Desk) -> None:
        self.root = root
        self.desk = desk
        self.renderer = Renderer(root, desk, root / MEMORY / "templates")
        self.stage = Stage(root)


def prepare_press(task: Task) -> None:
    """Load what every worker needs, in the process that they are forked from."""
    import rjieba

    rjieba.cut("")
    if search_pages.wanted(task.config):
        import broadsheet.search.index  # noqa: F401 - its tables are shared from here on
    press_of(task.root, task.config, task.has_about).renderer.load(_MANY)


def make_issues(task: Task) -> list[Made]:
    """The work of another process."""
    press = press_of(task.root, task.config, task.has_about)
    made: list[Made] = []
    for date, files in task.issues:
        press.desk.know_headlines(())  # another issue has others
        made.append(make_issue(press, date, files))
    return made


@functools.lru_cache(maxsize=1)
def press_of(root: str, config: Config, has_about: bool) -> Press:
    """A worker makes many issues with one press."""
    sentences = strings.load(template_folders(Path(root)), config.language)
    return Press(Path(root), Desk(config, sentences, has_about=has_about))


def make_bundle(bundle: Bundle) -> Bundled:
    """The work of another process: stage the files of a bundle."""
    give_back_large_blocks()
    return bundled(press_of(bundle.root, bundle.config, bundle.has_about), bundle)


def bundled(press: Press, bundle: Bundle) -> Bundled:
    unpack = KINDS[bundle.kind].unpack
    assert unpack is not None
    started, before = time.perf_counter(), press.stage.written
    sizes: dict[str, int] = {}
    kept = b""
    for path, content in unpack(bundle.key, bundle.parts):
        if path:
            press.stage.put(path, content)
            sizes[path] = len(content)
        else:
            kept = content
    changed = press.stage.written - before
    return Bundled(bundle.kind, bundle.key, sizes, kept, changed, time.perf_counter() - started)


def make_issue(press: Press, date: str, files: tuple[str, ...]) -> Made:
    """Read an issue, stage its pages, and take down what the lists need."""
    clock = press.desk.clock
    clock.seconds.clear()
    clock.resume()
    shortcuts = press.desk.config.shortcuts
    reading = read_issue(press.root, date, files, shortcuts=shortcuts, clock=clock)
    clock.lap("parse")
    if reading.issue is None:
        return Made(date, reading.digests, reading.problems)
    press.desk.learned.clear()
    before, saved = press.stage.written, press.renderer.saved
    try:
        made = typeset.set_issue(press.desk, reading.issue)
        record = records.issue_record(press.desk, made)
        clock.lap("set")
        outputs = _stage_issue(press, made, record)
        entries = tuple(records.entries(press.desk, made, record))
        clock.lap("store")
    except Problems as found:
        return Made(date, reading.digests, tuple(found.problems))
    changed = press.stage.written - before
    return Made(
        date=date,
        digests=reading.digests,
        problems=(),
        outputs=tuple(outputs),
        size=sum(outputs.values()),
        entries=entries,
        learned=dict(press.desk.learned),
        changed=changed,
        same=len(outputs) - changed,
        saved=press.renderer.saved - saved,
        seconds=dict(clock.seconds),
    )


def _stage_issue(press: Press, issue: SetIssue, record: IssueRecord) -> dict[str, int]:
    """Stage every file that belongs to the issue alone; path in the site -> size in bytes.

    All views, then all pages, then all writing: what a processor keeps at hand serves the whole
    issue, which takes a sixth less time than one piece after the other.
    """
    clock = press.desk.clock
    views = list(_views(press.desk, issue, record))
    files = [(path, press.renderer.render(kind, path, content)) for kind, path, content in views]
    files += _further_files(press, issue)
    clock.lap("render")
    for path, content in files:
        press.stage.put(path, content)
    clock.lap("write")
    return {path: len(content) for path, content in files}


def _views(
    desk: Desk, issue: SetIssue, record: IssueRecord
) -> Iterator[tuple[PageKind, str, PageContent]]:
    """What each piece and each newspaper page of the issue shows."""
    for page in issue.pages:
        for piece in page.pieces:
            yield KINDS[piece.piece.type], piece.path, piece_page(desk, page, piece)
    for page, known in zip(issue.pages, record.pages, strict=True):
        yield KINDS["page"], page.path, newspaper_page(desk, page, known.items, issue.pages)


def _further_files(press: Press, issue: SetIssue) -> Iterator[tuple[str, bytes]]:
    """Data, sources, calendars and pictures, beside the pages that lead to them."""
    for page in issue.pages:
        folder = page.path.rpartition("/")[0]
        for piece in page.pieces:
            if calendar_file.has_service(piece):
                calendar = calendar_file.calendar_file(press.desk, page, piece)
                yield calendar_file.calendar_path(piece), calendar.encode()
        yield f"{folder}/{DATA}", pieces_as_data(page)
        if page.page.source:
            yield f"{folder}/{SOURCE}", page.page.source.text.encode()
        for picture in sorted(_pictures(page)):
            own = press.root / "content" / folder / picture
            yield f"{folder}/{picture}", own.read_bytes()


def _pictures(page: SetPage) -> set[str]:
    """Pictures that the page or a piece of it shows, relative to its folder."""
    found = {page.page.page.image}
    for piece in page.pieces:
        if isinstance(piece.piece, Article):
            found |= {figure.image for figure in piece.piece.figures}
        elif isinstance(piece.piece, Photo):
            found.add(piece.piece.image)
    return {picture for picture in found if picture}

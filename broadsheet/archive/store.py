"""The build's memory, `.broadsheet/store.sqlite`: its only state; deleting it costs a clean build.

    issue     a row per issue: the stamps and digests of its files, what it wrote
    entry     what an issue contributes to one key of one list: its records there, as msgpack
    memo      what was slow to find out: pinyin, weekdays, lunar days
    meta      fingerprint of settings, templates, strings and program; schema
    page      the address of every page that shows a list
    kept      what the making of one page left for that of others
    removal   outputs to remove, noted before publishing begins

Everything is written in one transaction, which a problem rolls back. Its commit is the decision:
from then on the staged files belong to the site, and a build that was killed while it moved them
there is finished by the next one (see site/output.py).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

#: Of the tables below. Another one makes the next build a clean one.
SCHEMA = "3"

_TABLES = """
create table if not exists meta (name text primary key, value text not null) without rowid;
create table if not exists issue (
    date text primary key, stamps blob not null, digests blob not null,
    sources blob not null, outputs blob not null, size integer not null
);
create table if not exists entry (
    list text not null, key text not null, issue text not null,
    count integer not null, records blob not null
);
create unique index if not exists entry_key on entry (list, key, issue, count);
create index if not exists entry_issue on entry (issue);
create table if not exists page (
    path text primary key, kind text not null, key text not null, size integer not null
) without rowid;
create unique index if not exists page_key on page (kind, key);
create table if not exists kept (
    kind text not null, key text not null, content blob not null, primary key (kind, key)
);
create table if not exists memo (question text primary key, answer text not null) without rowid;
create table if not exists removal (path text primary key) without rowid;
"""

_encode = msgspec.msgpack.Encoder().encode
_decode_names = msgspec.msgpack.Decoder(tuple[str, ...]).decode
_decode_texts = msgspec.msgpack.Decoder(dict[str, str]).decode

#: Kinds of rows in `page` that no template makes: a file of assets/, a further file of a page.
ASSET, PART = "asset", "part"

#: Sorts after every key that begins with the same text.
_LAST = "\U0010ffff"


class Known(msgspec.Struct, frozen=True):
    """What the last build knew of an issue's files."""

    stamps: bytes
    packed: bytes
    sources: tuple[str, ...]  #: files of it that are not in content/

    @property
    def digests(self) -> dict[str, str]:
        """File -> digest; unpacked only when a file looks different."""
        return _decode_texts(self.packed)


class Entry(msgspec.Struct, frozen=True):
    """An issue's contribution to one key of one list."""

    list: str
    key: str
    count: int  #: pieces
    records: bytes


#: An entry whole: list, key, issue, count, records.
Whole = tuple[str, str, str, int, bytes]


class Row(msgspec.Struct, frozen=True):
    """An entry as it is read back."""

    key: str
    issue: str
    count: int
    records: bytes


#: The (list, key) pairs whose records changed; true where the key itself came or went.
Changed = dict[tuple[str, str], bool]


def remove_store(path: Path, why: str) -> str:
    """Start afresh; gives back the line that says so."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    return f"{path.name} was {why}; everything is built anew"


#: SQLite's result codes for what is wrong with the machine and not with the file: no permission,
#: in use, no memory, read-only, a fault of the disk, full, cannot be opened.
_OF_THE_MACHINE = frozenset((3, 5, 6, 7, 8, 10, 13, 14))


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the store itself is damaged; else it is whole, and the disk full or read-only."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OF_THE_MACHINE


class Store:
    """Open it with `with`; what is not committed by then is rolled back."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.DatabaseError when the file is damaged; see `remove_store`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rebuilt = ""  #: why it was started afresh, for the person at the terminal
        self._open(path)
        if self.meta("schema") not in ("", SCHEMA):
            self._db.close()
            self.rebuilt = remove_store(path, "of another version")
            self._open(path)
        self._db.execute("begin")
        self.note("schema", SCHEMA)

    @classmethod
    def of(cls, entries: Iterable[Whole]) -> Store:
        """A store in memory that knows these entries and nothing else."""
        store = cls.__new__(cls)
        store.rebuilt = ""
        store._open(":memory:")
        store._db.execute("begin")
        store._db.executemany("insert into entry values (?, ?, ?, ?, ?)", entries)
        return store

    def _open(self, path: Path | str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        for statement in _TABLES.split(";"):
            self._db.execute(statement)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._db.in_transaction:
            self._db.execute("rollback")
        self._db.close()

    def commit(self) -> None:
        """Keep what was put so far, and go on."""
        self._db.execute("commit")
        self._db.execute("begin")

    # What is known of the whole.

    def meta(self, name: str) -> str:
        row = self._db.execute("select value from meta where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, name: str, value: str) -> None:
        if self.meta(name) != value:
            self._db.execute("insert or replace into meta values (?, ?)", (name, value))

    def recall(self, question: str) -> str:
        """What an earlier build found out, "" when none did."""
        row = self._db.execute("select answer from memo where question = ?", (question,)).fetchone()
        return str(row[0]) if row else ""

    def forget_answers(self) -> None:
        """Another program or language may answer otherwise."""
        self._db.execute("delete from memo")

    def memorize(self, answers: dict[str, str]) -> None:
        self._db.executemany("insert or ignore into memo values (?, ?)", sorted(answers.items()))

    # Issues.

    def dates(self) -> list[str]:
        return [row[0] for row in self._db.execute("select date from issue order by date")]

    def known(self, date: str) -> Known:
        query = "select stamps, digests, sources from issue where date = ?"
        stamps, digests, sources = self._db.execute(query, (date,)).fetchone()
        return Known(stamps, digests, _decode_names(sources))

    def restamp(self, date: str, stamps: bytes) -> None:
        """The files look different but are the same."""
        self._db.execute("update issue set stamps = ? where date = ?", (stamps, date))

    def put_issue(
        self,
        date: str,
        stamps: bytes,
        digests: dict[str, str],
        outputs: tuple[str, ...],
        entries: Iterable[Entry],
        size: int = 0,
    ) -> Changed:
        """Take what a build found of an issue; `size` is that of its outputs, in bytes."""
        self._remove_later(set(self._outputs(date)) - set(outputs))
        sources = sorted(file for file in digests if not file.startswith("content/"))
        row = (date, stamps, _encode(digests), _encode(sources), _encode(outputs), size)
        self._db.execute("insert or replace into issue values (?, ?, ?, ?, ?, ?)", row)
        return self._put_entries(date, entries)

    def drop_issue(self, date: str) -> Changed:
        """Forget an issue."""
        self._remove_later(self._outputs(date))
        self._db.execute("delete from issue where date = ?", (date,))
        return self._put_entries(date, ())

    def _outputs(self, date: str) -> tuple[str, ...]:
        row = self._db.execute("select outputs from issue where date = ?", (date,)).fetchone()
        return _decode_names(row[0]) if row else ()

    def _put_entries(self, date: str, entries: Iterable[Entry]) -> Changed:
        query = "select list, key, count, records from entry where issue = ?"
        old = {
            (a, b): (count, records) for a, b, count, records in self._db.execute(query, (date,))
        }
        new = {(e.list, e.key): (e.count, e.records) for e in entries}
        changed = {at for at in old.keys() | new.keys() if old.get(at) != new.get(at)}
        delete = "delete from entry where list = ? and key = ? and issue = ?"
        self._db.executemany(delete, [(*at, date) for at in changed if at in old])
        others = "select 1 from entry where list = ? and key = ? limit 1"
        come_or_gone = {
            at: (at in old) != (at in new) and self._db.execute(others, at).fetchone() is None
            for at in changed
        }
        insert = "insert into entry values (?, ?, ?, ?, ?)"
        self._db.executemany(insert, [(*at, date, *new[at]) for at in changed if at in new])
        return come_or_gone

    # Lists.

    def keys_of(self, name: str, prefix: str = "") -> list[str]:
        """The keys of a list that begin with `prefix`, in order."""
        query = (
            "select distinct key from entry where list = ? and key >= ? and key < ? order by key"
        )
        return [row[0] for row in self._db.execute(query, (name, prefix, prefix + _LAST))]

    def rows(self, name: str, prefix: str = "") -> Iterator[Row]:
        """The entries of a list whose keys begin with `prefix`, oldest issue first."""
        query = (
            "select key, issue, count, records from entry"
            " where list = ? and key >= ? and key < ? order by issue, key"
        )
        for row in self._db.execute(query, (name, prefix, prefix + _LAST)):
            yield Row(*row)

    def whole(self, name: str, key: str) -> list[Whole]:
        """The entries of a key as they are kept, for a store of their own (`of`)."""
        query = (
            "select list, key, issue, count, records from entry"
            " where list = ? and key = ? order by issue"
        )
        return list(self._db.execute(query, (name, key)))

    def row(self, name: str, key: str, issue: str) -> Row:
        """What an issue, which is known to have it, contributes to a key of a list."""
        query = "select count, records from entry where list = ? and key = ? and issue = ?"
        return Row(key, issue, *self._db.execute(query, (name, key, issue)).fetchone())

    def newest(self, name: str, prefix: str = "") -> Iterator[Row]:
        """The same, newest issue first; stop when there is enough."""
        issues = (
            "select issue, key from entry"
            " where list = ? and key >= ? and key < ? order by key desc, issue desc"
        )
        query = "select count, records from entry where list = ? and key = ? and issue = ?"
        for issue, key in self._db.execute(issues, (name, prefix, prefix + _LAST)):
            yield Row(key, issue, *self._db.execute(query, (name, key, issue)).fetchone())

    def counts(self, name: str, prefix: str = "") -> list[tuple[str, int]]:
        """How many pieces each key that begins with `prefix` has, in the order of the keys."""
        query = (
            "select key, sum(count) from entry"
            " where list = ? and key >= ? and key < ? group by key order by key"
        )
        return list(self._db.execute(query, (name, prefix, prefix + _LAST)))

    def neighbours(self, name: str, key: str, prefix: str = "") -> tuple[str, str]:
        """The keys before and after `key` among those that begin with `prefix`, "" at an end."""
        before = "select max(key) from entry where list = ? and key < ? and key >= ?"
        after = "select min(key) from entry where list = ? and key > ? and key < ?"
        previous = self._db.execute(before, (name, key, prefix)).fetchone()[0]
        following = self._db.execute(after, (name, key, prefix + _LAST)).fetchone()[0]
        return previous or "", following or ""

    # Pages that show lists, and outputs that nothing owns any more.

    def pages(self) -> list[tuple[str, str]]:
        """(kind, key) of every page that shows a list, as the last build left them."""
        return list(self._db.execute("select kind, key from page order by kind, key"))

    def put_page(self, kind: str, key: str, path: str, size: int = 0) -> None:
        """A page of `size` bytes is written at `path`; where it stood before, it is removed."""
        self.drop_page(kind, key)
        self._db.execute("delete from removal where path = ?", (path,))
        self._db.execute("insert or replace into page values (?, ?, ?, ?)", (path, kind, key, size))

    def drop_page(self, kind: str, key: str) -> None:
        found = (kind, key)
        self._db.execute(
            "insert or ignore into removal select path from page where kind = ? and key = ?", found
        )
        self._db.execute("delete from page where kind = ? and key = ?", found)

    def page_keys(self, kind: str) -> list[str]:
        """The keys of the pages of a kind, as the last build left them."""
        query = "select key from page where kind = ? order by key"
        return [row[0] for row in self._db.execute(query, (kind,))]

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """What the making of a page left for that of others; b"" for nothing."""
        if content:
            row = (kind, key, content)
            self._db.execute("insert or replace into kept values (?, ?, ?)", row)
        else:
            self._db.execute("delete from kept where kind = ? and key = ?", (kind, key))

    def kept(self, kind: str, key: str) -> bytes:
        query = "select content from kept where kind = ? and key = ?"
        return bytes(self._db.execute(query, (kind, key)).fetchone()[0])

    def put_parts(self, owner: str, paths: Mapping[str, int]) -> None:
        """A page's further files, with their sizes, are these and no others; `owner` names it."""
        start = f"{owner}\n"
        query = "select path from page where kind = ? and key >= ? and key < ?"
        old = {row[0] for row in self._db.execute(query, (PART, start, start + _LAST))}
        new = set(paths)
        self._remove_later(old - new)
        self._db.executemany("delete from page where path = ?", [(p,) for p in sorted(old - new)])
        self._db.executemany("delete from removal where path = ?", [(p,) for p in sorted(new)])
        rows = [(path, PART, start + path, paths[path]) for path in sorted(new)]
        self._db.executemany("insert or replace into page values (?, ?, ?, ?)", rows)

    def _remove_later(self, paths: Iterable[str]) -> None:
        self._db.executemany("insert or ignore into removal values (?)", [(p,) for p in paths])

    def removals(self) -> list[str]:
        return [row[0] for row in self._db.execute("select path from removal order by path")]

    def forget_removals(self) -> None:
        self._db.execute("delete from removal")

    def size(self) -> int:
        """Of the whole site, in bytes."""
        query = "select (select total(size) from issue) + (select total(size) from page)"
        return int(self._db.execute(query).fetchone()[0])

    def outputs(self) -> Iterator[str]:
        """Every file of the site that the store knows to be the build's own."""
        for (packed,) in self._db.execute("select outputs from issue"):
            yield from _decode_names(packed)
        for (path,) in self._db.execute("select path from page"):
            yield path

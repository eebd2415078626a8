"""The store gives back what lists show, says what changed, and starts afresh when it must."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.archive.store import Entry, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def put(store: Store, date: str, *entries: tuple[str, str, int], outputs: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    found = [Entry(name, key, n, f"{date} {key}".encode()) for name, key, n in entries]
    return store.put_issue(date, b"", {}, outputs, found)


def test_rows_of_a_list_are_those_whose_keys_begin_alike(store: Store) -> None:
    put(store, "2025-02-01", ("section", "a/2025-02", 3))
    put(store, "2025-01-01", ("section", "a/2025-01", 1), ("section", "b/2025-01", 7))
    put(store, "2025-01-09", ("section", "a/2025-01", 2))
    rows = [(row.issue, row.count) for row in store.rows("section", "a/")]
    assert rows == [("2025-01-01", 1), ("2025-01-09", 2), ("2025-02-01", 3)]
    assert [row.issue for row in store.newest("section", "a/")] == [
        "2025-02-01",
        "2025-01-09",
        "2025-01-01",
    ]
    assert store.counts("section", "a/") == [("a/2025-01", 3), ("a/2025-02", 3)]
    assert store.keys_of("section") == ["a/2025-01", "a/2025-02", "b/2025-01"]
    assert store.neighbours("section", "a/2025-01", "a/") == ("", "a/2025-02")
    assert store.neighbours("section", "a/2025-02", "a/") == ("a/2025-01", "")


def test_an_excerpt_answers_as_the_store_does_for_what_is_in_it(store: Store) -> None:
    put(store, "2025-01-01", ("section", "a/2025-01", 1), ("section", "b/2025-01", 7))
    put(store, "2025-01-09", ("section", "a/2025-01", 2))
    with Store.of(store.whole("section", "a/2025-01")) as excerpt:
        assert list(excerpt.rows("section", "a/")) == list(store.rows("section", "a/"))
        assert excerpt.counts("section") == [("a/2025-01", 3)]
        assert excerpt.keys_of("section", "b/") == []


def test_a_change_names_the_keys_and_whether_they_came_or_went(store: Store) -> None:
    assert put(store, "2025-01-01", ("x", "k", 1)) == {("x", "k"): True}
    assert put(store, "2025-01-02", ("x", "k", 1)) == {("x", "k"): False}
    assert put(store, "2025-01-02", ("x", "k", 1)) == {}
    assert put(store, "2025-01-02", ("x", "k", 2)) == {("x", "k"): False}
    assert put(store, "2025-01-02", ("x", "m", 2)) == {("x", "k"): False, ("x", "m"): True}
    assert store.drop_issue("2025-01-01") == {("x", "k"): True}


def test_outputs_that_an_issue_no_longer_has_are_to_be_removed(store: Store) -> None:
    put(store, "2025-01-01", outputs=("a", "b"))
    put(store, "2025-01-01", outputs=("b", "c"))
    store.put_page("kind", "key", "old.html")
    store.put_page("kind", "key", "new.html")
    store.drop_page("kind", "none")
    assert store.removals() == ["a", "old.html"]
    assert sorted(store.outputs()) == ["b", "c", "new.html"]


def test_what_is_not_committed_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        put(store, "2025-01-01", ("x", "k", 1))
        store.commit()
        put(store, "2025-01-02", ("x", "k", 1))
    with Store(path) as store:
        assert store.dates() == ["2025-01-01"]


def test_a_store_of_another_version_is_started_afresh(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        put(store, "2025-01-01")
        store.note("schema", "0")
        store.commit()
    with Store(path) as store:
        assert "of another version" in store.rebuilt
        assert store.dates() == []


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"x" * 4096)
    with pytest.raises(sqlite3.DatabaseError):
        Store(tmp_path / "store.sqlite")


def test_answers_are_remembered_until_they_are_forgotten(store: Store) -> None:
    store.memorize({"slug 国际": "guoji-5ce1"})
    assert store.recall("slug 国际") == "guoji-5ce1"
    store.forget_answers()
    assert store.recall("slug 国际") == ""

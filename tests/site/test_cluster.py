"""A cluster makes the same bytes: a real scheduler and two worker processes on the loopback."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config import load
from broadsheet.problems import Problems
from broadsheet.site.build import build

pytest.importorskip("distributed", reason="Dask is not installed: pip install '.[cluster]'")

SiteOf = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def long_archive(archive: Path) -> Path:
    """An archive with work for several tasks."""
    for n in range(1, 29):
        folder = archive / f"content/2023-05-{n:02}/A01"
        folder.mkdir(parents=True)
        for piece in range(1, 9):
            text = (
                f"---\ntype: article\ntitle: 第{n}日之{piece}\nsection: 要闻\n---\n\n一段正文。\n"
            )
            (folder / f"{piece:02}-x.md").write_text(text, encoding="utf-8")
    return archive


def test_a_cluster_gives_the_same_bytes(
    long_archive: Path, scheduler: str, clean_site: SiteOf, site_of: SiteOf
) -> None:
    summary = build(long_archive, load(long_archive), cluster=scheduler)
    assert summary.issues == 31
    assert site_of(long_archive) == clean_site(long_archive)


def test_a_worker_that_is_killed_in_the_middle_is_made_good(
    long_archive: Path, scheduler: str, clean_site: SiteOf, site_of: SiteOf
) -> None:
    from distributed import Client

    with Client(scheduler) as client:
        victims = list(client.run(os.getpid).values())

    @contextmanager
    def killing(name: str, total: int) -> Iterator[Callable[[int], None]]:
        def advance(done: int) -> None:
            if victims and name == "Issues":
                os.kill(victims.pop(), signal.SIGKILL)

        yield advance

    build(long_archive, load(long_archive), cluster=scheduler, progress=killing)
    assert victims == []
    assert site_of(long_archive) == clean_site(long_archive)


def test_few_changed_issues_are_made_here(archive: Path, site_of: SiteOf) -> None:
    build(archive, load(archive), cluster="tcp://127.0.0.1:9")
    assert "index.html" in site_of(archive)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "local:two"])
def test_a_cluster_that_is_not_there_is_a_problem_and_the_site_stays(
    long_archive: Path, address: str, monkeypatch: pytest.MonkeyPatch, site_of: SiteOf
) -> None:
    from broadsheet.site import cluster

    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(Problems, match="expected tcp://HOST:PORT"):
        build(long_archive, load(long_archive), cluster=address)
    assert site_of(long_archive) == {}


def test_without_dask_the_extra_is_named(
    long_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = __import__

    def missing(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr("builtins.__import__", missing)
    shutil.rmtree(long_archive / "site", ignore_errors=True)
    with pytest.raises(Problems, match=r"broadsheet\[cluster\]"):
        build(long_archive, load(long_archive), cluster="local:2")

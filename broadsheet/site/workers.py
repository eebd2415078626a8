"""Work for several processes, or for several machines, through an Executor."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from broadsheet.archive.scan import Change
from broadsheet.config import Config
from broadsheet.site import cluster
from broadsheet.site.allocation import look_seldom
from broadsheet.site.issue_files import (
    Bundle,
    Bundled,
    Made,
    Task,
    make_bundle,
    make_issues,
    prepare_press,
)
from broadsheet.site.list_files import Excerpt, Staged, stage_excerpt

A = TypeVar("A")
B = TypeVar("B")

#: Issues in a task for another process: few, so that all processes end at about the same time.
CHUNK = 2
#: Tasks under way for each worker: one in work, the others waiting.
AHEAD = 4


class Pool:
    """Processes of this machine, or the workers of a cluster; they start with the first work."""

    def __init__(self, jobs: int, cluster: str = "") -> None:
        """`jobs`: processes. `cluster`: a Dask scheduler whose workers take their place, which see
        the project's folder where this machine sees it: tcp://host:8786, or local:2."""
        self._jobs, self._cluster = jobs, cluster
        self._open = ExitStack()
        self._executor: Executor | None = None

    def close(self) -> None:
        self._open.close()

    def make(self, tasks: Iterator[Task]) -> Iterator[Made]:
        """The issues, in whatever order they are done; the first are under way on return.

        Raises Problems when there is no such cluster.
        """
        first = next(tasks, None)
        if first is None:
            return iter(())
        executor = self._started(first)
        return make_with(executor, chain((first,), tasks), AHEAD * self._jobs)

    def bundle(self, bundles: Iterator[Bundle]) -> Iterator[Bundled]:
        """The same of pages that are several files, of which each may be large; while they are
        being made, this process may do other work."""
        assert self._executor is not None
        at_once = max(min(2, self._jobs), self._jobs // 2)  # a segment may take 100 MB
        found = _through(self._executor, make_bundle, bundles, at_once)
        return (bundled for _, bundled in found)

    def stage(self, excerpts: Iterator[Excerpt]) -> Iterator[Staged]:
        """The same of pages that show lists."""
        assert self._executor is not None
        found = _through(self._executor, stage_excerpt, excerpts, AHEAD * self._jobs)
        return (staged for _, staged in found)

    def _started(self, first: Task) -> Executor:
        if self._executor is None and self._cluster:
            connection = cluster.connected(self._cluster)
            self._executor, self._jobs = self._open.enter_context(connection)
        if self._executor is None:
            method = "fork" if _can_fork() else "spawn"
            if method == "fork":
                prepare_press(first)
            context = multiprocessing.get_context(method)
            processes = ProcessPoolExecutor(self._jobs, context, initializer=look_seldom)
            self._executor = self._open.enter_context(processes)
        return self._executor


def _can_fork() -> bool:
    """Whether new processes may be copies of this one: not beside other threads of ours."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def tasks(root: Path, config: Config, has_about: bool, changes: Iterable[Change]) -> Iterator[Task]:
    """The changed issues in chunks."""
    left = iter(changes)
    while chunk := tuple((change.date, change.files) for change in islice(left, CHUNK)):
        yield Task(str(root), config, has_about, chunk)


def make_with(executor: Executor, tasks: Iterator[Task], ahead: int) -> Iterator[Made]:
    """Issues through any executor, with `ahead` tasks under way."""
    found = _through(executor, make_issues, tasks, ahead)
    return (one for _, made in found for one in made)


def _through(
    executor: Executor, work: Callable[[A], B], tasks: Iterator[A], ahead: int
) -> Iterator[tuple[A, B]]:
    """Each task with its result, in whatever order. The first are under way on return."""
    waiting = {_submit(executor, work, task): task for task in islice(tasks, ahead)}
    return _finished(executor, work, tasks, waiting)


def _finished(
    executor: Executor, work: Callable[[A], B], tasks: Iterator[A], waiting: dict[Future[B], A]
) -> Iterator[tuple[A, B]]:
    """A task whose worker died is done here."""
    while waiting:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        finished = [(future, waiting.pop(future)) for future in done]
        waiting |= {_submit(executor, work, task): task for task in islice(tasks, len(done))}
        for future, task in finished:
            yield task, _result(future, work, task)


def _submit(executor: Executor, work: Callable[[A], B], task: A) -> Future[B]:
    try:
        return executor.submit(work, task)
    except Exception as error:  # every kind of executor breaks in a way of its own
        future: Future[B] = Future()
        future.set_exception(error)
        return future


def _result(future: Future[B], work: Callable[[A], B], task: A) -> B:
    try:
        return future.result()
    except Exception:  # were the task itself at fault, it would say so here
        return work(task)

"""Who makes the changed issues: this process, or several through an Executor."""

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
from itertools import chain, islice
from pathlib import Path

from broadsheet.archive.scan import Change
from broadsheet.config import Config
from broadsheet.site import cluster
from broadsheet.site.issue_files import (
    Made,
    Press,
    Task,
    make_issue,
    make_issues,
    prepare_press,
    prepare_worker,
)

#: Issues in a task for another process.
CHUNK = 4
#: Tasks under way for each worker: one in work, the others waiting.
AHEAD = 3


def make_here(
    press: Press, changes: Iterable[Change], known: Callable[[str], Iterable[str]]
) -> Iterator[Made]:
    """One issue after the other. `known` gives the marked headlines of a date's last build."""
    for change in changes:
        press.desk.know_headlines(known(change.date))
        yield make_issue(press, change.date, change.files)


def make_elsewhere(tasks: Iterator[Task], jobs: int) -> Iterator[Made]:
    """In `jobs` processes, in whatever order they are done."""
    first = next(tasks, None)
    if first is None:
        return
    method = "fork" if _can_fork() else "spawn"
    if method == "fork":
        prepare_press(first)
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, context, initializer=prepare_worker) as executor:
        yield from make_with(executor, chain((first,), tasks), AHEAD * jobs)


def make_on_cluster(address: str, tasks: Iterator[Task]) -> Iterator[Made]:
    """By the workers of a Dask cluster, which see the project's folder at the same place.

    `address`: of its scheduler, tcp://host:8786; or local:N for N processes of this machine.
    Raises Problems when Dask is not installed or no scheduler answers.
    """
    with cluster.connected(address) as (executor, workers):
        yield from make_with(executor, tasks, AHEAD * workers)


def _can_fork() -> bool:
    """Whether new processes may be copies of this one: not beside other threads of ours."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def tasks(root: Path, config: Config, has_about: bool, changes: Iterable[Change]) -> Iterator[Task]:
    """The changed issues in chunks."""
    left = iter(changes)
    while chunk := tuple((change.date, change.files) for change in islice(left, CHUNK)):
        yield Task(str(root), config, has_about, chunk)


def make_with(executor: Executor, tasks: Iterator[Task], ahead: int) -> Iterator[Made]:
    """Through any executor, with `ahead` tasks under way; a task whose worker died is done here."""
    waiting = {_submit(executor, task): task for task in islice(tasks, ahead)}
    while waiting:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        finished = [(future, waiting.pop(future)) for future in done]
        waiting |= {_submit(executor, task): task for task in islice(tasks, len(done))}
        for future, task in finished:
            yield from _result(future, task)


def _submit(executor: Executor, task: Task) -> Future[list[Made]]:
    try:
        return executor.submit(make_issues, task)
    except Exception as error:  # every kind of executor breaks in a way of its own
        future: Future[list[Made]] = Future()
        future.set_exception(error)
        return future


def _result(future: Future[list[Made]], task: Task) -> list[Made]:
    try:
        return future.result()
    except Exception:  # were the task itself at fault, it would say so here
        return make_issues(task)

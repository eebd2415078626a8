"""Who makes the changed issues: this process, or several through an Executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from itertools import islice
from pathlib import Path

from broadsheet.archive.scan import Change
from broadsheet.config import Config
from broadsheet.site.issue_files import (
    Made,
    Press,
    Task,
    make_issue,
    make_issues,
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


def make_elsewhere(
    root: Path, config: Config, has_about: bool, changes: Iterable[Change], jobs: int
) -> Iterator[Made]:
    """In `jobs` processes, in whatever order they are done."""
    tasks = _tasks(root, config, has_about, iter(changes))
    with ProcessPoolExecutor(jobs, initializer=prepare_worker) as executor:
        yield from make_with(executor, tasks, AHEAD * jobs)


def _tasks(
    root: Path, config: Config, has_about: bool, changes: Iterator[Change]
) -> Iterator[Task]:
    while chunk := tuple((change.date, change.files) for change in islice(changes, CHUNK)):
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
    except BrokenExecutor as error:
        future: Future[list[Made]] = Future()
        future.set_exception(error)
        return future


def _result(future: Future[list[Made]], task: Task) -> list[Made]:
    try:
        return future.result()
    except BrokenExecutor:
        return make_issues(task)

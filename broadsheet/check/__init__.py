"""Look for problems without building: front matter, text that was lost, links in the site.

An issue is checked by itself, and so is a folder of the site: over several processes where there
are many, and in memory that does not grow with the archive's pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from broadsheet.check.links import broken_links, folders
from broadsheet.check.text import faults_of_text
from broadsheet.config import Config
from broadsheet.problems import Problem
from broadsheet.progress import Stage, silent

SITE = "site"

#: Less than so many issues or folders are done before other processes have started.
_FEW = 40

A = TypeVar("A")
B = TypeVar("B")


def check(
    root: Path, config: Config, *, jobs: int | None = None, progress: Stage = silent
) -> list[Problem]:
    """Every problem of the project in `root`, in the order of its files.

    `jobs`: processes; one a core when None.
    """
    jobs = jobs or os.cpu_count() or 1
    with ProcessPoolExecutor(jobs) as pool:

        def each(name: str, work: Callable[[A], B], tasks: Sequence[A]) -> Iterator[B]:
            """The results in order; the processes start with the first work for them."""
            many = jobs > 1 and len(tasks) >= _FEW
            results = pool.map(work, tasks, chunksize=8) if many else map(work, tasks)
            with progress(name, len(tasks)) as advance:
                for result in results:
                    yield result
                    advance(1)

        found = set(faults_of_text(root, config.shortcuts, each))
        for problems in each("Checking links", broken_links, folders(root / SITE)):
            found.update(problems)
    return sorted(found)

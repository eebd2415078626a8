"""Workers on other machines: a Dask cluster as an Executor.

Dask's own executor interface carries the tasks; what they read and write lies in the project's
folder, which every worker must see at the same place (docs/cluster.md).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor

from broadsheet.problems import Problem, Problems

#: Seconds to wait for a scheduler and for its first worker.
PATIENCE = 30

#: How often a task whose worker died is given to another one before it is done here.
RETRIES = 2


@contextlib.contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor over a cluster, and how many tasks it works on at once.

    `address`: tcp://host:8786, or local:N for N processes of this machine.
    Raises Problems when Dask is not installed, the address is wrong or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'broadsheet[cluster]'"
        raise Problems([Problem("--cluster", 0, "Dask is not installed", hint)]) from None
    with contextlib.ExitStack() as stack:
        try:
            if address.startswith("local:"):
                address = stack.enter_context(_local(int(address.removeprefix("local:"))))
            client = stack.enter_context(Client(address, timeout=PATIENCE))  # type: ignore[no-untyped-call]
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            hint = "expected tcp://HOST:PORT of a running scheduler with workers, or local:2"
            found = f"{address}: {error or 'no worker'}"
            raise Problems([Problem("--cluster", 0, found, hint)]) from None
        executor = stack.enter_context(client.get_executor(retries=RETRIES))
        yield executor, sum(client.nthreads().values())


@contextlib.contextmanager
def _local(workers: int) -> Iterator[str]:
    """A scheduler and worker processes on this machine's loopback; the scheduler's address."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
    ) as found:
        yield found.scheduler_address

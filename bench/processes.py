"""A command measured as a person starts it: a whole process, with all that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

#: As an installed program runs: its modules are compiled once, not at each start.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Measured(NamedTuple):
    """What a command took; `worked` is the time of the processors, in seconds like the other."""

    status: int
    seconds: float
    worked: float
    memory: int  #: bytes, of all its processes together; what they share is counted once


class Memory(threading.Thread):
    """The largest sum of the proportional sizes of a process and all below it, in bytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.peak = max(self.peak, sum(map(proportional_size, family(self.process))))


def family(process: int) -> list[int]:
    found = [process]
    for one in found:  # it grows as we go
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        found += map(int, children.split())
    return found


def proportional_size(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.split("\n") if "Pss:" in line), 0)


def broadsheet(program: Path, root: Path, *arguments: str, log: Path | None = None) -> Measured:
    """Run `build.py` of the checkout `program` on the archive at `root`.

    What it says goes to the file `log`, or where this process's output goes.
    """
    command = [sys.executable, str(program / "build.py"), "-C", str(root), *arguments]
    started = time.perf_counter()
    with log.open("wb") if log else nullcontext() as said:
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=said, stderr=said)
    memory = Memory(process.pid)
    memory.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    memory.over.set()
    memory.join()
    worked = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    return Measured(code, seconds, worked, max(memory.peak, usage.ru_maxrss * 1024))

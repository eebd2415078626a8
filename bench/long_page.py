#!/usr/bin/env python3
"""Convert pages far longer than any printed one: seconds and memory, which should grow evenly.

    bench/long_page.py               a megabyte, a half and a quarter, each in a process of its own

Twice: with text that never repeats, and with one report printed again and again, as where a
program pasted the same page many times.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from collections.abc import Callable

from broadsheet.convert import convert_page

SIZES = (250_000, 500_000, 1_000_000)
SEED = 1
REPORT = """河口渔港开秤

今天清晨，河口的渔港在封海三个月之后重新开秤，六十多条渔船陆续靠岸，船工们把一筐筐带鱼抬上码头，鱼市的灯一直亮到中

午，才慢慢散去。

镇上的老人说，这样的年景已经多年没有见过了。

"""


def repeated(size: int) -> str:
    return REPORT * (size // len(REPORT.encode()) + 1)


def distinct(size: int) -> str:
    """Headings and paragraphs of characters drawn anew; some end in mid-sentence."""
    chance = random.Random(SEED)
    characters = [chr(0x4E00 + number) for number in range(3000)]
    blocks: list[str] = []
    length = 0
    while length < size:
        heading = len(blocks) % 6 == 0
        count = 12 if heading else chance.randrange(60, 150)
        stop = "" if heading else chance.choice(("。", "。", "，", ""))
        blocks.append("".join(chance.choices(characters, k=count)) + stop)
        length += len(blocks[-1].encode()) + 2
    return "\n\n".join(blocks)


def measure(text: str) -> tuple[float, float]:
    """(seconds of the processor, megabytes at most) for one page."""
    started = time.process_time()
    convert_page(text)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.process_time() - started, memory


def main() -> None:
    makers: dict[str, Callable[[int], str]] = {"distinct": distinct, "repeated": repeated}
    for name, make in makers.items():
        for size in SIZES:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, memory = pool.apply(measure, (make(size),))
            print(f"{name}  {size / 1e6:4.2f} MB  {seconds:5.1f} s  {memory:4.0f} MB")


if __name__ == "__main__":
    main()

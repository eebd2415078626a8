"""Fuzz the converter: any bytes are refused with a reason, or nothing of them is lost.

    pip install atheris
    python tests/soak/fuzz_converter.py CORPUS -max_total_time=1200 -timeout=20 -rss_limit_mb=1500

CORPUS is a folder in which the inputs that reach new code are kept. Further options are those of
libFuzzer. An input that fails is written to `crash-...`; give it as the argument to run it alone.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import PurePosixPath

from broadsheet.conservation import differences
from broadsheet.convert.page import Given, convert_page, printed_of
from broadsheet.decoding import decode
from broadsheet.problems import Problems
from broadsheet.source import PageText, Source, pages_of

SOURCE = "sources/2024-05-08/01.txt"
GIVEN = Given(source=SOURCE, date=datetime.date(2024, 5, 8))


def any_source(raw: bytes) -> None:
    """What must hold for the bytes of any source."""
    try:
        encoding, text = decode(raw, SOURCE)
    except Problems as refused:
        assert all(problem.file == SOURCE for problem in refused.problems)
        return
    for page in pages_of(Source(SOURCE, encoding, text)):
        any_page(page)


def any_page(page: PageText) -> None:
    """What must hold for the text of any page: all is kept, once, and always the same way."""
    converted = convert_page(page, GIVEN)
    files = [printed_of(file.name, file.text) for file in converted.files]
    assert differences(SOURCE, page.numbered_lines(), files) == []
    assert convert_page(page, GIVEN) == converted
    names = [file.name for file in converted.files]
    assert len(set(names)) == len(names)
    assert all(PurePosixPath(name).name == name and name.isascii() for name in names)


def main() -> None:
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, any_source)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

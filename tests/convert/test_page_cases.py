"""Pages and what becomes of them: `tests/pages/NAME.txt` -> the files in `NAME.expected/`.

A case needs no code: put a page's text there (and `NAME.yaml`, a sidecar, if it needs one) and run

    python tests/convert/test_page_cases.py            # write what is expected; read the change
    python tests/convert/test_page_cases.py NAME ...   # of these only

Every name says what the case shows. The pages are of 2024-05-08.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

from broadsheet.convert.page import Converted, Given, convert_page
from broadsheet.convert.sources import read_sidecar
from broadsheet.source import PageText

PAGES = Path(__file__).parent.parent / "pages"
DATE = datetime.date(2024, 5, 8)
CASES = sorted(path.stem for path in PAGES.glob("*.txt"))


def convert(name: str) -> Converted:
    path = PAGES / f"{name}.txt"
    given = Given(
        source=f"sources/{DATE}/{name}.txt", date=DATE, sidecar=read_sidecar(path, name, PAGES)
    )
    return convert_page(PageText(name, path.read_text("utf-8")), given)


@pytest.mark.parametrize("name", CASES)
def test_page(name: str) -> None:
    converted = convert(name)
    expected = {
        path.name: path.read_text("utf-8") for path in (PAGES / f"{name}.expected").glob("*.md")
    }
    assert {file.name: file.text for file in converted.files} == expected
    assert not any(warning.startswith("kept as it came") for warning in converted.warnings)


def write_expected(name: str) -> None:
    """Make the expected files those that the converter writes now."""
    folder = PAGES / f"{name}.expected"
    folder.mkdir(exist_ok=True)
    files = {file.name: file.text for file in convert(name).files}
    for path in folder.glob("*.md"):
        if path.name not in files:
            path.unlink()
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8")


if __name__ == "__main__":
    for case in sys.argv[1:] or CASES:
        write_expected(case)

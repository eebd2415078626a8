#!/usr/bin/env python3
"""What geometry is worth: the same pages read with it and without it.

    bench/geometry.py PAGES [--sheets 60]

The pieces of PAGES (NAME.gold.json) are set in columns anew (`sheets.py`), written as ALTO files,
and read by the converter twice: as ALTO, and as the plain text made from it.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import relay
import sheets
from convert import COLUMNS, row
from score import Score, score

from broadsheet.convert import readers
from broadsheet.convert.originals import as_text
from broadsheet.convert.page import Given, convert_page
from broadsheet.source import PageText

SEED = 11


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path, help="a folder of golds")
    parser.add_argument("--sheets", type=int, default=60, help="pages to set, per script")
    arguments = parser.parse_args()
    golds = [json.loads(p.read_text("utf-8")) for p in sorted(arguments.pages.glob("*.gold.json"))]
    print(f"{'':20s} " + " ".join(f"{column:>8s}" for column in COLUMNS))
    for name, latin in (("Chinese", False), ("English", True)):
        items = [
            item
            for gold in golds
            if (gold["lang"] == "en") == latin and not gold.get("no_stitch")
            for item in relay.items_of(gold)
        ]
        chance = random.Random(SEED)
        pages = [sheets.set_page(items, latin, chance) for _ in range(arguments.sheets)]
        for way, known in (("text alone", False), ("with geometry", True)):
            print(row(f"{name}, {way}", [_score(sheet, known) for sheet in pages]))


def _score(sheet: sheets.Sheet, with_geometry: bool) -> Score:
    gold: dict[str, Any] = sheets.as_gold(sheet) | {"name": "sheet", "level": "set"}
    text, boxes = as_text(readers.read(sheets.as_alto(sheet).encode(), "sheet.xml"))
    given = Given(source="sheet", boxes=boxes if with_geometry else {})
    files = convert_page(PageText("sheet", text), given).files
    return score(gold, [file.text for file in files], captions=False)


if __name__ == "__main__":
    main()

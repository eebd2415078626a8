"""A real collection as an archive: the 57,607 poems of the Complete Tang Poems of 1707.

    npm pack chinese-poetry@2.0.1 && tar xzf chinese-poetry-2.0.1.tgz
    python bench/collection.py package/dist OUT [--of tang]

The poems are in the public domain; the package that carries them is under the MIT licence. `--of
song` takes the 254,000 of the Song dynasty. Each poem becomes a piece, ten of them a page, eight
pages an issue; the days, from 1705 on when the collection was being compiled, are estimated, and
say so. Then: python build.py -C OUT build --profile
"""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

START = datetime.date(1705, 1, 1)
PIECES, PAGES = 10, 8

SETTINGS = "title: 全唐詩\nlanguage: zh-Hant\nbase_url: https://example.org/poems/\n"


def poems(package: Path, dynasty: str) -> Iterator[dict[str, Any]]:
    """The poems in the order of their volumes."""
    files = (package / "quantangshi").glob(f"poet.{dynasty}.*.json")
    for file in sorted(files, key=lambda file: int(file.name.split(".")[2])):
        yield from json.loads(file.read_text(encoding="utf-8"))


def as_content(poem: dict[str, Any], date: datetime.date, page: int) -> str:
    head = {
        "type": "article",
        "title": json.dumps(poem["title"] or "失題", ensure_ascii=False),
        "byline": json.dumps(poem["author"], ensure_ascii=False),
        "date": date.isoformat(),
        "date_estimated": "true",
        "page": f'"{page}"',
        "section": "詩",
        "language": "zh-Hant",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    return f"---\n{lines}---\n\n" + "\n\n".join(poem["paragraphs"]) + "\n"


def chunks(all_poems: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    left = iter(all_poems)
    while chunk := list(itertools.islice(left, size)):
        yield chunk


@click.command(help=__doc__)
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--of", "dynasty", type=click.Choice(["tang", "song"]), default="tang")
@click.option("--limit", type=int, help="So many poems, from the first.")
def main(package: Path, out: Path, dynasty: str, limit: int | None) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "broadsheet.yaml").write_text(SETTINGS, encoding="utf-8")
    count = 0
    for number, chunk in enumerate(chunks(itertools.islice(poems(package, dynasty), limit),
                                          PIECES * PAGES)):  # fmt: skip
        date = START + datetime.timedelta(days=number)
        for n, poem in enumerate(chunk):
            page, place = n // PIECES + 1, n % PIECES + 1
            folder = out / "content" / date.isoformat() / str(page)
            folder.mkdir(parents=True, exist_ok=True)
            text = as_content(poem, date, page)
            (folder / f"{place:02}-poem.md").write_text(text, encoding="utf-8")
            count += 1
    click.echo(f"{count:,} poems in {out / 'content'}")


if __name__ == "__main__":
    main()

"""Fuzz the reader of front matter: any bytes are read, or refused with the line and the reason.

    pip install atheris
    python tests/soak/fuzz_front_matter.py CORPUS -max_total_time=1200 -timeout=10

What it reads must be what YAML says, and what is written must be read back.
"""

from __future__ import annotations

import sys

import msgspec

from broadsheet import frontmatter
from broadsheet.archive import plain_yaml
from broadsheet.config import Config
from broadsheet.piece import PIECE_TYPES, NewspaperPage, Sidecar
from broadsheet.problems import Problems

FILE = "content/2024-05-08/01/01-x.md"
KINDS = (*PIECE_TYPES.values(), NewspaperPage, Sidecar, Config)


def any_file(raw: bytes) -> None:
    """What must hold for the bytes of any content file."""
    text = raw.decode("utf-8", "replace")
    parts = frontmatter.split(text)
    source = text if parts is None else parts[0]
    quick = plain_yaml.read(source)
    try:
        data = frontmatter.parse_yaml(source, FILE)
    except Problems as refused:
        _has_a_place(refused, source)
        assert quick is None
        return
    assert quick is None or quick == data
    _any_values(data, KINDS[len(raw) % len(KINDS)], source)


def _any_values(data: dict[str, object], kind: type[msgspec.Struct], source: str) -> None:
    """Typed, written and read again, a mapping is the same; or each fault of it has its line."""
    data = {key: value for key, value in data.items() if key != "type"}
    try:
        value = frontmatter.convert(data, kind, FILE, source)
    except Problems as refused:
        _has_a_place(refused, source)
        return
    written = frontmatter.dump("x", value, "")
    parts = frontmatter.split(written)
    assert parts is not None
    again = frontmatter.parse_yaml(parts[0], FILE)
    assert again.pop("type") == "x"
    assert frontmatter.convert(again, kind, FILE, parts[0]) == value


def _has_a_place(refused: Problems, source: str) -> None:
    last = source.count("\n") + source.count("\r") + 2
    for problem in refused.problems:
        assert problem.file == FILE
        assert 0 <= problem.line <= last
        assert problem.message


def main() -> None:
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, any_file)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

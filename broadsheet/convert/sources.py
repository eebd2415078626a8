"""sources/ -> the files to convert, and what is known of a page beside its text.

A source is `sources/<date>/<page>.txt`; a sidecar beside it is `<page>.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from broadsheet import frontmatter
from broadsheet.piece import Sidecar
from broadsheet.problems import Problem, Problems, shown

FOLDER = "sources"
TEXT = ".txt"


def find_sources(root: Path, chosen: Iterable[Path] | None = None) -> list[Path]:
    """The source files below `chosen` (files and folders; all of sources/ without), in order.

    Raises Problems for a chosen file that lies outside sources/.
    """
    folder = root / FOLDER
    found: set[Path] = set()
    outside: list[Problem] = []
    for path in [folder] if chosen is None else chosen:
        if not path.is_relative_to(folder):
            hint = f"put it into {FOLDER}/YYYY-MM-DD/"
            outside.append(Problem(shown(path, root), 0, f"is not below {FOLDER}/", hint))
        elif path.is_dir():
            found.update(p for p in path.rglob("*") if _is_source(p.relative_to(folder)))
        else:
            found.add(path)
    if outside:
        raise Problems(outside)
    return sorted(path for path in found if path.is_file())


def _is_source(path: Path) -> bool:
    return path.suffix.lower() == TEXT and not any(part.startswith(".") for part in path.parts)


def read_sidecar(path: Path, page: str, root: Path) -> Sidecar:
    """What a person knows of a page: `<page>.yaml` beside the source, else `<source>.yaml`.

    Raises Problems with every fault of the file.
    """
    for sidecar in (path.with_name(f"{page}.yaml"), path.with_suffix(".yaml")):
        file = shown(sidecar, root)
        try:
            text = sidecar.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise Problems([Problem(file, 0, f"cannot be read: {error}")]) from None
        return frontmatter.convert(frontmatter.parse_yaml(text, file), Sidecar, file, text)
    return Sidecar()

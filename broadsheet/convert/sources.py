"""sources/ -> the files to convert, and what is known of a page beside its text.

A source is `sources/<date>/<page>.txt`, or an original from which that text is made
(`<page>.xml`, `.hocr`, `.html`, `.pdf`); a sidecar beside it is `<page>.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from broadsheet import frontmatter
from broadsheet.convert import originals
from broadsheet.piece import Sidecar
from broadsheet.problems import Problem, Problems, shown

FOLDER = "sources"


def find_sources(root: Path, chosen: Iterable[Path] | None = None) -> list[Path]:
    """The source files below `chosen` (files and folders; all of sources/ without), in order.

    Of the files of one page only the one that is to be read: its original where it has one.
    Raises Problems for a chosen file that lies outside sources/ or is no source.
    """
    folder = root / FOLDER
    found: set[Path] = set()
    wrong: list[Problem] = []
    for path in [folder] if chosen is None else chosen:
        if not path.is_relative_to(folder):
            hint = f"put it into {FOLDER}/YYYY-MM-DD/"
            wrong.append(Problem(shown(path, root), 0, f"is not below {FOLDER}/", hint))
        elif path.is_dir():
            found.update(p for p in path.rglob("*") if _is_source(p.relative_to(folder)))
        elif not path.exists():
            wrong.append(Problem(shown(path, root), 0, "is not there", "expected a source"))
        elif path.suffix.lower() in _PRECEDENCE:
            found.add(path)
        else:
            wrong.append(Problem(shown(path, root), 0, "is no source", f"expected {_expected()}"))
    if wrong:
        raise Problems(wrong)
    return sorted({_to_be_read(path) for path in found if path.is_file()})


#: Suffixes of sources; of the files of one page, the first is read.
_PRECEDENCE = (*originals.SUFFIXES, originals.TEXT)


def _is_source(path: Path) -> bool:
    return path.suffix.lower() in _PRECEDENCE and not any(p.startswith(".") for p in path.parts)


def _to_be_read(path: Path) -> Path:
    beside = (path.with_suffix(suffix) for suffix in _PRECEDENCE)
    return next((other for other in beside if other.is_file()), path)


def source_beside(path: Path) -> Path | None:
    """The source that a file is or belongs to, as a sidecar does; None when there is none."""
    name = path.name.partition(".")[0]
    for stem in (path.stem, name, re.sub(r"-\d+$", "", name)):
        for suffix in _PRECEDENCE:
            if (source := path.with_name(stem + suffix)).is_file():
                return source
    return None


def _expected() -> str:
    return f"{', '.join(_PRECEDENCE[:-1])} or {_PRECEDENCE[-1]}"


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

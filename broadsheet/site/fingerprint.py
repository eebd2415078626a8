"""Where templates and strings lie, and the fingerprint of all that shapes every page."""

from __future__ import annotations

import hashlib
from pathlib import Path

TEMPLATES = "templates"

#: Parts of the program that no page depends on.
_APART = {"convert", "preview"}


def template_folders(root: Path) -> list[Path]:
    """The project's own templates, then the program's; a file in the first hides the other's."""
    package = Path(__file__).parent.parent
    own = package / TEMPLATES if (package / TEMPLATES).is_dir() else package.parent / TEMPLATES
    return [root / TEMPLATES] if own == root / TEMPLATES else [root / TEMPLATES, own]


def fingerprint(root: Path, parts: list[bytes]) -> str:
    """Of all that decides what pages hold: the program, templates, strings, and `parts`."""
    seen = hashlib.blake2b(digest_size=16)
    for part in (*parts, *_program()):
        seen.update(len(part).to_bytes(8) + part)
    for folder in template_folders(root):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if name.parts[0] != "assets" and is_saved(name) and path.is_file():
                seen.update(name.as_posix().encode() + path.read_bytes())
    return seen.hexdigest()


def is_saved(name: Path) -> bool:
    """Whether a file is what a person saved, and not what an editor keeps beside it meanwhile."""
    return not any(part.startswith(".") or part.endswith("~") for part in name.parts)


def _program() -> list[bytes]:
    """The program's own files by size and time: reading them would take longer than a build."""
    package = Path(__file__).parent.parent
    files = (path for path in sorted(package.rglob("*.py")) if path.parent.name not in _APART)
    stats = ((path, path.stat()) for path in files)
    return [f"{path} {stat.st_size} {stat.st_mtime_ns}".encode() for path, stat in stats]

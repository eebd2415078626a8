"""Files of templates/assets/: copied as they are. No page depends on what is in them.

That keeps a change of a style sheet or script as small as it is: that file is copied, and nothing
is rendered.
"""

from __future__ import annotations

from pathlib import Path

from broadsheet.archive.store import ASSET, Store
from broadsheet.problems import Problem, Problems, is_text
from broadsheet.site.fingerprint import TEMPLATES, is_saved, template_folders
from broadsheet.site.output import SITE, Stage

FOLDER = "assets"


def assets(root: Path) -> dict[str, bytes]:
    """assets/<name> -> bytes; a file of the project's own hides the program's."""
    found: dict[str, bytes] = {}
    for templates in reversed(template_folders(root)):
        folder = templates / FOLDER
        for path in sorted(folder.rglob("*")):
            if path.is_file() and is_saved(path.relative_to(folder)):
                if not is_text(path.name):
                    file = f"{TEMPLATES}/{FOLDER}/{path.name}"
                    raise Problems([Problem(file, 0, "its name is not UTF-8", "rename it")])
                found[f"{FOLDER}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return found


def stage_assets(root: Path, stage: Stage, store: Store) -> None:
    """Stage every asset that the site has not, and drop those that are gone."""
    found = assets(root)
    known = set(store.page_keys(ASSET))
    for path, content in found.items():
        stage.put(path, content)
        if path not in known:
            store.put_page(ASSET, path, path, len(content))
    for path in known - found.keys():
        store.drop_page(ASSET, path)


def differing(root: Path, store: Store) -> list[str]:
    """The assets that are not in the site as they are in templates/, in order."""
    found = assets(root)
    gone = set(store.page_keys(ASSET)) - found.keys()
    other = {path for path, content in found.items() if _bytes(root / SITE / path) != content}
    return sorted(gone | other)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None

"""Begin an archive: `new` makes a folder that is ready to use, `add` takes a page's text in."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import yaml

from broadsheet.config import FILE, Config
from broadsheet.piece import Language
from broadsheet.problems import Problem, Problems

STARTER = Path(__file__).parent / "starter"
EXAMPLE = Path("sources/1998-01-05/03.txt")

_TITLES: dict[Language, str] = {"zh-Hans": "报页存档", "zh-Hant": "報頁存檔", "en": "Old Papers"}


def new_archive(folder: Path, language: Language, title: str = "") -> list[str]:
    """Make a ready archive in `folder`, which must be new or empty; -> the files made.

    It has settings with every key explained, one example page, a workflow that publishes it,
    and a README that says what to do next.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "take a new folder; nothing was changed"
        raise Problems([Problem(str(folder), 0, "is not empty", hint)])
    title = title or _TITLES[language]
    starter = STARTER / language
    readme = (starter / "README.md").read_text(encoding="utf-8")
    files = {
        FILE: settings_text(title, language),
        "README.md": readme.replace("{title}", title),
        EXAMPLE.as_posix(): (starter / "page.txt").read_text(encoding="utf-8"),
        ".gitignore": (STARTER / "gitignore").read_text(encoding="utf-8"),
        **_workflow(),
        "site/.gitignore": "*\n!.gitignore\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("content", "templates"):
        (folder / name).mkdir(exist_ok=True)
    return sorted(files)


def _workflow() -> dict[str, str]:
    """The workflow that publishes the archive, and the scripts that are its steps."""
    folder = STARTER / "github"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        f".github/{path.relative_to(folder).as_posix()}": path.read_text(encoding="utf-8")
        for path in paths
    }


def settings_text(title: str, language: Language) -> str:
    """broadsheet.yaml with every setting: the given ones set, the rest as comments."""
    given = {"title": title, "language": language}
    meanings = _meanings(language)
    lines = [f"# {meanings['heading']}", ""]
    defaults = Config()
    for key in Config.__struct_fields__:
        lines.append(f"# {meanings[key]}")
        default = f"# {_yaml_line(key, getattr(defaults, key))}"
        lines.append(_yaml_line(key, given[key]) if key in given else default)
        lines.append("")
    return "\n".join(lines)


def _meanings(language: Language) -> dict[str, str]:
    """Setting -> what it means: in English the comment behind its field, else `settings.yaml`."""
    translated = STARTER / language / "settings.yaml"
    if translated.is_file():
        return dict(yaml.safe_load(translated.read_text(encoding="utf-8")))
    source = (Path(__file__).parent / "config.py").read_text(encoding="utf-8")
    comments = dict(re.findall(r"^    (\w+): .* = .*?  #: (.*)$", source, re.MULTILINE))
    heading = "Settings of this archive. Take the # away in front of a key to set it."
    return {"heading": heading, **comments}


def _yaml_line(key: str, value: Any) -> str:
    return yaml.safe_dump({key: value}, allow_unicode=True).strip()


def add_source(root: Path, text: bytes, date: datetime.date, page: str, section: str = "") -> Path:
    """Write a page's text to `sources/<date>/<page>.txt`, its section beside it; -> the source.

    ALTO, PAGE XML, hOCR and PDF keep their kind of name: the text is made from them.
    A source that is already there with other text is never overwritten: Problems.
    """
    from broadsheet.convert.readers import suffix_of

    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,19}", page):
        hint = "expected letters and digits, such as 3, 03 or A07"
        raise Problems([Problem("--page", 0, f"{page!r} cannot be a file's name", hint)])
    name = page.zfill(2) if page.isdigit() else page
    source = root / "sources" / date.isoformat() / f"{name}{suffix_of(text) or '.txt'}"
    shown = source.relative_to(root).as_posix()
    if source.exists() and source.read_bytes() != text:
        hint = "it was left as it is; take another --page, or remove it first"
        raise Problems([Problem(shown, 0, "is already there with other text", hint)])
    source.parent.mkdir(parents=True, exist_ok=True)
    partial = source.with_suffix(".part")
    partial.write_bytes(text)
    partial.replace(source)
    sidecar = source.with_suffix(".yaml")
    known = {"label": page} | ({"section": section} if section else {})
    if not sidecar.exists():
        sidecar.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")
    return source

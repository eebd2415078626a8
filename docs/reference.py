"""Write the reference tables of docs/ from the code: settings, front matter, commands, views.

    python docs/reference.py            # rewrite what stands between the markers
    python docs/reference.py --check    # exit 1 when a table is not what the code says

The meaning of a field is the `#:` comment behind it, so that code and documentation are one text.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from broadsheet.cli import cli  # noqa: E402
from broadsheet.site.pages import PAGES  # noqa: E402

_MARKED = re.compile(r"(<!-- (\w+):(\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_CLASS = re.compile(r"^class (\w+)\b")
_FIELD = re.compile(r"^    (\w+): (.+?)(?: = (.+?))?$")


def fields(module: str, name: str) -> list[tuple[str, str, str, str]]:
    """(field, type, default, meaning) of a struct, in order, from the module's source text."""
    source = (ROOT / "broadsheet" / module).read_text(encoding="utf-8")
    found, inside = [], False
    for line in source.split("\n"):
        opened = _CLASS.match(line)
        if opened or (line and not line.startswith((" ", ")"))):
            inside = bool(opened and opened.group(1) == name)
        code, comment = _split_comment(line)
        field = _FIELD.match(code) if inside else None
        if field and "ClassVar" not in field.group(2):
            found.append((field.group(1), field.group(2), field.group(3) or "", comment))
    return found


def _split_comment(line: str) -> tuple[str, str]:
    """A line of Python -> (code, text of its `#:` comment)."""
    if "#:" not in line:
        return line.rstrip(), ""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line.strip() + "\n").readline))
    except tokenize.TokenError:
        return line, ""
    comment = next((t.string for t in tokens if t.type == tokenize.COMMENT), "")
    return line.split(comment)[0].rstrip(), comment.removeprefix("#:").strip()


def settings(_: str) -> str:
    rows = [
        f"| `{key}` | {_default(default)} | {_meaning(meaning)} |"
        for key, _, default, meaning in fields("config.py", "Config")
    ]
    return _table(["key", "default", "meaning"], rows)


def front_matter(name: str) -> str:
    rows = [
        f"| `{key}` | {_kind(kind)} | {_meaning(meaning)} |"
        for key, kind, _, meaning in fields("piece.py", name)
    ]
    return _table(["key", "value", "meaning"], rows)


def view(name: str) -> str:
    rows = [
        f"| `{key}` | `{kind}` | {_meaning(meaning)} |"
        for key, kind, _, meaning in fields("site/views.py", name)
    ]
    return _table(["variable", "type", "meaning"], rows)


def command(name: str) -> str:
    found = cli if name == "broadsheet" else cli.commands[name]
    parent = None if name == "broadsheet" else click.Context(cli, info_name="broadsheet")
    context = click.Context(found, info_name=name, parent=parent, max_content_width=98)
    context.terminal_width = 98
    return f"```\n{found.get_help(context)}\n```\n"


def stages(_: str) -> str:
    """The converter from top to bottom; the meaning of a stage is the comment behind it."""
    source = (ROOT / "broadsheet/convert/__init__.py").read_text(encoding="utf-8")
    listed = re.search(r"^STAGES\b[^\[]*= [\[(]\n(.*?)^[\])]", source, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^    (\w+),(?:  # (.*))?$", listed.group(1) if listed else "", re.MULTILINE)
    drawn = "    text of a page\n"
    for name, meaning in rows:
        drawn += f"        | {name:<20} {meaning}".rstrip() + "\n"
    return f"{drawn}        v\n    content files\n"


#: A key of each list, to show the addresses of its pages.
_SAMPLES = {
    "issue": "2025-12-05",
    "day": "2025-12-05",
    "section": "guoji-5ce1/2025-12",
    "obituary": "2025/12",
    "surname": "L/2020s/2025",
    "slogan": "2025/12",
    "person": "L/2020s/2025",
    "search": "2025",
    "address": "2025-12",
}
_OWN = {"page": "2025-12-05/A07/index.html"}


def pages(_: str) -> str:
    """Every kind of page below the list that it shows, with the address of one."""
    drawn = "    an issue's files\n"
    for kind in PAGES:
        if not kind.list and kind.path is None:
            drawn += _leaf(kind.name, _OWN.get(kind.name, "2025-12-05/A07/02-slug.html"))
    for name in dict.fromkeys(kind.list for kind in PAGES if kind.list):
        drawn += f"        |\n        v\n    list {name}, key {_SAMPLES[name]}\n"
        for kind in PAGES:
            if kind.list == name and kind.path is not None:
                also = ", and when one beside it comes or goes" if kind.beside else ""
                drawn += _leaf(kind.name, kind.path(kind.key(_SAMPLES[name])) + also)
    drawn += "\n    settings and templates alone\n"
    for kind in PAGES:
        if not kind.list and kind.path is not None:
            drawn += _leaf(kind.name, kind.path(""))
    return drawn


def _leaf(name: str, text: str) -> str:
    return f"        +-- {name:<23} {text}\n"


def templates(_: str) -> str:
    """Template -> the kinds of page that it is for, and their view."""
    found: dict[str, tuple[list[str], str]] = {}
    for kind in PAGES:
        if kind.template:
            view_name = kind.view.__name__ if kind.view else ""
            found.setdefault(kind.template, ([], view_name))[0].append(kind.name)
    rows = [
        f"| `{template}` | {', '.join(names)} | {f'[{name}](#{name.lower()})' if name else ''} |"
        for template, (names, name) in found.items()
    ]
    return _table(["template", "kinds of page", "view"], rows)


KINDS = {
    "settings": settings,
    "front_matter": front_matter,
    "view": view,
    "command": command,
    "stages": stages,
    "pages": pages,
    "templates": templates,
}


def _table(heads: list[str], rows: list[str]) -> str:
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *rows]
    return "\n".join(lines) + "\n"


def _default(value: str) -> str:
    text = value.strip('"')
    return f"`{text}`" if text else ""


_WORDS = (
    (r"datetime\.date", "date"),
    (r"\bLanguage\b", "zh-Hans, zh-Hant or en"),
    (r"PartialDate", "date, perhaps of a year or month only"),
    (r"LocalTime", "date or date and time"),
    (r"Lines", "line ranges"),
    (r"tuple\[str.*", "list of texts"),
    (r"tuple\[(\w+), \.\.\.\]", r"list of \1"),
    (r"Annotated\[(\w+),.*", r"\1"),
    (r"\bLiteral\[(.*)\]", lambda m: m.group(1).replace('"', "").replace(", ", ", ")),
    (r"\bstr\b", "text"),
    (r"\bbool\b", "true or false"),
    (r"\bint\b", "number"),
    (r"\bfloat\b", "number"),
    (r" \| None", ""),
)


def _meaning(text: str) -> str:
    """A comment as a table's cell: the bar is the table's own sign."""
    return text.replace("|", "\\|")


def _kind(kind: str) -> str:
    for pattern, word in _WORDS:
        kind = re.sub(pattern, word, kind)
    return kind


def rewrite(text: str) -> str:
    """A page of documentation with every marked table made anew."""
    return _MARKED.sub(lambda m: f"{m[1]}{KINDS[m[2]](m[3])}{m[4]}", text)


def main() -> None:
    stale = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        old = page.read_text(encoding="utf-8")
        new = rewrite(old)
        if new == old:
            continue
        stale.append(page.name)
        if "--check" not in sys.argv:
            page.write_text(new, encoding="utf-8")
    if stale:
        print(("stale: " if "--check" in sys.argv else "rewritten: ") + ", ".join(stale))
    sys.exit(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    main()

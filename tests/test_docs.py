"""The documentation says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec

from broadsheet import piece
from broadsheet.cli import cli
from broadsheet.config import Config


def test_the_reference_tables_are_made_from_the_code(repository: Path) -> None:
    script = [sys.executable, "docs/reference.py", "--check"]
    done = subprocess.run(script, cwd=repository, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout} (mend it with: python docs/reference.py)"


def test_every_setting_and_every_key_has_a_meaning(repository: Path) -> None:
    settings = (repository / "docs/settings.md").read_text(encoding="utf-8")
    content = (repository / "docs/content.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(Config):
        assert f"| `{field.name}` |" in settings
    for kind in [*piece.PIECE_TYPES.values(), piece.NewspaperPage, piece.Sidecar, piece.Person]:
        for field in msgspec.structs.fields(kind):
            assert f"| `{field.name}` |" in content
    for line in (settings + content).split("\n"):
        assert not line.endswith("|  |"), f"no meaning: {line}"


def test_every_command_is_documented(repository: Path) -> None:
    text = (repository / "docs/commands.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"## {name}\n" in text
        assert "Example:" in (command.help or ""), name
        assert "Exit codes:" in (command.help or ""), name


def shape(text: str) -> dict[str, list[str]]:
    """What two languages of one document must share: headings' levels, commands, links, tables.

    An archive in each is begun in its own language.
    """
    text = re.sub(r"--language \S+ --title .*", "", text)
    return {
        "headings": re.findall(r"^(#+) ", text, re.MULTILINE),
        "commands": re.findall(r"^    (\S.*)$", text, re.MULTILINE),
        "inline": re.findall(r"`([^`]+)`", text),
        "links": [x for x in re.findall(r"\]\(([^)]+)\)", text) if not x.startswith("README")],
        "columns": [str(row.count("|")) for row in text.split("\n") if row.startswith("|")],
    }


def test_the_two_readmes_say_the_same(repository: Path) -> None:
    english = (repository / "README.md").read_text(encoding="utf-8")
    chinese = (repository / "README.zh-CN.md").read_text(encoding="utf-8")
    assert shape(english) == shape(chinese)


def test_the_readmes_links_lead_somewhere(repository: Path) -> None:
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/guide.md"):
        page = repository / name
        for target in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{name}: {target}"

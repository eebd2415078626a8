"""The documentation says what the code does."""

from __future__ import annotations

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

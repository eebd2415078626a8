"""The guide's commands work as they stand, in the order in which they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def commands(guide: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", guide, re.DOTALL)
    return [line[2:] for block in blocks for line in block.split("\n") if line.startswith("$ ")]


def test_the_commands_of_the_guide(repository: Path, tmp_path: Path) -> None:
    script = "\n".join(commands((repository / "docs/guide.md").read_text(encoding="utf-8")))
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "broadsheet"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m broadsheet "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "my-paper/site/index.html").is_file()
    assert (tmp_path / "my-paper/site/1998-01-06/02/index.html").is_file()

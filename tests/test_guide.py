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
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "--quiet", "--bare", origin], check=True)
    script = "\n".join(commands((repository / "docs/guide.md").read_text(encoding="utf-8")))
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "broadsheet"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m broadsheet "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_COUNT": "3",
            "GIT_CONFIG_KEY_0": f"url.{origin}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/NAME/my-paper.git",
            "GIT_CONFIG_KEY_1": "user.name",
            "GIT_CONFIG_VALUE_1": "Reader",
            "GIT_CONFIG_KEY_2": "user.email",
            "GIT_CONFIG_VALUE_2": "reader@example.org",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "my-paper/site"
    assert (site / "1998-01-06/02/index.html").is_file()
    assert "assets/own.css" in (site / "index.html").read_text(encoding="utf-8")
    assert "本地新闻" in (site / "section/index.html").read_text(encoding="utf-8")
    show = ["git", "-C", origin, "show", "gh-pages:index.html"]
    published = subprocess.run(show, check=True, capture_output=True, text=True).stdout
    assert "白石渡报" in published


def test_the_contents_lead_to_the_tasks(repository: Path) -> None:
    guide = (repository / "docs/guide.md").read_text(encoding="utf-8")
    anchors = {head.lower().replace(" ", "-") for head in re.findall(r"^## (.*)$", guide, re.M)}
    assert set(re.findall(r"^- \[.*\]\(#(.*)\)$", guide, re.M)) <= anchors

"""What every test may ask for: the project itself, and a tiny one of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from broadsheet.cli import main

#: The long run: pytest --hypothesis-profile=soak tests/archive tests/site/test_body.py ...
settings.register_profile("soak", max_examples=10_000, deadline=None)

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that these tests belong to; never written to."""
    return REPOSITORY


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty archive: settings and folders, no page yet."""
    root = tmp_path / "archive"
    for folder in ("sources", "content", "site"):
        (root / folder).mkdir(parents=True)
    (root / "broadsheet.yaml").write_text("title: 样报\nlanguage: zh-Hans\n", encoding="utf-8")
    return root


@pytest.fixture
def real_project(tmp_path: Path) -> Path:
    """A copy of this repository's own archive: the real page, its content and the templates."""
    root = tmp_path / "real"
    root.mkdir()
    for folder in ("sources", "content", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copy(REPOSITORY / "broadsheet.yaml", root)
    return root


class Run:
    """What a command line did: its exit code, standard output and standard error."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run a command line in this process: `run("-C", folder, "build")`."""

    def run_command(*arguments: object) -> Run:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Run(int(ended.value.code or 0), captured.out, captured.err)

    return run_command

"""The lowest versions that pyproject.toml allows, and the newest: do the tests pass with them?

    python tests/soak/bounds.py lowest [pytest arguments]
    python tests/soak/bounds.py newest [pytest arguments]

Makes a virtual environment in a temporary folder, installs the project into it, each dependency
at its bound, and runs all tests but those in a browser.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
#: What only tests and checks need is taken as it comes.
TOOLS = ("pytest", "ruff", "mypy", "types-")


def requirements(at: str) -> list[str]:
    """`name==bound` of each dependency, or `name` when the newest is wanted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = [line for line in project["optional-dependencies"]["test"] if at == "newest"
             or not line.startswith(TOOLS)]  # fmt: skip
    found = []
    for line in [*project["dependencies"], *extra]:
        name, _, bound = line.partition(">=")
        assert re.fullmatch(r"[\w.\[\]-]+", name), line
        found.append(f"{name}=={bound}" if at == "lowest" and bound else name)
    return [*found, "pytest"]


def main() -> None:
    at, *arguments = sys.argv[1:]
    assert at in ("lowest", "newest"), __doc__
    with tempfile.TemporaryDirectory(prefix=f"{at}-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        install = [python, "-m", "pip", "install", "-q", "--upgrade"]
        subprocess.run([*install, *requirements(at), "hatchling", "editables"], check=True)
        link = [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-e",
            ROOT,
        ]
        subprocess.run(link, check=True)
        subprocess.run([python, "-m", "pip", "check"], check=True)
        subprocess.run([python, "-m", "pip", "freeze", "--exclude-editable"], check=True)
        left_out = ["--ignore=tests/browser", *arguments]
        done = subprocess.run([python, "-m", "pytest", "-q", *left_out], cwd=ROOT)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()

"""What this machine has for the tests: browsers, and tools from npm.

What is missing skips the tests that need it and says so; where CI is set it fails them, for there
nothing may be missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

#: variable that names the program, then the names by which it is found
BROWSERS = {
    "Chromium": ("BROADSHEET_CHROMIUM", "chromium", "chromium-browser", "google-chrome"),
    "Firefox": ("BROADSHEET_FIREFOX", "firefox-esr", "firefox"),
}

#: Tools from npm, kept outside the repository. html-validate 9 is the last that runs on Node 18.
NPM_PACKAGES = (
    "axe-core@4.14.1",
    "eslint@9.39.5",
    "globals@17.14.0",
    "html-validate@9.7.1",
    "vnu-jar@26.9.27",
)


def absent(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def program(browser: str) -> str:
    """The path of a browser's program."""
    variable, *names = BROWSERS[browser]
    path = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        absent(f"no {browser}: install one, or name it in {variable}")
    return path


def node_modules() -> Path:
    """The folder with NPM_PACKAGES; they are installed into a cache when they are not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "broadsheet" / "npm"
    stamp = cache / "installed"
    if not (stamp.is_file() and stamp.read_text() == repr(NPM_PACKAGES)):
        if shutil.which("npm") is None:
            absent(f"no npm to install {', '.join(NPM_PACKAGES)}")
        cache.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(cache)]
        done = subprocess.run([*install, *NPM_PACKAGES], capture_output=True, text=True)
        if done.returncode:
            absent(f"npm could not install: {done.stderr.strip()[-200:]}")
        stamp.write_text(repr(NPM_PACKAGES))
    return cache / "node_modules"

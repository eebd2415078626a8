"""The client's scripts: classic, without dependencies, and clean before a linter."""

from __future__ import annotations

import subprocess
from pathlib import Path

CONFIG = """\
import js from "{npm}/@eslint/js/src/index.js";
import globals from "{npm}/globals/index.js";
export default [{{
  files: ["*.js"],
  languageOptions: {{
    sourceType: "script",
    ecmaVersion: 2022,
    globals: globals.browser,
  }},
  rules: {{
    ...js.configs.recommended.rules,
    "no-unused-vars": ["error", {{ caughtErrors: "none" }}],
  }},
}}];
"""


def test_a_linter_has_nothing_to_say(npm: Path, tmp_path: Path) -> None:
    assets = Path(__file__).parents[2] / "templates/assets"
    for script in assets.glob("*.js"):
        (tmp_path / script.name).write_bytes(script.read_bytes())
    (tmp_path / "eslint.config.mjs").write_text(CONFIG.format(npm=npm.as_posix()))
    command = ["node", str(npm / "eslint/bin/eslint.js"), "--max-warnings", "0", "*.js"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

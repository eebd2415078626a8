#!/usr/bin/env bash
# Install Broadsheet: from this repository where it carries the program, else the released one.
set -euo pipefail
if [ -f pyproject.toml ] && [ -d broadsheet ]; then
  python -m pip install --quiet .
else
  python -m pip install --quiet broadsheet
fi

#!/usr/bin/env bash
# Install Broadsheet: from this repository where it carries the program, else from where the
# repository's variable BROADSHEET says, else the newest release.
set -euo pipefail
if [ -f pyproject.toml ] && [ -d broadsheet ]; then
  python -m pip install --quiet .
else
  python -m pip install --quiet "${BROADSHEET:-broadsheet}"
fi

#!/usr/bin/env bash
# Build the site and refuse to go on when anything is wrong with it.
set -euo pipefail
python -m broadsheet build
python -m broadsheet check
touch site/.nojekyll

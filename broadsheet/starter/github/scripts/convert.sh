#!/usr/bin/env bash
# Convert new sources and commit the content files that came of it. The report becomes the run's
# summary. A page that cannot be converted is named and fails the run, after the others are kept.
set -uo pipefail
summary=${GITHUB_STEP_SUMMARY:-/dev/stdout}
report=$(python -m broadsheet -v convert 2>&1)
converted=$?
{ echo '```'; echo "$report"; echo '```'; } >>"$summary"

set -e
git add content sources
if ! git diff --cached --quiet; then
  git -c user.name="${COMMIT_NAME:-github-actions[bot]}" \
    -c user.email="${COMMIT_EMAIL:-github-actions[bot]@users.noreply.github.com}" \
    commit --quiet --message "Convert new sources"
  git push --quiet origin HEAD
fi
exit "$converted"

#!/usr/bin/env bash
# clang-tidy over the changed sources (what differs from the main branch; on it, the last commit's),
# or over all of them. Wants a configured build/dev.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-changed} in
    all) files=$(find src -name '*.cpp') ;;
    changed)
        base=$(git merge-base HEAD origin/main 2>/dev/null || true)
        if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD)" ]; then
            base=$(git rev-parse --quiet --verify HEAD~1 || true)
        fi
        [ -n "$base" ] || exit 0
        files=$(git diff --name-only --diff-filter=d "$base" -- 'src/*.cpp')
        ;;
    *) echo "usage: check-tidy.sh [changed|all]" >&2; exit 2 ;;
esac
[ -n "$files" ] || { echo "clang-tidy: no source changed"; exit 0; }
echo "clang-tidy: $(wc -l <<<"$files") files"
xargs -P "$(nproc)" -n 1 clang-tidy-19 -p build/dev --quiet --warnings-as-errors='*' \
    <<<"$files" 2> >(grep -v 'warnings generated\|warnings treated as errors' >&2 || true)

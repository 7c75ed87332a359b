#!/usr/bin/env bash
# Fails when a source file is not as clang-format would have it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
find src tests -name '*.cpp' -print0 -o -name '*.h' -print0 |
    xargs -0 clang-format --dry-run --Werror

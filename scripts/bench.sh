#!/usr/bin/env bash
# Runs every bench of build/bench, one after the other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

for bench in build/bench/bin/*_bench; do
    say "$(basename "$bench")"
    "$bench" "$@"
done

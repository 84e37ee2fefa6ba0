#!/usr/bin/env bash
# The whole server under load, then every bench of build/bench, one after the other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

say "The server under load: one core serves, the other asks"
bench/load/run.py
for bench in build/bench/bin/*_bench; do
    say "$(basename "$bench")"
    "$bench" "$@"
done

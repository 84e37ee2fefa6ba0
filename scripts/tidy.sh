#!/usr/bin/env bash
# clang-tidy on the given files, or on every source file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

cmake --preset tidy >/dev/null
files=("$@")
[ ${#files[@]} -gt 0 ] ||
    mapfile -t files < <(git ls-files 'src/*.cpp' 'apps/*.cpp' 'client/*.cpp' | grep -v _test.cpp)
say "clang-tidy on ${#files[@]} files"
printf '%s\n' "${files[@]}" | xargs -P "$JOBS" -n 4 clang-tidy-19 -p build/tidy --quiet

#!/usr/bin/env bash
# clang-tidy on the given files, on what changed last (--recent), or on every source file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

# A file takes seven seconds of a core: the whole tree is too much for every run of the tests.
most_recent=16

sources=('src/*.cpp' 'apps/*.cpp' 'client/*.cpp' 'testing/*.cpp')
recently_changed() {
    git log -n 60 --diff-filter=d --name-only --format= -- "${sources[@]}" | grep -v _test |
        awk '!seen[$0]++' | while read -r file; do [ -f "$file" ] && echo "$file"; done | head -n $most_recent
}

case "${1:-}" in
    --recent) mapfile -t files < <(recently_changed) ;;
    '') mapfile -t files < <(git ls-files "${sources[@]}" | grep -v _test.cpp) ;;
    *) files=("$@") ;;
esac
mkdir -p build/tidy
cmake --preset tidy >build/tidy/configure.log 2>&1 ||
    { tail -n 30 build/tidy/configure.log >&2; fail "cmake failed: build/tidy/configure.log"; }
say "clang-tidy on ${#files[@]} files"
printf '%s\n' "${files[@]}" | xargs -P "$JOBS" -n 2 clang-tidy-19 -p build/tidy --quiet ||
    fail "clang-tidy has found what it names above"

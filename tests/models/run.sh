#!/bin/sh
# Checks the model of token rotation with Spin: every reachable state of the protocol as it is, and
# that each deliberately broken variant is found out. Installs spin when it is missing (Debian).
# Exit status 0 only when all of that holds.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

if ! command -v spin >/dev/null 2>&1; then
    echo "Installing spin …"
    sudo=$(command -v sudo || true)
    $sudo apt-get install -y --no-install-recommends spin >/dev/null
fi

failures=0
incomplete='Search not completed|max search depth too small|out of memory|MEMLIM'

# search NAME DEFINES…: prints "errors states" of an exhaustive search.
search() {
    spin -a "$@" "$here/rotation.pml" >spin.log 2>&1 || { cat spin.log >&2; exit 1; }
    ${CC:-cc} -O2 -w -DSAFETY -DNOFAIR -DCOLLAPSE -DMEMLIM=2048 -o pan pan.c
    # -E: a process that has nothing left to do is no error. -m: depth of the search.
    ./pan -E -m1000000 >pan.log 2>&1 || true
    errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.log | head -n 1)
    states=$(sed -n 's/ *\([0-9.e+]*\) states, stored.*/\1/p' pan.log | head -n 1)
    # Pan stops at the first error; without one it must have seen everything.
    if [ -z "$errors" ] || { [ "$errors" -eq 0 ] && grep -Eq "$incomplete" pan.log; }; then
        tail -n 20 pan.log >&2
        echo "the search did not finish" >&2
        exit 1
    fi
}

holds() {
    name=$1
    shift
    search "$@"
    if [ "$errors" -eq 0 ]; then
        printf 'ok      %-50s %12s states\n' "$name" "$states"
    else
        printf 'BROKEN  %-50s %s\n' "$name" "$(grep -m1 'assertion violated' pan.log || true)"
        failures=$((failures + 1))
    fi
}

is_found() {
    name=$1
    shift
    search "$@"
    if [ "$errors" -gt 0 ]; then
        printf 'found   %-50s %s\n' "$name" \
            "$(sed -n 's/.*\(assertion violated.*\)/\1/p' pan.log | head -n 1)"
    else
        printf 'MISSED  %-50s\n' "$name"
        failures=$((failures + 1))
    fi
}

echo "The protocol:"
holds "two tabs, lost answers"
holds "two tabs, lost answers, a revocation" -DPERSON
holds "two tabs and a thief" -DTHIEF -DROTATIONS=2 -DLOSSES=0
holds "one tab, a thief, lost answers, a revocation" -DONE_TAB -DTHIEF -DPERSON -DROTATIONS=3 -DLOSSES=1

echo "Broken on purpose:"
is_found "a write without the comparison" -DBROKEN_NO_COMPARE
is_found "a parent that comes again gets a new successor" -DBROKEN_NEW_SUCCESSOR
is_found "no grace: a lost answer logs out" -DBROKEN_NO_GRACE
is_found "a revocation that only sets a flag" -DPERSON -DBROKEN_CONNECTION_FLAG_ONLY
is_found "a refusal that rolls back the family's end" -DTHIEF -DROTATIONS=2 -DLOSSES=1 \
    -DBROKEN_REFUSAL_ROLLS_BACK

[ "$failures" -eq 0 ]

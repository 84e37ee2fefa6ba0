#!/usr/bin/env bash
# Everything CI runs, in the order in which a failure is cheapest to learn.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

started=$SECONDS
# Each part says how long it took, so that what grows is seen.
timed() {
    local begun=$SECONDS
    "$@"
    say "$1: $((SECONDS - begun)) s"
}
web_tests() { (cd web && npm run --silent typecheck && npm test --silent); }
release_build() { CMAKE_ARGUMENTS=-DLATCHKEY_WERROR=ON build_preset release latchkey latchkey-storefront; }

timed install_packages test
timed scripts/check.sh
timed build_web
timed web_tests
timed scripts/tidy.sh --recent

timed release_build
timed run_e2e
timed run_instructions

timed build_preset dev
timed run_ctest dev
timed run_graphql_tests

timed build_preset tsan "${threaded_tests[@]}"
timed run_ctest tsan "^($(IFS='|' && echo "${threaded_tests[*]}"))\$"

say "Everything passed in $((SECONDS - started)) s"

#!/usr/bin/env bash
# Everything CI runs, in the order in which a failure is cheapest to learn.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

started=$SECONDS
install_packages test
scripts/check.sh

build_web
say "Web: types and unit tests"
(cd web && npm run --silent typecheck && npm test --silent)

build_preset release latchkey latchkey-storefront
run_e2e
run_instructions

build_preset dev
run_ctest dev
run_graphql_tests

build_preset tsan "${threaded_tests[@]}"
run_ctest tsan "^($(IFS='|' && echo "${threaded_tests[*]}"))\$"

say "Everything passed in $((SECONDS - started)) s"

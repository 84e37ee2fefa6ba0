#!/usr/bin/env bash
# Format, layers, sizes, banned calls. Fails when one does not hold.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

say "House rules"
scripts/check_house_test.py
scripts/check_house.py
git ls-files -co --exclude-standard '*.cpp' '*.hpp' | xargs clang-format-19 --dry-run -Werror ||
    fail "run ./x fmt"
echo "format: clang-format has nothing to change"

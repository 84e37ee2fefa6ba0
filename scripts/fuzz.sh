#!/usr/bin/env bash
# ./x fuzz            lists the targets
# ./x fuzz NAME [S]   runs one for S seconds (60); its corpus stays in build/corpus/NAME
# ./x fuzz all [S]    runs each for S seconds
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

targets() { ls fuzz/*_fuzz.cpp | xargs -n1 basename | sed 's/\.cpp$//'; }
if [ $# -eq 0 ]; then targets; exit 0; fi
install_packages fuzz
seconds=${2:-60}
[ "$1" = all ] && mapfile -t names < <(targets) || names=("$1")
build_preset fuzz "${names[@]}"
for name in "${names[@]}"; do
    say "Fuzzing $name for $seconds s"
    mkdir -p "build/corpus/$name" artefacts/crashes
    seeds=()
    [ -d "fuzz/corpus/$name" ] && seeds=("fuzz/corpus/$name")
    words=()
    [ -f "fuzz/${name%%_*}.dict" ] && words=("-dict=fuzz/${name%%_*}.dict")
    "build/fuzz/bin/$name" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 \
        -artifact_prefix="artefacts/crashes/$name-" -print_final_stats=1 "${words[@]}" \
        "build/corpus/$name" "${seeds[@]}"
done

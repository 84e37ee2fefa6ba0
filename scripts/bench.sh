#!/usr/bin/env bash
# The whole server under load beside its peers; with --micro also every bench of build/bench.
# ./x bench --help lists the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

micro=no peers=yes arguments=()
for argument in "$@"; do
    case "$argument" in
        -h | --help) exec bench/load/run.py --help ;;
        --report) exec bench/load/run.py "$@" ;;
        --micro) micro=yes ;;
        --no-peers) peers=no ;;
        *) arguments+=("$argument") ;;
    esac
done

install_packages bench
build_web
build_preset bench

# better-sqlite3 is compiled here, against the headers of the Node that runs it: nothing is fetched
# but npm's own packages.
node_prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
if [ "$peers" = yes ] && ! node -e 'process.exitCode = parseInt(process.versions.node) < 20 ? 1 : 0'; then
    say "The peers need Node 20 or later, this is $(node --version): only our own server is measured"
    peers=no
elif [ "$peers" = yes ] && [ ! -f "$node_prefix/include/node/node.h" ]; then
    say "The headers of Node (node.h) are missing: only our own server is measured"
    peers=no
fi
if [ "$peers" = yes ]; then
    export npm_config_build_from_source=true npm_config_nodedir=$node_prefix
    npm_modules bench/peers
else
    arguments+=(--no-peers)
fi

say "The server under load: one core serves, the other asks"
bench/load/run.py "${arguments[@]}"
[ "$micro" = yes ] || exit 0
for bench in build/bench/bin/*_bench; do
    say "$(basename "$bench")"
    "$bench"
done

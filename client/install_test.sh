#!/usr/bin/env bash
# The library as a stranger gets it: a copy of this folder alone is built and installed, then the
# README's project finds it, with CMake and with pkg-config, and runs against a real server.
#   install_test.sh LATCHKEY WORK_FOLDER
set -euo pipefail
latchkey=$1 work=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=$work/prefix
export CMAKE_GENERATOR=Ninja

rm -rf "$work"
mkdir -p "$work/foreign"
server_pid=''
stop() { [ -z "$server_pid" ] || { kill "$server_pid"; wait "$server_pid" || true; }; }
trap stop EXIT
fail() { echo "install_test: $*" >&2; exit 1; }
quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "failed: $*"; }; }

# Nothing of the server's tree is within reach of the copy.
cp -r "$here" "$work/client"
quietly cmake -S "$work/client" -B "$work/build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_UNITY_BUILD=ON
quietly cmake --build "$work/build" -j 2
quietly cmake --install "$work/build" --prefix "$prefix"

headers=("$prefix"/include/latchkey/client/*.hpp)
[ ${#headers[@]} -ge 5 ] || fail "only ${#headers[@]} headers were installed"
! grep -n '#\s*include "' "${headers[@]}" | grep -v '"latchkey/client/' || fail "a header that is not installed"
! grep -n '^\s*#\s*define' "${headers[@]}" || fail "a macro in a public header"
for header in "${headers[@]}"; do
    echo "#include \"$header\"" >"$work/alone.cpp"
    quietly "$CXX" -std=c++23 -Wall -Wextra -Werror -fsyntax-only -I "$prefix/include" "$work/alone.cpp"
done

# block LANGUAGE: the README's first code block in it
block() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$here/README.md" | sed '1d;/^```$/Q'; }
block cmake >"$work/foreign/CMakeLists.txt"
block cpp >"$work/foreign/main.cpp"
quietly cmake -S "$work/foreign" -B "$work/foreign/build" -DCMAKE_PREFIX_PATH="$prefix"
quietly cmake --build "$work/foreign/build"
# The next minor version may have changed: it is not what is asked for, and neither is the one before.
sed -i 's/LatchkeyClient 0\.1/LatchkeyClient 0.2/' "$work/foreign/CMakeLists.txt"
! cmake -S "$work/foreign" -B "$work/foreign/other" -DCMAKE_PREFIX_PATH="$prefix" >"$work/log" 2>&1 ||
    fail "version 0.2 was found"
grep -q 'version: 0\.1\.' "$work/log" || fail "0.2 was refused for another reason: $(cat "$work/log")"

export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name latchkey-client.pc)")
read -ra flags <<<"$(pkg-config --cflags --libs latchkey-client)"
quietly "$CXX" -std=c++23 "$work/foreign/main.cpp" "${flags[@]}" -o "$work/foreign/shop"

# A server with a person who agreed to share with an app.
data=$work/data port=$((20000 + RANDOM % 20000))
"$latchkey" serve --dev --data "$data" --listen "127.0.0.1:$port" >"$work/server.log" 2>&1 &
server_pid=$!
for ((tries = 0; tries < 1200; tries++)); do
    grep -q '^Latchkey serves ' "$work/server.log" && break
    kill -0 "$server_pid" 2>/dev/null || fail "the server did not start: $(cat "$work/server.log")"
    sleep 0.05
done
# cli NAME WORDS…: the member NAME of the command's JSON
cli() {
    "$latchkey" "${@:2}" --data "$data" --json >"$work/json"
    sed -E "s/.*\"$1\":\"([^\"]+)\".*/\1/" "$work/json"
}
client_id=$(cli clientId app create --name Foreign --origin http://127.0.0.1:8081 \
    --redirect-uri http://127.0.0.1:8081/callback --scopes "email profile")
client_secret=$(sed -E 's/.*"clientSecret":"([^"]+)".*/\1/' "$work/json")
user_id=$(cli userId user create --email ada@example.com --email-verified)

cd "$work"
for shop in "$work/foreign/build/shop" "$work/foreign/shop"; do
    consent=$(cli consentToken consent issue --client-id "$client_id" --user-id "$user_id" --scopes email)
    said=$("$shop" "http://127.0.0.1:$port" "$client_id" "$client_secret" "$consent") || fail "$shop failed"
    [ "$said" = $'ada@example.com signed in\nrenewed for 3600 seconds' ] || fail "$shop said: $said"
    # Used up: the program says so and ends with 1.
    ! "$shop" "http://127.0.0.1:$port" "$client_id" "$client_secret" "$consent" 2>"$work/log" ||
        fail "a used consent token was taken"
    grep -q '^invalid_token: ' "$work/log" || fail "$shop said: $(cat "$work/log")"
done
[ "$(find vault -name '*.sealed' | wc -l)" -eq 1 ] || fail "the vault holds another number of files"
echo "install_test: built alone, installed, found by CMake and pkg-config, ran"

#!/usr/bin/env bash
# The 60-second run: build, start the server with demo data and the demo shop, print the URLs.
#   ./x run [--port N] [--shop-port N] [--data DIR] [--fresh]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib.sh

port=8080 shop_port=8081 data=build/demo fresh=no
while [ $# -gt 0 ]; do
    case "$1" in
        --port) port=$2; shift 2 ;;
        --shop-port) shop_port=$2; shift 2 ;;
        --data) data=$2; shift 2 ;;
        --fresh) fresh=yes; shift ;;
        -h | --help)
            echo "Usage: ./x run [--port N] [--shop-port N] [--data DIR] [--fresh]"
            echo "  --port, --shop-port  where the server and the shop listen (8080, 8081)"
            echo "  --data DIR           where the demo keeps its data (build/demo)"
            echo "  --fresh              start over with empty demo data"
            exit 0 ;;
        *) fail "run: unknown argument '$1' (try ./x run --help)" ;;
    esac
done

install_packages run
build_web
build_preset release latchkey latchkey-storefront
bin=build/release/bin
server=http://127.0.0.1:$port shop=http://127.0.0.1:$shop_port

[ "$fresh" = yes ] && rm -rf "$data"
mkdir -p -m 700 "$data/shop"

server_pid='' shop_pid=''
stop() {
    trap - INT TERM EXIT
    local pid
    for pid in $shop_pid $server_pid; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in $shop_pid $server_pid; do wait "$pid" 2>/dev/null || true; done
    echo "Stopped."
}
trap 'stop; exit 0' INT TERM
trap stop EXIT

# wait_for URL PID NAME LOG
wait_for() {
    local tries=0
    until curl_ok "$1"; do
        kill -0 "$2" 2>/dev/null || { tail -n 5 "$4" >&2; fail "$3 did not start: $4"; }
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || fail "$3 does not answer at $1"
        sleep 0.05
    done
}
curl_ok() { (exec 3<>"/dev/tcp/127.0.0.1/${1##*:}") 2>/dev/null; }

# Ctrl-C reaches the whole foreground group; the children are stopped by us, in order, instead.
say "Starting the server on $server (data in $data, log in $data/server.log)"
setsid "$bin/latchkey" serve --dev --data "$data/latchkey" --listen "127.0.0.1:$port" \
    >"$data/server.log" 2>&1 &
server_pid=$!
wait_for "http://127.0.0.1:$port" "$server_pid" "the server" "$data/server.log"

if [ ! -s "$data/shop/client-id" ]; then
    say "Registering the demo shop"
    created=$("$bin/latchkey" app create --data "$data/latchkey" --name "Fern & Fable" \
        --origin "$shop" --redirect-uri "$shop/callback" --scopes "email profile phone" --json)
    (
        umask 077
        sed -E 's/.*"clientSecret":"([^"]+)".*/\1/' <<<"$created" >"$data/shop/client-secret"
        sed -E 's/.*"clientId":"([^"]+)".*/\1/' <<<"$created" >"$data/shop/client-id"
    )
    "$bin/latchkey" user create --data "$data/latchkey" --email ada@example.com --email-verified \
        --given-name Ada --family-name Lovelace --json >/dev/null
fi

say "Starting the demo shop on $shop (log in $data/shop.log)"
setsid "$bin/latchkey-storefront" --latchkey "$server" --client-id "$(cat "$data/shop/client-id")" \
    --client-secret-file "$data/shop/client-secret" --data "$data/shop" \
    --listen "127.0.0.1:$shop_port" >"$data/shop.log" 2>&1 &
shop_pid=$!
wait_for "http://127.0.0.1:$shop_port" "$shop_pid" "the shop" "$data/shop.log"

cat <<TEXT

  Storefront       $shop/
  Mailbox          $server/dev/mailbox
  Partners API     $server/api/latest/partners/graphiql
  Users API        $server/api/latest/users/graphiql

Sign in on the storefront as ada@example.com (a demo user), or with any address of your own:
the code arrives in the mailbox. Client ID and secret of the shop are in $data/shop/.
Withdraw the shop's access with:
  $bin/latchkey connection list --data $data/latchkey
Ctrl-C stops both.
TEXT

wait -n "$server_pid" "$shop_pid" || true
fail "the server or the shop ended: see $data/server.log and $data/shop.log"

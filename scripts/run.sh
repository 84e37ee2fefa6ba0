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

# Only what this script makes: DIR may be anybody's.
[ "$fresh" = no ] || rm -rf "$data/latchkey" "$data/shop" "$data/ada"
mkdir -p -m 700 "$data/shop"

server_pid='' shop_pid=''
stop() {
    trap - INT TERM HUP EXIT
    local pid
    for pid in $shop_pid $server_pid; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in $shop_pid $server_pid; do wait "$pid" 2>/dev/null || true; done
    echo "Stopped."
}
trap 'stop; exit 0' INT TERM HUP
trap stop EXIT

# wait_for LOG PID NAME: until its first line on stdout, which says that it serves. Asking the port
# would believe whoever has it already.
wait_for() {
    local tries=0
    until grep -qE '^(Latchkey serves|Fern & Fable is open) ' "$1"; do
        kill -0 "$2" 2>/dev/null || { tail -n 5 "$1" >&2; fail "$3 did not start: $1"; }
        tries=$((tries + 1))
        [ "$tries" -lt 2400 ] || fail "$3 does not start: $1"
        sleep 0.05
    done
}
# json_text NAME: the member of a flat JSON object on stdin
json_text() { sed -E "s/.*\"$1\":\"([^\"]+)\".*/\1/"; }

# Emptied now: the processes open them at their own time, and what the last run said is still there.
: >"$data/server.log"
: >"$data/shop.log"
# Ctrl-C reaches the whole foreground group; the children are stopped by us, in order, instead.
say "Starting the server on $server (data in $data, log in $data/server.log)"
setsid "$bin/latchkey" serve --dev --data "$data/latchkey" --listen "127.0.0.1:$port" \
    >>"$data/server.log" 2>&1 &
server_pid=$!
wait_for "$data/server.log" "$server_pid" "the server"

umask 077
# Registered once for each origin: with another --shop-port it is another app.
if [ "$(cat "$data/shop/origin" 2>/dev/null)" != "$shop" ]; then
    say "Registering the demo shop"
    created=$("$bin/latchkey" app create --data "$data/latchkey" --name "Fern & Fable" \
        --origin "$shop" --redirect-uri "$shop/callback" --scopes "email profile phone" --json)
    json_text clientSecret <<<"$created" >"$data/shop/client-secret"
    json_text clientId <<<"$created" >"$data/shop/client-id"
    echo "$shop" >"$data/shop/origin"
fi
client_id=$(cat "$data/shop/client-id")
if [ ! -s "$data/ada" ]; then
    "$bin/latchkey" user create --data "$data/latchkey" --email ada@example.com --email-verified \
        --given-name Ada --family-name Lovelace --json | json_text userId >"$data/ada"
fi

say "Starting the demo shop on $shop (log in $data/shop.log)"
setsid "$bin/latchkey-storefront" --latchkey "$server" --client-id "$client_id" \
    --client-secret-file "$data/shop/client-secret" --data "$data/shop" \
    --listen "127.0.0.1:$shop_port" >>"$data/shop.log" 2>&1 &
shop_pid=$!
wait_for "$data/shop.log" "$shop_pid" "the shop"

cat <<TEXT

  Storefront       $shop/
  Mailbox          $server/dev/mailbox
  Partners API     $server/api/latest/partners/graphiql
  Users API        $server/api/latest/users/graphiql

Sign in on the storefront as ada@example.com (a demo user), or with any address of your own:
the code arrives in the mailbox. Client ID and secret of the shop are in $data/shop/.
Take the shop's access to Ada away, then press one of its buttons:
  $bin/latchkey connection revoke --data $data/latchkey --client-id $client_id --user-id $(cat "$data/ada")
Ctrl-C stops both.
TEXT

wait -n "$server_pid" "$shop_pid" || true
fail "the server or the shop ended: see $data/server.log and $data/shop.log"

#!/usr/bin/env bash
# Shows bilitw at work before three real redis servers. Usage: demo.sh PACKAGED_DIRECTORY [--once]
# Everything it starts listens on 127.0.0.1 at a free port, lives in a temporary directory, and ends with it.
set -euo pipefail
. "$(dirname -- "$0")/free-port.sh"

home=$1
once=${2-}
host=127.0.0.1
servers=(redis-a redis-b redis-c)
keys=(user:1 user:2 user:3 session:7f3a session:91bc cart:1001 cart:1002 page:/index page:/about rate:10.0.0.7
    queue:mail total:visits)
declare -A port_of pid_of
dir=$(mktemp -d "${TMPDIR:-/tmp}/bilitw-demo.XXXXXX")

say() {
    echo "demo: $*"
}

die() {
    echo "demo: $*" >&2
    exit 1
}

clean_up() {
    local status=$? pid
    trap '' HUP INT TERM
    for pid in "${pid_of[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${pid_of[@]}"; do
        stop_by_force "$pid"
    done
    rm -rf "$dir"
    exit "$status"
}

# Waits up to 3 seconds for a process that was told to end, then kills it.
stop_by_force() {
    for _ in {1..60}; do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    kill -9 "$1" 2>/dev/null || true
}

# Sends one command to a port and prints the answer, or why there is none.
redis() {
    redis-cli -h "$host" -p "$1" "${@:2}" 2>&1 || true
}

# Waits until a command to a port prints what is expected. Fails when the process behind it ends or is silent.
answers() {
    local pid=$1 port=$2 expected=$3
    for _ in {1..200}; do
        kill -0 "$pid" 2>/dev/null || return 1
        if [[ $(redis "$port" "${@:4}") == $expected ]]; then
            return 0
        fi
        sleep 0.05
    done
    return 1
}

# Starts the redis server of that name; when somebody took its port in between, on another one.
start_server() {
    local name=$1 port pid
    for _ in {1..5}; do
        port=$(free_port)
        redis-server --bind "$host" --port "$port" --save '' --appendonly no --dir "$dir" >"$dir/$name.log" 2>&1 &
        pid=$!
        pid_of[$name]=$pid
        port_of[$name]=$port
        if answers "$pid" "$port" "*process_id:$pid"$'\r'"*" info server; then
            return
        fi
        kill "$pid" 2>/dev/null || true
    done
    cat "$dir/$name.log" >&2
    die "$name does not start"
}

write_configuration() {
    local name
    cat <<YAML
demo:
  listen: $host:$proxy_port
  redis: true
  hash: md5
  distribution: ketama
  timeout: 2000
  servers:
YAML
    for name in "${servers[@]}"; do
        echo "    - $host:${port_of[$name]}:1 $name"
    done
}

start_bilitw() {
    "$home/bin/bilitw" -c "$dir/nutcracker.yml" >"$dir/bilitw.log" 2>&1 &
    pid_of[bilitw]=$!
    if ! answers "$!" "$proxy_port" '' get nothing; then
        cat "$dir/bilitw.log" >&2
        die "bilitw does not answer on $host:$proxy_port"
    fi
}

# Prints the name of the server that holds the key, or "none".
holder_of() {
    local name
    for name in "${servers[@]}"; do
        if [[ $(redis "${port_of[$name]}" exists "$1") == 1 ]]; then
            echo "$name"
            return
        fi
    done
    echo none
}

# Writes every key through bilitw, reads it back, and shows where it lies. Fails when a read was wrong.
write_and_read() {
    local key value answer holder right=0 row='%-14s  %-22s  %-8s  %s\n'
    # shellcheck disable=SC2059
    printf "\n$row" KEY "VALUE READ BACK" SERVER ADDRESS
    for key in "${keys[@]}"; do
        value="value-of-$key"
        redis "$proxy_port" set "$key" "$value" >/dev/null
        answer=$(redis "$proxy_port" get "$key")
        holder=$(holder_of "$key")
        # shellcheck disable=SC2059
        printf "$row" "$key" "$answer" "$holder" "$host:${port_of[$holder]-}"
        if [[ $answer == "$value" ]]; then
            right=$((right + 1))
        fi
    done
    echo
    say "$right of ${#keys[@]} reads returned what was written"
    [[ $right == "${#keys[@]}" ]]
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

for name in "${servers[@]}"; do
    start_server "$name"
    say "$name is a redis-server on $host:${port_of[$name]}"
done
proxy_port=$(free_port)
write_configuration >"$dir/nutcracker.yml"
say "wrote the configuration $dir/nutcracker.yml"
start_bilitw
say "bilitw listens on $host:$proxy_port"
write_and_read || die "a read was wrong; bilitw said: $(tail -n 20 "$dir/bilitw.log")"

[[ $once != --once ]] || exit 0
say "try it:  redis-cli -p $proxy_port    (Ctrl-C here stops everything)"
trap 'echo; say "stopped"; exit 0' INT
wait -n "${pid_of[@]}" || true
die "a server or bilitw ended by itself; bilitw said: $(tail -n 20 "$dir/bilitw.log")"
